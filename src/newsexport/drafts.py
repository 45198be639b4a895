"""Files that are written beside their place, and what became of them when their run was killed.

A draft is locked while it is written. The kernel drops the lock however a process dies, so
any later run can tell an abandoned draft from one that is being written, without trusting
process ids or clocks.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from newsexport.disk import lock, put_in_place, remove_if_unheld, sync

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
    """As `drafted`, and synced before it takes its place, and its folder after. Readable by others."""
    with drafted(path) as draft:
        yield draft
        draft.flush()
        os.fsync(draft.fileno())
        with suppress(OSError, AttributeError):  # a file system without permissions, or Windows
            os.fchmod(draft.fileno(), 0o666 & ~_umask())
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
        Path(draft.name).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
