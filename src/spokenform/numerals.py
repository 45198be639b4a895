"""Words for numbers by the spell-out rules of Unicode CLDR, each worked out once.

A language has rule sets for numbering (*eins*), for genders and cases before a noun
(``cardinal``, ``feminine``), and for ordinals. They take milliseconds to read, so those of a
language are read when its first number is met. Languages are named as CLDR names them, ``pt_PT``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unicode_rbnf import RbnfEngine

# Longer numbers are no amounts, and some languages have no word for them.
LONGEST = 15
NUMBERING = "spellout-numbering"


@cache
def _engine(language: str) -> RbnfEngine | None:
    from unicode_rbnf import RbnfEngine  # noqa: PLC0415 - it is loaded with the first number

    try:
        return RbnfEngine.for_language(language)
    except ValueError:
        return None


@cache
def speaks(language: str) -> bool:
    """Whether numbers can be put into words of this language."""
    return _engine(language) is not None


@lru_cache(8192)
def spelled(value: int, language: str, *rule_sets: str) -> str:
    """The number by the first of these rule sets that the language has; nothing without any."""
    return next(filter(None, (_said(value, language, name) for name in rule_sets)), "")


def cardinal(value: int, language: str, form: str = "") -> str:
    """The number in words, before a noun in the form that it asks for: ``feminine``."""
    said = spelled(value, language, f"spellout-cardinal-{form}") if form else ""
    return said or spelled(value, language, NUMBERING, "spellout-cardinal")


def ordinal(value: int, language: str, form: str = "masculine") -> str:
    """The ordinal in words."""
    return spelled(value, language, f"spellout-ordinal-{form}", "spellout-ordinal")


def year(value: int, language: str) -> str:
    """The number of a year, where the language says it otherwise than an amount."""
    return spelled(value, language, "spellout-numbering-year", NUMBERING)


def digits(figures: str, language: str) -> str:
    """Figure by figure; whatever is no figure parts them."""
    return " ".join(cardinal(int(figure), language) for figure in figures if figure.isdecimal())


@lru_cache(1024)
def decimal(whole: str, part: str, language: str) -> str:
    """``4,5`` in words, with the language's own word for the comma; nothing when it has none."""
    engine = _engine(language)
    sets = [name for name in engine.rulesets if name.startswith("spellout-cardinal")] if engine else []
    return next(filter(None, (_said(f"{whole}.{part}", language, name) for name in (NUMBERING, *sets))), "")


def _said(number: int | str, language: str, rule_set: str) -> str:
    """By one rule set; nothing where it has no rule for the number.

    The sign for nought in Chinese numerals is no letter, so its character is put in its place.
    """
    from unicode_rbnf.engine import RbnfError  # noqa: PLC0415 - see above

    engine = _engine(language)
    if engine is None or rule_set not in engine.rulesets:
        return ""
    try:
        said = engine.format_number(number, ruleset_names=[rule_set]).text
    except (RbnfError, RecursionError):
        return ""
    return "" if re.search(r"\d", said) else " ".join(said.replace("\u200b", "").replace("〇", "零").split())


@lru_cache(2048)
def plural(amount: str, language: str) -> str:
    """The plural category of CLDR for an amount with a decimal point: ``one``, ``few``, ``other``."""
    from unicode_rbnf.plural_rules import get_plural_category  # noqa: PLC0415 - see above

    return get_plural_category(language, Decimal(amount))
