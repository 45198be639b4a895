"""What is still to be done with printed articles where they are kept, whatever run was killed meanwhile.

A SQLite file of one paper. What an issue asks for is written down as a
promise before the issue is published, with what tells the issue from every other; only when it is published
does the promise become errands, all of them and for good. A run that finds a promise asks the library
whether it has that very issue, and keeps the promise or drops it. Errands stay until the place that they
are for has answered; what was done is remembered, so that an article that somebody put back is not taken
away again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from newsexport.model import Origin
from newsexport.storage.database import Form, make, opened, writing

# How long it is tried to reach a place, and how long it is remembered that it was.
TRIED = timedelta(days=30)
REMEMBERED = timedelta(days=400)
# Errands of a paper at most; more than that wait for no service.
MOST = 50_000

SCHEMA = """
CREATE TABLE promise (
    issue TEXT PRIMARY KEY,  -- its folder and a hash of its contents
    made TEXT NOT NULL,      -- UTC, ISO 8601
    errands TEXT NOT NULL,   -- JSON
    notes TEXT NOT NULL
) STRICT;
CREATE TABLE errand (
    place TEXT NOT NULL,
    id TEXT NOT NULL,
    after TEXT NOT NULL,
    issue TEXT NOT NULL,
    article TEXT NOT NULL,
    state TEXT NOT NULL,
    since TEXT NOT NULL,     -- when it came into that state
    PRIMARY KEY (place, id, after)
) STRICT;
CREATE INDEX errand_state ON errand (state, since);
"""
# Where the places are by whose numbers errands name articles.
LOCATIONS = """
CREATE TABLE location (
    place TEXT PRIMARY KEY,
    address TEXT NOT NULL
) STRICT;
"""


# What becomes of an errand that is known: another issue asks for it again, the same one only for what was not
# done. What waits does not wait anew.
OF_ANOTHER = """
UPDATE SET issue = excluded.issue, article = excluded.article, state = excluded.state,
           since = CASE state WHEN excluded.state THEN since ELSE excluded.since END
WHERE issue <> excluded.issue OR state NOT IN ('done', 'refused')
"""


class State(StrEnum):
    """How far an errand is. `HELD` is of what was not printed in full, and is therefore not done."""

    DUE = "due"
    DONE = "done"
    REFUSED = "refused"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be done with one article: `after` in the words of a configuration, `article` by its id.

    One that is `held` is written down so that it is not done.
    """

    origin: Origin
    after: str
    article: str = ""
    held: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """What an issue asks for once it is published: errands, and what else is to be noted of it as JSON.

    `issue` is where it is to lie, and behind a space a hash of its contents.
    """

    issue: str
    errands: tuple[Errand, ...]
    notes: str = ""

    @property
    def folder(self) -> str:
        """Where the issue is to lie in the library."""
        return self.issue.partition(" ")[0]

    @property
    def contents(self) -> str:
        """What tells the issue from another one that may come to lie there."""
        return self.issue.partition(" ")[2]


@dataclass(frozen=True, slots=True)
class Outbox:
    """The memory in a file, which is made with its folder when something is first promised.

    Every method raises `UsageError` when the file is not ours, is damaged, or stays locked.
    """

    path: Path

    def promise(self, promise: Promise, now: datetime) -> None:
        """Write down what an issue asks for, before it is published."""
        errands = json.dumps([_row(errand) for errand in promise.errands], ensure_ascii=False)
        with self._opened() as database:
            database.execute(
                "INSERT OR REPLACE INTO promise VALUES (?, ?, ?, ?)",
                (promise.issue, _stamp(now), errands, promise.notes),
            )

    def promises(self) -> list[Promise]:
        """What was promised and neither kept nor dropped, by a run that did not reach its end."""
        if not self.path.exists():
            return []
        with self._opened() as database:
            rows = database.execute("SELECT issue, errands, notes FROM promise ORDER BY made").fetchall()
        return [
            Promise(issue, tuple(map(_errand, json.loads(errands))), notes) for issue, errands, notes in rows
        ]

    def keep(self, promise: Promise, now: datetime) -> None:
        """Make a promise errands: its issue is published."""
        with writing(self.path, FORM) as database:
            _put(database, promise.errands, promise.folder, now, OF_ANOTHER)
            database.execute("DELETE FROM promise WHERE issue = ?", (promise.issue,))

    def drop(self, promise: Promise) -> None:
        """Forget a promise: its issue was not published, or something else under its name."""
        with self._opened() as database:
            database.execute("DELETE FROM promise WHERE issue = ?", (promise.issue,))

    def add(self, errands: Sequence[Errand], issue: str, now: datetime) -> None:
        """Write down errands of which nothing is known yet: what was done once is not done for these."""
        if not errands:
            return
        with writing(self.path, FORM) as database:
            _put(database, errands, issue, now, "NOTHING")

    def unknown(self, errands: Iterable[Errand]) -> list[Errand]:
        """Those of errands of which nothing is known yet."""
        known = set(map(_key, self._errands("1")))
        return [errand for errand in errands if _key(errand) not in known]

    def due(self) -> list[Errand]:
        """What is still to be done, the oldest first."""
        return self._errands("state = ? ORDER BY since, rowid", State.DUE)

    def of_issue(self, folder: str) -> list[Errand]:
        """What the issue that lies there asked for, done or not."""
        return self._errands("issue = ?", folder)

    def settle(self, errands: Iterable[Errand], state: State, now: datetime) -> None:
        """Write down what became of errands."""
        rows = [(state, _stamp(now), *_key(errand)) for errand in errands]
        with writing(self.path, FORM) as database:
            database.executemany(
                "UPDATE errand SET state = ?, since = ? WHERE place = ? AND id = ? AND after = ?", rows
            )

    def expire(self, now: datetime) -> list[Errand]:
        """Give up what waits for too long, or is too much, and forget what was done long ago; the former."""
        if not self.path.exists():
            return []
        until = _stamp(now - TRIED)
        newest = f"SELECT rowid FROM errand WHERE state = ? ORDER BY since DESC, rowid LIMIT {MOST}"  # noqa: S608 - a constant
        old = self._errands(
            f"state = ? AND (since < ? OR rowid NOT IN ({newest}))", State.DUE, until, State.DUE
        )
        if old:
            self.settle(old, State.REFUSED, now)
        with self._opened() as database:
            database.execute(
                "DELETE FROM errand WHERE state <> ? AND since < ?", (State.DUE, _stamp(now - REMEMBERED))
            )
        return old

    def locate(self, where: Mapping[str, str], now: datetime) -> list[Errand]:
        """Write down where places are, and give up what waits for one that was elsewhere; the latter.

        The numbers that it is known by are those of other articles there.
        """
        if not self.path.exists():
            return []
        with writing(self.path, FORM) as database:
            known = dict(database.execute("SELECT place, address FROM location"))
            database.executemany("INSERT OR REPLACE INTO location VALUES (?, ?)", where.items())
            moved = [place for place, address in where.items() if known.get(place, address) != address]
        lost = [errand for errand in self.due() if errand.origin.place in moved] if moved else []
        if lost:
            self.settle(lost, State.REFUSED, now)
        return lost

    def _errands(self, where: str, *values: str) -> list[Errand]:
        if not self.path.exists():
            return []
        query = f"SELECT place, id, after, article FROM errand WHERE {where}"  # noqa: S608 - a constant of ours
        with self._opened() as database:
            rows = database.execute(query, values).fetchall()
        return [_errand(row) for row in rows]

    def _opened(self) -> AbstractContextManager[sqlite3.Connection]:
        return opened(self.path, FORM)


def _renew(database: sqlite3.Connection, version: int) -> None:
    if version < 1:
        make(database, SCHEMA)
    make(database, LOCATIONS)


# "nwxo" as a number.
FORM = Form(0x6E77786F, 2, _renew)


def _put(
    database: sqlite3.Connection, errands: Iterable[Errand], issue: str, now: datetime, known: str
) -> None:
    """Write errands down; of those that are known already, do what is said."""
    rows = [
        (*_key(errand), issue, errand.article, State.HELD if errand.held else State.DUE, _stamp(now))
        for errand in errands
    ]
    put = f"INSERT INTO errand VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO {known}"  # noqa: S608 - a constant
    database.executemany(put, rows)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _key(errand: Errand) -> tuple[str, str, str]:
    return errand.origin.place, errand.origin.id, errand.after


def _row(errand: Errand) -> list[object]:
    return [*_key(errand), errand.article, errand.held]


def _errand(row: Sequence[object]) -> Errand:
    place, one, after, article, *held = row
    return Errand(Origin(str(place), str(one)), str(after), str(article), held == [True])
