"""The words of a language, for the rules that all languages with a decimal comma share.

What a language says in a way of its own (German ordinals, French hours) it brings as rules.
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

Names = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Language:
    """The words of a language. `Names` are those of one and of several, or of each of `plurals`.

    - `tag`: the language as CLDR calls it, which gives its numbers.
    - `plurals`: the plural categories that its nouns have forms for, in the order of `Names`;
      `million`: which of them stands behind a million.
    - `short_months`: short names to the number of the month.
    - `comma` to `per`: the words for what stands between figures and in addresses; `one` is
      that before a noun, `score` joins the figures of a result, `until` those of a range.
    - `abbreviations`: patterns and what they stand for, the longer before the shorter.
    - `acronyms` are words in capitals said as words, `spelled` those said by their letters.
    - `out_of` joins marks, ``8/10``, behind one of the words of `marks`.
    - `aged`: a pattern of the word behind ages, ``25/34 ans``.
    - `domains`: ends of addresses that are spelled though they could be said.
    - `letters`: letters that are words too, and how they sound as letters, in IPA.
    - `hyphen` and `underscore` in addresses.
    - `greek`: letters of Greek that are spelled otherwise than in English.
    - `phones`: a pattern of what a telephone number in groups of three begins with.
    - `tall`: a pattern of words beside which ``1,85 m`` is a height, `tall_link` its *and*.
    - `cents`, and `pence` where a currency has others; `cents_link` is said between units and
      hundredths, None where the figures behind the comma are said as decimals; `cents_named`:
      whether the hundredths have their name.
    - `of`: a unit behind a million, *d'euros*; `partitive`: a pattern of that word as printed.
    - `thousand`: the magnitude that is part of the number; `amount_ends`: what abbreviated
      magnitudes end with; `rate_units`: units behind a slash, where those are others.
    - `half`: what 1/2 is, `and_half` behind a whole number where it keeps its article;
      `part`: the names of another fraction by its lower figure.
    - `decimals_together`: two figures behind the comma are one number.
    - `feminine`, `masculine`, `neuter`: nouns that no ending tells apart, `feminine_ending` a
      pattern of those that one does; `feminine_one` and `neuter_one` are one before them. `agreeing`:
      the genders in which numbers above one have a form of their own.
    - `several`: a pattern of nouns of several, where a number agrees with them and not with a verb.
    - `particles`: small words that are no nouns; `no_nouns`: those behind a result.
    - `labels`: a pattern of words behind which a number is a name; `chapters`: a pattern of
      words and the Roman numeral that counts them.
    - `by` joins the sides of what is measured, where that is not the word for ×.
    - `arc`: degrees, minutes and seconds; `compass`: the letters of the four points.
    - `power`: the word before a raised figure.
    - `plural_endings`: small letters behind initials.
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
    half: str
    and_half: str = ""
    acronyms: frozenset[str] = frozenset()
    spelled: frozenset[str] = frozenset()
    cents: Names = ("", "")
    of: Callable[[str], str] = field(default=lambda unit: unit)
    part: Callable[[int], Names] | None = None
    decimals_together: bool = False
    feminine: frozenset[str] = frozenset()
    feminine_one: str = ""
    neuter_one: str = ""
    feminine_ending: str = ""
    masculine: frozenset[str] = frozenset()
    neuter: frozenset[str] = frozenset()
    agreeing: frozenset[str] = frozenset(("feminine", "neuter"))
    several: str = ""
    particles: frozenset[str] = frozenset()
    by: str = ""
    arc: tuple[Names, ...] = ()
    compass: Mapping[str, str] = field(default_factory=dict)
    plurals: tuple[str, ...] = ("one", "other")
    million: str = "other"
    power: str = ""
    pence: Mapping[str, Names] = field(default_factory=dict)
    cents_link: str | None = None
    cents_named: bool = False
    out_of: str = ""
    aged: str = ""
    marks: str = ""
    domains: frozenset[str] = frozenset()
    letters: Mapping[str, str] = field(default_factory=dict)
    hyphen: str = ""
    underscore: str = ""
    greek: Mapping[str, str] = field(default_factory=dict)
    phones: str = ""
    tall: str = ""
    tall_link: str = ""
    thousand: str = ""
    partitive: str = ""
    amount_ends: tuple[str, ...] = ()
    rate_units: Mapping[str, str] = field(default_factory=dict)
    plural_endings: tuple[str, ...] = ("s",)
    no_nouns: frozenset[str] = frozenset()
    labels: str = ""
    chapters: str = ""

    def counted(self, printed: str, names: Names) -> str:
        """The noun in the form that an amount asks for."""
        amount = re.sub(GAP, "", printed).replace(",", ".")
        return self.form(numerals.plural(amount, self.tag), names)

    def form(self, category: str, names: Names) -> str:
        """The form of a plural category, the last where the language or the noun has none of it."""
        at = self.plurals.index(category) if category in self.plurals else -1
        return names[min(at, len(names) - 1)]

    def of_million(self, names: Names) -> str:
        """The noun behind a million: ``d'euros``."""
        return self.of(self.form(self.million, names))

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
        if len(whole) > numerals.LONGEST or (len(whole) > 1 and whole.startswith("0")):
            return numerals.digits(whole, self.tag)
        if part:
            return f"{self.cardinal(int(whole))} {self.comma} {self.decimals(part)}"
        counts = len(before) > 1 and before not in self.particles
        if not counts or before in {self.score, self.until, self.conjunction}:
            return self.cardinal(int(whole))  # "eins zu null"
        return self.agreed(int(whole), self.gender(before))

    def agreed(self, value: int, gender: str) -> str:
        """The number before a noun of a gender: *veintiuna*, *duzentas*, *vingt et une*."""
        if value == 1:
            return {"feminine": self.feminine_one, "neuter": self.neuter_one}.get(gender) or self.one
        return numerals.cardinal(value, self.tag, gender if gender in self.agreeing else "")

    def gender(self, noun: str) -> str:
        """The gender of a noun, masculine where nothing tells."""
        if self.is_feminine(noun):
            return "feminine"
        return "neuter" if noun in self.neuter else "masculine"

    def is_feminine(self, noun: str) -> bool:
        """Whether a noun, of one or of several, is known to be feminine, by its first word."""
        noun = re.split(r"[\s-]", noun)[0]
        forms = {noun, noun.removesuffix("s")}
        if forms & self.masculine:
            return False
        ending = self.feminine_ending
        return bool(forms & self.feminine) or bool(ending and re.search(ending, noun))

    def fraction(self, top: int, bottom: int) -> str:
        """``3/4``, ``5/6`` by name; nothing where the language has none."""
        if (top, bottom) == (1, 2):
            return self.half
        if self.part is None or not 0 < top < bottom or bottom < 3:
            return ""
        named = self.counted(str(top), self.part(bottom))
        return f"{self.one if top == 1 else self.cardinal(top)} {named}"

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
