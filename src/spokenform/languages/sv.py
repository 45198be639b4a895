"""Swedish: its words."""

from __future__ import annotations

import re
from functools import cache

from spokenform import numerals
from spokenform.calendar import DAY_FIRST, DayFirst
from spokenform.frame import Kind, RuleFor, row
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


def _clock(hour: int, minute: int, _before: str) -> str:
    """``8.05`` is åtta noll fem."""
    rest = f" {'noll ' if minute < 10 else ''}{numerals.cardinal(minute, 'sv')}" if minute else ""
    return f"{numerals.cardinal(hour, 'sv')}{rest}"


LANGUAGE = words_of(
    DayFirst,
    __file__,
    part=_part,
    day=_day,
    nth=_nth,
    clock=_clock,
    ruler=lambda name, value: f"{name} den {_day(value, '')}",
)
AGED = re.compile(r"(?<![\w.,])(?P<n>\d{1,3})-?(?=åring|årig|dagars|minuters)")


def say_compounds(text: str, language: DayFirst) -> str:
    """``25-åring`` is one word."""
    return AGED.sub(lambda match: language.cardinal(int(match["n"])), text)


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """All rules of Swedish."""
    own = {Kind.COMPOUNDS: (RuleFor(say_compounds, "Svenska skrivregler", figures=True),)}
    return row(LANGUAGE, {**DAY_FIRST, **own})
