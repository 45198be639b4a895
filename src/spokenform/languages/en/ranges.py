"""Figures beside figures: ranges, scores, votes, fractions, ratios, odds, dimensions."""

from __future__ import annotations

import re
import unicodedata

from spokenform.languages.en.calendar import MONTHS, NUMBERED, WEEKDAYS
from spokenform.languages.en.figures import (
    NUMBER,
    Variety,
    as_ordinal,
    cardinal,
    digits,
    number,
    ordinal,
    plural,
)
from spokenform.languages.en.measures import UNITS

# Said in a way of their own. Observed in print; there is no rule to derive them from.
IDIOMS = {
    "9/11": "nine eleven",
    "24/7": "twenty-four seven",
    "7/7": "seven seven",
    "20/20": "twenty twenty",
    "50/50": "fifty fifty",
    "50-50": "fifty fifty",
    "50–50": "fifty fifty",
    "24/7/365": "twenty-four seven",
    "24-7": "twenty-four seven",
}
IDIOM = re.compile(r"(?<![\w/.$£€])(?<!\d-)(9/11|24[/-]7(?:/365)?|7/7|20/20|50[/–-]50)(?![\w/%-]|\.\d)")

VULGAR = re.compile(
    r"(?:(?P<whole>\d+(?:,\d{3})*)\s?)?(?P<part>[¼½¾⅐-⅞])(?:(?P<percent>\s?(?:%|per\s?cent))|(?P<pence>p\b))?"
)
MIXED = re.compile(r"(?<![\w./])(?P<whole>\d{1,3})[\s-](?P<top>\d{1,2})/(?P<bottom>\d{1,3})(?![\w/])")
FRACTION = re.compile(r"(?<![\w.,/])(?P<top>\d{1,3})[/⁄](?P<bottom>\d{1,3})(?:ths?\b)?(?![\w/]|[.,]\d)")
LESS = re.compile(r"(?<![\w)\d])[-−](?=\d{1,3}/\d{1,3}\b)")
RATING = re.compile(r"(?<![\w.,/])(\d{1,2}\.\d)/(5|10|20|100)(?![\w/]|[.,]\d)")
# What marks are given out of.
ROUND = frozenset((10, 20, 50, 100))
RATED = re.compile(r"\b(?:scored?|rat(?:ed|ing)|got|gets|gave|gives)(?: \w+)? $")
# "lap 44/72"
COUNTED = re.compile(
    r"\b(?:lap|round|day|week|game|match|episode|page|stage|hole|slide|part|set) $", re.IGNORECASE
)
PRESSURE = re.compile(r"\bBP\b|pressure|\bmmHg\b|^\d+/\d+$")
AFTER_FRACTION = re.compile(
    r"(?:(?<= a half )|(?<=quarters )|(?<=quarter )|(?<=third )|(?<=thirds ))"
    r"(?P<unit>lbs?|ft|km|kg|mi|oz|hrs?|cm|"
    r"mm|yds?|mins|secs|yrs|tsp|tbsp|l|ml|cl|g|h)\b"
    r"|(?:(?<=half a )|(?<= of a )|(?<=half an )|(?<= of an ))(?P<one>tsp|tbsp|lb|kg|l|g|h|hr|oz)\b"
)
# Of what a part is said of one: "½ tsp".
PART_OF = re.compile(
    r" (tsp|tbsp|lb|kg|cup|pint|mile|teaspoon|tablespoon|lemon|onion|lit(?:re|er)|kilo|pound|ounce|"
    r"acre|l|g|hr?|oz)\b(?!s)"
)
PART_IN_FIGURES = re.compile(rf"(?<![\d/.]\s)(?<![\w./])(1/2|1/4|3/4)(?={PART_OF.pattern})")
SIGNS = {"1/2": "½", "1/4": "¼", "3/4": "¾"}
HALVES = {"½": "half", "¼": "a quarter of", "¾": "three quarters of"}
BOTTOMS = {2: ("half", "halves"), 4: ("quarter", "quarters")}
# Parts of millions, which money and magnitudes read as decimals.
HALF_MILLIONS = re.compile(
    r"(?P<whole>[£$€]\d+|(?<!\w)\d+)(?P<part>[¼½¾])(?=\s?(?:m|mn|bn|tn|trn|k)\b)"
    r"|(?P<sum>[£$€]\d+)(?P<rest>[¼½¾])(?P<more>\s(?:m|b|tr)illion\b)?(?![\w%])"
)
DECIMALS = {"¼": ".25", "½": ".5", "¾": ".75"}
PENCE = {"¼": ".25", "½": ".50", "¾": ".75"}
RATIO = re.compile(
    r"(?<![\w.,:])(?P<a>\d{1,4}(?:\.\d+)?)(?P<gap>\s?):(?P=gap)(?P<b>\d{1,3}(?:,\d{3})+|\d{1,4}(?:\.\d+)?)(?![\w:]|[.,]\d)"
)
BY = re.compile(
    r"(?<![\w.])(?P<first>\d[\d,.]*)\s?[x×]\s?(?P<second>\d[\d,.]*\d|\d)(?:\s?[x×]\s?(?P<third>\d[\d,.]*\d|\d))?"
)
BY_UNITS = re.compile(r"(?P<unit>\d\s?(?:m|cm|mm|km|ft|in|yd|[\"'′″]))\s?[x×]\s?(?=\d)")
EQUALS = re.compile(r"\s?=")
TIMES = re.compile(rf"(?<![\w.,])(?P<n>{NUMBER})[x×](?![\w]|\s?[-+=−])")
THREE = re.compile(r"(?<![\w.,/:–-])(\d{1,2})[-–](\d{1,2})[-–](\d{1,2})(?:[-–](\d{1,2}))?(?![\w/:–-]|[.,]\d)")
PAIR = re.compile(
    r"(?<![\w.,/:–$£€-])(?P<a>\d{1,4})\s?[-–]\s?(?P<b>\d{1,4})(?![\w/:–%-]|[.,]\d)(?P<rest>\s?\([0-9–-]+\))?"
)
ONE_TWO = re.compile(r"\s(?:finish|punch|combination)\b")
# Of a side of a league: "The Lakers (12-4)".
STANDING = re.compile(r"[a-z]s \($")
PLAYS = re.compile(r"\) (?:lost|beat|host|visit|face|defeat|play|travel|snapped)")
RECORD = re.compile(r"(?<!\bhours )\b(?:are|were|went|improved to|fell to|record of|now)\s$")
INNINGS = re.compile(
    r"\s(?:dec\b|at (?:stumps|lunch|tea|the close)|declared|off|in \d+ overs|after \d+ overs)\b"
)
RULED = re.compile(r"\s(?:decision|ruling|vote|verdict|judgment|opinion|majority)\b")
ODDS_AFTER = re.compile(r"\s(?:on|against|outsiders?|favou?rites?|shots?|odds|chances?|bets?)\b")
RANGE = re.compile(
    rf"(?<![\w./:–$£€-])(?P<low>{NUMBER})(?:[-–—]|\s[–—]\s)(?P<high>{NUMBER})(?![/:–]|[.,]\d)(?=\W|$|[a-zA-Z]|-[a-z])"
)
TO_COMPOUND = re.compile(r"(?<=\d)-to-(?=\d)")
_PERIOD = rf"(?:{'|'.join((*WEEKDAYS.values(), *NUMBERED, *WEEKDAYS))})\b\.?|A|noon"
WORDED_DASH = re.compile(rf"\b(?P<a>{_PERIOD})\s?[-–]\s?(?P<b>{_PERIOD.replace('|A|noon', '|Z')})(?![\w-])")
TO_NOW = re.compile(r"(?<=\d)\s?[-–]\s?(?=(?:present|now|today|date)\b)")


def say_idioms(text: str, _variety: Variety) -> str:
    """``24/7``, ``9/11``, ``50-50``; ``£2½m`` is £2.5m, and ``£2½`` £2.50."""
    text = HALF_MILLIONS.sub(_in_decimals, text)
    return IDIOM.sub(lambda match: IDIOMS[match.group()], text)


def _in_decimals(match: re.Match[str]) -> str:
    if match["part"]:
        return match["whole"] + DECIMALS[match["part"]]
    return match["sum"] + (DECIMALS if match["more"] else PENCE)[match["rest"]] + (match["more"] or "")


def say_fractions(text: str, variety: Variety) -> str:
    """``3/4`` is three quarters, ``2½`` two and a half, ``5/2`` at odds five to two."""
    text = RATING.sub(lambda match: f"{number(match[1], variety)} out of {number(match[2], variety)}", text)
    text = PART_IN_FIGURES.sub(lambda match: SIGNS[match[1]], text) if "/" in text else text
    text = VULGAR.sub(lambda match: _vulgar(match, variety), text)

    def mixed(match: re.Match[str]) -> str:
        whole, top, bottom = (int(match[key]) for key in ("whole", "top", "bottom"))
        if not 0 < top < bottom:
            return match.group()
        return _with_whole(whole, top, bottom, variety)

    def fraction(match: re.Match[str]) -> str:
        top, bottom = int(match["top"]), int(match["bottom"])
        link = "of" if COUNTED.search(match.string[: match.start()]) else _link(match, top, bottom)
        if link is not None:
            return " ".join(f"{cardinal(top, variety)} {link} {cardinal(bottom, variety)}".split())
        modifying = re.search(r"\ban? $", match.string[: match.start()]) is not None
        noun = re.match(r" [a-z]", match.string[match.end() :]) is not None
        return _parts(top, bottom, variety, singular=modifying and noun and bottom != 3)

    text = FRACTION.sub(fraction, MIXED.sub(mixed, LESS.sub("minus ", text)))
    return AFTER_FRACTION.sub(
        lambda match: UNITS[match["one"]][0] if match["one"] else UNITS[match["unit"]][1], text
    )


def _link(match: re.Match[str], top: int, bottom: int) -> str | None:
    """What is said between the figures where they are no fraction: marks, odds, an innings, a pressure."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    if top == bottom:
        return "out of" if bottom in {5, 10, 100} else ""
    if top > bottom > 39 and PRESSURE.search(match.string):
        return "over"
    if top > 49 and 1 < bottom < 11 and not ODDS_AFTER.match(after):
        return "for"  # runs for wickets
    if bottom == 0 or top > bottom or re.search(r"\b(?:odds|priced?)\b[^.]{0,20}$", before):
        return "to"
    marks = bottom in ROUND and top > 1 and not match.group().endswith(("th", "ths"))
    share = after.startswith(" of ")
    if bottom == 1 or ((marks or RATED.search(before)) and not share):
        return "out of"
    return None


def _vulgar(match: re.Match[str], variety: Variety) -> str:
    top, _, bottom = unicodedata.normalize("NFKC", match["part"]).partition("⁄")
    space = " " if match.start() and match.string[match.start() - 1].isalnum() else ""
    if match["whole"]:
        said = _with_whole(int(match["whole"].replace(",", "")), int(top), int(bottom), variety)
        return said + (" percent" if match["percent"] else " pence" if match["pence"] else "")
    unit = PART_OF.match(match.string[match.end() :])
    if unit and match["part"] in HALVES:
        part = HALVES[match["part"]]
        return f"{space}{part} a{'n' if unit[1][0] in 'aeioh' else ''}"
    said = _parts(int(top), int(bottom), variety)
    if match["percent"]:
        return f"{space}{'half' if bottom == '2' else said + ' of'} a percent"
    return space + said


def _with_whole(whole: int, top: int, bottom: int, variety: Variety) -> str:
    part = _parts(top, bottom, variety)
    article = f"a{part.removeprefix('one')}" if top == 1 and bottom != 8 else part
    return f"{cardinal(whole, variety)} and {article}"


def _parts(top: int, bottom: int, variety: Variety, *, singular: bool = False) -> str:
    one, several = BOTTOMS.get(bottom) or _ordinals(bottom, variety)
    return f"{cardinal(top, variety)} {one if top == 1 or singular else several}"


def _ordinals(bottom: int, variety: Variety) -> tuple[str, str]:
    name = "hundredth" if bottom == 100 else ordinal(bottom, variety)
    return name, plural(name)


def say_ratios(text: str, variety: Variety) -> str:
    """``3:1`` is three to one; ``7:30`` was a time and is gone by now."""
    return RATIO.sub(lambda match: f"{number(match['a'], variety)} to {number(match['b'], variety)}", text)


def say_dimensions(text: str, variety: Variety) -> str:
    """``3x4`` is three by four, ``10x`` ten times; what is measured keeps its unit."""

    def by(match: re.Match[str]) -> str:
        link = " times " if EQUALS.match(match.string[match.end() :]) else " by "
        return link.join(part for part in match.groups() if part)

    text = BY_UNITS.sub(r"\g<unit> by ", BY.sub(by, text))
    return TIMES.sub(lambda match: f"{number(match['n'], variety)} times", text)


def say_scores(text: str, variety: Variety) -> str:
    """``3-2`` is three to two, ``1-0`` one nil, ``4-4-2`` four four two, ``10-2`` of a record ten and two."""

    def three(match: re.Match[str]) -> str:
        return " ".join(cardinal(int(part), variety) for part in match.groups() if part)

    def pair(match: re.Match[str]) -> str:
        first, second = match["a"], match["b"]
        rest = f", {match['rest'].strip()[1:-1]}" if match["rest"] else ""
        before, after = match.string[: match.start()], match.string[match.end() :]
        if ONE_TWO.match(after):
            return f"{first} {second}"
        if len(first) > 1 and first.startswith("0"):
            return f"{digits(first)} {digits(second)}"
        if second == "0" or (first == "0" and second == "0"):
            zero = variety.nil if first == "0" else ""
            nil = "to zero" if int(first) > 19 or RULED.match(after) else variety.nil
            return f"{zero or number(first, variety)} {nil}{rest}"
        if int(first) > 49 and int(second) < 11 and INNINGS.match(after):
            return f"{first} for {second}{rest}"
        stands = STANDING.search(before) and (
            PLAYS.match(after) or (after.startswith(")") and int(first) + int(second) > 9)
        )
        if stands:
            return f"{first} and {second}{rest}"
        link = "and" if first != second and RECORD.search(before) and not ODDS_AFTER.match(after) else "to"
        return f"{first} {link} {second}{rest}"

    said = PAIR.sub(pair, THREE.sub(three, text))
    return PAIR.sub(pair, said) if "-" in said or "–" in said else said


def join_groups(text: str, _variety: Variety) -> str:
    """``10 000`` is one figure; so are ``1 250 000``."""
    return GROUPED.sub(lambda match: match.group().replace(" ", ""), text)


def say_ranges(text: str, _variety: Variety) -> str:
    """``2,000-3,000`` is a range, ``Monday-Friday`` too."""
    text = TO_COMPOUND.sub(" to ", text)
    text = RANGE.sub(lambda match: f"{match['low']} to {match['high']}", text)
    text = TO_NOW.sub(" to ", text)
    return WORDED_DASH.sub(lambda match: f"{_named(match['a'])} to {_named(match['b'])}", text)


def _named(day_or_month: str) -> str:
    short = day_or_month.rstrip(".")
    return WEEKDAYS.get(short) or (MONTHS[NUMBERED[short] - 1] if short in NUMBERED else short)


ORDINAL = re.compile(
    r"(?<![\w.])(?P<n>\d{1,3}(?:,\d{3})+|\d+)(?:(?<=1)(?:st|ˢᵗ)|(?<=2)(?:nd|ⁿᵈ)|(?<=3)(?:rd|ʳᵈ)|(?:th|ᵗʰ))(?P<s>s?)\b"
)
NTH_TO_NTH = re.compile(r"(?<=\d(?:st|nd|rd|th))[-–](?=\d+(?:st|nd|rd|th)\b)")
DECIMAL_NTH = re.compile(r"(?<![\w.,])(\d+\.\d+)(?:st|nd|rd|th)\b")
POWER = re.compile(r"(?P<base>\d)(?P<power>[⁻⁺]?[²³⁰⁴-⁹¹]+)(?!\w)")
EXPONENT = re.compile(r"(?<=\d)[eE](?P<minus>[-−]?)\+?(?P<n>\d{1,3})(?!\w)")
CARET = re.compile(r"(?<=[\w)])\^(\d{1,3})(?!\w)")
SQUARED = re.compile(r"(?<=[a-zA-Z])(?P<power>[²³])")
POWERS = {"²": "squared", "³": "cubed"}


def say_ordinals(text: str, variety: Variety) -> str:
    """``21st`` is twenty-first."""

    def nth(match: re.Match[str]) -> str:
        value = int(match["n"].replace(",", ""))
        return as_ordinal(cardinal(value, variety)) + match["s"]

    text = NTH_TO_NTH.sub(" to ", text)
    text = DECIMAL_NTH.sub(lambda match: as_ordinal(number(match[1], variety)), text)
    return ORDINAL.sub(nth, text)


def say_powers(text: str, variety: Variety) -> str:
    """``10³`` is ten cubed, ``10⁶`` ten to the power of six, ``c²`` c squared."""

    def power(match: re.Match[str]) -> str:
        exponent = int(unicodedata.normalize("NFKC", match["power"]).replace("−", "-"))
        minus = "minus " if exponent < 0 else ""
        said = POWERS.get(match["power"]) or f"to the power of {minus}{cardinal(abs(exponent), variety)}"
        return f"{match['base']} {said}"

    text = EXPONENT.sub(
        lambda match: f" times ten to the power of {'minus ' if match['minus'] else ''}{match['n']}", text
    )
    text = CARET.sub(lambda match: f" to the power of {cardinal(int(match[1]), variety)}", text)
    return SQUARED.sub(lambda match: f" {POWERS[match['power']]}", POWER.sub(power, text))


def say_remaining_numbers(text: str, variety: Variety) -> str:
    """Whatever figures are left are amounts; what is too long for one is said figure by figure."""
    text = SIGNED.sub(lambda match: "plus " if match[1] == "+" else "minus ", text)

    def amount(match: re.Match[str]) -> str:
        start, end = match.start(), match.end()
        before = " " if start and match.string[start - 1].isalpha() else ""
        after = " " if match.string[end : end + 1].isalpha() else ""
        return before + number(match.group(), variety) + after

    text = AGED.sub(r"\g<age> and over", text) if "+" in text else text
    text = PLUS.sub(lambda match: f"more than {number(match[1], variety)}", text)
    text = DOTTED.sub(
        lambda match: " point ".join(number(part, variety) for part in match.group().split(".")), text
    )
    return ANY.sub(amount, text)


GROUPED = re.compile(
    r"(?<![\w.,-])[1-9]\d{0,2}(?: \d{3}){2,}(?![\d-])|(?<![\w.,-])[1-9]\d{0,2} \d00(?!-| ?\d)"
)
SIGNED = re.compile(r"(?<![\w.,)])([-−+])\s?(?=\.?\d)")
AGED = re.compile(r"(?P<age>\b(?:aged|over|age)\s\d{1,3})\+(?!\w)")
PLUS = re.compile(rf"(?<![\w.,])({NUMBER})\+(?!\w)")
DOTTED = re.compile(r"(?<![\w.,])\d+(?:\.\d+){2,}")
ANY = re.compile(NUMBER)
