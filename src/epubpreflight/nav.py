"""Navigation documents: the contents, the landmarks and the page list of an EPUB 3.

Source: EPUB 3.3, section 7.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree.ElementTree import Element

from epubpreflight.grammar import OPS, XHTML
from epubpreflight.page_findings import Gathered, Note
from epubpreflight.rules.nav import (
    EMPTY_HEADING,
    EMPTY_LABEL,
    LANDMARK_TWICE,
    LANDMARK_TYPE,
    NO_HEADING,
    NOT_FLAT,
    REPEATED,
    SHAPE,
)

TYPE = OPS + "type"
HEADINGS = frozenset(XHTML + one for one in ("h1", "h2", "h3", "h4", "h5", "h6", "hgroup"))
A, OL, LI, SPAN, IMG = (XHTML + one for one in ("a", "ol", "li", "span", "img"))


class Entry(NamedTuple):
    """One link of a list: where it leads, how deep it stands, its type and its number in the document.

    `marked` says that it holds more than words.
    """

    address: str
    depth: int
    type: str
    element: int
    words: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Nav:
    """One list of links: what kinds it is of, and its entries."""

    types: frozenset[str]
    entries: tuple[Entry, ...]

    @property
    def kind(self) -> str:
        """The kind that matters most."""
        return next((one for one in ("toc", "page-list", "landmarks") if one in self.types), "")


def read_navs(found: Gathered) -> tuple[tuple[Nav, ...], tuple[Note, ...]]:
    """The lists of a navigation document, and what is wrong with them as such."""
    notes: list[Note] = [(EMPTY_HEADING, at, ()) for one, at in found.headings if not label(one)]
    navs: list[Nav] = []
    for element, at in found.navs:
        if TYPE not in element.attrib:
            continue
        nav = Nav(frozenset(element.attrib[TYPE].split()), tuple(_entries(element, at)))
        navs.append(nav)
        notes.extend(_nav_notes(element, nav, at))
    kinds = [kind for nav in navs for kind in nav.types]
    notes.extend((REPEATED, -1, (kind,)) for kind in ("page-list", "landmarks") if kinds.count(kind) > 1)
    return tuple(navs), tuple(notes)


def label(element: Element) -> str:
    """What stands for an entry: its words, those of its pictures, or a label for assistive technology."""
    words = "".join(element.itertext())
    words += "".join(image.get("alt", "") for image in element.iter(IMG))
    words += "".join(one.get("aria-label", "") for one in element.iter())
    return " ".join(words.split())


def _entries(nav: Element, at: int) -> Iterator[Entry]:
    depths = {nav: 0}
    for offset, element in enumerate(nav.iter()):
        depth = depths.get(element, 0)
        for child in element:
            depths[child] = depth + (child.tag == OL)
        if element.tag == A:
            yield Entry(
                element.get("href", "").strip(),
                depth,
                element.get(TYPE, ""),
                at + offset,
                label(element),
                len(element) > 0,
            )


def _nav_notes(nav: Element, read: Nav, at: int) -> Iterator[Note]:
    kind = read.kind or min(read.types, default="")
    numbers = {element: at + offset for offset, element in enumerate(nav.iter())}
    if problem := _shape(nav):
        yield SHAPE, at, (kind, problem)
    if not read.kind and (len(nav) == 0 or nav[0].tag not in HEADINGS):
        yield NO_HEADING, at, ()
    if read.kind in {"page-list", "landmarks"} and sum(1 for _ in nav.iter(OL)) != 1:
        yield NOT_FLAT, at, (read.kind,)
    for ol in nav.findall(OL):
        for one in ol.iter():
            if one.tag in {A, SPAN} and not label(one):
                yield EMPTY_LABEL, numbers[one], ()
    if "landmarks" in read.types:
        yield from _landmark_notes(nav, numbers)


def _shape(nav: Element) -> str:
    """What is wrong with it as a heading and nested lists of links; empty when nothing is."""
    rest = [child for child in nav if child.tag not in HEADINGS]
    if len(nav) - len(rest) > 1 or [child.tag for child in rest] != [OL] or (len(nav) > 1 and nav[0] in rest):
        return "it must be one heading at most, and one list"
    lists = [nav.find(OL)]
    while lists:
        current = lists.pop()
        if current is None or not len(current):
            return "a list is empty"
        for item in current:
            kinds = [child.tag for child in item]
            if item.tag != LI or kinds not in ([A], [A, OL], [SPAN, OL]):
                return "an entry must be a link, or a link or words with a list under it"
            if len(kinds) == 2:
                lists.append(item.find(OL))
    return ""


def _landmark_notes(nav: Element, numbers: dict[Element, int]) -> Iterator[Note]:
    seen: set[tuple[str, str]] = set()
    for ol in nav.findall(OL):
        for link in ol.iter(A):
            if TYPE not in link.attrib:
                yield LANDMARK_TYPE, numbers[link], ()
                continue
            href = " ".join(link.get("href", "").lower().split())
            for kind in link.attrib[TYPE].lower().split():
                if (kind, href) in seen:
                    yield LANDMARK_TWICE, numbers[link], (href,)
                seen.add((kind, href))
