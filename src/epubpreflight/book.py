"""What is known of a book while it is being checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from epubpreflight.addresses import resolve
from epubpreflight.archive import Archive, UnreadableError
from epubpreflight.documents import element_lines
from epubpreflight.fault import Fault, place
from epubpreflight.links import References
from epubpreflight.navigation import NcxContents
from epubpreflight.overlays import Overlay
from epubpreflight.package import OPF, Item, Package
from epubpreflight.page import CheckedPage
from epubpreflight.page_findings import Reference
from epubpreflight.pictures import Picture
from epubpreflight.rules import Rule
from epubpreflight.styles import StyleSheet, inspect_sheet


@dataclass(slots=True)
class Book:
    """The files of a book, as far as they have been read."""

    archive: Archive
    package: Package
    pages: dict[str, CheckedPage] = field(default_factory=dict)
    contents: dict[str, NcxContents] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)
    sheets: dict[str, StyleSheet] = field(default_factory=dict)
    overlays: dict[str, Overlay] = field(default_factory=dict)
    linked: set[str] = field(default_factory=set)
    known_lines: dict[str, list[int]] = field(default_factory=dict)
    references: References = field(init=False)

    def __post_init__(self) -> None:
        """Start an empty list of references, which asks the book for line numbers."""
        self.references = References(self.package, self.archive.names, self.pages, self.line)

    def line(self, name: str, element: int) -> int:
        """The line on which an element of a file begins; for style sheets the element is the line."""
        if name in self.sheets:
            return element
        if name not in self.known_lines:
            try:
                self.known_lines[name] = element_lines(self.archive.read(name))
            except UnreadableError:
                self.known_lines[name] = []
        found = self.known_lines[name]
        return found[element] if 0 <= element < len(found) else 0

    def add_package_references(self) -> None:
        """Add what the package document itself refers to."""
        references = []
        for at, element in enumerate(self.package.root.iter()):
            href = element.get("href", "")
            if element.tag == OPF + "reference" and href:
                references.append(Reference(href, "generic", at))
            elif element.tag == OPF + "link" and href and not self.package.epub2:
                references.append(Reference(href, "metadata", at))
                self.linked.add(resolve(self.package.name, href).name)
        self.references.add(self.package.name, references)

    def add_page(self, page: CheckedPage) -> None:
        """Add a page that has been checked."""
        self.pages[page.name] = page
        self.references.add(page.name, page.links, page.base, page.base_at)
        self.references.add(page.name, page.resources, page.base, page.base_at)
        self.references.scripted = self.references.scripted or "scripted" in page.needs

    def add_sheet(self, item: Item, data: bytes) -> Iterator[Fault]:
        """Read a style sheet and add it; its faults."""
        sheet = inspect_sheet(data)
        self.sheets[item.name] = sheet
        for rule, line, detail in sheet.faults:
            yield rule.at(place(item.name, line), *((detail,) if detail else ()))
        self.references.add(
            item.name, [Reference(address, use, line) for address, use, line in sheet.addresses]
        )
        if self.package.epub2:
            return
        remote = any(
            use.target.scheme not in {"", "data"} and use.reference.use != "stylesheet"
            for use in self.references.of(item.name)
        )
        if remote and "remote-resources" not in item.properties:
            yield Rule.ITEM_PROPERTY_MISSING.at(item.name, "remote-resources")
        if not remote and "remote-resources" in item.properties:
            yield Rule.ITEM_REMOTE_UNTRUE.at(item.name)

    def overlay_faults(self, item: Item) -> Iterator[Fault]:
        """Recordings on the web must be declared in the manifest."""
        if (
            any(use.target.scheme for use in self.references.of(item.name))
            and "remote-resources" not in item.properties
        ):
            yield Rule.ITEM_PROPERTY_MISSING.at(item.name, "remote-resources")

    def add_overlay(self, item: Item, overlay: Overlay) -> None:
        """Add a media overlay that has been read."""
        self.overlays[item.id] = overlay
        self.references.add(item.name, overlay.texts)
        self.references.add(item.name, overlay.recordings)
