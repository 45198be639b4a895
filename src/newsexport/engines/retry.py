"""How a network service is asked again: in turn, with growing pauses, and not for ever."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TypeAlias, TypeVar

T = TypeVar("T")
# Where to wait until fewer are at the service.
Room: TypeAlias = Callable[[], AbstractContextManager[None]]

# However often a service has failed, the next attempt comes within this many seconds.
LONGEST_PAUSE = 30.0
# Seconds between requests to a service that was asked too often for the first time, and the answers
# in a row after which they come closer again.
SHORTEST_APART, AT_EASE = 0.25, 20


class UnavailableError(Exception):
    """The service did not answer, but might if asked again, `after` seconds if it said so."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        self.reason = reason
        self.after = after
        super().__init__(reason, after)

    def __str__(self) -> str:
        return self.reason


class TooManyError(UnavailableError):
    """The service was asked too often; nothing is wrong with it or with what it was asked."""


def _chance() -> float:
    """A function of ours, because ``random.random`` pickles as another generator."""
    return random.random()  # noqa: S311 - it spreads requests, it keeps no secret


@dataclass(frozen=True, slots=True)
class Wait:
    """The effects of waiting: how to sleep, what the clocks say, and a number from 0 to 1."""

    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    random: Callable[[], float] = _chance


@dataclass(slots=True)
class Turns:
    """Requests of all threads to one service, each begun some time after the one before.

    How long after, the service itself teaches: each time it is asked too often the time grows by
    half, and it is a fifth shorter after every `AT_EASE` answers.
    """

    apart: float = 0.0
    _answers: int = 0
    _slowed: float = float("-inf")
    _next: float = float("-inf")
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, pace: float, wait: Wait) -> float:
        """Sleep until it is this caller's turn, and return when it was given."""
        with self._lock:
            now = wait.clock()
            turn = max(now, self._next)
            self._next = turn + max(pace, self.apart)
        if turn > now:
            wait.sleep(turn - now)
        return now

    def slower(self, given: float, now: float) -> float:
        """Too many came, one in a turn given at `given`: the seconds between turns from now on.

        Refusals of turns that were given before they last came further apart were for the old pace.
        """
        with self._lock:
            self._answers = 0
            if given >= self._slowed:
                self.apart = min(LONGEST_PAUSE, max(SHORTEST_APART, 1.5 * self.apart))
                self._slowed = now
            return self.apart

    def answered(self) -> None:
        """The service kept up."""
        with self._lock:
            self._answers += 1
            if self.apart and self._answers >= AT_EASE:
                self.apart, self._answers = (0.8 * self.apart if self.apart > SHORTEST_APART else 0.0), 0

    def hold(self, until: float) -> None:
        """Give no turn before the clock says `until`: the service asked for a rest."""
        with self._lock:
            self._next = max(self._next, until)


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long to try: `total` and `backoff` are seconds."""

    attempts: int
    total: float
    backoff: float
    pace: float

    def ask(self, request: Callable[[], T], turns: Turns, wait: Wait, room: Room = nullcontext) -> T:
        """The first answer to `request`, which raises `UnavailableError` as long as there is none.

        A turn is waited for where there is `room`. Being asked too often uses up time and no
        attempt. Raises `UnavailableError` when the
        attempts or the time are used up.
        """
        ends = wait.clock() + self.total
        attempt = 1
        while True:
            given = wait.clock()
            try:
                with room():
                    given = turns.take(self.pace, wait)
                    answer = request()
            except UnavailableError as error:
                too_many = isinstance(error, TooManyError)
                apart = turns.slower(given, wait.clock()) if too_many else 0.0
                pause = apart if too_many and error.after is None else self._pause(attempt, error, wait)
                if wait.clock() + pause > ends:
                    raise UnavailableError(self._impatience(error)) from error
                if attempt >= self.attempts and not too_many:
                    raise UnavailableError(f"{error.reason} (tried {attempt} times)") from error
            else:
                turns.answered()
                return answer
            turns.hold(wait.clock() + pause)
            wait.sleep(pause)
            attempt += not too_many

    def _pause(self, attempt: int, error: UnavailableError, wait: Wait) -> float:
        """What the service asked for, else a random part of a pause that doubles.

        The random part spreads those who failed together (M. Brooker, Exponential
        Backoff and Jitter, AWS Architecture Blog, 2015: "full jitter").
        """
        if error.after is not None:
            return error.after
        return wait.random() * min(LONGEST_PAUSE, self.backoff * 2.0 ** min(attempt, 10))

    def _impatience(self, error: UnavailableError) -> str:
        if error.after is None:
            return f"{error.reason} (tried for {self.total:g} s)"
        return (
            f"{error.reason} and asks to wait {error.after:.0f} s, longer than the {self.total:g} s allowed"
        )


def retry_after(value: str | None, now: float) -> float | None:
    """Seconds to wait by a Retry-After header (RFC 9110, section 10.2.3), None without sense."""
    text = (value or "").strip()
    if text.isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    # A date without a zone is taken as what HTTP demands.
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, aware.timestamp() - now)


# A service that has refused for good is not asked again in the same run.

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
