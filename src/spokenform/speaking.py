"""What is said for a text: the rules of its language around the lexicon, and how that is explained."""

from __future__ import annotations

import unicodedata
from functools import partial
from pathlib import Path

from spokenform import languages
from spokenform.general import AFTER, MARKED, straighten_apostrophes
from spokenform.lexicon.entries import EMPTY, Lexicon
from spokenform.placeholders import MaskedText, mask
from spokenform.rewriting import Explanation, Rule, Spoken, Step, apply, steps

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
