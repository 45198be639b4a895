"""Files on their way into a book, and what is known of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from epubpreflight import CheckedPage, check_page
from newsexport.events import Lost, Report
from newsexport.exporters.epub.archive import Archive, pressed
from newsexport.exporters.epub.contents import FOLDER, NAV, Place
from newsexport.exporters.epub.package import CSS, XHTML, File
from newsexport.exporters.epub.pages import Book
from newsexport.exporters.epub.render import PAGE, Printed, finished, refused

MEDIA_TYPES = {".css": CSS, ".ttf": "font/ttf", ".jpg": "image/jpeg", ".png": "image/png"}


@dataclass(slots=True)
class Binder:
    """Writes files into the zip as they come, and keeps what the package will say of them.

    `pages` are in reading order; `inspected` is what was found in each, by its name in the zip.
    """

    archive: Archive
    book: Book
    report: Report
    pages: list[File] = field(default_factory=list)
    others: dict[str, File] = field(default_factory=dict)
    inspected: dict[str, CheckedPage] = field(default_factory=dict)

    def draw(self, file: str, page: Callable[[Book], bytes]) -> None:
        """A page that stands before articles, as the user's template has it, or else as ours has."""
        self._drawn(file, page)
        self.pages.append(File(file, XHTML))

    def draw_contents(self, page: Callable[[Book], bytes], leading_to: frozenset[str], *, read: bool) -> None:
        """The navigation document: written when all else is known, read after cover and title page."""
        self._drawn(NAV, page, leading_to)
        self.pages.insert(2, File(NAV, XHTML, ("nav",), read))

    def other(self, file: File, data: bytes) -> None:
        """Anything that is no page; the same name is the same file and written once."""
        if file.name not in self.others:
            self.others[file.name] = file
            self.archive.add(pressed(f"{FOLDER}/{file.name}", data))

    def printed(self, printed: Printed) -> None:
        """The pages of an article, and the codes on them."""
        for member in printed.members:
            name = member.name.removeprefix(f"{FOLDER}/")
            if name.endswith(PAGE):
                self.pages.append(File(name, XHTML))
            elif name in self.others:
                continue
            else:
                self.others[name] = File(name, media_type_of(name))
            self.archive.add(member)
        self.inspected.update((page.name, page) for page in printed.inspected)

    def there(self, place: Place) -> bool:
        """Whether a place in an article is where contents lead to."""
        file, _, identifier = place.href.partition("#")
        return identifier in self.inspected[f"{FOLDER}/{file}"].ids

    def _drawn(self, file: str, page: Callable[[Book], bytes], leading_to: Iterable[str] = ()) -> None:
        name = f"{FOLDER}/{file}"
        data, inspected = self._made(name, page, self.book)
        links = {link.address for link in inspected.links}
        fault = refused((inspected,))
        if not fault and not links.issuperset(leading_to):
            fault = "not all articles are in it"
        if fault and self.book.templates is not None:
            told = f"{file} is made by our own template: {fault}"
            self.report(Lost(str(self.book.templates), told, whole=False))
            data, inspected = self._made(name, page, replace(self.book, templates=None))
        self.inspected[name] = inspected
        self.archive.add(pressed(name, data))

    def _made(self, name: str, page: Callable[[Book], bytes], book: Book) -> tuple[bytes, CheckedPage]:
        data = finished(page(book), book)
        return data, check_page(name, data)


def media_type_of(name: str) -> str:
    """The media type of a file of ours that is no page, by its suffix."""
    return MEDIA_TYPES[name[name.rindex(".") :]]
