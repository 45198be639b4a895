"""The shape of package documents, and the rules for what their metadata say.

Sources: EPUB 3.3, section 5 and appendix D; OPF 2.0.1; EPUBCheck's schemas for both.
"""

from __future__ import annotations

from epubpreflight.document_schema import LANGUAGE, MEDIA_TYPE, NCNAME, NMTOKEN, NMTOKENS, holds
from epubpreflight.grammar import XML, Attributes, Content, Test, attributes, one_of, words
from epubpreflight.package import DC, OPF
from epubpreflight.page_findings import Note
from epubpreflight.rules.book import PACKAGE_SHAPE

XSI = "{http://www.w3.org/2001/XMLSchema-instance}type"
ELEMENTS = words(
    "identifier title language date source type format creator subject description publisher contributor "
    "relation coverage rights"
)
WITH_DIRECTION = frozenset(ELEMENTS) - {"identifier", "language", "date", "type", "format"}

DIRECTION: dict[str, Test | None] = {"dir": one_of("ltr", "rtl", "auto")}
TONGUE: dict[str, Test | None] = {XML + "lang": LANGUAGE}
NAMED: dict[str, Test | None] = {"id": NCNAME}
ADDRESS: dict[str, Test | None] = {"href": None}

_DC_TAGS = frozenset(DC + name for name in ELEMENTS)
_ANY = Content(words=True, anything=True)


def _opf(names: str) -> frozenset[str]:
    return frozenset(OPF + name for name in names.split())


_WORDS = Content(words=True)
_EMPTY = Content()
_COUNTS = r"(?=.*\bidentifier )(?=.*\btitle )(?=.*\blanguage )"

CONTENT_3: dict[str, Content] = {
    OPF + "package": holds(
        _opf("metadata manifest spine guide bindings collection"),
        r"metadata manifest spine (?:guide )?(?:bindings )?(?:collection )*",
    ),
    OPF + "metadata": holds(_DC_TAGS | _opf("meta link"), rf"{_COUNTS}(?!.*\bdate .*\bdate ).*"),
    **dict.fromkeys(_DC_TAGS, _WORDS),
    OPF + "meta": _WORDS,
    OPF + "link": _EMPTY,
    OPF + "manifest": holds(_opf("item"), "(?:item )+"),
    OPF + "item": _EMPTY,
    OPF + "spine": holds(_opf("itemref"), "(?:itemref )+"),
    OPF + "itemref": _EMPTY,
    OPF + "guide": holds(_opf("reference"), "(?:reference )+"),
    OPF + "reference": _EMPTY,
    OPF + "bindings": holds(_opf("mediaType"), "(?:mediaType )+"),
    OPF + "mediaType": _EMPTY,
    OPF + "collection": _ANY,
}
ATTRIBUTES_3: dict[str, Attributes] = {
    OPF + "package": attributes(
        {"version": one_of("3.0"), "unique-identifier": NCNAME, "prefix": None} | NAMED | DIRECTION | TONGUE,
        ("version", "unique-identifier"),
    ),
    OPF + "metadata": attributes(NAMED | DIRECTION | TONGUE),
    **{
        DC + name: attributes(NAMED | (DIRECTION | TONGUE if name in WITH_DIRECTION else {}))
        for name in ELEMENTS
    },
    OPF + "meta": attributes(
        {"property": NMTOKEN, "refines": None, "scheme": NMTOKEN, "name": None, "content": None}
        | NAMED
        | DIRECTION
        | TONGUE
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

_OLD_DC: dict[str, Test | None] = (
    NAMED
    | {XML + "lang": None, XSI: None}
    | {OPF + name: None for name in ("file-as", "role", "scheme", "event")}
)
CONTENT_2: dict[str, Content] = CONTENT_3 | {
    OPF + "package": holds(
        _opf("metadata manifest spine tours guide"), r"metadata manifest spine (?:tours )?(?:guide )?"
    ),
    OPF + "manifest": holds(_opf("item"), "(?:item )+"),
    OPF + "metadata": _ANY,
    OPF + "tours": _ANY,
}
ATTRIBUTES_2: dict[str, Attributes] = ATTRIBUTES_3 | {
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


def shape_note(number: int, problem: str) -> Note:
    """The note of a departure from the shape of a package document."""
    return PACKAGE_SHAPE, number, (problem,)
