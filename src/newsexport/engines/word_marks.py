"""Where words are: in what an engine was sent, and in what the listener was to hear."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
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


# Marks of a quotation; single ones are apostrophes too, and so are told by their pairs.
DOUBLE_QUOTES = '“”„‟«»"'
_OPENING = re.compile(rf"(?<![\w.,;:!?…)%])[{DOUBLE_QUOTES}](?=\S)")
_QUOTE = re.compile(rf"[{DOUBLE_QUOTES}]")
_QUOTED = re.compile(r"(?<!\w)['‘](?=[^\W\d])[^'‘’]*(?:\w['’]\w[^'‘’]*)*(?<=\S)(?P<close>['’])(?!\w)")
_LETTERS = re.compile(r"[^\W_]+")
_STOPS = re.compile(r"[.,;:!?…)]*")


@dataclass(frozen=True, slots=True)
class QuotationMark:
    """A mark that opens or closes a quotation, before the character at `offset` of the spoken text."""

    offset: int
    opens: bool


def quotation_marks(utterance: Utterance) -> Iterator[QuotationMark]:
    """Where quotations begin and end in what is said: by its own marks, or else by those that are printed.

    Words that are the same in both are found by the longest common runs of them; of a stretch that is
    printed otherwise than it is said, the first and the last are known.
    """
    spoken = utterance.spoken
    text = spoken if _QUOTE.search(spoken) else utterance.printed
    found = _quotes(text)
    shown, said = ([*_LETTERS.finditer(one)] if found else [] for one in (text, spoken))
    first, last = _ends([one[0].casefold() for one in shown], [one[0].casefold() for one in said])
    for at, opens in sorted(found.items()):
        if opens:
            word = first.get(sum(one.start() < at for one in shown))
            if word is not None:
                yield QuotationMark(said[word].start(), opens)
            continue
        number = sum(one.end() <= at for one in shown) - 1
        if (word := last.get(number)) is not None:
            end, stops = said[word].end(), _STOPS.match(spoken, said[word].end())
            stopped = _STOPS.match(text, shown[number].end(), at)
            yield QuotationMark(stops.end() if stops and stopped and stopped[0] else end, opens)


def _quotes(text: str) -> dict[int, bool]:
    """Where the marks of quotations stand, and whether each opens one."""
    opening = {one.start() for one in _OPENING.finditer(text)}
    marks = (one.start() for one in _QUOTE.finditer(text))
    found = {at: at in opening for at in marks if opening or not text[at - 1 : at].isdigit()}  # 6" are inches
    for one in _QUOTED.finditer(text):
        found |= {one.start(): True, one.start("close"): False}
    return found


def _ends(shown: Sequence[str], said: Sequence[str]) -> tuple[dict[int, int], dict[int, int]]:
    """Which word that is said begins, and which ends, what a printed one begins or ends."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for kind, one, one_end, other, other_end in SequenceMatcher(
        None, shown, said, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            first |= zip(range(one, one_end), range(other, other_end), strict=True)
            last |= zip(range(one, one_end), range(other, other_end), strict=True)
        elif kind == "replace":
            first[one], last[one_end - 1] = other, other_end - 1
    return first, last


@dataclass(frozen=True, slots=True)
class EngineText:
    """The text that an engine gets for an utterance.

    `swaps` are the pronunciations that stand in it, each with where its replacement
    begins and ends.
    """

    text: str
    swaps: tuple[tuple[Pronunciation, int, int], ...] = field(default=())

    def sent(self, offset: int) -> int:
        """An offset in the spoken text as one in what was sent."""
        return offset + sum(
            end - begin - one.length for one, begin, end in self.swaps if one.offset + one.length <= offset
        )

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
