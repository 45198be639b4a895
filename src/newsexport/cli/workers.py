"""Executors for the command line: processes for what computes, threads for what waits."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future
from concurrent.futures import wait as wait_for
from functools import partial
from typing import Any, TypeVar, assert_never

from newsexport.engines.crew import Crew
from newsexport.job import Executors, Inline, Work

T = TypeVar("T")

# Calls that are under way for each worker, so that none waits for its next.
AHEAD = 2

# Requests to an online voice at a time: it is someone else's machine.
POLITE = 4


class Threads(Executor):
    """Threads that the end of the program does not wait for, as it does for those of the standard library.

    One that has asked a server may wait a minute for its answer, and Ctrl-C is to end at once.
    """

    def __init__(self, size: int) -> None:
        self._crew = Crew(size)
        self._begun: set[Future[Any]] = set()

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Have it called by the next thread that is free."""
        future = self._crew.submit(lambda _: fn(*args, **kwargs), None)
        self._begun.add(future)
        future.add_done_callback(self._begun.discard)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as the standard library has it
        """Wait for all that was begun, unless that is not wanted."""
        begun = list(self._begun)
        if cancel_futures:
            for future in begun:
                future.cancel()
        if wait:
            wait_for(begun)


class Hesitant(Executor):
    """An executor that is made for the second call; one alone is made in place, when its result is wanted.

    To start processes takes longer than to speak an article, and often only one has changed.
    """

    def __init__(self, make: Callable[[], Executor]) -> None:
        self._make = make
        self._made: Executor | None = None
        self._alone: Alone[Any] | None = None

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Wait with the first call for another; hand on all others."""
        if self._made is None:
            if self._alone is None or self._alone.done():
                self._alone = alone = Alone(partial(fn, *args, **kwargs))
                return alone
            self._made = self._make()
            self._alone.hand_to(self._made)
        return self._made.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as the standard library has it
        """That of the executor, if there was need of one."""
        if self._made is not None:
            self._made.shutdown(wait, cancel_futures=cancel_futures)


class Alone(Future[T]):
    """A call that nobody has been asked to make: whoever wants its result makes it."""

    def __init__(self, call: Callable[[], T]) -> None:
        super().__init__()
        self._call: Callable[[], T] | None = call

    def hand_to(self, executor: Executor) -> None:
        """Let an executor make the call, unless it was made or is not wanted any more."""
        call, self._call = self._call, None
        if call is not None and self.set_running_or_notify_cancel():
            executor.submit(call).add_done_callback(self._take)

    def result(self, timeout: float | None = None) -> T:
        """As for any future, of a call that is made now."""
        self.hand_to(Inline())
        return super().result(timeout)

    def _take(self, made: Future[T]) -> None:
        error = CancelledError() if made.cancelled() else made.exception()
        if error is None:
            self.set_result(made.result())
        else:
            self.set_exception(error)


def executors(workers: int | None) -> Executors:
    """Executors of so many workers; None is one a core, or a few for work that waits."""

    def choose(work: Work) -> Executor:
        match work:
            case Work.COMPUTE:
                return _processes(workers or cores())
            case Work.WAIT:
                return Inline() if workers == 1 else Threads(workers or POLITE)
            case _:
                assert_never(work)

    return choose


def cores() -> int:
    """How many processor cores this program may use."""
    if hasattr(os, "sched_getaffinity"):  # a container may be given fewer than the machine has
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _processes(count: int) -> Executor:
    return Inline() if count == 1 else Hesitant(partial(_started, count))


def _started(count: int) -> Executor:
    from newsexport.cli.processes import Processes  # noqa: PLC0415 - many runs need none, and few need many

    return Processes(count)
