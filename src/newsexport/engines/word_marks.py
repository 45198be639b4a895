"""Where words are: in what an engine was sent, and in what the listener was to hear."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from newsexport.speech import Pronunciation, Utterance, WordMark
from newsexport.text.counting import CHARACTERS, LETTERS

# Scripts that put no space between words, and the marks of kana and Han (Unicode 16, Blocks.txt).
_UNSPACED = f"{LETTERS}\u2e80-\u303f{CHARACTERS}"
_WORD = re.compile(rf"[^\s{_UNSPACED}]+")
_UNSPACED_CHARACTER = re.compile(rf"[{_UNSPACED}]")


# Brackets and dashes that stand as they do in spoken forms, and commas in their places.
_COMMAS = (
    (re.compile(r"\) — "), ", , "),
    (re.compile(r" \((?=\S)"), ", "),
    (re.compile(r"\)(?=[.,;:!?])"), " "),
    (re.compile(r"\) "), ", "),
    (re.compile(r" — "), " , "),
)


def with_commas(utterance: Utterance) -> Utterance:
    """The utterance for a voice that runs over such marks: with commas, all words where they were."""
    spoken = utterance.spoken
    for mark, comma in _COMMAS:
        spoken = mark.sub(comma, spoken)
    return replace(utterance, spoken=spoken)


@dataclass(frozen=True, slots=True)
class EngineText:
    """The text that an engine gets for an utterance.

    `swaps` are the pronunciations that stand in it, each with where its replacement
    begins and ends.
    """

    text: str
    swaps: tuple[tuple[Pronunciation, int, int], ...] = field(default=())

    def original(self, mark: WordMark) -> WordMark:
        """A mark in what was sent as a mark in the spoken text."""
        shift = 0
        for one, begin, end in self.swaps:
            if mark.offset < begin:
                break
            if mark.offset < end:
                return WordMark(one.offset, one.length, mark.sample)
            shift = one.offset + one.length - end
        return WordMark(mark.offset + shift, mark.length, mark.sample)


def engine_text(utterance: Utterance, spell: Callable[[str], str | None]) -> EngineText:
    """The spoken text with each pronunciation that `spell` can spell in the place of its characters."""
    spoken = utterance.spoken
    parts: list[str] = []
    swaps: list[tuple[Pronunciation, int, int]] = []
    at = length = 0
    for one in utterance.pronunciations:
        spelled = spell(one.ipa)
        if spelled is None or one.offset < at:
            continue
        before = spoken[at : one.offset]
        swaps.append((one, length + len(before), length + len(before) + len(spelled)))
        parts += [before, spelled]
        length += len(before) + len(spelled)
        at = one.offset + one.length
    return EngineText("".join((*parts, spoken[at:])), tuple(swaps))


def one_for_each_word(text: str, marks: Iterable[WordMark]) -> Iterator[WordMark]:
    """One mark for each word that stands in the text, where the first of its parts is heard.

    espeak-ng marks "four", "point" and "five" at three places in ``4.5`` and ends ``didn't``
    at the apostrophe.
    """
    words = [(word.start(), word.end()) for word in _WORD.finditer(text)]
    for (offset, end), same in groupby(
        sorted(marks, key=lambda mark: mark.sample), lambda mark: _around(text, mark, words)
    ):
        if end > offset:
            yield WordMark(offset, end - offset, next(iter(same)).sample)


def _around(text: str, mark: WordMark, words: list[tuple[int, int]]) -> tuple[int, int]:
    """Begin and end of the word that a mark lies in; nothing at the end of the text."""
    begin = min(mark.offset + len(text[mark.offset :]) - len(text[mark.offset :].lstrip()), len(text))
    if (
        begin == mark.offset
        and mark.length
        and any(map(str.isspace, text[begin : begin + mark.length].strip()))
    ):
        return begin, begin + mark.length  # a phrase with one pronunciation
    if _UNSPACED_CHARACTER.match(text, begin):
        return begin, min(len(text), begin + max(1, mark.length))
    inside = next(((first, last) for first, last in words if first <= begin < last), (begin, begin))
    word = text[inside[0] : inside[1]]
    kept = word.rstrip(",.;:!?…)]}»”’\"'")
    return (inside[0], inside[0] + len(kept)) if kept else inside
