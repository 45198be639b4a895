"""What Chinese and Japanese share: no spaces between words, and a point before decimals."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from spokenform import general, numerals
from spokenform.frame import Kind, RuleFor, row
from spokenform.rewriting import Rule

# Some print decimals behind a comma; no thousands have one or two figures.
NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+|,\d{1,2}(?!\d))?"


@dataclass(frozen=True, eq=False)
class Wide:
    """The words of such a language; templates take what is said at ``{}``.

    - `date` takes year, month and day, `hour` and `minute` a figure each.
    - `fraction` takes the lower figure first; `speed` an amount of kilometres an hour.
    - `below`: before a temperature below nought. `year`: the words of a year.
    - `amount`: a number before a word, where some are said otherwise than alone.
    """

    tag: str
    point: str
    percent: str
    permille: str
    minus: str
    below: str
    date: str
    hour: str
    minute: str
    fraction: str
    speed: str
    score: str
    until: str
    dot: str
    signs: Mapping[str, str]
    currencies: Mapping[str, str]
    units: Mapping[str, str]
    year: Callable[[str], str]
    amount: Callable[[str, str], str] = field(default=lambda said, _following: said)

    def number(self, printed: str, following: str = "") -> str:
        """``1,234.5`` in words; what is long or begins with a nought figure by figure."""
        whole, _, part = re.sub(r",(?=\d{1,2}$)", ".", printed).replace(",", "").partition(".")
        if len(whole) > numerals.LONGEST or (len(whole) > 1 and whole.startswith("0")):
            return self.digits(whole)
        said = numerals.cardinal(int(whole), self.tag)
        return f"{said}{self.point}{self.digits(part)}" if part else self.amount(said, following)

    def digits(self, figures: str) -> str:
        """Figure by figure."""
        return numerals.digits(figures, self.tag).replace(" ", "")


def name_addresses(text: str, wide: Wide) -> str:
    """``https://www.example.org/a?b=1`` is its host, its points said."""
    return general.ADDRESS.sub(lambda match: general.host(match.group()).replace(".", f" {wide.dot} "), text)


DAY = re.compile(
    r"(?<![\d./-])(?P<y>\d{4})(?P<mark>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=mark)(?P<d>0?[1-9]|[12]\d|3[01])(?![\d./-])"
)
TIME = re.compile(r"(?<![\d:.,])(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?![\d:]|[.,]\d)")
YEAR = re.compile(
    r"(?<![\d.,])(?P<a>\d{4})(?:\s?(?:[-–—~～至到]|から)\s?(?P<b>\d{4}))?\s?(?=年(?!间|間|後|后|前))"
)
PHONE = re.compile(
    r"(?<![A-Za-z\d.,-])(?:\+\d{1,3}[\s-]?)?0?\d{2,4}[-\s]\d{3,4}[-\s]\d{4}(?![A-Za-z\d-])|(?<![\d.,])1\d{10}(?![\d.,])|(?<![\d.,])0\d{1,3}-\d{7,8}(?!\d)"
)

RUNG = re.compile(r"(?<=[拨撥打电電])\d{3,6}(?![\d.,万萬亿億元个個])|(?<=[致拨撥][打电電])\d{3,6}(?![\d.,])")


SPAN = re.compile(r"(?:(?<=[日月年])|(?<=:\d\d))\s?[-–—~～〜]\s?(?=\d{1,4}[月日年:])")


def say_dates(text: str, wide: Wide) -> str:
    """``2026-11-29`` and ``2026年``."""

    def date(match: re.Match[str]) -> str:
        return wide.date.format(wide.year(match["y"]), *(wide.number(str(int(match[key]))) for key in "md"))

    def year(match: re.Match[str]) -> str:
        return wide.year(match["a"]) + (f"{wide.until}{wide.year(match['b'])}" if match["b"] else "")

    return YEAR.sub(year, DAY.sub(date, SPAN.sub(wide.until, text)))


def say_times(text: str, wide: Wide) -> str:
    """``6:30``, ``18:00``."""

    def time(match: re.Match[str]) -> str:
        said = wide.hour.format(wide.number(str(int(match["h"])), wide.hour.strip("{}")))
        minute = match["m"]
        if minute == "00":
            return said
        return said + wide.minute.format(
            wide.digits("0") * (minute[0] == "0") * (wide.tag != "ja") + wide.number(str(int(minute)))
        )

    return TIME.sub(time, text)


def say_telephones(text: str, wide: Wide) -> str:
    """A telephone number is said figure by figure, in its groups."""

    def phone(match: re.Match[str]) -> str:
        return "，".join(wide.digits(group) for group in re.findall(r"\d+", match.group()))

    return RUNG.sub(phone, PHONE.sub(phone, text))


@cache
def _amounts(wide: Wide) -> tuple[re.Pattern[str], ...]:
    low = rf"(?:(?P<low>{NUMBER})\s?[%％]?\s?(?:[-–—~～至到]|から)\s?)?"
    signs = "|".join(map(re.escape, sorted(wide.currencies, key=len, reverse=True)))
    units = "|".join(map(re.escape, sorted(wide.units, key=len, reverse=True)))
    scale = r"(?P<scale>[万萬億亿千百兆]*)"
    return (
        re.compile(rf"(?P<minus>(?<![A-Za-z\d)])[-−])?{low}(?P<n>{NUMBER})\s?(?P<unit>[%％‰])"),
        re.compile(
            rf"(?:(?P<sign>{signs})\s?{low}(?P<n>{NUMBER}){scale}|(?P<n2>{NUMBER})(?P<scale2>[万萬億亿千百兆]*)\s?(?P<sign2>{signs})(?![A-Za-z]))"
        ),
        re.compile(
            rf"(?P<minus>(?<![A-Za-z\d)])[-−])?{low}(?P<n>{NUMBER})\s?{scale}(?P<unit>{units})(?![A-Za-z²³/])"
        ),
    )


def say_amounts(text: str, wide: Wide) -> str:
    """``12.5%``, ``$20``, ``90km/h``, ``-5℃``."""

    def spanned(match: re.Match[str], said: str) -> str:
        return f"{wide.number(match['low'])}{wide.until}{said}" if match["low"] else said

    def share(match: re.Match[str]) -> str:
        form = wide.permille if match["unit"] == "‰" else wide.percent
        low = f"{form.format(wide.number(match['low']))}{wide.until}" if match["low"] else ""
        return f"{wide.minus if match['minus'] else ''}{low}{form.format(wide.number(match['n']))}"

    def money(match: re.Match[str]) -> str:
        behind = "2" if match["n2"] else ""
        scale, currency = match[f"scale{behind}"], wide.currencies[match[f"sign{behind}"]]
        said = wide.number(match[f"n{behind}"], scale)
        return f"{said if behind else spanned(match, said)}{scale}{currency}"

    def measure(match: re.Match[str]) -> str:
        unit = wide.units[match["unit"]]
        said = spanned(match, wide.number(match["n"], match["scale"] or unit)) + match["scale"]
        minus = (
            (wide.below if match["unit"] in {"℃", "°C", "°", "度"} else wide.minus) if match["minus"] else ""
        )
        return minus + (wide.speed.format(said) if match["unit"] == "km/h" else f"{said}{unit}")

    for pattern, function in zip(_amounts(wide), (share, money, measure), strict=True):
        text = pattern.sub(function, text)
    return text


FRACTION = re.compile(r"(?<![A-Za-z\d.,/])(?P<top>\d{1,2})/(?P<bottom>\d{1,3})(?![A-Za-z\d/]|[.,]\d)")
RATIO = re.compile(r"(?<![A-Za-z\d.,:：-])(?P<a>\d{1,3})\s?[:：]\s?(?P<b>\d{1,3})(?![\d:：])")
SCORE = re.compile(
    r"(?<![A-Za-z\d.,/-])(?P<a>\d{1,3})\s?[-–—]\s?(?P<b>\d{1,3})(?![A-Za-z\d/-]|[.,]\d)(?=(?P<won>[^\w]*(?:击败|战胜|险胜|大胜|逆转|で(?:勝|敗|破|下)|の勝))?)"
)
RANGE = re.compile(rf"(?<![A-Za-z\d.,/-])(?P<a>{NUMBER})\s?[-–—~～〜]\s?(?P<b>{NUMBER})(?![/-])")


def say_ratios(text: str, wide: Wide) -> str:
    """``1/3``, ``3:2``, ``10-15``: a fraction, a score, a range."""

    def score(match: re.Match[str]) -> str:
        first, second = int(match["a"]), int(match["b"])
        rises = first < second and not match["won"]
        return f"{wide.number(match['a'])}{wide.until if rises else wide.score}{wide.number(match['b'])}"

    text = FRACTION.sub(
        lambda match: wide.fraction.format(wide.number(match["bottom"]), wide.number(match["top"])), text
    )
    text = RATIO.sub(lambda match: f"{wide.number(match['a'])}{wide.score}{wide.number(match['b'])}", text)
    text = SCORE.sub(score, text)
    return RANGE.sub(lambda match: f"{match['a']}{wide.until}{match['b']}", text)


LEFT = re.compile(
    rf"(?P<minus>(?<![A-Za-z\d)])[-−](?=\d))?(?P<n>{NUMBER})(?P<gap> (?![A-Za-z\d]))?(?=(?P<next>\w?))"
)
MODEL = re.compile(r"(?<=[A-Za-z])-?(\d{3,})")


def say_numbers(text: str, wide: Wide) -> str:
    """Whatever figures are left, as they are said before what they count."""

    def number(match: re.Match[str]) -> str:
        minus = wide.minus if match["minus"] else ""
        return minus + wide.number(match["n"], match["next"])

    return LEFT.sub(number, MODEL.sub(lambda match: wide.digits(match[1]), text))


def say_signs(text: str, wide: Wide) -> str:
    """``&`` and its like by their names."""
    for sign, said in wide.signs.items():
        text = text.replace(sign, said)
    return text


def rules(wide: Wide, source: str) -> tuple[Rule, ...]:
    """All rules of one of these languages."""
    figures = {
        Kind.TELEPHONES: say_telephones, Kind.DATES: say_dates, Kind.TIMES: say_times,
        Kind.MONEY: say_amounts, Kind.RANGES: say_ratios, Kind.NUMBERS: say_numbers,
    }  # fmt: skip
    said = {kind: (RuleFor(function, source, figures=True),) for kind, function in figures.items()}
    plain = {
        Kind.ADDRESSES: (RuleFor(name_addresses, "RFC 3986"),),
        Kind.SIGNS: (RuleFor(say_signs, source),),
    }
    return row(wide, {**said, **plain})
