"""What readers with disabilities need of a book.

Sources: EPUB Accessibility 1.1; WCAG 2.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from epubpreflight.book import Book
from epubpreflight.page import place

Places = Iterator[tuple[str, tuple[object, ...]]]

# EPUB Accessibility 1.1, section 2.2: what must be told, and what should.
TOLD = ("accessMode", "accessibilityFeature", "accessibilityHazard", "accessModeSufficient")


def untold_accessibility(book: Book) -> Places:
    """Metadata of accessibility that are missing."""
    missing = [name for name in TOLD if not book.package.said(f"schema:{name}")]
    if missing and not book.package.old:
        yield book.package.name, (", ".join(missing),)


def pages_without_language(book: Book) -> Places:
    """Pages that do not tell their language."""
    for item in book.package.items:
        page = book.pages.get(item.name)
        if page and item.media_type == "application/xhtml+xml" and not page.language and not page.broken:
            yield page.name, ()


def undescribed_pictures(book: Book) -> Places:
    """Pictures without a word for those who cannot see them."""
    for page in book.pages.values():
        for mark in page.marks:
            if mark.name == "image-without-alt":
                yield place(page.name, mark.line), ()
