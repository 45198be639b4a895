"""Rules for the manifest, the spine and the guide: what is in a book, and in which order.

Sources: EPUB 3.3, sections 5.6 to 5.8; OPF 2.0.1, sections 2.3 to 2.6.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from types import MappingProxyType
from xml.etree.ElementTree import Element

from epubpreflight.addresses import SCHEME, Target, resolve
from epubpreflight.document_schema import double_ids, words
from epubpreflight.documents import NCX_TYPE, SMIL_TYPE, SVG_TYPE, XHTML_TYPE
from epubpreflight.metadata import normalised, property_notes
from epubpreflight.package import OPF, Item, Package
from epubpreflight.rules import Note, Rule
from epubpreflight.vocabulary import PACKAGE_PREFIXES, known_prefixes

_PAGE = frozenset({XHTML_TYPE})
_SEARCH = frozenset({"application/vnd.epub.search-key-map+xml"})
PROPERTY_TYPES = MappingProxyType(
    {
        "data-nav": _PAGE,
        "index": _PAGE,
        "nav": _PAGE,
        "svg": _PAGE,
        "mathml": _PAGE | {SVG_TYPE},
        "scripted": _PAGE | {SVG_TYPE},
        "switch": _PAGE | {SVG_TYPE},
        "remote-resources": _PAGE | {SVG_TYPE, SMIL_TYPE, "text/css"},
        "dictionary": _SEARCH,
        "search-key-map": _SEARCH,
        "glossary": _SEARCH | _PAGE,
        "cover-image": frozenset(),
    }
)
_EMPTY = {"media": frozenset[str](), "rendition": frozenset[str]()}
ITEM_VOCABULARY = {"": frozenset(PROPERTY_TYPES), **_EMPTY, "a11y": frozenset[str]()}
PLACE_VOCABULARY = {
    "": frozenset({"page-spread-right", "page-spread-left"}),
    "media": frozenset[str](),
    "rendition": frozenset(
        words(
            "layout-pre-paginated layout-reflowable orientation-auto orientation-landscape "
            "orientation-portrait spread-auto spread-both spread-landscape spread-none spread-portrait "
            "page-spread-center page-spread-left page-spread-right flow-paginated flow-scrolled-continuous "
            "flow-scrolled-doc flow-auto align-x-center"
        )
    ),
}
RELATIONS = {
    "": frozenset(
        words(
            "acquire alternate marc21xml-record mods-record onix-record record voicing xml-signature "
            "xmp-record"
        )
    ),
    "a11y": frozenset({"certifierCredential", "certifierReport"}),
    **_EMPTY,
}
LINK_VOCABULARY = {"": frozenset({"onix", "xmp"}), "a11y": frozenset[str](), **_EMPTY}
OBSOLETE_RELATIONS = frozenset(words("marc21xml-record mods-record onix-record xml-signature xmp-record"))
EXCLUSIVE = (
    frozenset(f"rendition:flow-{one}" for one in words("paginated scrolled-continuous scrolled-doc auto")),
    frozenset(f"rendition:layout-{one}" for one in words("reflowable pre-paginated")),
    frozenset(f"rendition:orientation-{one}" for one in words("landscape portrait auto")),
    frozenset(words("page-spread-right page-spread-left rendition:page-spread-center")),
    frozenset(f"rendition:spread-{one}" for one in words("portrait landscape both none auto")),
)
EPUB2_PAGES = frozenset({XHTML_TYPE, "application/x-dtbook+xml"})
EPUB3_PAGES = frozenset({XHTML_TYPE, SVG_TYPE})
OBSOLETE_PAGES = frozenset({"text/x-oeb1-document", "text/html"})
NO_PAGES = frozenset({"text/css", "text/x-oeb1-css", "image/gif", "image/png", "image/jpeg", SVG_TYPE})

Check = Callable[[Package], Iterator[Note]]


def page_types(package: Package) -> frozenset[str]:
    """The media types that a page of such a book may have."""
    return EPUB2_PAGES if package.epub2 else EPUB3_PAGES


def manifest_notes(package: Package) -> Iterator[Note]:
    """Everything that is wrong with the lists of the package, as far as the package alone can show it."""
    for check in (*MANIFEST_CHECKS, *(EPUB2_CHECKS if package.epub2 else EPUB3_CHECKS)):
        yield from check(package)


def _items(package: Package) -> Iterator[Note]:
    seen: set[str] = set()
    for item in package.items:
        target = resolve(package.name, item.href)
        if target.rule:
            yield target.rule, item.element, (item.href,)
        if item.name in seen:
            yield Rule.ITEM_TWICE, item.element, (item.name,)
        seen.add(item.name)
        if item.name == package.name and not item.remote:
            yield Rule.ITEM_PACKAGE, item.element, ()
        yield from _epub2_item(package, item) if package.epub2 else _epub3_item(item, target)


def _epub2_item(package: Package, item: Item) -> Iterator[Note]:
    if item.media_type == "text/html":
        yield Rule.ITEM_TYPE_OBSOLETE, item.element, (item.name, item.media_type)
    elif item.media_type in {"text/x-oeb1-document", "text/x-oeb1-css"}:
        yield Rule.ITEM_TYPE_DEPRECATED, item.element, (item.name, item.media_type)
    if item.fallback_style and item.fallback_style not in package.by_id:
        yield Rule.FALLBACK_STYLE_MISSING, item.element, (item.fallback_style,)


def _epub3_item(item: Item, target: Target) -> Iterator[Note]:
    if target.scheme == "data":
        yield Rule.LINK_TO_DATA, item.element, ()
    if item.name.startswith("META-INF/"):
        yield Rule.ITEM_IN_META_INF, item.element, (item.name,)
    if target.fragment is not None and not target.scheme:
        yield Rule.ITEM_FRAGMENT, item.element, (item.href,)


def _ids(package: Package) -> Iterator[Note]:
    yield from ((Rule.PACKAGE_ID_TWICE, number, (found,)) for number, found in double_ids(package.root))


def _fallbacks(package: Package) -> Iterator[Note]:
    circling: list[Item] = []
    for item in package.items:
        if item.fallback and item.fallback not in package.by_id:
            yield Rule.FALLBACK_MISSING, item.element, (item.fallback,)
        chain, current = {item.id}, package.by_id.get(item.fallback)
        while current is not None and current.id not in chain:
            chain.add(current.id)
            current = package.by_id.get(current.fallback)
        if current is not None:
            circling.append(item)
    if circling:
        yield Rule.FALLBACK_CYCLE, circling[0].element, ()


def _spine(package: Package) -> Iterator[Note]:
    pages = page_types(package)
    for place in package.spine:
        item = package.by_id.get(place.idref)
        if item is None:
            yield Rule.SPINE_MISSING, place.element, (place.idref,)
            continue
        if package.epub2 and item.media_type in NO_PAGES:
            yield Rule.SPINE_TYPE_OLD, item.element, (item.name, item.media_type)
        elif item.media_type not in pages | (OBSOLETE_PAGES if package.epub2 else frozenset()):
            if not item.fallback:
                yield Rule.SPINE_TYPE, item.element, (item.name, item.media_type)
            elif not package.falls_back(item, pages | OBSOLETE_PAGES):
                yield Rule.SPINE_FALLBACK, item.element, (item.name, item.media_type)
    read = [place for place in package.spine if place.idref in package.by_id]
    if read and not any(place.linear for place in read):
        yield Rule.SPINE_NOT_LINEAR, -1, ()
    counted = Counter(place.idref for place in package.spine)
    for idref, count in counted.items():
        if count > 1:
            yield (Rule.SPINE_TWICE_OLD if package.epub2 else Rule.SPINE_TWICE), -1, (idref,)


def _toc(package: Package) -> Iterator[Note]:
    if package.toc is not None:
        item = package.by_id.get(package.toc.strip())
        if item is None:
            yield Rule.SPINE_MISSING, -1, (package.toc,)
        elif item.media_type != NCX_TYPE:
            yield Rule.TOC_ATTRIBUTE_OLD, -1, (package.toc,)
            if not package.epub2:
                yield Rule.TOC_ATTRIBUTE, -1, (package.toc,)
    elif package.contents and not package.epub2:
        yield Rule.TOC_ATTRIBUTE_MISSING, -1, ()
    elif package.epub2 and package.root.find(OPF + "spine") is not None:
        yield Rule.NCX_MISSING_OLD, -1, ()


def _guide(package: Package) -> Iterator[Note]:
    seen: set[tuple[str, str]] = set()
    for element in package.root.iter(OPF + "reference"):
        href, at = element.get("href", ""), package.numbers[element]
        target = resolve(package.name, href)
        item = package.by_name.get(target.name)
        if item is None:
            yield Rule.GUIDE_UNDECLARED, at, (href,)
        elif item.media_type not in page_types(package) | OBSOLETE_PAGES:
            yield Rule.GUIDE_TYPE, at, (href,)
        key = (normalised(element.get("type")).lower(), normalised(href).lower())
        if key in seen:
            yield Rule.GUIDE_TWICE, at, (href,)
        seen.add(key)


def _item_properties(package: Package) -> Iterator[Note]:
    known = known_prefixes(package.root.get("prefix"), PACKAGE_PREFIXES, [])
    for item in package.items:
        yield from property_notes(" ".join(sorted(item.properties)), known, ITEM_VOCABULARY, item.element)
        for one in sorted(item.properties & PROPERTY_TYPES.keys()):
            fits = (
                item.media_type.startswith("image/")
                if one == "cover-image"
                else item.media_type in PROPERTY_TYPES[one]
            )
            if not fits:
                yield Rule.ITEM_PROPERTY_TYPE, item.element, (one, item.media_type)
    for place in package.spine:
        yield from property_notes(" ".join(sorted(place.properties)), known, PLACE_VOCABULARY, place.element)
        for group in EXCLUSIVE:
            if len(group & place.properties) > 1:
                yield Rule.SPINE_PROPERTIES, place.element, (" ".join(sorted(group & place.properties)),)
        if "rendition:spread-portrait" in place.properties:
            yield Rule.PROPERTY_OBSOLETE, place.element, ("rendition:spread-portrait",)
    for name, rule in (("nav", Rule.NAV_COUNT), ("cover-image", Rule.COVER_COUNT)):
        count = sum(name in item.properties for item in package.items)
        if count > 1 or (name == "nav" and not count):
            yield rule, -1, (count,)


def _links(package: Package) -> Iterator[Note]:
    known = known_prefixes(package.root.get("prefix"), PACKAGE_PREFIXES, [])
    for link in package.root.findall(f"{OPF}metadata/{OPF}link"):
        at, href = package.numbers[link], link.get("href", "")
        target = resolve(package.name, href)
        yield from property_notes(link.get("rel", ""), known, RELATIONS, at)
        yield from property_notes(link.get("properties", ""), known, LINK_VOCABULARY, at)
        if target.rule:
            yield target.rule, at, (href,)
        if target.scheme == "data":
            yield Rule.LINK_TO_DATA, at, ()
        elif target.name == package.name and target.fragment:
            yield Rule.LINK_TO_PACKAGE, at, ()
        else:
            yield from _relation_notes(link, at, target)
            item = package.by_name.get(target.name)
            if item is not None and package.position(item.name) < 0:
                yield Rule.LINK_LISTED, at, (item.name,)


def _relation_notes(link: Element, at: int, target: Target) -> Iterator[Note]:
    relations, media_type = link.get("rel", "").split(), link.get("media-type")
    yield from (
        (Rule.PROPERTY_OBSOLETE, at, (one,)) for one in sorted(OBSOLETE_RELATIONS.intersection(relations))
    )
    if "alternate" in relations and len(relations) > 1:
        yield Rule.LINK_ALTERNATE, at, ()
    if media_type is None and not target.scheme:
        yield Rule.LINK_WITHOUT_TYPE, at, ()
    elif media_type is None and {"record", "voicing"} & set(relations):
        yield Rule.LINK_RECORD_WITHOUT_TYPE, at, ()
    refines = link.get("refines") is not None
    if ("record" in relations and refines) or ("voicing" in relations and not refines):
        yield Rule.LINK_RELATION, at, (" ".join(relations),)
    if "voicing" in relations and media_type is not None and not media_type.startswith("audio/"):
        yield Rule.LINK_VOICE_TYPE, at, (media_type,)


def _overlays(package: Package) -> Iterator[Note]:
    durations = {
        normalised(meta.get("refines"))
        for meta in package.metas()
        if normalised(meta.get("property")) == "media:duration"
    }
    spoken = [item for item in package.items if item.overlay]
    for item in spoken:
        overlay = package.by_id.get(item.overlay)
        if overlay is None or overlay.media_type != SMIL_TYPE:
            yield Rule.OVERLAY_ATTRIBUTE, item.element, (f"{item.overlay} is no media overlay",)
        if item.media_type not in EPUB3_PAGES:
            yield Rule.OVERLAY_ATTRIBUTE, item.element, (f"{item.name} is no page",)
        if f"#{item.overlay}" not in durations:
            yield Rule.OVERLAY_ATTRIBUTE, item.element, (f"the duration of {item.overlay} is missing",)
    if spoken and "" not in durations:
        yield Rule.OVERLAY_ATTRIBUTE, -1, ("the duration of the whole is missing",)


def _page_map(package: Package) -> Iterator[Note]:
    spine = package.root.find(OPF + "spine")
    named = spine.get("page-map") if spine is not None else None
    if named is not None and named not in package.by_id:
        yield Rule.PAGE_MAP_MISSING, -1, (named,)


def _collections(package: Package) -> Iterator[Note]:
    for collection in package.root.iter(OPF + "collection"):
        for role in collection.get("role", "").split():
            if SCHEME.match(role) and resolve(package.name, role).rule:
                yield Rule.COLLECTION_ROLE, package.numbers[collection], (role,)
    for collection in package.root.findall(OPF + "collection"):
        if "manifest" in collection.get("role", "").split():
            yield Rule.COLLECTION_PLACE, package.numbers[collection], ()


def _bindings(package: Package) -> Iterator[Note]:
    if package.root.find(OPF + "bindings") is not None:
        yield Rule.BINDINGS_OBSOLETE, -1, ()


MANIFEST_CHECKS: tuple[Check, ...] = (_items, _ids, _fallbacks, _spine, _toc, _guide)
EPUB3_CHECKS: tuple[Check, ...] = (_item_properties, _links, _overlays, _bindings, _collections)
EPUB2_CHECKS: tuple[Check, ...] = (_page_map,)
