"""The values of a library: papers, their issues, the files of an issue, the stories in it.

An issue is one edition of a paper on one local date, however often it was made. Its `id` depends
on the paper and the date alone, so that an app that has it knows it again when its title, its host,
its bit rate or the name of a file has changed. The names of files bear a part of their hash: what a
manifest, a feed or a catalogue names is therefore never overwritten, only followed and later removed.

Where things lie, relative to the root of the library::

    index.html  opds.xml  opds.json               of all papers
    PAPER/paper.json                              what the paper is
    PAPER/feed.xml  PAPER/artwork.jpg  …          of one paper
    PAPER/latest.epub  PAPER/latest.mp3  …        the newest of each kind of file
    PAPER/YYYY-MM-DD/issue.json                   the manifest
    PAPER/YYYY-MM-DD/index.html                   the page to listen and read
    PAPER/YYYY-MM-DD/NAME.HASH.SUFFIX             the files
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from newsexport.errors import UsageError
from newsexport.library.timetable import Timetable

# Names issues, and papers that were given no name of their own (RFC 9562, section 5.5).
ISSUES = uuid.UUID("7f0a1c52-6d0e-5c53-9a55-0f6f5b2f5a11")

# What the name of a published file ends in: its hash, and what tells its kind.
HASHED = re.compile(r"\.[0-9a-f]{8}(\.[^/]*)?$")

MANIFEST = "issue.json"
PAPER = "paper.json"
PAGE = "index.html"
# Before the number of a story, from 1, where it is told on that page.
STORY = "story-"


class FileRole(StrEnum):
    """What a file of an issue is for."""

    BOOK = "book"
    SOUND = "sound"
    TEXT = "text"
    EDITION = "edition"
    CHAPTERS = "chapters"
    TRANSCRIPT = "transcript"
    COVER = "cover"
    THUMBNAIL = "thumbnail"
    PICTURE = "picture"
    LEAD = "lead"
    ILLUSTRATION = "illustration"
    OTHER = "other"


class FeedContents(StrEnum):
    """What is an episode of a paper's podcast: an issue, an article, or each in a feed of its own."""

    ISSUES = "issues"
    ARTICLES = "articles"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class IssueFile:
    """One published file of an issue.

    `name` is its name in the folder of the issue, `type` its media type, `size` in bytes,
    `sha256` in hexadecimal. `seconds` is how long a sound lasts, `part` the section or
    article that it has, where it does not have the whole issue. `article` is the number of the story, from
    1, which it has alone, or belongs to.
    """

    name: str
    role: FileRole
    type: str
    size: int
    sha256: str
    seconds: float | None = None
    part: str = ""
    article: int | None = None

    @property
    def stem(self) -> str:
        """The name without hash and suffix, which a sound and its companions share."""
        return HASHED.sub("", self.name)

    @property
    def suffix(self) -> str:
        """What follows the hash in the name: ``.epub``, ``.kepub.epub``; empty where nothing does."""
        found = HASHED.search(self.name)
        return (found[1] or "") if found else ""


@dataclass(frozen=True, slots=True)
class IssueArticle:
    """An article of an issue, as contents tell it.

    `start` is where it begins in the sound, in seconds, `voice` who is heard, `language` a tag of BCP 47
    where it is another than that of the issue, `tags` are the article's, and `again` is.
    """

    title: str
    section: str = ""
    url: str | None = None
    summary: str = ""
    words: int = 0
    start: float | None = None
    voice: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    again: date | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """What stays the same from issue to issue.

    `key` names the paper in configuration and paths (``[a-z0-9-]+``). `guid` is a UUID that
    never changes once somebody has subscribed; `link` the paper's own web page. How it is published as
    a podcast belongs to it, so that whoever has its library alone goes on as it was begun: what the `feed`
    has, `numbered` episodes, feeds of its sections, and `timetable`, when it comes out, where that is told.
    """

    key: str
    title: str
    guid: str = ""
    language: str = "en"
    description: str = ""
    author: str = ""
    email: str = ""
    link: str = ""
    category: str = "News"
    explicit: bool = False
    private: bool = True
    feed: FeedContents = FeedContents.ISSUES
    numbered: bool = False
    section_feeds: bool = False
    timetable: Timetable | None = None

    @property
    def identity(self) -> uuid.UUID:
        """The `guid`, or one that follows from the `key` where none was given."""
        return uuid.UUID(self.guid) if self.guid else uuid.uuid5(ISSUES, self.key)


@dataclass(frozen=True, slots=True)
class Issue:
    """One edition of a paper, as published.

    `published` is the instant, with its offset from UTC, at which the issue of that date
    first appeared; making it again does not change it. `updated` is when it was last made
    into something else, None where it never was.
    """

    id: str
    paper: str
    title: str
    issued: date
    published: datetime
    language: str
    summary: str
    stories: tuple[IssueArticle, ...]
    files: tuple[IssueFile, ...]
    updated: datetime | None = None

    @property
    def folder(self) -> str:
        """Where its files lie, relative to the root of the library."""
        return f"{self.paper}/{self.issued.isoformat()}"

    @property
    def changed(self) -> datetime:
        """When it last became what it is."""
        return self.updated or self.published

    def of(self, role: FileRole) -> tuple[IssueFile, ...]:
        """Its files of one role, in order."""
        return tuple(file for file in self.files if file.role is role)


def contents_of(issue: Issue) -> str:
    """A hash of its files, by which what it was made into is told from what it was."""
    return hashlib.sha256(" ".join(sorted(file.sha256 for file in issue.files)).encode()).hexdigest()[:32]


def issue_id(paper: Paper, issued: date) -> str:
    """A URN that is a function of the paper's identity and the local date."""
    return f"urn:uuid:{uuid.uuid5(paper.identity, issued.isoformat())}"


# Which issues of a paper stay.


class Dated(Protocol):
    """An issue, or what is told of one."""

    @property
    def issued(self) -> date:
        """The day that it is of."""
        ...


OneT = TypeVar("OneT", bound=Dated)


@dataclass(frozen=True, slots=True)
class Keep:
    """Which issues of a paper stay: those of its newest `issues` dates that are at most `days` days old.

    None sets no bound. Days are counted to the newest issue, so that a paper which rests loses nothing.
    A stretch without issues that is longer than `days` counts as one day: either the paper rested, or one
    issue was made while a clock was wrong, and that is no reason to remove all the others.
    """

    issues: int | None = None
    days: int | None = None

    def __post_init__(self) -> None:
        """Refuse to keep nothing."""
        if (self.issues is not None and self.issues < 1) or (self.days is not None and self.days < 1):
            raise UsageError("at least one issue must be kept")

    def of(self, issues: Sequence[OneT], today: date | None = None) -> tuple[OneT, ...]:
        """Those that stay, of issues that come newest first.

        Those of a later day than `today` stay, and are not counted.
        """
        if self == EVERYTHING:
            return tuple(issues)
        future = [issue for issue in issues if today and issue.issued > today]
        past = issues[len(future) :]
        ages = self._ages(past)
        stay = (
            issue
            for place, (issue, age) in enumerate(zip(past, ages, strict=True))
            if (self.issues is None or place < self.issues) and (self.days is None or age < self.days)
        )
        return (*future, *stay)

    def _ages(self, issues: Sequence[Dated]) -> Iterator[int]:
        """How many days old each is, as `days` counts them."""
        age, before = 0, None
        for issue in issues:
            distance = (before - issue.issued).days if before else 0
            age += 1 if self.days is not None and distance > self.days else distance
            before = issue.issued
            yield age


EVERYTHING = Keep()


# What can be had of an issue.

# In the order in which a reader is offered it.
OFFERED = (FileRole.BOOK, FileRole.SOUND, FileRole.TEXT)


def offered(issue: Issue) -> tuple[IssueFile, ...]:
    """The files that a reader may choose from, books first; parts of a sound where there is nothing else."""
    files = tuple(file for role in OFFERED for file in issue.of(role))
    return tuple(file for file in files if not file.part) or files


def latest_names(issue: Issue) -> tuple[tuple[str, str], ...]:
    """Its files that may be the newest of their kind: what the name ends in, as ``.epub``, and the name.

    Of every format the paper is made in, but no part of a sound, and nothing that only goes with another.
    """
    found: dict[str, str] = {}
    for file in (*offered(issue), *issue.of(FileRole.EDITION), *issue.of(FileRole.OTHER)):
        if file.suffix and not file.part:
            found.setdefault(file.suffix, file.name)
    return tuple(found.items())


EPUB = "application/epub+zip"


def covers_of(issue: Issue) -> tuple[IssueFile, ...]:
    """The cover as it is shown among others, if there is one."""
    return (*issue.of(FileRole.THUMBNAIL), *issue.of(FileRole.COVER))[:1]


def book_of(issue: Issue) -> IssueFile | None:
    """The plainest EPUB of an issue, which every reader opens, if it has one."""
    books = [file for file in issue.of(FileRole.BOOK) if file.type == EPUB]
    return min(books, key=lambda file: file.suffix != ".epub", default=None)


# The sounds of an issue: one of the whole, in some formats, or a file for each of its parts.

# What players know best comes first.
KNOWN = ("audio/mpeg", "audio/mp4", "audio/ogg")


@dataclass(frozen=True, slots=True)
class SoundPart:
    """A part of a sound, in one format or more, and the stories that are told in it."""

    sounds: tuple[IssueFile, ...]
    stories: tuple[IssueArticle, ...]

    @property
    def title(self) -> str:
        """What it is called."""
        return self.sounds[0].part


@dataclass(frozen=True, slots=True)
class Track:
    """A file that is played, and the second at which it begins when all of an issue are played."""

    file: IssueFile
    begin: float


def of_whole(issue: Issue, section: str = "") -> tuple[IssueFile, ...]:
    """The sounds of the whole issue, or of the section; the one that every player knows first."""
    sounds = issue.of(FileRole.SOUND)
    return _best_first([file for file in sounds if file.part == section and file.article is None])


def articles_of(issue: Issue) -> tuple[tuple[int, SoundPart], ...]:
    """The articles that have a sound of their own, whatever else there is, each with its number from 1."""
    told = dict(enumerate(issue.stories, 1))
    sounds: dict[int, list[IssueFile]] = {}
    for file in issue.of(FileRole.SOUND):
        if file.article in told:
            sounds.setdefault(file.article, []).append(file)
    return tuple(
        (number, SoundPart(_best_first(files), (told[number],))) for number, files in sorted(sounds.items())
    )


def parts_of(issue: Issue) -> tuple[SoundPart, ...]:
    """The parts of a sound that was published in parts alone; none where there is one of the whole."""
    if of_whole(issue):
        return ()
    stems: dict[str, list[IssueFile]] = {}
    for file in issue.of(FileRole.SOUND):
        stems.setdefault(file.stem, []).append(file)
    sounds = [_best_first(files) for files in stems.values()]
    if len(articles := articles_of(issue)) == len(sounds):
        return tuple(part for _, part in articles)
    return tuple(map(SoundPart, sounds, _told(issue.stories, [files[0].part for files in sounds])))


def tracks_of(issue: Issue) -> tuple[Track, ...]:
    """What is played one after the other to hear the whole issue; nothing where there is no sound."""
    whole = of_whole(issue)
    if whole:
        return (Track(whole[0], 0.0),)
    tracks, begin = [], 0.0
    for part in parts_of(issue):
        tracks.append(Track(part.sounds[0], begin))
        begin = round(begin + (part.sounds[0].seconds or 0.0), 3)
    return tuple(tracks)


def _told(stories: Sequence[IssueArticle], titles: Sequence[str]) -> list[tuple[IssueArticle, ...]]:
    """The stories of each part: those of the section it is called after, or else the next of its title."""
    sections = {story.section for story in stories}
    if set(titles) <= sections:
        return [tuple(story for story in stories if story.section == title) for title in titles]
    left = list(stories)
    told: list[tuple[IssueArticle, ...]] = []
    for title in titles:
        one = next((story for story in left if story.title == title), None)
        if one:
            left.remove(one)
        told.append((one,) if one else ())
    return told


def _best_first(files: Sequence[IssueFile]) -> tuple[IssueFile, ...]:
    return tuple(sorted(files, key=lambda file: KNOWN.index(file.type) if file.type in KNOWN else len(KNOWN)))
