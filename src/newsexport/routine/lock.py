"""One run of a paper at a time, on this machine.

The lock is the kernel's, on a file that stays: it falls however a process dies, so no
number of a process has to be believed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from newsexport.errors import BusyError, OutputError

try:
    import fcntl
except ImportError:  # Windows has no flock; there nothing keeps two runs apart
    fcntl = None  # type: ignore[assignment]

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
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.open("ab")
    except OSError as error:
        raise OutputError(str(path), error.strerror or str(error)) from error
    with lock:
        until = clock() + wait
        while not _taken(lock.fileno()):
            if clock() >= until:
                raise BusyError(f"another run of {path.stem} is under way; --wait waits for it")
            sleep(EVERY)
        yield


def _taken(descriptor: int) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
