"""Turkish: its words, and per cent before the number."""

from __future__ import annotations

import re
from functools import cache

from spokenform import numerals
from spokenform.amounts import AMOUNTS
from spokenform.calendar import DAY_FIRST, DayFirst
from spokenform.frame import Kind, RuleFor, row
from spokenform.language import NUMBER, Language, roman
from spokenform.rewriting import Rule
from spokenform.word_file import words_of


class Turkish(DayFirst):
    """``12,5`` is twelve and a half; a figure before a suffix has it as a part."""

    def number(self, printed: str, *, before: str = "") -> str:
        """As in any language, but that of a half."""
        whole, _, part = printed.partition(",")
        if part in {"5", "50"} and whole.isdigit() and int(whole):
            return f"{self.cardinal(int(whole))} buçuk"
        return super().number(printed, before=before)

    def fraction(self, top: int, bottom: int) -> str:
        """``2/3`` is three's two: üçte iki."""
        if (top, bottom) == (1, 2):
            return self.half
        return (
            f"{_located(numerals.cardinal(bottom, 'tr'))} {numerals.cardinal(top, 'tr')}"
            if bottom > 1
            else ""
        )


def _located(said: str) -> str:
    """``üçte``, ``dörtte``, ``beşte``, ``onda``: the ending agrees with the last vowel and consonant."""
    vowel = re.findall("[aıoueiöü]", said)[-1]
    hard = said[-1] in "fstkçşhp"
    return said + ("t" if hard else "d") + ("e" if vowel in "eiöü" else "a")


def _clock(hour: int, minute: int, _before: str) -> str:
    rest = f" {numerals.cardinal(minute, 'tr')}" if minute else ""
    return f"{numerals.cardinal(hour, 'tr')}{rest}"


LANGUAGE = words_of(
    Turkish,
    __file__,
    clock=_clock,
    nth=lambda value, _end, _before: numerals.ordinal(value, "tr"),
)

SHARE = re.compile(
    rf"(?<![\w.,])(?:(?P<mark>[%‰])\s?(?P<before>{NUMBER})(?:\s?[-–]\s?(?P<to>{NUMBER}))?|(?P<after>{NUMBER})\s?(?P<last>[%‰]))"
)
TIMED = re.compile(r"(?<![\w.,:])(?P<h>[01]?\d|2[0-3])[.:](?P<m>[0-5]\d)['’](?P<ending>[a-zçğıöşü]+)")


def say_percentages(text: str, language: Language) -> str:
    """``%12,5`` and ``12,5%`` are yüzde on iki buçuk."""

    def share(match: re.Match[str]) -> str:
        word = language.percent if "%" in match.group() else language.permille
        first = language.number(match["before"] or match["after"])
        return f"{word} {first}" + (
            f" {language.until} {language.number(match['to'])}" if match["to"] else ""
        )

    return SHARE.sub(share, text)


def say_times_with_endings(text: str, _language: Language) -> str:
    """``19.30'da`` is on dokuz otuzda."""
    return TIMED.sub(lambda match: _clock(int(match["h"]), int(match["m"]), "") + match["ending"], text)


NTH = re.compile(r"(?<!\w)(?P<n>[IVX]{1,5})\.(?=\s[A-ZÇĞİÖŞÜ][a-zçğıöşü])")
ENDED = re.compile(
    r"(?<!\w)(sıfır|bir|iki|üç|dört|beş|altı|yedi|sekiz|dokuz|on|yirmi|otuz|kırk|elli|altmış|yetmiş|seksen|doksan|"
    r"yüz|bin|milyon|milyar|buçuk)['’](?=[a-zçğıöşü])"
)


def say_numerals(text: str, _language: Language) -> str:
    """``II. Abdülhamid`` is ikinci."""

    def nth(match: re.Match[str]) -> str:
        value = roman(match["n"])
        return numerals.ordinal(value, "tr") if value else match.group()

    return NTH.sub(nth, text)


def join_endings(text: str, _language: Language) -> str:
    """The ending of an amount is one word with it: yüzde iki virgül yediye."""
    return ENDED.sub(r"\1", text) if "'" in text else text


def say_suffixes(text: str, language: Language) -> str:
    """``2026'da`` is the number and its ending in one word: iki bin yirmi altıda."""
    return SUFFIXED.sub(lambda match: f"{language.number(match['n'])}{match['ending']}", text)


SUFFIXED = re.compile(rf"(?<![\w.,])(?P<n>{NUMBER})['’](?P<ending>[a-zçğıöşü]+)")


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """All rules of Turkish."""
    source = "Türk Dil Kurumu, Yazım Kılavuzu"
    own: dict[Kind, tuple[RuleFor[Turkish], ...]] = {
        Kind.TIMES: (RuleFor(say_times_with_endings, source, figures=True), *DAY_FIRST[Kind.TIMES]),
        Kind.PERCENTAGES: (RuleFor(say_percentages, source, figures=True),),
        Kind.NUMERALS: (RuleFor(say_numerals, source), *DAY_FIRST[Kind.NUMERALS]),
        Kind.SIGNS: (*DAY_FIRST[Kind.SIGNS], RuleFor(join_endings, source)),
        Kind.NUMBERS: (RuleFor(say_suffixes, source, figures=True), *AMOUNTS[Kind.NUMBERS]),
    }
    return row(LANGUAGE, {**DAY_FIRST, **own})
