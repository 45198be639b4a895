"""A library in a folder that others publish into while it is served."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TypeAlias

from newsexport.library.issue import MANIFEST
from newsexport.serving.folder import Folder
from newsexport.serving.table import Stored, Table

# A folder is looked at again after this many seconds at most; that takes a stat for each issue.
EVERY = 1.0

Stamp: TypeAlias = tuple[tuple[str, int, int, int], ...]


class WatchedFolder:
    """Holdings whose table is made again when a manifest has come, gone or changed.

    Files are published before the manifest that names them and removed after it, and a table is
    replaced as a whole: what is served is always one state of the library. Where a table cannot be made,
    the last one stays, and `troubled` is told why.
    """

    def __init__(
        self,
        folder: Folder,
        load: Callable[[], Table],
        troubled: Callable[[str], None] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = folder
        self._load = load
        self._troubled = troubled
        self._clock = clock
        self._lock = Lock()
        self._due = clock()
        self._looked = False
        self._stamp: Stamp | None = None
        self._table = Table({})

    def table(self) -> Table:
        """What there is now, or was a moment ago; while somebody looks, others have what there was."""
        if self._lock.acquire(blocking=not self._looked):
            try:
                if self._clock() >= self._due:
                    self._look()
                    self._looked = True
                    self._due = self._clock() + EVERY
            finally:
                self._lock.release()
        return self._table

    def open(self, stored: Stored) -> io.FileIO | None:
        """The file as its manifest tells it."""
        return self._folder.open(stored)

    def _look(self) -> None:
        stamp = tuple(sorted(_stamps(self._folder.root)))
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._table = self._load()
        except Exception as error:  # noqa: BLE001 - whoever listens now shall go on listening
            self._troubled(f"{self._folder.root}: {error}")


def _stamps(root: Path) -> Iterator[tuple[str, int, int, int]]:
    """Every manifest, and what describes a paper, each with what changes when it is replaced."""
    yield from _facts(root)
    for paper in _folders(root):
        yield from _facts(paper)
        for issue in _folders(paper):
            yield from _facts(issue, MANIFEST)


def _folders(parent: Path) -> Iterator[Path]:
    with suppress(OSError), os.scandir(parent) as entries:
        yield from (
            Path(entry.path)
            for entry in entries
            if not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)
        )


def _facts(folder: Path, only: str = "") -> Iterator[tuple[str, int, int, int]]:
    """Of the JSON files of a folder: name, time in nanoseconds, size, number."""
    found = folder.glob("*.json") if not only else iter((folder / only,))
    for path in found:
        with suppress(OSError):
            facts = path.lstat()
            yield str(path), facts.st_mtime_ns, facts.st_size, facts.st_ino
