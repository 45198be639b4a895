"""An index of a library's manifests, so that not all of them are read each time.

It is a SQLite file, which holds nothing that the manifests do not say: it may be removed at any time, and
is made again where it is not there, damaged, or of another version. A manifest is read again when its time
or its size is another than when it was read.
"""

from __future__ import annotations

import json
import re
import sqlite3
import time
import unicodedata
import zlib
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path
from threading import RLock
from typing import Any, TypeAlias
from weakref import finalize

from newsexport.library.entries import (
    LATELY,
    IssueEntry,
    Issues,
    entry_of,
    issue_in,
    issue_text,
    stamped,
)
from newsexport.library.issue import MANIFEST, Issue, Paper
from newsexport.library.manifest import ManifestError, read_issue, read_paper
from newsexport.library.store import AbsentError, FolderState, Stored
from newsexport.text.dates import dateline

# In the library's own folder; hidden, so that it is neither listed nor served.
INDEX = ".index.sqlite"
# Of the tables, and of what is told of an issue: another version is made anew.
VERSION = 4
# Manifests that are read before what they say is put down.
BATCH = 200
# What was written so few seconds before it was read may have been replaced since, without a trace.
SETTLED = 2.0
# How often the index is brought up to date where another process sees another library than this one.
MOST_ROUNDS = 5

# A manifest is `orderly` where all in its folder was as it should be: when something there last came or went.
TABLES = (
    "CREATE TABLE manifest (path TEXT PRIMARY KEY, modified REAL, size INT, settled, fault, orderly REAL)",
    "CREATE TABLE paper (path TEXT PRIMARY KEY, manifest BLOB)",
    f"CREATE TABLE issue (path TEXT PRIMARY KEY, {', '.join(IssueEntry._fields)}) WITHOUT ROWID",
    "CREATE TABLE contents (path TEXT PRIMARY KEY, offered INT, age REAL, id BLOB, files, text BLOB, packed)",
    "CREATE TABLE made (path TEXT PRIMARY KEY, stamp TEXT, modified REAL, size INTEGER)",
    "CREATE INDEX newest ON contents (offered, age DESC, id DESC)",
)

# What another version left.
THEIRS = "SELECT name FROM sqlite_master WHERE type = 'table'"

ACCENTS = re.compile("[\u0300-\u036f]+")

Read: TypeAlias = Callable[[str], bytes]
Row: TypeAlias = tuple[Any, ...]


def folded(text: str) -> str:
    """Text as it is looked through: without capitals and accents."""
    return ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))


class LibraryIndex:
    """What the manifests of one library say, as of when it was last brought up to date.

    It is kept at the first of `places` that takes a file, and else in a file that goes with the process;
    a new one begins with what is in `another`, if that is there, which is only read.
    `read` gives the files of the library by their paths. Threads may share it, and processes the file.
    """

    def __init__(
        self,
        read: Read,
        places: Sequence[Path] = (),
        another: Path | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._read = read
        self._places = [*map(str, places), ""]
        self._another = another
        self._clock = clock
        self._lock = RLock()
        self._mended = False
        self._read_lately: OrderedDict[str, Issue | None] = OrderedDict()
        self._entries: dict[str, IssueEntry] = {}
        self._connection = self._opened()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def renew(
        self, manifests: Iterable[Stored], within: Collection[str] | None = None, *, gone: bool = True
    ) -> None:
        """Have it say what these manifests say, and no others but those of issues that are not in `within`.

        Raises:
            OutputError: the library cannot be read; `AbsentError` where a manifest has gone meanwhile,
                unless some may be `gone`.
        """
        told = {stored.path: stored for stored in manifests}
        with self._lock:
            while True:
                try:
                    self._bring(told, within, gone=gone)
                except sqlite3.Error as error:
                    self._begin_anew(error)
                else:
                    return

    def papers(self) -> dict[str, Paper]:
        """The papers by their keys."""
        found = self._asked("SELECT path, manifest FROM paper ORDER BY path")
        papers = (read_paper(zlib.decompress(manifest), path) for path, manifest in found)
        return {paper.key: paper for paper in papers}

    def issues(self) -> dict[str, Issues]:
        """The issues of each paper by its key, newest first."""
        asked = f"SELECT {', '.join(IssueEntry._fields)} FROM issue ORDER BY path DESC"  # noqa: S608 - names of ours
        alike: dict[str, str] = {}
        with self._lock:
            before, self._entries = self._entries, {}
            for row in self._connection.execute(asked):
                entry = IssueEntry._make(row)
                if before.get(entry.folder) == entry:  # what is as it was is held once
                    entry = before[entry.folder]
                else:
                    entry = entry._replace(inventory=alike.setdefault(entry.inventory, entry.inventory))
                self._entries[entry.folder] = entry
            found = groupby(self._entries.values(), key=attrgetter("paper"))
            return {paper: Issues(tuple(entries), self.issue) for paper, entries in found}

    def faults(self) -> list[ManifestError]:
        """The manifests that cannot be read, and why."""
        found = self._asked("SELECT path, fault FROM manifest WHERE fault != '' ORDER BY path")
        return [ManifestError(path, fault) for path, fault in found]

    def issue(self, entry: IssueEntry) -> Issue:
        """All that the manifest of an issue says.

        Raises:
            SubjectError: it cannot be read.
        """
        if found := self.at(entry.folder):
            return found
        path = f"{entry.folder}/{MANIFEST}"  # another process, which saw another library, forgot it
        return read_issue(self._read(path), path)

    def at(self, folder: str) -> Issue | None:
        """The issue that lies in a folder, if there is one."""
        path = f"{folder}/{MANIFEST}"
        with self._lock:
            if path not in self._read_lately:
                found = self._asked("SELECT path, packed FROM contents WHERE path = ?", path)
                self._read_lately[path] = next(_issues(found), None)
                if len(self._read_lately) > LATELY:
                    self._read_lately.popitem(last=False)
            return self._read_lately[path]

    def files(self, folder: str) -> frozenset[str]:
        """The names of the files of the issue that lies in a folder, if there is one."""
        found = self._asked("SELECT files FROM contents WHERE path = ?", f"{folder}/{MANIFEST}")
        return frozenset(name for (names,) in found for name in json.loads(names))

    def unlike(self, folders: Mapping[str, FolderState]) -> set[str]:
        """The folders of issues to look into: all but where nothing changed since all was as it should be."""
        try:
            found = self._asked("SELECT path, orderly, modified, size FROM manifest WHERE path GLOB '*/*/*'")
        except sqlite3.Error as error:
            self._begin_anew(error)
            return set(folders)
        name = len(f"/{MANIFEST}")
        known = {path[:-name]: tuple(state) for path, *state in found}
        differing = {folder for folder, state in known.items() if folders.get(folder) != state}
        return differing | (folders.keys() - known.keys())

    def made(self) -> dict[str, tuple[str, Stored]]:
        """What was made of the manifests: by its path its stamp, and how it then lay there."""
        found = self._asked("SELECT path, stamp, modified, size FROM made")
        return {path: (stamp, Stored(path, size, modified)) for path, stamp, modified, size in found}

    def note(self, made: Iterable[tuple[str, Stored]], folders: Mapping[str, FolderState | None]) -> None:
        """Remember what was made just now, by its stamp, and which folders are as they should be.

        Those of None are not, and what may change once more without a trace is looked into again.
        """
        until = self._clock() - SETTLED
        told = [(one.path, stamp, one.modified, one.size) for stamp, one in made if one.modified > 0]
        states = [
            (state.changed if state and max(state[:2]) < until else None, f"{folder}/{MANIFEST}")
            for folder, state in folders.items()
        ]
        with self._lock, suppress(sqlite3.Error), _transaction(self._connection) as connection:
            connection.executemany("INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?)", told)
            connection.executemany("UPDATE manifest SET orderly = ? WHERE path = ? AND settled", states)

    def matching(self, words: Sequence[str], most: int) -> list[Issue]:
        """The newest issues that offer something and have every one of the words; these are `folded`."""
        wanted = " AND instr(text, ?)" * len(words)
        found = self._asked(
            f"SELECT path, packed FROM contents WHERE offered{wanted} ORDER BY age DESC, id DESC LIMIT ?",  # noqa: S608 - of the words none stands in it
            *map(_bytes, words),
            most,
        )
        return list(_issues(found))

    def _known(self, within: Collection[str] | None) -> Iterator[Row]:
        asked = "SELECT path, modified, size, settled FROM manifest"
        if within is None:
            yield from self._connection.execute(asked)
        else:
            yield from self._connection.execute(f"{asked} WHERE path NOT GLOB '*/*/*'")
            for folder in within:
                yield from self._asked(f"{asked} WHERE path = ?", f"{folder}/{MANIFEST}")

    def _bring(self, told: dict[str, Stored], within: Collection[str] | None, *, gone: bool) -> None:
        for again in range(MOST_ROUNDS):
            missing, left = [], dict(told)
            for path, modified, size, settled in self._known(within):
                if path not in told:
                    missing.append(path)
                elif (settled or again) and told[path] == (path, size, modified):
                    del left[path]
            lost, fresh = list(filter(self._is_gone, missing)), left.values()
            if not (lost or fresh):
                return
            self._put([(path,) for path in lost], ())
            coming = iter(fresh)
            while batch := list(islice(coming, BATCH)):
                said = (self._said(one, told, gone=gone) for one in batch)
                self._put((), [each for each in said if each])

    def _is_gone(self, path: str) -> bool:
        """Whether a manifest that was not listed is not there; another process may have seen it come."""
        try:
            self._read(path)
        except AbsentError:
            return True
        return False

    def _said(self, stored: Stored, told: dict[str, Stored], *, gone: bool) -> dict[str, Row]:
        """The rows that a manifest becomes, by their tables."""
        read_at = self._clock()
        settled = 0 < stored.modified < read_at - SETTLED  # some places tell no time
        rows, fault = dict[str, Row](), ""
        try:
            rows = _rows(stored.path, self._read(stored.path))
        except AbsentError:
            if not gone:
                raise
            del told[stored.path]
            return {}
        except ManifestError as error:
            fault = error.reason
        return {"manifest": (stored.path, stored.modified, stored.size, settled, fault, None), **rows}

    def _put(self, lost: Sequence[Row], fresh: Sequence[dict[str, Row]]) -> None:
        """Forget manifests, and put down what others say: all of it or nothing."""
        self._read_lately.clear()
        with self._lock, _transaction(self._connection) as connection:
            gone = [*lost, *((rows["manifest"][0],) for rows in fresh)]
            for table in ("manifest", "paper", "issue", "contents"):
                connection.executemany(f"DELETE FROM {table} WHERE path = ?", gone)  # noqa: S608 - a name of ours
            for rows in fresh:
                for table, row in rows.items():
                    places = ", ".join("?" * len(row))
                    connection.execute(f"INSERT INTO {table} VALUES ({places})", row)  # noqa: S608 - as above

    def _asked(self, asked: str, *values: object) -> list[Row]:
        with self._lock:
            return self._connection.execute(asked, values).fetchall()

    def _opened(self) -> sqlite3.Connection:
        """The index at the first place that takes one, with its tables."""
        while True:
            try:
                connection = _at(self._places[0], self._another)
            except sqlite3.Error as error:
                self._leave(error)
            else:
                finalize(self, connection.close)  # of a library that nobody asks any more
                return connection

    def _begin_anew(self, error: sqlite3.Error) -> None:
        with self._lock:
            self._connection.close()
            self._leave(error)
            self._connection = self._opened()

    def _leave(self, error: sqlite3.Error) -> None:
        """Have a damaged file made anew; where none is taken, go on elsewhere."""
        if len(self._places) == 1:
            raise error
        if not isinstance(error, sqlite3.OperationalError) and not self._mended:
            self._mended = True
            with suppress(OSError):
                Path(self._places[0]).unlink()
                return
        self._places.pop(0)


def _at(place: str, another: Path | None) -> sqlite3.Connection:
    connection = sqlite3.connect(place, timeout=30, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA synchronous = NORMAL" if place else "PRAGMA synchronous = OFF")
        if _version(connection) != VERSION and not (another and _copied(another, connection)):
            with _transaction(connection):
                _make(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _copied(another: Path, connection: sqlite3.Connection) -> bool:
    """Whether there is an index of our version there that an empty one can begin with."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{another.as_uri()}?mode=ro", uri=True)) as theirs:
        if _version(theirs) == VERSION:
            theirs.backup(connection)
            return True
    return False


def _make(connection: sqlite3.Connection) -> None:
    """Empty tables in the place of what another version left."""
    if _version(connection) == VERSION:  # another process was first
        return
    for (name,) in connection.execute(THEIRS).fetchall():
        connection.execute(f'DROP TABLE "{name}"')
    for table in TABLES:
        connection.execute(table)
    connection.execute(f"PRAGMA user_version = {VERSION}")


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All that is written in the block, or nothing; other processes wait."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _rows(path: str, data: bytes) -> dict[str, Row]:
    """What is put down of a manifest. Raises `ManifestError`."""
    if not path.endswith(f"/{MANIFEST}"):
        paper = read_paper(data, path)
        _agree(path, paper.key)
        return {"paper": (path, zlib.compress(data, 1))}
    issue = read_issue(data, path)
    _agree(path, issue.folder)
    entry = entry_of(issue, stamped(data))
    text = _bytes(folded("\n".join(_texts(issue))))
    packed = zlib.compress(issue_text(issue).encode(), 1)
    names = json.dumps([file.name for file in issue.files])
    return {
        "issue": (path, *entry),
        "contents": (path, entry.has.offered, entry.age, _bytes(issue.id), names, text, packed),
    }


def _agree(path: str, folder: str) -> None:
    expected = f"{folder}/{path.rpartition('/')[2]}"
    if path != expected:
        raise ManifestError(path, f"says that it belongs at {expected}")


def _texts(issue: Issue) -> Iterator[str]:
    yield from (issue.title, dateline(issue.issued, issue.language), issue.issued.isoformat(), issue.summary)
    for story in issue.stories:
        yield from (story.title, story.section, story.summary)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _issues(found: Iterable[Row]) -> Iterator[Issue]:
    return (issue_in(zlib.decompress(packed)) for _, packed in found)
