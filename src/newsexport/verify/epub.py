"""What is in an EPUB, told beside what preflight finds wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from epubpreflight.addresses import resolve
from epubpreflight.archive import Archive, UnreadableError
from epubpreflight.book_checker import check
from epubpreflight.container import CONTAINER, package_names
from epubpreflight.documents import Broken, parse
from epubpreflight.epubcheck import asked
from epubpreflight.package import XHTML_TYPE, Package, read_package
from epubpreflight.vendors import Shop
from newsexport.verify.finding import Finding, Title

KIND = "EPUB"
XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"


@dataclass(frozen=True, slots=True)
class Read:
    """The package document of a book and its pages by name."""

    package: Package
    pages: Mapping[str, Element]


def check_epub(path: Path, *, epubcheck: bool = False, shop: Shop | None = None) -> Finding:
    """Everything preflight finds, and what is in the book; with `epubcheck`, ask it too.

    Raises:
        UsageError: EPUBCheck was asked for and is not installed.
    """
    faults = check(path, shop)
    if epubcheck:
        faults += tuple(asked(path))
    try:
        with Archive(path) as archive:
            read = None if archive.outsized else _read(archive)
    except UnreadableError:
        read = None
    if read is None:
        return Finding(path, KIND, faults=faults)
    return Finding(path, KIND, _facts(read), tuple(_titles(read)), faults)


def _read(archive: Archive) -> Read | None:
    """What can be read; preflight tells why the rest cannot."""
    try:
        name = package_names(parse(archive.read(CONTAINER)))[0]
        package = read_package(name, parse(archive.read(name)))
    except (UnreadableError, Broken, IndexError):
        return None
    pages: dict[str, Element] = {}
    for item in package.items:
        if item.media_type == XHTML_TYPE and item.name in archive.names:
            try:
                pages[item.name] = parse(archive.read(item.name), dtd=package.old).root
            except (UnreadableError, Broken):
                continue
    return Read(package, pages)


def _entries(nav: Element) -> Iterator[tuple[int, str, str]]:
    """Depth, title and target of each entry of the table of contents."""
    for element in nav.iter(XHTML + "nav"):
        if "toc" in element.get(TYPE, "").split():
            yield from _listed(element, 1)


def _listed(parent: Element, depth: int) -> Iterator[tuple[int, str, str]]:
    for item in parent.findall(f"{XHTML}ol/{XHTML}li"):
        for label in (*item.findall(XHTML + "a"), *item.findall(XHTML + "span")):
            yield depth, " ".join("".join(label.itertext()).split()), label.get("href", "")
        yield from _listed(item, depth + 1)


def _titles(read: Read) -> Iterator[Title]:
    for item in read.package.navigation:
        if item.name in read.pages:
            for depth, title, _ in _entries(read.pages[item.name]):
                yield Title(depth, title)


def _sections(read: Read) -> int:
    """Entries at the top of the contents whose page is no article: the front pages of sections."""
    return sum(
        1
        for item in read.package.navigation
        if item.name in read.pages
        for depth, _, target in _entries(read.pages[item.name])
        if depth == 1 and not any(_page(item.name, target, read).iter(XHTML + "article"))
    )


def _page(base: str, target: str, read: Read) -> Element:
    return read.pages.get(resolve(base, unquote(target)).name, Element("missing"))


def _facts(read: Read) -> tuple[tuple[str, str], ...]:
    package = read.package
    pages = [read.pages[item.name] for item in package.reading_order() if item.name in read.pages]
    words = sum(
        len(" ".join(body.itertext()).split()) for root in pages for body in root.iter(XHTML + "body")
    )
    pictures = sum(item.media_type.startswith("image/") for item in package.items)
    return (
        ("title", package.metadata.get("title", "")),
        ("date", package.metadata.get("date", "")),
        ("language", package.metadata.get("language", "")),
        ("version", f"EPUB {package.version}"),
        ("pages", str(len([item for item in package.items if item.media_type == XHTML_TYPE]))),
        ("sections", str(_sections(read))),
        ("articles", str(sum(1 for root in pages for _ in root.iter(XHTML + "article")))),
        ("words", str(words)),
        ("pictures", str(pictures)),
    )
