"""The podcast feed of a paper.

Sources: RSS 2.0 (rssboard.org), Apple's podcaster requirements, the Podcasting 2.0 namespace,
Podlove Simple Chapters 1.2, RSS 1.0's content module, Atom (RFC 4287) for the link to itself.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape
from uuid import uuid5

from newsexport.library.issue import (
    ISSUES,
    PAGE,
    FileRole,
    Issue,
    IssueArticle,
    IssueFile,
    Paper,
    of_whole,
    parts_of,
)
from newsexport.library.timetable import DAYS, Timetable
from newsexport.publishing.artwork import SIDES, artwork_path
from newsexport.publishing.catalogue import section_key
from newsexport.publishing.notes import (
    clock,
    dated_title,
    days_named,
    from_the_beginning,
    notes_html,
    notes_text,
)
from newsexport.publishing.site import Site
from newsexport.publishing.xml import Element, child, document, plain, root
from newsexport.text.addresses import is_web

ATOM = "http://www.w3.org/2005/Atom"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
CHAPTERS = "http://podlove.org/simple-chapters"
NAMESPACES = {"atom": ATOM, "itunes": ITUNES, "podcast": PODCAST, "content": CONTENT, "psc": CHAPTERS}

# The longest values that validators and Apple take.
LONGEST_SUBTITLE, LONGEST_NAME = 250, 250

# Transcripts that apps may show while the sound plays.
CAPTIONS = {"text/vtt", "application/x-subrip"}


def feed_path(paper: Paper, section: str = "") -> str:
    """Where the feed lies, relative to the root of the library; that of a section if one is named."""
    return f"{paper.key}/feed-{section_key(section)}.xml" if section else f"{paper.key}/feed.xml"


def podcast(paper: Paper, issues: Sequence[Issue], site: Site, section: str = "") -> bytes:
    """The feed of a paper, or of one section of it, as RSS 2.0; the newest issue comes first.

    An issue has one sound, and no podcast app keeps to a stretch of one. The feed of a section
    therefore has the issues that were published with that section as a file of its own
    (an audio export that is split by sections), and no others. In the main feed, an issue whose
    sound was published in parts alone has an item for each. Issues without a sound are left out.
    """
    episodes = [episode for issue in issues for episode in _episodes(issue, section)]
    rss = root("rss", NAMESPACES, version="2.0")
    channel = child(rss, "channel")
    _describe_channel(channel, paper, site, section)
    own = site.address(feed_path(paper, section))
    child(channel, f"{{{ATOM}}}link", rel="self", type="application/rss+xml", href=own)
    if episodes:
        newest = max(episode.issue.changed for episode in episodes)
        child(channel, "lastBuildDate", format_datetime(newest))
    for episode in episodes:
        _add_episode(child(channel, "item"), episode, site, numbered=paper.numbered)
    return document(rss)


def has_sound(issue: Issue, section: str = "") -> bool:
    """Whether a feed of that section, or the main one, has the issue."""
    return bool(_episodes(issue, section))


@dataclass(frozen=True, slots=True)
class _Episode:
    """One item: an issue, or a part of it, in all formats of its sound."""

    issue: Issue
    guid: str
    title: str
    published: datetime
    sounds: tuple[IssueFile, ...]
    stories: tuple[IssueArticle, ...]


def _episodes(issue: Issue, section: str) -> list[_Episode]:
    """The issue as one item, if there is a sound of it or of the section, or else each of its parts."""
    if sounds := of_whole(issue, section):
        stories = from_the_beginning(_stories(issue, section), issue.title)
        title = plain(dated_title(issue))
        return [_Episode(issue, _guid(issue, section), title, issue.published, sounds, stories)]
    return [] if section else list(_parts(issue))


def _parts(issue: Issue) -> Iterator[_Episode]:
    """An item for each part, each a second earlier than the one before: apps have the latest on top."""
    called: Counter[str] = Counter()
    for number, part in enumerate(parts_of(issue)):
        called[part.title] += 1
        name = f"{part.title} {called[part.title]}"
        yield _Episode(
            issue,
            f"urn:uuid:{uuid5(ISSUES, f'{issue.id} part {name}'.encode('utf-8', 'replace').decode())}",
            plain(f"{part.title} \u00b7 {dated_title(issue)}"),
            issue.published - timedelta(seconds=number),
            part.sounds,
            tuple(replace(story, start=None) for story in part.stories),
        )


def _describe_channel(channel: Element, paper: Paper, site: Site, section: str) -> None:
    title = plain(f"{paper.title}: {section}" if section else paper.title)
    child(channel, "title", title)
    child(channel, "link", paper.link or site.address("index.html"))
    child(channel, "description", plain(paper.description or title))
    child(channel, "language", paper.language.lower())
    child(channel, "generator", "newsexport")
    # Apps that take whatever picture is told of last are to find the large one.
    image = child(channel, "image")
    child(image, "url", site.address(artwork_path(paper, SIDES[-1])))
    child(image, "title", title)
    child(image, "link", paper.link or site.address("index.html"))
    _describe_to_apple(channel, paper, site)
    _describe_to_podcasting(channel, paper, site, section)


def _describe_to_apple(channel: Element, paper: Paper, site: Site) -> None:
    author = (paper.author or paper.title)[:LONGEST_NAME]
    child(channel, f"{{{ITUNES}}}author", author)
    if paper.email:
        owner = child(channel, f"{{{ITUNES}}}owner")
        child(owner, f"{{{ITUNES}}}name", author)
        child(owner, f"{{{ITUNES}}}email", paper.email)
    child(channel, f"{{{ITUNES}}}image", href=site.address(artwork_path(paper)))
    category, _, inner = (part.strip() for part in paper.category.partition(">"))
    outer = child(channel, f"{{{ITUNES}}}category", text=category)
    if inner:
        child(outer, f"{{{ITUNES}}}category", text=inner)
    child(channel, f"{{{ITUNES}}}explicit", "true" if paper.explicit else "false")
    child(channel, f"{{{ITUNES}}}type", "episodic")
    if paper.private:
        child(channel, f"{{{ITUNES}}}block", "yes")


def _describe_to_podcasting(channel: Element, paper: Paper, site: Site, section: str) -> None:
    identity = uuid5(paper.identity, section_key(section)) if section else paper.identity
    child(channel, f"{{{PODCAST}}}guid", str(identity))
    owner = {"owner": paper.email} if paper.email else {}
    child(channel, f"{{{PODCAST}}}locked", "yes" if paper.private else "no", **owner)
    if paper.private:
        child(channel, f"{{{PODCAST}}}block", "yes")
    child(channel, f"{{{PODCAST}}}medium", "podcast")
    if paper.timetable and not section:  # not every issue has every section
        told = days_named(paper.timetable.days, paper.language)
        child(channel, f"{{{PODCAST}}}updateFrequency", told, rrule=_recurrence(paper.timetable))
    if paper.author:
        child(channel, f"{{{PODCAST}}}person", paper.author, role="author", group="writing")
    sizes = ", ".join(f"{site.address(artwork_path(paper, side))} {side}w" for side in SIDES)
    child(channel, f"{{{PODCAST}}}images", srcset=sizes)


def _recurrence(when: Timetable) -> str:
    """On which days, as a rule of RFC 5545, section 3.3.10."""
    if when.days == DAYS:
        return "FREQ=DAILY"
    return f"FREQ=WEEKLY;BYDAY={','.join(day[:2].upper() for day in when.days)}"


def _add_episode(item: Element, episode: _Episode, site: Site, *, numbered: bool) -> None:
    issue, sounds, stories, title = episode.issue, episode.sounds, episode.stories, episode.title
    sound = sounds[0]
    child(item, "title", title)
    child(item, "link", site.address(f"{issue.folder}/{PAGE}"))
    child(item, "guid", episode.guid, isPermaLink="false")
    child(item, "pubDate", format_datetime(episode.published))
    child(item, "description", notes_text(stories) or plain(title))
    child(item, f"{{{CONTENT}}}encoded", notes_html(stories, issue.language) or escape(title))
    address = site.address(f"{issue.folder}/{sound.name}")
    child(item, "enclosure", url=address, length=str(sound.size), type=sound.type)
    _add_for_apple(item, episode, site, numbered=numbered)
    for file in _companions(issue, sound):
        _add_companion(item, file, issue, site)
    for file in sounds[1:]:
        _add_alternative(item, file, issue, site)
    _add_chapters(item, stories)


def _guid(issue: Issue, section: str) -> str:
    """The identity of the issue, or a function of it and the section: nothing that may change."""
    return f"urn:uuid:{uuid5(ISSUES, f'{issue.id} {section_key(section)}')}" if section else issue.id


def _stories(issue: Issue, section: str) -> tuple[IssueArticle, ...]:
    """What the sound has. Where it has but a section, its times are not those of the issue."""
    if not section:
        return issue.stories
    return tuple(replace(story, start=None) for story in issue.stories if story.section == section)


def _add_for_apple(item: Element, episode: _Episode, site: Site, *, numbered: bool) -> None:
    issue, sound = episode.issue, episode.sounds[0]
    told = "; ".join(story.title for story in episode.stories) if sound.part else issue.summary
    summary = plain(told or issue.title)
    child(item, f"{{{ITUNES}}}subtitle", summary[:LONGEST_SUBTITLE])
    child(item, f"{{{ITUNES}}}summary", summary)
    child(item, f"{{{ITUNES}}}duration", str(max(1, round(sound.seconds or 0))))
    child(item, f"{{{ITUNES}}}episodeType", "full")
    if numbered:
        # By the date, so that no number changes when an issue is missing, or expires.
        child(item, f"{{{ITUNES}}}season", str(issue.issued.year))
        child(item, f"{{{ITUNES}}}episode", str(issue.issued.timetuple().tm_yday))
    for cover in issue.of(FileRole.COVER)[:1]:
        child(item, f"{{{ITUNES}}}image", href=site.address(f"{issue.folder}/{cover.name}"))


def _companions(issue: Issue, sound: IssueFile) -> Iterator[IssueFile]:
    """Chapters and transcripts that belong to the sound, by their names."""
    for file in issue.files:
        if file.role in {FileRole.CHAPTERS, FileRole.TRANSCRIPT} and file.stem == sound.stem:
            yield file


def _add_companion(item: Element, file: IssueFile, issue: Issue, site: Site) -> None:
    address = site.address(f"{issue.folder}/{file.name}")
    if file.role is FileRole.CHAPTERS:
        child(item, f"{{{PODCAST}}}chapters", url=address, type=file.type)
        return
    captions = {"rel": "captions"} if file.type in CAPTIONS else {}
    named = {"url": address, "type": file.type, "language": issue.language, **captions}
    child(item, f"{{{PODCAST}}}transcript", **named)


def _add_alternative(item: Element, file: IssueFile, issue: Issue, site: Site) -> None:
    alternative = child(
        item,
        f"{{{PODCAST}}}alternateEnclosure",
        type=file.type,
        length=str(file.size),
        title=file.name.rpartition(".")[2].upper(),
    )
    child(alternative, f"{{{PODCAST}}}source", uri=site.address(f"{issue.folder}/{file.name}"))
    digest = b64encode(bytes.fromhex(file.sha256)).decode()
    child(alternative, f"{{{PODCAST}}}integrity", type="sri", value=f"sha256-{digest}")


def _add_chapters(item: Element, stories: Sequence[IssueArticle]) -> None:
    """Where each story begins, the first at 0, for apps that read no other list of chapters."""
    heard = [story for story in stories if story.start is not None]
    if not heard:
        return
    chapters = child(item, f"{{{CHAPTERS}}}chapters", version="1.2")
    for story in heard:
        link = {"href": story.url} if story.url and is_web(story.url) else {}
        start = f"{clock(story.start or 0)}.{int((story.start or 0) * 1000) % 1000:03}"
        child(chapters, f"{{{CHAPTERS}}}chapter", start=start, title=story.title, **link)
