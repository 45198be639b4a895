"""Swedish: its words."""

from __future__ import annotations

from functools import cache

from spokenform import numerals
from spokenform.calendar import DAY_FIRST, DayFirst
from spokenform.frame import row
from spokenform.rewriting import Rule
from spokenform.word_file import words_of


def _part(bottom: int) -> tuple[str, str]:
    """``tredjedel``, ``fjärdedel``, ``tiondel``."""
    if bottom == 4:
        return "fjärdedel", "fjärdedelar"
    nth = numerals.ordinal(bottom, "sv", "reale")
    named = f"{nth.removesuffix('de')}del" if nth.endswith("nde") else f"{nth}del"
    return named, f"{named}ar"


def _nth(value: int, end: str, _before: str) -> str:
    """``3:e`` is tredje, ``80-talet`` åttiotalet."""
    return numerals.year(value, "sv") + end[1:] if end.startswith("-") else _day(value, "")


def _day(value: int, _before: str) -> str:
    return numerals.ordinal(value, "sv", "reale")


LANGUAGE = words_of(DayFirst, __file__, part=_part, day=_day, nth=_nth)


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """All rules of Swedish."""
    return row(LANGUAGE, DAY_FIRST)
