"""One page of a book, checked alone: its faults, and what the check of the whole book needs of it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, TypeVar, cast

from epubpreflight.document_schema import XML
from epubpreflight.documents import (
    SVG_TYPE,
    XHTML_TYPE,
    Document,
    MalformedError,
    element_lines,
    note_faults,
    parse,
    prolog_notes,
    style_sheets,
)
from epubpreflight.fault import Fault
from epubpreflight.navigation import Nav, read_navs
from epubpreflight.page_checker import walk_drawing, walk_page
from epubpreflight.page_findings import PageFindings, Reference
from epubpreflight.rules import Note, Rule

T = TypeVar("T", bound=Hashable)


class Feature(NamedTuple):
    """Something that is no fault by itself but that a vendor may mind: its name and its line."""

    name: str
    line: int


@dataclass(frozen=True, slots=True)
class CheckedPage:
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
    features: tuple[Feature, ...] = ()
    language: str = ""
    size: int = 0
    boxed: bool = False
    styled: bool = False
    base: str = ""
    base_at: int = 0
    broken: bool = False


def sharing(page: CheckedPage, held: dict[Hashable, Any]) -> CheckedPage:
    """The same page, made of what is `held` of others where it is the same.

    Pages of a book are much alike, and those that other processes checked share nothing. What this one
    has and the others had not is held from now on.
    """

    def one(value: T) -> T:
        return cast("T", held.setdefault(value, value))

    return replace(
        page,
        ids=one(page.ids),
        links=one(tuple(map(one, page.links))),
        resources=one(tuple(map(one, page.resources))),
        needs=one(page.needs),
        types=one(page.types),
        language=one(page.language),
    )


def check_page(name: str, data: bytes, version: str = "3.0") -> CheckedPage:
    """Check one XHTML page of an EPUB. Raises nothing, whatever the bytes are.

    `name` is that of its file in the book, `version` that of the package document.
    """
    return _check(name, data, version, XHTML_TYPE)


def check_drawing(name: str, data: bytes, version: str = "3.0") -> CheckedPage:
    """Check one SVG of an EPUB. Raises nothing, whatever the bytes are."""
    return _check(name, data, version, SVG_TYPE)


def _check(name: str, data: bytes, version: str, media_type: str) -> CheckedPage:
    try:
        document = parse(data, dtd=version.startswith("2"))
        found = (walk_page if media_type == XHTML_TYPE else walk_drawing)(document.root, version)
    except MalformedError as error:
        return CheckedPage(name, (error.fault(name),), size=len(data), broken=True)
    except RecursionError:
        return CheckedPage(name, (Rule.NESTED_TOO_DEEPLY.at(name),), size=len(data), broken=True)
    if media_type == SVG_TYPE:
        found.resources.extend(Reference(address, "stylesheet") for address in style_sheets(data))
    return _finished(
        name, data, document, found, [*prolog_notes(document, version, media_type), *found.notes]
    )


def _finished(
    name: str, data: bytes, document: Document, found: PageFindings, notes: list[Note]
) -> CheckedPage:
    root = document.root
    if not document.declared:
        found.features.setdefault("no-declaration", 0)
    navs, nav_notes = read_navs(found) if found.navs or found.headings else ((), ())
    numbered = element_lines(data) if notes or nav_notes or found.features else []
    return CheckedPage(
        name,
        note_faults(name, notes, numbered),
        tuple(found.ids),
        tuple(found.links),
        tuple(found.resources),
        frozenset(found.needs),
        tuple(found.special.items()),
        frozenset(found.types),
        navs,
        note_faults(name, nav_notes, numbered),
        tuple(found.viewports),
        tuple(Feature(one, numbered[at] if at < len(numbered) else 0) for one, at in found.features.items()),
        language=root.get(XML + "lang", "") or root.get("lang", ""),
        size=len(data),
        boxed=root.get("viewBox") is not None,
        styled=any(one.use == "stylesheet" for one in found.resources) or found.styled,
        base=found.base or root.get(XML + "base", ""),
        base_at=found.base_at,
    )
