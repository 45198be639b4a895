"""When everything is said: the one source of every time in every format.

Times are whole samples from the beginning. Milliseconds and seconds are made from them
only where a format wants them, so nothing drifts and chapters meet exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from newsexport.narration.script import Level, Opening, Passage
from newsexport.speech import Utterance, WordMark


@dataclass(frozen=True, slots=True)
class Cue:
    """An utterance and the samples it is heard in: `first` up to, not including, `last`.

    `words` are marked by their offset in the spoken text and the sample they begin at,
    where the engine tells.
    """

    utterance: Utterance
    first: int
    last: int
    words: tuple[WordMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named stretch. Chapters follow each other without gap or overlap; `level` nests them.

    `voice` is who is heard in an article, as listeners are told.
    """

    title: str
    level: Level
    first: int
    last: int
    url: str | None = None
    picture: str | None = None
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """All cues and chapters of a narration of `length` samples at `rate` samples a second."""

    rate: int
    length: int
    cues: tuple[Cue, ...]
    chapters: tuple[Chapter, ...]

    def milliseconds(self, sample: int) -> int:
        """The time of a sample in whole milliseconds."""
        return round(sample * 1000 / self.rate)


@dataclass(frozen=True, slots=True)
class Placed:
    """A passage whose speech takes `length` samples and `size` bytes of frames.

    `spans` are where in it each utterance is heard, `words` where the words of each begin. `voice` is
    whose it is, as listeners are told.
    """

    passage: Passage
    length: int
    spans: tuple[tuple[int, int], ...]
    words: tuple[tuple[WordMark, ...], ...] = ()
    size: int = 0
    voice: str = ""


@dataclass(frozen=True, slots=True)
class _Mark:
    opening: Opening
    first: int
    voice: str = ""


def assemble(placed: Sequence[Placed], rate: int, title: str, least: float) -> Timeline:
    """Lay passages end to end.

    The first chapter begins at 0, whatever is said before it, and is called `title` when
    no passage opens one. A heading whose part of the article is shorter than `least`
    seconds gets no chapter of its own; a list of many short ones helps nobody.
    """
    cues: list[Cue] = []
    marks: list[_Mark] = []
    now = 0
    for one in placed:
        words = one.words or ((),) * len(one.spans)
        for utterance, (first, last), told in zip(one.passage.utterances, one.spans, words, strict=True):
            heard = tuple(mark.later(now) for mark in told)
            cues.append(Cue(utterance, now + first, now + last, heard))
        marks.extend(
            _Mark(opening, now + _begin(one, opening.at), one.voice if opening.level == Level.ARTICLE else "")
            for opening in one.passage.openings
        )
        now += one.length
    kept = _long_enough(marks, now, round(least * rate)) or [_Mark(Opening(title, Level.ARTICLE), 0)]
    return Timeline(rate, now, tuple(cues), _chapters(kept, now))


def _begin(placed: Placed, at: int) -> int:
    """Where a chapter that opens with utterance `at` begins: in the middle of the pause before.

    Players land a little beside the point they seek; in the pause that is not heard.
    """
    return (placed.spans[at - 1][1] + placed.spans[at][0]) // 2 if at else 0


def _long_enough(marks: Sequence[_Mark], end: int, least: int) -> list[_Mark]:
    firsts = [*(mark.first for mark in marks), end]
    return [
        mark
        for mark, (first, last) in zip(marks, pairwise(firsts), strict=True)
        if mark.opening.level != Level.HEADING or last - first >= least
    ]


def _chapters(marks: Sequence[_Mark], end: int) -> tuple[Chapter, ...]:
    firsts = [0, *(mark.first for mark in marks[1:]), end]
    return tuple(
        Chapter(
            mark.opening.title,
            mark.opening.level,
            first,
            last,
            mark.opening.url,
            mark.opening.picture,
            mark.voice,
        )
        for mark, (first, last) in zip(marks, pairwise(firsts), strict=True)
    )


# When each printed word is heard.
#
# Engines tell when they say the words of the spoken form; people read the printed one. Words
# that are the same in both are found by the longest common runs of them. Where they differ
# ("$4.5bn", "four point five billion dollars") the printed stretch begins when the spoken one
# does, and no time within it is made up.

PRINTED = re.compile(r"\S+")
BARE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Onset:
    """The printed text from `offset` on is heard from `sample` on, up to the next onset."""

    offset: int
    sample: int


def onsets(cue: Cue, printed: str) -> list[Onset]:
    """Where words of `printed`, the text of the cue as it is shown, begin to be heard, in order.

    Offsets and samples rise. The list is empty where the engine does not tell its words.
    """
    shown = [match for match in PRINTED.finditer(printed) if _bare(match[0])]
    marks = [mark for mark in cue.words if _bare(_spoken(cue, mark))]
    pairs = _paired(
        [_bare(match[0]) for match in shown],
        [_bare(_spoken(cue, mark)) for mark in marks],
    )
    found: list[Onset] = []
    for one, other in pairs:
        onset = Onset(shown[one].start(), marks[other].sample)
        if cue.first <= onset.sample < cue.last and (not found or found[-1].sample < onset.sample):
            found.append(onset)
    return found


def _paired(shown: Sequence[str], spoken: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Indices of words that begin together: all of what is alike, the first of what is not."""
    for kind, one, one_end, other, other_end in SequenceMatcher(
        None, shown, spoken, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            yield from zip(range(one, one_end), range(other, other_end), strict=True)
        elif kind == "replace":
            yield one, other


def _spoken(cue: Cue, mark: WordMark) -> str:
    return cue.utterance.spoken[mark.offset : mark.offset + mark.length]


def _bare(word: str) -> str:
    return BARE.sub("", word).casefold()
