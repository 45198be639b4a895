"""Two dozen editions as EPUBCheck judges them, in one Java."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from tests.newsexport.exporters.epub.epub_editions import made
from tests.newsexport.exporters.epub.hostile_editions import Lot
from tests.newsexport.exporters.epub.large_editions import large
from tests.newsexport.exporters.epub.naughty_strings import NAUGHTY
from tests.readers.books.conformity import epubcheck_on
from tests.readers.books.spoiling import spoiled

pytestmark = [pytest.mark.java, pytest.mark.slow]

LOTS = {f"lot {seed}": Lot(Random(seed)).edition() for seed in range(16)}
EDITIONS = {"naughty": NAUGHTY, "two hundred articles": large(200), **LOTS}
BOOKS = ("rich", "nasty", "single", "empty", "right to left", "samples", *EDITIONS)


@pytest.fixture(scope="module")
def messages(shelf: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[str]]:
    """What EPUBCheck says above the rank of information."""
    books = shelf | {name: made(one, tmp_path_factory.mktemp("books")) for name, one in EDITIONS.items()}
    books["spoiled"] = spoiled(shelf["rich"], "a0001.xhtml", "</p>", '</p><img src="gone.png"/>')
    told = dict(epubcheck_on(list(books.values())))
    return lambda name: list(map(str, told[books[name]]))


@pytest.mark.slow
@pytest.mark.parametrize("name", BOOKS)
def test_epubcheck_finds_nothing(name: str, messages: Callable[[str], list[str]]) -> None:
    assert messages(name) == []


def test_epubcheck_does_find_a_picture_that_is_missing(messages: Callable[[str], list[str]]) -> None:
    assert any("gone.png" in told and "ERROR" in told for told in messages("spoiled"))
