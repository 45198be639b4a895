"""The threads that make the requests of a whole run to one service: never more than so many at once.

Articles are recorded side by side, and each waits for sentence after sentence. So what
bounds the requests cannot belong to an article; it belongs to the service.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, TypeVar

A = TypeVar("A")
T = TypeVar("T")


class Crew:
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


_CREWS: dict[tuple[Hashable, int], Crew] = {}
_CREWS_LOCK = threading.Lock()


def crew_for(service: Hashable, size: int) -> Crew:
    """The one crew of this process for a service."""
    with _CREWS_LOCK:
        return _CREWS.setdefault((service, size), Crew(size))
