"""The rules for pages of fixed layout and for pages that are read aloud."""

from __future__ import annotations

from epubpreflight.fault import Gravity, Rule

_REFUSED, _WRONG, _ADVICE = Gravity.REFUSED, Gravity.SHOWN_WRONG, Gravity.ADVICE

NO_VIEWPORT = Rule(
    "viewport-missing",
    Gravity.REFUSED,
    "HTM-046",
    "A page of fixed layout does not tell its size.",
    "EPUB 3.3, section 8.2.2.6; EPUBCheck HTM-046",
)
VIEWPORT_SYNTAX = Rule(
    "viewport-syntax",
    Gravity.REFUSED,
    "HTM-047",
    "The size of the page, “{}”, cannot be read.",
    "EPUB 3.3, appendix F; EPUBCheck HTM-047",
)
VIEWPORT_PART = Rule(
    "viewport-part",
    Gravity.REFUSED,
    "HTM-056",
    "The size of the page has no {}.",
    "EPUB 3.3, section 8.2.2.6; EPUBCheck HTM-056",
)
VIEWPORT_VALUE = Rule(
    "viewport-value",
    Gravity.REFUSED,
    "HTM-057",
    "The {} of the page is not a number.",
    "EPUB 3.3, section 8.2.2.6; EPUBCheck HTM-057",
)
VIEWPORT_TWICE = Rule(
    "viewport-twice",
    Gravity.REFUSED,
    "HTM-059",
    "The {} of the page is told twice.",
    "EPUB 3.3, section 8.2.2.6; EPUBCheck HTM-059",
)
NO_VIEW_BOX = Rule(
    "view-box-missing",
    Gravity.REFUSED,
    "HTM-048",
    "A drawing of fixed layout does not tell its size.",
    "EPUB 3.3, section 8.2.3; EPUBCheck HTM-048",
)
NOT_SPOKEN = Rule(
    "overlay-untold",
    Gravity.REFUSED,
    "MED-010",
    "A recording goes with the page, and the manifest does not say so.",
    "EPUB 3.3, section 9.3.3; EPUBCheck MED-010",
)
OTHER_OVERLAY = Rule(
    "overlay-other",
    Gravity.REFUSED,
    "MED-012",
    "The manifest names another recording for the page.",
    "EPUB 3.3, section 9.3.3; EPUBCheck MED-012",
)
SPOKEN_TWICE = Rule(
    "overlay-twice",
    Gravity.REFUSED,
    "MED-011",
    "Two recordings go with the page.",
    "EPUB 3.3, section 9.3.1; EPUBCheck MED-011",
)
UNSPOKEN = Rule(
    "overlay-silent",
    Gravity.REFUSED,
    "MED-013",
    "The manifest names a recording that does not speak of the page.",
    "EPUB 3.3, section 9.3.3; EPUBCheck MED-013",
)
UNSTYLED = Rule(
    "overlay-unstyled",
    Gravity.REFUSED,
    "CSS-030",
    "What is read aloud is to be marked, and the page has no styles.",
    "EPUB 3.3, section 9.4; EPUBCheck CSS-030",
)
RECORDING_TYPE = Rule(
    "overlay-audio-type",
    Gravity.REFUSED,
    "MED-005",
    "The recording {} is of the type {}, which readers need not know.",
    "EPUB 3.3, section 3.2; EPUBCheck MED-005",
)

RULES = tuple(rule for rule in tuple(globals().values()) if isinstance(rule, Rule))
