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
        """Remove the entries unused for longest until the rest fits."""
        entries = sorted(self._entries(), reverse=True)
        total = 0
        for _, size, path in entries:
            total += size
            if total > self.limit:
                with suppress(OSError):
                    path.unlink()

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        for path in self.folder.glob("??/*"):
            with suppress(OSError):
                status = path.stat()
                yield status.st_mtime, status.st_size, path

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(key.encode()).hexdigest()
        return self.folder / name[:2] / name
