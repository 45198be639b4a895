"""Processes for work on bytes that nobody vouches for: bounded in time and memory, and replaceable.

A parser can hang or swell on what it is given. Here it does so in a process of its own,
which is then killed and replaced; whatever else was waiting goes on.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future
from functools import cached_property, partial
from threading import Thread
from typing import Any, TypeVar

from newsexport.errors import NewsExportError

T = TypeVar("T")

SECONDS = 20.0
MEGABYTES = 512

# What much to read is given beyond that: so many seconds a megabyte, and so many times as long at most.
SECONDS_A_MEGABYTE, MOST_TIMES = 2.0, 6


class WorkLostError(NewsExportError):
    """A piece of work took too long or too much memory, or took its process down."""


class Isolation(Executor):
    """Calls run in processes that are killed after `seconds` or beyond `megabytes` of data.

    The processes start with the first call. A future of work that was lost raises
    `WorkLostError`; whatever the function itself raises comes through unchanged.
    """

    def __init__(self, processes: int, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> None:
        self.processes = processes
        self.seconds = seconds
        self.megabytes = megabytes

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Run the call as soon as a process is free; the clock starts then."""
        return self.submit_within(self.seconds, fn, *args, **kwargs)

    def submit_within(self, seconds: float, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Run the call, killed only after so many seconds."""
        outcome: Future[T] = Future()
        work = self._pool.schedule(fn, args=args, kwargs=kwargs, timeout=seconds)
        work.add_done_callback(partial(pass_on, outcome, worded=partial(self._told, seconds)))
        return outcome

    def with_time_for(self, size: int) -> Executor:
        """The same processes for calls that have so many bytes to read."""
        more = SECONDS_A_MEGABYTE * size / 1_000_000
        return _Patient(self, min(self.seconds + more, MOST_TIMES * self.seconds))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as `Executor` has it
        """End the processes: those at work at once when their results are not waited for."""
        if "_pool" not in self.__dict__:
            return
        if wait and not cancel_futures:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()

    @cached_property
    def _pool(self) -> Any:
        from multiprocessing import get_context  # noqa: PLC0415 - most runs read files that need no process

        from pebble import ProcessPool  # noqa: PLC0415 - it needs `multiprocessing`

        # Spawned: a fork copies locks that threads of the parent hold, and never frees them.
        return ProcessPool(
            self.processes,
            initializer=_begin,
            initargs=(self.megabytes,),
            context=get_context("spawn"),
        )

    def _told(self, seconds: float, error: BaseException) -> BaseException:
        """What became of the work, in words; errors of the function itself as they are."""
        from pebble import ProcessExpired  # noqa: PLC0415 - as above: most runs have no such process

        match error:
            case TimeoutError():
                return WorkLostError(f"took longer than {seconds:.3g} s and was given up")
            case MemoryError():
                return WorkLostError(f"takes more than {self.megabytes} MB of memory")
            case ProcessExpired():
                return WorkLostError("took down the process that was reading it")
            case _:
                return error


def pass_on(
    told: Future[T], made: Future[T], worded: Callable[[BaseException], BaseException] = lambda error: error
) -> None:
    """Tell the result of one future by another, unless nobody wants it any more; errors as `worded`."""
    if not told.set_running_or_notify_cancel():
        return
    error = CancelledError() if made.cancelled() else made.exception()
    if error is None:
        told.set_result(made.result())
    else:
        told.set_exception(worded(error))


class _Patient(Executor):
    """The processes of an isolation with another limit of time."""

    def __init__(self, isolation: Isolation, seconds: float) -> None:
        self._isolation = isolation
        self._seconds = seconds

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """As `Isolation.submit`."""
        return self._isolation.submit_within(self._seconds, fn, *args, **kwargs)


def attend_parent() -> None:
    """Leave Ctrl-C to the parent, and end when it does, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process  # noqa: PLC0415 - only a process that was started has one

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _begin(megabytes: int) -> None:
    attend_parent()
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return
    # Data, not address space: libraries map much that they never touch (getrlimit(2)).
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 1_000_000,) * 2)
