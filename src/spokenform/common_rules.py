"""The rules of one shape, which put the words of a tongue where the signs stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import TypeVar
from urllib.parse import urlsplit

from spokenform import general
from spokenform.accounts import say_accounts
from spokenform.capitals import say_capitals
from spokenform.coordinates import say_coordinates
from spokenform.language import GAP, NUMBER, Tongue
from spokenform.rules import Rule

T = TypeVar("T", bound=Tongue)

ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>«»“”„\"]*[^\s<>«»“”„\".,;:!?)\]’']", re.IGNORECASE)
MAIL = re.compile(r"(?<![\w.@])([\w.+-]+)@((?:[\w-]+\.)+[A-Za-z]{2,})")
BARE = re.compile(
    r"(?<![\w.@/-])((?:[A-Za-z0-9][\w-]*\.)+(?:com|org|net|info|de|at|ch|fr|es|it|pt|br|eu|be|nl|lu|mx|ar|example|io|tv))"
    r"(?:/[\w./?=&%#~+-]*[\w/])?(?![\w@]|\.\w)"
)
HASHTAG = re.compile(r"(?<![\w#&/])#(?=\w*[^\W\d])(\w+)")
HANDLE = re.compile(r"(?<![\w@./])@(?=\w)(\w+)")
HUMPS = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|_|(?<=\D)(?=\d)")


def say_addresses(text: str, tongue: Tongue) -> str:
    """``https://www.example.org/a`` is its host, its points said."""
    if "." in text:

        def host(match: re.Match[str]) -> str:
            address = match.group()
            try:
                name = urlsplit(address if "//" in address else f"//{address}").netloc
            except ValueError:  # a bracket that makes it look like an IPv6 address, and a bad one
                return ""
            return _dotted(name.rpartition("@")[2].partition(":")[0], tongue)

        text = MAIL.sub(lambda m: f"{_dotted(m[1], tongue)} {tongue.at} {_dotted(m[2], tongue)}", text)
        text = BARE.sub(lambda m: _dotted(m[1], tongue), ADDRESS.sub(host, text))
    text = HASHTAG.sub(lambda m: f"{tongue.hashtag} {HUMPS.sub(' ', m[1])}", text)
    return HANDLE.sub(lambda m: f"{tongue.at} {HUMPS.sub(' ', m[1])}", text)


def _dotted(name: str, tongue: Tongue) -> str:
    labels = re.sub(r"^www\.", "", name, flags=re.IGNORECASE).strip(".").split(".")
    return f" {tongue.dot} ".join(label.replace("-", " ").replace("_", " ") for label in labels if label)


def say_abbreviations(text: str, tongue: Tongue) -> str:
    """The words that abbreviations stand for."""
    for pattern, said in _compiled(tongue):
        text = pattern.sub(said, text)
    return text


@cache
def _compiled(tongue: Tongue) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), said) for pattern, said in tongue.abbreviations)


@cache
def _amounts(tongue: Tongue) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Amounts with the currency before them, and after."""
    low = rf"(?:(?P<low>{NUMBER})\s?(?:[-–]|{tongue.until})\s?)?"
    head = r"(?<![\w.,])(?P<minus>[-−–])?"
    magnitude = rf"(?:\s?(?P<magnitude>{tongue.magnitude})\.?(?![^\W\d_]*[a-zß-ÿ]{{4}}))?"
    before = rf"{head}(?P<sign>{tongue.sign})\s?{low}(?P<amount>{NUMBER}){magnitude}(?![\d%])"
    after = rf"{head}{low}(?P<amount>{NUMBER}){magnitude}"
    after += rf"(?:\s?(?:de\s|di\s|d['’]))?\s?(?P<sign>{tongue.sign})(?!\w)"
    return re.compile(before), re.compile(after)


@cache
def _rate(tongue: Tongue) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:(?<=\d)|(?<=[ir][od]\.)|(?<=nen)|(?<=den)|(?<=ns)|(?<=ds))(?P<gap>\s?)(?P<sign>{tongue.sign})|(?P<before>(?:{tongue.sign})\s?{NUMBER}))"
        rf"\s?/\s?(?P<unit>(?:{tongue.unit}|h)(?!\w)|[^\W\d_]{{3,}})"
    )


def say_money(text: str, tongue: Tongue) -> str:
    """``4,5 Mrd. €``, ``20 M€``, ``$20``, ``2,50 €``, ``12 €/h``."""

    def rate(match: re.Match[str]) -> str:
        unit = tongue.units.get(match["unit"], (match["unit"],))[0]
        if match["unit"] in {"h", "Stunden"}:
            unit = tongue.hour_unit or unit
        return f"{match['before'] or match['gap'] + match['sign']} {tongue.per} {unit}"

    text = _rate(tongue).sub(rate, text)
    before, after = _amounts(tongue)
    return before.sub(lambda m: _money(m, tongue), after.sub(lambda m: _money(m, tongue), text))


def _money(match: re.Match[str], tongue: Tongue) -> str:
    one, many = tongue.currencies[match["sign"]]
    minus = f"{tongue.minus} " if match["minus"] else ""
    low = _low(match, tongue)
    amount = match["amount"]
    if match["magnitude"]:
        thousands = tongue.magnitudes[match["magnitude"]][0] in THOUSAND
        unit = many if thousands else tongue.of(many)
        return f"{minus}{low}{_scaled(amount, match['magnitude'], tongue, one)} {unit}"
    whole, _, part = amount.partition(",")
    pence = tongue.pence.get(one, tongue.cents)
    if whole == "0" and len(part) == 2 and pence[1] not in {"", "e"} and int(part):
        cent = pence[0] if int(part) == 1 else pence[1]
        return f"{minus}{tongue.number(str(int(part)), before=cent)} {cent}"
    if len(part) == 2 and tongue.cents[1] and not low:
        units = tongue.number(whole, before=one)
        joint = " e" if tongue.cents[0] == "e" else ""
        cents = f"{joint} {tongue.cardinal(int(part))}" if int(part) else ""
        return f"{minus}{units} {one if whole == '1' else many}{cents}"
    millions = not part and len(units := re.sub(GAP, "", whole)) > 6 and units.endswith("000000")
    named = tongue.of(many) if millions else one if amount == "1" else many
    return f"{minus}{low}{tongue.number(amount, before=one)} {named}"


THOUSAND = frozenset(("mille", "tausend", "mil", "mila"))


def _scaled(amount: str, magnitude: str, tongue: Tongue, noun: str = "") -> str:
    one, many = tongue.magnitudes[magnitude]
    whole, _, part = re.sub(GAP, "", amount).partition(",")
    if one in THOUSAND and len(part) < 4:
        return tongue.number(str(int(f"{whole}{part:0<3}")), before=noun)
    return f"{tongue.number(amount, before=one)} {tongue.counted(amount, (one, many))}"


@cache
def _magnitude(tongue: Tongue) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w.,])(?:(?P<low>{NUMBER})\s?(?:[-–])\s?)?(?P<amount>{NUMBER})\s?(?P<magnitude>{tongue.magnitude})(?!\w)"
    )


def say_magnitudes(text: str, tongue: Tongue) -> str:
    """``20 Mio. Menschen``, ``1 million``."""

    def scaled(match: re.Match[str]) -> str:
        noun = re.match(r"\s([^\W\d_]+)", match.string[match.end() :])
        low = _low(match, tongue)
        return low + _scaled(match["amount"], match["magnitude"], tongue, noun[1] if noun else "")

    text = _magnitude(tongue).sub(scaled, text)
    return _many(tongue).sub(
        lambda match: f"{match['large']} {tongue.of(tongue.units[match['unit']][1])}", text
    )


@cache
def _many(tongue: Tongue) -> re.Pattern[str]:
    """A unit behind a magnitude that is said already: ``1 Mio. t``."""
    large = "|".join(
        sorted({name for names in tongue.magnitudes.values() for name in names if len(name) > 4})
    )
    return re.compile(rf"\b(?P<large>{large})\s(?P<unit>{tongue.unit})(?![\w/])")


def _low(match: re.Match[str], tongue: Tongue) -> str:
    return f"{tongue.number(match['low'])} {tongue.until} " if match["low"] else ""


PERCENT = re.compile(
    rf"(?<![\w.,])(?P<sign>[-−–+])?(?:(?P<low>{NUMBER})\s?%?\s?[-–]\s?)?(?P<amount>{NUMBER})\s?(?P<unit>[%‰])"
)


def say_percentages(text: str, tongue: Tongue) -> str:
    """``2,5 %``, ``10-15 %``, ``5 ‰``."""

    def share(match: re.Match[str]) -> str:
        unit = tongue.percent if match["unit"] == "%" else tongue.permille
        amount = tongue.number(match["amount"], before=unit)
        return f"{_signed(match['sign'], tongue)}{_low(match, tongue)}{amount} {unit}"

    return PERCENT.sub(share, text)


def _signed(sign: str | None, tongue: Tongue) -> str:
    if not sign:
        return ""
    return f"{tongue.plus if sign == '+' else tongue.minus} "


@cache
def _measure(tongue: Tongue) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?<![\w.,)])(?P<sign>[-−+]))?(?<![\w.,])(?:(?P<low>{NUMBER})\s?[-–]\s?)?(?P<amount>{NUMBER})"
        rf"(?P<gap>[\s-]?)(?P<unit>{tongue.unit})(?:\s?/\s?(?P<per>{tongue.unit}|[^\W\d_]{{3,}}))?(?![\w²³°/])"
    )


def say_measures(text: str, tongue: Tongue) -> str:
    """``120 km/h``, ``90 m²``, ``-5 °C``."""

    def measure(match: re.Match[str]) -> str:
        one, many = tongue.units[match["unit"]]
        amount = tongue.number(match["amount"], before=one)
        unit = tongue.counted(match["amount"], (one, many))
        per = f" {tongue.per} {tongue.units.get(match['per'], (match['per'],))[0]}" if match["per"] else ""
        return f"{_signed(match['sign'], tongue)}{_low(match, tongue)}{amount} {unit}{per}"

    by = tongue.by or tongue.signs["×"]
    text = _sides(tongue).sub(lambda match: TIMES.sub(f" {by} ", match.group()), text)
    text = BETWEEN.sub(f" {tongue.signs['×']} ", text)
    text = _measure(tongue).sub(measure, text)
    return _lone(tongue).sub(lambda match: tongue.units[match["unit"]][1], text)


@cache
def _lone(tongue: Tongue) -> re.Pattern[str]:
    rates = "|".join(re.escape(unit) for unit in tongue.units if re.search(r"[/²³]|.°|°.", unit))
    return re.compile(rf"(?<![\w/])(?P<unit>{rates})(?!\w)")


@cache
def _sides(tongue: Tongue) -> re.Pattern[str]:
    """What is measured on two or three sides: ``30 cm x 20 cm``, ``3 x 4 m``, but not ``4 x 400 m``."""
    side = rf"{NUMBER}(?:\s?(?:{tongue.unit})(?!\w))?"
    return re.compile(
        rf"(?<![\w.,])(?!4\s?[x×]\s?[124]00\b)(?:{side}\s?[x×]\s?)+{NUMBER}\s?(?:{tongue.unit})(?!\w)"
    )


TIMES = re.compile(r"\s?[x×]\s?(?=\d)")
BETWEEN = re.compile(r"(?<=\d)\s?[x×]\s?(?=\d)")
FRACTION = re.compile(r"(?<![\w.,/])(\d{1,2}/\d{1,3})(?![\w/]|[.,]\d)")
MIXED_FRACTION = re.compile(r"(?<![\w.,/])(\d{1,3}) (\d{1,2}/\d{1,2})(?![\w/]|[.,]\d)")
VULGAR = re.compile(r"(?:(?P<whole>\d+)\s?)?(?P<part>[½¼¾⅓⅔⅕⅛])")
RATIO = re.compile(r"(?<![\w.,:])(\d{1,3})\s?:\s?(\d{1,3})(?![\w:]|[.,]\d)")
RANGE = re.compile(rf"(?<![\w.,:/–-])({NUMBER})\s?[-–]\s?({NUMBER})(?![\w:/–]|-\d|[.,]\d)")


def say_fractions(text: str, tongue: Tongue) -> str:
    """``3/4``, ``½``; those that have a name."""

    def vulgar(match: re.Match[str]) -> str:
        part = tongue.fractions.get(match["part"], "")
        if match["whole"] and match["part"] == "½":
            part = part.removeprefix("un ")  # "deux et demi"
        whole = f"{tongue.cardinal(int(match['whole']))} {tongue.conjunction} " if match["whole"] else ""
        return whole + part

    def part(match: re.Match[str]) -> str:
        said = tongue.fraction(match[1])
        again = match.string[: match.start()].endswith(f" {tongue.one} ")  # "un 1/4"
        return said.removeprefix(f"{tongue.one} ") if again else said

    text = VULGAR.sub(vulgar, text)
    text = MIXED_FRACTION.sub(lambda match: _mixed_fraction(match, tongue), text)
    return FRACTION.sub(part, text)


def _mixed_fraction(match: re.Match[str], tongue: Tongue) -> str:
    part = tongue.fraction(match[2])
    if part == match[2]:
        return match.group()
    part = part.removeprefix("un ") if match[2] == "1/2" else part
    return f"{tongue.cardinal(int(match[1]))} {tongue.conjunction} {part}"


# A noun behind two figures that rise: "3-4 Tage", but "1-2 gegen Lindenau".
COUNTED = re.compile(
    r"\s(?!(?:gegen|nach|für|in|im|am|an|bei|beim|zu|zum|zur|vor|auf|und|contre|face|à|au|aux|en|chez|dans|après|avec|sur|"
    r"lors|pour|et|al|a|contra|ante|tras|de|del|por|y|no|na|em|e|para|contro|nel|nella|con|per|di)\b)[^\W\d_]{3,}"
)


def say_ranges(text: str, tongue: Tongue) -> str:
    """``10-15``, ``3:2`` and ``217-213``: a range, a score, a vote; what falls is no range."""

    def score(first: str, second: str) -> str:
        return f"{tongue.number(first)} {tongue.score} {tongue.number(second)}"

    def span(match: re.Match[str]) -> str:
        first, second = match[1], match[2]
        sizes = len(first) - len(second)
        if first.isdigit() and second.isdigit() and int(first) > int(second):
            if sizes < 2 and len(first) < 4:
                return score(first, second)
            if len(first) == 3:
                return f"{first} {second}"  # "Boeing 747-8"
        counted = first < second and COUNTED.match(match.string[match.end() :])
        small = len(first) == 1 and len(second) == 1 and not counted
        return score(first, second) if small else f"{first} {tongue.until} {second}"

    return RANGE.sub(span, RATIO.sub(lambda match: score(match[1], match[2]), text))


MIXED = re.compile(
    r"(?<![\w.,])(?P<head>[^\W\d_]{1,12})(?P<dash>-?)(?P<number>\d{1,4})(?P<tail>[A-Za-z]?)(?![\w]|[.,]\d)"
)
DOTTED_FIGURES = re.compile(
    r"(?<=(?<![\d.,])\d)\.(?=\d{1,2}(?![\d,]))|(?<=(?<![\d.,])\d\d)\.(?=\d{1,2}(?![\d,]))"
)
VERSION = re.compile(r"(?<![\w.,])(?!\d{1,3}(?:\.\d{3})+(?!\d))\d{1,2}(?:\.\d{1,3}){2,}(?![\d,]|\.\d)")
FIRST = re.compile(r"(?<![\w.,])(?P<number>\d{1,4})(?P<tail>[^\W\d_]{1,3})(?!\w)")
SUBSCRIPT = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
POWER = re.compile(r"(?<=\d)[⁰¹²³⁴-⁹]+")
SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def say_mixed(text: str, tongue: Tongue) -> str:
    """``A380``, ``CO2``, ``G7``: the letters, then the number; ``10²`` is a power."""

    def mixed(match: re.Match[str]) -> str:
        gap = "-" if match["dash"] and len(match["head"]) > 3 else " "
        return f"{match['head']}{gap}{tongue.number(match['number'])} {match['tail']}".rstrip()

    text = POWER.sub(lambda match: f" {tongue.power} {match.group().translate(SUPERSCRIPT)}", text)
    text = VERSION.sub(lambda match: match.group().replace(".", f" {tongue.dot} "), text)
    text = DOTTED_FIGURES.sub(f" {tongue.dot} ", text)
    text = MIXED.sub(mixed, text.translate(SUBSCRIPT))
    return FIRST.sub(lambda match: f"{tongue.number(match['number'])} {match['tail']}", text)


LEFT = re.compile(rf"(?P<sign>(?<![\w.,)])[-−+]\s?(?=\d))?(?P<number>{NUMBER})(?P<next>[\s-]?[^\W\d_]+)?")


# Numbers behind these are names, and do not count what follows: "articolo 1 Costituzione", "50+1-Regel".
LABELLED = re.compile(
    r"(?:\+|\b(?:art[ií]c(?:ul|ol|l)[eo]|n[uúú]mero|numéro|página|pagina|page|l[ií]nea|linha|ligne|cap[ií]t(?:ulo|olo)|"
    r"chapitre|comma|párrafo|parágrafo|paragraphe|apartado|s[eé]rie|grupp?o|groupe|nivel|livello|fase|canal|sala|salle|aula)\s)$",
    re.IGNORECASE,
)


def say_numbers(text: str, tongue: Tongue) -> str:
    """Whatever figures are left."""

    def amount(match: re.Match[str]) -> str:
        following = match["next"] or ""
        before = " " if match.start() and match.string[match.start() - 1].isalpha() else ""
        after = " " if following and following[0].isalpha() else ""
        counts = not LABELLED.search(match.string[: match.start()])
        said = tongue.number(match["number"], before=following.strip(" -") if counts else "")
        return f"{before}{_signed((match['sign'] or '').strip(), tongue)}{said}{after}{following}"

    return LEFT.sub(amount, text)


def say_signs(text: str, tongue: Tongue) -> str:
    """``&``, ``+``, ``=`` and their like by their names; a slash is not said."""
    for sign, said in tongue.signs.items():
        if sign in text:
            text = text.replace(sign, f" {said} ")
    return re.sub(r"\s*/+\s*", " ", text)


_SHAPE: tuple[tuple[Callable[[str, Tongue], str], str, bool], ...] = (
    (say_addresses, "RFC 3986, RFC 5322", False),
    (say_abbreviations, "dictionaries of the language", False),
    (say_accounts, "ISO 13616 (IBAN)", True),
    (say_coordinates, "ISO 6709, annex D", True),
)
_FIGURES: tuple[tuple[Callable[[str, Tongue], str], str, bool], ...] = (
    (say_money, "ISO 4217; Unicode CLDR 46 currencies", True),
    (say_magnitudes, "Unicode CLDR 46, compact numbers", True),
    (say_percentages, "Unicode CLDR 46", True),
    (say_measures, "SI Brochure, 9th edition; Unicode CLDR 46 units", False),
    (say_fractions, "observed in newspapers", True),
    (say_ranges, "observed in newspapers", True),
    (say_mixed, "observed in newspapers", True),
    (say_numbers, "num2words; Unicode CLDR 46, spelled-out numbers", True),
    (say_capitals, "observed in newspapers", False),
    (say_signs, "Unicode CLDR 46 annotations", False),
)


def rules(tongue: T, own: Sequence[tuple[Callable[[str, T], str], str]]) -> tuple[Rule, ...]:
    """The whole row of a language: its own rules stand before the general ones about figures."""
    own_rules = tuple((function, source, False) for function, source in own)
    row: tuple[tuple[Callable[[str, T], str], str, bool], ...] = (*_SHAPE, *own_rules, *_FIGURES)
    return (
        *general.BEFORE,
        *(
            Rule(function.__name__.replace("_", " "), partial(_bound, function, tongue), source, figures)
            for function, source, figures in row
        ),
        *general.AFTER,
    )


def _bound(function: Callable[[str, T], str], tongue: T, text: str) -> str:
    return function(text, tongue)
