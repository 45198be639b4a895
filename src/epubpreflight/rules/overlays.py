"""The rules for media overlays."""

from __future__ import annotations

from epubpreflight.fault import Gravity, Rule

_REFUSED, _WRONG, _ADVICE = Gravity.REFUSED, Gravity.SHOWN_WRONG, Gravity.ADVICE

SHAPE = Rule(
    "overlay-shape", Gravity.REFUSED, "RSC-005", "The media overlay is wrong: {}.", "EPUB 3.3, section 9.2"
)
TIMES = Rule(
    "overlay-times",
    Gravity.REFUSED,
    "MED-008",
    "A clip of the recording ends before it begins, or as it does.",
    "EPUB 3.3, section 9.2.2.7; EPUBCheck MED-008, MED-009",
)
AUDIO_FRAGMENT = Rule(
    "overlay-audio-fragment",
    Gravity.REFUSED,
    "MED-014",
    "A recording is named with a place in it.",
    "EPUB 3.3, section 9.2.2.7; EPUBCheck MED-014",
)

RULES = tuple(rule for rule in tuple(globals().values()) if isinstance(rule, Rule))
