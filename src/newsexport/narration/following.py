"""Which stretch of printed text is which spoken sentence.

What was said is told sentence by sentence, as it was printed where it was spoken from, and what
is printed run by run; both are in the order of reading. What is spoken and not printed (a greeting,
the rows of a table) is passed over, and so is what is printed and not spoken (a caption, a note).

Letters and figures are compared and nothing between them: quotation marks are printed once and
parted twice, and a script without spaces parts its sentences by their stops alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsexport.text.counting import is_unspaced

# How many spoken sentences may be printed nowhere before a printed one is looked for elsewhere.
AHEAD = 6

# So many more may be passed over for a sentence of so many letters, which is hardly found by accident:
# the rows of a table are said in other words than they are printed in.
FAR, SURE = 200, 24

# Categories of what opens and what closes: it belongs to the sentence behind it, or to that before it.
OPENING, CLOSING = ("Ps", "Pi"), ("Pe", "Pf")


@dataclass(frozen=True, slots=True)
class HeardRange:
    """The characters from `begin` up to `end` of a text: sentence number `sentence`, or that word of it."""

    begin: int
    end: int
    sentence: int
    word: int = 0


def heard_id(sentence: int, word: int = 0) -> str:
    """What a sentence of an article, or a word of it, is called where it is printed."""
    return f"s{sentence}w{word}" if word else f"s{sentence}"


class Follower:
    """Goes through texts and sentences side by side; each text is asked for once, in order.

    A sentence is given as the pieces of it that are told apart: its words, or itself alone.
    """

    def __init__(self, sentences: Sequence[tuple[str, ...]]) -> None:
        self.words = [tuple(len(_bare(word)) for word in sentence) for sentence in sentences]
        self.sentences = [_bare("".join(sentence)) for sentence in sentences]
        self.at = 0

    def stretches(self, text: str) -> list[HeardRange]:
        """What of the next text is which sentence, in order; nothing overlaps."""
        return list(self._found(_PrintedText(text)))

    def _found(self, printed: _PrintedText) -> Iterator[HeardRange]:
        after = 0
        while found := self._next(printed, after):
            number, at = found
            for word, size in enumerate(self.words[number]):
                if size:
                    first, last = printed.places[at], printed.places[at + size - 1]
                    begin = printed.widened_back(first, after)
                    after = printed.widened(last)
                    yield HeardRange(begin, after, number, word)
                    at += size
            self.at = number + 1

    def _next(self, printed: _PrintedText, after: int) -> tuple[int, int] | None:
        """The next sentence that is printed here: its number, and which letter of the text is its first."""
        for number in range(self.at, min(self.at + FAR, len(self.sentences))):
            sentence = self.sentences[number]
            if number >= self.at + AHEAD and len(sentence) < SURE:
                continue
            if (place := printed.place(sentence, after)) is not None:
                return number, place
        return None


class _PrintedText:
    """A text, and where in it its letters and figures stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places = [at for at, letter in enumerate(text) if letter.isalnum()]
        self.bare = "".join(text[at] for at in self.places)

    def place(self, sentence: str, after: int) -> int | None:
        """Which letter is the first of a sentence as it stands here, from `after` on, no word cut."""
        at = self.bare.find(sentence) if sentence else -1
        while at >= 0:
            first, last = self.places[at], self.places[at + len(sentence) - 1]
            if first >= after and not self._cuts(first - 1) and not self._cuts(last):
                return at
            at = self.bare.find(sentence, at + 1)
        return None

    def _cuts(self, at: int) -> bool:
        """Whether a word goes on from this character to the next."""
        two = self.text[max(at, 0) : at + 2]
        return len(two) > 1 and two.isalnum() and not is_unspaced(two)

    def widened_back(self, first: int, least: int) -> int:
        """Where a sentence begins whose first letter is that one: before what opens it."""
        while first > least and self._clings(first - 1, CLOSING):
            first -= 1
        return first

    def widened(self, last: int) -> int:
        """Where a sentence ends whose last letter is that one: behind its stop and what closes it."""
        last += 1
        while last < len(self.text) and self._clings(last, OPENING):
            last += 1
        return last

    def _clings(self, at: int, other: tuple[str, str]) -> bool:
        letter = self.text[at]
        return not (letter.isalnum() or letter.isspace() or unicodedata.category(letter) in other)


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text))
