"""Printed text to spoken text: what a newsreader says where the eye sees a sign.

Small rules in a row, each a pure function of the text. Those of English come first and
cover what engines get wrong in news: money with its magnitude, scores, ranges, titles,
initials, addresses. Any other language passes through the general rules only, and its
engine reads the figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import reduce
from typing import TypeAlias
from urllib.parse import urlsplit

from newsexport.languages import primary

Rule: TypeAlias = Callable[[str], str]

ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>«»“”\"]*[^\s<>«»“”\".,;:!?)\]]", re.IGNORECASE)


def spoken(text: str, language: str) -> str:
    """The text as it should be said, on one line."""
    rules = GENERAL + (ENGLISH if primary(language) == "en" else ())
    return " ".join(reduce(lambda said, rule: rule(said), rules, text).split())


def name_addresses(text: str) -> str:
    """``https://www.example.org/a?b=1`` is said as ``example.org``."""

    def host(match: re.Match[str]) -> str:
        address = match.group()
        try:
            name = urlsplit(address if "//" in address else f"//{address}").netloc
        except ValueError:  # a bracket that makes it look like an IPv6 address, and a bad one
            return ""
        return name.rpartition("@")[2].partition(":")[0].removeprefix("www.")

    return ADDRESS.sub(host, text)


def drop_marks(text: str) -> str:
    """Footnote marks (``[12]``, ``[a]``) and invisible characters are not said."""
    without = re.sub(r"\[(?:\d{1,3}|[a-z])\](?=\W|$)", "", text)
    return re.sub("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]", "", without)


def pause_at_dashes(text: str) -> str:
    """A dash between words is a pause; so is an ellipsis, which engines read as three dots."""
    paused = re.sub(r"\s+[-–—]+\s+|\s*—\s*", ", ", text)
    return re.sub(r"\s*(?:\.\s?){3,}|\s*…", "… ", paused)


# A letter stands close to its figure; what is further off ("a $20 T-shirt") begins a word.
LETTERS = {"k": "thousand", "m": "million", "b": "billion", "t": "trillion"}
WORDS = {
    "thousand": "thousand",
    "mn": "million",
    "million": "million",
    "bn": "billion",
    "billion": "billion",
    "tn": "trillion",
    "trn": "trillion",
    "trillion": "trillion",
}
MAGNITUDES = LETTERS | WORDS

# Sign to the name of one unit, of several, of one hundredth and of several.
CURRENCIES = {
    "US$": ("US dollar", "US dollars", "cent", "cents"),
    "A$": ("Australian dollar", "Australian dollars", "cent", "cents"),
    "C$": ("Canadian dollar", "Canadian dollars", "cent", "cents"),
    "HK$": ("Hong Kong dollar", "Hong Kong dollars", "cent", "cents"),
    "NZ$": ("New Zealand dollar", "New Zealand dollars", "cent", "cents"),
    "$": ("dollar", "dollars", "cent", "cents"),
    "£": ("pound", "pounds", "penny", "pence"),
    "€": ("euro", "euros", "cent", "cents"),
    "¥": ("yen", "yen", "", ""),
    "₹": ("rupee", "rupees", "paisa", "paise"),
    "₩": ("won", "won", "", ""),
}

MONEY = re.compile(
    r"(?<![\w$])(?P<sign>" + "|".join(map(re.escape, CURRENCIES)) + r")\s?"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d+))?"
    rf"(?:(?P<magnitude>[{''.join(LETTERS)}]|[\s-]?(?:{'|'.join(WORDS)}))\b(?!-\w))?(?![\d%])",
    re.IGNORECASE,
)


def say_money(text: str) -> str:
    """``$4.5bn`` is four point five billion dollars, ``£3.20`` three pounds and 20 pence."""
    return MONEY.sub(_amount, text)


def _amount(match: re.Match[str]) -> str:
    one, several, cent, cents = CURRENCIES[match["sign"].upper()]
    whole, part = match["whole"].replace(",", ""), match["part"] or ""
    figure = f"{whole}.{part}" if part else whole
    if match["magnitude"]:
        return f"{figure} {MAGNITUDES[match['magnitude'].lower().strip(' -')]} {several}"
    if len(part) != 2 or not cent:
        return f"{figure} {one if figure == '1' else several}"
    hundredths = int(part)
    units = f"{whole} {one if whole == '1' else several}"
    return units if hundredths == 0 else f"{units} and {hundredths} {cent if hundredths == 1 else cents}"


TITLES = {
    "Mr": "Mister",
    "Mrs": "Missus",
    "Ms": "Miz",
    "Dr": "Doctor",
    "Prof": "Professor",
    "Sen": "Senator",
    "Rep": "Representative",
    "Gov": "Governor",
    "Gen": "General",
    "Lt": "Lieutenant",
    "Col": "Colonel",
    "Sgt": "Sergeant",
    "Capt": "Captain",
    "Rev": "Reverend",
    "Hon": "Honourable",
    "St": "Saint",
}


TITLE = re.compile(rf"\b({'|'.join(TITLES)})\.\s+(?=[A-ZÀ-Þ])")


def say_titles(text: str) -> str:
    """``Sen. Okafor`` is Senator Okafor; a title is one only in front of a capital."""
    return TITLE.sub(lambda match: TITLES[match[1]] + " ", text)


MONTHS = {
    "Jan": "January", "Feb": "February", "Mar": "March", "Apr": "April", "Jun": "June", "Jul": "July",
    "Aug": "August", "Sept": "September", "Sep": "September", "Oct": "October",
    "Nov": "November", "Dec": "December",
}  # fmt: skip


def say_months(text: str) -> str:
    """``Dec. 15`` and ``15 Dec.`` name the month; elsewhere the letters may be a name."""
    names = "|".join(MONTHS)
    before = re.sub(rf"\b({names})\.(?=\s\d)", lambda match: MONTHS[match[1]], text)
    return re.sub(rf"(?<=\d\s)({names})\b\.?", lambda match: MONTHS[match[1]], before)


ABBREVIATIONS = (
    (re.compile(r"\bvs?\.(?=\s)"), "versus"),
    (re.compile(r"\be\.g\.,?(?=\s)"), "for example,"),
    (re.compile(r"\bi\.e\.,?(?=\s)"), "that is,"),
    (re.compile(r"\betc\.(?=\s[a-z]|[,;)])"), "et cetera"),
    (re.compile(r"\bapprox\.(?=\s)"), "approximately"),
    (re.compile(r"\bNo\.\s?(?=\d)"), "number "),
    (re.compile(r"(?<=\d)\s?a\.?m\.?(?=\W|$)", re.IGNORECASE), " A M"),
    (re.compile(r"(?<=\d)\s?p\.?m\.?(?=\W|$)", re.IGNORECASE), " P M"),
)


def say_abbreviations(text: str) -> str:
    """Abbreviations that engines spell out or swallow."""
    return reduce(lambda said, pair: pair[0].sub(pair[1], said), ABBREVIATIONS, text)


def join_initials(text: str) -> str:
    """``U.S.`` and ``J. R. Smith``: points inside initials are no ends of sentences."""
    joined = re.sub(r"\b(?:[A-Z]\.){2,}", lambda match: " ".join(match.group().replace(".", "")), text)
    return re.sub(r"\b([A-Z])\.\s+(?=[A-Z])", r"\1 ", joined)


def say_scores(text: str) -> str:
    """``3-2`` and ``52–48`` are said with *to*; so are ranges of years and figures.

    A date or a telephone number has more than two parts and is left alone.
    """
    return re.sub(r"(?<![\w.,/:–-])(\d{1,4})\s?[-–]\s?(\d{1,4})(?![\w/:–-]|[.,]\d)", r"\1 to \2", text)


SIGNS = (
    (re.compile(r"(?<=\d)\s?%"), " per cent"),
    (re.compile(r"(?<=\d)\s?°\s?C\b"), " degrees Celsius"),
    (re.compile(r"(?<=\d)\s?°\s?F\b"), " degrees Fahrenheit"),
    (re.compile(r"(?<=\d)\s?km/h\b"), " kilometres per hour"),
    (re.compile(r"(?<=\d)\s?mph\b"), " miles per hour"),
    (re.compile(r"(?<=\d)\s?km²"), " square kilometres"),
    (re.compile(r"(?<=\d)\s?km\b"), " kilometres"),
    (re.compile(r"(?<=\d)\s?kg\b"), " kilograms"),
    (re.compile(r"(?<=\d)\s?cm\b"), " centimetres"),
    (re.compile(r"(?<=\d)\sm\b(?![./’'])"), " metres"),  # written close, 20m may be millions
    (re.compile(r"(?<=per )kg\b"), "kilogram"),
    (re.compile(r"(?<=per )km\b"), "kilometre"),
    (re.compile(r"(?<![\w-])[-−](?=\d)"), "minus "),
    (re.compile(r"\s&\s"), " and "),
    (re.compile(r"(?<=\w)&(?=\w)"), " and "),
    (re.compile(r"#(?=\d)"), "number "),
    (re.compile(r"[#@](?=\w)"), ""),
)


def say_signs(text: str) -> str:
    """Units and signs beside figures."""
    return reduce(lambda said, pair: pair[0].sub(pair[1], said), SIGNS, text)


GENERAL: tuple[Rule, ...] = (drop_marks, name_addresses, pause_at_dashes)
ENGLISH: tuple[Rule, ...] = (
    say_money,
    say_titles,
    say_months,
    say_abbreviations,
    join_initials,
    say_scores,
    say_signs,
)
