"""How much the services that a process asks will stand, and whether they are worth asking at all.

Articles are recorded side by side, and each waits for sentence after sentence. So what
bounds the requests cannot belong to an article; it belongs to the service.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from newsexport.net.retry import Pacer
from newsexport.work.executors import DaemonThreads

# Refusals one after another that mean the service, not the text.
REFUSALS = 3
# Seconds after which a process that lives long may try again.
REST = 900.0


@dataclass(slots=True)
class ConcurrencyLimit:
    """How many requests may be at a service at once: one more after each full round, half after a refusal.

    That is how senders share a line whose width nobody tells them (additive increase,
    multiplicative decrease: D. Chiu and R. Jain, Computer Networks and ISDN Systems 17, 1989).
    """

    most: int
    width: float = 1.0
    inside: int = 0
    _turn: threading.Condition = field(default_factory=threading.Condition)

    @contextmanager
    def room(self) -> Iterator[None]:
        """Wait until there is room, and take it for as long as the block lasts."""
        with self._turn:
            self._turn.wait_for(lambda: self.inside < int(self.width))
            self.inside += 1
        try:
            yield
        finally:
            with self._turn:
                self.inside -= 1
                self._turn.notify_all()

    def widen(self) -> None:
        """The service answered."""
        with self._turn:
            self.width = min(float(self.most), self.width + 1 / self.width)
            self._turn.notify_all()

    def narrow(self) -> None:
        """The service had too much."""
        with self._turn:
            self.width = max(1.0, self.width / 2)


class CircuitOpenError(Exception):
    """The service is not asked any more; the message is why."""


@dataclass(slots=True)
class CircuitBreaker:
    """Counts what a service refuses, for all threads of a process (M. Nygard, Release It!, 2007).

    A service that has refused for good is not asked again in the same run.
    """

    _refusals: int = 0
    _until: float = float("-inf")
    _reason: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def check(self, now: float) -> None:
        """Return when the service may be asked. Raises `CircuitOpenError`."""
        with self._lock:
            if now < self._until:
                raise CircuitOpenError(self._reason)

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


@dataclass(slots=True)
class ServiceState:
    """What a process knows of one service."""

    limit: ConcurrencyLimit
    pacer: Pacer = field(default_factory=Pacer)
    breaker: CircuitBreaker = field(default_factory=CircuitBreaker)
    refused_batches: int = 0


# By process: one that was forked has none of its parent's threads, and these may have held locks.
_STATES: dict[tuple[int, Hashable], ServiceState] = {}
_THREADS: dict[tuple[int, Hashable], DaemonThreads] = {}


def state_of(service: Hashable, most: int, width: float = 1.0) -> ServiceState:
    """The state of a service, the same for whichever engine of this process asks."""
    return _STATES.setdefault((os.getpid(), (service, most)), ServiceState(ConcurrencyLimit(most, width)))


def threads_for(service: Hashable, size: int) -> DaemonThreads:
    """The threads that ask a service, the same for whichever engine of this process needs them."""
    return _THREADS.setdefault((os.getpid(), (service, size)), DaemonThreads(size))
