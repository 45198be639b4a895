"""A folder that remembers bytes by key, and can be trusted with nothing.

Every entry begins with the SHA-256 of what follows. One that does not match (a disk
error, a write that a crash cut short) is removed and counts as absent, so a cache can
cost time but never spoil a result. Several runs may share it: an entry is written
beside its place and renamed, and equal keys hold equal bytes.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from newsexport.storage.atomic import drafted, is_draft, remove_abandoned

DIGEST = 32
DAY = 86_400.0  # in seconds

# The name of an entry.
ENTRY = re.compile(r"[0-9a-f]{64}")

# The kind of what names none.
UNNAMED = "entry"


@dataclass(frozen=True, slots=True)
class CacheContents:
    """How many entries a cache has, and their bytes; `oldest` is when the one unused for longest was used.

    `kinds` tells the number of entries of each kind.
    """

    entries: int
    size: int
    oldest: float | None
    kinds: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FolderCache:
    """Entries under ``folder/kind/ab/abcdef…``; `prune` holds it to `limit` bytes.

    `damaged` has the keys of what did not survive, as far as this run came to read it.

    The kind of an entry is what its key has before the first slash, if that is one word. A
    draft is locked while it is written, by a lock that dies with its process, so any run can
    tell which drafts were left by one that was killed.
    """

    folder: Path
    limit: int = 2_000_000_000
    damaged: set[str] = field(default_factory=set, repr=False, compare=False)

    def get(self, key: str) -> bytes | None:
        """The bytes, marked as just used; None when absent or damaged."""
        path = self._path(key)
        try:
            with path.open("rb", buffering=0) as entry:
                digest, data = entry.read(DIGEST), entry.read()
        except OSError:
            return None
        if hashlib.sha256(data).digest() != digest:
            self.damaged.add(key)
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):
            os.utime(path)
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep the bytes. A full or read-only disk loses the entry, not the run."""
        path = self._path(key)
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._changed.touch()  # before there is a draft that may have to be removed
            if path.is_dir():
                shutil.rmtree(path)  # whoever put a folder there, it is no entry
            with drafted(path) as draft:
                draft.writelines((hashlib.sha256(data).digest(), data))

    def tidy(self) -> None:
        """Prune it if anything was put into it since that was done last: it takes long to look at all."""
        if self._changed.exists():
            self.prune()
            with suppress(OSError):
                self._changed.unlink()

    def prune(self) -> None:
        """Remove what was unused for longest until the rest fits, and the drafts of runs that were killed.

        What is said to be used in days to come was so while a clock was wrong, and goes first: it would
        keep its place until that day, whatever else is used.
        """
        latest = time.time() + DAY
        entries = sorted(
            ((used if used <= latest else 0.0, size, path) for used, size, path in self._entries()),
            reverse=True,
        )
        total = 0
        for _, size, path in entries:
            total += size
            if is_draft(path):
                remove_abandoned(path)
            elif total > self.limit:
                with suppress(OSError):
                    path.unlink()

    def contents(self) -> CacheContents:
        """How much is in it, and since when."""
        entries = list(self._entries())
        kinds: dict[str, int] = {}
        for *_, path in entries:
            kind = path.relative_to(self.folder).parts[0]
            kinds[kind] = kinds.get(kind, 0) + 1
        return CacheContents(
            len(entries),
            sum(size for _, size, _ in entries),
            min((used for used, *_ in entries), default=None),
            kinds,
        )

    def clear(self) -> CacheContents:
        """Remove everything, and tell what that was. A run that is writing an entry keeps that one."""
        held = self.contents()
        for *_, path in self._entries():
            if is_draft(path):
                remove_abandoned(path)
            else:
                with suppress(OSError):
                    path.unlink()
        return held

    @property
    def _changed(self) -> Path:
        """A file that is there when something was put since all was last looked at."""
        return self.folder / "changed"

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """Entries and drafts, and nothing of whoever else has files below the folder."""
        for path in self.folder.glob("*/??/*"):
            if ENTRY.fullmatch(path.name) or is_draft(path):
                with suppress(OSError):
                    status = path.stat()
                    if stat.S_ISREG(status.st_mode):
                        yield status.st_mtime, status.st_size, path

    def _path(self, key: str) -> Path:
        kind, _, rest = key.partition("/")
        name = hashlib.sha256(key.encode()).hexdigest()
        return self.folder / (kind if rest and kind.isidentifier() else UNNAMED) / name[:2] / name
