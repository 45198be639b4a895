"""Books as Ace, the accessibility checker of the DAISY Consortium, judges them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.readers.books.ace import ace_on
from tests.readers.books.spoiling import spoiled

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BOOKS = ("rich", "nasty", "single", "empty", "right to left", "samples")


def told_of(books: list[Path]) -> dict[Path, list[str]]:
    return {book: list(map(str, found)) for book, found in ace_on(books)}


@pytest.fixture(scope="module")
def violations(tools: None, shelf: dict[str, Path]) -> Callable[[str], list[str]]:  # noqa: ARG001 - it may skip
    """What Ace has against each book; two runs share the books between them."""
    pool = ThreadPoolExecutor(2)
    bad = spoiled(shelf["single"], "a0001.xhtml", "</p>", '</p><p><img src="cover.jpg"/></p>')
    books = {name: shelf[name] for name in BOOKS} | {"spoiled": bad}
    names = list(books)
    halves = [pool.submit(told_of, [books[name] for name in part]) for part in (names[::2], names[1::2])]
    pool.shutdown(wait=False)
    return lambda name: halves[names.index(name) % 2].result()[books[name]]


@pytest.mark.slow
@pytest.mark.parametrize("name", BOOKS)
def test_ace_finds_nothing(name: str, violations: Callable[[str], list[str]]) -> None:
    assert violations(name) == []


def test_ace_does_find_a_picture_without_a_description(violations: Callable[[str], list[str]]) -> None:
    assert any("a0001.xhtml: image-alt" in told for told in violations("spoiled"))
