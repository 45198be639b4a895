"""What is wrong with a book, and the rules that say so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Gravity(StrEnum):
    """What comes of a fault."""

    REFUSED = "refused"
    """A shop or a reader refuses the book: what EPUBCheck calls an error."""
    SHOWN_WRONG = "shown wrong"
    """The book opens, but something in it looks or works wrong: what EPUBCheck calls a warning."""
    ADVICE = "advice"
    """The book is sound and could be better."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    `rule` is a stable name such as ``picture-missing``, `place` the file in the book and, where
    it is known, the line, `words` a sentence for readers who are no engineers, and `epubcheck`
    the message of EPUBCheck that corresponds, such as ``RSC-001``.
    """

    rule: str
    place: str
    words: str
    gravity: Gravity
    epubcheck: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.words}" if self.place else self.words


@dataclass(frozen=True, slots=True)
class Rule:
    """What may be wrong: `words` is a format string, `source` says who asks for it."""

    name: str
    gravity: Gravity
    epubcheck: str
    words: str
    source: str

    def at(self, place: str, *details: object) -> Fault:
        """The fault at this place, with details for the gaps in the words."""
        shown = (shortened(str(detail)) for detail in details)
        return Fault(self.name, place, self.words.format(*shown), self.gravity, self.epubcheck)


LONGEST_DETAIL = 120


def shortened(text: str) -> str:
    """One line of at most 120 characters, all of which can be shown."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: LONGEST_DETAIL * 4]).split())
    return line if len(line) <= LONGEST_DETAIL else line[: LONGEST_DETAIL - 1] + "…"
