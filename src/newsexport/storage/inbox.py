"""What somebody put aside to be printed: addresses, notes and letters, until an issue has them.

A SQLite file. Every change is one transaction, so that many programs may
put something in at once, and one that is killed has put it in or has not.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from newsexport.errors import UsageError
from newsexport.storage.database import Form, make, opened, writing
from newsexport.text.addresses import same_story_key

# Numbers are never given twice: what was printed is taken out by its number.
SCHEMA = """
CREATE TABLE entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,        -- equal for the same thing
    kind TEXT NOT NULL,
    content BLOB NOT NULL,           -- UTF-8, or a letter as it came
    title TEXT NOT NULL,
    note TEXT NOT NULL,
    tags TEXT NOT NULL,              -- JSON
    origin TEXT NOT NULL,
    added TEXT NOT NULL,             -- UTC, ISO 8601
    attempts INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT ''  -- why the last attempt came to nothing
) STRICT;
"""

# Letters that entries were made of, by their numbers in a folder of a mailbox.
LETTERS = """
CREATE TABLE letter (
    folder TEXT NOT NULL,
    number INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    PRIMARY KEY (folder, number)
) STRICT;
"""

# How often something was added to what is in.
ADDITIONS = "ALTER TABLE entry ADD COLUMN additions INTEGER NOT NULL DEFAULT 0"

COLUMNS = "id, kind, content, title, note, tags, origin, added, attempts, reason, additions"

HANDLE = re.compile(r"(?P<id>[0-9]{1,18})(?:\+(?P<additions>[0-9]{1,9}))?", re.ASCII)

# Entries, and bytes of the file: more is no list of what somebody is going to read.
MOST = 10_000
LARGEST = 1_000_000_000

# Characters of a note.
LONGEST_NOTE = 1_000_000


class InboxFullError(UsageError):
    """There is no room for more."""


class Saved(StrEnum):
    """What an entry is."""

    ADDRESS = "address"
    NOTE = "note"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Saving:
    """Something to be put in: an address of the web, a note in Markdown, or a letter as it came.

    `origin` is where it comes from, for people to read; `name` tells a letter from others.
    """

    kind: Saved
    content: bytes = field(repr=False)
    title: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    origin: str = ""
    name: str = ""

    @property
    def key(self) -> str:
        """Equal for addresses of one story, for notes and letters that are the same."""
        if self.kind is Saved.ADDRESS:
            return f"url {same_story_key(self.content.decode())}"
        told = self.name.encode() or self.content
        return f"{self.kind} {hashlib.sha256(told).hexdigest()}"


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """Something that is in. `attempts` to print it came to nothing, the last for this `reason`.

    `additions` is how often a note, tags or a title were added to it since it was put in.
    """

    id: int
    kind: Saved
    content: bytes = field(repr=False)
    title: str
    note: str
    tags: tuple[str, ...]
    origin: str
    added: datetime
    attempts: int = 0
    reason: str = ""
    additions: int = 0

    @property
    def handle(self) -> str:
        """What tells the entry as it is now from all others and from itself later: ``7``, ``7+1``."""
        return f"{self.id}+{self.additions}" if self.additions else str(self.id)

    @property
    def text(self) -> str:
        """The address, or the words of a note."""
        return self.content.decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Inbox:
    """The entries in a file, which is made when something is first put in.

    Every method raises `UsageError` when the file is not ours, is damaged, or stays locked.
    """

    path: Path

    def add(self, savings: Iterable[Saving], now: datetime) -> list[tuple[InboxEntry, bool]]:
        """The entry of each thing that is put in, and whether it is a new one: all of them, or none.

        What is there already keeps its place and its title, and is given the note and the tags as well.

        Raises:
            InboxFullError: there are too many.
        """
        with writing(self.path, FORM) as database:
            return [_added(database, saving, now) for saving in savings]

    def entries(self) -> list[InboxEntry]:
        """All that is in, in the order in which it was put in."""
        if not self.path.exists():
            return []
        with opened(self.path, FORM) as database:
            return [_entry(row) for row in database.execute(f"SELECT {COLUMNS} FROM entry ORDER BY id")]  # noqa: S608 - a constant

    def remove(self, ids: Iterable[int]) -> list[InboxEntry]:
        """Take these out; those of them that were in."""
        if not self.path.exists():
            return []
        with writing(self.path, FORM) as database:
            found = [row for each in dict.fromkeys(ids) if (row := _row(database, "id = ?", each))]
            database.executemany("DELETE FROM entry WHERE id = ?", [(row[0],) for row in found])
        return [_entry(row) for row in found]

    def take_out(self, handles: Iterable[str]) -> int:
        """Take these out, but for those to which something was added since; how many these are."""
        if not self.path.exists():
            return 0
        with writing(self.path, FORM) as database:
            told = [match for each in handles if (match := HANDLE.fullmatch(each))]
            wanted = {int(match["id"]): int(match["additions"] or 0) for match in told}
            found = [_entry(row) for each in wanted if (row := _row(database, "id = ?", each))]
            same = [entry for entry in found if entry.additions == wanted[entry.id]]
            database.executemany("DELETE FROM entry WHERE id = ?", [(entry.id,) for entry in same])
        return len(found) - len(same)

    def clear(self) -> int:
        """Take everything out; how much that was."""
        if not self.path.exists():
            return 0
        with writing(self.path, FORM) as database:
            return database.execute("DELETE FROM entry").rowcount

    def add_letter(self, saving: Saving, folder: str, number: int, now: datetime) -> tuple[InboxEntry, bool]:
        """The entry of a letter, and whether it is a new one; remembered by its number in a folder."""
        with writing(self.path, FORM) as database:
            entry, is_new = _added(database, saving, now)
            database.execute("INSERT OR REPLACE INTO letter VALUES (?, ?, ?)", (folder, number, entry.id))
        return entry, is_new

    def letters(self, folder: str) -> dict[int, bool]:
        """The numbers of the letters of a folder that were put in, and whether their entries are in still."""
        if not self.path.exists():
            return {}
        query = "SELECT number, entry IN (SELECT id FROM entry) FROM letter WHERE folder = ?"
        with opened(self.path, FORM) as database:
            return {number: bool(there) for number, there in database.execute(query, (folder,))}

    def forget_letters(self, folder: str, numbers: Iterable[int]) -> None:
        """Forget letters of a folder: it is told there that they are done with."""
        with writing(self.path, FORM) as database:
            database.executemany(
                "DELETE FROM letter WHERE folder = ? AND number = ?", [(folder, each) for each in numbers]
            )

    def attempted(self, failed: Iterable[tuple[int, str]]) -> None:
        """Note that these could not be printed, each with the reason."""
        rows = [(reason, each) for each, reason in failed]
        if rows and self.path.exists():
            with writing(self.path, FORM) as database:
                database.executemany(
                    "UPDATE entry SET attempts = attempts + 1, reason = ? WHERE id = ?", rows
                )


def _renew(database: sqlite3.Connection, version: int) -> None:
    if version < 1:
        make(database, SCHEMA)
    if version < 2:
        make(database, LETTERS)
    database.execute(ADDITIONS)


# "nwsi" as a number.
FORM = Form(0x6E777369, 3, _renew)


def _row(database: sqlite3.Connection, condition: str, value: object) -> Any:
    return database.execute(f"SELECT {COLUMNS} FROM entry WHERE {condition}", (value,)).fetchone()  # noqa: S608 - ours


def _added(database: sqlite3.Connection, saving: Saving, now: datetime) -> tuple[InboxEntry, bool]:
    found = _row(database, "key = ?", saving.key)
    if found is None:
        _check_room(database, len(saving.content))
        _insert(database, saving, now)
    else:
        _complete(database, _entry(found), saving)
    return _entry(_row(database, "key = ?", saving.key)), found is None


def _check_room(database: sqlite3.Connection, size: int) -> None:
    """Raises `InboxFullError`."""
    (count,) = database.execute("SELECT count(*) FROM entry").fetchone()
    pages, free, page = (
        database.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    if count >= MOST or (pages - free) * page + size > LARGEST:
        raise InboxFullError(f"the inbox is full: it has {count} entries; `newsexport inbox` takes some out")


def _insert(database: sqlite3.Connection, saving: Saving, now: datetime) -> None:
    database.execute(
        "INSERT INTO entry (key, kind, content, title, note, tags, origin, added)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            saving.key,
            saving.kind,
            saving.content,
            saving.title,
            saving.note,
            json.dumps(saving.tags, ensure_ascii=False),
            saving.origin,
            now.astimezone(UTC).isoformat(timespec="seconds"),
        ),
    )


def _complete(database: sqlite3.Connection, known: InboxEntry, saving: Saving) -> None:
    fresh = saving.note if saving.note not in known.note else ""
    note = "\n\n".join(filter(None, (known.note, fresh)))
    if len(note) > LONGEST_NOTE:
        raise InboxFullError(f"so much is noted of {known.text[:100]} already that there is no room for more")
    tags = dict.fromkeys((*known.tags, *saving.tags))
    title = known.title or saving.title
    database.execute(
        "UPDATE entry SET title = ?, note = ?, tags = ?, additions = ? WHERE id = ?",
        (
            title,
            note,
            json.dumps([*tags], ensure_ascii=False),
            known.additions + ((title, note, (*tags,)) != (known.title, known.note, known.tags)),
            known.id,
        ),
    )


def _entry(row: Any) -> InboxEntry:
    """A row of `COLUMNS`."""
    known = dict(zip(COLUMNS.split(", "), row, strict=True))
    return InboxEntry(
        **{
            **known,
            "kind": Saved(known["kind"]),
            "tags": tuple(json.loads(known["tags"])),
            "added": datetime.fromisoformat(known["added"]),
        }
    )
