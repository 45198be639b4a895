"""The rules for style sheets."""

from __future__ import annotations

from epubpreflight.fault import Gravity, Rule

_REFUSED, _WRONG, _ADVICE = Gravity.REFUSED, Gravity.SHOWN_WRONG, Gravity.ADVICE

SYNTAX = Rule(
    "style-syntax",
    Gravity.REFUSED,
    "CSS-008",
    "The style sheet has a mistake: {}. Some readers ignore all of it then.",
    "CSS Syntax Module Level 3; EPUBCheck CSS-008",
)
DIRECTION = Rule(
    "style-direction",
    Gravity.REFUSED,
    "CSS-001",
    "The style sheet sets {}; the direction of writing must be told by the pages themselves.",
    "EPUB 3.3, section 6.3.1; EPUBCheck CSS-001",
)
EMPTY_ADDRESS = Rule(
    "style-empty-address",
    Gravity.REFUSED,
    "CSS-002",
    "The style sheet refers to an address that is empty.",
    "EPUBCheck CSS-002",
)
WIDE_ENCODING = Rule(
    "style-utf-16",
    Gravity.SHOWN_WRONG,
    "CSS-003",
    "The style sheet is in UTF-16, which some readers cannot read; it should be UTF-8.",
    "EPUB 3.3, section 6.3.1; EPUBCheck CSS-003",
)
OTHER_ENCODING = Rule(
    "style-encoding",
    Gravity.REFUSED,
    "CSS-004",
    "The style sheet is in {}; it must be UTF-8.",
    "EPUB 3.3, section 6.3.1; EPUBCheck CSS-004",
)
EMPTY_FONT = Rule(
    "style-empty-font",
    Gravity.SHOWN_WRONG,
    "CSS-019",
    "The style sheet declares a font and says nothing about it.",
    "EPUBCheck CSS-019",
)
FIXED = Rule(
    "style-position-fixed",
    Gravity.ADVICE,
    "CSS-006",
    "The style sheet fixes something to the screen, which most readers cannot show.",
    "EPUB 3.3, section 6.3.1; EPUBCheck CSS-006 (usage)",
)

RULES = tuple(rule for rule in tuple(globals().values()) if isinstance(rule, Rule))
