"""What earlier editions had, so that a new one need not have it again.

A SQLite file with one row an article. It is written in one transaction, after the files
of an edition are; several runs may share it.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from newsexport.errors import UsageError
from newsexport.model import Article, Edition, plain_blocks
from newsexport.text.addresses import same_story_key

# "nwsx" as a number: `file` and other programs tell by it whose database it is.
APPLICATION = 0x6E777378
VERSION = 2
PATIENCE = 10.0  # seconds to wait for another run that is writing

SCHEMA = """
CREATE TABLE article (
    identity TEXT PRIMARY KEY,  -- guid, or key of the address, or hash of the words
    alias TEXT,                 -- the key of the address where the guid is the identity
    words TEXT NOT NULL,        -- hash of the words, to tell a changed article
    title TEXT NOT NULL,
    url TEXT,
    edition TEXT NOT NULL,
    exported TEXT NOT NULL      -- UTC, ISO 8601
) STRICT;
CREATE INDEX article_alias ON article (alias);
CREATE INDEX article_exported ON article (exported);
"""

# Articles that were folded into another: by what each is known, and which article stood for it.
FOLDED = """
CREATE TABLE folded (
    identity TEXT NOT NULL,
    alias TEXT,
    words TEXT NOT NULL,
    kept TEXT NOT NULL,
    PRIMARY KEY (identity, words)
) STRICT;
CREATE INDEX folded_alias ON folded (alias);
CREATE INDEX folded_kept ON folded (kept);
"""

# Before the hashes of the first version, which left all figures out.
FIGURELESS = "figureless "

# A word or a figure; a sign belongs to the figure that it stands before.
WORD = re.compile(r"(?:(?<!\S)[-\u2212])?[^\W_]+")


class Verdict(StrEnum):
    """What an article is to someone who had the earlier editions."""

    NEW = "new"
    KNOWN = "known"
    UPDATED = "updated"


@dataclass(frozen=True, slots=True)
class Remembered:
    """An article as it is remembered."""

    title: str
    url: str | None
    edition: str
    exported: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """The memory in a file, which is made with its folder when something is first remembered.

    What the edition called `own` had counts as new: it is being made again. Without that
    name, an edition is remembered by its title.

    Every method raises `UsageError` when the file is not ours, is damaged, or stays locked.
    """

    path: Path
    own: str = ""

    def judge(self, article: Article) -> Verdict:
        """Whether an earlier edition had the article, and in these words.

        An article of which only a list has told so far is known by its name alone, unless its title has
        other figures than it had.
        """
        if not self.path.exists():
            return Verdict.NEW
        with self._opened() as database:
            rows = _rows(database, article)
        if not rows or (self.own and any(edition == self.own for _, edition, _ in rows)):
            return Verdict.NEW
        if not article.body or article.partial:
            return (
                Verdict.UPDATED
                if _has_other_figures(article.title, [row[2] for row in rows])
                else Verdict.KNOWN
            )
        told = {words_of(article), FIGURELESS + _hash(_figureless(_text(article)))}
        return Verdict.KNOWN if any(words in told for words, *_ in rows) else Verdict.UPDATED

    def check(self) -> None:
        """Find out before any work is done whether an edition could be remembered."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.path.parent):  # SQLite needs room for a journal beside it
                pass
        except OSError as error:
            raise UsageError(f"{self.path}: {error.strerror or error}") from error
        if self.path.exists():
            with self._opened() as database, database:
                database.execute("BEGIN IMMEDIATE")

    def remember(
        self, edition: Edition, now: datetime, folded: Iterable[tuple[Article, Article]] = ()
    ) -> None:
        """Note every article of the edition as exported, and what was `folded` into one of them.

        Of the folded each comes with the article that stands for it.
        """
        exported = now.astimezone(UTC).isoformat(timespec="seconds")
        name = self.own or edition.title
        rows = [
            (*_identity(article), words_of(article), article.title, article.url, name, exported)
            for article in edition.articles()
        ]
        twins = [(*_identity(twin), words_of(twin), _identity(kept)[0]) for kept, twin in folded]
        with self._opened() as database, database:
            database.execute("BEGIN IMMEDIATE")
            database.executemany("INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            database.executemany("INSERT OR REPLACE INTO folded VALUES (?, ?, ?, ?)", twins)

    def recall(self) -> list[Remembered]:
        """Everything remembered, the latest first."""
        if not self.path.exists():
            return []
        query = "SELECT title, url, edition, exported FROM article ORDER BY exported DESC, rowid"
        with self._opened() as database:
            rows = database.execute(query)
            return [
                Remembered(title, url, edition, datetime.fromisoformat(exported))
                for title, url, edition, exported in rows
            ]

    def forget(self, pattern: str = "", before: datetime | None = None) -> int:
        """Forget what has the pattern in its title, address or edition, and is older; how many that were."""
        if not self.path.exists():
            return 0
        until = (before or datetime.max.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="seconds")
        condition = (
            "(instr(lower(title), ?) OR instr(lower(coalesce(url, '')), ?) OR instr(lower(edition), ?))"
        )
        named = pattern.lower()
        with self._opened() as database, database:
            database.execute("BEGIN IMMEDIATE")
            done = database.execute(
                f"DELETE FROM article WHERE exported < ? AND (? = '' OR {condition})",  # noqa: S608 - a constant
                (until, named, named, named, named),
            )
            database.execute("DELETE FROM folded WHERE kept NOT IN (SELECT identity FROM article)")
            return done.rowcount

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
            with closing(connection) as database:
                _settle(database, self.path)
                yield database
        except (ValueError, TypeError) as error:  # text that is no UTF-8, a time that is none
            raise UsageError(f"{self.path}: is damaged: {error}") from error
        except sqlite3.OperationalError as error:
            raise UsageError(f"{self.path}: {error}") from error
        except sqlite3.DatabaseError as error:
            raise UsageError(f"{self.path}: is damaged or no database: {error}") from error
        except OSError as error:
            raise UsageError(f"{self.path}: {error.strerror or error}") from error


def words_of(article: Article) -> str:
    """A hash of the words and figures of an article; marks, spaces and capitals make no difference."""
    return _hash(_words(_text(article)))


def _words(text: str) -> list[str]:
    return WORD.findall(text.replace("\u2212", "-"))


def _figureless(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def _has_other_figures(title: str, before: Iterable[str]) -> bool:
    """Whether a title has the words of one from before, and the figures of none: 12 dead, 45 dead."""
    title, before = title.lower(), [each.lower() for each in before]
    alike = [each for each in before if _figureless(each) == _figureless(title)]
    return bool(alike) and all(_words(each) != _words(title) for each in alike)


def _text(article: Article) -> str:
    return " ".join((article.title, *plain_blocks(article.body))).lower()


def _hash(words: Iterable[str]) -> str:
    return hashlib.sha256(" ".join(words).encode("utf-8", "replace")).hexdigest()


def _identity(article: Article) -> tuple[str, str | None]:
    """By what an article is known: its guid, and then its address as an alias, or else its words."""
    address = same_story_key(article.url) if article.url else None
    if article.guid:
        return f"guid {article.guid}", address
    return (f"url {address}", address) if address else (f"words {words_of(article)}", None)


def _rows(database: sqlite3.Connection, article: Article) -> list[tuple[str, str, str]]:
    """Words, edition and title of all that is remembered under a name of the article, folded or not."""
    identity, alias = _identity(article)
    query = (
        "SELECT words, edition, title FROM article WHERE identity = ?1 OR alias = ?2"
        " UNION ALL SELECT folded.words, article.edition, article.title FROM folded"
        " JOIN article ON article.identity = folded.kept"
        " WHERE folded.identity = ?1 OR folded.alias = ?2"
    )
    return database.execute(query, (identity, alias)).fetchall()


def _settle(database: sqlite3.Connection, path: Path) -> None:
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
    if application != APPLICATION and (application or tables):
        raise UsageError(f"{path}: is the database of another program")
    if version > VERSION:
        raise UsageError(f"{path}: was written by a later version of newsexport")
    if version < VERSION:
        _renew(database)


def _renew(database: sqlite3.Connection) -> None:
    """Make what this version has more than the file; another run may be doing so at the same moment."""
    database.execute("BEGIN IMMEDIATE")
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version < 1:
        _make(database, SCHEMA)
        database.execute(f"PRAGMA application_id = {APPLICATION}")
    if version < VERSION:
        _make(database, FOLDED)
        database.execute("UPDATE article SET words = ? || words", (FIGURELESS,))
        database.execute(f"PRAGMA user_version = {VERSION}")
    database.execute("COMMIT")


def _make(database: sqlite3.Connection, schema: str) -> None:
    for statement in filter(str.strip, re.sub(r"--.*", "", schema).split(";")):
        database.execute(statement)
