"""What a run tells while it works: progress, losses and results as values.

The library never prints. Whoever runs it hands in a `Report`, any callable that takes an
`Event`; tests pass ``list.append``, the command line draws bars or writes JSON lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

# What of an edition is counted from where it was found to where it went.
ARTICLE, PICTURE = "article", "picture"


@dataclass(frozen=True, slots=True)
class Started:
    """A step begins; `total` counts its units, `unit` in the plural, when that is known."""

    step: str
    total: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Advanced:
    """`by` units of a step are done; `remembered` when they were only looked up, which tells no pace."""

    step: str
    by: int = 1
    remembered: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """A step is over."""

    step: str


@dataclass(frozen=True, slots=True)
class Noted:
    """Something the user should know that is not a loss, such as the voice that was chosen."""

    text: str


@dataclass(frozen=True, slots=True)
class Lost:
    """Something that was wanted could not be had. `whole` when it was a whole article, not a part of one.

    `pictures` is how many times an article would have shown what was lost.
    """

    reference: str
    reason: str
    whole: bool = True
    pictures: int = 0


class Cause(StrEnum):
    """Why something is left out that could have been had."""

    ASKED = "asked"  # an option or a setting says so
    FORMAT = "format"  # the format has no place for it, or none unless it is told to
    EMPTY = "empty"  # it has nothing that could be seen
    CAUTION = "caution"  # to have it might do harm, or tell others who reads
    LIMIT = "limit"  # there is more than is taken


@dataclass(frozen=True, slots=True)
class Omitted:
    """So many of a thing are left out knowingly.

    `thing` is in the singular, and `reason` reads on after a number. `reference` is the article,
    or what all of them came from, where there is one.
    """

    reference: str
    reason: str
    thing: str = ARTICLE
    count: int = 1
    cause: Cause = Cause.ASKED

    @property
    def accepted(self) -> bool:
        """Whether it is what was asked for, or nothing that anybody would miss."""
        return self.cause in {Cause.ASKED, Cause.FORMAT, Cause.EMPTY}


@dataclass(frozen=True, slots=True)
class Folded:
    """An article stands in the edition as its twin: `same` when it is that very one, else the same story."""

    reference: str
    twin: str
    same: bool = True


@dataclass(frozen=True, slots=True)
class Made:
    """What an exporter has put into its file, counted where it was put; told for each part, they add up.

    `pictures` is how many times a picture is shown.
    """

    articles: int
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """What has become of the articles or pictures of a step: `found` is the sum of all the others.

    `left_out` is how many of them for each reason. What could not be read counts as one article.
    """

    step: str
    thing: str
    found: int
    kept: int
    folded: int = 0
    lost: int = 0
    left_out: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Wrote:
    """A finished file stands at `path`; `replaced` when an older one stood there."""

    path: Path
    replaced: bool = False


Event: TypeAlias = Started | Advanced | Finished | Noted | Lost | Omitted | Folded | Made | Counted | Wrote
Report: TypeAlias = Callable[[Event], None]


def ignore(event: Event) -> None:
    """The report of a caller who does not want one."""


# What is left out on the way from bytes to articles, told to whoever has them read.
#
# Sources are pure, and the parts that a source is made of return what is there. Deep inside
# them it is noticed what is not: a pixel that only tells who reads, rows beyond the most that
# are taken. `omit` says so, to the nearest `noticed` around it, or else to nobody.

_notebook: ContextVar[Counter[tuple[str, str, Cause]] | None] = ContextVar("notebook", default=None)


def omit(reason: str, cause: Cause, thing: str = PICTURE, count: int = 1) -> None:
    """So many of a thing are left out here; `reason` and `thing` are those of `Omitted`."""
    notebook = _notebook.get()
    if notebook is not None and count > 0:
        notebook[thing, reason, cause] += count


@contextmanager
def noticed(reference: str) -> Iterator[list[Omitted]]:
    """What is left out within the block; the list is filled when that ends."""
    notebook: Counter[tuple[str, str, Cause]] = Counter()
    told: list[Omitted] = []
    token = _notebook.set(notebook)
    try:
        yield told
    finally:
        _notebook.reset(token)
        told += (
            Omitted(reference, reason, thing, count, cause)
            for (thing, reason, cause), count in notebook.items()
        )
