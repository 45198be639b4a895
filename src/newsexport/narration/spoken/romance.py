"""What Spanish, Italian and Portuguese share: dates, hours, ordinals, kings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from newsexport.narration.spoken.rules import Rule
from newsexport.narration.spoken.shape import rules as row
from newsexport.narration.spoken.tongue import Tongue, roman


@dataclass(frozen=True, eq=False)
class Romance(Tongue):
    """A tongue with the words these languages need besides.

    `first` is the first day of a month, `link` what joins day, month and year. `ordinals`
    are one to ten and then those that are regular; `kings` are names that rulers bore, said
    with ordinals up to `last_ordinal`. `hour` is what follows the hour, `and_minutes` what
    joins the minutes.
    """

    first: str = ""
    link: str = " "
    hour: str = ""
    and_minutes: str = " "
    ordinals: tuple[str, ...] = ()
    kings: frozenset[str] = frozenset()
    last_ordinal: int = 10
    centuries: str = ""
    century_ordinal: bool = False
    apocope: Mapping[str, str] = field(default_factory=dict)

    def number(self, printed: str, *, before: str = "") -> str:
        """As for any tongue, with the short form before a noun: *veintiún*."""
        said = super().number(printed, before=before)
        for full, short in self.apocope.items():
            if before and said.endswith(full) and not said.endswith(f"{self.comma} {full}"):
                return said.removesuffix(full) + short
        return said

    def ordinal(self, value: int, *, feminine: bool = False) -> str:
        """*segundo*, *seconda*; beyond those that are in use, the number."""
        said = self.ordinals[value - 1] if 0 < value <= len(self.ordinals) else self.cardinal(value)
        return said[:-1] + "a" if feminine and said.endswith("o") else said


@cache
def _dates(tongue: Romance) -> tuple[re.Pattern[str], ...]:
    link = r"\s(?:de\s)?" if "de" in tongue.link else r"\s"
    return (
        re.compile(
            rf"(?<![\w.,])(?P<day>[0-3]?\d)(?P<nth>[.]?[º°ª])?{link}(?P<month>{tongue.month})(?:{link}(?P<year>[12]\d{{3}}))?(?!\w)",
            re.IGNORECASE,
        ),
        re.compile(
            r"(?<![\w.,/])(?P<day>[0-3]?\d)[/.](?P<month>[01]?\d)[/.](?P<year>[12]\d{3}|\d\d)(?![\w/])"
        ),
        re.compile(r"(?<![\w-])(?P<year>\d{4})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\w-])"),
    )


def say_dates(text: str, tongue: Romance) -> str:
    """``3 de noviembre de 2026``, ``1º maggio``, ``03/11/2026``."""

    def date(match: re.Match[str]) -> str:
        day, month = int(match["day"]), match["month"]
        if month.isdigit():
            if not (1 <= day <= 31 and 1 <= int(month) <= 12):
                return match.group()
            month = tongue.months[int(month) - 1]
        named = tongue.first if day == 1 else tongue.cardinal(day)
        printed = match["year"] or ""
        year = int(printed) + (2000 if len(printed) == 2 else 0) if printed else 0
        full = f"{tongue.link}{tongue.cardinal(year)}" if year else ""
        return f"{named}{tongue.link}{tongue.month_name(month).lower()}{full}"

    for pattern in _dates(tongue):
        text = pattern.sub(date, text)
    return text


CLOCK = re.compile(r"(?<![\w.,:])(?P<h>[012]?\d)(?:\s?h\s?|:)(?P<m>[0-5]\d)(?:\s?(?:min|h|hs?))?(?![\w:])")
DOTTED = re.compile(r"(?P<before>\b(?:ore|alle|dalle|las|às|as)\s)(?P<h>[012]?\d)[.](?P<m>[0-5]\d)(?![\w.])")
HOURS = re.compile(r"(?<![\w.,:])(?P<h>\d{1,2})\s?h(?:s|rs)?\b")


def say_times(text: str, tongue: Romance) -> str:
    """``19:30``, ``ore 19.30``, ``19h30``."""

    def clock(match: re.Match[str]) -> str:
        before = match.groupdict().get("before") or ""
        hour = tongue.cardinal(int(match["h"])) + (
            f" {tongue.hour}" if tongue.language.startswith("pt") else ""
        )
        if match["m"] == "00":
            return before + hour
        return f"{before}{hour}{tongue.and_minutes}{tongue.cardinal(int(match['m']))}"

    text = DOTTED.sub(clock, CLOCK.sub(clock, text))
    return HOURS.sub(lambda match: f"{tongue.cardinal(int(match['h']))} {tongue.hour}", text)


NTH = re.compile(r"(?<![\w,])(?P<n>\d{1,3})(?P<end>[.]?[ºªo°]|\.?er|[.]ª)(?![\w°])")
KING = re.compile(r"\b(?P<name>[A-ZÀ-Þ][a-zà-ÿ]+)\s(?P<n>[IVX]+)\b(?!['’.][A-Z])")
COUNTED = re.compile(
    r"\b(?P<name>[Cc]ap[ií]tulo|[Cc]apitolo|[Aa]cto|[Aa]tto|[Aa]to|[Pp]art[ei]|[Aa]rt[ií]c(?:ul|ol|l)o|[Tt]omo|[Ff]ase|[Ll]iga|"
    r"[Tt]ítulo|[Mm]undial[e]?|[Aa]pollo|[Ff]ascia)\s(?P<n>[IVXL]+)\b"
)


def say_ordinals(text: str, tongue: Romance) -> str:
    """``1.º``, ``2ª``, ``3er``."""

    def nth(match: re.Match[str]) -> str:
        said = tongue.ordinal(int(match["n"]), feminine="ª" in match["end"])
        return said[:-1] if match["end"].endswith("er") and said.endswith(("ero", "rimo")) else said

    return NTH.sub(nth, text)


@cache
def _century(tongue: Romance) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:(?P<before>{tongue.centuries})\s(?P<n>[IVX]+)|(?P<first>[IVX]+)\s(?P<after>{tongue.centuries}))\b"
    )


def say_roman_numerals(text: str, tongue: Romance) -> str:
    """``siglo XX`` is veinte, ``XX secolo`` ventesimo, ``Felipe VI`` sexto."""

    def century(match: re.Match[str]) -> str:
        value = roman(match["n"] or match["first"])
        if not value:
            return match.group()
        said = tongue.ordinal(value) if tongue.century_ordinal else tongue.cardinal(value)
        return f"{match['before']} {said}" if match["before"] else f"{said} {match['after']}"

    def king(match: re.Match[str]) -> str:
        value = roman(match["n"])
        if not value or (match["name"] not in tongue.kings and match["n"] not in {"II", "III", "IV"}):
            return match.group()
        said = tongue.ordinal(value) if value <= tongue.last_ordinal else tongue.cardinal(value)
        return f"{match['name']} {said}"

    def chapter(match: re.Match[str]) -> str:
        value = roman(match["n"])
        return f"{match['name']} {tongue.cardinal(value)}" if value else match.group()

    return KING.sub(king, COUNTED.sub(chapter, _century(tongue).sub(century, text)))


def rules(tongue: Romance, source: str) -> tuple[Rule, ...]:
    """The whole row of one of these languages."""
    own = ((say_dates, source), (say_times, source), (say_roman_numerals, source), (say_ordinals, source))
    return row(tongue, own)
