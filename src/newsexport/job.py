"""The effects of a run, handed in as one value: where work is done, who is told, what is kept.

Nothing below `cli/` opens a pool, looks at the clock or chooses a folder by itself. A
test runs inline with ``Job()``; the command line hands in processes, a progress bar and
a cache; a cluster hands in its own executor.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Protocol, TypeAlias, TypeVar, runtime_checkable

from newsexport.events import Report, ignore

A = TypeVar("A")
T = TypeVar("T")

# Where voices lie that were fetched, handed in by whoever runs a program, for where the environment says
# nothing. Engines take it when they are made, and carry it into other processes.
VOICES_FOLDER: ContextVar[str] = ContextVar("folder of voices", default="")


class Work(StrEnum):
    """What a unit of work mostly does, which decides where it should run."""

    COMPUTE = "compute"
    COMPUTE_WITH_FILES = "compute with files"  # that lie on this machine
    WAIT = "wait"


# Calls that are much to do: where as many wait, others make them, however long those take to begin.
SEVERAL = 8


class Inline(Executor):
    """Runs each call at once in the caller's own thread."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """A future that is already done."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 - a future carries whatever was raised
            future.set_exception(error)
        return future


def _done(result: T) -> Future[T]:
    future: Future[T] = Future()
    future.set_result(result)
    return future


def _result(item: A, future: Future[T], lost: Callable[[A], T | None]) -> T:
    try:
        return future.result()
    except BrokenExecutor:
        instead = lost(item)
        if instead is None:
            raise
        return instead


Executors: TypeAlias = Callable[[Work], Executor]


def inline(work: Work) -> Executor:  # noqa: ARG001 - every kind of work is done in place
    """Executors for a caller who wants no parallel work."""
    return Inline()


class _Begun:
    """The executors of some calls, each begun with the first call that is for it."""

    def __init__(self, make: Executors) -> None:
        self._make = make
        self._made: dict[Work, Executor] = {}

    def submit(self, work: Work, fn: Callable[[A], T], item: A) -> Future[T]:
        if work not in self._made:
            self._made[work] = self._make(work)
        return self._made[work].submit(fn, item)

    def shutdown(self, *, wait: bool) -> None:
        for executor in self._made.values():
            executor.shutdown(wait=wait)


class Cache(Protocol):
    """Remembers bytes under a key that is a function of everything they depend on."""

    def get(self, key: str) -> bytes | None:
        """The bytes, or None when there are none or they did not survive."""
        ...

    def put(self, key: str, data: bytes) -> None:
        """Keep the bytes. A cache that cannot, does not; it never fails a run."""
        ...


@runtime_checkable
class NoticesDamage(Protocol):
    """A cache that tells the keys of what it found damaged, which is absent from then on."""

    @property
    def damaged(self) -> set[str]:
        """The keys. Whoever has told the user may clear them."""
        ...


def damage(cache: Cache) -> set[str]:
    """What a cache found damaged; nothing where it does not tell."""
    return cache.damaged if isinstance(cache, NoticesDamage) else set()


def forget(item: object) -> None:
    """Recall nothing."""


class Forgetful:
    """The cache of a caller who does not want one."""

    def get(self, key: str) -> bytes | None:  # noqa: ARG002 - the shape of a `Cache`
        """Nothing, ever."""
        return None

    def put(self, key: str, data: bytes) -> None:
        """Forget at once."""


@dataclass(frozen=True, slots=True)
class Job:
    """How a run does its work. `ahead` bounds how many results may wait to be taken.

    `cache` is for whoever hands out work; `segments` is handed on to whoever does it, so it
    pickles, and remembers nothing where workers are on other machines. `offline` when no service is
    to be asked that the user has not named.
    """

    executors: Executors = inline
    report: Report = ignore
    cache: Cache = field(default_factory=Forgetful)
    segments: Cache = field(default_factory=Forgetful)
    ahead: int = 16
    offline: bool = False

    @contextmanager
    def begun(self, work: Work, fn: Callable[[A], object], item: A) -> Iterator[Job]:
        """The same job, whoever does such `work` having been called with `fn` before there is any.

        Processes take a while to begin and to load what they work with: here they do so while it is still
        being thought of what they are to do. Only the next work that is handed out is for them.
        """
        executor = self.executors(work)
        there = [executor]
        for _ in range(max(SEVERAL, self.ahead // 4)):  # of many, the others begin as needed
            executor.submit(fn, item)
        try:
            yield replace(
                self, executors=lambda kind: there.pop() if kind is work and there else self.executors(kind)
            )
        finally:
            if there:
                executor.shutdown(wait=False, cancel_futures=True)

    def each(
        self,
        fn: Callable[[A], T],
        inputs: Iterable[A],
        work: Work | Callable[[A], Work],
        recall: Callable[[A], T | None] = forget,
        lost: Callable[[A], T | None] = forget,
    ) -> Iterator[T]:
        """``map(fn, inputs)`` in order and in parallel, at most `ahead` calls in flight.

        A result that is there is yielded before the next call is made, so that it can be kept
        and told. What `recall` returns for an input is its result; only where that is None is the
        call made. `work` may differ from input to input. What `lost` returns is the result of a
        call that took down its process, which else is an error. Of executors only `submit` is asked,
        with positional arguments, so that any will do. On an error, or when the caller stops early, what
        has not begun is cancelled; the first error is raised. An interrupt, and a caller who stops early, do
        not wait for what has begun.

        `Executor.map` is not used: it takes the whole iterable before it yields, and the
        results of a long edition would pile up in memory.
        """
        pending: deque[tuple[A, Future[T]]] = deque()
        begun = _Begun(self.executors)
        patient = True
        try:
            for item in inputs:
                known = recall(item)
                kind = work if isinstance(work, Work) else work(item)
                pending.append((item, begun.submit(kind, fn, item) if known is None else _done(known)))
                while pending and (pending[0][1].done() or len(pending) >= self.ahead):
                    yield _result(*pending.popleft(), lost)
            while pending:
                yield _result(*pending.popleft(), lost)
        except (KeyboardInterrupt, GeneratorExit):
            patient = False
            raise
        finally:
            for _, future in pending:
                future.cancel()
            begun.shutdown(wait=patient)
