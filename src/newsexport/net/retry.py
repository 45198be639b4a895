"""When a request is worth making again, and after how long."""

from __future__ import annotations

import math
import time
from email.utils import parsedate_to_datetime

# RFC 9110: the server may do better when asked again. Everything else is an answer.
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})

FIRST_WAIT = 0.5
LONGEST = 86_400.0


def backoff(attempt: int, chance: float) -> float:
    """Seconds to wait after attempt number `attempt` (from 1).

    It grows exponentially, with full jitter: `chance` is any number in [0, 1).
    """
    return FIRST_WAIT * float(2**attempt) * chance


def retry_after(value: str, date: str = "") -> float | None:
    """The seconds a ``Retry-After`` asks for (RFC 9110, section 10.2.3), at most a day; None when unclear.

    A moment is measured by the ``Date`` of the answer where there is one, as our clock may be wrong.
    """
    try:
        seconds = float(value)
    except ValueError:
        moment, now = _moment(value), _moment(date)
        if moment is None:
            return None
        seconds = moment - (time.time() if now is None else now)
    if math.isnan(seconds):
        return None
    return min(max(seconds, 0.0), LONGEST)


def _moment(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
