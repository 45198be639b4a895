"""What a look at a finished file found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from epubpreflight import Fault, Severity


class UnreadableError(ValueError):
    """A fault after which nothing more of the file can be read."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title inside a file: how deep it stands (1 is the top) and, in sound, from when to when."""

    depth: int
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is in a file, and everything that is wrong with it.

    `facts` are names and values for people, in the order to tell them.
    """

    path: Path
    kind: str
    facts: tuple[tuple[str, str], ...] = ()
    contents: tuple[Title, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def sound(self) -> bool:
        """Nothing is wrong with it, though there may be advice."""
        return all(fault.severity is Severity.ADVICE for fault in self.faults)

    @property
    def told(self) -> tuple[str, ...]:
        """The faults in words."""
        return tuple(map(str, self.faults))


def unsound(*words: str) -> tuple[Fault, ...]:
    """Faults of files that have no rules of their own."""
    return tuple(Fault("unsound", "", one, Severity.SHOWN_WRONG) for one in words)


def clock(milliseconds: int) -> str:
    """``12:07``, or ``1:12:07``."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
