"""The form that every picture of an edition takes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Fit:
    """At most `width` x `height` pixels, grey or in colour, JPEGs of this quality (1 to 95).

    The default size is what Kindle scales anything larger down to when it converts a book.
    `most` is how many bytes a picture may have; None when that does not matter.
    """

    width: int = 1440
    height: int = 1920
    grey: bool = False
    quality: int = 85
    most: int | None = None


DEFAULT = Fit()


@runtime_checkable
class HasFit(Protocol):
    """An exporter that knows which form of pictures it will show; they are then prepared once."""

    @property
    def fit(self) -> Fit:
        """The form it shows."""
        ...


def largest_fit(exporters: Collection[object]) -> Fit:
    """The form of pictures that all of the exporters can do with: the largest that one of them shows.

    One that names no form, as JSON and what web pages are made of, has the default: nobody knows who will
    look at it. The others make theirs smaller, or grey, when they write them.
    """
    fits = [exporter.fit if isinstance(exporter, HasFit) else DEFAULT for exporter in exporters]
    return max(fits, key=lambda fit: (not fit.grey, fit.width), default=DEFAULT)
