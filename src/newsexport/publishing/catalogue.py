"""The catalogue of a library: which lists of issues there are, and where each of their pages lies.

A shelf has the issues of one paper, or of all, newest first; there is one for each section
too, to which facets lead. `opds1` and `opds2` write shelves in two formats.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from itertools import chain
from operator import attrgetter
from typing import TypeAlias
from urllib.parse import urlencode
from uuid import uuid5

from newsexport.artwork import LISTED
from newsexport.library.entries import Issues, Making, Recipe, stamped
from newsexport.library.index import folded
from newsexport.library.issue import ISSUES, FileRole, Issue, IssueFile, Paper
from newsexport.library.library import Holding
from newsexport.publishing.artwork import artwork_path
from newsexport.publishing.notes import shared_language
from newsexport.publishing.site import Site
from newsexport.publishing.xml import child, document, root
from newsexport.text.wording import CatalogueWords, wording

# Looking for issues in a catalogue: offered only where somebody answers, which a static host does not.
#
# Sources: OpenSearch 1.1 draft 6, OPDS Catalog 1.2, section 3, and OPDS 2.0, section 2.4, for `query`.

DESCRIPTION = "opensearch.xml"
DESCRIPTION_TYPE = "application/opensearchdescription+xml"

OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
RESULTS = "application/atom+xml;profile=opds-catalog;kind=acquisition"
# Of what is looked for, in characters; more are no question that anybody has, and time for each issue.
LONGEST = 200


def description(site: Site, language: str) -> bytes:
    """What an app must know to look for something here."""
    words = wording(language)
    told = root(f"{{{OPENSEARCH}}}OpenSearchDescription", {"": OPENSEARCH})
    child(told, f"{{{OPENSEARCH}}}ShortName", words.page.papers)
    child(told, f"{{{OPENSEARCH}}}Description", words.catalogue.description)
    child(told, f"{{{OPENSEARCH}}}InputEncoding", "UTF-8")
    template = f"{site.address(f'{SEARCH}.xml')}?{FIELD}={{searchTerms}}"
    child(told, f"{{{OPENSEARCH}}}Url", type=RESULTS, template=template)
    return document(told)


# What finds the newest issues that have every one of some folded words, at most so many.
Matching: TypeAlias = Callable[[Sequence[str], int], Sequence[Issue]]


def found(matching: Matching, holdings: Sequence[Holding], words: str) -> Shelf:
    """The newest issues that have every one of the words, in any order, accents or none."""
    sought = " ".join(words[:LONGEST].split())
    wanted = list(dict.fromkeys(folded(sought).split()))
    issues = matching(wanted, PER_PAGE) if wanted else ()
    language = shared_language(holding.paper for holding in holdings)
    return Shelf(None, "", (), Holding(Paper("", ""), issues).listed, 1, 1, len(issues), language, sought)


PER_PAGE = 50  # what an e-reader leafs through, and reads over a slow network

ACQUISITION = "http://opds-spec.org/acquisition/open-access"
IMAGE, THUMBNAIL = "http://opds-spec.org/image", "http://opds-spec.org/image/thumbnail"

# Where what is looked for is found, without a suffix.
SEARCH = "opds-search"
# The field of an address that has what is looked for.
FIELD = "query"

# What is told as the time of a change before there was any issue.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of a list of issues; `page` counts from 1, the newest. Without a paper it has issues of all.

    What changes with every issue is told on the first page alone: how many there are, and the `sections`.
    `language` is that of the paper, or of all. `sought` is what was looked for, where the
    list is what was found.
    """

    paper: Paper | None
    section: str
    sections: tuple[str, ...]
    issues: Issues
    page: int
    pages: int
    total: int
    language: str
    sought: str | None = None

    @property
    def words(self) -> CatalogueWords:
        """What the catalogue says on this page."""
        return wording(self.language).catalogue

    @property
    def title(self) -> str:
        """What it is called."""
        if self.sought is not None:
            return self.sought or self.words.search
        name = self.paper.title if self.paper else self.words.latest
        return f"{name}: {self.section}" if self.section else name

    @property
    def id(self) -> str:
        """The same for all pages, and on any host."""
        identity = self.paper.identity if self.paper else ISSUES
        section = section_key(self.section) if self.section else ""
        if self.sought is not None:
            section = f"search {section_key(self.sought)}"
        return f"urn:uuid:{uuid5(identity, f'catalogue {section}')}"

    @property
    def depends(self) -> tuple[object, ...]:
        """All that a document of it is made of but for its paper, for its stamp."""
        first = (self.sections, self.total, self.pages) if self.page == 1 else ()
        place = self.pages - self.page, min(self.page, 3), self.pages > 1  # all that its ways are made of
        return (self.section, self.language, place, first, self.issues.stamp)

    @property
    def updated(self) -> datetime:
        """When one of its issues last changed."""
        return max((entry.changed for entry in self.issues.entries), default=NEVER)

    @property
    def ways(self) -> Mapping[str, int]:
        """The pages to which one leafs from this one, by how they are related to it (RFC 5005, section 3)."""
        ways = {"first": 1, "previous": self.page - 1, "next": self.page + 1, "last": self.pages}
        there = range(1, self.pages + 1) if self.pages > 1 else ()
        return {relation: page for relation, page in ways.items() if page in there}

    def path(self, suffix: str, page: int | None = None) -> str:
        """Where a page of it lies, this one if none is named, relative to the root of the library."""
        key, page = self.paper.key if self.paper else "", page or self.page
        return shelf_path(key, suffix, self.section, self.pages + 1 - page if page > 1 else 0)

    def address(self, suffix: str, site: Site) -> str:
        """Where this page of it is to be had on a site."""
        if self.sought is not None:
            return f"{site.address(SEARCH + suffix)}?{urlencode({FIELD: self.sought}, errors='replace')}"
        return site.address(self.path(suffix))


def shelf_path(key: str, suffix: str, section: str = "", place: int = 0) -> str:
    """``morning/opds-3fa9c1d0-2.xml``: of the paper of that key, the section, the page.

    The newest page bears no number, the oldest is 1: what is full stays what it is.
    """
    name = f"{key}/opds" if key else "opds-latest"
    return f"{name}{f'-{section_key(section)}' if section else ''}{f'-{place}' if place else ''}{suffix}"


@cache
def section_key(section: str) -> str:
    """Eight digits that stand for a section in names of files, whatever its script."""
    return hashlib.sha256(section.encode("utf-8", "replace")).hexdigest()[:8]


def root_id() -> str:
    """The identity of the catalogue's first page."""
    return f"urn:uuid:{uuid5(ISSUES, 'catalogue')}"


def catalogue(
    holdings: Sequence[Holding],
    suffix: str,
    write: Callable[[Shelf], bytes],
    write_root: Callable[[], bytes],
    lists: Iterable[tuple[Shelf, str]],
) -> Making:
    """Every document of a catalogue, its root last, which of one paper is the list of its issues."""
    papers = [holding.paper for holding in holdings]
    first = stamped(suffix, papers)
    later = {paper.key: stamped(suffix, paper, len(papers) == 1) for paper in papers}
    made, firsts = {}, []
    for shelf, stamp in lists:
        of = later[shelf.paper.key] if shelf.paper and shelf.page > 1 else first
        made[shelf.path(suffix)] = Recipe(f"{of}{stamp}", partial(write, shelf))
        firsts += [shelf] if shelf.page == 1 and not shelf.section else []
    told = [(shelf.updated, len(shelf.issues) > 0) for shelf in firsts]
    path, root = f"opds{suffix}", Recipe(stamped(suffix, papers, told), write_root)
    if len(papers) == 1:
        own = made[shelf_path(papers[0].key, suffix)]
        root = made[shelf_path(papers[0].key, suffix)] = Recipe(own.stamp, cache(own.make))
    return Making({**made, path: root})


def shelves(holdings: Sequence[Holding]) -> Iterator[tuple[Shelf, str]]:
    """Every page of every list, and its stamp.

    First the latest of all papers, then paper by paper, each with its sections.
    """
    for shelf in _shelves(holdings):
        yield shelf, stamped(shelf.paper and shelf.paper.key, shelf.depends)


def _shelves(holdings: Sequence[Holding]) -> Iterator[Shelf]:
    yield latest(holdings)
    for holding in holdings:
        issues = holding.listed.having(attrgetter("has.offered"))
        inside = issues.by(attrgetter("has.sections"))
        sections = tuple(inside)
        yield from _pages(holding.paper, "", sections, issues)
        for section in sections:
            yield from _pages(holding.paper, section, sections, inside[section])


def first_shelf(holding: Holding) -> Shelf:
    """The newest issues of a paper."""
    issues = holding.listed.having(attrgetter("has.offered"))
    return next(_pages(holding.paper, "", sections_of(issues), issues))


def latest(holdings: Sequence[Holding]) -> Shelf:
    """The newest issues of all papers."""
    held = {holding.paper.key: holding.listed for holding in holdings}
    offered = [entry for issues in held.values() for entry in issues.entries if entry.has.offered]
    oldest = min(heapq.nlargest(PER_PAGE, (entry.age for entry in offered)), default=0.0)
    near = [entry for entry in offered if entry.age >= oldest]
    newest = heapq.nlargest(PER_PAGE, near, key=attrgetter("age", "id"))
    issues = Issues(tuple(newest), lambda entry: held[entry.paper].load(entry))
    total = min(PER_PAGE, sum(map(len, held.values())))
    language = shared_language(holding.paper for holding in holdings)
    return Shelf(None, "", (), issues, 1, 1, total, language)


def _pages(paper: Paper, section: str, sections: tuple[str, ...], issues: Issues) -> Iterator[Shelf]:
    """Pages of a list, each of which is full but the first, so that a new issue changes that alone."""
    count = max(1, len(issues) // PER_PAGE)
    first = len(issues) - PER_PAGE * (count - 1)
    begins = [0, *range(first, len(issues), PER_PAGE)]
    for number, (begin, end) in enumerate(zip(begins, [*begins[1:], len(issues)], strict=True), 1):
        yield Shelf(paper, section, sections, issues[begin:end], number, count, len(issues), paper.language)


def sections_of(issues: Issues) -> tuple[str, ...]:
    """The names of all sections, those of the newest issue first."""
    several = dict.fromkeys(entry.has.sections for entry in issues.entries)
    return tuple(dict.fromkeys(chain.from_iterable(several)))


def cover_and_thumbnail(issue: Issue, paper: Paper) -> tuple[tuple[str, str], tuple[str, str]]:
    """Path and media type of both: of the issue, or else the paper's artwork.

    The thumbnail is small, whatever was published before there were thumbnails.
    """
    _, heaviest = LISTED
    covers = issue.of(FileRole.COVER)
    small = [file for file in (*issue.of(FileRole.THUMBNAIL), *covers) if file.size <= heaviest]
    artwork = ((artwork_path(paper, side), "image/jpeg") for side in (1400, 300))
    own = ([(f"{issue.folder}/{file.name}", file.type) for file in files[:1]] for files in (covers, small))
    cover, thumbnail = (next(iter(files), drawn) for files, drawn in zip(own, artwork, strict=True))
    return cover, thumbnail


def called(file: IssueFile) -> str:
    """What tells one file of an issue from another: ``EPUB``, ``KEPUB``, ``EPUB + MP3``, ``MP3``."""
    doubles = {".kepub.epub": "KEPUB", ".readaloud.epub": "EPUB + MP3"}
    name = file.name.lower()
    return next((doubles[end] for end in doubles if name.endswith(end)), name.rpartition(".")[2].upper())
