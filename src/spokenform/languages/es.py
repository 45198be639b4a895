"""Spanish: its words."""

from __future__ import annotations

import re
from functools import cache

from spokenform import numerals
from spokenform.languages.romance import Romance
from spokenform.languages.romance import rules as romance_rules
from spokenform.rewriting import Rule
from spokenform.word_file import words_of


def _part(bottom: int) -> tuple[str, str]:
    """``tercio``, ``quinto``, ``doceavo``, ``centésimo`` (RAE, Nueva gramática 21.3)."""
    if bottom == 3:
        return "tercio", "tercios"
    if bottom <= 10 or bottom in {100, 1000}:
        named = numerals.ordinal(bottom, "es")
    else:
        named = re.sub(r"a?$", "avo", numerals.cardinal(bottom, "es").replace(" y ", "i").replace(" ", ""))
    return named, f"{named}s"


LANGUAGE = words_of(Romance, __file__, part=_part, of=lambda unit: f"de {unit}")


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """The whole row of Spanish."""
    return romance_rules(LANGUAGE, "Ortografía de la lengua española (RAE), números y abreviaturas")
