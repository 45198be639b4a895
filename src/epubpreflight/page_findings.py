"""What is found on the way through a page: faults, ids, addresses, and what the manifest must say of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from epubpreflight.rules import Note, Rule
from epubpreflight.styles import StyleSheet


class Reference(NamedTuple):
    """An address in a file: as written, what it is used for, and the number of its element.

    `covered` says that there is something else to show when the resource is foreign; `type` is the media
    type that the page gives for it.
    """

    address: str
    use: str
    element: int = 0
    covered: bool = False
    type: str | None = None


@dataclass(slots=True)
class PageFindings:
    """What is found so far. The number of an element is its place in the order of the document.

    `special` tells of an id what kind of thing it names when that matters, `features` at which element
    something first occurs that some vendor may mind, `referring` holds lists of ids to look up at the end.
    """

    notes: list[Note] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    special: dict[str, str] = field(default_factory=dict)
    links: list[Reference] = field(default_factory=list)
    resources: list[Reference] = field(default_factory=list)
    needs: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    viewports: list[str] = field(default_factory=list)
    features: dict[str, int] = field(default_factory=dict)
    referring: list[tuple[Element, int, str]] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    navs: list[tuple[Element, int]] = field(default_factory=list)
    headings: list[tuple[Element, int]] = field(default_factory=list)
    prefixes: frozenset[str] = frozenset()
    number: int = 0
    base: str = ""
    base_at: int = 0
    styled: bool = False

    def note(self, rule: Rule, at: int, *details: object) -> None:
        """Note that something is wrong at an element."""
        self.notes.append((rule, at, details))

    def feature(self, name: str, at: int) -> None:
        """Note something that some vendor may mind, where it first occurs."""
        self.features.setdefault(name, at)

    def link(self, address: str | None, at: int) -> None:
        """Add a link, if it has an address."""
        if address and address.strip():
            self.links.append(Reference(address.strip(), "link", at))

    def refer(
        self, address: str | None, use: str, at: int, *, covered: bool = False, media_type: str | None = None
    ) -> None:
        """Add a reference to a resource, if it has an address."""
        if address and address.strip():
            self.resources.append(Reference(address, use, at, covered, media_type))

    def styles(self, sheet: StyleSheet, at: int) -> None:
        """Add what is found in styles inside of the page."""
        for rule, _, detail in sheet.faults:
            self.note(rule, at, *((detail,) if detail else ()))
        for address, use, _ in sheet.addresses:
            self.resources.append(Reference(address, use, at))
        for danger in sorted(sheet.dangers):
            self.feature(f"style:{danger}", at)
