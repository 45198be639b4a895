"""The feeds of a paper: its podcast, that of its articles, and its books.

Sources: RSS 2.0 (rssboard.org), Apple's podcaster requirements, the Podcasting 2.0 namespace,
Podlove Simple Chapters 1.2, RSS 1.0's content module, Atom (RFC 4287) for its links.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from functools import partial
from html import escape
from itertools import islice
from operator import attrgetter
from uuid import UUID, uuid5

from newsexport.library.entries import IssueEntry, Making, Recipe, stamped
from newsexport.library.issue import (
    PAGE,
    STORY,
    FileRole,
    Issue,
    IssueArticle,
    IssueFile,
    Paper,
    book_of,
)
from newsexport.library.library import Holding
from newsexport.library.timetable import DAYS, Timetable
from newsexport.publishing.archives import HISTORY, FeedPage, pages_of
from newsexport.publishing.artwork import SIDES, artwork_path
from newsexport.publishing.catalogue import section_key
from newsexport.publishing.episodes import PodcastEpisode, articles_heard, episodes_of
from newsexport.publishing.notes import (
    clock,
    dated_title,
    days_named,
    notes_html,
    notes_text,
)
from newsexport.publishing.site import Site
from newsexport.publishing.xml import Element, child, document, plain, root
from newsexport.text.addresses import is_web
from newsexport.text.dates import dateline
from newsexport.text.wording import wording

ATOM = "http://www.w3.org/2005/Atom"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
CHAPTERS = "http://podlove.org/simple-chapters"
NAMESPACES = {"atom": ATOM, "itunes": ITUNES, "podcast": PODCAST, "content": CONTENT, "psc": CHAPTERS}

# The longest values that validators and Apple take.
LONGEST_SUBTITLE, LONGEST_NAME = 250, 250

# What a feed tells of before its archives do; apps load all of it each time, and keep what they had from it.
# Of articles that is a month of a large paper, and some two megabytes.
MOST_ISSUES, MOST_ARTICLES = 100, 1000

# Parts of a paper that every issue has.
WHOLE = ("", "articles")

# Transcripts that apps may show while the sound plays.
CAPTIONS = {"text/vtt", "application/x-subrip"}


def feed_path(paper: Paper, section: str = "") -> str:
    """Where the feed lies, relative to the root of the library; that of a section if one is named."""
    return f"{paper.key}/feed-{section_key(section)}.xml" if section else f"{paper.key}/feed.xml"


def podcasts(paper: Paper, issues: Sequence[Issue], site: Site, section: str = "") -> Making:
    """The feed of a paper, or of a section of it, as RSS 2.0, and its archives; the newest comes first.

    An issue has one sound, and no podcast app keeps to a stretch of one. The feed of a section
    therefore has the issues that were published with that section as a file of its own
    (an audio export that is split by sections), and no others. In the main feed, an issue whose
    sound was published in parts alone has an item for each. Issues without a sound are left out.
    """
    title = f"{paper.title}: {section}" if section else paper.title
    told = _Podcast(paper, title, section_key(section) if section else "")
    counted = partial(_in_section, section) if section else attrgetter("has.episodes")
    pages = pages_of(feed_path(paper, section), Holding(paper, issues).listed, counted, MOST_ISSUES)
    return _written(told, pages, partial(episodes_of, section=section), site)


def podcast(paper: Paper, issues: Sequence[Issue], site: Site, section: str = "") -> bytes:
    """The newest of it, which apps subscribe to."""
    return podcasts(paper, issues, site, section)[feed_path(paper, section)]


def _in_section(section: str, entry: IssueEntry) -> int:
    return entry.has.parts.count(section)


@dataclass(frozen=True, slots=True)
class _Podcast:
    """A podcast of a paper: what it is called, and which part of the paper it is."""

    paper: Paper
    title: str
    part: str = ""

    @property
    def identity(self) -> UUID:
        """By which apps and directories know it."""
        return uuid5(self.paper.identity, self.part) if self.part else self.paper.identity


def _written(
    told: _Podcast, pages: Iterable[FeedPage], heard: Callable[[Issue], Iterable[PodcastEpisode]], site: Site
) -> Making:
    def written(page: FeedPage) -> bytes:
        episodes = (episode for issue in page.issues for episode in heard(issue))
        return _podcast(told, page, list(islice(episodes, page.most)), site)

    return Making({page.path: Recipe(stamped(told, page.depends), partial(written, page)) for page in pages})


def _podcast(told: _Podcast, page: FeedPage, episodes: Sequence[PodcastEpisode], site: Site) -> bytes:
    rss = _rss(page)
    channel = child(rss, "channel")
    _describe_feed(channel, told.paper, site, page, plain(told.title))
    _describe_to_apple(channel, told.paper, site)
    _describe_to_podcasting(channel, told, site)
    if episodes:
        newest = max(episode.issue.changed for episode in episodes)
        child(channel, "lastBuildDate", format_datetime(newest))
    for episode in episodes:
        _add_episode(child(channel, "item"), episode, site, numbered=told.paper.numbered)
    return document(rss)


def articles_path(paper: Paper) -> str:
    """Where the feed of the articles lies, relative to the root of the library."""
    return f"{paper.key}/articles.xml"


def article_podcasts(paper: Paper, issues: Sequence[Issue], site: Site) -> Making:
    """A podcast in which each article that has a sound of its own is an episode; the newest issue is first.

    Apps order episodes by when they were published, the latest on top, to the second. So the
    articles of an issue are published a second after each other, the first last: read and played from
    the top they come in the order of the paper. Where episodes are numbered, an issue is a season.
    """
    title = f"{paper.title}: {wording(paper.language).catalogue.articles}"
    listed = Holding(paper, issues).listed
    pages = pages_of(articles_path(paper), listed, attrgetter("has.articles"), MOST_ARTICLES)
    return _written(_Podcast(paper, title, "articles"), pages, articles_heard, site)


def article_podcast(paper: Paper, issues: Sequence[Issue], site: Site) -> bytes:
    """The newest of it, which apps subscribe to."""
    return article_podcasts(paper, issues, site)[articles_path(paper)]


def books_path(paper: Paper) -> str:
    """Where the feed of the books lies, relative to the root of the library."""
    return f"{paper.key}/books.xml"


def book_feeds(paper: Paper, issues: Sequence[Issue], site: Site) -> Making:
    """The books of a paper as RSS 2.0, the newest first, and its archives; an item links to the book itself.

    KOReader's news downloader keeps what the link of an item leads to, where that is no page but a
    book, under the date and the title of the item (plugins/newsdownloader.koplugin). Others take enclosures.
    """
    pages = pages_of(books_path(paper), Holding(paper, issues).listed, attrgetter("has.book"), MOST_ISSUES)
    return Making(
        {
            page.path: Recipe(stamped("books", paper, page.depends), partial(_books, paper, page, site))
            for page in pages
        }
    )


def book_feed(paper: Paper, issues: Sequence[Issue], site: Site) -> bytes:
    """The newest of it."""
    return book_feeds(paper, issues, site)[books_path(paper)]


def _books(paper: Paper, page: FeedPage, site: Site) -> bytes:
    rss = _rss(page)
    channel = child(rss, "channel")
    _describe_feed(channel, paper, site, page, plain(paper.title))
    for issue in page.issues:
        if book := book_of(issue):
            item = child(channel, "item")
            address = site.address(f"{issue.folder}/{book.name}")
            child(item, "title", plain(dated_title(issue)))
            child(item, "link", address)
            child(item, "guid", issue.id, isPermaLink="false")
            child(item, "pubDate", format_datetime(issue.published))
            child(item, "description", notes_text(issue.stories, timed=False) or plain(issue.title))
            child(item, "enclosure", url=address, length=str(book.size), type=book.type)
    return document(rss)


def _rss(page: FeedPage) -> Element:
    further = {"fh": HISTORY} if page.is_archive else {}
    return root("rss", {**NAMESPACES, **further}, version="2.0")


def _describe_feed(channel: Element, paper: Paper, site: Site, page: FeedPage, title: str) -> None:
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
    for relation, path in (("self", page.path), *page.ways):
        address = site.address(path)
        child(channel, f"{{{ATOM}}}link", rel=relation, type="application/rss+xml", href=address)
    if page.is_archive:
        child(channel, f"{{{HISTORY}}}archive")


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


def _describe_to_podcasting(channel: Element, podcast: _Podcast, site: Site) -> None:
    paper = podcast.paper
    child(channel, f"{{{PODCAST}}}guid", str(podcast.identity))
    owner = {"owner": paper.email} if paper.email else {}
    child(channel, f"{{{PODCAST}}}locked", "yes" if paper.private else "no", **owner)
    if paper.private:
        child(channel, f"{{{PODCAST}}}block", "yes")
    child(channel, f"{{{PODCAST}}}medium", "podcast")
    if paper.timetable and podcast.part in WHOLE:
        # not every issue has every section
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


def _add_episode(item: Element, episode: PodcastEpisode, site: Site, *, numbered: bool) -> None:
    issue, sounds, stories, title = episode.issue, episode.sounds, episode.stories, episode.title
    sound = sounds[0]
    child(item, "title", title)
    place = f"#{STORY}{episode.number}" if episode.number else ""
    child(item, "link", site.address(f"{issue.folder}/{PAGE}") + place)
    child(item, "guid", episode.guid, isPermaLink="false")
    child(item, "pubDate", format_datetime(episode.published))
    summary = plain(stories[0].summary) if episode.number else ""
    child(item, "description", summary or notes_text(stories) or plain(title))
    child(item, f"{{{CONTENT}}}encoded", notes_html(stories, issue.language) or escape(title))
    address = site.address(f"{issue.folder}/{sound.name}")
    child(item, "enclosure", url=address, length=str(sound.size), type=sound.type)
    _add_for_apple(item, episode, site, numbered=numbered)
    for file in _companions(issue, sound):
        _add_companion(item, file, episode, site)
    for file in sounds[1:]:
        _add_alternative(item, file, issue, site)
    _add_chapters(item, stories)


def _add_for_apple(item: Element, episode: PodcastEpisode, site: Site, *, numbered: bool) -> None:
    issue, sound, number = episode.issue, episode.sounds[0], episode.number
    told = "; ".join(story.title for story in episode.stories) if sound.part else issue.summary
    if number:
        told = episode.stories[0].summary or episode.title
    summary = plain(told or issue.title)
    child(item, f"{{{ITUNES}}}subtitle", summary[:LONGEST_SUBTITLE])
    child(item, f"{{{ITUNES}}}summary", summary)
    child(item, f"{{{ITUNES}}}duration", str(max(1, round(sound.seconds or 0))))
    child(item, f"{{{ITUNES}}}episodeType", "full")
    if numbered:
        _add_numbers(item, issue, number)
    own = [file for file in issue.of(FileRole.PICTURE) if file.stem == sound.stem]
    for picture in (*own, *issue.of(FileRole.COVER))[:1]:
        child(item, f"{{{ITUNES}}}image", href=site.address(f"{issue.folder}/{picture.name}"))


def _add_numbers(item: Element, issue: Issue, article: int | None) -> None:
    """Numbers by the date, so that none changes when an issue is missing, or expires.

    An issue is the day of its year; of articles it is a season whose number is its date, as ``261125``.
    """
    day = issue.issued
    season, number = (f"{day:%y%m%d}", article) if article else (str(day.year), day.timetuple().tm_yday)
    child(item, f"{{{ITUNES}}}season", season.lstrip("0"))
    child(item, f"{{{ITUNES}}}episode", str(number))
    if article:
        child(item, f"{{{PODCAST}}}season", season.lstrip("0"), name=dateline(day, issue.language))
        child(item, f"{{{PODCAST}}}episode", str(number))


def _companions(issue: Issue, sound: IssueFile) -> Iterator[IssueFile]:
    """Chapters and transcripts that belong to the sound, by their names."""
    for file in issue.files:
        if file.role in {FileRole.CHAPTERS, FileRole.TRANSCRIPT} and file.stem == sound.stem:
            yield file


def _add_companion(item: Element, file: IssueFile, episode: PodcastEpisode, site: Site) -> None:
    address = site.address(f"{episode.issue.folder}/{file.name}")
    if file.role is FileRole.CHAPTERS:
        child(item, f"{{{PODCAST}}}chapters", url=address, type=file.type)
        return
    captions = {"rel": "captions"} if file.type in CAPTIONS else {}
    named = {"url": address, "type": file.type, "language": episode.language, **captions}
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
