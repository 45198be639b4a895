"""What a run tells while it works: progress, losses and results as values.

The library never prints. Whoever runs it hands in a `Report`, any callable that takes an
`Event`; tests pass ``list.append``, the command line draws bars or writes JSON lines.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias


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
    """Something was left out. `whole` when it was a whole article, not a part of one."""

    reference: str
    reason: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Wrote:
    """A finished file stands at `path`; `replaced` when an older one stood there."""

    path: Path
    replaced: bool = False


Event: TypeAlias = Started | Advanced | Finished | Noted | Lost | Wrote
Report: TypeAlias = Callable[[Event], None]


def ignore(event: Event) -> None:
    """The report of a caller who does not want one."""
