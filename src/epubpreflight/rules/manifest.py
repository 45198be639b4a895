"""The rules for the lists of a package document."""

from __future__ import annotations

from epubpreflight.fault import Gravity, Rule

_REFUSED, _WRONG, _ADVICE = Gravity.REFUSED, Gravity.SHOWN_WRONG, Gravity.ADVICE

ITEM_TWICE = Rule(
    "item-twice",
    _REFUSED,
    "OPF-074",
    "The manifest lists {} twice.",
    "EPUB 3.3, section 5.6.2; EPUBCheck OPF-074",
)
PACKAGE_LISTED = Rule(
    "item-package",
    _REFUSED,
    "OPF-099",
    "The manifest lists the package document, which it is in.",
    "EPUB 3.3, section 5.6.1; EPUBCheck OPF-099",
)
FRAGMENT = Rule(
    "item-fragment",
    _REFUSED,
    "OPF-091",
    "The manifest names a place in a file, {}, and not a file.",
    "EPUB 3.3, section 5.6.2; EPUBCheck OPF-091",
)
IN_META_INF = Rule(
    "item-in-meta-inf",
    _REFUSED,
    "PKG-025",
    "{} lies in META-INF, where no part of the book may be.",
    "EPUB 3.3, section 4.2.6.1; EPUBCheck PKG-025",
)
ITEM_MISSING = Rule(
    "item-missing",
    _REFUSED,
    "RSC-001",
    "{} is in the manifest and missing.",
    "EPUB 3.3, section 5.6.2; EPUBCheck RSC-001",
)
UNDECLARED_FILE = Rule(
    "file-undeclared",
    _ADVICE,
    "OPF-003",
    "The file is not in the manifest, so readers will not show it.",
    "EPUB 3.3, section 5.6.1; EPUBCheck OPF-003 (usage)",
)
PROPERTY_TYPE = Rule(
    "item-property-type",
    _REFUSED,
    "OPF-012",
    "{} is said of a file of the type {}, of which it cannot be true.",
    "EPUB 3.3, appendix D.6.2; EPUBCheck OPF-012",
)
NAV_COUNT = Rule(
    "nav-count",
    _REFUSED,
    "RSC-005",
    "The book has {} navigation documents where there must be one.",
    "EPUB 3.3, section 5.6.2; EPUBCheck RSC-005",
)
COVER_COUNT = Rule(
    "cover-count",
    _REFUSED,
    "RSC-005",
    "The manifest names {} covers.",
    "EPUB 3.3, appendix D.6.2; EPUBCheck RSC-005",
)
NO_FALLBACK_ITEM = Rule(
    "fallback-missing",
    _REFUSED,
    "OPF-040",
    "A file falls back on “{}”, which is not in the manifest.",
    "EPUB 3.3, section 3.5; EPUBCheck OPF-040",
)
FALLBACK_CYCLE = Rule(
    "fallback-cycle",
    _REFUSED,
    "OPF-045",
    "Files fall back on each other in a circle.",
    "EPUB 3.3, section 3.5.1; EPUBCheck OPF-045",
)
SPINE_TYPE = Rule(
    "spine-type",
    _REFUSED,
    "OPF-043",
    "The reading order holds {}, a {}, with nothing to fall back on.",
    "EPUB 3.3, section 5.7.2; EPUBCheck OPF-043",
)
SPINE_FALLBACK = Rule(
    "spine-fallback",
    _REFUSED,
    "OPF-044",
    "The reading order holds {}, a {}, that never falls back on a page.",
    "EPUB 3.3, section 5.7.2; EPUBCheck OPF-044",
)
OLD_SPINE_TYPE = Rule(
    "spine-type-old",
    _REFUSED,
    "OPF-042",
    "The reading order holds {}, a {}, which is no page.",
    "OPF 2.0.1, section 2.4; EPUBCheck OPF-042",
)
SPINE_MISSING = Rule(
    "spine-missing",
    _REFUSED,
    "OPF-049",
    "Its reading order (spine) names “{}”, which is not in the manifest.",
    "EPUB 3.3, section 5.7.2; EPUBCheck OPF-049",
)
SPINE_TWICE = Rule(
    "spine-twice",
    _REFUSED,
    "RSC-005",
    "The reading order names “{}” twice.",
    "EPUB 3.3, section 5.7.2; EPUBCheck RSC-005",
)
OLD_SPINE_TWICE = Rule(
    "spine-twice-old",
    _REFUSED,
    "OPF-034",
    "The reading order names “{}” twice.",
    "OPF 2.0.1, section 2.4; EPUBCheck OPF-034",
)
NOTHING_LINEAR = Rule(
    "spine-not-linear",
    _REFUSED,
    "OPF-033",
    "Nothing in the reading order is to be read in order.",
    "EPUB 3.3, section 5.7.1; EPUBCheck OPF-033",
)
TOC_WRONG = Rule(
    "toc-attribute",
    _REFUSED,
    "RSC-005",
    "Its spine names “{}” as the NCX, which is none.",
    "EPUB 3.3, section 5.7.1; EPUBCheck RSC-005",
)
OLD_TOC_WRONG = Rule(
    "toc-attribute-old",
    _REFUSED,
    "OPF-050",
    "Its spine names “{}” as the NCX, which is none.",
    "OPF 2.0.1, section 2.4.1; EPUBCheck OPF-050",
)
TOC_UNTOLD = Rule(
    "toc-attribute-missing",
    _REFUSED,
    "RSC-005",
    "Its spine does not name its NCX, so older readers find no contents.",
    "EPUB 3.3, section 5.7.1; EPUBCheck RSC-005",
)
OLD_NO_TOC = Rule(
    "ncx-missing-old",
    _REFUSED,
    "RSC-005",
    "It has no NCX, which older readers need.",
    "OPF 2.0.1, section 2.4.1; EPUBCheck RSC-005",
)
SPREAD = Rule(
    "spine-properties",
    _REFUSED,
    "RSC-005",
    "A page of the reading order has properties that exclude each other: {}.",
    "EPUB 3.3, appendix D.7; EPUBCheck RSC-005",
)
GUIDE_UNDECLARED = Rule(
    "guide-undeclared",
    _REFUSED,
    "OPF-031",
    "The guide leads to {}, which is not in the manifest.",
    "OPF 2.0.1, section 2.6; EPUBCheck OPF-031",
)
GUIDE_TYPE = Rule(
    "guide-type",
    _REFUSED,
    "OPF-032",
    "The guide leads to {}, which is no page.",
    "OPF 2.0.1, section 2.6; EPUBCheck OPF-032",
)
GUIDE_TWICE = Rule(
    "guide-twice",
    _WRONG,
    "RSC-017",
    "The guide leads twice to {} for the same reason.",
    "OPF 2.0.1, section 2.6; EPUBCheck RSC-017",
)
BINDINGS = Rule(
    "bindings-obsolete",
    _WRONG,
    "RSC-017",
    "The package uses bindings, which readers no longer understand.",
    "EPUB 3.3, appendix A; EPUBCheck RSC-017",
)
OLD_TYPE = Rule(
    "item-type-obsolete",
    _WRONG,
    "OPF-035",
    "{} is of the type {}; pages of books must be XHTML.",
    "OPF 2.0.1, section 1.3.7; EPUBCheck OPF-035",
)
LINK_LISTED = Rule(
    "link-listed",
    _REFUSED,
    "OPF-067",
    "{} is linked from the metadata and is in the manifest too.",
    "EPUB 3.3, section 5.5.6; EPUBCheck OPF-067",
)
LINK_TYPE = Rule(
    "link-without-type",
    _REFUSED,
    "OPF-093",
    "A link of the metadata does not say of what type it is.",
    "EPUB 3.3, section 5.5.6; EPUBCheck OPF-093",
)
RECORD_TYPE = Rule(
    "link-record-without-type",
    _REFUSED,
    "OPF-094",
    "A link to a record does not say of what type it is.",
    "EPUB 3.3, appendix D.4; EPUBCheck OPF-094",
)
VOICE_TYPE = Rule(
    "link-voice-type",
    _REFUSED,
    "OPF-095",
    "A link to a spoken name is of the type {}, which is no sound.",
    "EPUB 3.3, appendix D.4; EPUBCheck OPF-095",
)
NO_FALLBACK_STYLE = Rule(
    "fallback-style-missing",
    _REFUSED,
    "OPF-041",
    "A file falls back on the style “{}”, which is not in the manifest.",
    "OPF 2.0.1, section 2.3.1.2; EPUBCheck OPF-041",
)
OLD_STYLE_TYPE = Rule(
    "item-type-deprecated",
    _WRONG,
    "OPF-037",
    "{} is of the type {}, which is no longer used.",
    "OPF 2.0.1, section 1.3.7; EPUBCheck OPF-037",
)
PAGE_MAP = Rule(
    "page-map-missing",
    _WRONG,
    "OPF-063",
    "The spine names “{}” as its map of pages, which is not in the manifest.",
    "EPUBCheck OPF-063",
)
LINK_TO_SELF = Rule(
    "link-to-package",
    _REFUSED,
    "OPF-098",
    "A link of the metadata leads into the package document.",
    "EPUB 3.3, section 5.5.6; EPUBCheck OPF-098",
)
LINK_ALTERNATE = Rule(
    "link-alternate",
    _REFUSED,
    "OPF-089",
    "A link of the metadata says more than that it is an alternative.",
    "EPUB 3.3, appendix D.4; EPUBCheck OPF-089",
)
LINK_RECORD = Rule(
    "link-relation",
    _REFUSED,
    "RSC-005",
    "A link of the metadata of the kind {} says more about the wrong thing.",
    "EPUB 3.3, appendix D.4; EPUBCheck RSC-005, OPF-095",
)
COLLECTION_ROLE = Rule(
    "collection-role",
    _WRONG,
    "OPF-070",
    "A collection has the kind {}, which is no address.",
    "EPUB 3.3, section 5.9; EPUBCheck OPF-070",
)
COLLECTION_PLACE = Rule(
    "collection-place",
    _REFUSED,
    "RSC-005",
    "A manifest stands alone that belongs into a collection.",
    "EPUB 3.3, section 5.9; EPUBCheck RSC-005",
)
OVERLAY = Rule(
    "overlay-attribute",
    _REFUSED,
    "RSC-005",
    "A page names a recording that is not described as it must be: {}.",
    "EPUB 3.3, section 9.3; EPUBCheck RSC-005",
)

RULES = tuple(rule for rule in tuple(globals().values()) if isinstance(rule, Rule))
