"""The frame: which kinds of things are said otherwise than printed, in one order for every language.

The longest and surest forms come first, for each takes away the figures it has understood:
dates before times, times before ratios, ratios before ranges; what is left is a number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Generic, TypeVar

from spokenform import general
from spokenform.rewriting import Rule

L = TypeVar("L")
L_contra = TypeVar("L_contra", contravariant=True)


class Kind(StrEnum):
    """The kinds of things, in the order in which they are said."""

    ADDRESSES = "addresses"  # of the web, of mail, handles, hashtags, tickers
    ABBREVIATIONS = "abbreviations"  # titles, saints and streets among them
    IDENTIFIERS = "identifiers"  # accounts, serial numbers, post codes
    COORDINATES = "coordinates"
    TELEPHONES = "telephones"
    CITATIONS = "citations"  # of laws, of the Bible
    IDIOMS = "idioms"  # figures said in a way of their own
    HALVES = "halves"  # half an hour, two hours and a half
    COMPOUNDS = "compounds"  # words that begin with figures
    DATES = "dates"
    TIMES = "times"
    DECADES = "decades"
    COMPARISONS = "comparisons"  # about, at least, plus or minus
    NUMERALS = "numerals"  # Roman: of rulers, chapters, centuries
    ORDINALS = "ordinals"
    YEARS = "years"
    MONEY = "money"
    MAGNITUDES = "magnitudes"  # 20 million
    PERCENTAGES = "percentages"
    FRACTIONS = "fractions"
    MEASURES = "measures"
    NAMES = "names"  # numbers that are names: of flights, roads, versions
    RANGES = "ranges"  # ratios, scores, votes
    MIXED = "mixed"  # letters with figures
    NUMBERS = "numbers"  # whatever figures are left
    INITIALS = "initials"
    SIGNS = "signs"
    CAPITALS = "capitals"  # acronyms, headlines that shout


@dataclass(frozen=True, slots=True)
class RuleFor(Generic[L_contra]):
    """A rule that needs to know the words of its language.

    `source` and `figures` are as in `Rule`.
    """

    function: Callable[[str, L_contra], str]
    source: str
    figures: bool = False

    def bound(self, language: L_contra) -> Rule:
        """The rule of one language, named by its function: ``say money``."""
        name = self.function.__name__.replace("_", " ")
        return Rule(name, partial(_said, self.function, language), self.source, self.figures)


def _said(function: Callable[[str, L], str], language: L, text: str) -> str:
    return function(text, language)


def row(
    language: L,
    rules: Mapping[Kind, Sequence[RuleFor[L]]],
    behind: Mapping[Kind, Kind] | None = None,
) -> tuple[Rule, ...]:
    """All rules of a language, in order: its own of each kind, between those of every language.

    `behind` are the kinds that this language says at another time: each right behind another.
    """
    order = list(Kind)
    for kind, other in (behind or {}).items():
        order.remove(kind)
        order.insert(order.index(other) + 1, kind)
    own = (rule.bound(language) for kind in order for rule in rules.get(kind, ()))
    return (*general.BEFORE, *own, *general.AFTER)
