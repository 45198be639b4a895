"""Fractions, for every language that writes its decimals with a comma."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from spokenform.language import Language

# What marks are given out of.
OUT_OF = frozenset(("5", "10", "20", "100"))
# "4,5/5" is out of five.
RATING = re.compile(r"(?<![\w.,/])(\d{1,2},\d)/(5|10|20|100)(?![\w/]|[.,]\d)")
FRACTION = re.compile(
    r"(?<![\w.,/])(?:(?P<whole>\d{1,3}) )?(?P<top>\d{1,2})/(?P<bottom>\d{1,4})(?![\w/]|[.,]\d)"
)
# The sets of a match: "6/4, 3/6 e 7/6".
SETS = re.compile(
    r"(?<![\w./])(?=[0-7/, \w]{0,24}(?:6/[0-4]|7/[56]))[0-7]/[0-7](?:(?:,|\s\w{1,3})\s[0-7]/[0-7])+(?![\w/])"
)
BETWEEN_DEGREES = re.compile(r"(?<![\w.,/])(-?\d{1,2})/(\d{1,2})(?=\s?°)")
VULGAR = re.compile(r"(?:(?P<whole>\d+)\s?)?(?P<part>[½¼¾⅐-⅞])")


def say_fractions(text: str, language: Language) -> str:
    """``3/4``, ``½``; those that have a name."""

    def fraction(match: re.Match[str]) -> str:
        return _fraction(match, language) or match.group()

    text = VULGAR.sub(_written_out, text)
    if language.out_of and "/" in text:
        text = RATING.sub(rf"\1 {language.out_of} \2", text)
    if language.aged and "/" in text:
        text = _ages(language).sub("-", text)
    if "/" not in text:
        return text
    text = SETS.sub(lambda match: match.group().replace("/", f" {language.score} "), text)
    text = BETWEEN_DEGREES.sub(r"\1-\2", text)
    return FRACTION.sub(fraction, text)


def _written_out(match: re.Match[str]) -> str:
    """``2½`` is 2 1/2."""
    part = unicodedata.normalize("NFKC", match["part"]).replace("⁄", "/")
    return f"{match['whole']} {part}" if match["whole"] else part


def _fraction(match: re.Match[str], language: Language) -> str:
    before = match.string[: match.start()]
    marked = before.endswith(f" {language.one} ") or (language.marks and _marks(language).search(before))
    if _named(match, language):
        return f"{match['top']} {match['bottom']}"
    if language.out_of and marked and match["top"] != "1" and match["bottom"] in OUT_OF:
        return f"{match['top']} {language.out_of} {match['bottom']}"
    said = language.fraction(int(match["top"]), int(match["bottom"]))
    if match["whole"] and language.and_half and (match["top"], match["bottom"]) == ("1", "2"):
        return f"{language.cardinal(int(match['whole']))} {language.conjunction} {language.and_half}"
    half = (match["top"], match["bottom"]) == ("1", "2")
    again = re.search(rf"\b{language.one} $", before, re.IGNORECASE)  # "un 1/4"
    if again or (match["whole"] and half):
        said = said.removeprefix(f"{language.one} ")  # "two and a half", without its article
    if said and match["whole"]:
        return f"{language.cardinal(int(match['whole']))} {language.conjunction} {said}"
    return said


def _named(match: re.Match[str], language: Language) -> bool:
    """Whether the figures are a month and its year, or a name: ``12/2024``, ``taille 38/40``."""
    if not match["whole"] and re.fullmatch(r"(?:19|20)\d\d", match["bottom"]):
        return True
    before = match.string[: match.start()]
    return (
        bool(language.labels) and re.search(rf"\b(?:{language.labels})\s$", before, re.IGNORECASE) is not None
    )


@cache
def _part_of_unit(language: Language) -> re.Pattern[str]:
    """A unit behind a part: ``½ l``, ``2 1/2 kg``; a lone capital is rather a letter."""
    return re.compile(
        rf"(?P<part>(?<![\w.,/])(?P<whole>\d{{1,3}}\s?)??(?:[½¼¾⅐-⅞]|(?<!\d)[1-9]/\d{{1,2}}))\s?(?P<unit>{language.unit})(?![\w/²³])(?<![A-Z])"
    )


def name_units_of_parts(text: str, language: Language) -> str:
    """``½ l`` is half a litre, ``¾ kg`` three quarters of a kilo: the unit by its name, before its part."""

    def named(match: re.Match[str]) -> str:
        names = language.units[match["unit"]]
        if match["whole"]:
            return f"{match['part']} {language.form('other', names)}"
        half = match["part"] in {"½", "1/2"}
        return f"{match['part']} {names[0] if half else language.of(names[0])}"

    return _part_of_unit(language).sub(named, text) if "/" in text or not text.isascii() else text


@cache
def _ages(language: Language) -> re.Pattern[str]:
    """The slash of ``25/34 ans``."""
    return re.compile(rf"(?<=(?<![\w.,/])[1-8]\d)/(?=[2-9]\d (?:{language.aged})\b)")


@cache
def _marks(language: Language) -> re.Pattern[str]:
    return re.compile(
        rf"(?:\b(?:{language.marks})\w*:?\s(?:\w{{1,3}}\s){{0,2}}"
        rf"|\d {language.out_of} \d{{1,3}}(?:,| \w{{1,2}}) )$"
    )
