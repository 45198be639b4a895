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


def _part(bottom: int) -> tuple[str, str]:
    """``terzo``, ``dodicesimo``."""
    return numerals.ordinal(bottom, "it"), numerals.ordinal(bottom, "it", "masculine-plural")


LANGUAGE = words_of(Romance, __file__, part=_part, of=lambda unit: f"di {unit}", last_ordinal=24)


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
