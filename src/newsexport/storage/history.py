"""What earlier editions had, so that a new one need not have it again.

A SQLite file with one row an article. It is written in one transaction, after the files
of an edition are; several runs may share it.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import tempfile
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from newsexport.errors import UsageError
from newsexport.model import Article, Edition, plain_blocks
from newsexport.storage.database import Form, make, opened, writing
from newsexport.storage.private import make_private
from newsexport.text.addresses import same_story_key

# "nwsx" as a number.
APPLICATION = 0x6E777378

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
class Notes:
    """What is noted of an edition: rows of the tables `article` and `folded`."""

    articles: tuple[tuple[str | None, ...], ...]
    folded: tuple[tuple[str | None, ...], ...]


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
            make_private(self.path.parent)
            with tempfile.TemporaryFile(dir=self.path.parent):  # SQLite needs room for a journal beside it
                pass
        except OSError as error:
            raise UsageError(f"{self.path}: {error.strerror or error}") from error
        if self.path.exists():
            with writing(self.path, FORM):
                pass

    def remember(
        self, edition: Edition, now: datetime, folded: Iterable[tuple[Article, Article]] = ()
    ) -> None:
        """Note every article of the edition as exported, and what was `folded` into one of them.

        Of the folded each comes with the article that stands for it.
        """
        self.note(self.notes(edition, now, folded))

    def notes(self, edition: Edition, now: datetime, folded: Iterable[tuple[Article, Article]] = ()) -> Notes:
        """What `remember` would note."""
        exported = now.astimezone(UTC).isoformat(timespec="seconds")
        name = self.own or edition.title
        return Notes(
            tuple(
                (*_identity(article), words_of(article), article.title, article.url, name, exported)
                for article in edition.articles()
            ),
            tuple((*_identity(twin), words_of(twin), _identity(kept)[0]) for kept, twin in folded),
        )

    def note(self, notes: Notes) -> None:
        """Note all of it; what is noted already is noted anew."""
        with writing(self.path, FORM) as database:
            database.executemany(
                "INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?, ?, ?, ?)", notes.articles
            )
            database.executemany("INSERT OR REPLACE INTO folded VALUES (?, ?, ?, ?)", notes.folded)

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
        with writing(self.path, FORM) as database:
            done = database.execute(
                f"DELETE FROM article WHERE exported < ? AND (? = '' OR {condition})",  # noqa: S608 - a constant
                (until, named, named, named, named),
            )
            database.execute("DELETE FROM folded WHERE kept NOT IN (SELECT identity FROM article)")
            return done.rowcount

    def _opened(self) -> AbstractContextManager[sqlite3.Connection]:
        return opened(self.path, FORM)


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


def _renew(database: sqlite3.Connection, version: int) -> None:
    if version < 1:
        make(database, SCHEMA)
    make(database, FOLDED)
    database.execute("UPDATE article SET words = ? || words", (FIGURELESS,))


FORM = Form(APPLICATION, 2, _renew)
