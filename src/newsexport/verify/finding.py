"""What a look at a finished file found."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Finding:
    """What is in a file, and everything that is wrong with it.

    `facts` are names and values for people, in order; `contents` the titles inside, each
    with how deep it stands (1 is the top) and its place (a time, a count of words).
    """

    path: Path
    kind: str
    facts: tuple[tuple[str, str], ...] = ()
    contents: tuple[tuple[int, str, str], ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Nothing is wrong with it."""
        return not self.faults
