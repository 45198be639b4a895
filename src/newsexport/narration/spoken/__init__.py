"""Printed text to spoken text: what a newsreader says where the eye sees a sign.

Small named rules in a row, each a pure function of the text; a language has a row of its
own (`english`, and the others by one shape with their words as data), and every row begins
and ends with the rules of all languages.
"""

from __future__ import annotations

from newsexport.languages import primary
from newsexport.narration.spoken.rules import Explained, Rule, Step, apply, steps

__all__ = ["Explained", "Rule", "Step", "explain", "rules", "spoken"]


def spoken(text: str, language: str) -> str:
    """The text as it should be said, on one line."""
    return " ".join(apply(rules(language), " ".join(text.split())).split())


def explain(text: str, language: str) -> Explained:
    """The same, rule by rule: only those that changed something are told."""
    return Explained(text, spoken(text, language), tuple(steps(rules(language), " ".join(text.split()))))


def rules(language: str) -> tuple[Rule, ...]:
    """The row of rules for a language tag. An unknown language is taken for English, as engines do."""
    match primary(language):
        case "en" | "" | "und":
            from newsexport.narration.spoken import english  # noqa: PLC0415 - loaded when it is heard

            return english.rules(language or "en")
        case "de":
            from newsexport.narration.spoken import german  # noqa: PLC0415 - idem

            return german.rules()
        case "fr":
            from newsexport.narration.spoken import french  # noqa: PLC0415 - idem

            return french.rules()
        case "es":
            from newsexport.narration.spoken import spanish  # noqa: PLC0415 - idem

            return spanish.rules()
        case "it":
            from newsexport.narration.spoken import italian  # noqa: PLC0415 - idem

            return italian.rules()
        case "pt":
            from newsexport.narration.spoken import portuguese  # noqa: PLC0415 - idem

            return portuguese.rules()
        case _:
            from newsexport.narration.spoken import elsewhere  # noqa: PLC0415 - idem

            return elsewhere.rules(language)
