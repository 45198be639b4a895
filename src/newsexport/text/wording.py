"""The words an edition says itself, around the articles, each language's in a file of its own.

A language is ``assets/languages/<tag>.toml``: words, plural forms, names of months and days, patterns of
dates, direction, digits, quotation marks. Files in the folders that the environment variable
`FURTHER` names come before the shipped ones, so a language is added, or a word changed, without
touching the program; worker processes inherit it. docs/languages.md describes the file.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from newsexport import assets
from newsexport.errors import UsageError
from newsexport.text.languages import RIGHT_TO_LEFT, primary

# Folders beside the shipped one, as PATH has them.
FURTHER = "NEWSEXPORT_LANGUAGES"

# Tags whose words stand under another (CLDR, likely subtags and aliases of languages; Norwegian's two
# written forms read each other).
STANDS_FOR = {
    "no": "nb", "nn": "nb", "iw": "he", "in": "id", "zh": "zh-hans", "cmn": "zh-hans", "yue": "zh-hant",
    "zh-tw": "zh-hant", "zh-hk": "zh-hant", "zh-mo": "zh-hant",
}  # fmt: skip

# Words that take something, and how often.
TAKING = {"by": 1, "back": 1, "forward": 1, "kilobyte": 1, "megabyte": 1, "hour": 1, "minute": 1, "again": 1}

# Of a language whose file does not say: the symbols of the International System of Units, and words that
# files made for earlier versions lack.
UNSAID = {"hour": "{}\u00a0h", "minute": "{}\u00a0min", "tags": "Tags", "again": "Again: {}"}
# From so many minutes on they are hours and minutes.
LONG_READ = 100

Table = TypeVar("Table", bound="PageWords | CatalogueWords | AccessibilityWords | Calendar")


@dataclass(frozen=True, slots=True)
class Forms:
    """A text with a number for each plural category that a language tells apart, and the rules of CLDR."""

    texts: Mapping[str, str]
    rules: Mapping[str, str]

    def of(self, number: int, digits: str) -> str:
        """The form for a number, which stands in it."""
        kinds = (kind for kind, rule in self.rules.items() if kind in self.texts and holds(rule, number))
        return self.texts[next(kinds, "other")].format(digits)


@dataclass(frozen=True, slots=True)
class PageWords:
    """What the pages of a library say. `back` and `forward` take seconds."""

    papers: str
    skip: str
    player: str
    play: str
    pause: str
    toggle: str
    back: str
    forward: str
    previous: str
    following: str
    speed: str
    follow: str
    files: str
    subscribe: str
    daily: str
    listen: str = "Listen in your podcast app"
    read: str = "Read on your e-reader"
    earlier: str = "Earlier issues"
    add: str = "Add this address in the app."
    catalogue: str = "Add this catalogue (OPDS) on the reader."
    scan: str = "Or scan this code with a telephone."
    book: str = "Book"
    sound: str = "Sound"
    text: str = "Text"
    transcript: str = "Transcript"


@dataclass(frozen=True, slots=True)
class CatalogueWords:
    """What a catalogue says: its shelves, the names of its facets, and what is looked through."""

    latest: str
    all: str
    search: str
    paper: str
    section: str
    description: str
    articles: str = "Articles"


@dataclass(frozen=True, slots=True)
class AccessibilityWords:
    """Sentences of a book's accessibility summary."""

    ways: str
    text_only: str
    described: str
    undescribed: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """Names of months and days as they stand in a date, and patterns for `str.format`.

    Patterns may name ``{day}``, ``{month}``, ``{month_number}``, ``{year}`` and ``{weekday}``.
    `spoken_date` is how a full date is said where that differs from `full_date`, `spoken_days` are
    the days of the month in words for it.
    """

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    date: str
    full_date: str
    months_alone: tuple[str, ...] = ()
    first_day: str = ""
    spoken_date: str = ""
    spoken_days: tuple[str, ...] = ()

    @property
    def has_pointed_numbers(self) -> bool:
        """Whether a number with a point is an ordinal, as in ``23. November``."""
        return re.search(r"\{(?:day|year)\}\.", self.date + self.full_date) is not None


@dataclass(frozen=True, slots=True)
class Wording:
    """`by` takes names. `struck` is said behind what is struck out, `now` before what stands in its place.

    `again` takes a day. `comma` has its space with it. `language` is that of the words, `direction` how
    they run, `quotes` are the outer and the inner quotation marks. `news` is what a section or an edition
    without a name is called.
    """

    language: str
    cover: str
    contents: str
    previous: str
    following: str
    by: str
    source: str
    picture: str
    untitled: str
    excerpt: str
    updated: str
    again: str
    also_in: str
    tags: str
    notes: str
    landmarks: str
    pages: str
    code: str
    struck: str
    now: str
    comma: str
    news: str
    direction: str
    quotes: tuple[str, ...]
    minutes: Forms = field(repr=False)
    articles: Forms = field(repr=False)
    page: PageWords = field(repr=False)
    catalogue: CatalogueWords = field(repr=False)
    accessibility: AccessibilityWords = field(repr=False)
    calendar: Calendar = field(repr=False)
    digits: str
    decimal: str
    pair: str
    list_start: str
    list_middle: str
    list_end: str
    kilobyte: str
    megabyte: str
    hour: str
    minute: str

    def speaks(self, tag: str) -> bool:
        """Whether these words are in that language, and not English in place of it."""
        return primary(self.language) == primary(tag)

    def numeral(self, number: float | str) -> str:
        """A number in the digits of the language: ``1,25`` of ``1.25``."""
        return str(number).replace(".", self.decimal).translate(self.figures)

    @property
    def figures(self) -> dict[int, str]:
        """The digits of the language by those of ASCII, for `str.translate`."""
        return dict(zip(b"0123456789", self.digits, strict=True))

    def count(self, number: int) -> str:
        """``12 articles``."""
        return self.articles.of(number, self.numeral(number))

    def reading_time(self, minutes: int) -> str:
        """``3 min read``; what takes long in hours, ``14 h 45 min``."""
        if minutes < LONG_READ:
            return self.minutes.of(minutes, self.numeral(minutes))
        return self.duration(minutes)

    def duration(self, minutes: int) -> str:
        """``1 h 45 min``, ``27 min``."""
        if minutes < 60:
            return self.minute.format(self.numeral(minutes))
        hours, left = divmod(minutes, 60)
        told = [self.hour.format(self.numeral(hours))]
        return " ".join([*told, self.minute.format(self.numeral(left))] if left else told)

    def size(self, octets: int) -> str:
        """``4.3 MB``, ``12 kB``; in French ``4,3 Mo``."""
        if octets >= 1e6:
            return self.megabyte.format(self.numeral(f"{octets / 1e6:.1f}"))
        return self.kilobyte.format(self.numeral(max(1, round(octets / 1e3))))

    def standing(self, *, partial: bool, update: bool, again: str = "") -> tuple[str, ...]:
        """What the reader should know of the text itself: that it is new in part, or only a part.

        `again` is the day on which it first came, in words, where it comes once more.
        """
        told = (self.again.format(again),) if again else ()
        return told + (self.updated,) * update + (self.excerpt,) * partial

    def names(self, names: Sequence[str]) -> str:
        """``By A, B and C``."""
        return self.by.format(self.listed(names))

    def listed(self, names: Sequence[str]) -> str:
        """``A, B and C``, by the list patterns of CLDR."""
        if len(names) < 3:
            return self.pair.format(*names) if len(names) == 2 else "".join(names)
        *others, last = names
        told = self.list_start.format(*others[:2])
        for name in others[2:]:
            told = self.list_middle.format(told, name)
        return self.list_end.format(told, last)


def wording(tag: str) -> Wording:
    """The words for a language, or the English ones; `language` says which.

    Raises:
        UsageError: the file of the language lacks a word, or is none.
    """
    return _wording(tag, os.environ.get(FURTHER, ""))


def direction(tag: str) -> str:
    """``rtl`` or ``ltr``, as the ``dir`` attribute takes it.

    A script subtag wins over the language: ``az-Arab`` is written from right to left.
    """
    subtags = set(tag.replace("_", "-").lower().split("-"))
    if {"arab", "hebr", "thaa", "syrc", "nkoo"} & subtags:
        return "rtl"
    if {"latn", "cyrl"} & subtags:
        return "ltr"
    words = wording(tag)
    if words.speaks(tag):
        return words.direction
    return "rtl" if primary(tag) in RIGHT_TO_LEFT else "ltr"


def languages() -> tuple[str, ...]:
    """The tags of all languages that there are words in."""
    return tuple(
        sorted(file.name.removesuffix(".toml") for file in _files(os.environ.get(FURTHER, "")).values())
    )


def holds(rule: str, number: int) -> bool:
    """Whether a plural rule holds for a whole number (Unicode Technical Standard 35, part 3)."""
    return any(all(_relation(one, number) for one in either.split(" and ")) for either in rule.split(" or "))


RELATION = re.compile(
    r"(?P<operand>[a-z])(?: mod (?P<modulus>\d+))? (?P<negated>not )?in (?P<ranges>[\d.,]+)"
)


def _relation(written: str, number: int) -> bool:
    told = RELATION.fullmatch(written)
    if told is None:
        raise UsageError(f"{written!r} is no relation of a plural rule")
    value = number if told["operand"] in "in" else 0  # a whole number has no fraction, and no exponent
    value = value % int(told["modulus"]) if told["modulus"] else value
    ranges = (part.partition("..") for part in told["ranges"].split(","))
    within = any(int(low) <= value <= int(high or low) for low, _, high in ranges)
    return within is not bool(told["negated"])


@cache
def _wording(tag: str, further: str) -> Wording:
    known = _files(further)
    name = next((name for name in _names(tag) if name in known), "")
    return replace(_read(name, further), language=tag) if name else _read("en", further)


def _names(tag: str) -> Iterator[str]:
    """Under what names the words of a language may stand, the closest first."""
    subtags = tag.replace("_", "-").lower().split("-")
    for length in range(len(subtags), 0, -1):
        name = "-".join(subtags[:length])
        yield name
        if name in STANDS_FOR:
            yield STANDS_FOR[name]


@cache
def _files(further: str) -> Mapping[str, Traversable]:
    """The file of each language by its tag in lower case."""
    shipped: Sequence[Traversable] = (assets.folder().joinpath("languages"),)
    own = [Path(folder) for folder in further.split(os.pathsep) if folder and Path(folder).is_dir()]
    return {
        file.name.removesuffix(".toml").lower(): file
        for folder in (*shipped, *reversed(own))
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    }


@cache
def _read(name: str, further: str) -> Wording:
    file = _files(further)[name]
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
        return _made(file.name.removesuffix(".toml"), written)
    except (OSError, ValueError, TypeError, LookupError, AttributeError) as error:
        raise UsageError(f"{file}: no language can be read of it: {error}") from error


def _made(tag: str, written: Mapping[str, Any]) -> Wording:
    known = {**written["cldr"], **written.get("preferred", {})}
    plural = known["plurals"]
    simple = {**UNSAID, **known, **written["words"]}
    return Wording(
        language=tag,
        quotes=tuple(written["quotes"]),
        minutes=Forms(_formed(written["counts"]["minutes"]), plural),
        articles=Forms(_formed(written["counts"]["articles"]), plural),
        page=_filled(PageWords, written["page"]),
        catalogue=_filled(CatalogueWords, written["catalogue"]),
        accessibility=_filled(AccessibilityWords, written["accessibility"]),
        calendar=_filled(Calendar, known),
        **{
            one.name: _word(one.name, simple)
            for one in fields(Wording)
            if one.type == "str" and one.name != "language"
        },
    )


def _filled(kind: type[Table], written: Mapping[str, Any]) -> Table:
    """A table of words, every one of which is there."""
    values: dict[str, Any] = {}
    for one in fields(kind):
        if one.type == "str":
            default = {one.name: one.default} if isinstance(one.default, str) else {}
            values[one.name] = _word(one.name, {**default, **written})
        else:
            values[one.name] = tuple(written[one.name] if one.default != () else written.get(one.name, ()))
    return kind(**values)


def _word(name: str, written: Mapping[str, Any]) -> str:
    word = written[name]
    if not isinstance(word, str) or word.count("{}") != TAKING.get(name, 0):
        raise ValueError(f"{name} = {word!r} is no text with {TAKING.get(name, 0)} {{}} in it")
    return word


def _formed(texts: Mapping[str, str]) -> Mapping[str, str]:
    if any(text.count("{}") > 1 for text in texts.values()) or "other" not in texts:
        raise ValueError(f"{dict(texts)} has no form for other, or two places for its number")
    return texts
