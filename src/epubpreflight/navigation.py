"""The contents of a book: the navigation document of EPUB 3, and the NCX of EPUB 2.

The NCX is what Kobo's and Adobe's renderers still read, and Kindle too.
Sources: EPUB 3.3, section 7; ANSI/NISO Z39.86-2005, section 8; OPF 2.0.1, section 2.4.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree.ElementTree import Element

from epubpreflight.document_schema import (
    NCNAME,
    OPS,
    XHTML,
    XML,
    Attributes,
    Content,
    Test,
    attributes,
    double_ids,
    holds,
    local,
    one_of,
    schema_notes,
)
from epubpreflight.documents import NCX_TYPE, MalformedError, element_lines, note_faults, parse, prolog_notes
from epubpreflight.fault import Fault
from epubpreflight.page_findings import PageFindings, Reference
from epubpreflight.rules import Note, Rule

TYPE = OPS + "type"
HEADINGS = frozenset(XHTML + one for one in ("h1", "h2", "h3", "h4", "h5", "h6", "hgroup"))
A, OL, LI, SPAN, IMG = (XHTML + one for one in ("a", "ol", "li", "span", "img"))


class NavEntry(NamedTuple):
    """One link of a list: its address, depth, type and the number of its element in the document.

    `marked` says that it contains other elements than text.
    """

    address: str
    depth: int
    type: str
    element: int
    words: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Nav:
    """One list of links: its types and its entries."""

    types: frozenset[str]
    entries: tuple[NavEntry, ...]

    @property
    def kind(self) -> str:
        """The type that decides which rules hold for the list; empty when none does."""
        return next((one for one in ("toc", "page-list", "landmarks") if one in self.types), "")


def read_navs(found: PageFindings) -> tuple[tuple[Nav, ...], tuple[Note, ...]]:
    """The lists of a navigation document, and what is wrong with them."""
    notes: list[Note] = [(Rule.NAV_EMPTY_HEADING, at, ()) for one, at in found.headings if not label(one)]
    navs: list[Nav] = []
    for element, at in found.navs:
        if TYPE not in element.attrib:
            continue
        nav = Nav(frozenset(element.attrib[TYPE].split()), tuple(_entries(element, at)))
        navs.append(nav)
        notes.extend(_nav_notes(element, nav, at))
    kinds = [kind for nav in navs for kind in nav.types]
    notes.extend(
        (Rule.NAV_REPEATED, -1, (kind,)) for kind in ("page-list", "landmarks") if kinds.count(kind) > 1
    )
    return tuple(navs), tuple(notes)


def label(element: Element) -> str:
    """The label of an entry: its text, that of its pictures, or a label for assistive technology."""
    words = "".join(element.itertext())
    words += "".join(image.get("alt", "") for image in element.iter(IMG))
    words += "".join(one.get("aria-label", "") for one in element.iter())
    return " ".join(words.split())


def _entries(nav: Element, at: int) -> Iterator[NavEntry]:
    depths = {nav: 0}
    for offset, element in enumerate(nav.iter()):
        depth = depths.get(element, 0)
        for child in element:
            depths[child] = depth + (child.tag == OL)
        if element.tag == A:
            yield NavEntry(
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
        yield Rule.NAV_SHAPE, at, (kind, problem)
    if not read.kind and (len(nav) == 0 or nav[0].tag not in HEADINGS):
        yield Rule.NAV_WITHOUT_HEADING, at, ()
    if read.kind in {"page-list", "landmarks"} and sum(1 for _ in nav.iter(OL)) != 1:
        yield Rule.NAV_NOT_FLAT, at, (read.kind,)
    for ol in nav.findall(OL):
        for one in ol.iter():
            if one.tag in {A, SPAN} and not label(one):
                yield Rule.NAV_EMPTY_LABEL, numbers[one], ()
    if "landmarks" in read.types:
        yield from _landmark_notes(nav, numbers)


def _shape(nav: Element) -> str:
    """How it departs from a heading and nested lists of links; empty when it does not."""
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
                yield Rule.LANDMARK_WITHOUT_TYPE, numbers[link], ()
                continue
            href = " ".join(link.get("href", "").lower().split())
            for kind in link.attrib[TYPE].lower().split():
                if (kind, href) in seen:
                    yield Rule.LANDMARK_TWICE, numbers[link], (href,)
                seen.add((kind, href))


NCX = "{http://www.daisy.org/z3986/2005/ncx/}"


NCX_CONTENT: dict[str, Content] = {
    NCX + "ncx": holds(NCX, "head docTitle (?:docAuthor )*navMap (?:pageList )?(?:navList )*"),
    NCX + "head": holds(NCX, "(?:meta )+"),
    NCX + "meta": Content(),
    **dict.fromkeys((NCX + "docTitle", NCX + "docAuthor"), holds(NCX, "text (?:audio )?(?:img )?")),
    **dict.fromkeys((NCX + "navLabel", NCX + "navInfo"), holds(NCX, "text (?:audio )?(?:img )?")),
    NCX + "text": Content(words=True),
    **dict.fromkeys((NCX + "img", NCX + "content", NCX + "audio"), Content()),
    NCX + "navMap": holds(NCX, "(?:navInfo )*(?:navLabel )*(?:navPoint )+"),
    NCX + "navPoint": holds(NCX, "(?:navLabel )+content (?:navPoint )*"),
    NCX + "pageList": holds(NCX, "(?:navLabel )?(?:navInfo )?(?:pageTarget )+"),
    NCX + "pageTarget": holds(NCX, "(?:navLabel )+content "),
    NCX + "navList": holds(NCX, "(?:navInfo )*(?:navLabel )+(?:navTarget )+"),
    NCX + "navTarget": holds(NCX, "(?:navLabel )+content "),
}
_ID: dict[str, Test | None] = {"id": NCNAME}
_NAMED: dict[str, Test | None] = _ID | {"class": None}
_LANGUAGE: dict[str, Test | None] = {XML + "lang": None, "dir": one_of("ltr", "rtl")}
_ORDER: dict[str, Test | None] = {"playOrder": None, "value": None}
NCX_ATTRIBUTES: dict[str, Attributes] = {
    NCX + "ncx": attributes({"version": one_of("2005-1")} | _LANGUAGE, ("version",)),
    NCX + "meta": attributes({"name": None, "content": None, "scheme": None}, ("name", "content")),
    **{NCX + name: attributes(_ID | _LANGUAGE) for name in ("docTitle", "docAuthor", "navLabel", "navInfo")},
    NCX + "text": attributes(_NAMED),
    NCX + "img": attributes(_NAMED | {"src": None}, ("src",)),
    NCX + "content": attributes(_ID | {"src": None}, ("src",)),
    NCX + "navMap": attributes(_ID),
    NCX + "pageList": attributes(_NAMED),
    NCX + "navList": attributes(_NAMED),
    NCX + "navPoint": attributes(_NAMED | {"playOrder": None}, ("id",)),
    NCX + "navTarget": attributes(_NAMED | _ORDER, ("id",)),
    NCX + "pageTarget": attributes(
        _NAMED | _ORDER | {"type": one_of("front", "normal", "special")}, ("type",)
    ),
}


@dataclass(frozen=True, slots=True)
class NcxContents:
    """The contents in an NCX: its faults, its links, the book's identifier, and the greatest depth."""

    faults: tuple[Fault, ...]
    links: tuple[Reference, ...] = ()
    identifier: str | None = None
    depth: int = 0
    sequential: bool = True


def read_ncx(name: str, data: bytes, version: str) -> NcxContents:
    """Read and check an NCX. Raises nothing, whatever the bytes are."""
    try:
        document = parse(data)
    except MalformedError as error:
        return NcxContents((error.fault(name),))
    root = document.root
    notes = list(prolog_notes(document, version, NCX_TYPE))
    if root.tag != NCX + "ncx":
        notes.append((Rule.NCX_SHAPE, 0, (f"it is a <{local(root.tag)}>",)))
    else:
        notes += schema_notes(root, NCX_CONTENT, NCX_ATTRIBUTES, Rule.NCX_SHAPE)
    notes += [(Rule.NCX_ID_TWICE, number, (found,)) for number, found in double_ids(root)]
    notes += [*_order_notes(root), *_label_notes(root)]
    numbers = {element: at for at, element in enumerate(root.iter())}
    links = tuple(
        Reference(element.get("src", "").strip(), "link", numbers[element])
        for element in root.iter(NCX + "content")
        if element.get("src", "").strip()
    )
    faults = note_faults(name, notes, element_lines(data) if notes else [])
    return NcxContents(faults, links, _identifier(root), _depth(root), _sequential(root))


def _identifier(root: Element) -> str | None:
    return next(
        (meta.get("content") for meta in root.iter(NCX + "meta") if meta.get("name") == "dtb:uid"), None
    )


def _depth(root: Element) -> int:
    depth, level = 0, root.findall(NCX + "navMap")
    while level := [point for one in level for point in one.findall(NCX + "navPoint")]:
        depth += 1
    return depth


def _sequential(root: Element) -> bool:
    orders = [point.get("playOrder") for point in root.iter(NCX + "navPoint") if point.get("playOrder")]
    return orders == [str(at) for at in range(1, len(orders) + 1)]


def _order_notes(root: Element) -> Iterator[Note]:
    ordered = [element for element in root.iter() if element.get("playOrder") is not None]
    if not ordered:
        return
    numbers = {element: at for at, element in enumerate(root.iter())}
    if all(element.get("playOrder") != "1" for element in ordered):
        yield Rule.NCX_PLAY_ORDER, numbers[ordered[0]], ("it does not begin at 1",)
    targets: dict[float, set[str]] = {}
    orders: dict[str, set[float]] = {}
    for element in ordered:
        order, content = _number(element.get("playOrder", "")), element.find(NCX + "content")
        target = content.get("src", "") if content is not None else ""
        targets.setdefault(order, set()).add(target)
        orders.setdefault(target, set()).add(order)
    for element in ordered:
        order = _number(element.get("playOrder", ""))
        if order > 1 and order - 1 not in targets:
            yield Rule.NCX_PLAY_ORDER, numbers[element], (f"{element.get('playOrder')} follows on a gap",)
    if any(len(found) > 1 for found in targets.values()):
        yield Rule.NCX_PLAY_ORDER, -1, ("two places have the same number",)
    if any(target and len(found) > 1 for target, found in orders.items()):
        yield Rule.NCX_PLAY_ORDER, -1, ("one place has two numbers",)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return -1.0


def _label_notes(root: Element) -> Iterator[Note]:
    for at, element in enumerate(root.iter()):
        if element.tag == NCX + "text" and not "".join(element.itertext()).strip():
            yield Rule.NCX_EMPTY_LABEL, at, ()
        labels = [label.get(XML + "lang") for label in element.findall(NCX + "navLabel")]
        languages = [language for language in labels if language is not None]
        if len(set(languages)) < len(languages):
            yield Rule.NCX_SHAPE, at, ("an entry has two labels in one language",)
    seen: set[tuple[str | None, str | None]] = set()
    for target in root.iter(NCX + "pageTarget"):
        key = (target.get("value"), target.get("type"))
        if key[0] is not None and key in seen:
            yield Rule.NCX_PAGE_TWICE, -1, (key[0],)
        seen.add(key)
