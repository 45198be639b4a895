"""Rules for the manifest, the spine and the guide: what is in a book, and in which order.

Sources: EPUB 3.3, sections 5.6 to 5.8; OPF 2.0.1, sections 2.3 to 2.6.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from types import MappingProxyType

from newsexport.preflight.addresses import DATA_LINK, SCHEME, resolve
from newsexport.preflight.fault import Gravity, Rule
from newsexport.preflight.gathered import Note
from newsexport.preflight.metadata import OBSOLETE_PROPERTY, PACKAGE_ID_TWICE, normal, property_notes
from newsexport.preflight.package import (
    NCX_TYPE, OPF, SMIL_TYPE, SVG_TYPE, XHTML_TYPE, Item, Package,
)  # fmt: skip
from newsexport.preflight.shapes import double_ids
from newsexport.preflight.vocabulary import PACKAGE_PREFIXES, prefixes

_REFUSED, _WRONG, _ADVICE = Gravity.REFUSED, Gravity.SHOWN_WRONG, Gravity.ADVICE

ITEM_TWICE = Rule(
    "item-twice", _REFUSED, "OPF-074", "The manifest lists {} twice.", "EPUB 3.3, section 5.6.2; EPUBCheck OPF-074"
)
PACKAGE_LISTED = Rule(
    "item-package", _REFUSED, "OPF-099", "The manifest lists the package document, which it is in.",
    "EPUB 3.3, section 5.6.1; EPUBCheck OPF-099",
)
FRAGMENT = Rule(
    "item-fragment", _REFUSED, "OPF-091", "The manifest names a place in a file, {}, and not a file.",
    "EPUB 3.3, section 5.6.2; EPUBCheck OPF-091",
)
IN_META_INF = Rule(
    "item-in-meta-inf", _REFUSED, "PKG-025", "{} lies in META-INF, where no part of the book may be.",
    "EPUB 3.3, section 4.2.6.1; EPUBCheck PKG-025",
)
ITEM_MISSING = Rule(
    "item-missing", _REFUSED, "RSC-001", "{} is in the manifest and missing.", "EPUB 3.3, section 5.6.2; EPUBCheck RSC-001"
)
UNDECLARED_FILE = Rule(
    "file-undeclared", _ADVICE, "OPF-003", "The file is not in the manifest, so readers will not show it.",
    "EPUB 3.3, section 5.6.1; EPUBCheck OPF-003 (usage)",
)
PROPERTY_TYPE = Rule(
    "item-property-type", _REFUSED, "OPF-012", "{} is said of a file of the type {}, of which it cannot be true.",
    "EPUB 3.3, appendix D.6.2; EPUBCheck OPF-012",
)
NAV_COUNT = Rule(
    "nav-count", _REFUSED, "RSC-005", "The book has {} navigation documents where there must be one.",
    "EPUB 3.3, section 5.6.2; EPUBCheck RSC-005",
)
COVER_COUNT = Rule(
    "cover-count", _REFUSED, "RSC-005", "The manifest names {} covers.", "EPUB 3.3, appendix D.6.2; EPUBCheck RSC-005"
)
NO_FALLBACK_ITEM = Rule(
    "fallback-missing", _REFUSED, "OPF-040", "A file falls back on “{}”, which is not in the manifest.",
    "EPUB 3.3, section 3.5; EPUBCheck OPF-040",
)
FALLBACK_CYCLE = Rule(
    "fallback-cycle", _REFUSED, "OPF-045", "Files fall back on each other in a circle.",
    "EPUB 3.3, section 3.5.1; EPUBCheck OPF-045",
)
SPINE_TYPE = Rule(
    "spine-type", _REFUSED, "OPF-043", "The reading order holds {}, a {}, with nothing to fall back on.",
    "EPUB 3.3, section 5.7.2; EPUBCheck OPF-043",
)
SPINE_FALLBACK = Rule(
    "spine-fallback", _REFUSED, "OPF-044", "The reading order holds {}, a {}, that never falls back on a page.",
    "EPUB 3.3, section 5.7.2; EPUBCheck OPF-044",
)
OLD_SPINE_TYPE = Rule(
    "spine-type-old", _REFUSED, "OPF-042", "The reading order holds {}, a {}, which is no page.",
    "OPF 2.0.1, section 2.4; EPUBCheck OPF-042",
)
SPINE_MISSING = Rule(
    "spine-missing", _REFUSED, "OPF-049", "Its reading order (spine) names “{}”, which is not in the manifest.",
    "EPUB 3.3, section 5.7.2; EPUBCheck OPF-049",
)
SPINE_TWICE = Rule(
    "spine-twice", _REFUSED, "RSC-005", "The reading order names “{}” twice.",
    "EPUB 3.3, section 5.7.2; EPUBCheck RSC-005",
)
OLD_SPINE_TWICE = Rule(
    "spine-twice-old", _REFUSED, "OPF-034", "The reading order names “{}” twice.",
    "OPF 2.0.1, section 2.4; EPUBCheck OPF-034",
)
NOTHING_LINEAR = Rule(
    "spine-not-linear", _REFUSED, "OPF-033", "Nothing in the reading order is to be read in order.",
    "EPUB 3.3, section 5.7.1; EPUBCheck OPF-033",
)
TOC_WRONG = Rule(
    "toc-attribute", _REFUSED, "RSC-005", "Its spine names “{}” as the NCX, which is none.",
    "EPUB 3.3, section 5.7.1; EPUBCheck RSC-005",
)
OLD_TOC_WRONG = Rule(
    "toc-attribute-old", _REFUSED, "OPF-050", "Its spine names “{}” as the NCX, which is none.",
    "OPF 2.0.1, section 2.4.1; EPUBCheck OPF-050",
)
TOC_UNTOLD = Rule(
    "toc-attribute-missing", _REFUSED, "RSC-005", "Its spine does not name its NCX, so older readers find no contents.",
    "EPUB 3.3, section 5.7.1; EPUBCheck RSC-005",
)
OLD_NO_TOC = Rule(
    "ncx-missing-old", _REFUSED, "RSC-005", "It has no NCX, which older readers need.",
    "OPF 2.0.1, section 2.4.1; EPUBCheck RSC-005",
)
SPREAD = Rule(
    "spine-properties", _REFUSED, "RSC-005", "A page of the reading order has properties that exclude each other: {}.",
    "EPUB 3.3, appendix D.7; EPUBCheck RSC-005",
)
GUIDE_UNDECLARED = Rule(
    "guide-undeclared", _REFUSED, "OPF-031", "The guide leads to {}, which is not in the manifest.",
    "OPF 2.0.1, section 2.6; EPUBCheck OPF-031",
)
GUIDE_TYPE = Rule(
    "guide-type", _REFUSED, "OPF-032", "The guide leads to {}, which is no page.",
    "OPF 2.0.1, section 2.6; EPUBCheck OPF-032",
)
GUIDE_TWICE = Rule(
    "guide-twice", _WRONG, "RSC-017", "The guide leads twice to {} for the same reason.",
    "OPF 2.0.1, section 2.6; EPUBCheck RSC-017",
)
BINDINGS = Rule(
    "bindings-obsolete", _WRONG, "RSC-017", "The package uses bindings, which readers no longer understand.",
    "EPUB 3.3, appendix A; EPUBCheck RSC-017",
)
OLD_TYPE = Rule(
    "item-type-obsolete", _WRONG, "OPF-035", "{} is of the type {}; pages of books must be XHTML.",
    "OPF 2.0.1, section 1.3.7; EPUBCheck OPF-035",
)
LINK_LISTED = Rule(
    "link-listed", _REFUSED, "OPF-067", "{} is linked from the metadata and is in the manifest too.",
    "EPUB 3.3, section 5.5.6; EPUBCheck OPF-067",
)
LINK_TYPE = Rule(
    "link-without-type", _REFUSED, "OPF-093", "A link of the metadata does not say of what type it is.",
    "EPUB 3.3, section 5.5.6; EPUBCheck OPF-093",
)
RECORD_TYPE = Rule(
    "link-record-without-type", _REFUSED, "OPF-094", "A link to a record does not say of what type it is.",
    "EPUB 3.3, appendix D.4; EPUBCheck OPF-094",
)
VOICE_TYPE = Rule(
    "link-voice-type", _REFUSED, "OPF-095", "A link to a spoken name is of the type {}, which is no sound.",
    "EPUB 3.3, appendix D.4; EPUBCheck OPF-095",
)
NO_FALLBACK_STYLE = Rule(
    "fallback-style-missing", _REFUSED, "OPF-041", "A file falls back on the style “{}”, which is not in the manifest.",
    "OPF 2.0.1, section 2.3.1.2; EPUBCheck OPF-041",
)
OLD_STYLE_TYPE = Rule(
    "item-type-deprecated", _WRONG, "OPF-037", "{} is of the type {}, which is no longer used.",
    "OPF 2.0.1, section 1.3.7; EPUBCheck OPF-037",
)
PAGE_MAP = Rule(
    "page-map-missing", _WRONG, "OPF-063", "The spine names “{}” as its map of pages, which is not in the manifest.",
    "EPUBCheck OPF-063",
)
LINK_TO_SELF = Rule(
    "link-to-package", _REFUSED, "OPF-098", "A link of the metadata leads into the package document.",
    "EPUB 3.3, section 5.5.6; EPUBCheck OPF-098",
)
LINK_ALTERNATE = Rule(
    "link-alternate", _REFUSED, "OPF-089", "A link of the metadata says more than that it is an alternative.",
    "EPUB 3.3, appendix D.4; EPUBCheck OPF-089",
)
LINK_RECORD = Rule(
    "link-relation", _REFUSED, "RSC-005", "A link of the metadata of the kind {} says more about the wrong thing.",
    "EPUB 3.3, appendix D.4; EPUBCheck RSC-005, OPF-095",
)
COLLECTION_ROLE = Rule(
    "collection-role", _WRONG, "OPF-070", "A collection has the kind {}, which is no address.",
    "EPUB 3.3, section 5.9; EPUBCheck OPF-070",
)
COLLECTION_PLACE = Rule(
    "collection-place", _REFUSED, "RSC-005", "A manifest stands alone that belongs into a collection.",
    "EPUB 3.3, section 5.9; EPUBCheck RSC-005",
)
OVERLAY = Rule(
    "overlay-attribute", _REFUSED, "RSC-005", "A page names a recording that is not described as it must be: {}.",
    "EPUB 3.3, section 9.3; EPUBCheck RSC-005",
)
RULES = tuple(rule for rule in tuple(globals().values()) if isinstance(rule, Rule) and rule is not OBSOLETE_PROPERTY and rule is not PACKAGE_ID_TWICE and rule is not DATA_LINK)

_PAGE = frozenset({XHTML_TYPE})
_SEARCH = frozenset({"application/vnd.epub.search-key-map+xml"})
PROPERTY_TYPES = MappingProxyType(
    {
        "data-nav": _PAGE, "index": _PAGE, "nav": _PAGE, "svg": _PAGE,
        "mathml": _PAGE | {SVG_TYPE}, "scripted": _PAGE | {SVG_TYPE}, "switch": _PAGE | {SVG_TYPE},
        "remote-resources": _PAGE | {SVG_TYPE, SMIL_TYPE, "text/css"},
        "dictionary": _SEARCH, "search-key-map": _SEARCH, "glossary": _SEARCH | _PAGE, "cover-image": frozenset(),
    }
)  # fmt: skip
_EMPTY = {"media": frozenset[str](), "rendition": frozenset[str]()}
ITEM_VOCABULARY = {"": frozenset(PROPERTY_TYPES), **_EMPTY, "a11y": frozenset[str]()}
PLACE_VOCABULARY = {
    "": frozenset({"page-spread-right", "page-spread-left"}), "media": frozenset[str](),
    "rendition": frozenset(
        "layout-pre-paginated layout-reflowable orientation-auto orientation-landscape orientation-portrait "
        "spread-auto spread-both spread-landscape spread-none spread-portrait page-spread-center page-spread-left "
        "page-spread-right flow-paginated flow-scrolled-continuous flow-scrolled-doc flow-auto align-x-center".split()
    ),
}  # fmt: skip
RELATIONS = {
    "": frozenset(
        "acquire alternate marc21xml-record mods-record onix-record record voicing xml-signature xmp-record".split()
    ),
    "a11y": frozenset({"certifierCredential", "certifierReport"}),
    **_EMPTY,
}
LINK_VOCABULARY = {"": frozenset({"onix", "xmp"}), "a11y": frozenset[str](), **_EMPTY}
OBSOLETE_RELATIONS = frozenset("marc21xml-record mods-record onix-record xml-signature xmp-record".split())
EXCLUSIVE = tuple(
    frozenset(group.split())
    for group in (
        "rendition:flow-paginated rendition:flow-scrolled-continuous rendition:flow-scrolled-doc rendition:flow-auto",
        "rendition:layout-reflowable rendition:layout-pre-paginated",
        "rendition:orientation-landscape rendition:orientation-portrait rendition:orientation-auto",
        "page-spread-right page-spread-left rendition:page-spread-center",
        "rendition:spread-portrait rendition:spread-landscape rendition:spread-both rendition:spread-none "
        "rendition:spread-auto",
    )
)
OLD_PAGES = frozenset({XHTML_TYPE, "application/x-dtbook+xml"})
NEW_PAGES = frozenset({XHTML_TYPE, SVG_TYPE})
OBSOLETE_PAGES = frozenset({"text/x-oeb1-document", "text/html"})
NO_PAGES = frozenset({"text/css", "text/x-oeb1-css", "image/gif", "image/png", "image/jpeg", SVG_TYPE})

Check = Callable[[Package], Iterator[Note]]


def page_types(package: Package) -> frozenset[str]:
    """The media types that a page of such a book may have."""
    return OLD_PAGES if package.old else NEW_PAGES


def manifest_notes(package: Package) -> Iterator[Note]:
    """Everything that is wrong with the lists of the package, told from the package alone."""
    for check in (*BOTH, *(OLD if package.old else NEW)):
        yield from check(package)


def _items(package: Package) -> Iterator[Note]:
    seen: set[str] = set()
    for item in package.items:
        target = resolve(package.name, item.href)
        if target.rule:
            yield target.rule, item.element, (item.href,)
        if target.scheme == "data" and not package.old:
            yield DATA_LINK, item.element, ()
        if item.name in seen:
            yield ITEM_TWICE, item.element, (item.name,)
        seen.add(item.name)
        if item.name == package.name and not item.remote:
            yield PACKAGE_LISTED, item.element, ()
        if package.old:
            if item.media_type == "text/html":
                yield OLD_TYPE, item.element, (item.name, item.media_type)
            elif item.media_type in {"text/x-oeb1-document", "text/x-oeb1-css"}:
                yield OLD_STYLE_TYPE, item.element, (item.name, item.media_type)
            if item.fallback_style and item.fallback_style not in package.by_id:
                yield NO_FALLBACK_STYLE, item.element, (item.fallback_style,)
            continue
        if item.name.startswith("META-INF/"):
            yield IN_META_INF, item.element, (item.name,)
        if target.fragment is not None and not target.scheme:
            yield FRAGMENT, item.element, (item.href,)


def _ids(package: Package) -> Iterator[Note]:
    yield from ((PACKAGE_ID_TWICE, number, (found,)) for number, found in double_ids(package.root))


def _fallbacks(package: Package) -> Iterator[Note]:
    circling: list[Item] = []
    for item in package.items:
        if item.fallback and item.fallback not in package.by_id:
            yield NO_FALLBACK_ITEM, item.element, (item.fallback,)
        chain, current = {item.id}, package.by_id.get(item.fallback)
        while current is not None and current.id not in chain:
            chain.add(current.id)
            current = package.by_id.get(current.fallback)
        if current is not None:
            circling.append(item)
    if circling:
        yield FALLBACK_CYCLE, circling[0].element, ()


def _spine(package: Package) -> Iterator[Note]:
    pages = page_types(package)
    for place in package.spine:
        item = package.by_id.get(place.idref)
        if item is None:
            yield SPINE_MISSING, place.element, (place.idref,)
            continue
        if package.old and item.media_type in NO_PAGES:
            yield OLD_SPINE_TYPE, item.element, (item.name, item.media_type)
        elif item.media_type not in pages | (OBSOLETE_PAGES if package.old else frozenset()):
            if not item.fallback:
                yield SPINE_TYPE, item.element, (item.name, item.media_type)
            elif not package.falls_back(item, pages | OBSOLETE_PAGES):
                yield SPINE_FALLBACK, item.element, (item.name, item.media_type)
    read = [place for place in package.spine if place.idref in package.by_id]
    if read and not any(place.linear for place in read):
        yield NOTHING_LINEAR, -1, ()
    counted = Counter(place.idref for place in package.spine)
    for idref, count in counted.items():
        if count > 1:
            yield (OLD_SPINE_TWICE if package.old else SPINE_TWICE), -1, (idref,)


def _toc(package: Package) -> Iterator[Note]:
    if package.toc is not None:
        item = package.by_id.get(package.toc.strip())
        if item is None:
            yield SPINE_MISSING, -1, (package.toc,)
        elif item.media_type != NCX_TYPE:
            yield OLD_TOC_WRONG, -1, (package.toc,)
            if not package.old:
                yield TOC_WRONG, -1, (package.toc,)
    elif package.contents and not package.old:
        yield TOC_UNTOLD, -1, ()
    elif package.old and package.root.find(OPF + "spine") is not None:
        yield OLD_NO_TOC, -1, ()


def _guide(package: Package) -> Iterator[Note]:
    seen: set[tuple[str, str]] = set()
    numbers = {element: at for at, element in enumerate(package.root.iter())}
    for element in package.root.iter(OPF + "reference"):
        href, at = element.get("href", ""), numbers[element]
        target = resolve(package.name, href)
        item = package.by_name.get(target.name)
        if item is None:
            yield GUIDE_UNDECLARED, at, (href,)
        elif item.media_type not in page_types(package) | OBSOLETE_PAGES:
            yield GUIDE_TYPE, at, (href,)
        key = (normal(element.get("type")).lower(), normal(href).lower())
        if key in seen:
            yield GUIDE_TWICE, at, (href,)
        seen.add(key)


def _item_properties(package: Package) -> Iterator[Note]:
    found: list[tuple[Rule, tuple[object, ...]]] = []
    known = prefixes(package.root.get("prefix"), PACKAGE_PREFIXES, found)
    for item in package.items:
        yield from property_notes(" ".join(sorted(item.properties)), known, ITEM_VOCABULARY, item.element)
        for one in sorted(item.properties & PROPERTY_TYPES.keys()):
            fits = (
                item.media_type.startswith("image/") if one == "cover-image" else item.media_type in PROPERTY_TYPES[one]
            )
            if not fits:
                yield PROPERTY_TYPE, item.element, (one, item.media_type)
    for place in package.spine:
        yield from property_notes(" ".join(sorted(place.properties)), known, PLACE_VOCABULARY, place.element)
        for group in EXCLUSIVE:
            if len(group & place.properties) > 1:
                yield SPREAD, place.element, (" ".join(sorted(group & place.properties)),)
        if "rendition:spread-portrait" in place.properties:
            yield OBSOLETE_PROPERTY, place.element, ("rendition:spread-portrait",)
    for name, rule in (("nav", NAV_COUNT), ("cover-image", COVER_COUNT)):
        count = sum(name in item.properties for item in package.items)
        if count > 1 or (name == "nav" and not count):
            yield rule, -1, (count,)


def _links(package: Package) -> Iterator[Note]:
    found: list[tuple[Rule, tuple[object, ...]]] = []
    known = prefixes(package.root.get("prefix"), PACKAGE_PREFIXES, found)
    numbers = {element: at for at, element in enumerate(package.root.iter())}
    for link in package.root.findall(f"{OPF}metadata/{OPF}link"):
        at, href = numbers[link], link.get("href", "")
        target, media_type = resolve(package.name, href), link.get("media-type")
        relations = link.get("rel", "").split()
        yield from property_notes(link.get("rel", ""), known, RELATIONS, at)
        yield from property_notes(link.get("properties", ""), known, LINK_VOCABULARY, at)
        for one in OBSOLETE_RELATIONS & set(relations):
            yield OBSOLETE_PROPERTY, at, (one,)
        if "alternate" in relations and len(relations) > 1:
            yield LINK_ALTERNATE, at, ()
        if target.rule:
            yield target.rule, at, (href,)
        if target.scheme == "data":
            yield DATA_LINK, at, ()
            continue
        if target.name == package.name and target.fragment:
            yield LINK_TO_SELF, at, ()
            continue
        if media_type is None and not target.scheme:
            yield LINK_TYPE, at, ()
        elif media_type is None and {"record", "voicing"} & set(relations):
            yield RECORD_TYPE, at, ()
        refines = link.get("refines") is not None
        if ("record" in relations and refines) or ("voicing" in relations and not refines):
            yield LINK_RECORD, at, (" ".join(relations),)
        if "voicing" in relations and media_type is not None and not media_type.startswith("audio/"):
            yield VOICE_TYPE, at, (media_type,)
        item = package.by_name.get(target.name)
        if item is not None and package.position(item.name) < 0:
            yield LINK_LISTED, at, (item.name,)


def _overlays(package: Package) -> Iterator[Note]:
    durations = {
        normal(meta.get("refines"))
        for meta in package.metas()
        if normal(meta.get("property")) == "media:duration"
    }
    spoken = [item for item in package.items if item.overlay]
    for item in spoken:
        overlay = package.by_id.get(item.overlay)
        if overlay is None or overlay.media_type != SMIL_TYPE:
            yield OVERLAY, item.element, (f"{item.overlay} is no media overlay",)
        if item.media_type not in NEW_PAGES:
            yield OVERLAY, item.element, (f"{item.name} is no page",)
        if f"#{item.overlay}" not in durations:
            yield OVERLAY, item.element, (f"the duration of {item.overlay} is missing",)
    if spoken and "" not in durations:
        yield OVERLAY, -1, ("the duration of the whole is missing",)


def _page_map(package: Package) -> Iterator[Note]:
    spine = package.root.find(OPF + "spine")
    named = spine.get("page-map") if spine is not None else None
    if named is not None and named not in package.by_id:
        yield PAGE_MAP, -1, (named,)


def _collections(package: Package) -> Iterator[Note]:
    numbers = {element: at for at, element in enumerate(package.root.iter())}
    for collection in package.root.iter(OPF + "collection"):
        for role in collection.get("role", "").split():
            if SCHEME.match(role) and resolve(package.name, role).rule:
                yield COLLECTION_ROLE, numbers[collection], (role,)
    for collection in package.root.findall(OPF + "collection"):
        if "manifest" in collection.get("role", "").split():
            yield COLLECTION_PLACE, numbers[collection], ()


def _bindings(package: Package) -> Iterator[Note]:
    if package.root.find(OPF + "bindings") is not None:
        yield BINDINGS, -1, ()


BOTH: tuple[Check, ...] = (_items, _ids, _fallbacks, _spine, _toc, _guide)
NEW: tuple[Check, ...] = (_item_properties, _links, _overlays, _bindings, _collections)
OLD: tuple[Check, ...] = (_page_map,)
