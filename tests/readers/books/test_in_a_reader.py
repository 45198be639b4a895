"""Books as they lie on the page in a real reader, foliate-js in Chromium: on four screens, by day and by night."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.newsexport.exporters.epub.epub_editions import ARABIC, HEBREW, ISSUED, SEA_WALL, made, p
from tests.readers.books.reader import BY_DAY, E_INK, FEW_SCREENS, Reader, Screen, Window, window
from tests.readers.books.spoiling import spoiled

from newsexport.exporters.epub.exporter import EpubExporter
from newsexport.model import Article, Edition, Section, plain_blocks

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BOOKS = ("rich", "nasty", "single", "empty", "right to left", "samples")


@pytest.fixture(scope="module")
def browser(tools: None) -> Iterator[Window]:  # noqa: ARG001 - it is asked for so that it skips
    with window() as shown:
        yield shown


@pytest.mark.slow
@pytest.mark.parametrize("name", BOOKS)
def test_a_book_lies_well_on_every_screen(name: str, shelf: dict[str, Path], browser: Window) -> None:
    assert [str(fault) for fault in browser.faults(shelf[name])] == []


def at_article(reader: Reader, pages: list[str], title: str) -> None:
    """Turns to the page that an article begins on."""
    for page in pages:
        reader.turn_to(page)
        headings = reader.lines("h1")
        if headings and " ".join(headings[0]["text"].split()) == title:
            return
    pytest.fail(f"no page is headed {title}")


@pytest.mark.slow
@pytest.mark.parametrize("book", ["rich", "right to left"])
@pytest.mark.parametrize("article", [HEBREW, ARABIC])
def test_hebrew_and_arabic_begin_at_the_right(
    book: str, article: Article, shelf: dict[str, Path], browser: Window
) -> None:
    words = {article.title, *plain_blocks(article.body)}
    with browser.reader(E_INK) as reader:
        at_article(reader, reader.open(shelf[book]), article.title)
        lines = [line for line in reader.lines("h1, p, li") if line["text"] in words]
    assert len(lines) == len(words)
    assert {line["direction"] for line in lines} == {"rtl"}
    assert [line["text"] for line in lines if line["right"] > line["left"]] == []


def test_english_in_a_hebrew_book_begins_at_the_left(shelf: dict[str, Path], browser: Window) -> None:
    with browser.reader(E_INK) as reader:
        at_article(reader, reader.open(shelf["right to left"]), "Oldhaven win 3–2 in extra time")
        (heading,) = reader.lines("h1")
    assert heading["direction"] == "ltr"
    assert heading["left"] < heading["right"]


@pytest.mark.slow
@pytest.mark.parametrize("screen", BY_DAY, ids=str)
def test_japanese_may_run_downwards(screen: Screen, tmp_path: Path, browser: Window) -> None:
    style = tmp_path / "downwards.css"
    style.write_text("html, body { writing-mode: vertical-rl }", encoding="utf-8")
    words = p("港の町は堤防の費用を分け合うことで合意した。" * 60)
    edition = Edition("朝刊", ISSUED, "ja", (Section("", (Article("港の堤防", (words,), language="ja"),)),))
    book = made(edition, tmp_path, EpubExporter(css=style))
    with browser.reader(screen) as reader:
        at_article(reader, reader.open(book), "港の堤防")
        line = next(line for line in reader.lines("p") if line["text"].startswith("港の町"))
        assert line["writingMode"] == "vertical-rl"
        assert line["right"] < line["left"]
        assert reader.inspect() == []


SPOILED = {
    "px out of its column": '<p style="white-space:nowrap">{}</p>'.format("never ending " * 40),
    "too big for the page": '<p style="position:relative;top:3000px">sunk</p>',
    "cuts off": '<div style="overflow:hidden;height:1em;width:3em">more than one line of it</div>',
    "does not appear: <p> hidden": '<p style="visibility:hidden">hidden</p>',
    "does not appear: a wreck": '<p><img src="style.css" alt="a wreck"/></p>',
    "is pale": '<p style="color:#333">black on black</p>',
    "asks for https://tracker.example/": '<p><img src="https://tracker.example/dot.png" alt=""/></p>',
    "contains the following errors": "<p>",
}


def faults_of(book: Path, browser: Window) -> str:
    return "\n".join(map(str, browser.faults(book, FEW_SCREENS)))


@pytest.mark.slow
@pytest.mark.parametrize("fault", SPOILED)
def test_the_reader_finds_what_is_wrong_with_a_page(
    fault: str, shelf: dict[str, Path], browser: Window
) -> None:
    book = spoiled(shelf["single"], "a0001.xhtml", "</p>", f"</p>{SPOILED[fault]}")
    assert fault in faults_of(book, browser)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("target", "fault"),
    [("a0001.xhtml#nowhere", "in the contents misses it"), ("a0099.xhtml", "in the contents leads nowhere")],
)
def test_the_reader_finds_entries_of_the_contents_that_lead_nowhere(
    target: str, fault: str, shelf: dict[str, Path], browser: Window
) -> None:
    book = spoiled(shelf["single"], "nav.xhtml", 'href="a0001.xhtml"', f'href="{target}"')
    told = faults_of(book, browser)
    assert fault in told
    assert SEA_WALL.title in told
