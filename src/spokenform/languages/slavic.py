"""What Russian and Polish share: nouns and numbers that agree, and the case behind a preposition."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

from spokenform import numerals
from spokenform.calendar import DayFirst
from spokenform.language import GAP, Names


@dataclass(frozen=True, eq=False)
class Slavic(DayFirst):
    """The words that Russian and Polish need besides.

    - `genitive`: a pattern of what a number stands in the genitive behind.
    - `after_one` and `after_two` tell the gender of a printed noun: behind one it is in the
      nominative, behind two to four in another form.
    - `with_decimals`: the words of a number with decimals, `governed_decimals` those in the genitive.
      `respelled` mends numbers.
    """

    genitive: str = ""
    after_one: Callable[[str], str] = lambda _noun: "masculine"
    after_two: Callable[[str], str] = lambda _noun: "masculine"
    with_decimals: Callable[[int, str], str] | None = None
    governed_decimals: Callable[[int, str], str] | None = None
    respelled: tuple[tuple[str, str], ...] = ()

    @cached_property
    def dictionary(self) -> frozenset[str]:
        """The nouns that are handed in as a dictionary has them."""
        tables = (self.units, self.currencies, self.magnitudes)
        return frozenset(names[0] for table in tables for names in table.values()) | {self.cents[0]}

    def cardinal(self, value: int) -> str:
        """The number in words."""
        return self.mended(super().cardinal(value))

    def mended(self, said: str) -> str:
        """As it is usually said: *тысяча*, not *одна тысяча*."""
        for pattern, words in self.respelled:
            said = re.sub(pattern, words, said)
        return said

    def fraction(self, top: int, bottom: int) -> str:
        """``2/3``: its parts are feminine."""
        if (top, bottom) == (1, 2):
            return self.half
        if self.part is None or not 0 < top < bottom:
            return ""
        return f"{numerals.cardinal(top, self.tag, 'feminine')} {self.counted(str(top), self.part(bottom))}"

    def number(self, printed: str, *, before: str = "") -> str:
        """A number before a noun, which tells the gender of one and two."""
        whole, _, part = re.sub(GAP, "", printed).partition(",")
        if part and self.with_decimals and len(part) < 4 and len(whole) < 10:
            return self.with_decimals(int(whole), part)
        if part or len(before) < 2 or before in self.particles or len(whole) > numerals.LONGEST:
            return super().number(printed, before="")
        category = numerals.plural(whole, self.tag)
        known = before in self.dictionary
        noun = before.split(maxsplit=1)[0]  # "stopień Celsjusza"
        gender = self.after_one(noun) if known or category == "one" else self.after_two(noun)
        agreeing = category in {"one", "few"}
        return (
            self.mended(numerals.cardinal(int(whole), self.tag, gender))
            if agreeing
            else super().number(whole)
        )


@cache
def _governed(language: Slavic) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<before>(?:{language.genitive})\s)(?P<amount>\d{{1,3}}(?:{GAP}\d{{3}})+|\d{{1,9}})(?:,(?P<part>\d{{1,3}}))?(?![\w:/-]|[.,]\d)"
        rf"(?:\s?(?P<magnitude>{language.magnitude})(?!\w))?(?:\s?(?P<unit>{language.sign}|{language.unit}|%)(?![\w/]))?",
        re.IGNORECASE,
    )


def say_governed(text: str, language: Slavic) -> str:
    """``более 50%`` is in the genitive: более пятидесяти процентов."""

    def governed(match: re.Match[str]) -> str:
        amount = int(re.sub(GAP, "", match["amount"]))
        if match["part"]:
            return _governed_decimals(match, amount, language)
        if 1100 < amount < 2100 and not match["unit"] and not match["magnitude"]:
            return match.group()  # rather a year
        unit = _names(match["unit"], language)
        names = language.magnitudes.get(match["magnitude"]) or unit
        following = re.match(r"\s([^\W\d_]+)", match.string[match.end() :])
        gender = language.after_one(names[0] if names else following[1] if following else "")
        said = numerals.cardinal(amount, language.tag, f"{gender}-genitive")
        one = numerals.plural(str(amount), language.tag) == "one"
        named = f" {language.form('other' if one else 'many', names)}" if names else ""
        if match["magnitude"] and unit:
            named += f" {language.of_million(unit)}"
        return f"{match['before']}{said}{named}"

    return _governed(language).sub(governed, text)


def _governed_decimals(match: re.Match[str], amount: int, language: Slavic) -> str:
    """``до 2,7%``: what is counted stays in the genitive of one."""
    names = language.magnitudes.get(match["magnitude"]) or _names(match["unit"], language)
    if language.governed_decimals is None:
        return match.group()
    said = f"{match['before']}{language.governed_decimals(amount, match['part'])}"
    named = f" {language.form('other', names)}" if names else ""
    if match["magnitude"] and (unit := _names(match["unit"], language)):
        named += f" {language.of_million(unit)}"
    return said + named


def _names(printed: str | None, language: Slavic) -> Names:
    if not printed:
        return ()
    if printed == "%":
        return tuple(language.percent.split("/"))
    return language.currencies.get(printed) or language.units.get(printed, ())
