"""What stands on the pages, and where their links lead."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.newsexport.exporters.epub.epub_editions import (
    BREAD,
    CODE,
    EMPTY,
    GERMAN,
    ISSUED,
    RICH,
    SEA_WALL,
    SINGLE,
    STRONG,
    made,
    p,
    page,
)
from tests.newsexport.exporters.epub.hostile_editions import HREFS, NASTY, UNWANTED

from newsexport import assets
from newsexport.exporters.epub.articles import flow
from newsexport.exporters.epub.pagination import measure, stretches
from newsexport.exporters.html.inline import Calls, Links, Setting, inline
from newsexport.exporters.html.tables import breakable
from newsexport.exporters.html.xhtml import address, attribute, label, text
from newsexport.model import (
    Article,
    Block,
    Edition,
    Figure,
    Heading,
    Listing,
    Mark,
    Paragraph,
    Quote,
    Section,
    Span,
    Table,
    plain,
)


def setting(links: Links = Links.INLINE) -> Setting:
    return Setting("en", {}, {}, "Picture", Calls(frozenset()), links)


def set_in_type(*blocks: Block) -> str:
    (stretch,) = stretches(blocks, measure(blocks))
    return flow(stretch, 1, setting())


Golden = Callable[[str, str], None]


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["title.xhtml", "nav.xhtml", "toc.ncx", "s01.xhtml", "a0001.xhtml", "a0002.xhtml", "content.opf"]
)
def test_the_book_is_written_as_the_golden_one(name: str, tmp_path: Path, golden: Golden) -> None:
    edition = Edition(
        "The Morning Ledger", ISSUED, "en", (Section("World", (SEA_WALL,)), Section("Science", (GERMAN,)))
    )
    golden(f"epub/{name}", page(made(edition, tmp_path), name))


def trees(book: Path) -> dict[str, ET.Element]:
    with zipfile.ZipFile(book) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xhtml", ".ncx"))]
        return {name.removeprefix("EPUB/"): ET.fromstring(archive.read(name)) for name in names}


@pytest.mark.parametrize("edition", [RICH, NASTY, SINGLE, EMPTY])
def test_every_link_inside_the_book_leads_somewhere(edition: Edition, tmp_path: Path) -> None:
    pages = trees(made(edition, tmp_path))
    places = set(pages) | {
        f"{name}#{element.get('id')}"
        for name, root in pages.items()
        for element in root.iter()
        if element.get("id")
    }
    targets = {
        target
        for root in pages.values()
        for element in root.iter()
        for target in (element.get("href"), element.get("src"))
        if target
        and not re.match(r"https?://|mailto:", target)
        and not target.endswith((".css", ".jpg", ".png"))
    }
    assert targets <= places
    assert len(targets) >= 3


def test_previous_next_section_and_contents_are_files(tmp_path: Path) -> None:
    book = made(RICH, tmp_path)
    turn = page(book, "a0002.xhtml").split('<nav class="turn"')[1]
    assert re.findall(r'href="([^"]+)"', turn) == ["a0003.xhtml", "a0001.xhtml", "s01.xhtml", "nav.xhtml"]
    assert "Previous" not in page(book, "a0001.xhtml")
    assert "Next" not in page(book, "a0006.xhtml")


def test_the_articles_of_an_untitled_section_need_no_section_page(tmp_path: Path) -> None:
    pages = trees(made(SINGLE, tmp_path))
    assert not any(name.startswith("s0") for name in pages)
    assert "a0001.xhtml" in pages


def test_a_link_to_an_article_of_the_edition_stays_in_the_book(tmp_path: Path) -> None:
    assert BREAD.url in {
        span.href for block in SEA_WALL.body if isinstance(block, Paragraph) for span in block.spans
    }
    assert '<a href="a0004.xhtml">a report on the money</a>' in page(made(RICH, tmp_path), "a0001.xhtml")


def test_both_tables_of_contents_name_the_same_places(tmp_path: Path) -> None:
    book = made(RICH, tmp_path)
    toc = page(book, "nav.xhtml").split('epub:type="landmarks"')[0]
    ncx = page(book, "toc.ncx")
    assert re.findall(r'href="([^"]+x?html[^"]*)"', toc) == re.findall(r'<content src="([^"]+)"', ncx)
    assert re.findall(r'playOrder="(\d+)"', ncx) == [
        str(number) for number in range(1, ncx.count("<navPoint") + 1)
    ]


def test_heading_levels_skip_none() -> None:
    levels = [6, 2, 5, 5, -1, 99]
    body = tuple(Heading((Span(f"Heading {level}"),), level) for level in levels)
    assert re.findall(r"<h(\d)", set_in_type(*body)) == ["2", "2", "3", "4", "2", "3"]


@pytest.mark.parametrize(
    "block",
    [
        Paragraph(()), Paragraph((Span(" \n"),)), Quote(()), Quote((p(""),)),
        Listing(()), Listing(((), (p(" "),))), Table((), ()), Table(((Span("head"),),), ()),
        Heading((Span("\x00"),)),
    ],
)  # fmt: skip
def test_what_is_empty_leaves_nothing_behind(block: Block) -> None:
    assert set_in_type(block) == ""


def test_neighbouring_spans_with_one_target_make_one_link() -> None:
    spans = (
        Span("the ", href="https://a.example/"),
        Span("whole", CODE, "https://a.example/"),
        Span(" link"),
    )
    assert inline(spans, setting()) == '<a href="https://a.example/">the <code>whole</code></a> link'


def test_columns_of_figures_are_set_to_the_right() -> None:
    rows = (((Span("Rye"),), (Span("1,240"),)), ((Span("Oats"),), (Span("–3.5 %"),)))
    assert set_in_type(Table((), rows)).count('<td class="n">') == 2


def test_a_long_word_in_a_table_can_be_broken_and_a_tag_cannot() -> None:
    href = "https://a.example/" + "long/" * 20
    table = Table((), (((Span("x" * 30 + "&" + "y" * 30, href=href),), (Span("short words only " * 9),)),))
    cells = set_in_type(table)
    assert f'<a href="{href}">' in cells
    assert "xxxxxxxx<wbr/>xxxxxxxx<wbr/>" in cells
    assert "&amp;" in cells
    assert cells.count("<wbr/>") == 7
    assert breakable("<a b='" + "x" * 99 + "'>y</a>") == "<a b='" + "x" * 99 + "'>y</a>"


@pytest.mark.parametrize("text", [" ", "\n", "\u200b", "\u00a0 \u2060", "\x00"])
def test_a_link_round_nothing_that_can_be_seen_is_none(text: str) -> None:
    spans = (Span(text, STRONG | CODE, "https://a.example/"), Span("words"))
    assert "<a " not in inline(spans, setting())


def test_soft_hyphens_are_left_to_the_device() -> None:
    assert set_in_type(p("Donau\u00addampf\u00adschiff")) == "<p>Donaudampfschiff</p>"


def test_deep_quotations_are_not_set_in_any_further() -> None:
    block: Block = p("innermost")
    for _ in range(6):
        block = Quote((block,))
    assert set_in_type(block).count('<blockquote class="deep">') == 2


@given(st.text())
def test_text_and_attributes_are_always_well_formed(value: str) -> None:
    parsed = ET.fromstring(f'<p title="{attribute(value)}">{text(value)}</p>')
    assert "".join(parsed.itertext()) in value.replace("\r", "") or not value.isprintable()


@given(
    st.lists(
        st.builds(Span, st.text(), st.frozensets(st.sampled_from(Mark)), st.sampled_from([None, *HREFS]))
    )
)
def test_spans_keep_their_text_in_order(spans: list[Span]) -> None:
    parsed = ET.fromstring(f"<p>{inline(tuple(spans), setting())}</p>")
    expected = text(plain(spans)).replace("\n", "")
    assert text("".join(parsed.itertext())) == expected


@given(st.text())
def test_an_address_is_a_uri_or_none(href: str) -> None:
    found = address(href)
    assert found is None or re.fullmatch(r"(https?|mailto):[!-~]+", found)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://host.example/a?b=c&d=e#f", "https://host.example/a?b=c&d=e#f"),
        ("http://host.example/a b/ä", "http://host.example/a%20b/%C3%A4"),
        ("http://host.example/100%", "http://host.example/100%25"),
        ("http://user:secret@host.example:8080/", "http://host.example:8080/"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("HTTPS://HOST.example/Path", "https://host.example/Path"),
        ("http://[::1]/", "http://[::1]/"),
        ("mailto:news@host.example", "mailto:news@host.example"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("http:////", None),
        ("http://1.2.3.999/", None),
        ("http://host.example:99999/", None),
        ("page.html", None),
        ("#note", None),
    ],
)
def test_addresses_that_are_safe_to_open_remain(href: str, expected: str | None) -> None:
    assert address(href) == expected


def test_a_name_for_the_contents_is_one_short_line() -> None:
    assert label(" two\nlines ") == "two lines"
    assert len(label("word " * 100)) <= 161
    assert label("word " * 100).endswith("word…")
    assert label("x" * 500) == "x" * 160 + "…"
    assert label(UNWANTED).isprintable() or "\u202e" in label(UNWANTED)


def test_front_pages_tell_how_the_text_begins_and_not_what_a_picture_shows(tmp_path: Path) -> None:
    body = (
        Figure("a.jpg", "", (Span("The quay, photographed"),)),
        Heading((Span("Tolls"),)),
        p("It opened again."),
    )
    edition = Edition(
        "News", ISSUED, "en", (Section("Harbour", (Article("Quay", body), Article("Other", body))),)
    )
    book = made(edition, tmp_path)
    for name in ("title.xhtml", "s01.xhtml"):
        assert "It opened again." in page(book, name)
        assert "photographed" not in page(book, name)


def test_an_article_without_a_headline_is_called_by_its_first_words(tmp_path: Path) -> None:
    edition = Edition(
        "L", ISSUED, "en", (Section("", (Article("", (p("The first words of it."),)), Article("", ()))),)
    )
    book = made(edition, tmp_path)
    assert "<h1>The first words of it.</h1>" in page(book, "a0001.xhtml")
    assert "<h1>Untitled</h1>" in page(book, "a0002.xhtml")


@pytest.mark.parametrize("name", ["base", "classic", "plain", "large-print", "fonts"])
def test_the_style_sets_no_colours_and_nothing_old_readers_choke_on(name: str) -> None:
    style = re.sub(r"/\*.*?\*/", "", assets.read(f"epub/{name}.css").decode(), flags=re.DOTALL)
    assert set(re.findall(r"color:\s*(\w+)", style)) <= {"inherit"}
    assert not re.search(r"background|flex|grid|var\(|\d px|\dpx|@media|@import|#[0-9a-f]{3}", style)
    assert style.count("{") == style.count("}")
