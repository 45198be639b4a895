"""The web pages of a library: a list of its issues, and a page to read and listen to each.

They work without scripts, ask nobody else for anything, and are functions of their values.
With scripts the text follows the sound, and a sentence that is chosen moves it. What they say
themselves they say in the language of the paper, as far as we speak it, and else in English.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from urllib.parse import quote

from jinja2 import DictLoader, Environment, StrictUndefined

from newsexport import assets as resources
from newsexport.errors import ExportError, NewsExportError
from newsexport.interchange import from_json
from newsexport.library.issue import PAGE, FileRole, Issue, IssueFile, Paper, Track, parts_of, tracks_of
from newsexport.library.library import Holding, Read
from newsexport.model import Edition
from newsexport.publishing.notes import ENGLISH, dated_title, shared_language
from newsexport.publishing.read_along import Said, ShownArticle, said, spoken, told
from newsexport.publishing.site import Site
from newsexport.text.dates import dateline
from newsexport.text.languages import language_tag
from newsexport.text.wording import direction, wording
from newsexport.work.containment import contained

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)

# What pages share: the name of the part of a page to the file that it is.
SHARED = {"style": "page.css", "script": "page.js"}


@dataclass(frozen=True, slots=True)
class IssueText:
    """What an issue says: its edition, and when each sentence of it is heard."""

    edition: Edition | None = None
    sentences: Sequence[Said] = ()


def assets() -> Mapping[str, bytes]:
    """What all pages share, by its path relative to the root of the library."""
    return {_named(file): resources.read(f"web/{file}") for file in SHARED.values()}


@cache
def _named(file: str) -> str:
    stem, _, suffix = file.rpartition(".")
    digest = hashlib.sha256(resources.read(f"web/{file}")).hexdigest()
    return f"_/{stem}.{digest[:8]}.{suffix}"


def index(papers: Sequence[Paper], issues: Sequence[Issue], site: Site) -> bytes:
    """The page that lists the issues of papers, newest first, as UTF-8."""
    lists = [
        (paper, sorted((i for i in issues if i.paper == paper.key), key=_age, reverse=True))
        for paper in papers
    ]
    return _page("index.html", site, shared_language(papers), lists=lists)


def issue_page(paper: Paper, one: Issue, site: Site, contents: IssueText | None = None) -> bytes:
    """The page of one issue: its sound, its contents with times, its text, its files; as UTF-8."""
    contents = contents or IssueText()
    tracks = tracks_of(one)
    stories = list(told(contents.edition, contents.sentences)) if contents.edition else []
    language = language_tag(one.language, language_tag(paper.language, ENGLISH))
    values = {
        "tracks": tracks,
        "track_at": partial(_track_at, tracks),
        "covers": one.of(FileRole.COVER)[:1],
        "listed": _listed(one, stories, language),
        "stories": stories,
        "links": subscriptions(site.address(f"{paper.key}/feed.xml"), private=paper.private),
    }
    return _page("issue.html", site, language, paper=paper, issue=one, **values)


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the contents: a story, its place on the page if it is told there, when it is heard."""

    title: str
    section: str
    place: str
    start: float | None
    language: str


def _listed(one: Issue, stories: Sequence[ShownArticle], language: str) -> list[Listed]:
    """The contents from the manifest; a section is named at its first story.

    `language` is that of the issue, of which the manifest tells no exceptions.
    """
    there = stories if len(stories) == len(one.stories) else []
    listed = []
    before = ""
    begins = _begins(one)
    for number, story in enumerate(one.stories):
        place, own = (there[number].place, there[number].language) if there else ("", language)
        section = story.section if story.section != before else ""
        heard = there[number].start if there else None
        start = next((at for at in (story.start, heard, begins.get(number)) if at is not None), None)
        listed.append(Listed(story.title, section, place, start, own))
        before = story.section
    return listed


def _begins(one: Issue) -> dict[int, float]:
    """Where the parts begin of a sound in parts, by the number of the first story told in each."""
    begins: dict[int, float] = {}
    for part, track in zip(parts_of(one), tracks_of(one), strict=False):
        first = next(
            (
                number
                for number, story in enumerate(one.stories)
                if story in part.stories[:1] and number not in begins
            ),
            None,
        )
        if first is not None:
            begins[first] = track.begin
    return begins


def subscriptions(feed: str, *, private: bool = False) -> tuple[tuple[str, str], ...]:
    """How apps subscribe to a feed at an ``http`` or ``https`` address: the app's name, the link.

    A link that leads over somebody's server is not offered for a private feed, whose address
    is its secret.
    """
    bare, quoted = feed.partition("://")[2], quote(feed, safe="")
    own = (
        ("Podcasts", f"podcast://{bare}"),
        ("pcast", f"pcast://{bare}"),
        ("Overcast", f"overcast://x-callback-url/add?url={quoted}"),
        ("Pocket Casts", f"pktc://subscribe/{bare}"),
    )
    away = () if private else (("AntennaPod", f"https://antennapod.org/deeplink/subscribe?url={quoted}"),)
    return (*own, *away, ("RSS", feed))


def _age(one: Issue) -> tuple[str, str]:
    return one.issued.isoformat(), one.id


def _track_at(tracks: Sequence[Track], start: float) -> Track:
    """The track in which a second of the whole is heard."""
    return [track for track in tracks if track.begin <= start or track is tracks[0]][-1]


def clock(seconds: float) -> str:
    """A time in the sound as people write it: ``1:02:03``, ``4:05``."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _page(name: str, site: Site, language: str, **values: object) -> bytes:
    """A page in a language, with what it says itself in that or in English."""
    words = wording(language)
    shared = {part: site.address(_named(file)) for part, file in SHARED.items()}
    written = _environment().get_template(name).render(
        site=site,
        policy=POLICY,
        language=language,
        words=words,
        labels=words.page,
        spoken=spoken,
        tag=language_tag,
        direction=direction,
        clock=clock,
        dateline=dateline,
        dated_title=dated_title,
        page=PAGE,
        **shared,
        **values,
    )  # fmt: skip
    return written.encode("utf-8", "replace")


@cache
def _environment() -> Environment:
    names = ("index.html", "issue.html")
    shipped = {name: resources.read(f"web/{name}").decode() for name in names}
    return Environment(
        loader=DictLoader(shipped),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


# All pages of a library, as those who publish or serve it ask for them.

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages for one site, by their paths relative to the root of the library."""

    site: Site

    def of_issue(self, paper: Paper, issue: Issue, read: Read) -> Mapping[str, bytes]:
        """The page to read and listen to an issue, after what it is shown with."""
        try:
            with contained(ExportError, OSError):
                page = issue_page(paper, issue, self.site, _contents(issue, read))
        except ExportError:  # what its files say cannot be shown
            page = issue_page(paper, issue, self.site, IssueText())
        return {**assets(), f"{issue.folder}/{PAGE}": page}

    def of_library(self, holdings: Sequence[Holding]) -> Mapping[str, bytes]:
        """The list of all issues, and what the pages share."""
        papers = [holding.paper for holding in holdings]
        issues = [issue for holding in holdings for issue in holding.issues]
        return {"index.html": index(papers, issues, self.site), **assets()}


def _contents(issue: Issue, read: Read) -> IssueText:
    """What the files of an issue say; a page without text is better than none."""
    for file in issue.of(FileRole.EDITION):
        try:
            edition = from_json(read(f"{issue.folder}/{file.name}"))
        except NewsExportError:
            continue
        return IssueText(edition, _sentences(issue, read))
    return IssueText()


def _sentences(issue: Issue, read: Read) -> list[Said]:
    """What is said in all that is played, with the seconds since the first of it began."""
    tracks = tracks_of(issue)
    return [
        replace(one, start=one.start + track.begin, end=one.end + track.begin)
        for track in tracks
        for one in _sentences_of(track, issue, read)
    ]


def _sentences_of(track: Track, issue: Issue, read: Read) -> list[Said]:
    for file in filter(_is_json, issue.of(FileRole.TRANSCRIPT)):
        if (track.file.part or file.article) and file.stem != track.file.stem:
            continue
        try:
            return said(read(f"{issue.folder}/{file.name}"))
        except NewsExportError:
            continue
    return []


def _is_json(file: IssueFile) -> bool:
    return file.type == JSON
