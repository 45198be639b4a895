"""An EPUB's package document: what it says is in the book.

Source: EPUB 3.3, sections 4.2.6 (container) and 5 (package document).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from newsexport.verify.archive import Archive, parse, resolved
from newsexport.verify.finding import UnreadableError

CONTAINER = "META-INF/container.xml"
OCF = "{urn:oasis:names:tc:opendocument:xmlns:container}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML_TYPE = "application/xhtml+xml"
NCX_TYPE = "application/x-dtbncx+xml"


@dataclass(frozen=True, slots=True)
class Item:
    """One file of the manifest; `name` is its name in the archive, empty when it lies elsewhere."""

    id: str
    name: str
    media_type: str
    properties: frozenset[str]


@dataclass(frozen=True, slots=True)
class Package:
    """The package document. `metadata` holds the first text of each Dublin Core element."""

    name: str
    version: str
    identified: bool
    metadata: dict[str, str]
    items: tuple[Item, ...]
    spine: tuple[str, ...]
    toc: str

    def item(self, identifier: str) -> Item | None:
        """The item of that id."""
        return next((item for item in self.items if item.id == identifier), None)

    def reading_order(self) -> list[Item]:
        """The items of the spine that are in the manifest."""
        return [item for identifier in self.spine if (item := self.item(identifier))]


def read_package(archive: Archive) -> Package:
    """Follow the container to the package document. Raises `UnreadableError`."""
    name = _rootfile(archive)
    root = _parsed(archive, name)
    if root.tag != OPF + "package":
        raise UnreadableError(f"{name}: is not a package document")
    return Package(
        name,
        root.get("version", ""),
        root.get("unique-identifier") in {element.get("id") for element in root.iter(DC + "identifier")},
        {
            element.tag.removeprefix(DC): (element.text or "").strip()
            for element in reversed(list(root.iter()))
            if element.tag.startswith(DC)
        },
        tuple(_item(element, name) for element in root.iter(OPF + "item")),
        tuple(element.get("idref", "") for element in root.iter(OPF + "itemref")),
        next((element.get("toc", "") for element in root.iter(OPF + "spine")), ""),
    )


def _rootfile(archive: Archive) -> str:
    if CONTAINER not in archive.names:
        raise UnreadableError(f"{CONTAINER} is missing")
    for element in _parsed(archive, CONTAINER).iter(OCF + "rootfile"):
        name = element.get("full-path", "")
        if name not in archive.names:
            raise UnreadableError(f"{CONTAINER} names {name}, which is missing")
        return name
    raise UnreadableError(f"{CONTAINER} names no package document")


def _parsed(archive: Archive, name: str) -> Element:
    try:
        return parse(archive.read(name))
    except UnreadableError as error:
        raise UnreadableError(f"{name}: {error}") from error


def _item(element: Element, package: str) -> Item:
    href = element.get("href", "")
    return Item(
        element.get("id", ""),
        "" if ":" in href.split("/")[0] else resolved(package, unquote(href)),
        element.get("media-type", ""),
        frozenset(element.get("properties", "").split()),
    )


def package_faults(package: Package, archive: Archive) -> Iterator[str]:
    """What the package says and the archive contradicts, and what it should say and does not."""
    for name in ("title", "language", "identifier"):
        if not package.metadata.get(name):
            yield f"its metadata have no dc:{name}"
    if not package.identified:
        yield "its unique-identifier is none of its identifiers"
    yield from _manifest_faults(package, archive)
    if not package.spine:
        yield "its spine is empty"
    for identifier in package.spine:
        if not package.item(identifier):
            yield f"its spine names {identifier!r}, which is not in the manifest"


def _manifest_faults(package: Package, archive: Archive) -> Iterator[str]:
    declared = [item.name for item in package.items if item.name]
    for name in declared:
        if name not in archive.names:
            yield f"{name}: is in the manifest and missing"
    if len(set(declared)) < len(declared) or len({item.id for item in package.items}) < len(package.items):
        yield "its manifest lists something twice"
    for name in sorted(archive.names - {*declared, package.name, "mimetype"}):
        if not name.startswith("META-INF/"):
            yield f"{name}: is not in the manifest"
