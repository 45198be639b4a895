"""Which stretch of printed text is heard when.

What was said is told by a transcript, sentence by sentence, and what is printed by the
edition; both are in the order of reading. What is spoken and not printed (a greeting, the
name of a section) is passed over, and so is what is printed and not spoken (a caption, a
list of figures).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# How many spoken sentences may be printed nowhere before a printed one is looked for elsewhere.
AHEAD = 6

WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as it was printed where it was spoken from, and when, in seconds."""

    body: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """The characters from `begin` up to `end` of a text, heard from `start` to `until`."""

    begin: int
    end: int
    start: float
    until: float


def said(transcript: bytes) -> list[Said]:
    """The sentences of a Podcasting 2.0 transcript in JSON; none where it cannot be read."""
    try:
        segments = json.loads(transcript)["segments"]
        return [Said(str(one["body"]), float(one["startTime"]), float(one["endTime"])) for one in segments]
    except (ValueError, TypeError, LookupError, RecursionError):
        return []


class Follower:
    """Goes through texts and sentences side by side; each text is asked for once, in order."""

    def __init__(self, sentences: Sequence[Said]) -> None:
        self.sentences = [(one, [_bare(word) for word in one.body.split()]) for one in sentences]
        self.at = 0

    def stretches(self, text: str) -> list[Stretch]:
        """What of the next text is heard when, in order; nothing overlaps."""
        return list(self._found(text))

    def _found(self, text: str) -> Iterator[Stretch]:
        words = [(match.start(), match.end(), _bare(match.group())) for match in WORD.finditer(text)]
        bare = [word for _, _, word in words]
        position = 0
        while position < len(words):
            place = self._next(bare, position)
            if place is None:
                return
            number, first, count = place
            one = self.sentences[number][0]
            yield Stretch(words[first][0], words[first + count - 1][1], one.start, one.end)
            self.at, position = number + 1, first + count

    def _next(self, bare: Sequence[str], position: int) -> tuple[int, int, int] | None:
        """The next sentence that is printed here: its number, its first word, how many it has."""
        for number in range(self.at, min(self.at + AHEAD, len(self.sentences))):
            said_words = self.sentences[number][1]
            count = len(said_words)
            for first in range(position, len(bare) - count + 1) if count else ():
                if bare[first] == said_words[0] and list(bare[first : first + count]) == said_words:
                    return number, first, count
        return None


def _bare(word: str) -> str:
    """A word without what stands around it: quotation marks are printed once and parted twice."""
    return re.sub(r"^\W+|\W+$", "", word) or word
