"""Notes behind an article, and what becomes of links that lead out of the book."""

import re
from pathlib import Path

from tests.newsexport.exporters.epub.epub_editions import ISSUED, made, p, page

from newsexport.exporters.epub.exporter import EpubExporter
from newsexport.exporters.html.inline import Links
from newsexport.model import Article, Edition, Note, Paragraph, Section, Span

FERRY = Article(
    "Ferry sails again",
    (
        Paragraph((Span("It sails at seven"), Span("", note="time"), Span(" and "), Span("returns", href="https://port.example/back"), Span("."))),
        Paragraph((Span("Fares are "), Span("unchanged", href="https://port.example/fares"), Span("", note="fares"))),
        Paragraph((Span("Seven"), Span("", note="time"), Span(", they said, "), Span("again", href="https://port.example/back"))),
        Paragraph((Span("See "), Span("the harbour", href="https://gazette.example/harbour/?utm_source=x"), Span("", note="absent"))),
    ),
    url="https://gazette.example/ferry",
    site="The Gazette",
    notes=(
        Note("time", (p("By the clock of the old port."),)),
        Note("fares", (p("For islanders."), p("Others pay twice."))),
        Note("uncalled", (p("Nobody asked."),)),
    ),
)  # fmt: skip
HARBOUR = Article("The harbour", (p("Text."),), url="http://www.gazette.example/harbour")
EDITION = Edition("Gazette", ISSUED, "en", (Section("", (FERRY, HARBOUR)),))


def ferry(tmp_path: Path, links: Links = Links.INLINE) -> str:
    return page(made(EDITION, tmp_path, EpubExporter(links=links)), "a0001.xhtml")


def test_notes_stand_behind_the_article_with_ways_there_and_back(tmp_path: Path) -> None:
    text = ferry(tmp_path)
    assert (
        'sails at seven<a id="c1" epub:type="noteref" role="doc-noteref" class="call" href="#n1">1</a>'
        in text
    )
    assert re.search(
        r'<aside epub:type="footnote" role="doc-footnote" id="n1">\s*<p><a role="doc-backlink" href="#c1">1</a> By the',
        text,
    )
    assert text.count('id="n') == 2
    assert "Nobody asked" not in text


def test_a_note_called_twice_is_one_note_and_one_that_is_not_there_is_none(tmp_path: Path) -> None:
    text = ferry(tmp_path)
    assert re.findall(r'href="#n(\d)"', text) == ["1", "2", "1"]
    assert text.count('id="c1"') == 1


def test_links_as_notes_share_the_numbers_of_notes(tmp_path: Path) -> None:
    text = ferry(tmp_path, Links.NOTES)
    assert re.findall(r'href="#n(\d)"', text) == ["1", "2", "3", "4", "1", "2"]
    assert (
        'port.example: <a class="address" href="https://port.example/back">https://port.example/back</a>'
        in text
    )
    assert re.search(r"returns<a [^>]*>2</a>", text)


def test_no_links_are_no_links(tmp_path: Path) -> None:
    text = ferry(tmp_path, Links.NONE)
    assert "https://port.example" not in text
    assert "and returns." in text


def test_a_link_to_another_article_leads_there_however_its_address_is_written(tmp_path: Path) -> None:
    for links in Links:
        assert '<a href="a0002.xhtml">the harbour</a>' in ferry(tmp_path, links)


def test_readings_stand_beside_their_text(tmp_path: Path) -> None:
    article = Article("新聞", (Paragraph((Span("東京", ruby="とうきょう"), Span("の朝"))),), language="ja")
    book = made(
        Edition("新聞", ISSUED, "ja", (Section("", (article,)),)), tmp_path, EpubExporter(vertical=True)
    )
    assert "<ruby>東京<rt>とうきょう</rt></ruby>の朝" in page(book, "a0001.xhtml")
    assert 'class="vertical"' in page(book, "a0001.xhtml")
    assert 'page-progression-direction="rtl"' in page(book, "content.opf")
