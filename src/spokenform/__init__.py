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

Each name is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spokenform.general import for_the_eye, without_addresses
    from spokenform.lexicon.entries import EMPTY, Entry, Lexicon, LexiconError
    from spokenform.rewriting import Explanation, Pronunciation, Rule, Spoken, Step
    from spokenform.speaking import add_languages, explain, languages_known, rules, speak

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

_MODULES = {
    "general": ("for_the_eye", "without_addresses"),
    "lexicon.entries": ("EMPTY", "Entry", "Lexicon", "LexiconError"),
    "rewriting": ("Explanation", "Pronunciation", "Rule", "Spoken", "Step"),
    "speaking": ("add_languages", "explain", "languages_known", "rules", "speak"),
}


if not TYPE_CHECKING:  # a type checker knows the names, and that there are no others

    def __getattr__(name: str) -> object:
        for module, names in _MODULES.items():
            if name in names:
                globals()[name] = value = getattr(import_module(f"spokenform.{module}"), name)
                return value
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
