"""When a request is worth making again, and after how long; for those who fetch and for those who speak."""

from __future__ import annotations

import math
import random
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from newsexport.text.dates import mail_date

T = TypeVar("T")
# Where to wait until fewer requests are under way.
Room: TypeAlias = Callable[[], AbstractContextManager[object]]

# RFC 9110: the server may do better when asked again. Everything else is an answer.
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
TOO_MANY = 429

# Seconds. The first pause is before its doubling, the longest holds however often a server has failed,
# and no server is left alone for longer than a day.
FIRST_PAUSE, LONGEST_PAUSE, LONGEST_REST = 0.5, 30.0, 86_400.0

# Seconds between requests to a service that was asked too often for the first time, and the answers
# in a row after which they come closer again.
SHORTEST_APART, AT_EASE = 0.25, 20


class RequestError(Exception):
    """A request without an answer that can be used; the message is the reason.

    `passing` when it may go better soon, `late` when the time for it ran out. `status` is what the server
    answered, 0 where that is not what is wrong, `after` the seconds it asked to be left alone, if it did.
    """

    def __init__(
        self,
        reason: str,
        *,
        passing: bool = True,
        late: bool = False,
        status: int = 0,
        after: float | None = None,
    ) -> None:
        self.reason = reason
        self.passing = passing
        self.late = late
        self.status = status
        self.after = after
        super().__init__(reason)

    @property
    def too_many(self) -> bool:
        """Whether nothing is wrong but that the server was asked too often."""
        return self.status == TOO_MANY

    def reworded(self, reason: str) -> RequestError:
        """The same failure in other words."""
        return type(self)(reason, passing=self.passing, late=self.late, status=self.status, after=self.after)


def backoff(attempt: int, chance: float, first: float = FIRST_PAUSE) -> float:
    """Seconds to wait after attempt number `attempt` (from 1): a random part of a pause that doubles.

    `chance` is any number in [0, 1). The random part spreads those who failed together (M. Brooker,
    Exponential Backoff and Jitter, AWS Architecture Blog, 2015: "full jitter").
    """
    return min(LONGEST_PAUSE, first * 2.0 ** min(attempt, 10)) * chance


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """The seconds a ``Retry-After`` asks for (RFC 9110, section 10.2.3), at most a day; None when unclear.

    `headers` go by lower-case names. A moment is measured by the ``Date`` of the answer where there is
    one, as our clock, which says `now`, may be wrong.
    """
    value = headers.get("retry-after", "").strip()
    try:
        seconds = float(value)
    except ValueError:
        moment, sent = _moment(value), _moment(headers.get("date", ""))
        if moment is None:
            return None
        seconds = moment - (now if sent is None else sent)
    if math.isnan(seconds):
        return None
    return min(max(seconds, 0.0), LONGEST_REST)


def _moment(date: str) -> float | None:
    moment = mail_date(date)
    return moment.timestamp() if moment else None


def _chance() -> float:
    """A function of ours, because ``random.random`` pickles as another generator."""
    return random.random()  # noqa: S311 - it spreads requests, it keeps no secret


@dataclass(frozen=True, slots=True)
class Timing:
    """The effects of waiting: how to sleep, what the clocks say, and a number from 0 to 1."""

    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    random: Callable[[], float] = _chance


@dataclass(slots=True)
class Pacer:
    """Requests of all threads to one service, each begun some time after the one before.

    How long after, the service itself teaches: each time it is asked too often the time grows by
    half, and it is a fifth shorter after every `AT_EASE` answers.
    """

    apart: float = 0.0
    _answers: int = 0
    _slowed: float = float("-inf")
    _next: float = float("-inf")
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take_turn(self, pace: float, timing: Timing) -> float:
        """Sleep until it is this caller's turn, and return when it was given."""
        with self._lock:
            now = timing.clock()
            turn = max(now, self._next)
            self._next = turn + max(pace, self.apart)
        if turn > now:
            timing.sleep(turn - now)
        return now

    def slow_down(self, given: float, now: float) -> float:
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
class RetryPolicy:
    """How often and how long to try: at most `attempts`, within `total` seconds.

    Requests begin `pace` seconds apart; `first_pause` is what doubles after each attempt. With
    `adapts`, an answer that it was asked too often (429) slows the pace instead of using up an attempt.
    """

    attempts: int
    total: float = math.inf
    first_pause: float = FIRST_PAUSE
    pace: float = 0.0
    adapts: bool = False

    def pause(self, attempt: int, after: float | None, chance: float) -> float:
        """Seconds to wait after attempt number `attempt`, never less than the server asked for."""
        return max(after or 0.0, backoff(attempt, chance, self.first_pause))

    def ask(self, request: Callable[[], T], pacer: Pacer, timing: Timing, room: Room = nullcontext) -> T:
        """The first answer to `request`, which raises `RequestError` as long as there is none.

        A turn is waited for where there is `room`. Raises `RequestError` when another attempt would not
        help, or the attempts or the time are used up.
        """
        ends = timing.clock() + self.total
        attempt = 1
        while True:
            given = timing.clock()
            try:
                with room():
                    given = pacer.take_turn(self.pace, timing)
                    answer = request()
            except RequestError as error:
                if not error.passing:
                    raise
                adapted = self.adapts and error.too_many
                apart = pacer.slow_down(given, timing.clock()) if adapted else None
                pause = self.pause(attempt, error.after, timing.random())
                pause = apart if apart is not None and error.after is None else pause
                if timing.clock() + pause > ends:
                    raise error.reworded(self._out_of_time(error)) from error
                if attempt >= self.attempts and not adapted:
                    raise error.reworded(f"{error.reason} (tried {attempt} times)") from error
                attempt += not adapted
            else:
                pacer.answered()
                return answer
            pacer.hold(timing.clock() + pause)
            timing.sleep(pause)

    def _out_of_time(self, error: RequestError) -> str:
        if error.after is None:
            return f"{error.reason} (tried for {self.total:g} s)"
        return (
            f"{error.reason} and asks to wait {error.after:.0f} s, longer than the {self.total:g} s allowed"
        )
