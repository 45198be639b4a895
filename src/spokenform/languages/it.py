"""Italian: its words."""

from __future__ import annotations

import re
from functools import cache

from spokenform import numerals
from spokenform.frame import Kind, RuleFor
from spokenform.language import Language
from spokenform.languages.romance import Romance
from spokenform.languages.romance import rules as romance_rules
from spokenform.rewriting import Rule
from spokenform.word_file import words_of
from spokenform.word_lists import short_weekdays


def _part(bottom: int) -> tuple[str, str]:
    """``terzo``, ``dodicesimo``."""
    return numerals.ordinal(bottom, "it"), numerals.ordinal(bottom, "it", "masculine-plural")


class Italian(Romance):
    """Italian keeps the vowel of *ventuno* before *mila*."""

    def cardinal(self, value: int) -> str:
        """The number in words."""
        return super().cardinal(value).replace("tunmila", "tunomila")

    def agreed(self, value: int, gender: str) -> str:
        """The number before a noun of a gender."""
        return super().agreed(value, gender).replace("tunmila", "tunomila")


DAYS = (
    "lun = lunedì; mar = martedì; mer = mercoledì; gio = giovedì; ven = venerdì; sab = sabato; dom = domenica"
)
LANGUAGE = words_of(
    Italian,
    __file__,
    part=_part,
    of=lambda unit: f"di {unit}",
    last_ordinal=24,
    abbreviations=short_weekdays(DAYS, "a", "chiuso"),
)


AGED = re.compile(r"(?<![\w.,])(?P<n>\d{1,3})-?(?P<end>enn[ei]|ennale|enni[oa])\b")


def say_ages(text: str, language: Language) -> str:
    """``un 15enne`` is quindicenne, ``due 18enni`` diciottenni."""

    def aged(match: re.Match[str]) -> str:
        said = language.cardinal(int(match["n"]))
        said = said.replace("é", "e") if said.endswith(("tre", "tré")) else said[:-1]
        return said + match["end"]

    return AGED.sub(aged, text)


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """The whole row of Italian."""
    source = "Accademia della Crusca, numeri e abbreviazioni"
    return romance_rules(LANGUAGE, source, {Kind.COMPOUNDS: (RuleFor(say_ages, source),)})
