"""Executors for a run: processes for what computes, threads for what waits."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from concurrent.futures import wait as wait_for
from contextlib import suppress
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from queue import SimpleQueue
from time import monotonic
from typing import Any, TypeVar, assert_never

from newsexport.events import Report
from newsexport.job import SEVERAL, Cache, Executors, Inline, Job, Work
from newsexport.work.isolation import attend_parent, pass_on

# Processes that work for a run, and end when it does, with all that they have started.

A = TypeVar("A")
R = TypeVar("R")
T = TypeVar("T")

# Seconds that a worker has to end what it has started.
GRACE = 1.0


class _Pool(ProcessPoolExecutor):
    """Processes that are ended when nobody waits for what they have begun.

    Those of the standard library would be waited for at the end of the program (before
    Python 3.14, which has `terminate_workers`), and a program that speaks may take a minute.
    """

    def __init__(self, count: int) -> None:
        # Spawned: a fork copies locks that threads of the parent hold, and never frees them.
        super().__init__(count, mp_context=get_context("spawn"), initializer=_begin)

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


class Processes(Executor):
    """A pool of processes of which one that is killed costs nothing but time.

    It takes the others of its pool with it. Whatever they had begun is called once more, alone in
    another process, so that a call that kills whoever makes it spoils no other: its future raises
    `BrokenExecutor`.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._pools = [_Pool(count)]  # the last is the one in use
        self._second = DaemonThreads(1)
        self._ended = False

    def submit(self, fn: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        """Have it called by the next process that is free."""
        call = partial(_called, fn, *args, **kwargs)
        try:
            made = self._pools[-1].submit(call)
        except BrokenExecutor:
            self._pools.append(_Pool(self._count))
            made = self._pools[-1].submit(call)
        told: Future[R] = Future()
        told.add_done_callback(lambda told: told.cancelled() and made.cancel())
        made.add_done_callback(partial(self._settle, call, told))
        return told

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as the standard library has it
        """Wait for all that was begun; if that is not wanted, end it."""
        self._ended = True
        for pool in list(self._pools):
            pool.shutdown(wait, cancel_futures=cancel_futures)

    def _settle(self, call: Callable[[], R], told: Future[R], made: Future[R]) -> None:
        lost = not made.cancelled() and isinstance(made.exception(), BrokenExecutor)
        if lost and not self._ended:
            self._second.submit(self._alone, call).add_done_callback(partial(pass_on, told))
        else:
            pass_on(told, made)

    def _alone(self, call: Callable[[], R]) -> R:
        with _Pool(1) as pool:
            self._pools.insert(0, pool)  # so that an end of all is one of this
            return pool.submit(call).result()


def _called(fn: Callable[..., R], *args: Any, **kwargs: Any) -> R:
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
    threading.Timer(GRACE * 3 / 4, os._exit, (1,)).start()
    with suppress(OSError):  # where a library has called us, the exit would be told as an error of ours
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    sys.exit(1)


# Calls that are under way for each worker, so that none waits for its next.
AHEAD = 2

# Requests to an online voice at a time: it is someone else's machine.
POLITE = 4


class DaemonThreads:
    """At most `size` threads, begun as they are needed. They end with the process, whatever they wait for."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._calls: SimpleQueue[tuple[Future[Any], Callable[[Any], Any], Any]] = SimpleQueue()
        self._lock = threading.Lock()
        self._begun = 0

    def each(self, fn: Callable[[A], T], items: Sequence[A]) -> Iterator[T]:
        """``map(fn, items)``, in order, side by side; what has not begun when one fails is left out."""
        futures: list[Future[T]] = [self.submit(fn, item) for item in items]
        try:
            for future in futures:
                yield future.result()
        finally:
            for future in futures:
                future.cancel()

    def submit(self, fn: Callable[[A], T], item: A) -> Future[T]:
        """Have it done when its turn comes."""
        future: Future[T] = Future()
        self._calls.put((future, fn, item))
        with self._lock:
            if self._begun < self.size:
                self._begun += 1
                threading.Thread(target=self._work, daemon=True).start()
        return future

    def _work(self) -> None:
        while True:
            future, fn, item = self._calls.get()
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(fn(item))
            except BaseException as error:  # noqa: BLE001 - a future carries whatever was raised
                future.set_exception(error)
            del future, fn, item  # nothing is kept while waiting for the next


class Threads(Executor):
    """Threads that the end of the program does not wait for, as it does for those of the standard library.

    One that has asked a server may wait a minute for its answer, and Ctrl-C is to end at once.
    """

    def __init__(self, size: int) -> None:
        self._threads = DaemonThreads(size)
        self._begun: set[Future[Any]] = set()

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Have it called by the next thread that is free."""
        future = self._threads.submit(lambda _: fn(*args, **kwargs), None)
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


# Seconds that calls in place may take while others wait: no less than processes take to begin, load what
# they work with, and are worth it.
PATIENCE = 1.0


class Hesitant(Executor):
    """An executor that is made when there is much to do; until then calls are made in place, when wanted.

    To start processes takes longer than to speak an article, and often only one has changed. How long a
    call takes is not known before: it is made when some have taken as long as starting it would.
    """

    def __init__(self, make: Callable[[], Executor]) -> None:
        self._make = make
        self._made: Executor | None = None
        self._waiting: list[Alone[Any]] = []
        self._lock = threading.RLock()
        self._taken = 0.0
        self._ended = False

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Wait with a few calls for their results to be wanted; hand them on where there are more."""
        with self._lock:
            if len(self._waiting) == SEVERAL - 1:
                self._begin()
            if self._made is not None:
                return self._made.submit(fn, *args, **kwargs)
            alone = Alone(partial(fn, *args, **kwargs), self)
            self._waiting.append(alone)
            return alone

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as the standard library has it
        """That of the executor, if there was need of one."""
        with self._lock:
            self._ended = True
        if self._made is not None:
            self._made.shutdown(wait, cancel_futures=cancel_futures)

    def in_place(self, alone: Alone[Any]) -> None:
        """Make a call, unless others are making it, and meanwhile grow impatient for those that wait."""
        with self._lock:
            if alone not in self._waiting:
                return
            self._waiting.remove(alone)
            others = bool(self._waiting)
        begun = monotonic()
        impatience = threading.Timer(max(0.0, PATIENCE - self._taken), self._begin)
        impatience.daemon = True
        if others:
            impatience.start()
        try:
            alone.hand_to(Inline())
        finally:
            impatience.cancel()
            self._taken += monotonic() - begun

    def _begin(self) -> None:
        with self._lock:
            if self._made is None and not self._ended:
                self._made = self._make()
                for alone in self._waiting:
                    alone.hand_to(self._made)
                self._waiting.clear()


class Alone(Future[T]):
    """A call that nobody has been asked to make: whoever wants its result makes it."""

    def __init__(self, call: Callable[[], T], held: Hesitant) -> None:
        super().__init__()
        self._call = call
        self._held = held

    def hand_to(self, executor: Executor) -> None:
        """Let an executor make the call, unless it is not wanted any more."""
        if not self.cancelled():
            executor.submit(self._call).add_done_callback(partial(pass_on, self))

    def result(self, timeout: float | None = None) -> T:
        """As for any future, of a call that is made now."""
        self._held.in_place(self)
        return super().result(timeout)


def executors(workers: int | None) -> Executors:
    """Executors of so many workers; None is one a core, or a few for work that waits."""

    def choose(work: Work) -> Executor:
        match work:
            case Work.COMPUTE | Work.COMPUTE_WITH_FILES:
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
    return Inline() if count == 1 else Hesitant(partial(Processes, count))


def local_job(workers: int | None, report: Report, cache: Cache) -> Job:
    """A job that this machine does, with so many workers; None is one a core."""
    job = Job(executors(workers), report, cache, segments=cache)
    return replace(job, ahead=max(job.ahead, AHEAD * (workers or cores())))
