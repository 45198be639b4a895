"""Finished files appear whole or not at all, and several of them at once.

Work happens in a hidden folder beside the target, on the same file system, so that the
last step is a rename. The folder holds a locked file while its owner lives; a folder
whose lock can be taken was left by a run that was killed, and is removed by the next.
A lock is used, not a process id, because ids are reused and the kernel drops a lock
however a process dies.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

from newsexport.errors import OutputError
from newsexport.storage.atomic import file_errors, lock, put_in_place, remove_if_unheld, sync_all

PREFIX = ".newsexport-"
OWNER = "owner.lock"


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """A path to write the file at; leaving the block puts it at `target`.

    Every file written beside that path is published too, under its own name, and the
    target last, so that whoever sees the new target sees its companions. On any error
    nothing is published. Each file is synced before its rename and the folder after.

    Raises:
        OutputError: the file system refuses, with its reason.
    """
    with file_errors(target):
        _refuse_what_is_there(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep(target.parent)
    with _staging(target) as folder, file_errors(target):
        yield folder / target.name
        drafts = sorted(path for path in folder.iterdir() if path.name != OWNER)
        drafts.sort(key=lambda path: path.name == target.name)  # stable: the target goes last
        _publish({target.parent / draft.name: draft for draft in drafts})


def put_all(files: Mapping[Path, Callable[[Path], object]]) -> None:
    """Put files at their paths, each written by what is given a path for its draft, and in this order.

    Their folders are there; what killed runs left in them is left to `sweep`. None of the files takes its
    place before all are synced. Whoever is killed then leaves some that are new and some as they were
    before, but each of them whole.

    Raises:
        OutputError: the file system refuses, with its reason.
    """
    with ExitStack() as stack:
        staging: dict[Path, Path] = {}
        drafts: dict[Path, Path] = {}
        for path, write in files.items():
            if path.parent not in staging:
                staging[path.parent] = stack.enter_context(_staging(path))
            drafts[path] = staging[path.parent] / path.name
            with file_errors(path):
                _refuse_what_is_there(path)
                write(drafts[path])
        with file_errors(next(iter(files), "")):
            _publish(drafts)


@contextmanager
def _staging(target: Path) -> Iterator[Path]:
    """A hidden folder for the draft of a file, and of others beside it, which goes in any case."""
    with file_errors(target):
        folder, owner = _draft_begun(target.parent)
    try:
        with owner:
            yield folder
    finally:
        _remove(folder)


def check(target: Path) -> None:
    """Find out, without writing anything, whether a file could be put there.

    Raises:
        OutputError: it could not, with the reason.
    """
    with file_errors(target):
        _refuse_what_is_there(target)
        ahead = next(folder for folder in target.absolute().parents if folder.exists())
        if not ahead.is_dir():
            raise OutputError(str(target), f"{ahead} is a file, not a folder")
        if not os.access(ahead, os.W_OK | os.X_OK):
            raise OutputError(str(target), f"{ahead} cannot be written to")


def _refuse_what_is_there(target: Path) -> None:
    """Raise `OutputError` for what is no file and would have to go."""
    if target.is_dir():
        raise OutputError(str(target), "is a folder, not a file")
    if target.exists() and not target.is_file():
        raise OutputError(str(target), "is a device or a pipe, not a file")


def sweep(parent: Path) -> None:
    """Remove what killed runs left in the folder, and nothing a living run is using."""
    for name in os.listdir(parent):  # noqa: PTH208 - ten thousand names, where all issues of a paper lie
        folder = parent / name if name.startswith(PREFIX) else None
        if folder and folder.is_dir() and not folder.is_symlink():
            _remove_abandoned(folder)


def _remove(folder: Path) -> None:
    """Remove a folder of ours, its owner's file last, so that whoever is killed here leaves what is swept."""
    with suppress(OSError):
        _empty(folder)
        (folder / OWNER).unlink(missing_ok=True)
        folder.rmdir()


def _empty(folder: Path) -> None:
    """Remove all but the owner's file. Raises `OSError`."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name != OWNER:
            path.unlink(missing_ok=True)


def _remove_abandoned(folder: Path) -> None:
    with suppress(OSError):
        remove_if_unheld(folder / OWNER, lambda: _empty(folder))
    # Without an owner's file: the run was killed between making the folder and locking it, or is
    # just doing so. Only an empty folder is certain to hold nothing of a living run.
    with suppress(OSError):
        folder.rmdir()


def _draft_begun(parent: Path) -> tuple[Path, IO[bytes]]:
    """A new folder and its owner's file, locked. What is swept before it is locked is begun again."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        try:
            return folder, _owned(folder)
        except FileNotFoundError:
            continue
        except BaseException:
            _remove(folder)
            raise


def _owned(folder: Path) -> IO[bytes]:
    """The owner's file, open and locked. Raises `FileNotFoundError` where the folder was swept meanwhile."""
    held = (folder / OWNER).open("wb")
    try:
        lock(held)
        (folder / OWNER).stat()
    except BaseException:
        held.close()
        raise
    return held


def _publish(drafts: Mapping[Path, Path]) -> None:
    """Put drafts at their paths, in this order. Raises `OSError`."""
    sync_all(drafts.values())
    for path, draft in drafts.items():
        put_in_place(draft, path)
    sync_all(dict.fromkeys(path.parent for path in drafts))
