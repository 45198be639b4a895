"""The rules for the NCX."""

from __future__ import annotations

from epubpreflight.fault import Gravity, Rule

_REFUSED, _WRONG, _ADVICE = Gravity.REFUSED, Gravity.SHOWN_WRONG, Gravity.ADVICE
_SOURCE = "ANSI/NISO Z39.86-2005, section 8; EPUBCheck RSC-005"

SHAPE = Rule("ncx-shape", Gravity.REFUSED, "RSC-005", "The NCX is wrong: {}.", _SOURCE)
ID_TWICE = Rule(
    "ncx-id-twice", Gravity.REFUSED, "RSC-005", "Two entries of the NCX have the id “{}”.", _SOURCE
)
PLAY_ORDER = Rule(
    "ncx-play-order", Gravity.REFUSED, "RSC-005", "The order of the NCX is broken: {}.", _SOURCE
)
PAGE_TWICE = Rule(
    "ncx-page-twice", Gravity.REFUSED, "RSC-005", "The page {} is listed twice in the NCX.", _SOURCE
)
IDENTIFIER = Rule(
    "ncx-identifier",
    Gravity.REFUSED,
    "NCX-001",
    "The NCX says it belongs to another book ({}).",
    "OPF 2.0.1, section 2.4.1.2; EPUBCheck NCX-001; Kindle",
)
EMPTY_LABEL = Rule(
    "ncx-empty-label",
    Gravity.ADVICE,
    "NCX-006",
    "An entry of the NCX has no words.",
    "ANSI/NISO Z39.86-2005, section 8; EPUBCheck NCX-006 (usage)",
)

RULES = tuple(rule for rule in tuple(globals().values()) if isinstance(rule, Rule))
