"""Dates, times and years for languages that write them day first and say them in the order printed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from spokenform import numerals
from spokenform.common_rules import COMMON, UPPER, say_chapters, say_other_numerals
from spokenform.frame import Kind, RuleFor
from spokenform.language import Language, full_year, roman

CLDR = "Unicode CLDR 46"


@dataclass(frozen=True, eq=False)
class DayFirst(Language):
    """The words that dates and times need besides.

    - `day` and `year` give the words of a number, and are told the text before it; the cardinal and
      the number of a year where they are missing. `year_word`: a pattern of what may stand behind a
      year, said as `year_said`.
    - `clock`: hour, minute and the text before to words; one behind the other where it is missing.
      `hour_word` may stand behind a time, `before_hours` is a pattern of what stands before one with
      a point.
    - `before_year`: a pattern of words behind which four figures are a year, `behind_year` likewise.
    - `ruler`: a name and its Roman numeral in words; behind one of `kings` a lone letter is a numeral too.
    - `ordinal_mark`: a pattern of what makes an ordinal of a figure, `nth` its words.
    """

    day: Callable[[int, str], str] | None = None
    year: Callable[[int, str], str] | None = None
    year_word: str = ""
    year_said: str = ""
    clock: Callable[[int, int, str], str] | None = None
    hour_word: str = ""
    before_hours: str = ""
    before_year: str = ""
    behind_year: str = ""
    ruler: Callable[[str, int], str] | None = None
    kings: frozenset[str] = frozenset()
    ordinal_mark: str = ""
    nth: Callable[[int, str, str], str] | None = None

    def said_day(self, value: int, before: str) -> str:
        """The day of a month."""
        return self.day(value, before) if self.day else self.cardinal(value)

    def said_year(self, value: int, before: str = "") -> str:
        """A year."""
        return self.year(value, before) if self.year else numerals.year(value, self.tag)


FIGURES = re.compile(
    r"(?<![\w.,/-])(?P<day>[0-3]?\d)(?P<mark>[./-])\s?(?P<month>[01]?\d)(?:(?P=mark)\s?|(?<=/\d)\s|(?<=/\d\d)\s)(?P<year>[12]\d{3}|\d\d)(?![\w/-]|[.,]\d)"
)
ISO = re.compile(r"(?<![\w-])(?P<year>\d{4})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\w-])")


@cache
def _named(language: DayFirst) -> re.Pattern[str]:
    era = rf"(?:\s?(?P<era>{language.year_word})(?!\w))?" if language.year_word else "(?P<era>)"
    return re.compile(
        rf"(?<![\w.,])(?:(?P<low>[0-3]?\d)\.?\s?[-–]\s?)?(?P<day>[0-3]?\d)\.?\s(?P<month>{language.month})"
        rf"(?:,?\s(?P<year>[12]\d{{3}}){era})?(?!\w)",
        re.IGNORECASE,
    )


@cache
def _spans(language: DayFirst) -> re.Pattern[str]:
    """The first day of ``12 okt.–7 jan.``, and the dash behind it."""
    return re.compile(
        rf"(?<![\w.,])(?P<day>[0-3]?\d)\.?\s(?P<month>{language.month})\s?[-–]\s?(?=[0-3]?\d\.?\s(?:{language.month}))",
        re.IGNORECASE,
    )


@cache
def _lone_month(language: DayFirst) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<month>{'|'.join(language.months)})\s(?P<year>[12]\d{{3}})(?![\w]|[.,]\d)")


def say_dates(text: str, language: DayFirst) -> str:
    """``3 november 2026``, ``3.11.2026`` and ``2026-11-03``."""

    def date(match: re.Match[str]) -> str:
        given = match.groupdict()
        day, month = int(given["day"]), given["month"]
        number = int(month) if month.isdigit() else 0
        if not 1 <= day <= 31 or (month.isdigit() and not 1 <= number <= 12):
            return match.group()
        before = match.string[: match.start()]
        named = language.months[number - 1] if number else language.month_name(month)
        low = f"{language.said_day(int(given['low']), before)} {language.until} " if given.get("low") else ""
        said = f"{low}{language.said_day(day, before)} {named}"
        if not given["year"]:
            return said
        era = f" {language.year_said}" if language.year_said else ""
        return f"{said} {language.said_year(full_year(given['year']), before)}{era}"

    text = _spans(language).sub(lambda match: f"{match['day']} {match['month']} {language.until} ", text)
    text = _named(language).sub(date, text)
    for pattern in (FIGURES, ISO):
        text = pattern.sub(date, text)
    return _lone_month(language).sub(
        lambda match: f"{match['month']} {language.said_year(int(match['year']))}", text
    )


@cache
def _clocks(language: DayFirst) -> tuple[re.Pattern[str], ...]:
    hour, end = r"(?P<h>[01]?\d|2[0-4])", r"(?![\w:]|[.,]\d)"
    word = rf"(?P<word>\s?(?:{language.hour_word})(?!\w))" if language.hour_word else "(?P<word>(?!))"
    before = rf"(?P<before>\b(?:{language.before_hours})\s)" if language.before_hours else "(?P<before>(?!))"
    return (
        re.compile(rf"{before}{hour}[.:](?P<m>[0-5]\d){word}?{end}(?!\s?%)"),
        re.compile(rf"(?P<before>)(?<![\w.,:]){hour}:(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?{word}?{end}"),
        re.compile(rf"(?P<before>)(?<![\w.,:]){hour}\.(?P<m>[0-5]\d){word}{end}"),
    )


def say_times(text: str, language: DayFirst) -> str:
    """``19:30``, and ``19.30`` beside a word that only times have."""

    def time(match: re.Match[str]) -> str:
        hour, minute = int(match["h"]), int(match["m"])
        before = match["before"] or match.string[: match.start()]
        word = (match["word"] or "").strip()
        if language.clock:
            said = language.clock(hour, minute, before)
        else:
            said = f"{language.cardinal(hour)}{f' {language.cardinal(minute)}' if minute else ''}"
        seconds = match.groupdict().get("s")
        said += f" {language.cardinal(int(seconds))}" if seconds and int(seconds) else ""
        return f"{match['before']}{said}" + (f" {word}" if word and word not in said else "")

    for pattern in _clocks(language):
        text = pattern.sub(time, text)
    return text


@cache
def _years(language: DayFirst) -> re.Pattern[str]:
    plain = r"(?<![\w.,/-])(?P<year>1[1-9]\d\d|20\d\d)"
    parts = [
        r"(?P<span>(?<![\w.,/-])(?P<a>1[1-9]\d\d|20\d\d)\s?[-–]\s?(?P<b>1[1-9]\d\d|20\d\d)(?![\w-]|[.,]\d))"
    ]
    if language.before_year:
        parts.append(
            rf"(?P<before>\b(?:{language.before_year})\s)(?P<led>[12]\d{{3}})(?![\w%]|[.,]\d|\s?[-–]\s?\d)"
        )
    if language.behind_year:
        parts.append(rf"{plain}(?=\s(?:{language.behind_year})(?!\w))")
    return re.compile("|".join(parts), re.IGNORECASE)


def say_years(text: str, language: DayFirst) -> str:
    """Four figures beside a word that tells a year, and ``1939-1945``."""

    def year(match: re.Match[str]) -> str:
        given = match.groupdict()
        if given["span"]:
            first, last = (language.said_year(int(given[key])) for key in "ab")
            return f"{first} {language.until} {last}"
        before = given.get("before") or ""
        value = int(given.get("led") or given["year"])
        return before + language.said_year(value, match.string[: match.start()] + before)

    return _years(language).sub(year, text)


@cache
def _ordinals(language: DayFirst) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,])(?P<n>\d{{1,4}})(?P<end>{language.ordinal_mark})")


def say_ordinals(text: str, language: DayFirst) -> str:
    """A figure with what makes an ordinal of it: ``3e``, ``3:e``, ``3-й``."""
    nth = language.nth
    if not language.ordinal_mark or nth is None:
        return text
    return _ordinals(language).sub(
        lambda match: nth(int(match["n"]), match["end"], match.string[: match.start()]) or match.group(), text
    )


RULER = re.compile(
    rf"(?<!\w)(?P<name>[{UPPER}][^\W\d_A-Z]{{2,}})\s(?P<n>[IVX]{{2,}}|[IVX](?!\.\s?[{UPPER}]))(?![\w'’-])"
)


def say_rulers(text: str, language: DayFirst) -> str:
    """``Karl XII`` is den tolfte, ``Николая II`` второго."""
    told = language.ruler
    if told is None:
        return text

    def ruler(match: re.Match[str]) -> str:
        value, name = roman(match["n"]), match["name"]
        if not value or value > 30 or (len(match["n"]) == 1 and name not in language.kings):
            return match.group()
        return told(name, value)

    return RULER.sub(ruler, text)


DAY_FIRST: dict[Kind, tuple[RuleFor[DayFirst], ...]] = {
    **COMMON,
    Kind.DATES: (RuleFor(say_dates, f"{CLDR}, dates", figures=True),),
    Kind.TIMES: (RuleFor(say_times, f"{CLDR}, times", figures=True),),
    Kind.NUMERALS: (
        RuleFor(say_chapters, "observed in newspapers"),
        RuleFor(say_rulers, "observed in newspapers"),
        RuleFor(say_other_numerals, "observed in newspapers"),
    ),
    Kind.ORDINALS: (RuleFor(say_ordinals, f"{CLDR}, spelled-out ordinals", figures=True),),
    Kind.YEARS: (RuleFor(say_years, f"{CLDR}, spelled-out years", figures=True),),
}
