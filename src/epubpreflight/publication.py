"""What is in a book, read without judging it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from epubpreflight.addresses import resolve
from epubpreflight.archive import Archive, UnreadableError
from epubpreflight.container import CONTAINER, package_names
from epubpreflight.documents import XHTML_TYPE, MalformedError, parse
from epubpreflight.package import Package, read_package


@dataclass(frozen=True, slots=True)
class Publication:
    """The package document of a book, and the roots of those of its pages that can be parsed, by name."""

    package: Package
    pages: Mapping[str, Element]

    def page_at(self, source: str, address: str) -> Element | None:
        """The page to which an address in the file `source` leads."""
        return self.pages.get(resolve(source, unquote(address)).name)


def read_publication(book: Path | str | bytes) -> Publication | None:
    """What can be read of a book; None when nothing can, of which `check` tells why.

    Raises:
        OSError: the file cannot be read.
    """
    try:
        with Archive(book) as archive:
            return None if archive.outsized else _read(archive)
    except (UnreadableError, MalformedError, IndexError):
        return None


def _read(archive: Archive) -> Publication:
    name = package_names(parse(archive.read(CONTAINER)))[0]
    package = read_package(name, parse(archive.read(name)))
    pages: dict[str, Element] = {}
    for item in package.items:
        if item.media_type == XHTML_TYPE and item.name in archive.names:
            try:
                pages[item.name] = parse(archive.read(item.name), dtd=package.epub2).root
            except (UnreadableError, MalformedError):
                continue
    return Publication(package, pages)
