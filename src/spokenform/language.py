"""One shape for the languages of the Continent: what differs between them is data.

A `Language` holds the words; the rules here put them where the signs stand. What a language
says in a way of its own (German ordinals, French hours) it brings as rules of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from spokenform import numerals

# What stands between thousands, and a figure with its decimal part.
GAP = "[. \u00a0\u202f\u2009'’]"
NUMBER = rf"(?:\d{{1,3}}(?:{GAP}\d{{3}})+(?!\d)|\d+)(?:,\d+)?"

Names = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Language:
    """The words of a language. `names` of currencies and units: of one and of several.

    `by` joins the sides of what is measured, where that is not the word for ×. `arc` names
    degrees, minutes and seconds, `compass` the letters of the four points. `particles` are
    the small words: no noun, so nothing agrees with them. `single_below_two` is of
    languages in which 1,5 is still one. `pence` are the hundredths of some currencies, where
    they are not the `cents`.
    """

    tag: str
    months: tuple[str, ...]
    short_months: Mapping[str, int]
    comma: str
    percent: str
    permille: str
    minus: str
    plus: str
    until: str
    score: str
    dot: str
    at: str
    hashtag: str
    one: str
    conjunction: str
    per: str
    currencies: Mapping[str, Names]
    magnitudes: Mapping[str, Names]
    units: Mapping[str, Names]
    abbreviations: tuple[tuple[str, str], ...]
    signs: Mapping[str, str]
    fractions: Mapping[str, str]
    acronyms: frozenset[str] = frozenset()
    spelled: frozenset[str] = frozenset()
    cents: Names = ("", "")
    of: Callable[[str], str] = field(default=lambda unit: unit)
    part: Callable[[int], Names] | None = None
    decimals_together: bool = False
    feminine: frozenset[str] = frozenset()
    feminine_one: str = ""
    feminine_ending: str = ""
    masculine: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    by: str = ""
    arc: tuple[Names, ...] = ()
    compass: Mapping[str, str] = field(default_factory=dict)
    single_below_two: bool = False
    power: str = ""
    pence: Mapping[str, Names] = field(default_factory=dict)
    cents_link: str | None = None
    thousand: str = ""
    partitive: str = ""
    amount_ends: tuple[str, ...] = ()
    rate_units: Mapping[str, str] = field(default_factory=dict)
    plural_endings: tuple[str, ...] = ("s",)
    no_nouns: frozenset[str] = frozenset()
    labels: str = ""

    def counted(self, printed: str, names: Names) -> str:
        """The noun of one or of several, for an amount."""
        single = printed == "1" or (self.single_below_two and re.match("[01],", printed))
        return names[0] if single else names[1]

    @cached_property
    def sign(self) -> str:
        """A pattern of the currencies, longest first."""
        return _any(self.currencies)

    @cached_property
    def magnitude(self) -> str:
        """A pattern of the magnitudes."""
        return _any(self.magnitudes)

    @cached_property
    def unit(self) -> str:
        """A pattern of the units."""
        return _any(self.units)

    @cached_property
    def month(self) -> str:
        """A pattern of the months, in full or short."""
        return f"(?:{_any(dict.fromkeys(self.months))}|(?:{_any(self.short_months)})\\b\\.?)"

    def month_name(self, printed: str) -> str:
        """``Okt.`` is Oktober."""
        name = printed.rstrip(".")
        lowered = {short.lower(): number for short, number in self.short_months.items()}
        number = lowered.get(name.lower())
        return self.months[number - 1] if number else name

    def cardinal(self, value: int) -> str:
        """The number in words."""
        return numerals.cardinal(value, self.tag)

    def number(self, printed: str, *, before: str = "") -> str:
        """A printed number in words; before a noun one is *un* or *ein*, not *eins*."""
        whole, _, part = re.sub(GAP, "", printed).partition(",")
        value = int(whole)
        if len(whole) > numerals.LONGEST or (len(whole) > 1 and whole.startswith("0")):
            return numerals.digits(whole, self.tag)
        if (
            len(before) == 1
            or before in self.particles
            or before in {self.score, self.until, self.conjunction}
        ):
            before = ""  # "eins zu null"
        feminine = self.feminine_one and self.is_feminine(before)
        if value == 1 and not part and before:
            return self.feminine_one if feminine else self.one
        said = self.cardinal(value)
        if feminine and not part and said.endswith((f" {self.one}", f"-{self.one}")):
            said = f"{said.removesuffix(self.one)}{self.feminine_one}"  # "vingt et une femmes"
        return f"{said} {self.comma} {self.decimals(part)}" if part else said

    def is_feminine(self, noun: str) -> bool:
        """Whether a noun, of one or of several, is known to be feminine, by its first word."""
        noun = re.split(r"[\s-]", noun)[0]
        forms = {noun, noun.removesuffix("s")}
        if forms & self.masculine:
            return False
        ending = self.feminine_ending
        return bool(forms & self.feminine) or bool(ending and re.search(ending, noun))

    def fraction(self, printed: str) -> str:
        """``3/4`` by its name, ``5/6`` by the ordinal that the language makes of it; else as it is."""
        named = self.fractions.get(printed)
        top, bottom = map(int, printed.split("/"))
        if named or self.part is None or not 0 < top < bottom <= 100:
            return named or printed
        one, many = self.part(bottom)
        return f"{self.one if top == 1 else self.cardinal(top)} {one if top == 1 else many}"

    def decimals(self, part: str) -> str:
        """The figures behind the comma: together where the language says them so."""
        if self.decimals_together and len(part) == 2 and not part.startswith("0"):
            return self.cardinal(int(part))
        return numerals.digits(part, self.tag)


def _any(words: Mapping[str, object]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def full_year(printed: str) -> int:
    """2026 for ``26`` and 1945 for ``45``: nobody prints a year so that lies further ahead than 2039."""
    value = int(printed)
    return value if len(printed) == 4 else value + (2000 if value < 40 else 1900)


ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
PROPER = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


def roman(printed: str) -> int | None:
    """14 for ``XIV``; nothing for what is no numeral."""
    if not printed or not PROPER.fullmatch(printed):
        return None
    values = [ROMAN_VALUES[letter] for letter in printed]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
