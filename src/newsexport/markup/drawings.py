"""Drawings that stand in a page itself (``svg`` in a figure), as pictures where they bring their own look.

What has its colours from the style of its page would be painted black: it is told as one that is not read.
"""

from __future__ import annotations

import base64
import re
from typing import Any

from lxml import etree

from newsexport.markup.parsing import Element

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
# Parsers of HTML make small letters of names, and drawings have these (HTML, 13.2.6.5).
NAMES = {
    name.lower(): name
    for name in (
        "linearGradient", "radialGradient", "clipPath", "textPath", "viewBox", "preserveAspectRatio",
        "gradientUnits", "gradientTransform", "patternUnits", "patternTransform", "patternContentUnits",
        "clipPathUnits", "maskUnits", "maskContentUnits", "markerWidth", "markerHeight", "markerUnits",
        "refX", "refY", "textLength", "lengthAdjust", "spreadMethod", "startOffset",
    )
}  # fmt: skip
SHAPES = ("path", "rect", "circle", "ellipse", "polygon", "polyline")
LOOK = ("fill", "stroke", "style")
# In pixels; what is smaller is a sign and no drawing.
LEAST = 100
# What no reader of pictures takes.
UNREAD = "drawing:without-its-style"


def shown(root: Element) -> None:
    """Put a picture in the place of every drawing in a figure."""
    for drawing in [each for each in root.iter("svg") if _is_drawing(each)]:
        image = drawing.makeelement("img", src=_address(drawing), alt=_title(drawing))
        image.tail, drawing.tail = drawing.tail, None
        drawing.getparent().replace(drawing, image)


def _is_drawing(svg: Element) -> bool:
    around = [each.tag for each in svg.iterancestors("figure", "svg", "a", "button", "nav")]
    return (
        around == ["figure"]
        and min(_size(svg)) >= LEAST
        and next(svg.iter(*SHAPES, "line"), None) is not None
    )


def _size(svg: Element) -> tuple[float, float]:
    box = re.findall(r"[\d.]+", svg.get("viewbox") or "")[2:]
    told = [re.match(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*$", svg.get(name) or "") for name in ("width", "height")]
    width, height = (
        float(said[1]) if said else float(box[at]) if len(box) == 2 else 0 for at, said in enumerate(told)
    )
    return width, height


def _title(svg: Element) -> str:
    title = next(svg.iter("title"), None)
    return " ".join(("".join(title.itertext()) if title is not None else svg.get("aria-label") or "").split())


def _address(svg: Element) -> str:
    if next(svg.iter("style"), None) is None and not all(map(_has_look, svg.iter(*SHAPES))):
        return UNREAD
    drawing = etree.tostring(_copied(svg))
    return f"data:image/svg+xml;base64,{base64.b64encode(drawing).decode('ascii')}"


def _has_look(shape: Element) -> bool:
    return any(each.get(name) for each in (shape, *shape.iterancestors("g", "svg")) for name in LOOK)


def _copied(element: Element) -> Any:
    """The element as XML, without what it would load or run."""
    copy = etree.Element(f"{{{SVG}}}{NAMES.get(element.tag, element.tag)}", nsmap={None: SVG})  # type: ignore[dict-item]  # the stubs know of no default
    for name, value in element.attrib.items():
        plain = name.rpartition(":")[2]
        if ":" not in name and not name.startswith(("on", "xmlns")):
            copy.set(NAMES.get(name, name), value)
        elif name == "xlink:href" and value.startswith(("#", "data:")):
            copy.set(f"{{{XLINK}}}{plain}", value)
    copy.text, copy.tail = element.text, element.tail
    copy.extend([_copied(each) for each in element if isinstance(each.tag, str) and each.tag != "script"])
    return copy
