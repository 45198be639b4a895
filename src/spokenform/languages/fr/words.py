"""The words of French."""

from __future__ import annotations

import re

from spokenform import numerals
from spokenform.language import Language
from spokenform.word_file import words_of
from spokenform.word_lists import pairs, short_weekdays


def _of(unit: str) -> str:
    """After *million* and *milliard* stands *de*: ``d'euros``."""
    return f"d'{unit}" if unit[0] in "aeéiou" else f"de {unit}"


_DAYS = "lun = lundi; mar = mardi; mer = mercredi; jeu = jeudi; ven = vendredi; sam = samedi; dim = dimanche"


def _weekdays() -> tuple[tuple[str, str], ...]:
    """``lun.-ven.``, and French *du lun. au ven.*, *sauf dim.* too."""
    between = ((rf"(?<=\b(?:d|a)u ){day}\.|(?<=sauf ){day}\.", name) for day, name in pairs(_DAYS).items())
    return (*short_weekdays(_DAYS, "à", "fermé"), *between)


def _part(bottom: int) -> tuple[str, str]:
    """``tiers``, ``quart``, ``cinquième``."""
    if bottom == 3:
        return "tiers", "tiers"
    named = "quart" if bottom == 4 else numerals.ordinal(bottom, "fr")
    return named, f"{named}s"


class French(Language):
    """French has its *cents* and *quatre-vingts* before a million, which is a noun."""

    def cardinal(self, value: int) -> str:
        """The number in words."""
        return MANY.sub(r"\g<0>s", super().cardinal(value))

    def agreed(self, value: int, gender: str) -> str:
        """The number before a noun of a gender."""
        return MANY.sub(r"\g<0>s", super().agreed(value, gender))


MANY = re.compile(r"(?:(?<=[a-z] )cent|quatre-vingt)(?= mill(?:ion|iard))")
LANGUAGE = words_of(French, __file__, of=_of, part=_part, abbreviations=_weekdays())
