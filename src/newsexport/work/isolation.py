"""Processes for work on bytes that nobody vouches for: bounded in time and memory, and replaceable.

A parser can hang or swell on what it is given. Here it does so in a process of its own,
which is then killed and replaced; whatever else was waiting goes on. `bounded` is for
processes that somebody else replaces.
"""

from __future__ import annotations

import faulthandler
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager, suppress
from functools import cached_property, partial
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from typing import Any, Protocol, TypeVar, cast, runtime_checkable

from newsexport.errors import NewsExportError
from newsexport.job import Inline

T = TypeVar("T")

SECONDS = 20.0
MEGABYTES = 512

# What much to read is given beyond that: so many seconds a megabyte, and so many times as long at most.
SECONDS_A_MEGABYTE, MOST_TIMES = 2.0, 6


class WorkLostError(NewsExportError):
    """A piece of work took too long or too much memory, or took its process down."""


@runtime_checkable
class Timed(Protocol):
    """An executor whose calls may take so long and no longer."""

    def with_time_for(self, size: int) -> Executor:
        """The same workers for calls that have so many bytes to read."""
        ...


def time_for(size: int, seconds: float = SECONDS) -> float:
    """The seconds that a call may take which has so many bytes to read."""
    return min(seconds + SECONDS_A_MEGABYTE * size / 1_000_000, MOST_TIMES * seconds)


class Isolation(Executor):
    """Calls run in processes that are killed after `seconds` or beyond `megabytes` of data.

    The processes start with the first call. A future of work that was lost raises
    `WorkLostError`; whatever the function itself raises comes through unchanged.
    """

    def __init__(self, processes: int, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> None:
        self.processes = processes
        self.seconds = seconds
        self.megabytes = megabytes
        self._ending: list[Thread] = []

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
        return _Patient(self, time_for(size, self.seconds))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as `Executor` has it
        """End the processes: those at work at once when their results are not waited for."""
        if "_pool" in self.__dict__:
            if wait and not cancel_futures:
                self._pool.close()
            else:
                self._pool.stop()
            self._pool.join()
        for thread in self._ending:
            thread.join()

    def rest(self) -> None:
        """Let the processes end, and their memory go, while something else is done; a call begins others.

        What they are at is given up.
        """
        if "_pool" in self.__dict__:
            pool = self.__dict__.pop("_pool")
            pool.stop()
            self._ending.append(Thread(target=pool.join, daemon=True))
            self._ending[-1].start()

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
                return too_large(self.megabytes)
            case ProcessExpired():
                return WorkLostError("took down the process that was reading it")
            case _:
                return error


def too_large(megabytes: int = MEGABYTES) -> WorkLostError:
    """What is told of a call that wanted more memory."""
    return WorkLostError(f"takes more than {megabytes} MB of memory")


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


# Calls that are handed over at a time.
TOGETHER = 8


class Together:
    """Hands calls to an executor some at a time: to hand one over takes as long as most pictures do.

    What a process did not survive is done here.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._waiting: dict[Future[Any], Callable[[], Any]] = {}

    def submit(self, call: Callable[[], T]) -> Future[T]:
        """Have it made with those that come next, or with those so far once its result is asked for."""
        future = _Asked[T](self._hand_over)
        self._waiting[future] = call
        if len(self._waiting) == TOGETHER:
            self._hand_over(future)
        return future

    def _hand_over(self, wanted: Future[Any]) -> None:
        """Have made what waits, if that which is wanted does."""
        if wanted in self._waiting:
            waiting, self._waiting = self._waiting, {}
            made = self._executor.submit(_outcomes, tuple(waiting.values()))
            made.add_done_callback(partial(_settle, waiting))


class _Asked(Future[T]):
    """A future whose work may have to be begun when somebody asks for its result."""

    def __init__(self, begin: Callable[[Future[T]], None]) -> None:
        super().__init__()
        self._begin = begin

    def result(self, timeout: float | None = None) -> T:
        """As for any future."""
        self._begin(self)
        return super().result(timeout)


def _outcomes(calls: Iterable[Callable[[], T]]) -> list[tuple[T | None, Exception | None]]:
    """What each call returns, or the error that it raises."""
    return list(map(_outcome, calls))


def _outcome(call: Callable[[], T]) -> tuple[T | None, Exception | None]:
    try:
        return call(), None
    except MemoryError:
        raise  # there may be more of it here
    except Exception as error:  # noqa: BLE001 - whoever asks for the result will see it
        return None, error


def _settle(
    waiting: dict[Future[T], Callable[[], T]], made: Future[list[tuple[T | None, Exception | None]]]
) -> None:
    error = made.exception()
    if isinstance(error, WorkLostError):
        for future, call in waiting.items():
            pass_on(future, Inline().submit(call))
        return
    told = made.result() if error is None else [(None, cast("Exception", error))] * len(waiting)
    for future, (given, failed) in zip(waiting, told, strict=True):
        if failed is None:
            future.set_result(cast("T", given))
        else:
            future.set_exception(failed)


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


_ends: dict[object, float] = {}  # of the calls under way in this process
_changing = Lock()


def bounded(seconds: float, megabytes: int, fn: Callable[..., T], /, *args: Any) -> T:
    """Make a call in this process, which ends if that takes longer; somebody else will replace it.

    Beyond so much more data than the process has now a `MemoryError` is raised. Where several
    threads make such calls, each is as if the others' data were its own.
    """
    with _ending_after(seconds), _data_of(megabytes):
        return fn(*args)


@contextmanager
def _ending_after(seconds: float) -> Iterator[None]:
    call = object()
    with _changing:
        _ends[call] = monotonic() + seconds
        _watch()
    try:
        yield
    finally:
        with _changing:
            del _ends[call]
            _watch()


def _watch() -> None:
    """Be ended when the first of the calls should have been done.

    By a thread that needs no turn among those of Python: a regular expression, say, gives none.
    """
    if _ends:
        left = max(min(_ends.values()) - monotonic(), 0.001)
        faulthandler.dump_traceback_later(left, exit=True)
    else:
        faulthandler.cancel_dump_traceback_later()


@contextmanager
def _data_of(megabytes: int) -> Iterator[None]:
    """Hold the data of this process to so much more than there is, where the system counts it."""
    try:
        import resource  # noqa: PLC0415 - as above

        pages = int(Path("/proc/self/statm").read_text("ascii").split()[5])
    except (ImportError, OSError):
        yield
        return
    before, most = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = pages * resource.getpagesize() + megabytes * 1_000_000
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted, most)
    resource.setrlimit(resource.RLIMIT_DATA, (wanted, most))
    try:
        yield
    finally:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_DATA, (before, most))
