"""What the episodes of a paper's podcasts are: issues, parts of them, or articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid5

from newsexport.library.issue import (
    ISSUES,
    Issue,
    IssueArticle,
    IssueFile,
    articles_of,
    of_whole,
    parts_of,
)
from newsexport.publishing.catalogue import section_key
from newsexport.publishing.notes import dated_title, from_the_beginning
from newsexport.publishing.xml import plain


@dataclass(frozen=True, slots=True)
class PodcastEpisode:
    """One item: an issue, or a part of it, in all formats of its sound. `number` is that of an article."""

    issue: Issue
    guid: str
    title: str
    published: datetime
    sounds: tuple[IssueFile, ...]
    stories: tuple[IssueArticle, ...]
    number: int | None = None

    @property
    def language(self) -> str:
        """The tag of what is heard; of several stories that of the issue."""
        own = self.stories[0].language if len(self.stories) == 1 else ""
        return own or self.issue.language


def episodes_of(issue: Issue, section: str = "") -> list[PodcastEpisode]:
    """The issue as one item, if there is a sound of it or of the section, or else each of its parts."""
    if sounds := of_whole(issue, section):
        stories = from_the_beginning(_stories(issue, section), issue.title)
        title = plain(dated_title(issue))
        return [PodcastEpisode(issue, _guid(issue, section), title, issue.published, sounds, stories)]
    return [] if section else list(_parts(issue))


def _parts(issue: Issue) -> Iterator[PodcastEpisode]:
    """An item for each part, each a second earlier than the one before: apps have the latest on top."""
    called: Counter[str] = Counter()
    for number, part in enumerate(parts_of(issue)):
        called[part.title] += 1
        name = f"{part.title} {called[part.title]}"
        yield PodcastEpisode(
            issue,
            _identity(issue, f"part {name}"),
            plain(f"{_told_apart(part.title, called[part.title])} \u00b7 {dated_title(issue)}"),
            issue.published - timedelta(seconds=number),
            part.sounds,
            tuple(replace(story, start=None) for story in part.stories),
        )


def articles_heard(issue: Issue) -> Iterator[PodcastEpisode]:
    """An episode for each article that has a sound, each a second earlier than the one before.

    Who it is follows from its address, or from its title where it has none: nothing that changes when
    the issue is made again.
    """
    heard = dict(articles_of(issue))
    called: Counter[str] = Counter()
    titled: Counter[str] = Counter()
    for number, story in enumerate(issue.stories, 1):
        name, title = story.url or story.title, plain(story.title) or plain(dated_title(issue))
        called[name] += 1
        titled[title] += 1
        if part := heard.get(number):
            yield PodcastEpisode(
                issue,
                _identity(issue, f"article {name} {called[name]}"),
                _told_apart(title, titled[title]),
                issue.published - timedelta(seconds=number - 1),
                part.sounds,
                (replace(story, start=None),),
                number,
            )


def _told_apart(title: str, times: int) -> str:
    """The title, with a number from the second time on.

    AntennaPod takes episodes of one title, day and about one length for one (FeedItemDuplicateGuesser).
    """
    return f"{title} ({times})" if times > 1 else title


def _identity(issue: Issue, part: str) -> str:
    return f"urn:uuid:{uuid5(ISSUES, f'{issue.id} {part}'.encode('utf-8', 'replace').decode())}"


def _guid(issue: Issue, section: str) -> str:
    """The identity of the issue, or a function of it and the section: nothing that may change."""
    return _identity(issue, section_key(section)) if section else issue.id


def _stories(issue: Issue, section: str) -> tuple[IssueArticle, ...]:
    """What the sound has. Where it has but a section, its times are not those of the issue."""
    if not section:
        return issue.stories
    return tuple(replace(story, start=None) for story in issue.stories if story.section == section)
