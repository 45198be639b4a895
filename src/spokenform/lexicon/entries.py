"""An entry of a lexicon, and which entries a text matches."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from spokenform.tags import primary


class LexiconError(ValueError):
    """A lexicon that cannot be used. `entry` tells which entry is wrong; empty for the whole file."""

    def __init__(self, file: str, entry: str, reason: str) -> None:
        self.file = file
        self.entry = entry
        self.reason = reason
        super().__init__(file, entry, reason)

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.file, self.entry, self.reason)))


@dataclass(frozen=True, slots=True)
class Entry:
    r"""What is said for `written`: `spoken`, or what `ipa` sounds like to an engine that knows IPA.

    With neither, the word is known and said as it is printed. An empty `language` is every
    language; ``en`` is every English. `exact` when capitals matter. For a `pattern`,
    `written` is a regular expression and `spoken` may have its groups (``\1``).
    """

    written: str
    spoken: str = ""
    ipa: str = ""
    language: str = ""
    exact: bool = True
    pattern: bool = False

    def speaks(self, language: str) -> bool:
        """Whether it holds in a language."""
        own = self.language.lower()
        return own in {"", primary(language), language.replace("_", "-").lower()}


@dataclass(frozen=True, slots=True)
class LexiconMatch:
    """Where a text matches an entry, and what the entry makes of it (empty: as it is printed)."""

    begin: int
    end: int
    entry: Entry
    spoken: str


@dataclass(frozen=True)
class Lexicon:
    """Entries in order: what comes later is the stronger."""

    entries: tuple[Entry, ...] = field(default=(), repr=False)

    @cached_property
    def _indices(self) -> dict[str, _Index]:
        # Kept here, not by `cache`: that would hash every entry for every sentence.
        return {}

    def __bool__(self) -> bool:
        return bool(self.entries)

    def under(self, other: Lexicon) -> Lexicon:
        """Both, with `other` upon this one: of two entries for the same words, it has the last say."""
        return Lexicon((*self.entries, *other.entries))

    def matches(self, text: str, language: str) -> list[LexiconMatch]:
        """Every place that an entry is for, in order, none in another.

        The longest comes first; of two for the same words the later, and within one lexicon
        the one for the narrower language. Words are met whole, in any script, and not in
        addresses.
        """
        closed = [match.span() for match in ADDRESS.finditer(text)]
        chosen: list[LexiconMatch] = []
        for _, _, one in sorted(self._found(text, language), key=lambda each: each[:2], reverse=True):
            taken = (*closed, *((other.begin, other.end) for other in chosen))
            if all(one.end <= begin or end <= one.begin for begin, end in taken):
                chosen.append(one)
        return sorted(chosen, key=lambda one: one.begin)

    def _found(self, text: str, language: str) -> Iterator[tuple[int, int, LexiconMatch]]:
        """What is met, each with its length and rank."""
        tag = language.replace("_", "-").lower()
        index = self._indices.get(tag) or self._indices.setdefault(tag, _indexed(self.entries, tag))
        folded = text.casefold()
        same = len(folded) == len(text)  # else some letter folds into two
        for at in range(len(text)):
            key = folded[at : at + KEY] if same else text[at : at + KEY].casefold()
            for rank, entry in index.literal.get(key, ()):
                end = at + len(entry.written)
                if _same(text[at:end], entry) and is_whole(text, at, end):
                    yield end - at, rank, LexiconMatch(at, end, entry, entry.spoken)
        for rank, entry in index.patterns:
            for match in compiled(entry).finditer(text):
                if match.end() > match.start() and is_whole(text, *match.span()):
                    spoken = match.expand(entry.spoken)
                    yield match.end() - match.start(), rank, LexiconMatch(*match.span(), entry, spoken)


EMPTY = Lexicon()

# What is an address, a handle or a hashtag is said by rules of its own.
ADDRESS = re.compile(r"\S*(?:://|@)\S*|\bwww\.\S*|#\S+", re.IGNORECASE)

# Entries are looked up by so many first characters. One character alone is no entry.
KEY = 2


@dataclass(frozen=True, slots=True)
class _Index:
    """The entries of one language, each with its rank: words by how they begin, and patterns."""

    literal: dict[str, list[tuple[int, Entry]]]
    patterns: list[tuple[int, Entry]]


def _indexed(entries: Sequence[Entry], language: str) -> _Index:
    index = _Index({}, [])
    for rank, entry in enumerate(entries):
        if entry.pattern and entry.speaks(language):
            index.patterns.append((rank, entry))
        elif entry.speaks(language):
            index.literal.setdefault(entry.written[:KEY].casefold(), []).append((rank, entry))
    return index


@cache
def compiled(entry: Entry) -> re.Pattern[str]:
    """The pattern of an entry. Raises `re.error`."""
    return re.compile(entry.written, 0 if entry.exact else re.IGNORECASE)


def _same(text: str, entry: Entry) -> bool:
    return text == entry.written or (not entry.exact and text.casefold() == entry.written.casefold())


def is_whole(text: str, begin: int, end: int) -> bool:
    """Whether a part of a text has no more of a word before or behind it."""
    return not (begin > 0 and _tied(text[begin - 1], text[begin])) and not (
        end < len(text) and _tied(text[end - 1], text[end])
    )


@cache
def _unspaced() -> re.Pattern[str]:
    """Scripts that put no space between words: Thai to Myanmar, Khmer, kana, Han (Unicode 16, Blocks.txt)."""
    return re.compile(
        "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
    )


def _tied(before: str, after: str) -> bool:
    """Whether two characters belong to one word, marks of Indic and other scripts included."""
    if unicodedata.category(after)[0] == "M":
        return True
    return all(
        unicodedata.category(one)[0] in "LMN" and not _unspaced().match(one) for one in (before, after)
    )
