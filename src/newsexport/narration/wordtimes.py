"""When each printed word is heard.

Engines tell when they say the words of the spoken form; people read the printed one. Words
that are the same in both are found by the longest common runs of them. Where they differ
("$4.5bn", "four point five billion dollars") the printed stretch begins when the spoken one
does, and no time within it is made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from newsexport.narration.timeline import Cue
from newsexport.speech import WordMark

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
