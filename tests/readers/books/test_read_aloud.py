"""Books that are read aloud, in readers and checkers that others wrote."""

import json
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from tests.newsexport.exporters.epub.epub_editions import ARABIC, GERMAN, ISSUED, RICH, p
from tests.readers.books.ace import NODE, ace
from tests.readers.books.reader import E_INK, Window, window
from tests.readers.books.reading_tools import HERE, node_modules

from newsexport.exporters.readaloud import ReadAloudExporter
from newsexport.job import Job
from newsexport.model import Article, Edition, Section

pytestmark = [pytest.mark.browser, pytest.mark.slow]

JAPANESE = Article("港の壁", (p("壁を建てる。「長い道のりだった。」と港長は語った。"),), language="ja")
EDITIONS = {
    "rich": RICH,
    "languages": Edition("Ledger", ISSUED, "de", (Section("Welt", (GERMAN, ARABIC, JAPANESE)),)),
}


@pytest.fixture(scope="module")
def browser(tools: None) -> Iterator[Window]:  # noqa: ARG001 - it is asked for so that it skips
    with window() as shown:
        yield shown


@pytest.fixture(
    scope="module", params=[(name, words) for name in EDITIONS for words in (False, True)], ids=str
)
def book(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    tools: None,  # noqa: ARG001 - idem
) -> Path:
    name, words = request.param
    made = tmp_path_factory.mktemp("aloud") / "day.readaloud.epub"
    ReadAloudExporter(engine="espeak", words=words).write(EDITIONS[name], made, Job())
    return made


def overlays(book: Path) -> dict[str, Any]:
    """What r2-shared-js reads."""
    told = subprocess.run(
        [NODE, HERE / "overlays.js", node_modules(), book], stdout=subprocess.PIPE, check=True
    )
    read: dict[str, Any] = json.loads(told.stdout)
    return read


def test_readium_reads_every_overlay(book: Path) -> None:
    read = overlays(book)
    assert all(read["pages"].values())
    clips = [clip for page in read["pages"].values() for clip in page]
    assert {text.partition("#")[0] for text, *_ in clips} == set(read["pages"])
    by_sound: dict[str, list[tuple[float, float]]] = {}
    for _, sound, begin, end in clips:
        by_sound.setdefault(sound, []).append((begin, end))
    for times in map(sorted, by_sound.values()):
        assert times[0][0] == 0
        assert all(one[1] == other[0] for one, other in pairwise(times))
    assert sum(end - begin for _, _, begin, end in clips) == pytest.approx(read["length"], abs=0.01)


def test_ace_finds_nothing(book: Path) -> None:
    assert list(map(str, ace(book))) == []


def test_a_book_is_read_aloud_from_the_first_sentence_to_the_last(tmp_path: Path, browser: Window) -> None:
    first = Article("Walls", (p("It is long. It is low."),), language="en")
    second = Article("Gates", (p("They close."), p("They open.")), language="en")
    edition = Edition("Ledger", ISSUED, "en", (Section("World", (first, second)),))
    made = tmp_path / "day.epub"
    ReadAloudExporter(engine="espeak", speed=2).write(edition, made, Job())
    with browser.reader(E_INK) as reader:
        reader.open(made)
        marked = reader.read_aloud("a0002.xhtml#s2")
    places = [each["text"].removeprefix("EPUB/") for each in marked]
    pages = ("cover.xhtml", "title.xhtml", "nav.xhtml", "s01.xhtml")
    sentences = [f"a000{article}.xhtml#s{number}" for article in (1, 2) for number in range(3)]
    assert places == [*(f"{page}#heard" for page in pages), *sentences]
    assert {each["line"] for each in marked[-6:]} == {"underline"}
    heard = {text: (begin, end) for page in overlays(made)["pages"].values() for text, _, begin, end in page}
    late = [
        mark
        for mark in marked
        if not heard[mark["text"]][0] <= mark["at"] + 0.01 < heard[mark["text"]][1] + 0.02
    ]
    assert late == []


def test_words_are_marked_while_they_are_heard(tmp_path: Path, browser: Window) -> None:
    words = " ".join(("Long", "walls", "stand", "around", "every", "small", "harbour", "town") * 2)
    edition = Edition(
        "Ledger", ISSUED, "en", (Section("", (Article("Walls", (p(f"{words}."),), language="en"),)),)
    )
    made = tmp_path / "day.epub"
    ReadAloudExporter(engine="espeak", speed=0.5, words=True).write(edition, made, Job())
    with browser.reader(E_INK) as reader:
        reader.open(made)
        marked = [mark for mark in reader.read_aloud("a0001.xhtml#s1w15") if "#s1" in mark["text"]]
    heard = {text: (begin, end) for page in overlays(made)["pages"].values() for text, _, begin, end in page}
    assert len(marked) > 8  # it looks four times a second
    late = [
        mark
        for mark in marked
        if not heard[mark["text"]][0] <= mark["at"] + 0.01 < heard[mark["text"]][1] + 0.02
    ]
    assert late == []
