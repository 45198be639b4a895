"""The words of German."""

from __future__ import annotations

from spokenform import numerals
from spokenform.language import Language
from spokenform.word_file import words_of
from spokenform.word_lists import pairs

_DAYS = pairs(
    """Mo = Montag; Di = Dienstag; Mi = Mittwoch; Do = Donnerstag; Fr = Freitag; Sa = Samstag; So = Sonntag"""
)


def _weekdays() -> tuple[tuple[str, str], ...]:
    """``Mo.-Fr.`` is Montag bis Freitag, ``Di., 3.5.`` Dienstag; alone they are too like other words."""
    short = "|".join(_DAYS)
    spans = [(rf"\b{day}\.?\s?[-–]\s?(?=(?:{short})\b)", f"{name} bis ") for day, name in _DAYS.items()]
    lasts = [(rf"(?:(?<=tag bis )|(?<=woch bis )){day}\b\.?", name) for day, name in _DAYS.items()]
    alone = [(rf"\b{day}\.(?=,?\s(?:\d|den\s\d))", name) for day, name in _DAYS.items()]
    # "Sa 9-14 Uhr" is a day only where hours follow.
    hours = [(rf"\b{day}\b\.?:?(?=\s\d[\d.:–-]*\sUhr)", name) for day, name in _DAYS.items()]
    until = [(rf"\b{day}\.(?=\sbis\s(?:{short})\b)", name) for day, name in _DAYS.items()]
    until += [
        (rf"(?:(?<=tag bis )|(?<=woch bis )|(?<=\b[aA]m )){day}\.", name) for day, name in _DAYS.items()
    ]
    dated = [(rf"\b{day}\b(?=,?\s\d{{1,2}}\.\s?(?:\d|[A-Z]))", name) for day, name in _DAYS.items()]
    more = rf"(?=,?\s(?:(?:und|oder|u\.)\s)?(?:{short})\.)"
    listed = [
        (rf"\b{day}\b\.?(?=(?:,\s(?:{short})\b)+\s\d)|\b{day}\.{more}", name) for day, name in _DAYS.items()
    ]
    listed += [
        (rf"(?:(?<=tag )|(?<=woch ))(?:und|u\.) {day}\.", f"und {name}") for day, name in _DAYS.items()
    ]
    return (*listed, *spans, *lasts, *alone, *hours, *until, *dated)


def _part(bottom: int) -> tuple[str, str]:
    """``Sechstel``, ``Zwanzigstel``, ``Hundertstel``."""
    named = f"{numerals.ordinal(bottom, 'de')[:-1]}el"
    named = (named.removeprefix("ein") if bottom in {100, 1000} else named).capitalize()
    return named, named


LANGUAGE = words_of(Language, __file__, part=_part, abbreviations=_weekdays())
