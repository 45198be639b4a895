"""Sentences cut into what fits under a picture: two lines, each as long as an eye takes in.

A sentence that is longer is shown in several captions one after the other, each for the
share of the sentence's time that its text has of the sentence.

Source of the measures: BBC Subtitle Guidelines 1.2 and Netflix's Timed Text Style Guide
(two lines; 42 columns, half as many in scripts whose letters are as wide as high).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from newsexport.narration.timeline import Cue

COLUMNS, LINES = 42, 2

# What a line does not begin with (the commonest of JIS X 4051 and of CLREQ).
CLOSING = frozenset("、。，．,.!?:;！？：；」』）)】〉》]}”’…ー々〜％%")
OPENING = frozenset("「『（([{【〈《“‘")

# White space at which a line may end, and what cannot be shown; the spaces inside "5 km" are neither.
GAP = re.compile(r"[^\S\u00a0\u2007\u202f]|[\x00-\x1f\x7f]")
WORD = re.compile(r"[^ ]+ ?")


@dataclass(frozen=True, slots=True)
class Caption:
    """Lines that are seen together, from sample `first` up to, not including, `last`."""

    lines: tuple[str, ...]
    first: int
    last: int


def captions(cue: Cue, columns: int = COLUMNS) -> Iterator[Caption]:
    """What is shown while an utterance is heard; nothing when it prints nothing.

    All text of the utterance is there, in order; only white space at the ends of lines
    is not.
    """
    lines = balanced(cue.utterance.printed, columns)
    shown = [tuple(lines[at : at + LINES]) for at in range(0, len(lines), LINES)]
    sizes = [sum(map(width, page)) or 1 for page in shown]
    total, span = sum(sizes), cue.last - cue.first
    bounds = [cue.first + span * sum(sizes[:number]) // total for number in range(len(shown) + 1) if total]
    for page, (first, last) in zip(shown, pairwise(bounds), strict=False):
        yield Caption(page, first, last)


def one_line(text: str) -> str:
    """The text with a single space for each gap, and none around it."""
    return " ".join(filter(None, GAP.split(text))).strip()


def balanced(text: str, columns: int) -> list[str]:
    """The fewest lines of at most `columns`, about equally long; none of an empty text."""
    pieces = list(_pieces(text, columns))
    lines = _filled(pieces, columns)
    for narrower in range(columns - 1, 0, -1):
        tried = _filled(pieces, narrower)
        if len(tried) > len(lines) or any(width(line) > narrower for line in tried):
            break
        lines = tried
    return lines


def width(text: str) -> int:
    """Columns that a text takes: two for a wide letter, none for a mark on another letter.

    Source: Unicode Standard Annex 11, East Asian Width.
    """
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _filled(pieces: Sequence[str], columns: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in pieces:
        if line and width((line + piece).rstrip()) > columns:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str, columns: int) -> Iterator[str]:
    """What must stay together: words with the space after them, and single wide letters."""
    for word in WORD.findall(one_line(text)):
        begin = 0
        for at in range(1, len(word)):
            if _may_part(word, at) or (
                width(word[begin : at + 1].rstrip()) > columns and _columns(word[at]) > 0
            ):
                yield word[begin:at]
                begin = at
        yield word[begin:]


def _may_part(word: str, at: int) -> bool:
    """Whether a line may end inside a word, before its letter `at`: beside a wide letter."""
    before, after = word[at - 1], word[at]
    if after in CLOSING or after.isspace() or before in OPENING or not _columns(after):
        return False
    return 2 in {_columns(before), _columns(after)} and before != "\u200d"
