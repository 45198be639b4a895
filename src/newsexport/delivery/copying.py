"""Files onto a medium that may be full, slow, or pulled out at any moment.

A file is written beside its place, synced, read back from the medium and compared, and only
then takes the place of an older one; so at every moment the old issue or the new one is
there whole. What a copy that was cut short has left is removed by the next.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from newsexport.errors import DeliveryError
from newsexport.storage.atomic import put_in_place

PART = ".part"

# Bytes that must stay free beside a file: for folders and the list of what is ours.
LEEWAY = 256 * 1024

# What a file on FAT32 can hold at most.
MOST = 2**32 - 1

BLOCK = 1 << 20


def copied(source: Path, target: Path) -> str:
    """Bring a file to its place on a medium; its SHA-256, as read back from there.

    Raises:
        DeliveryError: the medium is full, read-only, gone, or gave back other bytes; an older
            file at the place is whole.
    """
    draft = target.with_name(f".{target.name}{PART}")
    with _told(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear(target.parent)
        _refuse_too_large(source, target)
        digest = _written(source, draft)
        if _read_back(draft) != digest:
            draft.unlink(missing_ok=True)
            raise DeliveryError(str(target), "gave back other bytes than were written; the medium is damaged")
        put_in_place(draft, target)
        flush(target.parent)
    return digest


def flush(folder: Path) -> None:
    """Have the medium that a folder lies on written out whole, as far as the system can tell."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            with suppress(OSError):  # FAT cannot sync a folder
                os.fsync(descriptor)
            _syncfs(descriptor)
        finally:
            os.close(descriptor)


def _clear(folder: Path) -> None:
    """Remove what a copy that was cut short has left. One copies to a medium at a time."""
    for left in folder.glob(f".*{PART}"):
        with suppress(OSError):
            left.unlink()


def _refuse_too_large(source: Path, target: Path) -> None:
    size = source.stat().st_size
    if size > MOST:
        raise DeliveryError(str(target), f"{size:,} bytes are more than a file on such a medium can have")
    free = shutil.disk_usage(target.parent).free
    if free < size + LEEWAY:
        raise DeliveryError(
            str(target), f"there is too little room: {size + LEEWAY:,} bytes are needed, {free:,} free"
        )


def _written(source: Path, draft: Path) -> str:
    digest = hashlib.sha256()
    try:
        with source.open("rb") as read, draft.open("wb") as written:
            while block := read.read(BLOCK):
                digest.update(block)
                written.write(block)
            written.flush()
            os.fsync(written.fileno())
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    return digest.hexdigest()


def _read_back(path: Path) -> str:
    """The hash of what is on the medium, not of what memory still has of it."""
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(file, "sha256").hexdigest()


def _syncfs(descriptor: int) -> None:
    """Linux can write out one file system and no other (syncfs(2))."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).syncfs(descriptor)


REASONS = {
    errno.ENOSPC: "there is no room left",
    errno.EROFS: "the medium is mounted so that nothing can be written",
    errno.EIO: "the medium does not answer; was it pulled out?",
    errno.ENODEV: "the medium is gone",
}


@contextmanager
def _told(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = REASONS.get(error.errno or 0) or error.strerror or str(error)
        raise DeliveryError(str(target), reason) from error
