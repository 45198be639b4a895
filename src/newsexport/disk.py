"""What a file system is asked beside reading and writing: to lock, to write out, to tell files apart.

Locks are the kernel's (flock(2)): they fall however a process dies, so no number of a process and
no clock has to be believed. Windows has none.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

HAS_LOCKS = fcntl is not None


def lock(file: IO[bytes]) -> None:
    """Hold the lock of an open file until it is closed, waiting for whoever holds it now.

    Raises:
        OSError: the file system has no locks.
    """
    if fcntl is not None:
        fcntl.flock(file, fcntl.LOCK_EX)


def try_lock(file: IO[bytes]) -> bool:
    """Whether the lock of an open file could be had at once; on Windows, where there are none, it could."""
    if fcntl is not None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
    return True


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, written out so that they outlast a loss of power.

    Raises:
        OSError: the file cannot be written out. Of a folder some file systems, FAT among them,
            cannot do so; a rename in it stands all the same.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        if path.is_file():
            raise
    finally:
        os.close(descriptor)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal. Raises `OSError`."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
