"""Ordinals of German, and the endings that they and adjectives have."""

from __future__ import annotations

import re

from spokenform.languages.de.words import TONGUE

DATIVE = re.compile(
    r"\b(?:am|im|vom|zum|dem|den|des|beim|ins|bis|ab|nach|seit|diesem|jedem|seinem|ihrem|meinem|einem|unserem|"
    r"(?:in|an|auf|von|aus|mit|bei|nach|zu|unter|seit|vor|ab) (?:der|dieser|ihrer|seiner)|ihren|seinen|"
    r"(?:am|vom|zum|dem) \w+[.,]?)\s$",
    re.IGNORECASE,
)
WEAK = re.compile(r"\b(?:der|die|das|eine|ihre|seine|jede|diese|dieser|dieses|welche)\s$", re.IGNORECASE)
NEUTER = re.compile(r"\b(?:ihr|sein|ein) $", re.IGNORECASE)


# The second of two ordinals has the ending of the first: "im 18. und 19. Jahrhundert".
BESIDE = re.compile(r"(?:\d{1,3}\.,?\s(?:und|oder|bis|sowie)\s)+$")


def stem(value: int) -> str:
    """The ordinal without its ending: ``dritt``, ``einundzwanzigst``."""
    irregular = {1: "erst", 3: "dritt", 7: "siebt", 8: "acht"}
    if value in irregular:
        return irregular[value]
    if value % 100 in irregular and value > 100:
        return TONGUE.cardinal(value - value % 100) + irregular[value % 100]
    return TONGUE.cardinal(value) + ("t" if 0 < value % 100 < 20 else "st")


def ending(before: str) -> str:
    """The ending of an ordinal or an adjective, from the words before it: e, en, es or er."""
    before = BESIDE.sub("", before)
    if WEAK.search(before) and not DATIVE.search(before):
        return "e"
    if DATIVE.search(before):
        return "en"
    return "es" if NEUTER.search(before) else "er"
