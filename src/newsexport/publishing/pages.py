"""The web pages of a library: a list of its issues, and a page to read and listen to each.

They work without scripts, ask nobody else for anything, and are functions of their values.
With scripts the text follows the sound, and a sentence that is chosen moves it. What they say
themselves they say in the language of the paper, as far as we speak it, and else in English.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import groupby

from jinja2 import DictLoader, Environment, StrictUndefined

from newsexport import assets as resources
from newsexport.artwork import COVER, LISTED
from newsexport.errors import ExportError, NewsExportError
from newsexport.interchange import from_json
from newsexport.library.entries import IssueEntry, Issues, Making, Recipe, stamped
from newsexport.library.index import Read
from newsexport.library.issue import (
    PAGE,
    FileRole,
    Issue,
    IssueArticle,
    IssueFile,
    Paper,
    Track,
    parts_of,
    tracks_of,
)
from newsexport.library.library import Holding
from newsexport.model import Edition
from newsexport.publishing.notes import ENGLISH, dated_title, shared_language
from newsexport.publishing.read_along import Said, ShownArticle, said, spoken, told
from newsexport.publishing.site import Site
from newsexport.publishing.ways import WayIn, books_in, has_books, listening, reading
from newsexport.text.dates import dateline, full_dateline
from newsexport.text.languages import language_tag
from newsexport.text.quotation_marks import curled
from newsexport.text.wording import Wording, direction, wording
from newsexport.work.containment import contained

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)

# What pages share: the name of the part of a page to the file that it is.
TEMPLATES = ("head.html", "index.html", "issue.html", "listen.html", "shelf.html", "year.html")
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


@dataclass(frozen=True, slots=True)
class PaperFront:
    """A paper on the first page of its library: its newest issue, the covers of some older ones, and years.

    `picture` is that of the first story, or the cover; `sections` are the others with their numbers.
    """

    paper: Paper
    newest: Issue | None
    picture: IssueFile | None
    sections: Sequence[tuple[str, Sequence[tuple[int, IssueArticle]]]]
    shelf: Sequence[IssueEntry]
    years: Sequence[int]

    @property
    def lead(self) -> IssueArticle | None:
        """The first story of the newest issue."""
        return next(iter(self.newest.stories), None) if self.newest else None

    @property
    def seconds(self) -> float:
        """How long the newest issue is heard."""
        return sum(track.file.seconds or 0 for track in tracks_of(self.newest)) if self.newest else 0

    def has(self, role: str) -> bool:
        """Whether there is a file of this kind in the newest issue, or in one on the shelf."""
        of_newest = self.newest.of(FileRole(role)) if self.newest else ()
        return bool(of_newest) or any(role in entry.has.roles for entry in self.shelf)


# Covers of older issues on the first page; the others stand on pages of their years.
SHELF = 24
# Stories that a section has on the first page.
HEADLINES = 6


def front(holding: Holding) -> PaperFront:
    """What the first page shows of a paper."""
    issues = holding.listed
    newest = issues[0] if issues else None
    pictures = (*newest.of(FileRole.LEAD), *newest.of(FileRole.COVER)) if newest else ()
    numbered = list(enumerate(newest.stories, 1))[1:] if newest else []
    grouped = [(name, list(run)) for name, run in groupby(numbered, key=lambda one: one[1].section)]
    return PaperFront(
        holding.paper,
        newest,
        next(iter(pictures), None),
        [(name, run[:HEADLINES]) for name, run in grouped],
        issues.entries[1 : SHELF + 1],
        years_of(issues),
    )


def years_of(issues: Issues) -> list[int]:
    """The years that have a page, the newest first: none where the first page shows every issue."""
    years = {entry.year for entry in issues.entries} if len(issues) > SHELF + 1 else ()
    return sorted(years, reverse=True)


def index(holdings: Sequence[Holding], site: Site) -> bytes:
    """The first page of a library: the newest issue of each paper, and the way to the others; as UTF-8.

    What came out last is on top; papers of one day are in the order of their titles.
    """
    papers = [holding.paper for holding in holdings]
    fronts = sorted(map(front, holdings), key=lambda one: one.paper.title.casefold())
    fronts.sort(key=lambda one: one.newest.issued.toordinal() if one.newest else 0, reverse=True)
    told = papers[0].description if len(papers) == 1 else ""
    description = told or ", ".join(front.paper.title for front in fronts)
    return _page("index.html", site, shared_language(papers), fronts=fronts, description=description)


def year_page(paper: Paper, year: int, issues: Issues, site: Site) -> bytes:
    """The issues of a paper in a year, newest first."""
    shelf = sorted(issues.entries, key=_age, reverse=True)
    language = language_tag(paper.language, ENGLISH)
    description = f"{paper.title}, {year}"
    return _page("year.html", site, language, paper=paper, year=year, shelf=shelf, description=description)


def ways_page(paper: Paper, heading: str, ways: Iterable[WayIn], site: Site) -> bytes:
    """The page that says how a paper is listened to, or read."""
    language = language_tag(paper.language, ENGLISH)
    values = {"heading": heading, "blocks": list(ways), "description": f"{heading}: {paper.title}"}
    return _page("listen.html", site, language, paper=paper, **values)


def issue_page(paper: Paper, one: Issue, site: Site, contents: IssueText | None = None) -> bytes:
    """The page of one issue: its sound, its contents with times, its text, its files; as UTF-8."""
    contents = contents or IssueText()
    tracks = tracks_of(one)
    files = {file.stem: site.address(f"{one.folder}/{file.name}") for file in one.of(FileRole.ILLUSTRATION)}
    stories = list(told(contents.edition, contents.sentences, files)) if contents.edition else []
    language = language_tag(one.language, language_tag(paper.language, ENGLISH))
    values = {
        "tracks": tracks,
        "heard": round(sum(track.file.seconds or 0 for track in tracks)),
        "track_at": partial(_track_at, tracks),
        "covers": one.of(FileRole.COVER)[:1],
        "thumbnails": one.of(FileRole.THUMBNAIL)[:1],
        "cover_sides": (LISTED[0], COVER),
        "description": one.summary or dated_title(one),
        "listed": _listed(one, stories, language),
        "stories": stories,
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
        listed.append(Listed(curled(story.title, own), section, place, start, own))
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


def _age(one: IssueEntry) -> tuple[str, str]:
    return one.folder, one.id


def _track_at(tracks: Sequence[Track], start: float) -> Track:
    """The track in which a second of the whole is heard."""
    return [track for track in tracks if track.begin <= start or track is tracks[0]][-1]


def clock(seconds: float) -> str:
    """A time in the sound as people write it: ``1:02:03``, ``4:05``."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def duration(seconds: float, words: Wording) -> str:
    """How long a sound is, in hours and minutes."""
    return words.duration(max(1, round(seconds / 60)))


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
        curled=curled,
        spoken=spoken,
        tag=language_tag,
        direction=direction,
        clock=clock,
        duration=duration,
        wording=wording,
        dateline=dateline,
        full_dateline=full_dateline,
        dated_title=dated_title,
        page=PAGE,
        **shared,
        **values,
    )  # fmt: skip
    return written.encode("utf-8", "replace")


@cache
def _environment() -> Environment:
    shipped = {name: resources.read(f"web/{name}").decode() for name in TEMPLATES}
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

    def of_library(self, holdings: Sequence[Holding]) -> Making:
        """The first page, what leads from it, and what all pages share."""
        years = {holding.paper.key: years_of(holding.listed) for holding in holdings}
        fronts = {
            f"{one.paper.key}/index.html": Recipe(
                stamped(one.paper, one.listed[: SHELF + 1].stamp, years[one.paper.key]),
                cache(partial(index, [one], self.site)),
            )
            for one in holdings
        }
        stamps = stamped([front.stamp for front in fronts.values()])
        first = Recipe(stamps, partial(index, holdings, self.site))
        made = {"index.html": first, **fronts}
        if len(holdings) == 1:
            (made["index.html"],) = fronts.values()
        made |= {path: Recipe(stamped(path), partial(bytes, data)) for path, data in assets().items()}
        for holding in holdings:
            made |= self._of_paper(holding.paper, holding.listed, years[holding.paper.key])
        return Making(made)

    def _of_paper(self, paper: Paper, issues: Issues, years: Sequence[int]) -> Iterator[tuple[str, Recipe]]:
        listen = stamped("listen", paper)
        read = stamped(
            "read", paper, [path for path, _ in books_in(issues.entries)], has_books(issues.entries)
        )
        yield f"{paper.key}/listen.html", Recipe(listen, partial(self._listen, paper))
        if any(entry.has.books for entry in issues.entries):
            yield f"{paper.key}/read.html", Recipe(read, partial(self._read, paper, issues))
        of_year = issues.by(lambda entry: (entry.year,)) if years else {}
        for year in years:
            inside = of_year[year]
            make = partial(year_page, paper, year, inside, self.site)
            yield f"{paper.key}/{year}.html", Recipe(stamped(paper, year, inside.stamp), make)

    def _listen(self, paper: Paper) -> bytes:
        words = wording(paper.language)
        return ways_page(paper, words.page.listen, listening(paper, self.site, words), self.site)

    def _read(self, paper: Paper, issues: Issues) -> bytes:
        words = wording(paper.language)
        return ways_page(paper, words.page.read, reading(paper, issues, self.site, words), self.site)


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
