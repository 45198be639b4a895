"""What speaks for a candidate and against it: one number each, by name, for the judge."""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from newsexport import assets
from newsexport.extraction.candidates import Place, TextBlock
from newsexport.extraction.measuring import COMMA, ENDINGS
from newsexport.extraction.opinions import NO_OPINION, Opinion, words_in
from newsexport.extraction.surroundings import (
    BY_ORDER,
    BY_PLACE,
    Surroundings,
    Weighed,
    by_place,
    count_places,
)
from newsexport.text.counting import extent

KINDS = (
    "article", "body", "comments", "related", "sharing", "navigation", "footer", "aside", "invitation",
    "author", "time", "caption", "advertising", "notice", "topics", "title", "box",
)  # fmt: skip
TAGS = (
    "p",
    "div",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "table",
    "pre",
    "dd",
    "dt",
    "section",
    "article",
    "figcaption",
    "address",
)
AROUND = (
    "li", "ul", "ol", "aside", "nav", "footer", "header", "article", "main", "section", "form",
    "blockquote", "figure", "td", "dl", "a",
    "button", "h2", "address",
)  # fmt: skip
DIGITS = re.compile(r"\d")
DATED = re.compile(
    r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b(?:19|20)\d\d\b|\b\d{1,2}[:.h]\d{2}\b|年|\b\d{1,2}(?:st|nd|rd|th)\b"
)
QUOTES, BRACKETS = frozenset("\"“„«‘'「"), frozenset("([（")
BULLETS = frozenset("•·▪►▶»›→>|-–—*#+✓©@←↑↓✔")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words in small letters that furniture of a kind is worded with."""

    words: tuple[str, ...]
    kind: str


@cache
def _wording() -> Mapping[str, Sequence[_Phrase]]:
    """How furniture is worded: the phrases by their first word."""
    phrases: dict[str, list[_Phrase]] = {}
    for kind, lines in tomllib.loads(assets.read("extraction/furniture.toml").decode()).items():
        for line in lines:
            words = words_in(line) or (line,)
            phrases.setdefault(words[0], []).append(_Phrase(words, kind))
    return phrases


WORDINGS = (
    "related", "invitation", "credit", "copyright", "byline", "dateline", "comments", "advertising",
    "legal", "topic",
    "disclosure",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Testimony:
    """What others say; `scored` and `cleaned` number what our scoring took, and what cleaning left.

    `asked` is what the page calls questions, with their answers.
    """

    scored: frozenset[int]
    cleaned: frozenset[int]
    second: Opinion
    told: Opinion
    headline: frozenset[str] = frozenset()
    description: frozenset[str] = frozenset()
    asked: Opinion = NO_OPINION


# Farther from what others take, only longer texts are looked at.
NEAR, LONG = 10, 80


def evidence(found: Sequence[TextBlock], testimony: Testimony) -> dict[int, tuple[float, ...]]:
    """For each candidate that may be of the article a row of as many numbers as there are `FEATURES`."""
    pieces = [_piece(candidate, testimony) for candidate in found]
    count_places(pieces)
    page = Surroundings.of(pieces)
    return {
        at: _own(pieces[at], testimony) + by_place(pieces[at], page) + page.around(at) + page.in_order(at)
        + page.alike(pieces[at])
        for at in _worth_hearing(pieces)
    }  # fmt: skip


def _worth_hearing(pieces: Sequence[Weighed]) -> Iterator[int]:
    """All but the short ones that stand far from what anybody takes: menus, footers."""
    taken = [
        at
        for at, piece in enumerate(pieces)
        if piece.taken > 0.6 or (piece.taken > 0.3 and piece.letters > LONG)
    ]
    first, last = (taken[0] - NEAR, taken[-1] + NEAR) if taken else (0, len(pieces))
    long = {
        near
        for at, piece in enumerate(pieces)
        if piece.letters > LONG and piece.passage.linked < 0.5
        for near in (at - 1, at, at + 1)
    }
    return (
        at
        for at, piece in enumerate(pieces)
        if at in long or (first <= at <= last and not _is_menu(pieces[max(0, at - 1) : at + 2], piece))
    )


def _is_menu(near: Sequence[Weighed], piece: Weighed) -> bool:
    """Whether it is one link among others that nobody takes."""
    return piece.passage.linked > 0.9 and not any(
        each.taken or (each.passage.linked < 0.5 and each.letters > LONG) for each in near
    )


OWN = (
    "words", "letters", "linked", "links", "strong", "scored", "cleaned", "second", "told",
    "second_there", "told_there", "asked",
    "ends", "colon", "commas", "digits", "capitals", "dated", "bullet", "titled", "headline",
    "headline_all", "described",
    "opens_small", "quote", "letters_a_word", "brackets", "pictures_inside",
    *(f"tag_{tag}" for tag in TAGS),
    *(f"in_{tag}" for tag in AROUND),
    *(f"begins_{kind}" for kind in WORDINGS),
    *(f"holds_{kind}" for kind in WORDINGS),
    *(f"named_{kind}" for kind in KINDS),
    *(f"within_{kind}" for kind in KINDS),
)  # fmt: skip


def _piece(candidate: TextBlock, said: Testimony) -> Weighed:
    words = words_in(candidate.text[:20_000])
    second = said.second.share(words)
    cleaned = float(candidate.number in said.cleaned)
    taken = (cleaned + second) / 2 if said.second.words else cleaned
    return Weighed(candidate, words, extent(candidate.text), second, taken)


def _own(piece: Weighed, said: Testimony) -> tuple[float, ...]:
    candidate, words = piece.passage, piece.words
    return (
        float(len(words)), float(piece.letters), candidate.linked, float(candidate.links), candidate.strong,
        float(candidate.number in said.scored), float(candidate.number in said.cleaned),
        piece.second if said.second.words else -1.0, said.told.share(words) if said.told.words else -1.0,
        float(said.second.words > 0), float(said.told.words > 0),
        said.asked.share(words) if said.asked.words else -1.0,
        *_by_text(candidate, words, said), *_by_element(candidate), *_by_wording(words, candidate.text),
        *_by_names(candidate.place),
    )  # fmt: skip


# So many letters of a text are looked at for its characters.
FIRST_LETTERS = 400


def _by_text(passage: TextBlock, words: tuple[str, ...], said: Testimony) -> tuple[float, ...]:
    text, first = passage.text, passage.text[:1]
    start = text[:FIRST_LETTERS]
    length, known = len(start), set(words)
    digits = len(DIGITS.findall(start))
    capitals, small = _cases(start)
    apart = start.split()
    shared = len(known & said.headline)
    return (
        float(text.endswith(ENDINGS)),
        float(text.endswith((":", "："))),
        len(COMMA.findall(start)) * 100 / length,
        digits / length,
        capitals / max(1, capitals + small),
        float((digits > 0 or "年" in start) and DATED.search(start) is not None),
        float(first in BULLETS),
        sum([word[0].isupper() for word in apart]) / len(apart),
        shared / max(1, len(known)),
        shared / max(1, len(said.headline)),
        len(known & said.description) / max(1, len(known)) if said.description else -1.0,
        float(first.islower()),
        float(first in QUOTES),
        len(text) / max(1, len(words)) if len(text) < 2000 else 5.0,
        float(first in BRACKETS),
        float(next(passage.element.iter("img"), None) is not None),
    )


ASCII_CAPITALS, ASCII_SMALL = string.ascii_uppercase.encode(), string.ascii_lowercase.encode()
FOREIGN = re.compile(r"[^\x00-\x7f]+")


def _cases(text: str) -> tuple[int, int]:
    """How many capital and small letters it has; those of ASCII are counted by what goes without them."""
    others = "" if text.isascii() else "".join(FOREIGN.findall(text))
    plain = text.encode("ascii", "ignore")
    return (
        len(plain) - len(plain.translate(None, ASCII_CAPITALS)) + sum(map(str.isupper, others)),
        len(plain) - len(plain.translate(None, ASCII_SMALL)) + sum(map(str.islower, others)),
    )


def _by_element(passage: TextBlock) -> tuple[float, ...]:
    return _of_tags(passage.element.tag, passage.place.tags)


@lru_cache(maxsize=1024)
def _of_tags(tag: str, around: frozenset[str]) -> tuple[float, ...]:
    return (*(float(tag == each) for each in TAGS), *(float(each in around) for each in AROUND))


# So many words of a line are looked at for what they say of it.
FIRST_WORDS = 40


def _by_wording(words: tuple[str, ...], text: str) -> tuple[float, ...]:
    """Which kinds of furniture it begins like, and which kinds of words it holds."""
    begins, holds = set[str](), set[str]()
    if "©" in text[:200]:
        holds.add("copyright")
    for at, phrase in _phrases_in(words):
        holds.add(phrase.kind)
        if at == 0:
            begins.add(phrase.kind)
    return _of_wordings(frozenset(begins), frozenset(holds))


@lru_cache(maxsize=1024)
def _of_wordings(begins: frozenset[str], holds: frozenset[str]) -> tuple[float, ...]:
    return (*(float(kind in begins) for kind in WORDINGS), *(float(kind in holds) for kind in WORDINGS))


def _phrases_in(words: tuple[str, ...]) -> Iterator[tuple[int, _Phrase]]:
    """Where in the first words of a line which phrase begins."""
    phrases, first = _wording(), words[:FIRST_WORDS]
    for at in [at for at, word in enumerate(first) if word in phrases]:
        for phrase in phrases[first[at]]:
            if len(phrase.words) == 1 or words[at : at + len(phrase.words)] == phrase.words:
                yield at, phrase


# What tells of furniture wherever it stands: sentences of an article hold "by", "from" and "photo" too.
# A single word of the last two, as "more" and "share", tells of it only in a line that is as short as this.
OF_FURNITURE = frozenset(
    ("copyright", "comments", "advertising", "legal", "disclosure", "related", "invitation")
)
OFTEN, SHORT_LINE = frozenset(("related", "invitation")), 160


def is_worded(text: str, *, prose: bool = False) -> bool:
    """Whether a line begins as furniture does, or holds words that tell of it.

    Running text (`prose`) may begin with a word that stands before names, too: "By midnight all had gone."
    No name begins small, so neither does a line that goes on like that tell of one: "By the harbour".
    """
    return "©" in text or any(
        _tells(at, phrase, text, prose=prose) for at, phrase in _phrases_in(words_in(text))
    )


def _tells(at: int, phrase: _Phrase, text: str, *, prose: bool) -> bool:
    """Whether a phrase at a place in a line makes that furniture."""
    alone, told = len(phrase.words) == 1, phrase.kind in OF_FURNITURE
    running = prose or (phrase.kind == "byline" and text.partition(" ")[2][:1].islower())
    if at == 0 and (told or not (running and alone)):
        return True
    return told and not (alone and phrase.kind in OFTEN and len(text) >= SHORT_LINE)


# Names that are farther out than this say nothing of a passage.
FARTHEST = 10


def _by_names(place: Place) -> tuple[float, ...]:
    """What its own names and those of the element around it say, and how near others say it."""
    return _of_distances(_distances(place))


@lru_cache(maxsize=4096)
def _of_distances(near: tuple[int, ...]) -> tuple[float, ...]:
    return (*(float(level < 2) for level in near), *map(float, near))


def _distances(place: Place) -> tuple[int, ...]:
    """For each kind of names, how many elements out one is that has it."""
    if not place.distances:
        around = _distances(place.around) if place.around is not None else (FARTHEST,) * len(KINDS)
        place.distances = _outer(around, kinds_named(place.words) if place.words else frozenset())
    return place.distances


@lru_cache(maxsize=4096)
def _outer(around: tuple[int, ...], own: frozenset[str]) -> tuple[int, ...]:
    """The distances from inside an element, of those from around it and of the kinds it has itself."""
    return tuple(
        0 if kind in own else min(FARTHEST, level + 1) for kind, level in zip(KINDS, around, strict=True)
    )


@cache
def _named() -> Mapping[str, frozenset[str]]:
    said = tomllib.loads(assets.read("extraction/names.toml").decode())
    return {kind: frozenset(said[kind]) for kind in KINDS}


@lru_cache(maxsize=4096)
def kinds_named(words: frozenset[str]) -> frozenset[str]:
    """The kinds of parts of a page that the words of a name tell of."""
    return frozenset(kind for kind, known in _named().items() if words & known)


FEATURES = (*OWN, *BY_PLACE, *BY_ORDER)
