"""Which issues of a paper stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsexport.errors import UsageError
from newsexport.library.issue import Issue


@dataclass(frozen=True, slots=True)
class Keep:
    """Which issues of a paper stay: those of its newest `issues` dates that are at most `days` days old.

    None sets no bound. Days are counted to the newest issue, so that a paper which rests loses nothing.
    """

    issues: int | None = None
    days: int | None = None

    def __post_init__(self) -> None:
        """Refuse to keep nothing."""
        if (self.issues is not None and self.issues < 1) or (self.days is not None and self.days < 1):
            raise UsageError("at least one issue must be kept")

    def of(self, issues: Sequence[Issue]) -> tuple[Issue, ...]:
        """Those that stay, of issues that come newest first."""
        return tuple(
            issue
            for place, issue in enumerate(issues)
            if (self.issues is None or place < self.issues)
            and (self.days is None or (issues[0].issued - issue.issued).days < self.days)
        )


EVERYTHING = Keep()
