"""The rules for what pages hold."""

from __future__ import annotations

from epubpreflight.fault import Gravity, Rule

_REFUSED, _WRONG, _ADVICE = Gravity.REFUSED, Gravity.SHOWN_WRONG, Gravity.ADVICE
_HTML = "HTML Living Standard, section 3.2.5; EPUBCheck RSC-005"

NOT_WELL_FORMED = Rule(
    "not-well-formed",
    _REFUSED,
    "RSC-016",
    "The file is not proper XML ({}), so readers show an error instead of it.",
    "EPUB 3.3, section 3.9; EPUBCheck RSC-016",
)
ENTITY_BOMB = Rule(
    "entity-bomb",
    _REFUSED,
    "",
    "The file is not read, because {}; such files can be made to fill any memory.",
    "XML 1.0, section 4.4; entity expansion attacks",
)
TOO_DEEP = Rule(
    "nested-too-deeply",
    _REFUSED,
    "",
    "The elements of the file stand in each other too deeply to be read.",
    "readers and EPUBCheck end with an error",
)
DOCTYPE = Rule(
    "page-document-type",
    _REFUSED,
    "HTM-004",
    "The page says it is of the document type {}, which pages of this kind of book may not be.",
    "EPUB 3.3, section 6.1.2; EPUBCheck HTM-004",
)
OTHER_DOCTYPE = Rule(
    "document-type",
    _REFUSED,
    "OPF-073",
    "The file names a document type that lies outside of the book.",
    "EPUB 3.3, section 3.9; EPUBCheck OPF-073",
)
EXTERNAL_ENTITY = Rule(
    "page-external-entity",
    _REFUSED,
    "HTM-003",
    "The page wants to take in another file as part of itself.",
    "EPUB 3.3, section 3.9; EPUBCheck HTM-003",
)
PAGE_UTF_16 = Rule(
    "page-utf-16",
    _REFUSED,
    "HTM-058",
    "The page is in UTF-16; it must be in UTF-8, or its letters come out wrong.",
    "EPUB 3.3, section 6.1.1; EPUBCheck HTM-058",
)
DOCUMENT_UTF_16 = Rule(
    "document-utf-16",
    _WRONG,
    "RSC-027",
    "The file is in UTF-16; UTF-8 is what every reader understands.",
    "EPUB 3.3, section 3.9; EPUBCheck RSC-027",
)
ENCODING = Rule(
    "document-encoding",
    _REFUSED,
    "RSC-028",
    "The file is in {}; it must be in UTF-8, or its letters come out wrong.",
    "EPUB 3.3, section 3.9; EPUBCheck RSC-028",
)
NOT_A_PAGE = Rule(
    "page-root",
    _REFUSED,
    "RSC-005",
    "The file should be a page and is a <{}>.",
    "EPUB 3.3, section 6.1.2; EPUBCheck RSC-005",
)
UNKNOWN_ELEMENT = Rule(
    "element-unknown",
    _REFUSED,
    "RSC-005",
    "Readers do not know <{}>.",
    "HTML Living Standard, section 4; EPUBCheck RSC-005",
)
MISPLACED_ELEMENT = Rule(
    "element-misplaced",
    _REFUSED,
    "RSC-005",
    "<{}> may not stand in <{}>.",
    _HTML,
)
MISPLACED_WORDS = Rule(
    "words-misplaced",
    _REFUSED,
    "RSC-005",
    "Words stand directly in <{}>, where only other elements may.",
    _HTML,
)
CHILDREN = Rule(
    "children-incomplete",
    _REFUSED,
    "RSC-005",
    "What <{}> holds is incomplete or in the wrong order.",
    _HTML,
)
NESTED = Rule(
    "element-nested",
    _REFUSED,
    "RSC-005",
    "<{}> stands inside of <{}>, where it may not be.",
    "HTML Living Standard, section 4; EPUBCheck RSC-005",
)
UNKNOWN_ATTRIBUTE = Rule(
    "attribute-unknown",
    _REFUSED,
    "RSC-005",
    "<{}> may not have the attribute {}.",
    "HTML Living Standard, section 4; EPUBCheck RSC-005",
)
ATTRIBUTE_VALUE = Rule(
    "attribute-value",
    _REFUSED,
    "RSC-005",
    "The {} of <{}> cannot be “{}”.",
    "HTML Living Standard, section 4; EPUBCheck RSC-005",
)
MISSING_ATTRIBUTE = Rule(
    "attribute-missing",
    _REFUSED,
    "RSC-005",
    "<{}> must have the attribute {}.",
    "HTML Living Standard, section 4; EPUBCheck RSC-005",
)
PICTURE_WITHOUT_SOURCE = Rule(
    "picture-without-source",
    _REFUSED,
    "RSC-005",
    "A picture does not say which file it is.",
    "HTML Living Standard, section 4.8.3; EPUBCheck RSC-005; Kindle refuses such books",
)
ID_TWICE = Rule(
    "id-twice",
    _REFUSED,
    "RSC-005",
    "Two places of the page have the name “{}”, so links to it may lead to the wrong one.",
    "HTML Living Standard, section 3.2.6; EPUBCheck RSC-005",
)
LANGUAGES_DIFFER = Rule(
    "languages-differ",
    _REFUSED,
    "RSC-005",
    "An element says two different languages of itself: {} and {}.",
    "HTML Living Standard, section 3.2.6.2; EPUBCheck RSC-005",
)
REFERRED_ID = Rule(
    "id-referred-missing",
    _REFUSED,
    "RSC-005",
    "The {} of <{}> names “{}”, which is not on the page.",
    "WAI-ARIA 1.2, section 6; HTML; EPUBCheck RSC-005",
)
NO_TITLE = Rule(
    "page-without-title",
    _WRONG,
    "RSC-017",
    "The page has no title.",
    "HTML Living Standard, section 4.2.2; EPUBCheck RSC-017",
)
EMPTY_TITLE = Rule(
    "page-title-empty",
    _REFUSED,
    "RSC-005",
    "The page has an empty title.",
    "HTML Living Standard, section 4.2.2; EPUBCheck RSC-005",
)
META = Rule(
    "meta-wrong",
    _REFUSED,
    "RSC-005",
    "A <meta> of the page is wrong: {}.",
    "HTML Living Standard, section 4.2.5; EPUBCheck RSC-005",
)
DATA_ATTRIBUTE = Rule(
    "attribute-data",
    _REFUSED,
    "HTM-061",
    "“{}” is not a proper name for an attribute with data.",
    "HTML Living Standard, section 3.2.6.6; EPUBCheck HTM-061",
)
RESERVED_NAMESPACE = Rule(
    "attribute-namespace",
    _REFUSED,
    "HTM-054",
    "An attribute of one's own may not pretend to come from {}.",
    "EPUB 3.3, section 6.1.3.7; EPUBCheck HTM-054",
)
UNDECLARED_PREFIX = Rule(
    "prefix-undeclared",
    _REFUSED,
    "OPF-028",
    "The prefix “{}” is used and not declared.",
    "EPUB 3.3, appendix D.1; EPUBCheck OPF-028",
)
MALFORMED_PROPERTY = Rule(
    "property-malformed",
    _REFUSED,
    "OPF-026",
    "“{}” is not a proper name of a property.",
    "EPUB 3.3, appendix D.1; EPUBCheck OPF-026",
)
ALTERNATE_STYLE = Rule(
    "style-alternate-untitled",
    _REFUSED,
    "CSS-015",
    "A style sheet to choose instead has no title to choose it by.",
    "HTML Living Standard, section 4.6.7.18; EPUBCheck CSS-015",
)
EMPTY_SPEECH = Rule(
    "speech-empty",
    _WRONG,
    "HTM-007",
    "An element says how it is pronounced, and says nothing.",
    "EPUB 3 Text-to-Speech Enhancements; EPUBCheck HTM-007",
)
XML_VERSION = Rule(
    "xml-version",
    _REFUSED,
    "HTM-001",
    "The file is in XML {}; books must be in XML 1.0.",
    "EPUB 3.3, section 3.9; EPUBCheck HTM-001",
)
PACKAGE_DOCTYPE = Rule(
    "package-doctype",
    _REFUSED,
    "HTM-009",
    "The package document names a document type that is none of its own.",
    "OPF 2.0.1; EPUBCheck HTM-009",
)
OBSOLETE_SWITCH = Rule(
    "switch-obsolete",
    _WRONG,
    "RSC-017",
    "The page uses <epub:{}>, which readers no longer understand.",
    "EPUB 3.3, appendix A; EPUBCheck RSC-017",
)
OBSOLETE_ROLE = Rule(
    "role-obsolete",
    _WRONG,
    "RSC-017",
    "The role “{}” is no longer used.",
    "Digital Publishing WAI-ARIA 1.1; EPUBCheck RSC-017",
)
DRAWING = Rule(
    "drawing-content",
    _REFUSED,
    "RSC-005",
    "A drawing holds what it may not: {}.",
    "EPUB 3.3, section 6.2; EPUBCheck RSC-005",
)
FORMULA = Rule(
    "formula-content",
    _REFUSED,
    "RSC-005",
    "A formula holds what it may not: {}.",
    "MathML 3.0, chapter 3; EPUB 3.3, section 6.1.3.5; EPUBCheck RSC-005",
)

RULES = tuple(rule for rule in tuple(globals().values()) if isinstance(rule, Rule))
