"""Drawings: SVG alone and inside of pages.

Sources: SVG 1.1; EPUB 3.3, section 6.2. EPUBCheck looks at drawings with forgiving eyes: whatever SVG has
may be in them, and so may what it has not.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from epubpreflight.document_schema import NCNAME
from epubpreflight.grammar import OPS, SVG, XHTML, XLINK, words
from epubpreflight.html_attributes import TOKEN
from epubpreflight.page_findings import Gathered, Reference
from epubpreflight.rules import content as rules
from epubpreflight.styles import inspect_text

# What an id in a drawing may name, when links of other kinds must not lead to it.
DRAWING_IDS = {
    SVG + "linearGradient": "paint",
    SVG + "radialGradient": "paint",
    SVG + "pattern": "paint",
    SVG + "clipPath": "clip",
    SVG + "symbol": "symbol",
}
# Only what is painted can be something in a book.
TYPED = frozenset(
    SVG + name
    for name in words(
        "a audio canvas circle ellipse g iframe image line path polygon polyline rect svg switch symbol "
        "text textPath tspan unknown use video"
    )
)


def drawing_element(found: Gathered, element: Element, at: int, *, old: bool, alone: bool) -> None:
    """One element of a drawing: what it refers to, and what it may not have."""
    tag = element.tag
    if not old and OPS + "type" in element.attrib and tag not in TYPED and tag.startswith(SVG):
        found.note(rules.DRAWING, at, "a type on what is not painted")
    if not old:
        for key in element.attrib:
            fits = key == OPS + "type" or (key == OPS + "prefix" and alone and tag == SVG + "svg")
            if key.startswith(OPS) and not fits:
                found.note(rules.UNKNOWN_ATTRIBUTE, at, tag.removeprefix(SVG), key.removeprefix(OPS))
    if tag == SVG + "foreignObject" and len(element.findall(XHTML + "body")) > 1:
        found.note(rules.DRAWING, at, "two bodies")
    identifier = element.get("id")
    if identifier is not None and not (NCNAME if alone else TOKEN)(identifier):
        found.note(rules.ATTRIBUTE_VALUE, at, "id", tag.removeprefix(SVG), identifier)
    for paint in ("fill", "stroke"):
        value = element.get(paint, "")
        if value.startswith("url(") and value.endswith(")"):
            found.refer(value[4:-1], "paint", at)
    _refer(found, element, tag.removeprefix(SVG), at)


def _refer(found: Gathered, element: Element, name: str, at: int) -> None:
    href = element.get(XLINK + "href")
    match name:
        case "a" if href is not None and href.strip():
            found.links.append(Reference(href.strip(), "link", at))
        case "use":
            found.refer(href, "symbol", at)
        case "image":
            found.refer(href, "image", at)
        case "font-face-uri":
            found.refer(href, "font", at)
        case "script":
            found.needs.add("scripted")
        case "style" if element.text:
            found.styled = True
            found.styles(inspect_text("".join(element.itertext())), at)
        case _:
            pass
