"""What the files of a book refer to: whether it is there, is declared, and may be used so.

Sources: EPUB 3.3, sections 3 (resources), 4.2.5 (addresses) and 7; EPUBCheck's RSC messages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote, urljoin

from epubpreflight.addresses import SCHEMES, Target, resolve
from epubpreflight.document_schema import words
from epubpreflight.documents import SVG_TYPE, XHTML_TYPE
from epubpreflight.fault import Fault, place
from epubpreflight.manifest import EPUB3_PAGES, OBSOLETE_PAGES, page_types
from epubpreflight.package import Item, Package
from epubpreflight.page import CheckedPage
from epubpreflight.page_findings import Reference
from epubpreflight.rules import Rule

IMAGES = frozenset({"image/gif", "image/png", "image/jpeg", "image/svg+xml", "image/webp"})
CORE = (
    IMAGES
    | EPUB3_PAGES
    | frozenset(
        words(
            "audio/mpeg audio/mp4 text/css text/javascript application/javascript application/ecmascript "
            "application/pls+xml application/smil+xml font/otf font/ttf font/woff font/woff2 "
            "application/font-sfnt application/font-woff application/vnd.ms-opentype application/x-font-ttf"
        )
    )
)
OPUS = re.compile(r"audio/ogg\s*;\s*codecs=opus")
FALLING_BACK = frozenset(
    words("image picture-image picture-source media media-source object embed generic recording")
)
TYPED = frozenset({"object", "embed", "media-source", "picture-source"})
MEDIA_FRAGMENT = re.compile(r"(?:t|xywh|track|id|xyn|xyr)=[^&]+(?:&[^&=]+=[^&]+)*")
SVG_FRAGMENT = re.compile(r"svgView\(.+\)(?:&t=.*)?|t=[0-9.:,np]+|xywh=(?:pixel:|percent:)?\d+,\d+,\d+,\d+")
SCHEME_FRAGMENT = re.compile(r"\w+\(.*\)")
KINDS = {"paint": "paint", "clip": "clip", "symbol": "symbol", "link": "", "cite": "", "spoken": ""}

# Of the pages whose ids were looked up the latest are kept: whoever links to one links to it again.
KEPT = 100


class ResolvedReference(NamedTuple):
    """A reference from a file of the book: the file, the reference, and where it leads."""

    source: str
    reference: Reference
    target: Target


@dataclass(slots=True)
class References:
    """All references of a book. `line` finds the line of an element in a file.

    Where they lead is found anew each time: a book of many pages has more of them than fit into memory well.
    """

    package: Package
    names: frozenset[str]
    pages: dict[str, CheckedPage]
    line: Callable[[str, int], int]
    by_source: dict[str, list[tuple[Sequence[Reference], str, int]]] = field(default_factory=dict)
    anchors: dict[str, dict[str, int]] = field(default_factory=dict)
    scripted: bool = False

    def add(self, source: str, references: Sequence[Reference], base: str = "", base_at: int = 0) -> None:
        """Add the references of one file; from the element `base_at` on they are relative to `base`."""
        self.by_source.setdefault(source, []).append((references, base, base_at))

    @property
    def uses(self) -> Iterator[ResolvedReference]:
        """All of them, file by file."""
        for source in self.by_source:
            yield from self.of(source)

    def of(self, source: str) -> Iterator[ResolvedReference]:
        """Those of one file."""
        for references, base, base_at in self.by_source.get(source, ()):
            for one in references:
                if base and one.element >= base_at:
                    target = resolve_from_base(source, base, one.address)
                else:
                    target = resolve(source, one.address)
                yield ResolvedReference(source, one, target)

    def places(self, page: CheckedPage) -> dict[str, int]:
        """The ids of a page and their positions in it."""
        if page.name not in self.anchors:
            self.anchors[page.name] = {one: at for at, one in reversed(list(enumerate(page.ids)))}
            if len(self.anchors) > KEPT:
                del self.anchors[next(iter(self.anchors))]
        return self.anchors[page.name]

    def fault(self, use: ResolvedReference, rule: Rule, *details: object) -> Fault:
        """A fault at the element that holds a reference."""
        return rule.at(place(use.source, self.line(use.source, use.reference.element)), *details)


def resolve_from_base(source: str, base: str, address: str) -> Target:
    """Where an address leads in a file that has a base address."""
    start = resolve(source, base)
    return resolve(source, urljoin(base, address)) if start.scheme else resolve(start.name, address)


def is_core_type(media_type: str) -> bool:
    """Whether readers must know the type (EPUB 3.3, section 3.2), or show it as well as they can."""
    return media_type in CORE or media_type.startswith("video/") or OPUS.match(media_type) is not None


def link_faults(references: References) -> Iterator[Fault]:
    """Everything that is wrong with what the files refer to."""
    undeclared: set[str] = set()
    for use in references.uses:
        target, reference = use.target, use.reference
        if target.rule:
            yield references.fault(use, target.rule, reference.address)
            if target.rule is not Rule.ADDRESS_ON_THIS_MACHINE and target.scheme:
                continue
        if target.scheme == "data":
            if reference.use == "link" and not references.package.epub2:
                yield references.fault(use, Rule.LINK_TO_DATA)
            elif reference.use in FALLING_BACK and not reference.covered:
                yield from _data_faults(references, use)
        elif target.scheme:
            yield from _remote_faults(references, use, undeclared)
        else:
            yield from _local_faults(references, use, undeclared)


def _data_faults(references: References, use: ResolvedReference) -> Iterator[Fault]:
    kind = use.target.name.removeprefix("data:").partition(",")[0].partition(";")[0].strip() or "text/plain"
    if not is_core_type(kind):
        yield references.fault(use, Rule.RESOURCE_FOREIGN, "data", kind)


def _remote_faults(references: References, use: ResolvedReference, undeclared: set[str]) -> Iterator[Fault]:
    target, reference, package = use.target, use.reference, references.package
    if reference.use == "link" and target.scheme not in SCHEMES:
        yield references.fault(use, Rule.LINK_SCHEME, reference.address)
        return
    if reference.use in {"link", "cite", "metadata"}:
        return
    item = package.by_name.get(target.name)
    allowed = item is not None and (
        package.position(item.name) >= 0
        or item.media_type.startswith(("audio/", "video/", "font/", "application/font-"))
        or item.media_type == "application/vnd.ms-opentype"
    )
    if package.epub2 or not (allowed or reference.use in {"font", "media", "media-source", "recording"}):
        yield references.fault(use, Rule.RESOURCE_REMOTE, reference.address)
        return
    if target.scheme not in {"https", "file"}:
        yield references.fault(use, Rule.RESOURCE_INSECURE, reference.address)
    if item is None and target.scheme != "file":
        if target.name not in undeclared:
            undeclared.add(target.name)
            yield references.fault(use, Rule.TARGET_UNDECLARED, reference.address)
    elif item is not None:
        yield from _fallback_faults(references, use, item)


def _local_faults(references: References, use: ResolvedReference, undeclared: set[str]) -> Iterator[Fault]:
    target, reference, package = use.target, use.reference, references.package
    item = package.by_name.get(target.name)
    if item is None and target.name == package.name and reference.use != "metadata":
        return
    if item is None:
        if target.name not in references.names:
            rule = Rule.PICTURE_MISSING if "image" in reference.use else Rule.TARGET_MISSING
            rule = Rule.LINKED_MISSING if reference.use == "metadata" and not package.epub2 else rule
            yield references.fault(use, rule, reference.address)
        elif reference.use != "metadata" and target.name not in undeclared:
            undeclared.add(target.name)
            yield references.fault(use, Rule.TARGET_UNDECLARED, target.name)
        return
    yield from _fallback_faults(references, use, item)
    fault = _kind_fault(references, use, item) or _place_fault(references, use, item)
    if fault:
        yield fault


def _fallback_faults(references: References, use: ResolvedReference, item: Item) -> Iterator[Fault]:
    reference = use.reference
    unknown = not references.package.epub2 and item.media_type not in IMAGES
    if unknown and reference.use == "picture-image":
        yield references.fault(use, Rule.PICTURE_FALLBACK_FOREIGN, item.name, item.media_type)
    if unknown and reference.use == "picture-source" and not reference.type:
        yield references.fault(use, Rule.PICTURE_SOURCE_UNTYPED, item.name, item.media_type)
    elif reference.type is not None and reference.use in TYPED:
        given, declared = reference.type.partition(";")[0].strip(), item.media_type
        if OPUS.match(declared):
            declared = "audio/ogg"
        if declared and given != declared:
            yield references.fault(use, Rule.RESOURCE_TYPE_DIFFERS, item.name, given or "none", declared)
    if reference.use in FALLING_BACK and not reference.covered and not _known(references.package, item):
        yield references.fault(use, Rule.RESOURCE_FOREIGN, item.name, item.media_type)


def _known(package: Package, item: Item) -> bool:
    seen: set[str] = set()
    current: Item | None = item
    while current is not None and current.id not in seen:
        if is_core_type(current.media_type):
            return True
        seen.add(current.id)
        current = package.by_id.get(current.fallback)
    return False


def _kind_fault(references: References, use: ResolvedReference, item: Item) -> Fault | None:
    """The fault of using a target of this type in this way, if it is one."""
    if (use.target.fragment or "").startswith("epubcfi("):
        return None
    rule = _kind_rule(use, item, references.package)
    named = use.reference.address if rule in {Rule.OVERLAY_PLACE, Rule.OVERLAY_PART} else item.name
    return references.fault(use, rule, named) if rule else None


def _kind_rule(use: ResolvedReference, item: Item, package: Package) -> Rule | None:
    fragment = use.target.fragment
    match use.reference.use:
        case "link":
            return _link_rule(item, package)
        case "image" | "picture-image" | "picture-source" if item.media_type != SVG_TYPE:
            return Rule.PICTURE_PLACE if fragment is not None else None
        case "stylesheet":
            return Rule.STYLE_PLACE if fragment is not None else None
        case "symbol" | "paint" | "clip":
            return Rule.PLACE_UNTOLD if fragment is None else None
        case "spoken":
            return _spoken_rule(item, package, fragment)
        case _:
            return None


def _link_rule(item: Item, package: Package) -> Rule | None:
    if not package.falls_back(item, page_types(package) | OBSOLETE_PAGES):
        return Rule.LINK_TO_NO_PAGE
    return Rule.LINK_OUT_OF_ORDER if package.position(item.name) < 0 else None


def _spoken_rule(item: Item, package: Package, fragment: str | None) -> Rule | None:
    if item.media_type not in page_types(package):
        return Rule.LINK_TO_NO_PAGE
    if not fragment or place_named(fragment, item.media_type):
        return None
    if item.media_type == XHTML_TYPE:
        return Rule.OVERLAY_PLACE
    return None if SVG_FRAGMENT.fullmatch(fragment) else Rule.OVERLAY_PART


def _place_fault(references: References, use: ResolvedReference, item: Item) -> Fault | None:
    """The fault of naming a place in the target that is missing or of the wrong kind, if it is one."""
    identifier = place_named(use.target.fragment, item.media_type)
    page = references.pages.get(item.name)
    if not identifier or page is None or item.media_type not in {XHTML_TYPE, SVG_TYPE}:
        return None
    if identifier not in references.places(page):
        return None if page.broken else references.fault(use, Rule.PLACE_MISSING, use.reference.address)
    wanted = KINDS.get(use.reference.use)
    if wanted is not None:
        kind = dict(page.special).get(identifier, "")
        if kind != wanted and not (kind == "" and wanted == "symbol"):
            return references.fault(use, Rule.PLACE_KIND, use.reference.address)
    return None


def place_named(fragment: str | None, media_type: str) -> str:
    """The id that a fragment names; empty when it names none."""
    if not fragment:
        return ""
    if media_type == SVG_TYPE:
        first = fragment.partition("&")[0]
        return "" if first.startswith("svgView(") or "=" in first else unquote(first)
    fragment = fragment.partition(":~:")[0]
    if SCHEME_FRAGMENT.fullmatch(fragment) or MEDIA_FRAGMENT.fullmatch(fragment):
        return ""
    return unquote(fragment)


def reading_faults(references: References) -> Iterator[Fault]:
    """Pages that no reader can reach, and contents that are not in reading order."""
    package = references.package
    if package.epub2:
        return
    aside = [spot for spot in package.spine if not spot.linear]
    uses = references.uses if aside else ()
    linked = {use.target.name for use in uses if use.reference.use == "link"}
    for spot in aside:
        item = package.by_id.get(spot.idref)
        if item and item.name not in linked and not references.scripted:
            yield Rule.PAGE_UNREACHABLE.at(
                place(package.name, references.line(package.name, spot.element)), item.name
            )
    yield from _remote_items(references)
    for item in package.navigation:
        if page := references.pages.get(item.name):
            yield from _navigation(references, page)


def _remote_items(references: References) -> Iterator[Fault]:
    """Resources on the web that must be in the book; those that a page uses are reported at that page."""
    package = references.package
    remote = [item for item in package.items if item.remote and not _may_be_remote(item.media_type)]
    uses = references.uses if remote else ()
    referred = {use.target.name for use in uses if use.reference.use != "metadata"}
    for item in remote:
        if item.name.startswith("data:"):
            continue
        unused = item.name not in referred and not references.scripted
        if unused or package.position(item.name) >= 0:
            where = place(package.name, references.line(package.name, item.element))
            yield Rule.ITEM_REMOTE.at(where, item.href)


def _may_be_remote(media_type: str) -> bool:
    """Whether it may stay on the web (EPUB 3.3, section 3.6): sound, video and fonts."""
    return media_type.startswith(("audio/", "video/", "font/", "application/font-")) or media_type in {
        "application/vnd.ms-opentype",
        "application/x-shockwave-flash",
    }


def _navigation(references: References, page: CheckedPage) -> Iterator[Fault]:
    for nav in page.navs:
        before = (-1, -1)
        for entry in nav.entries:
            target = resolve(page.name, entry.address)
            where = place(page.name, references.line(page.name, entry.element))
            if nav.kind and target.scheme:
                yield Rule.NAV_REMOTE.at(where, entry.address)
            position = references.package.position(target.name)
            if nav.kind != "toc" or target.scheme or position < 0 or not entry.address:
                continue
            at = _anchor(references, target)
            if position < before[0] or (position == before[0] and 0 <= at < before[1]):
                yield Rule.NAV_ORDER.at(where, entry.address)
            before = (position, at if at >= 0 or position > before[0] else before[1])


def _anchor(references: References, target: Target) -> int:
    page = references.pages.get(target.name)
    identifier = place_named(target.fragment, XHTML_TYPE)
    return references.places(page).get(identifier, -1) if page else -1


def property_faults(references: References, item: Item, page: CheckedPage) -> Iterator[Fault]:
    """Properties that the manifest lacks of a page, and those that it wrongly gives it."""
    needs = set(page.needs)
    taken = [
        use
        for use in references.of(page.name)
        if use.reference.use not in {"link", "cite", "stylesheet", "symbol", "paint", "clip"}
    ]
    if any(use.target.scheme not in {"", "data"} for use in taken):
        needs.add("remote-resources")
    allowed: set[str] = {one for one in ("index", "glossary") if one in page.types}
    drawn = (references.package.by_name.get(use.target.name) for use in taken if not use.target.scheme)
    if item.media_type == XHTML_TYPE and any(one and one.media_type == SVG_TYPE for one in drawn):
        allowed.add("svg")
    for missing in sorted(needs - item.properties):
        yield Rule.ITEM_PROPERTY_MISSING.at(page.name, missing)
    untrue = (item.properties & CHECKED) - needs - allowed
    if "remote-resources" in untrue:
        if "scripted" not in needs:
            yield Rule.ITEM_REMOTE_UNTRUE.at(page.name)
        untrue -= {"remote-resources"}
    for one in sorted(untrue):
        yield Rule.ITEM_PROPERTY_UNTRUE.at(page.name, one)


CHECKED = frozenset(
    words("dictionary glossary index mathml remote-resources scripted search-key-map svg switch")
)
