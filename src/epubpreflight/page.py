"""One page of a book, looked at alone: what is wrong with it and what it refers to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from epubpreflight.documents import Broken, Document, lines, parse, style_sheets
from epubpreflight.fault import Fault
from epubpreflight.nav import Nav, read_navs
from epubpreflight.page_checker import walk_drawing, walk_page
from epubpreflight.page_findings import Gathered, Note, Reference
from epubpreflight.prolog import prolog_notes
from epubpreflight.rules.content import ENTITY_BOMB, NOT_WELL_FORMED, TOO_DEEP

__all__ = ["Inspected", "Reference", "inspect_drawing", "inspect_page", "place"]

XHTML_TYPE = "application/xhtml+xml"
SVG_TYPE = "image/svg+xml"


class Mark(NamedTuple):
    """Something that is no fault by itself and that a shop may mind: what, and on which line."""

    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Inspected:
    """What the check of the whole book needs of one page; small, and made to be pickled.

    `needs` are the properties its manifest item must have: ``svg``, ``mathml``, ``scripted``, ``switch``;
    that for remote resources follows from `resources`. `ids` are in the order of the page; `special` says
    of some what they are, such as a gradient of a drawing. `viewports` are what the page says of its size,
    `navs` the lists of links of a navigation document, `size` is in bytes. From the element
    `base_at` on, addresses start from `base`.
    """

    name: str
    faults: tuple[Fault, ...] = ()
    ids: tuple[str, ...] = ()
    links: tuple[Reference, ...] = ()
    resources: tuple[Reference, ...] = ()
    needs: frozenset[str] = frozenset()
    special: tuple[tuple[str, str], ...] = ()
    types: frozenset[str] = frozenset()
    navs: tuple[Nav, ...] = ()
    nav_faults: tuple[Fault, ...] = ()
    viewports: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    language: str = ""
    size: int = 0
    boxed: bool = False
    styled: bool = False
    base: str = ""
    base_at: int = 0
    broken: bool = False


def place(name: str, line: int = 0) -> str:
    """Where in the book: a file, and the line where it is known."""
    return f"{name}, line {line}" if line > 0 else name


def inspect_page(name: str, data: bytes, version: str = "3.0") -> Inspected:
    """Look at one XHTML page of an EPUB. Raises nothing, whatever the bytes are."""
    return _inspect(name, data, version, XHTML_TYPE)


def inspect_drawing(name: str, data: bytes, version: str = "3.0") -> Inspected:
    """Look at one SVG of an EPUB. Raises nothing, whatever the bytes are."""
    return _inspect(name, data, version, SVG_TYPE)


def _inspect(name: str, data: bytes, version: str, media_type: str) -> Inspected:
    try:
        document = parse(data, dtd=version.startswith("2"))
        walked = (walk_page if media_type == XHTML_TYPE else walk_drawing)(document.root, version)
    except Broken as broken:
        rule = ENTITY_BOMB if broken.entities else NOT_WELL_FORMED
        return Inspected(
            name, (rule.at(place(name, broken.line), broken.words),), size=len(data), broken=True
        )
    except RecursionError:
        return Inspected(name, (TOO_DEEP.at(name),), size=len(data), broken=True)
    if media_type == SVG_TYPE:
        walked.resources.extend(Reference(address, "stylesheet") for address in style_sheets(data))
    return _finished(name, data, document, walked, version, media_type)


def _finished(
    name: str, data: bytes, document: Document, walked: Gathered, version: str, media_type: str
) -> Inspected:
    notes = [*prolog_notes(document, version, media_type), *walked.notes]
    if not document.declared:
        walked.marks.setdefault("no-declaration", 0)
    navs = read_navs(walked) if walked.navs or walked.headings else ((), ())
    found = lines(data) if notes or navs[1] or walked.marks else []
    return Inspected(
        name,
        tuple(_faults(name, notes, found)),
        tuple(walked.ids),
        tuple(walked.links),
        tuple(walked.resources),
        frozenset(walked.needs),
        tuple(walked.special.items()),
        frozenset(walked.types),
        navs[0],
        tuple(_faults(name, navs[1], found)),
        tuple(walked.viewports),
        tuple(Mark(mark, found[at] if at < len(found) else 0) for mark, at in walked.marks.items()),
        document.root.get("{http://www.w3.org/XML/1998/namespace}lang", "") or document.root.get("lang", ""),
        len(data),
        document.root.get("viewBox") is not None,
        any(one.use == "stylesheet" for one in walked.resources) or bool(walked.styled),
        walked.base or document.root.get("{http://www.w3.org/XML/1998/namespace}base", ""),
        walked.base_at,
    )


def _faults(name: str, notes: list[Note] | tuple[Note, ...], found: list[int]) -> list[Fault]:
    """Each fault once for its line and words: the same mistake in every row of a table is told row by row."""
    faults: dict[Fault, None] = {}
    for rule, at, details in notes:
        line = found[at] if 0 <= at < len(found) else 0
        faults[rule.at(place(name, line), *details)] = None
    return list(faults)
