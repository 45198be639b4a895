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
from newsexport.storage.private import make_private, privately

# Seconds between two looks at a lock that somebody holds.
EVERY = 0.2


@contextmanager
def alone(
    path: Path,
    wait: float = 0.0,
    *,
    begins: bool = True,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[None]:
    """Hold the lock at `path` while the block lasts, waiting up to `wait` seconds for it.

    Unless a run `begins`, the file keeps the time at which one last did.

    Raises:
        BusyError: somebody else holds it.
        OutputError: there can be no lock there.
    """
    with file_errors(path):
        make_private(path.parent)
        known = path.exists()
        lock = open(path, "ab", opener=privately)  # noqa: SIM115 - Path has no opener
    with lock:
        until = clock() + wait
        while not try_lock(lock):
            if clock() >= until:
                raise BusyError(f"another run of {path.stem} is under way; --wait waits for it")
            sleep(EVERY)
        with suppress(OSError):  # some file systems give files no times
            if begins:
                os.utime(path)
            elif not known:
                os.utime(path, (0, 0))
        yield


def last_taken(path: Path) -> datetime | None:
    """When a run last took the lock at `path`, in UTC; None where none ever did."""
    try:
        taken = path.stat().st_mtime
    except OSError:
        return None
    return datetime.fromtimestamp(taken, UTC) if taken else None
