"""The rules for what the files of a book refer to."""

from __future__ import annotations

from epubpreflight.fault import Gravity, Rule

_REFUSED, _WRONG, _ADVICE = Gravity.REFUSED, Gravity.SHOWN_WRONG, Gravity.ADVICE

MISSING = Rule(
    "target-missing",
    _REFUSED,
    "RSC-007",
    "It leads to {}, which is missing.",
    "EPUB 3.3, section 3.1; EPUBCheck RSC-007",
)
PICTURE_MISSING = Rule(
    "picture-missing",
    _REFUSED,
    "RSC-007",
    "It shows the picture {}, which is missing.",
    "EPUB 3.3, section 3.1; EPUBCheck RSC-007; Kindle refuses such books",
)
LINKED_MISSING = Rule(
    "linked-missing",
    _WRONG,
    "RSC-007w",
    "The metadata link to {}, which is missing.",
    "EPUB 3.3, section 5.5.6; EPUBCheck RSC-007",
)
UNDECLARED = Rule(
    "target-undeclared",
    _REFUSED,
    "RSC-008",
    "It uses {}, which is not in the manifest.",
    "EPUB 3.3, section 5.6.1; EPUBCheck RSC-008",
)
PLACE_MISSING = Rule(
    "place-missing",
    _REFUSED,
    "RSC-012",
    "It leads to {}, a place that is missing.",
    "EPUB 3.3, section 3.1; EPUBCheck RSC-012",
)
PLACE_KIND = Rule(
    "place-kind",
    _REFUSED,
    "RSC-014",
    "It leads to {}, which is not a place of the kind that is meant.",
    "EPUBCheck RSC-014",
)
NO_PLACE = Rule(
    "place-untold",
    _REFUSED,
    "RSC-015",
    "A drawing uses {} without saying which part of it.",
    "EPUBCheck RSC-015",
)
PICTURE_PLACE = Rule(
    "picture-place",
    _WRONG,
    "RSC-009",
    "It shows a place in the picture {}, which has no places.",
    "EPUBCheck RSC-009",
)
STYLE_PLACE = Rule(
    "style-place",
    _REFUSED,
    "RSC-013",
    "It uses a place in the style sheet {}, which has no places.",
    "EPUBCheck RSC-013",
)
NO_PAGE = Rule(
    "link-to-no-page",
    _REFUSED,
    "RSC-010",
    "A link leads to {}, which is no page.",
    "EPUB 3.3, section 3.4; EPUBCheck RSC-010",
)
NOT_READ = Rule(
    "link-out-of-order",
    _REFUSED,
    "RSC-011",
    "A link leads to {}, which is not in the reading order.",
    "EPUB 3.3, section 5.7.1; EPUBCheck RSC-011",
)
FOREIGN = Rule(
    "resource-foreign",
    _REFUSED,
    "RSC-032",
    "It uses {}, of the type {}, which readers need not know, with nothing to show instead.",
    "EPUB 3.3, section 3.4; EPUBCheck RSC-032",
)
REMOTE = Rule(
    "resource-remote",
    _REFUSED,
    "RSC-006",
    "It takes {} from the web; it must be in the book.",
    "EPUB 3.3, section 3.6; EPUBCheck RSC-006",
)
INSECURE = Rule(
    "resource-insecure",
    _WRONG,
    "RSC-031",
    "It takes {} from the web without https.",
    "EPUB 3.3, section 3.6; EPUBCheck RSC-031",
)
SCHEME = Rule(
    "link-scheme", _WRONG, "HTM-025", "A link leads to {}, of a kind that is unknown.", "EPUBCheck HTM-025"
)
TYPE_DIFFERS = Rule(
    "resource-type-differs",
    _WRONG,
    "OPF-013",
    "A page says that {} is of the type {}, the manifest says {}.",
    "EPUB 3.3, section 5.6.2; EPUBCheck OPF-013",
)
PICTURE_FOREIGN = Rule(
    "picture-fallback-foreign",
    _REFUSED,
    "MED-003",
    "The picture {} is of the type {}, which readers need not know.",
    "EPUB 3.3, section 3.5.2; EPUBCheck MED-003",
)
PICTURE_UNTYPED = Rule(
    "picture-source-untyped",
    _REFUSED,
    "MED-007",
    "The picture {} is of the type {}, and the page does not say so.",
    "EPUB 3.3, section 3.5.2; EPUBCheck MED-007",
)
SPOKEN_PLACE = Rule(
    "overlay-place",
    _WRONG,
    "MED-017",
    "A recording goes with {}, which does not name a place in a page.",
    "EPUB 3.3, section 9.2.2.5; EPUBCheck MED-017",
)
SPOKEN_PART = Rule(
    "overlay-part",
    _WRONG,
    "MED-018",
    "A recording goes with {}, which does not name a part of a drawing.",
    "EPUB 3.3, section 9.2.2.5; EPUBCheck MED-018",
)
REMOTE_ITEM = Rule(
    "item-remote",
    _REFUSED,
    "RSC-006",
    "The manifest takes {} from the web; it must be in the book.",
    "EPUB 3.3, section 3.6; EPUBCheck RSC-006",
)
UNREACHED = Rule(
    "page-unreachable",
    _REFUSED,
    "OPF-096",
    "{} is left out of the reading order, and no link leads to it.",
    "EPUB 3.3, section 5.7.2; EPUBCheck OPF-096",
)
NAV_REMOTE = Rule(
    "nav-remote",
    _REFUSED,
    "NAV-010",
    "The contents lead to the web: {}.",
    "EPUB 3.3, section 7.4; EPUBCheck NAV-010",
)
NAV_ORDER = Rule(
    "nav-order",
    _WRONG,
    "NAV-011",
    "The contents are not in the order in which the book is read: {} comes too late.",
    "EPUB 3.3, section 7.4.2; EPUBCheck NAV-011; Kindle refuses such books",
)
PROPERTY_NEEDED = Rule(
    "item-property-missing",
    _REFUSED,
    "OPF-014",
    "The manifest must say of the page that it has “{}”.",
    "EPUB 3.3, appendix D.6.2; EPUBCheck OPF-014",
)
PROPERTY_UNTRUE = Rule(
    "item-property-untrue",
    _REFUSED,
    "OPF-015",
    "The manifest says of the page that it has “{}”, and it has not.",
    "EPUB 3.3, appendix D.6.2; EPUBCheck OPF-015",
)
REMOTE_UNTRUE = Rule(
    "item-remote-untrue",
    _WRONG,
    "OPF-018",
    "The manifest says that the file uses the web, and it does not.",
    "EPUB 3.3, appendix D.6.2; EPUBCheck OPF-018",
)

RULES = tuple(rule for rule in tuple(globals().values()) if isinstance(rule, Rule))
