"""Currencies and amounts of money.

Names from the Unicode CLDR 46 (``en`` currencies); codes from ISO 4217; the signs with a
country's letter (``A$``, ``HK$``) as The Economist and the Financial Times write them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spokenform.languages.en.figures import Variety, cardinal, modifies, number
from spokenform.languages.en.tables import TABLES
from spokenform.word_lists import listed, pairs, rows


@dataclass(frozen=True, slots=True)
class Currency:
    """Names of one and of several, of a hundredth and of several; no hundredth where none is said."""

    one: str
    many: str
    cent: str = ""
    cents: str = ""


# Signs that stand before the figure, ISO 4217 codes, and the names of one, of several (an s where
# none is given), of a hundredth and of several.
TABLE = TABLES["money"]["table"]


def _currency(names: str) -> Currency:
    one, *more = names.split("/")
    return Currency(one, *(more or [f"{one}s"]))


# What stands before the figure, and ISO 4217 codes, which stand before it or after it.
SIGNS: dict[str, Currency] = {}
CODES: dict[str, Currency] = {}
for _written, _names in rows(TABLE):
    _signs, _codes = _written.split(" | ")
    SIGNS |= dict.fromkeys(_signs.replace("-", "").split(), _currency(_names))
    CODES |= dict.fromkeys(_codes.replace("-", "").split(), _currency(_names))
SIGNS["US $"] = SIGNS["US$"]
CODES["RMB"] = CODES["CNY"]
# What stands after the figure.
SUFFIXES = {sign: SIGNS[sign] for sign in listed("€ £ $ kr zł ₽ Kč Ft ¥ ₴ ₫ ₺")} | CODES
SUFFIXES["kr."] = SIGNS["kr"]

# A letter stands close to its figure; what is further off ("a $20 T-shirt") begins a word.
LETTERS = {"k": "thousand", "m": "million", "b": "billion", "t": "trillion"}
MAGNITUDES = LETTERS | pairs(TABLES["money"]["magnitudes"])


_AMOUNT = r"(?:(?:\d{1,3}(?:,\d{2,3})+|\d+)(?:\.\d+)?|\.\d{2,4})"
_WORDS = "|".join(sorted((word for word in MAGNITUDES if len(word) > 1), key=len, reverse=True))
_MAGNITUDE = rf"(?:[{''.join(LETTERS)}]|[\s-]?(?:{_WORDS}))(?![\w])(?!-(?!a-)\w*commerce)"
_SIGN = "|".join(map(re.escape, sorted(SIGNS | CODES, key=len, reverse=True)))
_SUFFIX = "|".join(map(re.escape, sorted(SUFFIXES, key=len, reverse=True)))

INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")
BEFORE = re.compile(
    rf"(?<![\w$£€.])(?P<minus>[-−–]\s?)?(?P<sign>{_SIGN})\s?(?P<amount>{_AMOUNT})"
    rf"(?:(?<=\.\d\d)p\b)?(?P<magnitude>(?i:{_MAGNITUDE}))?"
    rf"(?:\s?(?P<to>[-–]|to)\s?(?P<sign2>(?:{_SIGN})\s?)?(?P<amount2>{_AMOUNT})(?P<magnitude2>(?i:{_MAGNITUDE}))?)?"
    r"(?:\s(?P<code>USD|CAD|AUD|NZD|HKD|SGD|GBP|EUR)\b(?!\s[A-Z]))?(?![\d%])"
)
AFTER = re.compile(
    rf"(?<![\w.,$£€])(?P<minus>[-−]\s?)?(?P<amount>{_AMOUNT})(?P<magnitude>(?i:{_MAGNITUDE}))?"
    rf"\s?(?P<sign>{_SUFFIX})(?![\w\d])"
)
# A rate of exchange: "EUR/USD".
PAIR = re.compile(rf"(?<![\w/])(?P<one>{'|'.join(CODES)})/(?P<other>{'|'.join(CODES)})(?![\w/])")
RATE = re.compile(rf"(?<=\d)\s?/\s?(?:(?P<code>{'|'.join(CODES)})(?![\w/])|(?P<sign>[$£€¥])(?![\w/]))")
MINOR = re.compile(r"(?<![\w.,£€$])(?P<amount>(?:\d,)?\d{1,3}(?:\.\d)?)\s?(?P<sign>p|c|¢)(?![\w/²³]|\.\w)")
MINORS = {"p": ("penny", "pence"), "c": ("cent", "cents"), "¢": ("cent", "cents")}


# What stands glued to a rent or a price: "£1,450pcm".
GLUED = pairs(
    """pcm = per calendar month; pw = per week; pppw = per person per week; pppn = per person per night
    pp = per person; pa = a year; pd = a day; pn = a night; ph = an hour"""
)
RENT = re.compile(rf"(?P<amount>[$£€]\d[\d,]*(?:\.\d\d)?[km]?)\s?(?P<glued>{'|'.join(GLUED)})\b")


def say_money(text: str, variety: Variety) -> str:
    """``$4.5bn`` is four point five billion dollars, ``£3.20`` three pounds and twenty pence."""
    text = RENT.sub(lambda match: f"{match['amount']} {GLUED[match['glued']]}", text)
    if "/" in text:
        text = RATE.sub(
            lambda match: f" per {SIGNS[match['sign']].one if match['sign'] else _short(match['code'])}", text
        )
    text = PAIR.sub(lambda match: f"{_short(match['one'])} {_short(match['other'])}", text)
    text = BEFORE.sub(lambda match: _money(match, SIGNS | CODES, variety), text)
    return AFTER.sub(lambda match: _money(match, SUFFIXES, variety), text)


def _money(match: re.Match[str], known: dict[str, Currency], variety: Variety) -> str:
    currency = known[match["sign"]]
    if _is_label(match):
        return match.group()
    singular = modifies(match.string[: match.start()], match.string[match.end() :])
    groups = match.groupdict()
    currency = CODES.get(groups.get("code") or "", currency)
    minus = "minus " if match["minus"] else ""
    if groups.get("amount2"):
        return minus + _range(groups, currency, variety, singular=singular)
    return minus + _amount(match["amount"], match["magnitude"], currency, variety, singular=singular)


def _short(code: str) -> str:
    """In a pair of currencies the dollar is that of the United States, and needs no name."""
    return CODES[code].one.removeprefix("U S ")


def _is_label(match: re.Match[str]) -> bool:
    """``COP30`` and ``R2-D2`` are names."""
    sign = match["sign"]
    follows = match.string[match.end() : match.end() + 2]
    figures = len(match["amount"])
    return not match["magnitude"] and (
        sign in {"N", "W"}
        or (sign in {"COP", "RM", "TRY"} and figures < 3)
        or (
            sign == "R"
            and figures < 3
            and (follows[:1] == "-" or int(match["amount"].partition(".")[0] or 0) < 20)
        )
        or (
            sign == "R"
            and match["amount"].isdigit()
            and re.search(r"\b[Tt]he $", match.string[: match.start()]) is not None
        )
    )


def _range(groups: dict[str, str], currency: Currency, variety: Variety, *, singular: bool) -> str:
    last = _amount(groups["amount2"], groups["magnitude2"], currency, variety, singular=singular)
    if groups["magnitude"] or (groups["sign2"] and not groups["magnitude2"]):
        first = _amount(groups["amount"], groups["magnitude"], currency, variety, singular=singular)
        return f"{first} to {last}"
    return f"{number(groups['amount'], variety)} to {last}"


def _amount(
    figure: str,
    magnitude: str | None,
    currency: Currency,
    variety: Variety,
    *,
    singular: bool,
) -> str:
    if INDIAN.fullmatch(figure) and not magnitude:
        figure, magnitude = _lakhs(figure)
    if magnitude:
        scale = MAGNITUDES[magnitude.lower().strip(" -\u00a0")]
        return f"{number(figure, variety)} {scale} {currency.one if singular else currency.many}"
    whole, _, part = figure.replace(",", "").partition(".")
    units = int(whole or 0)
    named = currency.one if singular or units == 1 else currency.many
    if len(part) != 2 or not currency.cent:
        return f"{number(figure, variety)} {currency.one if singular or figure == '1' else currency.many}"
    cents = int(part)
    hundredths = f"{cardinal(cents, variety)} {currency.cent if cents == 1 or singular else currency.cents}"
    if not units and cents:
        return hundredths
    said = f"{cardinal(units, variety)} {named}"
    return f"{said} and {hundredths}" if cents else said


def _lakhs(figure: str) -> tuple[str, str | None]:
    """``5,00,000`` is five lakh, ``2,00,00,000`` two crore; other figures are said as they are."""
    value = int(figure.replace(",", ""))
    for size, word in ((10**7, "crore"), (10**5, "lakh")):
        if value >= size and value % size == 0:
            return str(value // size), word
    return str(value), None


def say_pence(text: str, variety: Variety) -> str:
    """``50p`` is fifty pence, ``99c`` ninety-nine cents."""

    def minor(match: re.Match[str]) -> str:
        one, many = MINORS[match["sign"]]
        attributive = match["sign"] != "p" and modifies("", match.string[match.end() :])
        return f"{number(match['amount'], variety)} {one if match['amount'] == '1' or attributive else many}"

    return MINOR.sub(minor, text)
