"""The rules for prefixes."""

from __future__ import annotations

from epubpreflight.fault import Gravity, Rule

_REFUSED, _WRONG, _ADVICE = Gravity.REFUSED, Gravity.SHOWN_WRONG, Gravity.ADVICE

_SOURCE = "EPUB 3.3, appendix D.1.4; EPUBCheck {}"


def _prefix_rule(name: str, gravity: Gravity, epubcheck: str, words: str) -> Rule:
    return Rule(name, gravity, epubcheck, words, _SOURCE.format(epubcheck))


SPACED = _prefix_rule(
    "prefixes-spaced", Gravity.SHOWN_WRONG, "OPF-004", "The list of prefixes begins or ends with a space."
)
EMPTY = _prefix_rule("prefix-empty", Gravity.REFUSED, "OPF-004a", "A prefix is declared that has no name.")
BAD_NAME = _prefix_rule("prefix-name", Gravity.REFUSED, "OPF-004b", "“{}” is not a proper name for a prefix.")
NO_COLON = _prefix_rule(
    "prefix-colon", Gravity.REFUSED, "OPF-004c", "A colon must stand right behind the prefix “{}”."
)
NO_SPACE = _prefix_rule(
    "prefix-space", Gravity.REFUSED, "OPF-004d", "A space must stand between the prefix “{}” and its address."
)
ODD_SPACE = _prefix_rule(
    "prefix-odd-space",
    Gravity.SHOWN_WRONG,
    "OPF-004e",
    "Behind the prefix “{}” stands something other than a space.",
)
ODD_GAP = _prefix_rule(
    "prefix-odd-gap",
    Gravity.SHOWN_WRONG,
    "OPF-004f",
    "Two prefixes are parted by something other than a space.",
)
NO_ADDRESS = _prefix_rule("prefix-address", Gravity.REFUSED, "OPF-005", "The prefix “{}” has no address.")
BAD_ADDRESS = _prefix_rule(
    "prefix-bad-address", Gravity.REFUSED, "OPF-006", "The address {} of a prefix is none."
)
RESERVED = _prefix_rule(
    "prefix-reserved", Gravity.SHOWN_WRONG, "OPF-007", "The prefix “{}” is given another meaning than it has."
)
UNDERSCORE = _prefix_rule("prefix-underscore", Gravity.REFUSED, "OPF-007a", "“_” cannot be a prefix.")
DEFAULT = _prefix_rule(
    "prefix-of-default", Gravity.REFUSED, "OPF-007b", "The prefix “{}” stands for names that need no prefix."
)
DUBLIN_CORE = _prefix_rule(
    "prefix-of-dublin-core", Gravity.REFUSED, "OPF-007c", "Dublin Core has elements of its own and no prefix."
)

RULES = tuple(rule for rule in tuple(globals().values()) if isinstance(rule, Rule))
