"""Printed text to spoken text: what a newsreader says where the eye sees a sign.

Small named rules in a row, each a pure function of the text; a language has a row of its
own (`english`, and the others by one shape with their words as data), and every row begins
and ends with the rules of all languages.
"""

from __future__ import annotations

import unicodedata
from functools import partial
from importlib import import_module
from typing import cast

from newsexport.text.languages import primary
from spokenform.general import straighten_apostrophes
from spokenform.lexicon.entries import EMPTY, Lexicon
from spokenform.placeholders import Held, Said, held
from spokenform.rules import Explained, Rule, Step, apply, steps

__all__ = ["Explained", "Rule", "Said", "Step", "explain", "rules", "said", "spoken"]

LEXICON = "lexicon"


def spoken(text: str, language: str, lexicon: Lexicon = EMPTY) -> str:
    """The text as it should be said, on one line."""
    return said(text, language, lexicon).text


def said(text: str, language: str, lexicon: Lexicon = EMPTY) -> Said:
    """The text as it should be said, on one line, and how parts of it sound."""
    before, after = _around_lexicon(language)
    straight = apply(before, " ".join(text.split()))
    kept = _kept(straight, language, lexicon, after)
    return kept.released(" ".join(apply(after, kept.text).split()))


def explain(text: str, language: str, lexicon: Lexicon = EMPTY) -> Explained:
    """The same, rule by rule: only those that changed something are told."""
    before, after = _around_lexicon(language)
    line = " ".join(text.split())
    straight = apply(before, line)
    kept = _kept(straight, language, lexicon, after)
    told = list(steps(before, line))
    replaced = kept.released(kept.text).text
    if replaced != straight:
        told.append(Step(LEXICON, straight, replaced))
    told += (
        Step(step.rule, kept.released(step.before).text, kept.released(step.after).text)
        for step in steps(after, kept.text)
    )
    end = said(text, language, lexicon)
    return Explained(text, end.text, tuple(told), end.pronunciations)


def _around_lexicon(language: str) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """The rules before the lexicon, which make words look as they do in it, and those after."""
    row = rules(language)
    at = 1 + next(at for at, rule in enumerate(row) if rule.rewrite is straighten_apostrophes)
    return row[:at], row[at:]


def _kept(text: str, language: str, lexicon: Lexicon, after: tuple[Rule, ...]) -> Held:
    if not lexicon:
        return Held(text)
    composed = unicodedata.normalize("NFC", text)
    return held(composed, lexicon.meets(composed, language), partial(apply, after))


# Languages that have rules of their own, and the module that has them.
OWN = {
    "": "en",
    "und": "en",  # engines take an unknown language for English too
    "en": "en",
    "de": "de",
    "fr": "fr",
    "es": "es",
    "it": "it",
    "pt": "pt",
}


def rules(language: str) -> tuple[Rule, ...]:
    """The row of rules for a language tag. A language is loaded when it is first heard."""
    module = import_module(f"{__name__}.languages.{OWN.get(primary(language), 'other')}")
    return cast("tuple[Rule, ...]", module.rules(language or "en"))
