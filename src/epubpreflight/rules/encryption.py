"""The rules for lists of locked and of signed files."""

from __future__ import annotations

from epubpreflight.fault import Gravity, Rule

_REFUSED, _WRONG, _ADVICE = Gravity.REFUSED, Gravity.SHOWN_WRONG, Gravity.ADVICE

SHAPE = Rule(
    "encryption-shape",
    Gravity.REFUSED,
    "RSC-005",
    "The list of locked files is wrong: {}.",
    "EPUB 3.3, section 4.2.6.3.2; EPUBCheck RSC-005",
)
MISSING = Rule(
    "encryption-missing",
    Gravity.REFUSED,
    "RSC-007",
    "The list of locked files names {}, which is missing.",
    "EPUB 3.3, section 4.2.6.3.2; EPUBCheck RSC-007",
)
NOT_A_FONT = Rule(
    "obfuscated-no-font",
    Gravity.REFUSED,
    "PKG-026",
    "{} is disguised as only fonts may be.",
    "EPUB 3.3, section 4.4; EPUBCheck PKG-026",
)
LOCKED = Rule(
    "file-locked",
    Gravity.ADVICE,
    "RSC-004",
    "{} is locked, so it was not looked at.",
    "EPUB 3.3, section 4.2.6.3.2; EPUBCheck RSC-004 (information)",
)
SIGNED = Rule(
    "signatures-shape",
    Gravity.REFUSED,
    "RSC-005",
    "The list of signatures is a <{}>.",
    "EPUB 3.3, section 4.2.6.3.6; EPUBCheck RSC-005",
)

RULES = tuple(rule for rule in tuple(globals().values()) if isinstance(rule, Rule))
