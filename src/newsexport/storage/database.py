"""SQLite files of ours, each of one form, which several runs may share."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from newsexport.errors import UsageError
from newsexport.storage.private import make_private, privately

PATIENCE = 10.0  # seconds to wait for another run that is writing


@dataclass(frozen=True, slots=True)
class Form:
    """What a file is: `application` is by what `file` and other programs tell whose database it is.

    `renew` makes what `version` has more than a file of an earlier one; a new file is of version 0.
    """

    application: int
    version: int
    renew: Callable[[sqlite3.Connection, int], None]


@contextmanager
def opened(path: Path, form: Form) -> Iterator[sqlite3.Connection]:
    """The file at a path, which is made with its folder where it is not there, for its owner alone.

    Raises:
        UsageError: the file is not ours, is damaged, or stays locked.
    """
    try:
        make_private(path.parent)
        os.close(privately(str(path), os.O_RDWR | os.O_CREAT))  # SQLite gives its journal the same rights
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        with closing(connection) as database:
            _settle(database, path, form)
            yield database
    except (ValueError, TypeError) as error:  # text that is no UTF-8, a time that is none
        raise UsageError(f"{path}: is damaged: {error}") from error
    except sqlite3.OperationalError as error:
        raise UsageError(f"{path}: {error}") from error
    except sqlite3.DatabaseError as error:
        raise UsageError(f"{path}: is damaged or no database: {error}") from error
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from error


@contextmanager
def writing(path: Path, form: Form) -> Iterator[sqlite3.Connection]:
    """The same in one transaction, for which others wait; on an error nothing of it counts."""
    with opened(path, form) as database, database:
        database.execute("BEGIN IMMEDIATE")
        yield database


def _settle(database: sqlite3.Connection, path: Path, form: Form) -> None:
    """Make the file ours when it is new; refuse another program's, or one of a later version.

    What the file says of itself is read in one transaction: another run may be making it.
    SQLite's write-ahead log is left off: a run that switches to it does not wait for the
    others but fails, and a folder on a network cannot have it (https://sqlite.org/wal.html).
    """
    database.execute("PRAGMA synchronous = FULL")
    database.execute("BEGIN")
    application, version = (
        database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
    )
    tables = database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    database.execute("COMMIT")
    if application != form.application and (application or tables):
        raise UsageError(f"{path}: is the database of another program")
    if version > form.version:
        raise UsageError(f"{path}: was written by a later version of newsexport")
    if version < form.version:
        _renew(database, form)


def _renew(database: sqlite3.Connection, form: Form) -> None:
    """Make what this version has more than the file; another run may be doing so at the same moment."""
    database.execute("BEGIN IMMEDIATE")
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version < form.version:
        form.renew(database, version)
        database.execute(f"PRAGMA application_id = {form.application}")
        database.execute(f"PRAGMA user_version = {form.version}")
    database.execute("COMMIT")


def make(database: sqlite3.Connection, schema: str) -> None:
    """Make the tables of a schema, which may have comments, within the transaction that is under way."""
    for statement in filter(str.strip, re.sub(r"--.*", "", schema).split(";")):
        database.execute(statement)
