"""The rules for navigation documents."""

from __future__ import annotations

from epubpreflight.fault import Gravity, Rule

_REFUSED, _WRONG, _ADVICE = Gravity.REFUSED, Gravity.SHOWN_WRONG, Gravity.ADVICE

NO_CONTENTS = Rule(
    "nav-without-contents",
    Gravity.REFUSED,
    "RSC-005",
    "The navigation document has {} tables of contents where there must be one.",
    "EPUB 3.3, section 7.4.2; EPUBCheck RSC-005",
)
REPEATED = Rule(
    "nav-repeated",
    Gravity.REFUSED,
    "RSC-005",
    "The navigation document has more than one list of the kind “{}”.",
    "EPUB 3.3, section 7.4.3; EPUBCheck RSC-005",
)
SHAPE = Rule(
    "nav-shape",
    Gravity.REFUSED,
    "RSC-005",
    "The list of the kind “{}” is not a list of links: {}.",
    "EPUB 3.3, section 7.3; EPUBCheck RSC-005; Kindle refuses such books",
)
EMPTY_LABEL = Rule(
    "nav-empty-label",
    Gravity.REFUSED,
    "RSC-005",
    "An entry of the navigation has no words.",
    "EPUB 3.3, section 7.3; EPUBCheck RSC-005",
)
EMPTY_HEADING = Rule(
    "nav-empty-heading",
    Gravity.REFUSED,
    "RSC-005",
    "A heading of the navigation document has no words.",
    "EPUB 3.3, section 7.3; EPUBCheck RSC-005",
)
NO_HEADING = Rule(
    "nav-without-heading",
    Gravity.REFUSED,
    "RSC-005",
    "A list of a kind of its own must begin with a heading that tells what it is.",
    "EPUB 3.3, section 7.3; EPUBCheck RSC-005",
)
LANDMARK_TYPE = Rule(
    "landmark-without-type",
    Gravity.REFUSED,
    "RSC-005",
    "A landmark does not say what it is.",
    "EPUB 3.3, section 7.4.4; EPUBCheck RSC-005",
)
LANDMARK_TWICE = Rule(
    "landmark-twice",
    Gravity.REFUSED,
    "RSC-005",
    "Two landmarks of the same kind lead to {}.",
    "EPUB 3.3, section 7.4.4; EPUBCheck RSC-005",
)
NOT_FLAT = Rule(
    "nav-not-flat",
    Gravity.SHOWN_WRONG,
    "RSC-017",
    "The list of the kind “{}” must be flat, and has lists inside of it.",
    "EPUB 3.3, sections 7.4.3 and 7.4.4; EPUBCheck RSC-017",
)

RULES = tuple(rule for rule in tuple(globals().values()) if isinstance(rule, Rule))
