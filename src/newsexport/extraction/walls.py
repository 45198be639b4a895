"""The kinds of pages that are no article, and the phrases in which each speaks to its reader."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from newsexport import assets
from newsexport.text.counting import is_western

GAP = " … "
WORD = re.compile(r"\w+")
# The same where all is ASCII, in a fifth of the time: what is no word becomes a space.
APART = {ord(each): " " for each in map(chr, range(128)) if not WORD.match(each)}
APOSTROPHES = re.compile("[’‘ʼ´`]")


@dataclass(frozen=True, slots=True)
class Wall:
    """A kind of page that is no article. `own` are its phrases without those of the kind it goes with."""

    name: str
    reason: str
    titles: frozenset[str]
    own: frozenset[str]
    phrases: frozenset[str]
    marks: tuple[str, ...]
    buttons: frozenset[str]


@cache
def kinds() -> tuple[Wall, ...]:
    """The kinds there are, as `assets/refusals.toml` has them."""
    told = tomllib.loads(assets.read("refusals.toml").decode())
    return tuple(_kind(name, told) for name in told)


@cache
def kind_of(name: str) -> Wall:
    """The kind of this name."""
    return next(kind for kind in kinds() if kind.name == name)


def _kind(name: str, told: dict[str, Any]) -> Wall:
    kind, other = told[name], told.get(told[name].get("with"), {})
    return Wall(
        name,
        kind["reason"],
        frozenset(map(label, _all(kind, "titles"))),
        _all(kind, "phrases"),
        _all(kind, "phrases") | _all(other, "phrases"),
        (*kind.get("marks", ()), *other.get("marks", ())),
        frozenset(map(label, _all(kind, "buttons") | _all(other, "buttons"))),
    )


def _all(kind: dict[str, Any], field: str) -> frozenset[str]:
    return frozenset(folded_phrase(each) for phrases in kind.get(field, {}).values() for each in phrases)


def folded_phrase(phrase: str) -> str:
    """The phrase as texts are compared, its gaps kept."""
    return GAP.join(map(compared, phrase.split(GAP)))


def compared(text: str) -> str:
    """A text without what does not matter: capitals, kinds of apostrophe, of spaces and of wide letters."""
    if text.isascii():
        plain_form = text.replace("`", "'").lower()
    else:
        plain_form = APOSTROPHES.sub("'", unicodedata.normalize("NFKC", text)).casefold()
    return "\n".join(map(_spaced, plain_form.split("\n")))


def _spaced(line: str) -> str:
    """The words of a line with one space between them: nearly always as they are."""
    if line.isprintable() and "  " not in line:
        return line.strip(" ")
    return " ".join(line.split())


def label(text: str) -> str:
    """What a title or a button says, without what stands around the words."""
    return compared(text).strip(" .!?¡¿…。！？\"'“”«»()[]>-–—")


# Phrases in a text.


@lru_cache(maxsize=8)
def phrases_in(text: str) -> frozenset[str]:
    """The phrases of all kinds in a text, which is as it is `compared`; as whole words."""
    held, (signs, western) = _by_word(), _first_signs()
    words = text.translate(APART).split() if text.isascii() else WORD.findall(text)
    words += [sign for sign in (western if is_western(text) else signs) if sign in text]
    near = chain.from_iterable(held[word] for word in held.keys() & words)
    return frozenset(phrase for start, phrase in near if start in text and pattern_of(phrase).search(text))


def found_in(phrases: Collection[str], text: str) -> set[str]:
    """Those of a few phrases that are in a text."""
    near = (phrase for phrase in phrases if phrase.partition(GAP)[0] in text)
    return {phrase for phrase in near if pattern_of(phrase).search(text)}


@cache
def _by_word() -> Mapping[str, Sequence[tuple[str, str]]]:
    """All phrases, and how each begins, by the longest of the words that a text with it has.

    Nearly all words of a text are those of no phrase, and a long word is that of few. A phrase of which no
    word is whole in every text is known by its first sign.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for phrase in sorted(frozenset().union(*(kind.phrases for kind in kinds()))):
        longest = max(_words_of(phrase), key=len, default=phrase[0])
        found.setdefault(longest, []).append((phrase.partition(GAP)[0], phrase))
    return found


@cache
def _first_signs() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The signs by which phrases are known; and those of them that are western."""
    signs = tuple(word for word in _by_word() if len(word) == 1)
    return signs, tuple(filter(is_western, signs))


def _words_of(phrase: str) -> Iterator[str]:
    """Its words that are whole in every text: those beside a gap, or at an open end, may go on there."""
    for word in WORD.finditer(phrase):
        begins, ends = phrase[: word.start()], phrase[word.end() :]
        whole = is_lettered(word[0][0]) if not begins else not begins.endswith(GAP)
        if whole and (is_lettered(word[0][-1]) if not ends else not ends.startswith(GAP)):
            yield word[0]


@cache
def pattern_of(phrase: str) -> re.Pattern[str]:
    """What finds a phrase in a text: as whole words, with anything short in its gaps."""
    inside = r"[^\n]{0,60}?".join(map(re.escape, phrase.split(GAP)))
    begin, end = (r"\b" if is_lettered(edge) else "" for edge in (phrase[0], phrase[-1]))
    return re.compile(f"{begin}{inside}{end}")


def is_lettered(character: str) -> bool:
    """Whether words are told apart around this character: it is a letter of an alphabet."""
    return character.isalnum() and ord(character) < 0x2E80
