"""A service that has refused for good is not asked again in the same run."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

# Refusals one after another that mean the service, not the text.
REFUSALS = 3
# Seconds after which a process that lives long may try again.
REST = 900.0


class NotAskedError(Exception):
    """The service is not asked any more; the message is why."""


@dataclass(slots=True)
class Breaker:
    """Counts what a service refuses, for all threads of a process (M. Nygard, Release It!, 2007)."""

    _refusals: int = 0
    _until: float = float("-inf")
    _reason: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def pass_through(self, now: float) -> None:
        """Return when the service may be asked. Raises `NotAskedError`."""
        with self._lock:
            if now < self._until:
                raise NotAskedError(self._reason)

    def answered(self) -> None:
        """What was refused before had other reasons."""
        with self._lock:
            self._refusals = 0

    def refused(self, reason: str, now: float, *, for_good: bool = False) -> None:
        """The service refused, after every repetition; `for_good` when it said to ask no more."""
        with self._lock:
            self._refusals += 1
            if for_good or self._refusals >= REFUSALS:
                self._until, self._reason, self._refusals = now + REST, reason, 0
