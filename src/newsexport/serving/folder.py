"""The files of a library in a folder of this machine."""

from __future__ import annotations

import io
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from newsexport.serving.table import Stored


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
        path = self.root / stored.path
        try:
            if path.parent.resolve() != path.parent:
                return None
            # without waiting, or a pipe in the place of a file would hold us for ever
            flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
            descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
        except (OSError, ValueError):
            return None
        file = io.FileIO(descriptor, "r")
        facts = os.fstat(descriptor)
        if stat.S_ISREG(facts.st_mode) and facts.st_size == stored.size:
            return file
        file.close()
        return None
