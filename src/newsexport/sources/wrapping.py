"""How a text was wrapped: which line ends are none, and what becomes of a word that was divided there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from newsexport.text.patterns import pattern

# Lines longer than this were not wrapped by hand or by an old mail program.
WIDEST = 100
# What is narrower was not wrapped by a program: it is verse, or an address.
NARROW = 40

UNSPACED = pattern("[\u3000-\u9fff\uff00-\uffef]")
SOFT = "\u00ad"
BROKEN = pattern(rf"(?P<start>[^\W\d_]+)[-\u2010{SOFT}]$")
GOES_ON = pattern(r"(?P<end>[^\W\d_]+)(?P<rest>\S*)")
WORD = pattern(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
# Behind the hyphen of "re- and import" a word is left out.
AND = frozenset(
    ("and", "or", "nor", "und", "oder", "bis", "et", "ou", "y", "o", "e", "ed", "en", "och", "og", "lub")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wrapping:
    """The width a text was wrapped at, 0 when it was not; its words, and whether some were divided."""

    width: int
    words: Mapping[str, int]
    divides: bool

    @classmethod
    def of(cls, lines: Sequence[str]) -> Self:
        """That of these lines.

        A program that divides words has more hyphens at the ends of lines than words have within.
        """
        longest = max(map(len, lines))
        width = longest if longest <= WIDEST else 0
        ends = sum(_divided(line.rstrip(), after.strip()) is not None for line, after in pairwise(lines))
        if not ends or width <= NARROW:
            return cls(width, {}, divides=False)
        words = Counter(
            word.casefold().replace("\u2010", "-") for line in lines for word in WORD.findall(line)
        )
        return cls(width, words, divides=2 * ends > sum(n for word, n in words.items() if "-" in word))

    def continues(self, line: str, following: str) -> bool:
        """Whether the next line's first word no longer fitted on the line (with some raggedness)."""
        if UNSPACED.match(following[:1]):
            return bool(self.width) and len(line) >= self.width - 3
        if self.width <= NARROW:
            return False
        word = following.strip().split(" ", 1)[0]
        return (
            len(line) + 1 + len(word) > self.width - 4
            or _divided(line.rstrip(), following.strip()) is not None
        )

    def joined(self, text: str, line: str) -> str:
        """Two wrapped lines as one: Chinese and Japanese take no space between, nor does a divided word."""
        if UNSPACED.match(text[-1:]) and UNSPACED.match(line):
            return text + line
        if self.width > NARROW and (parts := _divided(text, line)):
            return (text[:-1] if text.endswith(SOFT) or self._was_one(*parts) else text) + line
        return f"{text} {line}"

    def _was_one(self, start: str, end: str, rest: str) -> bool:
        """Whether a word had no hyphen before it was divided; the text may have it, or its parts."""
        first, last = start.casefold(), end.casefold()
        if self.words.get(f"{first}-{last}"):
            return False
        if self.words.get(first + last):
            return True
        stand_alone = (
            self.words.get(first, 0) and self.words.get(last, 0) > 1
        )  # where it goes on it is counted
        return self.divides and not stand_alone and not (rest.startswith("-") and len(end) <= 3)


def _divided(line: str, following: str) -> tuple[str, str, str] | None:
    """The parts of a word that goes on in the next line, and what stands right behind it."""
    if line[-1:] not in {"-", "\u2010", SOFT} or not following[:1].islower():
        return None
    before, after = BROKEN.search(line), GOES_ON.match(following)
    if before is None or after is None or (after["end"] in AND and not line.endswith(SOFT)):
        return None
    return before["start"], after["end"], after["rest"]
