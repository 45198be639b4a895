"""What a reader or a checker has against a book."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, where it is in the book and in whose words."""

    place: str
    told: str

    def __str__(self) -> str:
        return f"{self.place}: {self.told}"


Judge = Callable[[Sequence[Path]], Iterator[tuple[Path, list[Finding]]]]
"""Tries books, one after the other, and tells of each when it is done with it."""
