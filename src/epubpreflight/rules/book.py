"""The rules for package documents as a whole."""

from __future__ import annotations

from epubpreflight.fault import Gravity, Rule

_REFUSED, _WRONG, _ADVICE = Gravity.REFUSED, Gravity.SHOWN_WRONG, Gravity.ADVICE

VERSION = Rule(
    "package-version",
    Gravity.REFUSED,
    "OPF-001",
    "The package says it is of the version “{}”, which is unknown.",
    "EPUB 3.3, section 5.4; EPUBCheck OPF-001",
)
NOT_A_PACKAGE = Rule(
    "package-root",
    Gravity.REFUSED,
    "OPF-001",
    "The package document is not one, but a <{}>.",
    "EPUB 3.3, section 5.4; EPUBCheck OPF-001",
)
OTHER_NAMESPACE = Rule(
    "package-namespace",
    Gravity.REFUSED,
    "RSC-005",
    "The package document is written as those of EPUB are not.",
    "EPUB 3.3, section 5.3; EPUBCheck RSC-005",
)
PACKAGE_SHAPE = Rule(
    "package-shape",
    Gravity.REFUSED,
    "RSC-005",
    "The package document is wrong: {}.",
    "EPUB 3.3, section 5.3; OPF 2.0.1; EPUBCheck RSC-005",
)


RULES = tuple(rule for rule in tuple(globals().values()) if isinstance(rule, Rule))
