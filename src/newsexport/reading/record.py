"""What is kept of reading and listening: a SQLite file in the state folder, which only its owner can read.

Apps tell a document or an episode and a position. They are put down as told, and only for a run or
whoever asks are they turned into articles, by what was put down of the files of issues when these came out:
so it does no harm when an issue was made anew since, or removed. Nothing of it is sent anywhere.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import astuple, dataclass, replace
from datetime import date
from pathlib import Path

from newsexport.errors import UsageError
from newsexport.interchange.json_reader import JsonError
from newsexport.model import Origin
from newsexport.reading.places import Whereabouts, joined, places_json, read_places
from newsexport.storage.database import Form, make, opened, writing

# Documents and devices of which positions are kept; those that were heard of longest ago go first.
MOST_POSITIONS = 5000
# Spans of episodes that were heard, likewise; an hour of listening with many pauses is some dozens.
MOST_SPANS = 50_000
# Files of issues whose places are kept.
MOST_FILES = 2000
# Articles that came again, and in which issue.
MOST_CARRIED = 20_000
# Articles of which it is known where they are kept.
MOST_ORIGINS = 20_000

SCHEMA = """
CREATE TABLE file (path TEXT PRIMARY KEY, folder TEXT NOT NULL, places BLOB NOT NULL) STRICT;
CREATE TABLE document (id TEXT PRIMARY KEY, path TEXT NOT NULL) STRICT;
CREATE TABLE position (
    document TEXT NOT NULL, device_id TEXT NOT NULL, device TEXT NOT NULL,
    progress TEXT NOT NULL, percentage REAL NOT NULL,
    furthest TEXT NOT NULL, furthest_percentage REAL NOT NULL,
    at INTEGER NOT NULL, turn INTEGER NOT NULL, PRIMARY KEY (document, device_id)) STRICT;
CREATE TABLE carried (
    paper TEXT NOT NULL, day TEXT NOT NULL, article TEXT NOT NULL,
    PRIMARY KEY (paper, day, article)) STRICT;
CREATE TABLE origin (
    article TEXT NOT NULL, place TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (article, place)) STRICT;
CREATE TABLE span (
    path TEXT NOT NULL, device TEXT NOT NULL, started REAL NOT NULL, ended REAL NOT NULL,
    total REAL NOT NULL, at INTEGER NOT NULL, feed TEXT NOT NULL, guid TEXT NOT NULL,
    PRIMARY KEY (path, device, started, ended)) STRICT;
"""


@dataclass(frozen=True, slots=True)
class BookPosition:
    """Where a device is in a document, as it tells it: `percentage` is from 0 to 1.

    `at` are seconds since 1970.
    """

    document: str
    progress: str
    percentage: float
    device: str
    device_id: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class HeardSpan:
    """What was heard of a sound of the library at `path`, in seconds of it; `total` is how long it is.

    `feed` is the path of its podcast, and `guid` what that calls it, as the app told.
    """

    path: str
    device: str
    started: float
    ended: float
    total: float = 0.0
    at: int = 0
    feed: str = ""
    guid: str = ""


@dataclass(frozen=True, slots=True)
class ReadingRecord:
    """The file, which is made with its folder when something is first put down.

    Every method raises `UsageError` when the file is damaged, of a later version, or stays locked.
    """

    path: Path

    def put_position(self, told: BookPosition) -> None:
        """Put down where a device is; how far it once came stays."""
        with self._written() as database:
            database.execute(
                "INSERT INTO position VALUES (?1, ?2, ?3, ?4, ?5, ?4, ?5, ?6,"
                " (SELECT coalesce(max(turn), 0) + 1 FROM position))"
                " ON CONFLICT DO UPDATE SET device = ?3, progress = ?4, percentage = ?5, at = ?6,"
                " turn = (SELECT max(turn) + 1 FROM position),"
                " furthest = iif(?5 >= furthest_percentage, ?4, furthest),"
                " furthest_percentage = max(?5, furthest_percentage)",
                (told.document, told.device_id, told.device, told.progress, told.percentage, told.at),
            )
            _trim(database, "position", "turn", MOST_POSITIONS)

    def position(self, document: str) -> BookPosition | None:
        """What was last told of a document, by whatever device."""
        found = self._asked(
            "SELECT document, progress, percentage, device, device_id, at FROM position"
            " WHERE document = ? ORDER BY turn DESC LIMIT 1",
            document,
        )
        return BookPosition(*found[0]) if found else None

    def put_spans(self, spans: Iterable[HeardSpan]) -> None:
        """Put down what was heard; what is told twice counts once."""
        with self._written() as database:
            database.executemany(
                "INSERT OR REPLACE INTO span VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [astuple(one) for one in spans],
            )
            _trim(database, "span", "at", MOST_SPANS)

    def put_listening(self, device: str, spans: Iterable[HeardSpan]) -> None:
        """Put down how far a device is in sounds of ours, in the place of how far it was."""
        with self._written() as database:
            known = {path for (path,) in database.execute("SELECT path FROM file")}
            ours = [span for span in spans if span.path in known]
            gone = [(device, span.path) for span in ours]
            database.executemany("DELETE FROM span WHERE device = ? AND path = ?", gone)
            rows = [astuple(replace(span, device=device)) for span in ours]
            database.executemany("INSERT OR REPLACE INTO span VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def spans(self, since: int = 0) -> tuple[HeardSpan, ...]:
        """What was heard, as it was told at a moment or later, in seconds since 1970."""
        found = self._asked("SELECT * FROM span WHERE at >= ? ORDER BY at, rowid", since)
        return tuple(HeardSpan(*row) for row in found)

    def known(self, folder: str) -> frozenset[str]:
        """The files of an issue whose places were put down, by their paths."""
        return frozenset(path for (path,) in self._asked("SELECT path FROM file WHERE folder = ?", folder))

    def put_files(self, folder: str, files: Mapping[str, tuple[Whereabouts, tuple[str, ...]]]) -> None:
        """Put down where articles lie in files of an issue, and the names by which readers know them."""
        with self._written() as database:
            for path, (places, documents) in files.items():
                packed = zlib.compress(places_json(places))
                database.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", (path, folder, packed))
                for document in documents:
                    database.execute("INSERT OR REPLACE INTO document VALUES (?, ?)", (document, path))
            _trim(database, "file", "rowid", MOST_FILES)
            database.execute("DELETE FROM document WHERE path NOT IN (SELECT path FROM file)")

    def put_carried(self, paper: str, day: date, articles: Iterable[str]) -> None:
        """Put down what came again in the issue of a day, and nothing else did."""
        with self._written() as database:
            database.execute("DELETE FROM carried WHERE paper = ? AND day = ?", (paper, day.isoformat()))
            rows = [(paper, day.isoformat(), name) for name in dict.fromkeys(articles)]
            database.executemany("INSERT INTO carried VALUES (?, ?, ?)", rows)
            _trim(database, "carried", "day", MOST_CARRIED)

    def carried(self, paper: str, day: date) -> Mapping[str, int]:
        """How often articles came again in issues of a paper before that day, by their names."""
        return dict(
            self._asked(
                "SELECT article, count(*) FROM carried WHERE paper = ? AND day < ? GROUP BY article",
                paper,
                day.isoformat(),
            )
        )

    def put_origins(self, origins: Mapping[str, Origin]) -> None:
        """Put down where articles are kept, by their names."""
        with self._written() as database:
            rows = [(name, origin.place, origin.id) for name, origin in origins.items()]
            database.executemany("INSERT OR REPLACE INTO origin VALUES (?, ?, ?)", rows)
            _trim(database, "origin", "rowid", MOST_ORIGINS)

    def origins(self, name: str) -> tuple[Origin, ...]:
        """Where an article is kept."""
        found = self._asked("SELECT place, id FROM origin WHERE article = ? ORDER BY place", name)
        return tuple(Origin(place, one) for place, one in found)

    def reached(self, folder: str) -> Mapping[str, float] | None:
        """Which share of each article of an issue was read or heard, by its name; None if nobody opened it.

        Of several devices and files the one that came furthest counts for each article.
        """
        told: dict[str, float] = {}
        opened = False
        books = self._asked(
            "SELECT file.places, position.furthest, position.furthest_percentage FROM file"
            " JOIN document ON document.path = file.path JOIN position ON position.document = document.id"
            " WHERE file.folder = ?",
            folder,
        )
        for packed, progress, percentage in books:
            opened = True
            places = self._unpacked(packed)
            _raise(told, places.read(0.0, places.at(progress, percentage)))
        for packed, spans in self._heard(folder):
            opened = True
            places, once = self._unpacked(packed), dict[str, float]()
            for begin, end in joined(spans):
                for name, share in places.read(begin, end).items():
                    once[name] = once.get(name, 0.0) + share
            _raise(told, once)
        return {name: min(1.0, share) for name, share in told.items()} if opened else None

    def _heard(self, folder: str) -> Iterator[tuple[bytes, list[tuple[float, float]]]]:
        """The sounds of an issue that were heard: their places, and what of each."""
        found = self._asked(
            "SELECT file.path, file.places, span.started, span.ended FROM file"
            " JOIN span ON span.path = file.path WHERE file.folder = ? ORDER BY file.path",
            folder,
        )
        heard: dict[str, tuple[bytes, list[tuple[float, float]]]] = {}
        for path, packed, started, ended in found:
            heard.setdefault(path, (packed, []))[1].append((started, ended))
        yield from heard.values()

    def _unpacked(self, packed: bytes) -> Whereabouts:
        try:
            return read_places(zlib.decompress(packed))
        except (zlib.error, JsonError, ValueError) as error:
            raise UsageError(f"{self.path}: is damaged: {error}") from error

    def _asked(self, asked: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]  # as SQLite has it
        if not self.path.exists():
            return []
        with opened(self.path, FORM) as database:
            return database.execute(asked, values).fetchall()

    def _written(self) -> AbstractContextManager[sqlite3.Connection]:
        return writing(self.path, FORM)


def _renew(database: sqlite3.Connection, version: int) -> None:  # noqa: ARG001 - there was none before
    make(database, SCHEMA)


# "nwxr" as a number.
FORM = Form(0x6E777872, 1, _renew)


def _trim(database: sqlite3.Connection, table: str, by: str, most: int) -> None:
    """Keep the newest rows of a table."""
    database.execute(
        f"DELETE FROM {table} WHERE rowid IN"  # noqa: S608 - names of ours
        f" (SELECT rowid FROM {table} ORDER BY {by} DESC, rowid DESC LIMIT -1 OFFSET ?)",
        (most,),
    )


def _raise(told: dict[str, float], further: Mapping[str, float]) -> None:
    for name, share in further.items():
        told[name] = max(share, told.get(name, 0.0))
