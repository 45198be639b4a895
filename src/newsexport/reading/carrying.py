"""What of earlier issues comes again, because nobody read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from newsexport.errors import UsageError
from newsexport.library.issue import FileRole, Issue
from newsexport.model import Article, Edition
from newsexport.reading.files import name_of, named
from newsexport.reading.places import WHOLE
from newsexport.reading.record import ReadingRecord

# What is less was only come to.
BEGUN = 0.01
# Issues that are looked back at. A book is often opened only after the next issue came out.
LATEST = 7


@dataclass(frozen=True, slots=True)
class Carry:
    """That comes again what nobody read to its end: an article so many `times`, and `most` an issue."""

    times: int
    most: int


def carry_of(carry: str = "", carry_times: int = 1, carry_most: int = 20) -> Carry | None:
    """What a configuration says comes again. Raises `UsageError` where that makes no sense."""
    if carry not in {"", "unread"}:
        raise UsageError('expected "unread"')
    if carry_times < 1 or carry_most < 1:
        raise UsageError("carry_times and carry_most begin at 1")
    return Carry(carry_times, carry_most) if carry else None


@dataclass(frozen=True, slots=True)
class IssueReading:
    """How far somebody is in an issue: the `shares` of articles by their names, None if nobody opened it."""

    issue: Issue
    shares: Mapping[str, float] | None

    @property
    def read(self) -> tuple[str, ...]:
        """The names of the articles that were read."""
        return tuple(name for name, share in (self.shares or {}).items() if share >= WHOLE)

    @property
    def articles(self) -> tuple[tuple[str, float], ...]:
        """Each article's title, and which share of it was read: 1 where that is all that counts, or 0."""
        told = ((story.title, (self.shares or {}).get(name_of(story), 0.0)) for story in self.issue.stories)
        return tuple((title, 1.0 if share >= WHOLE else share * (share >= BEGUN)) for title, share in told)


@dataclass(frozen=True, slots=True)
class Unread:
    """Articles of an issue that nobody read, by their numbers from 1."""

    issue: Issue
    numbers: tuple[int, ...]


def unread(
    record: ReadingRecord, latest: Sequence[IssueReading], day: date, carry: Carry
) -> Iterator[Unread]:
    """What is to come again in the issue of a day, of the latest before it, the newest first.

    Of an issue that nobody opened nothing comes: whoever was away is not given everything that came
    meanwhile. An article goes by the last issue in which it stood, and not at all if it was read in any.
    """
    gone = {name for each in latest for name in each.read}
    for each in latest:
        if each.issue.issued >= day:
            continue
        names = [name_of(story) for story in each.issue.stories]
        often = record.carried(each.issue.paper, day)
        again = tuple(
            number
            for number, name in enumerate(names, 1)
            if each.shares is not None and name not in gone and often.get(name, 0) < carry.times
        )
        gone.update(names)
        if again:
            yield Unread(each.issue, again)


def again_from(found: Unread, edition: Edition) -> tuple[Article, ...]:
    """Those articles as they stood in the issue, each with the day on which it first came."""
    articles = [
        replace(article, section=section.title or article.section)
        for section in edition.sections
        for article in section.articles
    ]
    return tuple(
        replace(article, again=article.again or found.issue.issued, update=False)
        for number, article in enumerate(articles, 1)
        if number in found.numbers
    )


def edition_file(issue: Issue) -> str | None:
    """Where the articles of an issue lie as data, relative to the root of the library."""
    return next((f"{issue.folder}/{file.name}" for file in issue.of(FileRole.EDITION)), None)


def with_again(came: Sequence[Article], again: Iterable[Article], most: int) -> tuple[list[Article], int]:
    """What came, and behind it what comes again; how many of these there was no room for.

    What comes by itself once more is not there twice, but marked.
    """
    marks = {named(article): article for article in again}
    fresh = [replace(one, again=marks[named(one)].again) if named(one) in marks else one for one in came]
    there = {named(one) for one in came}
    behind = [article for name, article in marks.items() if name not in there]
    return [*fresh, *behind[:most]], max(0, len(behind) - most)
