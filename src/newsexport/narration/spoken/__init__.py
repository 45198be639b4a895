"""Printed text to spoken text: what a newsreader says where the eye sees a sign.

Small named rules in a row, each a pure function of the text; a language has a row of its
own (`english`, and the others by one shape with their words as data), and every row begins
and ends with the rules of all languages.
"""

from __future__ import annotations

from importlib import import_module
from typing import cast

from newsexport.languages import primary
from newsexport.narration.spoken.rules import Explained, Rule, Step, apply, steps

__all__ = ["Explained", "Rule", "Step", "explain", "rules", "spoken"]


def spoken(text: str, language: str) -> str:
    """The text as it should be said, on one line."""
    return " ".join(apply(rules(language), " ".join(text.split())).split())


def explain(text: str, language: str) -> Explained:
    """The same, rule by rule: only those that changed something are told."""
    return Explained(text, spoken(text, language), tuple(steps(rules(language), " ".join(text.split()))))


# Languages that have rules of their own, and the module that has them.
OWN = {
    "": "english",
    "und": "english",  # engines take an unknown language for English too
    "en": "english",
    "de": "german",
    "fr": "french",
    "es": "spanish",
    "it": "italian",
    "pt": "portuguese",
}


def rules(language: str) -> tuple[Rule, ...]:
    """The row of rules for a language tag. A language is loaded when it is first heard."""
    module = import_module(f"{__name__}.{OWN.get(primary(language), 'elsewhere')}")
    return cast("tuple[Rule, ...]", module.rules(language or "en"))
