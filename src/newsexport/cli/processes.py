"""Processes that work for a run, and end when it does, with all that they have started."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from threading import Timer
from time import monotonic
from typing import Any, TypeVar

from newsexport.isolation import attend_parent

T = TypeVar("T")

# Seconds that a worker has to end what it has started.
GRACE = 1.0


class Processes(ProcessPoolExecutor):
    """Processes that are ended when nobody waits for what they have begun.

    Those of the standard library would be waited for at the end of the program (before
    Python 3.14, which has `terminate_workers`), and a program that speaks may take a minute.
    """

    def __init__(self, count: int) -> None:
        # Spawned: a fork copies locks that threads of the parent hold, and never frees them.
        super().__init__(count, mp_context=get_context("spawn"), initializer=_begin)

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Have it called by the next process that is free."""
        return super().submit(_called, fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as the standard library has it
        """Wait for all that was begun; if that is not wanted, end it, and what it has started."""
        processes = list((self._processes or {}).values())
        super().shutdown(wait, cancel_futures=cancel_futures or not wait)
        if wait:
            return
        for process in processes:
            process.terminate()
        until = monotonic() + GRACE
        for process in processes:
            process.join(max(0.0, until - monotonic()))
            process.kill()  # it is in a library that hears no signal


def _called(fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    try:
        return fn(*args, **kwargs)
    except SystemExit:  # else the worker would take it for a result, and begin what is next
        os._exit(1)


def _begin() -> None:
    """Be a worker, which ends when it is told to with all that it has started."""
    # There is one worker a core, so numpy is to use no threads beside it; it has not been imported yet.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    attend_parent()
    signal.signal(signal.SIGTERM, _end)


def _end(*_: object) -> None:
    """Leave what is being done, so that it ends what it has started, and then for good."""
    # Not at once: on a busy machine the program that was started would outlive us.
    Timer(GRACE * 3 / 4, os._exit, (1,)).start()
    with suppress(OSError):  # where a library has called us, the exit would be told as an error of ours
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    sys.exit(1)
