"""Dutch: its words."""

from __future__ import annotations

import re
from functools import cache

from spokenform import numerals
from spokenform.calendar import DAY_FIRST, DayFirst
from spokenform.frame import Kind, RuleFor, row
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
    ruler=lambda name, value: f"{name} de {numerals.ordinal(value, 'nl')}",
    nth=lambda value, _end, _before: numerals.ordinal(value, "nl"),
)


COMPOUND = re.compile(r"(?<![\w.,])(?P<n>\d{1,3})-?(?P<rest>(?:jarig|daags|delig|koppig|persoons)\w*)")


def say_compounds(text: str, language: DayFirst) -> str:
    """``25-jarige`` is one word."""
    return COMPOUND.sub(lambda match: f"{language.cardinal(int(match['n']))}{match['rest']}", text)


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """All rules of Dutch."""
    own = {Kind.COMPOUNDS: (RuleFor(say_compounds, "Woordenlijst Nederlandse Taal", figures=True),)}
    return row(LANGUAGE, {**DAY_FIRST, **own})
