"""Books as MuPDF lays them out: an engine of its own, in many readers for Android and on the desktop."""

import posixpath
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

import pymupdf
from lxml import etree
from tests.readers.books.findings import Finding
from tests.readers.books.reader import BY_DAY

HARMLESS = ("unknown epub version: 3.0", "no hyphenation table for", "... repeated")
"""What MuPDF warns of whatever the book: it was written for EPUB 2, and hyphenates few languages."""

UNSEEN = frozenset({"script", "style", "head", "rp"})
TYPE_SIZE = 16  # points; what browsers call medium


def spine(book: zipfile.ZipFile) -> list[str]:
    """The paths of a book's pages in reading order."""
    container = etree.fromstring(book.read("META-INF/container.xml"))
    path = next(container.iter("{*}rootfile")).get("full-path")
    assert path is not None
    package = etree.fromstring(book.read(path))
    hrefs = {item.get("id"): item.get("href") or "" for item in package.iter("{*}item")}
    return [
        posixpath.join(posixpath.dirname(path), unquote(hrefs[entry.get("idref")]))
        for entry in package.iter("{*}itemref")
    ]


def shown_text(element: "etree._Element") -> Iterator[str]:
    """The text of an element that a reader is to show."""
    if (
        isinstance(element.tag, str)
        and etree.QName(element).localname not in UNSEEN
        and element.get("hidden") is None
    ):
        yield element.text or ""
        for child in element:
            yield from shown_text(child)
            yield child.tail or ""


def letters(text: str) -> Counter[str]:
    """How often each letter and digit occurs: lines are broken, hyphenated and turned round by layout, letters stay."""
    return Counter(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def lost(book: Path, document: pymupdf.Document) -> Iterator[Finding]:
    """The pages that do not show all their text."""
    with zipfile.ZipFile(book) as archive:
        pages = spine(archive)
        if document.chapter_count != len(pages):
            yield Finding(
                "the book", f"has {len(pages)} pages, of which {document.chapter_count} are laid out"
            )
        for chapter, page in enumerate(pages[: document.chapter_count]):
            written = letters("".join(shown_text(etree.fromstring(archive.read(page)))))
            leaves = range(document.chapter_page_count(chapter))
            shown = letters("".join(document[(chapter, leaf)].get_text() for leaf in leaves))
            if missing := written - shown:
                yield Finding(
                    page, f"{missing.total()} letters do not appear, such as {missing.most_common(5)}"
                )


def faults(book: Path) -> list[Finding]:
    """What goes wrong when a book is laid out on each of the screens."""
    pymupdf.TOOLS.reset_mupdf_warnings()
    found: list[Finding] = []
    with pymupdf.open(book) as document:
        for screen in BY_DAY:
            document.layout(width=screen.width, height=screen.height, fontsize=TYPE_SIZE)
            if not document.page_count:
                found.append(Finding("the book", f"has no page on {screen}"))
        found += lost(book, document)
        contents = document.get_toc()
        found += [
            Finding("the contents", f"leads nowhere: {title}") for _, title, page in contents if page < 1
        ]
        if not contents:
            found.append(Finding("the contents", "has no entries"))
    told = pymupdf.TOOLS.mupdf_warnings().splitlines()
    return found + [Finding("the book", line) for line in told if not line.startswith(HARMLESS)]


def mupdf_on(books: Sequence[Path]) -> Iterator[tuple[Path, list[Finding]]]:
    """What MuPDF has against books, one after the other."""
    pymupdf.TOOLS.mupdf_display_errors(on=False)
    for book in books:
        try:
            yield book, faults(book)
        except (RuntimeError, KeyError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
            yield book, [Finding("the book", f"does not open: {error}")]
