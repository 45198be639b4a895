"""The files of a library in a folder of this machine."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsexport.serving.table import Stored

# How deep folders of issues lie.
ISSUES = 2


@dataclass(frozen=True, slots=True)
class Folder:
    """The root of a library, with no symbolic link in it."""

    root: Path

    @classmethod
    def at(cls, root: Path) -> Folder:
        """The folder; the way to it may have symbolic links, what is in it may not."""
        return cls(root.resolve())

    def open(self, stored: Stored) -> io.FileIO | None:
        """A file as its manifest tells it; None where it is another, no file, or elsewhere."""
        file = self._opened(stored.path)
        if file and os.fstat(file.fileno()).st_size != stored.size:
            file.close()
            return None
        return file

    def read(self, path: str, most: int) -> bytes | None:
        """All of a file of at most so many bytes, which no manifest tells of; None where there is none."""
        file = self._opened(path)
        if file is None:
            return None
        with file:
            content = file.read(most + 1)
        return content if len(content) <= most else None

    def links(self) -> Iterator[str]:
        """The links among papers, issues and their files, which are not followed; relative to the root."""
        for folder, inner, files in os.walk(self.root):
            depth = len(Path(folder).relative_to(self.root).parts)
            inner[:] = sorted(name for name in inner if not name.startswith(".") and depth < ISSUES)
            for name in (*inner, *sorted(files)):
                path = Path(folder, name)
                if path.is_symlink() and not name.startswith("."):
                    yield path.relative_to(self.root).as_posix()

    def _opened(self, relative: str) -> io.FileIO | None:
        path = self.root / relative
        try:
            if path.parent.resolve() != path.parent:
                return None
            # without waiting, or a pipe in the place of a file would hold us for ever
            flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
            descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
        except (OSError, ValueError):
            return None
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            return io.FileIO(descriptor, "r")
        os.close(descriptor)
        return None
