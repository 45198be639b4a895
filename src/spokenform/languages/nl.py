"""Dutch: its words."""

from __future__ import annotations

from functools import cache

from spokenform import numerals
from spokenform.calendar import DAY_FIRST, DayFirst
from spokenform.frame import row
from spokenform.rewriting import Rule
from spokenform.word_file import words_of


def _part(bottom: int) -> tuple[str, str]:
    """``derde``, ``kwart``, ``vijfde``."""
    named = "kwart" if bottom == 4 else numerals.ordinal(bottom, "nl")
    return named, named


def _clock(hour: int, minute: int, _before: str) -> str:
    """``negentien uur dertig``."""
    rest = f" {numerals.cardinal(minute, 'nl')}" if minute else ""
    return f"{numerals.cardinal(hour, 'nl')} uur{rest}"


LANGUAGE = words_of(
    DayFirst,
    __file__,
    part=_part,
    clock=_clock,
    nth=lambda value, _end, _before: numerals.ordinal(value, "nl"),
)


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """All rules of Dutch."""
    return row(LANGUAGE, DAY_FIRST)
