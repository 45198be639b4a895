"""English words for numbers, as they are said on air, and what the words beside a figure tell of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from spokenform import numerals
from spokenform.languages.en.tables import TABLES
from spokenform.word_lists import words

# After one of these words no noun is counted or measured: the amount stands for itself.
_FUNCTION = words(TABLES["figures"]["function"])

# Nouns that follow an amount even where no article stands before it, as in headlines.
_BOUGHT = words(TABLES["figures"]["bought"])

_DETERMINER = re.compile(
    r"(?:\b(?:an?|another|every|each|the|its|his|her|their|our|my|your|this|that|whose)|[’']s)"
    r"\s+(?:[a-z]+[- ]|[a-z\d]+(?:-[a-z\d]+)+,\s)?$",
    re.IGNORECASE,
)
_EACH = re.compile(r"-an?-\w+ [a-z]")
_NEXT = re.compile(r"[\s-]+((?:\d{1,2}-)?[A-Za-z][\w'’]*)")

# Nouns that are counted in hundreds and thousands; before them a figure is no year.
COUNTED = words(TABLES["figures"]["counted"])


def modifies(before: str, after: str) -> bool:
    """Whether an amount between these texts goes with a noun, as in ``a $5 note``: then it is singular."""
    follows = _NEXT.match(after)
    if not follows:
        return False
    if follows[1] in {"one", "ones"}:
        return _DETERMINER.search(before[-40:]) is not None
    if _EACH.match(after):
        return _DETERMINER.search(before[-40:]) is not None
    word = follows[1]
    lower = word.lower()
    if lower in _FUNCTION or (word.islower() and word.isalpha() and lower.endswith("ed")):
        return False
    if lower in _BOUGHT or lower.removesuffix("s") in _BOUGHT:
        return True
    return _DETERMINER.search(before[-40:]) is not None


def counts(after: str) -> bool:
    """Whether the noun after a figure is one that is counted."""
    follows = _NEXT.match(after)
    return follows is not None and follows[1] in COUNTED


def ends(after: str) -> bool:
    """Whether a sentence ends here, so that the point of an abbreviation before it is also a full stop."""
    return not after.strip() or re.match(r"\s+[A-Z“\"']", after) is not None


ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip

# A number that has groups of thousands, or not, and perhaps a decimal part.
NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|(?<![\d.])\.\d+"

LONGEST = 17  # digits; what is longer is no amount but a serial number


@dataclass(frozen=True, slots=True)
class Variety:
    """What differs between the Englishes.

    `british`: ``hundred and five``, the day before the month, *metre*; `nil`: nought in a result.
    """

    british: bool = False
    nil: str = "nil"


@lru_cache(4096)
def cardinal(value: int, variety: Variety) -> str:
    """``two hundred and five``, ``minus twelve``."""
    if value < 0:
        return f"minus {cardinal(-value, variety)}"
    return numerals.cardinal(value, "en", "verbose" if variety.british else "").replace(",", "")


def below_hundred(value: int) -> str:
    """``sixty-four``."""
    return numerals.cardinal(value, "en")


def ordinal(value: int, variety: Variety) -> str:
    """``twenty-first``."""
    return as_ordinal(cardinal(value, variety))


def as_ordinal(words: str) -> str:
    """The ordinal of a number in words."""
    parts = re.split(r"([ -])", words)
    last = parts[-1]
    if last in ORDINALS:
        parts[-1] = ORDINALS[last]
    elif last.endswith("y"):
        parts[-1] = f"{last[:-1]}ieth"
    else:
        parts[-1] = f"{last}th"
    return "".join(parts)


def plural(words: str) -> str:
    """``eighties``, ``hundreds``, ``sixes``."""
    if words.endswith("y"):
        return f"{words[:-1]}ies"
    return words + ("es" if words.endswith("x") else "s")


def digits(figures: str) -> str:
    """Figure by figure; whatever is no figure parts them."""
    return " ".join(ONES[int(figure)] for figure in figures if figure.isdecimal())


def number(printed: str, variety: Variety) -> str:
    """``1,234.5`` in words: the whole as an amount, the decimals one by one."""
    whole, point, part = printed.replace(",", "").partition(".")
    said = "" if not whole else cardinal(int(whole), variety) if len(whole) <= LONGEST else digits(whole)
    if len(whole) > 1 and whole.startswith("0"):
        said = digits(whole)
    return f"{said} point {digits(part)}".lstrip() if point and part else said


@lru_cache(512)
def year(value: int, variety: Variety) -> str:
    """``nineteen oh five``, ``two thousand and five``, ``twenty twenty-six``, ``four seventy-six``."""
    century, rest = divmod(value, 100)
    if value < 100 or value >= 10_000:
        return cardinal(value, variety)
    if century % 10 == 0 and rest < 10:
        return cardinal(value, variety)
    if rest == 0:
        return f"{below_hundred(century)} hundred"
    if rest < 10:
        return f"{below_hundred(century)} oh {ONES[rest]}"
    return f"{below_hundred(century)} {below_hundred(rest)}"


def label(figures: str) -> str:
    """A number that is a name: of a house, a road, a flight, an aircraft. ``seven thirty-seven``."""
    if len(figures) <= 2 and not figures.startswith("0"):
        return below_hundred(int(figures))
    if len(figures) not in {3, 4} or figures.startswith("0"):
        return digits(figures)
    head, tail = figures[:-2], figures[-2:]
    if tail == "00":
        if head.endswith("0"):
            return f"{ONES[int(head[0])]} thousand"
        return f"{below_hundred(int(head))} hundred"
    said = f"oh {ONES[int(tail)]}" if tail.startswith("0") else below_hundred(int(tail))
    return f"{below_hundred(int(head))} {said}"
