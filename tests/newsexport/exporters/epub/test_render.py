"""A page that a shop would refuse never gets into a book, and never costs the book."""

import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from tests.newsexport.exporters.epub.epub_editions import EMPTY, ISSUED, RICH, made, p, page

from epubpreflight import CheckedPage, Fault, Severity, check
from newsexport.events import Event, Lost
from newsexport.exporters.epub.articles import RenderJob
from newsexport.exporters.epub.exporter import EpubExporter
from newsexport.exporters.epub.outline import survey
from newsexport.exporters.epub.pages import Book
from newsexport.exporters.epub.render import Inspect, print_article
from newsexport.job import Job
from newsexport.model import Article, Block, Edition, Figure, Heading, Media, Section, Span

# A template of a user's that forgets to close what it opens, for one article only.
OPEN = """{% extends "newsexport/article.xhtml" %}
{% block body %}{% if "Bread" in headline %}<p><em>{{ headline }}{% endif %}{{ super() }}{% endblock %}
"""


def events_of(edition: Edition, folder: Path, exporter: EpubExporter) -> list[Event]:
    events: list[Event] = []
    exporter.write(edition, folder / "book.epub", Job(report=events.append))
    return events


def test_a_template_that_breaks_one_page_gives_way_to_ours_on_that_page(tmp_path: Path) -> None:
    templates = tmp_path / "mine"
    templates.mkdir()
    (templates / "article.xhtml").write_text(OPEN, encoding="utf-8")
    bread = Article("Bread is cheaper", (p("Half the price."),), reference="bread.txt")
    ferry = Article("Ferry sails", (p("At seven."),), reference="ferry.txt")
    edition = Edition("L", ISSUED, "en", (Section("", (bread, ferry)),))
    events = events_of(edition, tmp_path, EpubExporter(templates=templates))
    lost = [event for event in events if isinstance(event, Lost)]
    assert [(event.reference, event.whole) for event in lost] == [("bread.txt", False)]
    assert "<p>Half the price.</p>" in page(tmp_path / "book.epub", "a0001.xhtml")
    assert "<p><em>" not in page(tmp_path / "book.epub", "a0001.xhtml")


# A template of a user's that shows the beginning of an article only.
BRIEF = """{% extends "newsexport/page.xhtml" %}
{% block body %}<article><h1>{{ headline }}</h1><p>{{ standfirst }}</p></article>{% endblock %}
"""


def test_contents_lead_only_to_places_that_the_pages_turned_out_to_have(tmp_path: Path) -> None:
    templates = tmp_path / "mine"
    templates.mkdir()
    (templates / "article.xhtml").write_text(BRIEF, encoding="utf-8")
    body: tuple[Block, ...] = (Heading((Span("One"),)), *(p("word " * 100) for _ in range(9)))
    edition = Edition("L", ISSUED, "en", (Section("", (Article("A", body, "In short."),)),))
    assert events_of(edition, tmp_path, EpubExporter(templates=templates)) != []
    assert "#h1" not in page(tmp_path / "book.epub", "nav.xhtml")
    assert "#h1" not in page(tmp_path / "book.epub", "toc.ncx")
    assert [fault for fault in check(tmp_path / "book.epub") if fault.severity is not Severity.ADVICE] == []


def task(article: Article) -> RenderJob:
    layout = survey(Edition("L", ISSUED, "en", (Section("", (article,)),)))
    return RenderJob(article, next(layout.neighbours()), {}, {})


def refusing(letters: bytes) -> Inspect:
    """The inspection of a shop that takes no page with these letters."""

    def inspect(name: str, data: bytes) -> CheckedPage:
        fault = Fault("letters", name, f"It says {letters.decode()}.", Severity.REFUSED)
        return CheckedPage(name, (fault,) if letters in data else ())

    return inspect


BOOK = Book("L", "23 November 2026", "en", ("style.css",))


def test_an_article_that_cannot_be_set_is_set_as_bare_text() -> None:
    body: tuple[Block, ...] = (Heading((Span("One"),)), *(p("word " * 9) for _ in range(9)))
    article = Article("A", body)
    printed = print_article(task(article), BOOK, refusing(b"<h2"))
    assert printed.told == "set without its form: It says <h2."
    assert not printed.whole
    assert b"<p>One</p>" in zlib.decompress(printed.members[0].data, -15)


def test_an_article_that_nothing_can_set_is_a_page_that_names_it() -> None:
    printed = print_article(task(Article("Alone", (p("unspeakable"),))), BOOK, refusing(b"unspeakable"))
    assert printed.whole
    assert [member.name for member in printed.members] == ["EPUB/a0001.xhtml"]
    assert b"<h1>Alone</h1>" in zlib.decompress(printed.members[0].data, -15)


def test_an_ordinary_edition_loses_nothing(tmp_path: Path) -> None:
    for edition in (RICH, EMPTY):
        assert not [
            event for event in events_of(edition, tmp_path, EpubExporter()) if isinstance(event, Lost)
        ]


def test_of_fifty_pictures_that_are_none_every_one_is_told_and_the_text_stands(tmp_path: Path) -> None:
    media = tuple(Media(f"x{number}", "image/jpeg", b"no picture %d" % number) for number in range(50))
    figures = tuple(Figure(one.name, "", p(f"Caption {one.name}").spans) for one in media)
    article = Article("A", (p("Before."), *figures, p("After.")), media=media, reference="a.html")
    edition = Edition("L", ISSUED, "en", (Section("", (article,)),))
    lost = [event for event in events_of(edition, tmp_path, EpubExporter()) if isinstance(event, Lost)]
    text = page(tmp_path / "book.epub", "a0001.xhtml")
    assert len(lost) == 50
    assert "<img" not in text
    assert text.count("Caption x") == 50


@pytest.mark.slow
def test_three_thousand_articles_are_a_book_with_contents_for_machines(tmp_path: Path) -> None:
    articles = tuple(
        Article(f"Story {number} of a long night", (p(f"Words {number}."),)) for number in range(3000)
    )
    book = made(Edition("Night", ISSUED, "en", (Section("All", articles),)), tmp_path)
    nav = page(book, "nav.xhtml")
    assert nav.count("of a long night</a>") == 3000
    assert '<itemref idref="nav"' not in page(book, "content.opf")  # too long to be read as a page
    fronts = [f"s01-{number}.xhtml" for number in range(2, 31)]
    assert sum(page(book, front).count('<div class="teaser') for front in ("s01.xhtml", *fronts)) == 3000
    assert 'href="title.xhtml"' in page(book, "a0001.xhtml")
    assert check(book) == ()


def test_an_edition_of_nothing_is_still_a_book(tmp_path: Path) -> None:
    for edition in (EMPTY, replace(EMPTY, title=""), replace(EMPTY, title="\x00\ufffe")):
        assert "<h1" in page(made(edition, tmp_path), "title.xhtml")
