"""Rules about figures for every language that writes its decimals with a comma."""

from __future__ import annotations

import re
from functools import cache

from spokenform.fractions import name_units_of_parts, say_fractions
from spokenform.frame import Kind, RuleFor
from spokenform.language import GAP, NUMBER, Language, Names

DEGREES = r"(?<![\w.,])(?P<degrees>\d{1,3}(?:,\d+)?)\s?°\s?"
MINUTES = r"(?P<minutes>\d{1,2}(?:,\d+)?)\s?'(?!')(?:\s?(?P<seconds>\d{1,2}(?:,\d+)?)\s?(?:\"|''|[″”]))?"


@cache
def _positions(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    towards = rf"(?P<towards>[{''.join(language.compass)}])(?!\w|\.\w)"
    whole = DEGREES.replace(r"(?:,\d+)?", "")
    return re.compile(rf"{whole}{MINUTES}(?:\s?{towards})?"), re.compile(DEGREES + towards)


def say_coordinates(text: str, language: Language) -> str:
    """``51° 30' N`` is fifty-one degrees, thirty minutes north."""

    def position(match: re.Match[str]) -> str:
        given = match.groupdict()
        said = []
        for part, names in zip(("degrees", "minutes", "seconds"), language.arc, strict=True):
            if figures := given.get(part):
                said.append(_counted_noun(figures, names, language))
        said.append(language.compass.get(given["towards"] or "", ""))
        return " ".join(said).rstrip()

    if not language.arc or not language.compass:
        return text
    exact, plain = _positions(language)
    return plain.sub(position, exact.sub(position, text))


@cache
def _amounts(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Amounts with the currency before them, and after."""
    low = rf"(?:(?P<low>{NUMBER})\s?(?:[-–]|{language.until})\s?)?"
    head = r"(?<![\w.,])(?P<minus>[-−–])?"
    magnitude = rf"(?:\s?(?P<magnitude>{language.magnitude})\.?(?![^\W\d_]*[a-zß-ÿ]{{4}}))?"
    before = rf"{head}(?P<sign>{language.sign})\s?{low}(?P<amount>{NUMBER}){magnitude}(?![\d%])"
    after = rf"{head}{low}(?P<amount>{NUMBER}){magnitude}"
    after += rf"(?:\s?(?:{language.partitive}))?\s?(?P<sign>{language.sign})(?!\w)"
    return re.compile(before), re.compile(after)


@cache
def _rate(language: Language) -> re.Pattern[str]:
    behind = "|".join(f"(?<={end})" for end in (r"\d", *language.amount_ends))
    return re.compile(
        rf"(?:(?:{behind})(?P<gap>\s?)(?P<sign>{language.sign})"
        rf"|(?P<before>(?:{language.sign})\s?{NUMBER}))"
        rf"\s?/\s?(?P<unit>(?:{language.unit}|h)(?!\w)|[^\W\d_]{{3,}})"
    )


def say_money(text: str, language: Language) -> str:
    """``4,5 Mrd. €``, ``20 M€``, ``$20``, ``2,50 €``, ``12 €/h``."""

    def rate(match: re.Match[str]) -> str:
        unit = _rate_unit(match["unit"], language)
        return f"{match['before'] or match['gap'] + match['sign']} {language.per} {unit}"

    text = _rate(language).sub(rate, text) if "/" in text else text
    before, after = _amounts(language)
    return before.sub(lambda m: _money(m, language), after.sub(lambda m: _money(m, language), text))


def _rate_unit(printed: str, language: Language) -> str:
    return language.rate_units.get(printed) or language.units.get(printed, (printed,))[0]


def _money(match: re.Match[str], language: Language) -> str:
    names = language.currencies[match["sign"]]
    one = names[0]
    minus = f"{language.minus} " if match["minus"] else ""
    low = _low(match, language)
    amount = match["amount"]
    if match["magnitude"]:
        thousands = language.magnitudes[match["magnitude"]][0] == language.thousand
        unit = language.form(language.million, names) if thousands else language.of_million(names)
        return f"{minus}{low}{_scaled(amount, match['magnitude'], language, one)} {unit}"
    whole, _, part = amount.partition(",")
    cents = language.pence.get(one, language.cents)
    if whole == "0" and len(part) == 2 and cents[0] and int(part):
        return f"{minus}{_counted_noun(str(int(part)), cents, language)}"
    if len(part) == 2 and language.cents_link is not None and re.search(r",\d\d$", match["low"] or ""):
        prices = (say_money(f"{price} {match['sign']}", language) for price in (match["low"], amount))
        return minus + f" {language.until} ".join(prices)
    if len(part) == 2 and language.cents_link is not None and not low:
        rest = str(int(part))
        said = _counted_noun(rest, cents, language) if language.cents_named else language.cardinal(int(part))
        link = f"{language.cents_link} {said}" if int(part) else ""
        return f"{minus}{_counted_noun(whole, names, language)}{link}"
    millions = not part and len(units := re.sub(GAP, "", whole)) > 6 and units.endswith("000000")
    named = language.of_million(names) if millions else language.counted(amount, names)
    return f"{minus}{low}{language.number(amount, before=one)} {named}"


def _counted_noun(amount: str, names: Names, language: Language) -> str:
    noun = names[0].partition(" ")[0]  # "uno por ciento"
    one = language.number(amount, before="" if noun in language.particles else names[0])
    return f"{one} {language.counted(amount, names)}"


def _scaled(amount: str, magnitude: str, language: Language, noun: str = "") -> str:
    names = language.magnitudes[magnitude]
    whole, _, part = re.sub(GAP, "", amount).partition(",")
    if names[0] == language.thousand and len(part) < 4:
        return language.number(str(int(f"{whole}{part:0<3}")), before=noun)
    return _counted_noun(amount, names, language)


@cache
def _magnitude(language: Language) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w.,])(?:(?P<low>{NUMBER})\s?(?:[-–])\s?)?(?P<amount>{NUMBER})\s?(?P<magnitude>{language.magnitude})(?!\w)"
    )


def say_magnitudes(text: str, language: Language) -> str:
    """``20 Mio. Menschen``, ``1 million``."""

    def scaled(match: re.Match[str]) -> str:
        noun = re.match(r"\s([^\W\d_]+)", match.string[match.end() :])
        low = _low(match, language)
        return low + _scaled(match["amount"], match["magnitude"], language, noun[1] if noun else "")

    text = _magnitude(language).sub(scaled, text)
    return _many(language).sub(lambda match: _measured_in_millions(match, language), text)


def _measured_in_millions(match: re.Match[str], language: Language) -> str:
    names = language.units[match["unit"]]
    thousands = match["large"] == language.thousand
    unit = language.form(language.million, names) if thousands else language.of_million(names)
    return f"{match['large']} {unit}"


@cache
def _many(language: Language) -> re.Pattern[str]:
    """A unit behind a magnitude that is said already: ``1 Mio. t``."""
    large = "|".join(
        sorted(
            {name for names in language.magnitudes.values() for name in names if len(name) > 4}
            | ({language.thousand} - {""})
        )
    )
    return re.compile(rf"\b(?P<large>{large})\s(?P<unit>{language.unit})(?![\w/])")


def _low(match: re.Match[str], language: Language) -> str:
    return f"{language.number(match['low'])} {language.until} " if match["low"] else ""


PERCENT = re.compile(
    rf"(?<![\w.,])(?P<sign>[-−–+])?(?:(?P<low>{NUMBER})\s?%?\s?[-–]\s?)?(?P<amount>{NUMBER})\s?(?P<unit>[%‰])"
)


def say_percentages(text: str, language: Language) -> str:
    """``2,5 %``, ``10-15 %``, ``5 ‰``."""

    def share(match: re.Match[str]) -> str:
        names = tuple((language.percent if match["unit"] == "%" else language.permille).split("/"))
        amount = _counted_noun(match["amount"], names, language)
        return f"{_signed(match['sign'], language)}{_low(match, language)}{amount}"

    return PERCENT.sub(share, text)


def _signed(sign: str | None, language: Language) -> str:
    if not sign:
        return ""
    return f"{language.plus if sign == '+' else language.minus} "


@cache
def _measure(language: Language) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?<![\w.,)])(?P<sign>[-−+]))?(?<![\w.,])(?:(?P<low>{NUMBER})\s?[-–]\s?)?(?P<amount>{NUMBER})"
        rf"(?P<gap>[\s-]?)(?P<unit>{language.unit})(?:\s?/\s?(?P<per>{language.unit}|[^\W\d_]{{3,}}))?(?![\w²³°/])"
    )


def say_measures(text: str, language: Language) -> str:
    """``120 km/h``, ``90 m²``, ``-5 °C``."""

    def measure(match: re.Match[str]) -> str:
        if match["unit"] == "A" and not (match["gap"] and ELECTRIC.search(match.string)):
            return match.group()  # rather a letter
        measured = _counted_noun(match["amount"], language.units[match["unit"]], language)
        below = language.units.get(match["per"], (match["per"],))[0]
        per = f" {language.per} {below}" if below else ""
        return f"{_signed(match['sign'], language)}{_low(match, language)}{measured}{per}"

    times = language.signs.get("×", "×")
    by = language.by or times
    text = SIDES.sub(lambda match: TIMES.sub(f" {by} ", match.group()), text)
    text = BETWEEN.sub(f" {times} ", text)

    def tall(match: re.Match[str]) -> str:
        if not re.search(
            language.tall, match.string[max(0, match.start() - 30) : match.end() + 12], re.IGNORECASE
        ):
            return match.group()
        metres = _counted_noun(match["m"], language.units["m"], language)
        return f"{metres}{language.tall_link} {language.cardinal(int(match['cm']))}"

    text = TALL.sub(tall, text) if language.tall else text
    text = _measure(language).sub(measure, text)
    if "/" in text:
        text = _per_unit(language).sub(
            lambda match: f" {language.per} {_rate_unit(match['unit'], language)}", text
        )
    return _lone(language).sub(lambda match: _named_unit(match, language), text)


def _named_unit(match: re.Match[str], language: Language) -> str:
    """A unit without a figure: ``in µg/m³``, ``die km/h``."""
    unit = match["unit"] or match["above"]
    if not match["unit"] and len(match.group()) < 4:
        return match.group()  # "A/B", "h/l"
    named = language.form(language.million, language.units[unit])
    return named if match["unit"] else f"{named} {language.per} {language.units[match['below']][0]}"


@cache
def _per_unit(language: Language) -> re.Pattern[str]:
    """A unit below a word: ``300 Einwohner/km²``."""
    return re.compile(rf"(?:(?<=[^\W\d_]{{4}})|(?<=\d))\s?/\s?(?P<unit>{language.unit})(?![\w²³/])")


@cache
def _lone(language: Language) -> re.Pattern[str]:
    rates = "|".join(re.escape(unit) for unit in language.units if re.search(r"[/²³]|.°|°.", unit))
    return re.compile(
        rf"(?<![\w/])(?:(?P<above>{language.unit})/(?P<below>{language.unit})|(?P<unit>{rates}))(?![\w²³])"
    )


_SIDE = rf"{NUMBER}(?:\s?[kcdm]?m(?!\w))?"
# What is measured on two or three sides: "30 cm x 20 cm", "3 x 4 m", but not "4 x 400 m".
SIDES = re.compile(rf"(?<![\w.,])(?!4\s?[x×]\s?[124]00\b)(?:{_SIDE}\s?[x×]\s?)+{NUMBER}\s?[kcdm]?m(?!\w)")
# What makes the A of "5 A" amperes.
ELECTRIC = re.compile(r"\d\s?(?:[kMm]?V|[kM]?W|Hz|mA)\b")
# How tall somebody is: "1,85 m".
TALL = re.compile(r"(?<![\w.,])(?P<m>[12]),(?P<cm>[1-9]\d)\s?m(?!\w)")
TIMES = re.compile(r"\s?[x×]\s?(?=\d)")
BETWEEN = re.compile(r"(?<=\d)\s?[x×*]\s?(?=\d)")
RATIO = re.compile(r"(?<![\w.,:])(\d{1,3}(?:,\d+)?)\s?:\s?(\d{1,3}(?:,\d+)?)(?![\w:]|[.,]\d)")
RANGE = re.compile(rf"(?<![\w.,:/–-])({NUMBER})\s?[-–]\s?({NUMBER})(?![\w:/–]|-\d|[.,]\d)")


@cache
def _counted(language: Language) -> re.Pattern[str]:
    """A noun behind two figures that rise: ``3-4 days``, but not ``1-2 against Lindenau``."""
    return re.compile(rf"\s(?!(?:{'|'.join(sorted(language.no_nouns))})\b)[^\W\d_]{{3,}}")


AIRCRAFT = re.compile(r"\b(?:Boeing|Airbus|Embraer)\s(?:\w+\s)?$")


def say_ranges(text: str, language: Language) -> str:
    """``10-15``, ``3:2`` and ``217-213``: a range, a score, a vote; what falls is no range."""

    def score(first: str, second: str) -> str:
        return f"{language.number(first)} {language.score} {language.number(second)}"

    def span(match: re.Match[str]) -> str:
        first, second = match[1], match[2]
        if AIRCRAFT.search(match.string[: match.start()]):
            return f"{language.number(first)} {language.number(second)}"
        sizes = len(first) - len(second)
        falls = first.isdigit() and second.isdigit() and int(first) > int(second)
        if falls and sizes < 2 and len(first) < 4:
            return score(first, second)
        counted = first < second and _counted(language).match(match.string[match.end() :])
        small = len(first) == 1 and len(second) == 1 and not counted
        return score(first, second) if small else f"{first} {language.until} {second}"

    return RANGE.sub(span, RATIO.sub(lambda match: score(match[1], match[2]), text))


MIXED = re.compile(
    r"(?<![\w.,])(?P<head>[^\W\d_]{1,12})(?P<dash>-?)(?P<number>\d{1,4})(?P<tail>[A-Za-z]?)(?![\w]|[.,]\d)"
)
DOTTED_FIGURES = re.compile(
    r"(?<=(?<![\d.,])\d)\.(?=\d{1,2}(?!,?\d))|(?<=(?<![\d.,])\d\d)\.(?=\d{1,2}(?!,?\d))"
    r"|(?<=(?<![\d.,])\d\d\d)\.(?=\d{1,2}(?!,?\d))"
)
VERSION = re.compile(r"(?<![\w.,])(?!\d{1,3}(?:\.\d{3})+(?!\d|\.\d))\d{1,3}(?:\.\d{1,3}){2,}(?![\d,]|\.\d)")
FIRST = re.compile(r"(?<![\w.,])(?P<number>\d{1,4})(?P<tail>[^\W\d_]{1,3})(?!\w)")
SUBSCRIPT = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
POWER = re.compile(r"(?<=\d)[⁰¹²³⁴-⁹]+")
SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def say_mixed(text: str, language: Language) -> str:
    """``A380``, ``CO2``, ``G7``: the letters, then the number; ``10²`` is a power."""

    def mixed(match: re.Match[str]) -> str:
        gap = "-" if match["dash"] and len(match["head"]) > 3 else " "
        return f"{match['head']}{gap}{language.number(match['number'])} {match['tail']}".rstrip()

    text = POWER.sub(lambda match: f" {language.power} {match.group().translate(SUPERSCRIPT)}", text)
    text = VERSION.sub(lambda match: _parts(match.group(), language), text)
    text = DOTTED_FIGURES.sub(f" {language.dot} ", text)
    text = MIXED.sub(mixed, text.translate(SUBSCRIPT))
    return FIRST.sub(lambda match: f"{language.number(match['number'])} {match['tail']}", text)


def _parts(printed: str, language: Language) -> str:
    """``2.0.1`` and ``192.168.1.10``, a number at a time."""
    return f" {language.dot} ".join(language.cardinal(int(part)) for part in printed.split("."))


LEFT = re.compile(rf"(?P<sign>(?<![\w.,)])[-−+]\s?(?=\d))?(?P<number>{NUMBER})(?P<next>[\s-]?[^\W\d_]+)?")


@cache
def _labelled(language: Language) -> re.Pattern[str]:
    """Words behind which numbers are names and do not count what follows: ``article 1``, ``50+1``."""
    labels = rf"|\b(?:{language.labels})\s" if language.labels else ""
    return re.compile(rf"(?:\+|\b{language.dot}\s{labels})$", re.IGNORECASE)


def say_numbers(text: str, language: Language) -> str:
    """Whatever figures are left."""

    def amount(match: re.Match[str]) -> str:
        following = match["next"] or ""
        before = " " if match.start() and match.string[match.start() - 1].isalpha() else ""
        after = " " if following and following[0].isalpha() else ""
        noun = following.strip(" -")
        counts = not _labelled(language).search(match.string[: match.start()])
        if match["number"] != "1" and not re.search(language.several, noun):
            counts = False  # "en 1905 había" is a year, and no noun of several
        said = language.number(match["number"], before=noun if counts else "")
        return f"{before}{_signed((match['sign'] or '').strip(), language)}{said}{after}{following}"

    return LEFT.sub(amount, text)


OBSERVED = "observed in newspapers"
CLDR = "Unicode CLDR 46"

AMOUNTS: dict[Kind, tuple[RuleFor[Language], ...]] = {
    Kind.IDIOMS: (RuleFor(name_units_of_parts, f"{CLDR} units", figures=True),),
    Kind.COORDINATES: (RuleFor(say_coordinates, "ISO 6709, annex D", figures=True),),
    Kind.MONEY: (RuleFor(say_money, f"ISO 4217; {CLDR} currencies", figures=True),),
    Kind.MAGNITUDES: (RuleFor(say_magnitudes, f"{CLDR}, compact numbers", figures=True),),
    Kind.PERCENTAGES: (RuleFor(say_percentages, CLDR, figures=True),),
    Kind.MEASURES: (RuleFor(say_measures, f"SI Brochure, 9th edition; {CLDR} units"),),
    Kind.FRACTIONS: (RuleFor(say_fractions, OBSERVED, figures=True),),
    Kind.RANGES: (RuleFor(say_ranges, OBSERVED, figures=True),),
    Kind.MIXED: (RuleFor(say_mixed, OBSERVED, figures=True),),
    Kind.NUMBERS: (RuleFor(say_numbers, f"{CLDR}, spelled-out numbers", figures=True),),
}
