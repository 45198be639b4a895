"""The words of French."""

from __future__ import annotations

from spokenform import numerals
from spokenform.language import Language
from spokenform.word_file import words_of
from spokenform.word_lists import pairs


def _of(unit: str) -> str:
    """After *million* and *milliard* stands *de*: ``d'euros``."""
    return f"d'{unit}" if unit[0] in "aeéiou" else f"de {unit}"


_DAYS = pairs(
    """lun = lundi; mar = mardi; mer = mercredi; jeu = jeudi; ven = vendredi; sam = samedi; dim = dimanche"""
)


def _weekdays() -> tuple[tuple[str, str], ...]:
    """``lun.-ven.`` is lundi à vendredi, ``mar. 3`` mardi."""
    short = "|".join(_DAYS)
    spans = [(rf"\b{day}\.\s?[-–]\s?(?=(?:{short})\b)", f"{name} à ") for day, name in _DAYS.items()]
    lasts = [(rf"(?<=di à ){day}\b\.?|(?<=che à ){day}\b\.?", name) for day, name in _DAYS.items()]
    alone = [(rf"\b{day}\.(?=\s\d)", name) for day, name in _DAYS.items()]
    listed = [
        (rf"\b{day}\.(?=,?\s(?:et\s|ou\s)?(?:{short})\.)|(?<=sauf ){day}\.", name)
        for day, name in _DAYS.items()
    ]
    between = [(rf"(?<=\b(?:d|a)u ){day}\.", name) for day, name in _DAYS.items()]
    return (*listed, *spans, *lasts, *alone, *between)


def _part(bottom: int) -> tuple[str, str]:
    """``tiers``, ``quart``, ``cinquième``."""
    if bottom == 3:
        return "tiers", "tiers"
    named = "quart" if bottom == 4 else numerals.ordinal(bottom, "fr")
    return named, f"{named}s"


LANGUAGE = words_of(Language, __file__, of=_of, part=_part, abbreviations=_weekdays())
