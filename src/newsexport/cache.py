"""A folder that remembers bytes by key, and can be trusted with nothing.

Every entry begins with the SHA-256 of what follows. One that does not match (a disk
error, a write that a crash cut short) is removed and counts as absent, so a cache can
cost time but never spoil a result. Several runs may share it: an entry is written
beside its place and renamed, and equal keys hold equal bytes.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

DIGEST = 32

# Seconds after which an entry that is still being written was left by a run that was killed.
DRAFT_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Contents:
    """How many entries a cache has, and their bytes; `oldest` is when the one unused for longest was used."""

    entries: int
    size: int
    oldest: float | None


@dataclass(frozen=True, slots=True)
class FolderCache:
    """Entries under ``folder/ab/abcdef…``; `prune` holds it to `limit` bytes."""

    folder: Path
    limit: int = 2_000_000_000

    def get(self, key: str) -> bytes | None:
        """The bytes, marked as just used; None when absent or damaged."""
        path = self._path(key)
        try:
            entry = path.read_bytes()
        except OSError:
            return None
        data = entry[DIGEST:]
        with suppress(OSError):
            if hashlib.sha256(data).digest() != entry[:DIGEST]:
                path.unlink()
                return None
            os.utime(path)
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep the bytes. A full or read-only disk loses the entry, not the run."""
        path = self._path(key)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as draft:
                try:
                    draft.write(hashlib.sha256(data).digest() + data)
                    draft.close()
                    Path(draft.name).replace(path)
                except OSError:
                    Path(draft.name).unlink(missing_ok=True)
                    raise

    def prune(self) -> None:
        """Remove what was unused for longest until the rest fits, and what killed runs left half-written."""
        entries = sorted(self._entries(), reverse=True)
        total = 0
        for used, size, path in entries:
            total += size
            abandoned = path.name.startswith(".") and used < entries[0][0] - DRAFT_SECONDS
            if total > self.limit or abandoned:
                with suppress(OSError):
                    path.unlink()

    def contents(self) -> Contents:
        """How much is in it, and since when."""
        entries = list(self._entries())
        return Contents(
            len(entries),
            sum(size for _, size, _ in entries),
            min((used for used, *_ in entries), default=None),
        )

    def clear(self) -> Contents:
        """Remove everything, and tell what that was. A run that is writing an entry keeps that one."""
        held = self.contents()
        for *_, path in self._entries():
            if not path.name.startswith("."):
                with suppress(OSError):
                    path.unlink()
        return held

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        for path in self.folder.glob("??/*"):
            with suppress(OSError):
                status = path.stat()
                yield status.st_mtime, status.st_size, path

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(key.encode()).hexdigest()
        return self.folder / name[:2] / name
