"""What comes back: the spoken text, how parts of it sound, and the steps that led to it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """How `length` characters of the spoken text from `offset` on sound, in IPA.

    An engine that knows no phonemes says the characters as it would have.
    """

    offset: int
    length: int
    ipa: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is spoken, and how parts of it sound."""

    text: str
    pronunciations: tuple[Pronunciation, ...] = ()

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Step:
    """What one rule changed."""

    rule: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A text as printed and as spoken, each change on the way, in order, and what sounds how."""

    printed: str
    spoken: str
    steps: tuple[Step, ...]
    pronunciations: tuple[Pronunciation, ...] = ()
