"""Drawings (SVG) painted as pictures, because neither Kindle nor most podcast players show them.

What a drawing could load or run is taken out of it first, because the painter opens the
files that an ``<image>`` names.
"""

from __future__ import annotations

import re
from typing import Any

from newsexport.artwork.image_limits import Fit
from newsexport.errors import NewsExportError

START = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE\s+svg[^>\[]*>\s*)?<svg\b",
    re.DOTALL,
)
LARGEST = 2_000_000
ACTIVE = frozenset(
    {"script", "foreignobject", "handler", "listener", "animate", "set", "iframe", "audio", "video"}
)
INLINE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,", re.IGNORECASE)
SVG = "{http://www.w3.org/2000/svg}"


class DrawingError(NewsExportError):
    """A drawing that cannot be painted; the message is the reason."""


def is_drawing(data: bytes) -> bool:
    """Whether the bytes begin as an SVG document does."""
    return START.match(data[:4096]) is not None


def painted(data: bytes, fit: Fit) -> bytes:
    """The drawing as a PNG on white, as wide as fits but at most twice its own size.

    Raises:
        DrawingError: not well-formed, too large, or nothing that can be painted.
    """
    import resvg_py  # noqa: PLC0415 - few articles have drawings

    if len(data) > LARGEST:
        raise DrawingError(f"is a drawing of more than {LARGEST // 1_000_000} MB")
    inert, width, height = _inert(data)
    scale = min(2.0, fit.width / width, fit.height / height)
    try:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=inert,
                background="white",
                width=max(1, int(width * scale)),
                height=max(1, int(height * scale)),
            )
        )
    except (ValueError, OSError) as error:
        raise DrawingError(f"is a drawing that cannot be painted: {error}") from error


def _inert(data: bytes) -> tuple[str, float, float]:
    """The drawing with nothing in it that loads or runs, and its size."""
    from lxml import etree  # noqa: PLC0415 - only drawings need it

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DrawingError("is a drawing that is not well-formed") from error
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or _is_active(element):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
    width, height = _size(root)
    return etree.tostring(root, encoding="unicode"), width, height


def _is_active(element: Any) -> bool:
    name = element.tag.rpartition("}")[2].lower()
    targets = [value for key, value in element.attrib.items() if key.rpartition("}")[2].lower() == "href"]
    if name in ACTIVE:
        return True
    if name in {"image", "feimage"}:
        return not all(INLINE.match(target.strip()) for target in targets)
    if name == "style":
        return re.search(r"@import|url\(\s*['\"]?(?!#)", element.text or "", re.IGNORECASE) is not None
    return name == "use" and not all(target.strip().startswith("#") for target in targets)


def _size(root: Any) -> tuple[float, float]:
    """Width and height in pixels; a drawing that does not say is 300 x 150, as in CSS."""
    box = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox", ""))[2:4]]
    sides = [_length(root.get(name, "")) for name in ("width", "height")]
    width, height = (side or (box[at] if len(box) == 2 else 0) for at, side in enumerate(sides))
    if not (0 < width < 20_000 and 0 < height < 20_000):
        width, height = 300.0, 150.0
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    return width, height


def _length(text: str) -> float:
    found = re.fullmatch(r"\s*(\d{1,6}(?:\.\d{1,6})?)(?:px)?\s*", text)
    return float(found[1]) if found else 0.0
