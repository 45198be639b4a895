"""Units, percentages, measures, temperatures and coordinates.

Names of units from the Unicode CLDR 46 (``en`` units, long form); symbols from the SI Brochure
(BIPM, 9th edition, tables 2 to 8) and, for what is not SI, from NIST Special Publication 811.
American and British spelling sound alike; each is written where it is read.
"""

from __future__ import annotations

import re
from itertools import zip_longest

from spokenform.languages.en.figures import NUMBER, Variety, counts, modifies, number
from spokenform.languages.en.tables import TABLES
from spokenform.word_lists import pairs, rows, several, words

_PREFIXED = pairs(TABLES["measures"]["prefixed"])
_PREFIXES = pairs(TABLES["measures"]["prefixes"])
_NAMES = pairs(
    """m = milli; µ = micro; μ = micro; n = nano; c = centi; d = deci; k = kilo; K = kilo; M = mega
    G = giga; T = tera; P = peta; E = exa; h = hecto"""
)


def _several(name: str) -> str:
    unit, per, rest = name.partition(" per ")
    plural = unit if unit.endswith("hertz") else f"{unit}s"
    return f"{plural}{per}{rest}"


def _both(text: str) -> dict[str, tuple[str, str]]:
    """Symbols to the names of one and of several, from ``symbol, symbol = one/several``."""
    names: dict[str, tuple[str, str]] = {}
    for symbols, said in rows(text):
        one, _, several = said.partition("/")
        names |= dict.fromkeys(symbols.split(", "), (one, several or _several(one)))
    return names


UNITS: dict[str, tuple[str, str]] = {
    f"{prefix}{symbol}": (_NAMES[prefix] + _PREFIXED[symbol], _several(_NAMES[prefix] + _PREFIXED[symbol]))
    for prefix, symbols in _PREFIXES.items()
    for symbol in symbols.split()
} | _both(TABLES["measures"]["units"])

# These stand apart from their figure or are capitals: close to it they are something else.
APART = frozenset(("pt", "A", "s", "mo", "J", "T", "F", "AU"))

# Units that stand below a slash or after "per".
PER = pairs(TABLES["measures"]["per"])


_TO = r"\s?(?:[-–—]|to)\s?"
_SIGNED = r"(?:(?<![\w\d)])[-−–+](?=[\d.]))?"
_UNIT = "|".join(map(re.escape, sorted(UNITS, key=len, reverse=True)))
_PER = "|".join(map(re.escape, sorted(PER, key=len, reverse=True)))
_END = r"(?![\w²³°])"

POINTS = several(
    """pp ppt ppts = percentage point; bps bp = basis point; pct pc % ％ = percent/percent
    ‰ = per mille/per mille; p.c = percent/percent"""
)
PERCENT = re.compile(
    rf"(?<![\w.,])(?P<sign>[-−–+])?(?:(?P<low>{NUMBER})\s?[%％]?{_TO})?(?P<amount>{NUMBER})"
    rf"\s?(?P<unit>[%％‰]|(?:ppts?|pp|bps?|pct?|p\.c)\b\.?)"
)
PER_CENT = re.compile(r"\bper[\s-]cent\b", re.IGNORECASE)
FEET = re.compile(r"(?<=\d)\s?′(?=[\s,.;)]|$)")
FEET_AND_INCHES = re.compile(
    r"(?<![\w.,])(?P<feet>\d{1,2})\s?(?:ft\.?|foot|feet|[′'’])[\s-]?(?P<inches>\d{1,2}(?:\.\d)?)"
    r"(?:\s?(?:in\b\.?|ins\b|inches\b|[″\"”]|''|’’))?(?![\d%'’])"
)
STONES = re.compile(r"(?<![\w.,])(?P<stone>\d{1,2})\s?st\s(?P<pounds>\d{1,2})\s?lbs?\b")
INCHES = re.compile(r"(?<=\d)\s?(?:″|\")(?=[\s,.;:)]|$)")
QUOTE = re.compile(r"(?P<opens>(?<![^\s(\[—–-])\"(?=\S))|(?<=\d)\"|\"")
MEASURE = re.compile(
    rf"(?P<sign>{_SIGNED})(?<![\w.,])(?:(?P<low>{NUMBER})\s?(?:{_UNIT})?(?P<to>{_TO}))?(?P<amount>{NUMBER})"
    rf"(?P<scale>[\s-]?(?:bn|tn|trn|m|million|billion|trillion|thousand|k)(?=[\s-](?!in\b)(?:{_UNIT}){_END}))?"
    rf"(?P<gap>[\s-]?)(?P<unit>{_UNIT})(?:/(?P<per>{_PER}))?(?:(?<=[a-z])\.(?=\s[a-z]|[,;)]|\s[NS]?[NSEW]\s(?:of|by)\b))?{_END}"
)
# The first side of what is measured on two: "a 3x4 m room".
SIDE = re.compile(rf"(?:\d[\d.,]* by |\d[\d.,]*\s?(?:{_UNIT}), )+$")
# "3 miles NE of town"
TOWARDS = re.compile(r"(?<=[a-z] )([NS]?[NSEW])(?= of\b)")
# What is listed before its noun: "a 12V, 60W bulb".
LISTED = re.compile(rf"^(?:, \d[\d.,]*\s?(?:{_UNIT}))+(?= [a-z])")
# What makes the A of "5A" amps.
ELECTRIC = re.compile(r"\d\s?(?:[km]?V|[kM]?W|Hz|mA|volts?|watts?|hertz)\b")
# "70+ mph"
MORE_THAN = re.compile(rf"(?<![\w.,])(?P<amount>{NUMBER})\+(?=\s?(?:{_UNIT}){_END})")
# "a 4' x 8' sheet"
FEET_BY = re.compile(r"(?<=\d)['′](?=\s?(?:[x×]|by)\s?\d)|(?<=[x×] \d)['′]|(?<=by \d)['′]|(?<=by \d\d)['′]")
LONE_FEET = re.compile(r"(?<=\d)['′](?=$|\s(?:tall|wide|long|high|deep)\b)")
LARGE = {"bn": "billion", "tn": "trillion", "trn": "trillion", "m": "million", "k": "thousand"}
CLOSE = frozenset(("in",))  # "5 in 6" is no measure
LONE = re.compile(r"(?<![\w/.])(?P<unit>(?:k|c|m)?m[²³]|mi²|ft²|mmHg)(?!\w)")
LONE_RATE = re.compile(rf"(?<![\w/.])(?P<unit>{_UNIT})/(?P<per>{_PER}){_END}")
SECONDS = re.compile(r"(?<![\w.,:])(?P<amount>\d{1,3}\.\d{1,3})s\b")
PAID_PER = re.compile(
    r"(?<=dollar|ollars|.pound|pounds|..euro|.euros|.cents|.pence|..rand|rupees|ercent|...yen)/"
    r"(?=(?:gallon|barrel|lit(?:re|er)|month|day|year|hour|week|night|person|share|tonne|ton|ounce|kilo|mile|pound|unit|"
    r"head|bushel|game|user|student|acre|piece|minute|serving)\b)"
)
PER_UNIT = re.compile(
    rf"(?:(?<=[a-z\d])/|(?<=\bper)\s|(?<=[a-z])\sper\s)(?P<per>{_PER}){_END}|(?P<a>\ban?\s)(?P<one>lb|oz|kg|km|gal|yd)\b\.?"
)
CAPITAL_DEGREES = re.compile(
    rf"(?P<sign>{_SIGNED})(?<![\w.,])(?:(?P<low>{NUMBER})(?:[-–]|\sto\s))?(?P<amount>{NUMBER})(?P<unit>[CF])\b(?![-'’])"
)
# What is numbered with a letter: ``Flat 12C``.
DOOR = re.compile(
    r"\b(?:apartment|apt|flat|gate|exit|room|seat|unit|building|suite|row|block|platform|class|bay|pier|ward|stand|hall|"
    r"group|grade|level|section|zone|lot|no|number|bus|route|tram|train|line|house|visa|table|door|junction|form|"
    r"plot)\.? $",
    re.IGNORECASE,
)
SCALES = {"C": "Celsius", "F": "Fahrenheit"}
COORDINATE = re.compile(
    r"(?P<degrees>\d{1,3}(?:\.\d+)?)\s?[°º]\s?(?:(?P<minutes>\d{1,2}(?:\.\d+)?)\s?[′'’]\s?)?"
    r"(?:(?P<seconds>\d{1,2}(?:\.\d+)?)\s?(?:[″\"”]|''|’’)\s?)?(?P<side>[NSEW])\b"
)
SIDES = {"N": "north", "S": "south", "E": "east", "W": "west"}
MAGNITUDE = re.compile(
    rf"(?<![\w.,-])(?:(?P<low>{NUMBER})(?P<lowscale>k|m|bn)?\s?[-–]\s?)?(?P<amount>{NUMBER})(?P<scale>k|m|bn|tn|trn|mn|mln|[MB](?=\+?\s(?:[a-z-]+\s)?(?:people|[a-z]{{3,}}s(?<!ss)|[A-Z]{{2,}}s)\b)|(?<=\.\d)[MB])"
    r"(?!\w|(?<![bt])n?-(?!(?:strong|plus|odd|a|people|person|member|vote|name|user|barrel|tonne|acre|unit)\b)\w)"
    r"(?P<after>\s+[a-z-]+)?"
)
_METRES = words(TABLES["measures"]["metres"])
# What is said of a length before it: "she jumped 6.96m".
SPANNED = re.compile(
    r"\b(?:jump|leap|threw|throw|vault|clear|wingspan|height|length|width|depth|measur|mark of|distance|"
    r"diameter|stood|stands|swell|tide|waves?)(?:\b|ed|s|ing|t|n)[^.;$£€]{0,25}$"
)
# What makes "100m" a race.
ATHLETICS = re.compile(
    r"\b(?:golds?|silvers?|bronzes?|medals?|relays?|sprint\w*|freestyle|butterfly|hurdles|swam|4 by [14]00)\b"
)
# "He weighs 80kg and is 1.85m."
TALL = re.compile(r"\b(?:[Hh]e|[Ss]he|who)\b[^.;$£€]{0,40}\b(?:is|was|stands|stood)\s$")
# What is so many kilometres long when it is "5k".
_RUN_IN_K = words("run race walk fun charity parkrun swim jog course")
_RUN = frozenset(("60", "100", "200", "400", "800", "1,500", "1500", "5,000", "10,000"))


def _sign(printed: str | None) -> str:
    return {"": "", "+": "plus "}.get((printed or "").strip(), "minus ")


def say_percentages(text: str, variety: Variety) -> str:
    """``2.5%`` is two point five percent, ``50bps`` fifty basis points, ``0.25pp`` percentage points."""

    def share(match: re.Match[str]) -> str:
        one, several = POINTS[match["unit"].rstrip(".")]
        single = match["amount"] == "1" or modifies(
            match.string[: match.start()], match.string[match.end() :]
        )
        low = f"{number(match['low'], variety)} to " if match["low"] else ""
        amount = number(match["amount"], variety)
        return f"{_sign(match['sign'])}{low}{amount} {one if single else several}"

    return PER_CENT.sub("percent", PERCENT.sub(share, text))


def say_coordinates(text: str, variety: Variety) -> str:
    """``51°30′N`` is fifty-one degrees thirty minutes north."""

    def place(match: re.Match[str]) -> str:
        parts = [
            f"{number(match[key], variety)} {key[:-1] if match[key] == '1' else key}"
            for key in ("degrees", "minutes", "seconds")
            if match[key]
        ]
        return f"{' '.join(parts)} {SIDES[match['side']]}"

    return COORDINATE.sub(place, text)


def close_quotes(text: str, _variety: Variety) -> str:
    """``"the best since 2019"`` ends in a quotation mark, ``a "13" laptop"`` has inches within it."""
    if '"' not in text:
        return text
    marks = list(QUOTE.finditer(text))
    closing: list[int] = []
    within = False
    for mark, following in zip_longest(marks, marks[1:]):
        if mark["opens"]:
            within = True
        elif within and (following is None or following["opens"]):
            within = False
            closing.append(mark.start())
    for at in closing:
        text = f"{text[:at]}”{text[at + 1 :]}"
    return text


def say_feet_and_inches(text: str, variety: Variety) -> str:
    """``5ft 10in`` and ``6'2"`` are heights, ``11st 4lb`` a weight."""

    def height(match: re.Match[str]) -> str:
        feet, inches = number(match["feet"], variety), number(match["inches"], variety)
        if modifies(match.string[: match.start()], match.string[match.end() :]):
            return f"{feet} foot {inches}"
        foot = "foot" if match["feet"] == "1" else "feet"
        return f"{feet} {foot} {inches} {'inch' if match['inches'] == '1' else 'inches'}"

    def weight(match: re.Match[str]) -> str:
        return f"{number(match['stone'], variety)} stone {number(match['pounds'], variety)}"

    return STONES.sub(weight, FEET_AND_INCHES.sub(height, text))


def say_measures(text: str, variety: Variety) -> str:
    """``120 km/h``, ``5kg``, ``-5°C``, ``14 µg/m³``; singular before the noun, as in ``a 500MW plant``."""

    def measure(match: re.Match[str]) -> str:
        dotted = match.group().endswith(".")
        amps = match["unit"] == "A" and ELECTRIC.search(match.string)
        ends = match["unit"] == "in" and match.end() == len(match.string)  # "0.5 in"
        if match["unit"] in (CLOSE if match["gap"] and not dotted else APART) and not (amps or ends):
            return match.group()
        if match["unit"] == "m" and not match["gap"] and not match["per"] and not _metres(match):
            return match.group()
        if match["unit"] == "st" and re.search(r"(?<!1)1$", match["amount"]):
            return match.group()
        one, several = UNITS[match["unit"]]
        low = f"{number(match['low'], variety)} to " if match["low"] else ""
        scale = (match["scale"] or "").strip(" -")
        large = f" {LARGE.get(scale, scale)}" if scale else ""
        per = f" per {PER[match['per']]}" if match["per"] else ""
        amount = f"{low}{number(match['amount'], variety)}{large}"
        unit = one if _singular(match) else several
        return f"{_sign(match['sign'])}{amount} {_spelling(f'{unit}{per}', variety)}"

    def rate(match: re.Match[str]) -> str:
        return _spelling(f"{UNITS[match['unit']][1]} per {PER[match['per']]}", variety)

    text = MORE_THAN.sub(r"more than \g<amount>", text) if "+" in text else text
    if "'" in text or "′" in text:
        text = LONE_FEET.sub(" feet", FEET_BY.sub(" foot", text))
    text = LONE_RATE.sub(rate, MEASURE.sub(measure, text))
    text = LONE.sub(lambda match: _spelling(UNITS[match["unit"]][1], variety), text)
    text = FEET.sub(lambda match: f" {'foot' if modifies('', match.string[match.end() :]) else 'feet'}", text)
    text = INCHES.sub(_inches, text)
    text = SECONDS.sub(lambda match: f"{number(match['amount'], variety)} seconds", text)
    text = PAID_PER.sub(" per ", text)
    text = PER_UNIT.sub(lambda match: _below(match, variety), text)
    return TOWARDS.sub(lambda match: " ".join(SIDES[side] for side in match[1]).replace("th ", "th"), text)


def _below(match: re.Match[str], variety: Variety) -> str:
    """``km`` of ``/km`` and ``per km``, the ounce of ``$5 an oz.``."""
    if match["a"]:
        return match["a"] + UNITS[match["one"]][0]
    return f" per {_spelling(PER[match['per']], variety)}"


def _singular(match: re.Match[str]) -> bool:
    """Whether what is measured is one, or goes with a noun: ``a 5m wall``, ``a 3x4 m room``, ``a 9mm``."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    pistol = match["unit"] == "mm" and before.endswith((" a ", "A "))
    if pistol or match["gap"] == "-" or match["amount"] in {"1", "1.0"} or re.match(r"-[a-z]", after):
        return True
    return modifies(SIDE.sub("", before), LISTED.sub("", after))


def _spelling(unit: str, variety: Variety) -> str:
    """American text spells *meter* and *liter*; it sounds the same."""
    return re.sub(r"(?<=met|.it)re(?=s?\b)", "er", unit) if not variety.british else unit


def _inches(match: re.Match[str]) -> str:
    """``a 12" single`` is twelve inch; at an end inches."""
    noun = re.match(r"\s(?:[a-z]|[A-Z]{2})", match.string[match.end() :]) and not re.match(
        r"\s(?:by|of|in|and|or|to|long|wide|high|tall|thick|from|at|above|below|on)\b",
        match.string[match.end() :],
    )
    return " inch" if noun else " inches"


def _metres(match: re.Match[str]) -> bool:
    """Whether ``100m`` is a length; elsewhere it is a hundred million."""
    after = match.string[match.end() :]
    run = match["amount"] in _RUN and ATHLETICS.search(match.string)
    if run or ("." in match["amount"] and SPANNED.search(match.string[: match.start()])):
        return True
    if re.fullmatch(r"[12]\.\d\d", match["amount"]) and TALL.search(match.string[: match.start()]):
        return True
    word = re.match(r"[\s-]+([a-z]+)", after)
    if (
        match.string[: match.start()].endswith((" by ", "×"))
        or after.startswith(" by ")
        or "," in match["amount"]
    ):
        return True
    if (
        word
        and word[1] in _METRES
        and (word[1] not in {"in", "at", "by", "and", "from"} or match["amount"] in _RUN)
    ):
        return True
    if counts(after) or (word and re.search(r"[^s]s$", word[1])):
        return False
    single = modifies(match.string[: match.start()], after)
    return single and float(match["amount"].replace(",", "")) < 50 and "." in match["amount"]


def say_degrees(text: str, variety: Variety) -> str:
    """``30C`` is thirty degrees Celsius."""

    def degrees(match: re.Match[str]) -> str:
        if DOOR.search(match.string[: match.start()]):
            return match.group()
        single = match["amount"] == "1" or modifies(
            match.string[: match.start()], match.string[match.end() :]
        )
        unit = "degree" if single else "degrees"
        low = f"{number(match['low'], variety)} to " if match["low"] else ""
        return f"{_sign(match['sign'])}{low}{number(match['amount'], variety)} {unit} {SCALES[match['unit']]}"

    return CAPITAL_DEGREES.sub(degrees, text)


def say_magnitudes(text: str, variety: Variety) -> str:
    """``4m people`` is four million people, ``300k`` three hundred thousand."""
    large = {**LARGE, "mn": "million", "mln": "million", "M": "million", "B": "billion"}

    def amount(match: re.Match[str]) -> str:
        if match["scale"] in "MB" and DOOR.search(match.string[: match.start()]):
            return match.group()  # "bus 42B leaves"
        if match["scale"] == "k" and (match["after"] or "").strip() in _RUN_IN_K:
            return f"{number(match['amount'], variety)} K{match['after']}"
        scaled = f" {large[match['lowscale']]}" if match["lowscale"] else ""
        low = f"{number(match['low'], variety)}{scaled} to " if match["low"] else ""
        return f"{low}{number(match['amount'], variety)} {large[match['scale']]}{match['after'] or ''}"

    return MAGNITUDE.sub(amount, text)
