"""One run of a paper at a time, on this machine.

The lock is on a file that stays and bears the time at which it was last taken.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from newsexport.errors import BusyError
from newsexport.storage.atomic import file_errors, try_lock

# Seconds between two looks at a lock that somebody holds.
EVERY = 0.2


@contextmanager
def alone(
    path: Path,
    wait: float = 0.0,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[None]:
    """Hold the lock at `path` while the block lasts, waiting up to `wait` seconds for it.

    Raises:
        BusyError: somebody else holds it.
        OutputError: there can be no lock there.
    """
    with file_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.open("ab")
    with lock:
        until = clock() + wait
        while not try_lock(lock):
            if clock() >= until:
                raise BusyError(f"another run of {path.stem} is under way; --wait waits for it")
            sleep(EVERY)
        with suppress(OSError):  # some file systems give files no times
            os.utime(path)
        yield


def last_taken(path: Path) -> datetime | None:
    """When the lock at `path` was last taken, in UTC; None where it never was."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None
