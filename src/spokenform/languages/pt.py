"""Portuguese: its words."""

from __future__ import annotations

from functools import cache

from spokenform import numerals
from spokenform.languages.romance import Romance
from spokenform.languages.romance import rules as romance_rules
from spokenform.rewriting import Rule
from spokenform.word_file import words_of
from spokenform.word_lists import short_weekdays


def _part(bottom: int) -> tuple[str, str]:
    """``terço``, ``quinto``, ``doze avos``, ``centésimo``."""
    if bottom == 3:
        return "terço", "terços"
    if bottom <= 10 or bottom in {100, 1000}:
        named = numerals.ordinal(bottom, "pt")
        return named, f"{named}s"
    named = numerals.cardinal(bottom, "pt")
    return f"{named} avo", f"{named} avos"


DAYS = "seg = segunda; ter = terça; qua = quarta; qui = quinta; sex = sexta; sáb = sábado; dom = domingo"
LANGUAGE = words_of(
    Romance,
    __file__,
    part=_part,
    of=lambda unit: f"de {unit}",
    abbreviations=short_weekdays(DAYS, "a", "fechado"),
)


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """The whole row of Portuguese."""
    return romance_rules(
        LANGUAGE, "Manual de redação da Folha de S.Paulo; Manual de comunicação da Secom do Senado"
    )
