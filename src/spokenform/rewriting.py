"""A rule of speaking, what a row of rules makes of a text, and how the result is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias


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


Rewrite: TypeAlias = Callable[[str], str]

FIGURE = re.compile(r"[\d½¼¾⅐-⅞¹²³⁰-⁹₀-₉]")


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is said otherwise than it is printed.

    `source` tells by what authority: a standard, a style guide, a data set, or that it is
    what the project observed. A rule about `figures` is skipped where there are none.
    """

    name: str
    rewrite: Rewrite = field(repr=False)
    source: str = ""
    figures: bool = False


def apply(rules: Sequence[Rule], text: str) -> str:
    """The text after every rule, in order."""
    figures = FIGURE.search(text) is not None
    for rule in rules:
        if rule.figures:
            if figures:
                text = rule.rewrite(text)
                figures = FIGURE.search(text) is not None
        else:
            text = rule.rewrite(text)
    return text


def steps(rules: Sequence[Rule], text: str) -> Iterator[Step]:
    """The rules that change something, each with its text before and after."""
    for rule in rules:
        after = apply((rule,), text)
        if after != text:
            yield Step(rule.name, text, after)
        text = after
