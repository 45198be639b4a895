"""An EPUB's package document: what it says is in the book, and the schema it is written by.

Sources: EPUB 3.3, section 5 and appendix D; OPF 2.0.1; EPUBCheck's schemas for both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from epubpreflight.addresses import resolve
from epubpreflight.document_schema import (
    LANGUAGE,
    MEDIA_TYPE,
    NCNAME,
    NMTOKEN,
    NMTOKENS,
    XML,
    Attributes,
    Content,
    Test,
    attributes,
    holds,
    one_of,
    ordered,
    tags,
    words,
)
from epubpreflight.documents import NCX_TYPE, Document

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"


@dataclass(frozen=True, slots=True)
class Item:
    """One resource of the manifest; `name` is its name in the archive, or its address when it is remote.

    `element` is the number of its element in the package document.
    """

    id: str
    name: str
    media_type: str
    properties: frozenset[str]
    fallback: str = ""
    overlay: str = ""
    remote: bool = False
    element: int = 0
    href: str = ""
    fallback_style: str = ""


@dataclass(frozen=True, slots=True)
class SpineItem:
    """One entry of the reading order."""

    idref: str
    linear: bool
    properties: frozenset[str]
    element: int


@dataclass(frozen=True, slots=True)
class Package:
    """The package document. `metadata` holds the first text of each Dublin Core element.

    `numbers` are the places of its elements in the order of the document.
    """

    name: str
    version: str
    root: Element
    items: tuple[Item, ...]
    spine: tuple[SpineItem, ...]
    toc: str | None
    metadata: Mapping[str, str]
    by_id: Mapping[str, Item] = field(repr=False)
    by_name: Mapping[str, Item] = field(repr=False)
    positions: Mapping[str, int] = field(repr=False)
    numbers: Mapping[Element, int] = field(repr=False)

    @property
    def epub2(self) -> bool:
        """Whether the book is an EPUB 2."""
        return self.version.startswith("2")

    @property
    def identifier(self) -> str:
        """The text of the identifier that the package names as its own; empty when there is none."""
        named = (self.root.get("unique-identifier") or "").strip()
        for element in self.root.iter(DC + "identifier"):
            if (element.get("id") or "").strip() == named:
                return (element.text or "").strip()
        return ""

    @property
    def navigation(self) -> tuple[Item, ...]:
        """The navigation documents."""
        return tuple(item for item in self.items if "nav" in item.properties)

    @property
    def contents(self) -> tuple[Item, ...]:
        """The NCXs."""
        return tuple(item for item in self.items if item.media_type == NCX_TYPE)

    @property
    def covers(self) -> tuple[Item, ...]:
        """The items marked as the cover, those marked as EPUB 3 does first."""
        marked = [item for item in self.items if "cover-image" in item.properties]
        named = [
            item
            for meta in self.metas()
            if meta.get("name") == "cover" and (item := self.by_id.get(meta.get("content", "")))
        ]
        return tuple(dict.fromkeys([*marked, *named]))

    def metas(self) -> Iterator[Element]:
        """The meta elements of the package's own metadata."""
        for metadata in self.root.findall(OPF + "metadata"):
            yield from metadata.findall(OPF + "meta")

    def property_values(self, property_: str) -> list[str]:
        """The values of a property of the package itself."""
        return [
            (meta.text or "").strip()
            for meta in self.metas()
            if (meta.get("property") or "").strip() == property_ and meta.get("refines") is None
        ]

    def reading_order(self) -> list[Item]:
        """The items of the spine that are in the manifest."""
        return [item for place in self.spine if (item := self.by_id.get(place.idref))]

    def position(self, name: str) -> int:
        """Where a file stands in the reading order, -1 when it does not."""
        return self.positions.get(name, -1)

    def falls_back(self, item: Item, types: Sequence[str] | frozenset[str]) -> bool:
        """Whether the item, or one of those it falls back on, is of one of these media types."""
        seen: set[str] = set()
        current: Item | None = item
        while current is not None and current.id not in seen:
            if current.media_type in types:
                return True
            seen.add(current.id)
            current = self.by_id.get(current.fallback)
        return False


def read_package(name: str, document: Document) -> Package:
    """Read a package document, whether or not it is right."""
    root = document.root
    numbers = {element: at for at, element in enumerate(root.iter())}
    items = tuple(
        _item(element, name, numbers[element])
        for manifest in root.findall(OPF + "manifest")
        for element in manifest.iter(OPF + "item")
        if element.get("id") is not None and element.get("href") is not None
    )
    spines = root.findall(OPF + "spine")
    by_id = {item.id: item for item in reversed(items)}
    spine = tuple(
        _spine_item(element, numbers[element]) for one in spines for element in one.iter(OPF + "itemref")
    )
    read = [item for one in spine if (item := by_id.get(one.idref))]
    return Package(
        name,
        root.get("version", ""),
        root,
        items,
        spine,
        next((one.get("toc") for one in spines), None),
        {
            element.tag.removeprefix(DC): (element.text or "").strip()
            for element in reversed(list(root.iter()))
            if element.tag.startswith(DC)
        },
        by_id,
        {item.name: item for item in reversed(items)},
        {item.name: at for at, item in reversed(list(enumerate(read)))},
        numbers,
    )


def _item(element: Element, package: str, number: int) -> Item:
    href = element.get("href", "")
    target = resolve(package, href)
    return Item(
        element.get("id", "").strip(),
        target.name,
        element.get("media-type", "").strip(),
        frozenset(element.get("properties", "").split()),
        element.get("fallback", "").strip(),
        element.get("media-overlay", "").strip(),
        bool(target.scheme),
        number,
        href,
        element.get("fallback-style", "").strip(),
    )


def _spine_item(element: Element, number: int) -> SpineItem:
    return SpineItem(
        element.get("idref", "").strip(),
        element.get("linear", "").strip() != "no",
        frozenset(element.get("properties", "").split()),
        number,
    )


ELEMENTS = words(
    "identifier title language date source type format creator subject description publisher contributor "
    "relation coverage rights"
)
WITH_DIRECTION = frozenset(ELEMENTS) - {"identifier", "language", "date", "type", "format"}

DIRECTION: dict[str, Test | None] = {"dir": one_of("ltr", "rtl", "auto")}
LANGUAGE_ATTRIBUTE: dict[str, Test | None] = {XML + "lang": LANGUAGE}
NAMED: dict[str, Test | None] = {"id": NCNAME}
ADDRESS: dict[str, Test | None] = {"href": None}

_DC_TAGS = frozenset(DC + name for name in ELEMENTS)
_ANY = Content(words=True, anything=True)


_WORDS = Content(words=True)
_EMPTY = Content()
_METADATA = r"(?=.*\bidentifier )(?=.*\btitle )(?=.*\blanguage )(?!.*\bdate .*\bdate ).*"

EPUB3_CONTENT: dict[str, Content] = {
    OPF + "package": holds(OPF, r"metadata manifest spine (?:guide )?(?:bindings )?(?:collection )*"),
    OPF + "metadata": Content(_DC_TAGS | tags("meta link", OPF), order=ordered(_METADATA)),
    **dict.fromkeys(_DC_TAGS, _WORDS),
    OPF + "meta": _WORDS,
    OPF + "link": _EMPTY,
    OPF + "manifest": holds(OPF, "(?:item )+"),
    OPF + "item": _EMPTY,
    OPF + "spine": holds(OPF, "(?:itemref )+"),
    OPF + "itemref": _EMPTY,
    OPF + "guide": holds(OPF, "(?:reference )+"),
    OPF + "reference": _EMPTY,
    OPF + "bindings": holds(OPF, "(?:mediaType )+"),
    OPF + "mediaType": _EMPTY,
    OPF + "collection": _ANY,
}
EPUB3_ATTRIBUTES: dict[str, Attributes] = {
    OPF + "package": attributes(
        {"version": one_of("3.0"), "unique-identifier": NCNAME, "prefix": None}
        | NAMED
        | DIRECTION
        | LANGUAGE_ATTRIBUTE,
        ("version", "unique-identifier"),
    ),
    OPF + "metadata": attributes(NAMED | DIRECTION | LANGUAGE_ATTRIBUTE),
    **{
        DC + name: attributes(NAMED | (DIRECTION | LANGUAGE_ATTRIBUTE if name in WITH_DIRECTION else {}))
        for name in ELEMENTS
    },
    OPF + "meta": attributes(
        {"property": NMTOKEN, "refines": None, "scheme": NMTOKEN, "name": None, "content": None}
        | NAMED
        | DIRECTION
        | LANGUAGE_ATTRIBUTE
    ),
    OPF + "link": attributes(
        {
            "rel": NMTOKENS,
            "hreflang": LANGUAGE,
            "refines": None,
            "media-type": MEDIA_TYPE,
            "properties": NMTOKENS,
        }
        | ADDRESS
        | NAMED,
        ("href", "rel"),
    ),
    OPF + "manifest": attributes(NAMED),
    OPF + "item": attributes(
        {"media-type": MEDIA_TYPE, "fallback": NCNAME, "media-overlay": NCNAME, "properties": NMTOKENS}
        | ADDRESS
        | NAMED,
        ("id", "href", "media-type"),
    ),
    OPF + "spine": attributes(
        {"toc": NCNAME, "page-progression-direction": one_of("ltr", "rtl", "default")} | NAMED
    ),
    OPF + "itemref": attributes(
        {"idref": NCNAME, "linear": one_of("yes", "no"), "properties": NMTOKENS} | NAMED, ("idref",)
    ),
    OPF + "reference": attributes({"type": None, "title": None} | ADDRESS, ("href", "type")),
    OPF + "mediaType": attributes({"media-type": MEDIA_TYPE, "handler": NCNAME}, ("media-type", "handler")),
}

EPUB2_CONTENT: dict[str, Content] = EPUB3_CONTENT | {
    OPF + "package": holds(OPF, r"metadata manifest spine (?:tours )?(?:guide )?"),
    OPF + "metadata": _ANY,
    OPF + "tours": _ANY,
}
EPUB2_ATTRIBUTES: dict[str, Attributes] = EPUB3_ATTRIBUTES | {
    OPF + "package": attributes(
        {"version": one_of("2.0"), "unique-identifier": NCNAME} | NAMED, ("version", "unique-identifier")
    ),
    OPF + "item": attributes(
        {"media-type": MEDIA_TYPE}
        | dict.fromkeys(("fallback", "fallback-style", "required-namespace", "required-modules"), None)
        | ADDRESS
        | NAMED,
        ("id", "href", "media-type"),
    ),
    OPF + "spine": attributes({"toc": NCNAME} | NAMED),
    OPF + "itemref": attributes({"idref": NCNAME, "linear": one_of("yes", "no")} | NAMED, ("idref",)),
}
