"""Pages of a fixed layout, and pages that are read aloud: what must agree between a page and the package.

Sources: EPUB 3.3, sections 8.2 (fixed layout) and 9.3 (media overlays).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from epubpreflight.addresses import resolve
from epubpreflight.book import Book
from epubpreflight.documents import SVG_TYPE
from epubpreflight.fault import Fault
from epubpreflight.manifest import EPUB3_PAGES
from epubpreflight.package import Item, Package
from epubpreflight.page import CheckedPage
from epubpreflight.rules import Rule

PAIR = re.compile(r"\s*([^=,;\s]+)\s*(?:=\s*([^=,;\s]+)\s*)?(?:[,;\s]+|$)")
SIZE = {side: re.compile(rf"\d+(?:\.\d+)?|device-{side}") for side in ("width", "height")}


def page_faults(book: Book) -> Iterator[Fault]:
    """What does not agree between the pages and the package about layout and recordings."""
    if book.package.epub2:
        return
    for place in book.package.spine:
        item = book.package.by_id.get(place.idref)
        page = book.pages.get(item.name) if item else None
        if item and page and not page.broken and _fixed(book.package, place.properties):
            yield from _size_faults(item, page)
        if item and page and not page.broken:
            yield from _style_faults(book, item, page)
    yield from _recording_faults(book)


def _style_faults(book: Book, item: Item, page: CheckedPage) -> Iterator[Fault]:
    """Highlighting what is being read needs styles (EPUB 3.3, section 9.4)."""
    marked = book.package.property_values("media:active-class") + book.package.property_values(
        "media:playback-active-class"
    )
    if item.overlay and marked and not page.styled:
        yield Rule.OVERLAY_UNSTYLED.at(item.name)


def _fixed(package: Package, properties: frozenset[str]) -> bool:
    if "rendition:layout-pre-paginated" in properties:
        return True
    return "rendition:layout-reflowable" not in properties and "pre-paginated" in package.property_values(
        "rendition:layout"
    )


def _size_faults(item: Item, page: CheckedPage) -> Iterator[Fault]:
    if item.media_type == SVG_TYPE:
        if not page.boxed:
            yield Rule.VIEW_BOX_MISSING.at(item.name)
        return
    if not page.viewports:
        yield Rule.VIEWPORT_MISSING.at(item.name)
        return
    properties = viewport(page.viewports[0])
    if properties is None:
        yield Rule.VIEWPORT_SYNTAX.at(item.name, page.viewports[0])
        return
    for side, form in SIZE.items():
        values = properties.get(side)
        if values is None:
            yield Rule.VIEWPORT_PART.at(item.name, side)
            continue
        if len(values) > 1:
            yield Rule.VIEWPORT_TWICE.at(item.name, side)
        if not form.fullmatch(values[0]):
            yield Rule.VIEWPORT_VALUE.at(item.name, side)


def viewport(text: str) -> dict[str, list[str]] | None:
    """The properties of a viewport; None when it cannot be read (EPUB 3.3, appendix F)."""
    properties: dict[str, list[str]] = {}
    at = 0
    if not text.strip() or text.strip()[-1] in ",;" or text.strip()[0] in ",;=":
        return None
    while at < len(text):
        found = PAIR.match(text, at)
        if found is None:
            return None if text[at:].strip() else properties
        name, value = found.groups()
        if value is None and "=" in found.group():
            return None
        properties.setdefault(name, []).append(value or "")
        at = found.end()
    return properties


def _recording_faults(book: Book) -> Iterator[Fault]:
    spoken: dict[str, set[str]] = {}
    for identifier, overlay in book.overlays.items():
        source = book.package.by_id[identifier].name
        for reference in overlay.texts:
            spoken.setdefault(resolve(source, reference.address).name, set()).add(identifier)
        for reference in overlay.recordings:
            item = book.package.by_name.get(resolve(source, reference.address).name)
            if item and not item.media_type.startswith(("audio/mpeg", "audio/mp4", "audio/ogg")):
                yield Rule.OVERLAY_AUDIO_TYPE.at(source, item.name, item.media_type)
    for item in book.package.items:
        if item.media_type in EPUB3_PAGES:
            yield from _spoken_faults(item, spoken.get(item.name, set()))


def _spoken_faults(item: Item, named: set[str]) -> Iterator[Fault]:
    """The recording that a page names must be one that names the page."""
    if len(named) > 1:
        yield Rule.OVERLAY_TWICE.at(item.name)
    if named and not item.overlay:
        yield Rule.OVERLAY_UNTOLD.at(item.name)
    elif named and item.overlay not in named:
        yield Rule.OVERLAY_OTHER.at(item.name)
    elif item.overlay and not named:
        yield Rule.OVERLAY_SILENT.at(item.name)
