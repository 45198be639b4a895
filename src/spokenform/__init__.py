"""Printed text to spoken text: what a newsreader says where the eye sees a sign.

::

    >>> from spokenform import explain, speak
    >>> speak("Dr. Osei paid $4.5bn on Nov. 3", "en").text
    'Doctor Osei paid four point five billion dollars on November third'
    >>> [step.rule for step in explain("Dr. Osei paid $5", "en").steps]
    ['say titles', 'say money']

Small named rules in a row, each a pure function of the text. `frame` names the kinds of
things there are and their order; `languages` has what each language says of them, and is
loaded a language at a time. Nothing is fetched, kept or printed.
"""

from __future__ import annotations

import unicodedata
from functools import partial
from pathlib import Path

from spokenform import languages
from spokenform.general import AFTER, MARKED, for_the_eye, straighten_apostrophes, without_addresses
from spokenform.lexicon.entries import EMPTY, Entry, Lexicon, LexiconError
from spokenform.placeholders import MaskedText, mask
from spokenform.rules import Explanation, Pronunciation, Rule, Spoken, Step, apply, steps

__all__ = [
    "EMPTY",
    "Entry",
    "Explanation",
    "Lexicon",
    "LexiconError",
    "Pronunciation",
    "Rule",
    "Spoken",
    "Step",
    "add_languages",
    "explain",
    "for_the_eye",
    "languages_known",
    "rules",
    "speak",
    "without_addresses",
]

LEXICON = "lexicon"


def speak(text: str, language: str, lexicon: Lexicon = EMPTY, *, marks: bool = False) -> Spoken:
    """The text as it should be said, on one line, and how parts of it sound.

    `language` is a tag such as ``en-GB``; text in a language without rules of its own has
    its numbers and signs said where their words are known. With `marks` round brackets and dashes stay within
    sentences, for voices that know them; else they are commas.
    """
    before, after = _around_lexicon(language)
    if marks and after[-len(AFTER) :] == AFTER:
        after = (*after[: -len(AFTER)], *MARKED)
    straight = apply(before, " ".join(text.split()))
    masked = _masked(straight, language, lexicon, after)
    return masked.restored(" ".join(apply(after, masked.text).split()), languages.sounds(language))


def explain(text: str, language: str, lexicon: Lexicon = EMPTY) -> Explanation:
    """The same, rule by rule: only those that changed something are told."""
    before, after = _around_lexicon(language)
    line = " ".join(text.split())
    straight = apply(before, line)
    masked = _masked(straight, language, lexicon, after)
    told = list(steps(before, line))
    replaced = masked.restored(masked.text).text
    if replaced != straight:
        told.append(Step(LEXICON, straight, replaced))
    told += (
        Step(step.rule, masked.restored(step.before).text, masked.restored(step.after).text)
        for step in steps(after, masked.text)
    )
    end = speak(text, language, lexicon)
    return Explanation(text, end.text, tuple(told), end.pronunciations)


def rules(language: str) -> tuple[Rule, ...]:
    """The rules for a language tag, in order."""
    return languages.rules(language)


def languages_known() -> list[str]:
    """The languages that have rules of their own."""
    return languages.known()


def add_languages(folder: Path) -> None:
    """Take more languages from a folder: a module or a package for each, named by its tag."""
    languages.add_folder(folder)


def _around_lexicon(language: str) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """The rules before the lexicon, which make words look as they do in it, and those after."""
    row = rules(language)
    at = 1 + next(at for at, rule in enumerate(row) if rule.rewrite is straighten_apostrophes)
    return row[:at], row[at:]


def _masked(text: str, language: str, lexicon: Lexicon, after: tuple[Rule, ...]) -> MaskedText:
    if not lexicon:
        return MaskedText(text)
    composed = unicodedata.normalize("NFC", text)
    return mask(composed, lexicon.matches(composed, language), partial(apply, after))
