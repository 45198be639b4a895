"""The rules for pictures."""

from __future__ import annotations

from epubpreflight.fault import Gravity, Rule

_REFUSED, _WRONG, _ADVICE = Gravity.REFUSED, Gravity.SHOWN_WRONG, Gravity.ADVICE

NOT_OF_TYPE = Rule(
    "picture-type",
    Gravity.REFUSED,
    "OPF-029",
    "The file is said to be {} and is {}.",
    "EPUB 3.3, section 5.6.2; EPUBCheck OPF-029",
)
CORRUPT = Rule(
    "picture-damaged",
    Gravity.REFUSED,
    "PKG-021",
    "The picture is damaged and cannot be shown.",
    "EPUBCheck PKG-021",
)
TOO_SHORT = Rule("picture-empty", Gravity.REFUSED, "MED-004", "The picture is empty.", "EPUBCheck MED-004")
EXTENSION = Rule(
    "picture-extension",
    Gravity.SHOWN_WRONG,
    "PKG-022",
    "The picture is a {} and its name ends with .{}.",
    "EPUBCheck PKG-022",
)

RULES = tuple(rule for rule in tuple(globals().values()) if isinstance(rule, Rule))
