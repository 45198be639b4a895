"""The NCX: the contents of EPUB 2, which Kobo's and Adobe's renderers still read, and Kindle too.

Sources: ANSI/NISO Z39.86-2005, section 8; OPF 2.0.1, section 2.4.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from epubpreflight.document_schema import NCNAME, double_ids, holds, shape_notes
from epubpreflight.documents import Broken, lines, parse
from epubpreflight.fault import Fault
from epubpreflight.grammar import XML, Attributes, Content, Test, attributes, one_of
from epubpreflight.page import place
from epubpreflight.page_findings import Note, Reference
from epubpreflight.prolog import prolog_notes
from epubpreflight.rules.content import ENTITY_BOMB, NOT_WELL_FORMED
from epubpreflight.rules.ncx import EMPTY_LABEL, ID_TWICE, PAGE_TWICE, PLAY_ORDER, SHAPE

NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
NCX_TYPE = "application/x-dtbncx+xml"
_SOURCE = "ANSI/NISO Z39.86-2005, section 8; EPUBCheck RSC-005"


def _ncx(names: str) -> frozenset[str]:
    return frozenset(NCX + name for name in names.split())


CONTENT: dict[str, Content] = {
    NCX + "ncx": holds(
        _ncx("head docTitle docAuthor navMap pageList navList"),
        "head docTitle (?:docAuthor )*navMap (?:pageList )?(?:navList )*",
    ),
    NCX + "head": holds(_ncx("meta"), "(?:meta )+"),
    NCX + "meta": Content(),
    **dict.fromkeys(
        (NCX + "docTitle", NCX + "docAuthor"), holds(_ncx("text img audio"), "text (?:audio )?(?:img )?")
    ),
    **dict.fromkeys(
        (NCX + "navLabel", NCX + "navInfo"), holds(_ncx("text img audio"), "text (?:audio )?(?:img )?")
    ),
    NCX + "text": Content(words=True),
    **dict.fromkeys((NCX + "img", NCX + "content", NCX + "audio"), Content()),
    NCX + "navMap": holds(_ncx("navInfo navLabel navPoint"), "(?:navInfo )*(?:navLabel )*(?:navPoint )+"),
    NCX + "navPoint": holds(_ncx("navLabel content navPoint"), "(?:navLabel )+content (?:navPoint )*"),
    NCX + "pageList": holds(
        _ncx("navLabel navInfo pageTarget"), "(?:navLabel )?(?:navInfo )?(?:pageTarget )+"
    ),
    NCX + "pageTarget": holds(_ncx("navLabel content"), "(?:navLabel )+content "),
    NCX + "navList": holds(_ncx("navInfo navLabel navTarget"), "(?:navInfo )*(?:navLabel )+(?:navTarget )+"),
    NCX + "navTarget": holds(_ncx("navLabel content"), "(?:navLabel )+content "),
}
_ID: dict[str, Test | None] = {"id": NCNAME}
_NAMED: dict[str, Test | None] = _ID | {"class": None}
_TONGUE: dict[str, Test | None] = {XML + "lang": None, "dir": one_of("ltr", "rtl")}
_ORDER: dict[str, Test | None] = {"playOrder": None, "value": None}
ATTRIBUTES: dict[str, Attributes] = {
    NCX + "ncx": attributes({"version": one_of("2005-1")} | _TONGUE, ("version",)),
    NCX + "meta": attributes({"name": None, "content": None, "scheme": None}, ("name", "content")),
    **{NCX + name: attributes(_ID | _TONGUE) for name in ("docTitle", "docAuthor", "navLabel", "navInfo")},
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
class Contents:
    """What an NCX says: faults, where its entries lead, and how deep they go at most."""

    faults: tuple[Fault, ...]
    links: tuple[Reference, ...] = ()
    identifier: str | None = None
    depth: int = 0
    sequential: bool = True


def read_ncx(name: str, data: bytes, version: str) -> Contents:
    """Look at an NCX. Raises nothing, whatever the bytes are."""
    try:
        document = parse(data)
    except Broken as broken:
        rule = ENTITY_BOMB if broken.entities else NOT_WELL_FORMED
        return Contents((rule.at(place(name, broken.line), broken.words),))
    root = document.root
    notes = list(prolog_notes(document, version, NCX_TYPE))
    if root.tag != NCX + "ncx":
        notes.append((SHAPE, 0, (f"it is a <{root.tag.rpartition('}')[2]}>",)))
    else:
        notes += shape_notes(root, CONTENT, ATTRIBUTES, lambda at, problem: (SHAPE, at, (problem,)))
    notes += [(ID_TWICE, number, (found,)) for number, found in double_ids(root)]
    notes += [*_order_notes(root), *_label_notes(root)]
    numbers = {element: at for at, element in enumerate(root.iter())}
    links = tuple(
        Reference(element.get("src", "").strip(), "link", numbers[element])
        for element in root.iter(NCX + "content")
        if element.get("src", "").strip()
    )
    found = lines(data) if notes else []
    faults = tuple(
        dict.fromkeys(
            rule.at(place(name, found[at] if 0 <= at < len(found) else 0), *details)
            for rule, at, details in notes
        )
    )
    return Contents(faults, links, _identifier(root), _depth(root), _sequential(root))


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
        yield PLAY_ORDER, numbers[ordered[0]], ("it does not begin at 1",)
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
            yield PLAY_ORDER, numbers[element], (f"{element.get('playOrder')} follows on a gap",)
    if any(len(found) > 1 for found in targets.values()):
        yield PLAY_ORDER, -1, ("two places have the same number",)
    if any(target and len(found) > 1 for target, found in orders.items()):
        yield PLAY_ORDER, -1, ("one place has two numbers",)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return -1.0


def _label_notes(root: Element) -> Iterator[Note]:
    for at, element in enumerate(root.iter()):
        if element.tag == NCX + "text" and not "".join(element.itertext()).strip():
            yield EMPTY_LABEL, at, ()
        labels = [label.get(XML + "lang") for label in element.findall(NCX + "navLabel")]
        told = [tongue for tongue in labels if tongue is not None]
        if len(set(told)) < len(told):
            yield SHAPE, at, ("an entry has two labels in one language",)
    seen: set[tuple[str | None, str | None]] = set()
    for target in root.iter(NCX + "pageTarget"):
        key = (target.get("value"), target.get("type"))
        if key[0] is not None and key in seen:
            yield PAGE_TWICE, -1, (key[0],)
        seen.add(key)
