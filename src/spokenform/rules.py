"""A rule of speaking, and what a row of rules made of a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from spokenform.results import Step

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


def words(listed: str) -> frozenset[str]:
    """A set of words, from text that has them with spaces between."""
    return frozenset(listed.split())


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
