"""Spanish: its words."""

from __future__ import annotations

import re
from functools import cache

from spokenform import numerals
from spokenform.languages.romance import Romance
from spokenform.languages.romance import rules as romance_rules
from spokenform.rewriting import Rule
from spokenform.word_file import words_of
from spokenform.word_lists import short_weekdays


def _part(bottom: int) -> tuple[str, str]:
    """``tercio``, ``quinto``, ``doceavo``, ``centésimo`` (RAE, Nueva gramática 21.3)."""
    if bottom == 3:
        return "tercio", "tercios"
    if bottom <= 10 or bottom in {100, 1000}:
        named = numerals.ordinal(bottom, "es")
    else:
        named = re.sub(r"a?$", "avo", numerals.cardinal(bottom, "es").replace(" y ", "i").replace(" ", ""))
    return named, f"{named}s"


class Spanish(Romance):
    """Spanish agrees in its thousands too: *quinientas mil plazas*."""

    def number(self, printed: str, *, before: str = "") -> str:
        """As in any language, but ``9,81 segundos`` ends in *un*."""
        said = super().number(printed, before=before)
        if "," in printed and len(before) > 1 and said.endswith("uno"):
            return re.sub(
                r"(?:(?<=t)iuno|uno)$", lambda match: "iún" if len(match.group()) > 3 else "un", said
            )
        return said

    def agreed(self, value: int, gender: str) -> str:
        """The number before a noun of a gender."""
        said = super().agreed(value, gender)
        if gender != "feminine" or value < 21_000:
            return said
        said = re.sub(r"(?:\bun|ún)(?= mil\b)", lambda m: m.group().replace("ú", "u") + "a", said)
        return re.sub(
            r"(?:cient|quinient)os(?= (?:\w+ (?:y \w+ )?)?mil\b)", lambda m: f"{m.group()[:-2]}as", said
        )


DAYS = "lun = lunes; mar = martes; mié = miércoles; jue = jueves; vie = viernes; sáb = sábado; dom = domingo"
LANGUAGE = words_of(
    Spanish,
    __file__,
    part=_part,
    of=lambda unit: f"de {unit}",
    abbreviations=short_weekdays(DAYS, "a", "cerrado"),
)


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """The whole row of Spanish."""
    return romance_rules(LANGUAGE, "Ortografía de la lengua española (RAE), números y abreviaturas")
