"""The package document and the zip, by EbookLib; the only module that knows it.

EbookLib writes the package well. Its chapters (`EpubHtml`) are parsed again and lose
text on the way, its navigation is not valid for every tree, its zip bears the time of
day, and `write_epub` keeps write errors to itself. So the files of the book are plain
items whose bytes are ours, and the writer is run here, into a zip of ours.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

from ebooklib import epub

MEDIA_TYPE = "application/epub+zip"
XHTML = "application/xhtml+xml"
NCX = "application/x-dtbncx+xml"
CSS = "text/css"

# What is compressed already is stored: it would only cost time.
STORED = (".jpg", ".png")

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class File:
    """One file of the book. `render` is called once, when the file is written."""

    id: str
    name: str
    media_type: str
    render: Callable[[], bytes]
    properties: tuple[str, ...] = ()

    @property
    def is_page(self) -> bool:
        """Whether it is read in its turn, as part of the spine."""
        return self.media_type == XHTML


@dataclass(frozen=True, slots=True)
class Guidepost:
    """A place that older systems look for: the cover, the contents, where reading begins."""

    kind: str
    title: str
    file: str


@dataclass(frozen=True, slots=True)
class Package:
    """A book: what is said about it, and its files, the pages among them in reading order.

    `identifier` is a URN; `properties` are further metadata by their EPUB 3 name, which
    may come several times; `series` is a collection's title and this issue's place in it.
    """

    identifier: str
    title: str
    language: str
    direction: str
    issued: date
    creators: tuple[str, ...]
    description: str
    files: tuple[File, ...]
    guide: tuple[Guidepost, ...]
    properties: tuple[tuple[str, str], ...] = ()
    series: tuple[str, str] | None = None
    cover: str = field(default="cover-image")

    def write(self, target: Path) -> None:
        """Write the book. Raises `OSError`."""
        # EbookLib writes it with strftime, which gives no valid date before the year 1000.
        modified = datetime.combine(max(self.issued, date(1000, 1, 1)), time())
        _Writer(str(target), self._book(), {"mtime": modified}).write()

    def _book(self) -> epub.EpubBook:
        book = epub.EpubBook()
        book.set_unique_metadata("OPF", "generator", "", {"name": "generator", "content": "newsexport"})
        book.set_identifier(self.identifier)
        book.set_title(self.title)
        book.set_language(self.language)
        book.set_direction(self.direction)
        self._describe(book)
        items = [(file, book.add_item(_Item(file))) for file in self.files]
        book.spine = [item for file, item in items if file.is_page]
        book.guide = [{"type": post.kind, "title": post.title, "href": post.file} for post in self.guide]
        return book

    def _describe(self, book: epub.EpubBook) -> None:
        for number, creator in enumerate(self.creators, 1):
            book.add_metadata("DC", "creator", creator, {"id": f"creator{number}"})
        book.add_metadata("DC", "date", self.issued.isoformat())
        if self.description:
            book.add_metadata("DC", "description", self.description)
        for name, value in self.properties:
            book.add_metadata("OPF", name, value, {"property": name})
        if self.series:
            self._join(book, *self.series)
        # Order matters to Nook: the name stands before the content.
        book.add_metadata("OPF", "cover", "", {"name": "cover", "content": self.cover})

    def _join(self, book: epub.EpubBook, title: str, place: str) -> None:
        """Issues of one series are stacked by systems that know collections."""
        book.add_metadata("OPF", "series", title, {"property": "belongs-to-collection", "id": "series"})
        book.add_metadata("OPF", "series", "series", {"refines": "#series", "property": "collection-type"})
        book.add_metadata("OPF", "series", place, {"refines": "#series", "property": "group-position"})


class _Item(epub.EpubItem):  # type: ignore[misc]  # EbookLib has no types
    """A file whose bytes come when they are asked for, so that only one is held at a time."""

    def __init__(self, file: File) -> None:
        super().__init__(file.id, file.name, file.media_type)
        self.properties = file.properties
        self.render = file.render

    def get_content(self, default: bytes | None = None) -> bytes:  # noqa: ARG002 - the shape of an item
        return self.render()


class _Writer(epub.EpubWriter):  # type: ignore[misc]  # EbookLib has no types
    """EbookLib's writer with errors that are raised and a zip that is always the same."""

    def write(self) -> None:
        with _Archive(self.file_name, "w") as self.out:
            self.out.writestr("mimetype", MEDIA_TYPE)
            self._write_container()
            self._write_opf()
            self._write_items()


class _Archive(zipfile.ZipFile):
    """A zip in which nothing depends on the day, the machine or the user.

    The first entry is stored, because a reader must find the media type at a fixed
    offset (OCF 3.3, section 4.3.3).
    """

    def writestr(self, name: str, data: bytes | str) -> None:  # type: ignore[override]  # as EbookLib calls it
        entry = zipfile.ZipInfo(name)  # dated 1 January 1980, the first day a zip can tell
        entry.create_system = 3  # Unix, wherever it was made
        entry.external_attr = 0o100644 << 16
        stored = name == "mimetype" or name.endswith(STORED)
        super().writestr(entry, data, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED, 6)
