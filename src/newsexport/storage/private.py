"""What is kept of somebody is read by nobody else, whatever the mask of permissions says.

Windows gives what is in a user's own folder to that user alone, and modes tell nothing there.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from itertools import takewhile
from pathlib import Path

FOLDER, FILE = 0o700, 0o600

# What is in the folder of the state.
OURS = (
    *("papers", "delivered"),
    *("seen.sqlite3", "inbox.sqlite3", "reading.sqlite3", "mailed.json", "inbox-token", "serve-token"),
)


def make_private(folder: Path) -> None:
    """Make a folder, and those above it, for its owner alone; one that is there stays as it is.

    Raises:
        OSError: the file system refuses.
    """
    missing = list(takewhile(lambda each: not each.exists(), (folder, *folder.parents)))
    for each in reversed(missing):
        each.mkdir(mode=FOLDER, exist_ok=True)


def privately(path: str, flags: int) -> int:
    """The opener of a file that only its owner can read, where it is made now."""
    return os.open(path, flags, FILE)


def keep_private(state: Path) -> None:
    """Let nobody else read what is in the folder of the state, whatever earlier versions let them.

    For whoever made that folder: behind a link is one of somebody's own, which keeps its rights.
    """
    if os.name == "nt":
        return
    linked = state.is_symlink()
    if linked or _is_open(state):
        for name in OURS:
            _close(state / name)
            for folder, inside, files in os.walk(state / name):
                for each in (*inside, *files):
                    _close(Path(folder, each))
    _close(state)


def _is_open(path: Path) -> bool:
    """Whether others have rights to a file or folder of this user; a link has none of its own."""
    try:
        told = path.lstat()
    except OSError:
        return False
    return not stat.S_ISLNK(told.st_mode) and told.st_uid == os.geteuid() and bool(told.st_mode & 0o077)


def _close(path: Path) -> None:
    if _is_open(path):
        with suppress(OSError):  # a file system without rights
            path.chmod(FOLDER if path.is_dir() else FILE)
