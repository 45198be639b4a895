"""What Spanish, Italian and Portuguese share: dates, hours, ordinals, kings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from newsexport.narration.spoken.rules import Rule
from newsexport.narration.spoken.shape import rules as row
from newsexport.narration.spoken.tongue import Tongue, full_year, roman


@dataclass(frozen=True, eq=False)
class Romance(Tongue):
    """A tongue with the words these languages need besides.

    `first` is the first day of a month, `link` what joins day, month and year. `ordinals`
    are one to ten and then those that are regular; `kings` are names that rulers bore, said
    with ordinals up to `last_ordinal`. `hour` is what follows the hour, `and_minutes` what
    joins the minutes. `agreement` makes the end of a number feminine, as patterns and what they become;
    `of_year` stands between the number of a law and its year.
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
    agreement: tuple[tuple[str, str], ...] = ()
    of_year: str = "de"

    def number(self, printed: str, *, before: str = "") -> str:
        """As for any tongue, but it agrees with a noun: *veintiún*, *veintiuna*, *duzentas*."""
        said = super().number(printed, before=before)
        if before in self.particles or "," in printed:
            return said
        if before and self.is_feminine(before):
            for pattern, feminine in self.agreement:
                said = re.sub(pattern, feminine, said)
            return said
        for full, short in self.apocope.items():
            said = re.sub(rf"{full}(?= mil\b)", short, said)
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
        year = full_year(printed) if printed else 0
        full = f"{tongue.link}{tongue.cardinal(year)}" if year else ""
        return f"{named}{tongue.link}{tongue.month_name(month).lower()}{full}"

    for pattern in _dates(tongue):
        text = pattern.sub(date, text)
    return text


CLOCK = re.compile(r"(?<![\w.,:])(?P<h>[012]?\d)(?:\s?h\s?|:)(?P<m>[0-5]\d)(?:\s?(?:min|h|hs?))?(?![\w:])")
DOTTED = re.compile(r"(?P<before>\b(?:ore|alle|dalle|las|às|as)\s)(?P<h>[012]?\d)[.](?P<m>[0-5]\d)(?![\w.])")
UNTIL = re.compile(r"(?<=[:h]\d\d)(?:\s?h)?\s?[-–]\s?(?=\d{1,2}[:h]\d\d)")
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

    text = UNTIL.sub(f" {tongue.until} ", text)
    text = DOTTED.sub(clock, CLOCK.sub(clock, text))
    return HOURS.sub(lambda match: f"{tongue.cardinal(int(match['h']))} {tongue.hour}", text)


PHONE = re.compile(
    r"(?P<before>\b(?:[Tt]el(?:[eé]fono|efone)?|[Cc]elular|[Mm]óvil|[Cc]ellulare|[Ff]ax)\b\.?:?\s)"
    r"(?P<number>[+(]?\d[\d\s().-]{5,}\d)|(?P<bare>\+\d[\d\s().-]{7,}\d)"
)
LAW = re.compile(
    r"(?P<law>\b(?:[Ll]ey|[Ll]egge|[Ll]ei|[Dd]ecreto(?:[\s-][Ll]e[yg]\w*)?|[Dd]irectiva|[Dd]irettiva|[Dd]iretiva)\s"
    r"(?:[Oo]rgánica\s|[Cc]omplementar\s|n[.º°]*\s)?)(?P<n>\d{1,2}(?:\.\d{3})|\d{1,5})/(?P<year>\d{4}|\d\d)\b"
)
HALF = re.compile(r"(?<![\w.,])(?P<n>\d{1,3})\s?½\s(?P<noun>[^\W\d_]+)")
MINUTE = re.compile(r"(?<=\d)'(?=\W|$)")


def say_telephones(text: str, tongue: Romance) -> str:
    """A telephone number is said figure by figure."""

    def phone(match: re.Match[str]) -> str:
        figures = match["number"] or match["bare"]
        plus = f"{tongue.plus} " if figures.startswith("+") else ""
        said = " ".join(tongue.cardinal(int(figure)) for figure in figures if figure.isdigit())
        return f"{match['before'] or ''}{plus}{said}"

    return PHONE.sub(phone, text)


def say_laws(text: str, tongue: Romance) -> str:
    """``Ley 39/2015`` is thirty-nine of two thousand and fifteen."""
    return LAW.sub(rf"\g<law>\g<n> {tongue.of_year} \g<year>", text)


def say_halves(text: str, tongue: Romance) -> str:
    """``3 ½ horas`` is three hours and a half."""

    def half(match: re.Match[str]) -> str:
        said = tongue.fractions["½"].rpartition(" ")[2]
        agreed = f"{said[:-1]}a" if tongue.is_feminine(match["noun"]) else said
        number = tongue.number(match["n"], before=match["noun"])
        return f"{number} {match['noun']} {tongue.conjunction} {agreed}"

    return MINUTE.sub("", HALF.sub(half, text))


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
    own = (
        (say_telephones, "ITU-T E.123; observed"),
        (say_laws, source),
        (say_halves, source),
        (say_dates, source),
        (say_times, source),
        (say_roman_numerals, source),
        (say_ordinals, source),
    )
    return row(tongue, own)
