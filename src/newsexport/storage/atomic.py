"""Locks, syncing and renames that hold on every system, and files that appear whole or not at all by them.

Locks are the kernel's: they fall however a process dies, so no number of a process and no clock
has to be believed. Windows refuses more than others do, and what is said of it here is from
Microsoft's "CreateFileW function", "LockFile function" and "Naming Files, Paths, and Namespaces",
and from the C runtime's "_locking" and "_commit".
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from newsexport.errors import NewsExportError, OutputError, UsageError
from newsexport.storage.private import make_private

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]
    import msvcrt

# The byte that is locked on Windows. There others cannot read or write what is locked, so it
# lies far beyond what any file of ours holds; a lock may (LockFile, remarks). The runtime counts in 32 bits.
LOCKED_BYTE = 2**31 - 2

# Seconds for which a file may be kept from being replaced or removed by whoever is reading it: on
# Windows a server that is just sending it, or a scanner for viruses. And between two attempts.
PATIENCE, EVERY = 5.0, 0.05

# Files that are written out side by side.
AT_ONCE = 8

# Names of devices, with any suffix, in any folder ("Naming Files, Paths, and Namespaces").
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


@contextmanager
def file_errors(place: object, kind: Callable[[str, str], NewsExportError] = OutputError) -> Iterator[None]:
    """Have what the system refuses raised as an error of ours, of the place and the reason."""
    try:
        yield
    except OSError as error:
        raise kind(str(place), error.strerror or str(error)) from error


def read_named(path: Path) -> bytes:
    """All of a file that an option names. Raises `UsageError`."""
    with file_errors(path, lambda place, reason: UsageError(f"{place}: {reason}")):
        return path.read_bytes()


def lock(file: IO[bytes]) -> None:
    """Hold the lock of an open file until it is closed, waiting for whoever holds it now.

    Raises:
        OSError: the file system has no locks.
    """
    if fcntl is not None:
        fcntl.flock(file, fcntl.LOCK_EX)
        return
    while not try_lock(file):  # the runtime's own waiting gives up after ten seconds
        time.sleep(EVERY)


def try_lock(file: IO[bytes]) -> bool:
    """Whether the lock of an open file could be had at once."""
    try:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            _lock_far_byte(file)
    except OSError:
        return False
    return True


def _lock_far_byte(file: IO[bytes]) -> None:  # pragma: no mutate block - never runs where mutants do
    """Lock on Windows, which does so from where the descriptor stands. Raises `OSError` if it is held."""
    descriptor = file.fileno()
    before = os.lseek(descriptor, 0, os.SEEK_CUR)
    os.lseek(descriptor, LOCKED_BYTE, os.SEEK_SET)
    try:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    finally:
        os.lseek(descriptor, before, os.SEEK_SET)


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, written out so that they outlast a loss of power.

    Raises:
        OSError: the file cannot be written out. Of a folder Windows and some file systems, FAT
            among them, cannot do so; a rename in it stands all the same.
    """
    if path.is_dir():
        with suppress(OSError):
            _sync(path, os.O_RDONLY)
    else:
        # Windows writes out only what it opened for writing (FlushFileBuffers, GENERIC_WRITE).
        _sync(path, os.O_RDWR | getattr(os, "O_BINARY", 0))


def sync_all(paths: Iterable[Path]) -> None:
    """Have several written out, side by side: a disk that is asked for all of them at once does so in one go.

    Raises:
        OSError: one of them cannot be written out.
    """
    several = list(paths)
    if len(several) < 2:
        for path in several:
            sync(path)
        return
    with ThreadPoolExecutor(min(len(several), AT_ONCE)) as threads:
        for _ in threads.map(sync, several):
            pass


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put_in_place(draft: Path, target: Path, patience: float = PATIENCE) -> None:
    """Rename a file over another, if need be when those who are reading that have done so.

    Raises:
        OSError: the file system refuses, for `patience` seconds where others may be in the way.
    """
    until = time.monotonic() + patience
    while True:
        try:
            draft.replace(target)
        except PermissionError:
            if _guards_open_files() and time.monotonic() < until:
                time.sleep(EVERY)
                continue
            raise
        return


def _guards_open_files() -> bool:
    """Whether a file that somebody has open can be neither replaced nor removed, as on Windows."""
    return os.name == "nt"


def _nothing() -> None:
    pass


def remove_if_unheld(path: Path, before: Callable[[], None] = _nothing) -> bool:
    """Remove a file whose lock nobody holds, `before` that something else under the lock; whether it is gone.

    Who takes a lock looks afterwards whether the file is still there. On Windows it can only be
    removed when we have closed it, but no more once somebody else has opened it.

    Raises:
        OSError: it cannot be removed.
    """
    with path.open("rb") as file:
        if not try_lock(file):
            return False
        before()
        if not _guards_open_files():
            path.unlink()
            return True
    path.unlink()
    return True


def is_reserved(name: str) -> bool:
    """Whether a name means a device on Windows, such as ``con`` or ``aux.xml``."""
    return RESERVED.fullmatch(name) is not None


def identity(path: str | Path, status: os.stat_result) -> tuple[int, int | str]:
    """What tells a file from all others, by whatever name it goes.

    Its number where it has one: zero is none (`os.stat_result.st_ino`), as on some drives of a
    network under Windows; there it is its resolved path.
    """
    return status.st_dev, status.st_ino or os.path.realpath(path)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal. Raises `OSError`."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# Files that are written beside their place, and what became of them when their run was killed.
#
# A draft is locked while it is written. The kernel drops the lock however a process dies, so
# any later run can tell an abandoned draft from one that is being written, without trusting
# process ids or clocks.

# Before the names of drafts.
DRAFT = "."


@contextmanager
def drafted(path: Path) -> Iterator[IO[bytes]]:
    """A file to write, which takes its place at `path` when the block is left, and is gone on an error.

    Raises:
        OSError: the file system refuses.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _begun(path.parent) as draft:
        try:
            yield draft
            draft.close()
            put_in_place(Path(draft.name), path)
        except BaseException:
            _discard(draft)
            raise


@contextmanager
def durable(path: Path) -> Iterator[IO[bytes]]:
    """As `drafted`, and synced before it takes its place, and its folder after. Others cannot read it."""
    make_private(path.parent)
    with drafted(path) as draft:
        yield draft
        draft.flush()
        os.fsync(draft.fileno())
    with suppress(OSError):  # it is in its place; a network may have lost the folder since
        sync(path.parent)


def is_draft(path: Path) -> bool:
    """Whether it is named like one."""
    return path.name.startswith(DRAFT)


def remove_abandoned(draft: Path) -> None:
    """Remove a draft that nobody is writing any more."""
    with suppress(OSError):
        remove_if_unheld(draft)


def _begun(folder: Path) -> IO[bytes]:
    """A new draft, locked. One that is taken for abandoned before it is locked is begun again."""
    while True:
        draft = tempfile.NamedTemporaryFile(dir=folder, prefix=DRAFT, delete=False)  # noqa: SIM115 - the caller closes it
        try:
            lock(draft.file)
            if Path(draft.name).exists():
                return draft
            draft.close()
        except BaseException:
            _discard(draft)
            raise


def _discard(draft: IO[bytes]) -> None:
    """Close a draft, which Windows asks for, and remove it."""
    with suppress(OSError):  # what is written last may find no room
        draft.close()
    with suppress(OSError):  # the error that led here is the one to be told
        Path(draft.name).unlink()
