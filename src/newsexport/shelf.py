"""Values that wait in a file until somebody looks at them, so that many of them need no memory.

What is shelved is a sequence as before: it is read when it is looked into, and the last few that were are
kept. In another process it is the tuple it was made of.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, TypeAlias, TypeVar, cast, overload

T = TypeVar("T")
R = TypeVar("R")

# Sequences that are kept as they are, because so many need little memory, and reading them takes time.
ROOM = 1000

# Of those that were read the latest are kept: whoever looks into one looks into it again.
KEPT = 16


class TextShelf:
    """A file in a folder that somebody will remove."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / "shelf").open("w+b")
        self._size = 0
        self._read: dict[int, tuple[Any, ...]] = {}
        self._room = ROOM
        self._lock = Lock()

    def kept(self, values: Sequence[T]) -> Sequence[T]:
        """The values, shelved once there are many; their order and equality stay."""
        if isinstance(values, Shelved):
            return values
        self._room -= 1
        return values if self._room >= 0 else self.put(values, memory_of(values))

    def put(self, values: Sequence[T], memory: Memory = ()) -> Shelved[T]:
        """The values, shelved, and what is known of them."""
        values = tuple(values)
        data = pickle.dumps(values, pickle.HIGHEST_PROTOCOL)
        with self._lock:
            at = self._size
            self._file.seek(at)
            self._file.write(data)
            self._size += len(data)
            self._keep(at, values)
        return Shelved(self, at, len(data), len(values), memory)

    def read(self, at: int, size: int) -> tuple[Any, ...]:
        """What was put there."""
        with self._lock:
            if at not in self._read:
                self._keep(at, pickle.loads(self._pickled(at, size)))  # noqa: S301 - our own, of this run
            return self._read[at]

    def pickled(self, at: int, size: int) -> bytes:
        """What was put there, as it lies there."""
        with self._lock:
            return self._pickled(at, size)

    def _pickled(self, at: int, size: int) -> bytes:
        self._file.seek(at)
        return self._file.read(size)

    def _keep(self, at: int, values: tuple[Any, ...]) -> None:
        self._read[at] = values
        if len(self._read) > KEPT:
            del self._read[next(iter(self._read))]

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class Shelved(Sequence[T]):
    """A tuple of values that lies on a shelf."""

    __slots__ = ("_at", "_length", "_shelf", "_size", "memory")

    def __init__(self, shelf: TextShelf, at: int, size: int, length: int, memory: Memory = ()) -> None:
        self._shelf, self._at, self._size, self._length = shelf, at, size, length
        self.memory = memory

    def again(self, values: tuple[T, ...]) -> Sequence[T]:
        """Other values in their place; the same ones stay where they are."""
        return self if values == self.values() else self._shelf.put(values)

    def values(self) -> tuple[T, ...]:
        """The tuple itself."""
        return cast("tuple[T, ...]", self._shelf.read(self._at, self._size)) if self._length else ()

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[T]:
        return iter(self.values())

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...

    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        return self.values()[at]

    def __eq__(self, other: object) -> bool:
        return self.values() == (other.values() if isinstance(other, Shelved) else other)

    def __hash__(self) -> int:
        return hash(self.values())

    def __repr__(self) -> str:
        return repr(self.values())

    def __reduce__(self) -> tuple[Callable[[bytes], Any], tuple[bytes]]:
        return pickle.loads, (self._shelf.pickled(self._at, self._size),)


def like(before: Sequence[T], values: tuple[T, ...]) -> Sequence[T]:
    """The values, shelved where those before them were."""
    return before.again(values) if isinstance(before, Shelved) else values


# What functions gave of values. They are functions of modules: whoever is handed the values knows them, too.
Memory: TypeAlias = tuple[tuple[Callable[[Any], Any], Any], ...]


class Known(tuple[T, ...]):  # noqa: SLOT001 - what varies in length can have none
    """A tuple that goes with what is known of it, to other processes too."""

    memory: Memory = ()

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return _known, (tuple(self), self.memory)


def _known(values: tuple[T, ...], memory: Memory) -> Known[T]:
    made = Known(values)
    made.memory = memory
    return made


def memory_of(values: Sequence[T]) -> Memory:
    """What is known of the values."""
    return values.memory if isinstance(values, Known | Shelved) else ()


def recalled(fn: Callable[[tuple[T, ...]], R], values: Sequence[T]) -> R:
    """What the function gives of the values; of those that can remember it, it is asked once.

    It should be little, because it is kept in memory.
    """
    for known, given in memory_of(values):
        if known is fn:
            return cast("R", given)
    given = fn(tuple(values))
    if isinstance(values, Known | Shelved):
        values.memory += ((fn, given),)
    return given


def forget(fn: Callable[[tuple[T, ...]], object], values: Sequence[T]) -> None:
    """Keep no more what the function gave of the values."""
    if isinstance(values, Known | Shelved):
        values.memory = tuple(pair for pair in values.memory if pair[0] is not fn)
