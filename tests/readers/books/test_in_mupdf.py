"""Books as MuPDF lays them out."""

from pathlib import Path

import pytest
from tests.readers.books.mupdf import mupdf_on
from tests.readers.books.spoiling import spoiled

BOOKS = ("rich", "nasty", "single", "empty", "right to left", "samples")


def told_of(book: Path) -> list[str]:
    return [str(fault) for _, found in mupdf_on([book]) for fault in found]


@pytest.mark.parametrize("name", BOOKS)
def test_mupdf_shows_every_letter_and_finds_every_place(name: str, shelf: dict[str, Path]) -> None:
    assert told_of(shelf[name]) == []


@pytest.mark.parametrize(
    ("page", "old", "new", "fault"),
    [
        ("a0001.xhtml", "</p>", '</p><p style="display:none">hidden</p>', "6 letters do not appear"),
        ("a0001.xhtml", "</p>", f"</p><p style='overflow-wrap:normal'>{'wide' * 90}</p>", "do not appear"),
        ("toc.ncx", 'src="a0001.xhtml"', 'src="a0099.xhtml"', "leads nowhere"),
        ("content.opf", 'href="a0001.xhtml"', 'href="a0099.xhtml"', "does not open"),
        ("a0001.xhtml", "</p>", '</p><img src="gone.png" alt=""/>', "gone.png"),
    ],
)
def test_mupdf_does_find_faults(page: str, old: str, new: str, fault: str, shelf: dict[str, Path]) -> None:
    assert fault in "\n".join(told_of(spoiled(shelf["single"], page, old, new)))
