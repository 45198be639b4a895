"""Which issues of a paper stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from newsexport.errors import UsageError
from newsexport.library.issue import Issue


@dataclass(frozen=True, slots=True)
class Keep:
    """Which issues of a paper stay: those of its newest `issues` dates that are at most `days` days old.

    None sets no bound. Days are counted to the newest issue, so that a paper which rests loses nothing.
    A stretch without issues that is longer than `days` counts as one day: either the paper rested, or one
    issue was made while a clock was wrong, and that is no reason to remove all the others.
    """

    issues: int | None = None
    days: int | None = None

    def __post_init__(self) -> None:
        """Refuse to keep nothing."""
        if (self.issues is not None and self.issues < 1) or (self.days is not None and self.days < 1):
            raise UsageError("at least one issue must be kept")

    def of(self, issues: Sequence[Issue], today: date | None = None) -> tuple[Issue, ...]:
        """Those that stay, of issues that come newest first.

        Those of a later day than `today` stay, and are not counted.
        """
        future = [issue for issue in issues if today and issue.issued > today]
        past = issues[len(future) :]
        ages = self._ages(past)
        stay = (
            issue
            for place, (issue, age) in enumerate(zip(past, ages, strict=True))
            if (self.issues is None or place < self.issues) and (self.days is None or age < self.days)
        )
        return (*future, *stay)

    def _ages(self, issues: Sequence[Issue]) -> Iterator[int]:
        """How many days old each is, as `days` counts them."""
        age, before = 0, None
        for issue in issues:
            distance = (before - issue.issued).days if before else 0
            age += 1 if self.days is not None and distance > self.days else distance
            before = issue.issued
            yield age


EVERYTHING = Keep()
