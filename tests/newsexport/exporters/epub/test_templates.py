"""Pages of the user's own: what is built on ours, and what is said of a fault in it."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.newsexport.exporters.epub.epub_editions import RICH, made, page

from newsexport.errors import UsageError
from newsexport.events import Event, Lost
from newsexport.exporters.epub.device import Device
from newsexport.exporters.epub.exporter import EpubExporter
from newsexport.exporters.epub.pages import NAMES
from newsexport.job import Job
from newsexport.model import Edition
from newsexport.verify.files import verify

SMALL = replace(RICH, sections=RICH.sections[1:2])

PHOTOGRAPHED = """\
{% extends "newsexport/article.xhtml" %}
{% block head %}
{{ super() }}
<p class="greeting">{{ section }}, {{ headline }}, page {{ "one" if first }}</p>
{% endblock %}
"""


def book_with(folder: Path, edition: Edition = SMALL, /, **files: str) -> Path:
    """The edition as a book with these templates of the user's, given by name."""
    own = folder / "own"
    own.mkdir()
    for name, content in files.items():
        (own / f"{name}.xhtml").write_text(content, encoding="utf-8")
    return made(edition, folder, EpubExporter(templates=own))


def fault_of(folder: Path, /, **files: str) -> str:
    """What is said of these templates, which cannot be used."""
    with pytest.raises(UsageError) as raised:
        book_with(folder, SMALL, **files)
    return str(raised.value)


def test_an_article_of_the_users_own_is_built_on_ours(tmp_path: Path) -> None:
    book = book_with(tmp_path, article=PHOTOGRAPHED)
    article = page(book, "a0001.xhtml")
    assert "<h1>Bread prices fall for a third month</h1>" in article
    assert '<p class="greeting">Business, Bread prices fall for a third month, page one</p>' in article
    assert article.index("<h1>") < article.index("greeting") < article.index("</article>")
    assert verify(book).sound


def test_what_the_folder_does_not_hold_is_ours(tmp_path: Path) -> None:
    ours = made(SMALL, tmp_path)
    (tmp_path / "second").mkdir()
    theirs = book_with(tmp_path / "second", article=PHOTOGRAPHED)
    for name in ("title.xhtml", "nav.xhtml", "s01.xhtml"):
        assert page(theirs, name) == page(ours, name)


def test_a_frame_of_the_users_own_is_the_frame_of_every_page(tmp_path: Path) -> None:
    framed = '{% extends "newsexport/page.xhtml" %}{% block body %}{% endblock %}'
    book = book_with(tmp_path, section=framed)
    assert '<body epub:type="bodymatter" class="section">\n</body>' in page(book, "s01.xhtml")


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_any_of_our_templates_may_be_extended_without_a_change(name: str, tmp_path: Path) -> None:
    ours = made(RICH, tmp_path)
    (tmp_path / "second").mkdir()
    theirs = book_with(tmp_path / "second", RICH, **{name: f'{{% extends "newsexport/{name}.xhtml" %}}'})
    assert theirs.read_bytes() == ours.read_bytes()


def test_what_an_article_holds_is_escaped_in_a_template_of_the_users_own(tmp_path: Path) -> None:
    (article,) = SMALL.sections[0].articles
    sharp = replace(article, title="Bread < cake & more")
    edition = replace(SMALL, sections=(replace(SMALL.sections[0], articles=(sharp,)),))
    book = book_with(tmp_path, edition, article=PHOTOGRAPHED)
    assert "Business, Bread &lt; cake &amp; more, page one" in page(book, "a0001.xhtml")


def test_an_error_of_syntax_is_told_with_its_file_and_line(tmp_path: Path) -> None:
    told = fault_of(
        tmp_path, article='{% extends "newsexport/article.xhtml" %}\n\n{% block head %}\n{% if %}\n'
    )
    assert told.startswith(f"{tmp_path / 'own' / 'article.xhtml'}, line 4: ")
    assert "\n" not in told


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{{ headlin }}", "'headlin' is undefined"),
        ("{{ book.colour }}", "has no attribute 'colour'"),
        ("{{ 1 // 0 }}", "division"),
    ],
)
def test_a_value_that_there_is_not_is_told_with_its_file_and_line(
    line: str, fault: str, tmp_path: Path
) -> None:
    template = f'{{% extends "newsexport/article.xhtml" %}}\n{{% block head %}}\n{line}\n{{% endblock %}}\n'
    told = fault_of(tmp_path, article=template)
    assert told.startswith(f"{tmp_path / 'own' / 'article.xhtml'}, line 3: ")
    assert fault in told
    assert "\n" not in told


def test_a_template_that_extends_none_is_told_with_its_file(tmp_path: Path) -> None:
    told = fault_of(tmp_path, section='\n{% extends "ours/section.xhtml" %}')
    assert told == f"{tmp_path / 'own' / 'section.xhtml'}, line 2: there is no template ours/section.xhtml"


def test_a_template_that_extends_itself_is_told_with_its_file(tmp_path: Path) -> None:
    told = fault_of(tmp_path, article='{% extends "article.xhtml" %}')
    assert told == f"{tmp_path / 'own' / 'article.xhtml'}, line 1: it extends itself"


def test_a_folder_without_templates_is_a_mistake(tmp_path: Path) -> None:
    told = fault_of(tmp_path, artikel="")
    assert told.startswith(f"{tmp_path / 'own'}: holds no template; there can be page.xhtml, cover.xhtml")


def test_an_article_that_the_users_template_would_spoil_is_set_by_ours_and_reported(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    spoiled = '{% extends "newsexport/article.xhtml" %}{% block turn %}<p><b>Next</p>{% endblock %}'
    (tmp_path / "own" / "article.xhtml").write_text(spoiled, encoding="utf-8")
    reports: list[Event] = []
    theirs = tmp_path / "theirs.epub"
    EpubExporter(templates=tmp_path / "own").write(SMALL, theirs, Job(report=reports.append))
    (lost,) = [report for report in reports if isinstance(report, Lost)]
    assert not lost.whole
    assert page(theirs, "a0001.xhtml") == page(made(SMALL, tmp_path), "a0001.xhtml")


@pytest.mark.parametrize(
    ("name", "file", "page_of_ours"),
    [
        ("front", "title.xhtml", '<h1 class="masthead'),
        ("section", "s01.xhtml", "<h1"),
        ("cover", "cover.xhtml", "<image "),
        ("contents", "nav.xhtml", 'epub:type="toc"'),
    ],
)
def test_any_page_of_the_users_that_cannot_be_read_gives_way_to_ours(
    name: str, file: str, page_of_ours: str, tmp_path: Path
) -> None:
    events: list[Event] = []
    own = tmp_path / "own"
    own.mkdir()
    (own / f"{name}.xhtml").write_text(
        '{% extends "page.xhtml" %}{% block body %}<p><b>{% endblock %}', "utf-8"
    )
    for device in (Device.GENERIC, Device.KOBO):
        exporter = EpubExporter(templates=own, device=device)
        exporter.write(SMALL, tmp_path / "book.epub", Job(report=events.append))
        assert page_of_ours in page(tmp_path / "book.epub", file)
        assert verify(tmp_path / "book.epub").sound
    assert all(file in event.reason for event in events if isinstance(event, Lost))
    assert any(isinstance(event, Lost) for event in events)


def test_contents_of_the_users_that_leave_articles_out_give_way_to_ours(tmp_path: Path) -> None:
    few = '{% extends "page.xhtml" %}{% block body %}<nav epub:type="toc"><ol><li><a href="a0001.xhtml">One</a></li></ol></nav>{% endblock %}'
    book = book_with(tmp_path, RICH, contents=few)
    assert page(book, "nav.xhtml").count("<li>") > 3
    assert verify(book).sound
