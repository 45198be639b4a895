"""The catalogue of a library: which lists of issues there are, and where each of their pages lies.

A shelf has the issues of one paper, or of all, newest first; there is one for each section
too, to which facets lead. `opds1` and `opds2` write shelves in two formats.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from urllib.parse import urlencode
from uuid import uuid5

from newsexport.artwork.cover import LISTED
from newsexport.library.issue import ISSUES, FileRole, Issue, IssueFile, Paper, offered
from newsexport.library.library import Holding
from newsexport.publishing.artwork import artwork_path
from newsexport.publishing.notes import dated_title, shared_language
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

ACCENTS = re.compile("[\u0300-\u036f]+")


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


@dataclass(frozen=True, slots=True)
class Index:
    """The issues that are offered, newest first, each with its text as it is looked through."""

    issues: Sequence[tuple[Issue, str]]
    language: str


def indexed(holdings: Sequence[Holding]) -> Index:
    """What is looked through, from all papers. It takes as long as many searches in it do."""
    issues = [issue for holding in holdings for issue in holding.issues if offered(issue)]
    newest = sorted(issues, key=lambda issue: (issue.published, issue.id), reverse=True)
    texts = [(issue, _folded("\n".join(_texts(issue)))) for issue in newest]
    return Index(texts, shared_language(holding.paper for holding in holdings))


def found(index: Index, words: str) -> Shelf:
    """The newest issues that have every one of the words, in any order, accents or none."""
    sought = " ".join(words[:LONGEST].split())
    wanted = set(_folded(sought).split())
    having = (issue for issue, text in index.issues if wanted and all(word in text for word in wanted))
    newest = tuple(islice(having, PER_PAGE))
    return Shelf(None, "", (), newest, 1, 1, len(newest), index.language, sought)


def _texts(issue: Issue) -> Iterator[str]:
    yield dated_title(issue)
    yield issue.issued.isoformat()
    yield issue.summary
    for story in issue.stories:
        yield from (story.title, story.section, story.summary)


def _folded(text: str) -> str:
    return ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))


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
    """One page of a list of issues; `page` counts from 1. Without a paper it has issues of all.

    `language` is that of the paper, or of all. `sought` is what was looked for, where the
    list is what was found.
    """

    paper: Paper | None
    section: str
    sections: tuple[str, ...]
    issues: tuple[Issue, ...]
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
    def updated(self) -> datetime:
        """When one of its issues last changed."""
        return max((issue.changed for issue in self.issues), default=NEVER)

    @property
    def ways(self) -> Mapping[str, int]:
        """The pages to which one leafs from this one, by how they are related to it (RFC 5005, section 3)."""
        ways = {"first": 1, "previous": self.page - 1, "next": self.page + 1, "last": self.pages}
        there = range(1, self.pages + 1) if self.pages > 1 else ()
        return {relation: page for relation, page in ways.items() if page in there}

    def path(self, suffix: str, page: int | None = None) -> str:
        """Where a page of it lies, this one if none is named, relative to the root of the library."""
        key = self.paper.key if self.paper else ""
        return shelf_path(key, suffix, self.section, page or self.page)

    def address(self, suffix: str, site: Site) -> str:
        """Where this page of it is to be had on a site."""
        if self.sought is not None:
            return f"{site.address(SEARCH + suffix)}?{urlencode({FIELD: self.sought}, errors='replace')}"
        return site.address(self.path(suffix))


def shelf_path(key: str, suffix: str, section: str = "", page: int = 1) -> str:
    """``morning/opds-3fa9c1d0-2.xml``: of the paper of that key, the section, the page."""
    name = f"{key}/opds" if key else "opds-latest"
    return f"{name}{f'-{section_key(section)}' if section else ''}{f'-{page}' if page > 1 else ''}{suffix}"


def section_key(section: str) -> str:
    """Eight digits that stand for a section in names of files, whatever its script."""
    return hashlib.sha256(section.encode("utf-8", "replace")).hexdigest()[:8]


def root_id() -> str:
    """The identity of the catalogue's first page."""
    return f"urn:uuid:{uuid5(ISSUES, 'catalogue')}"


def shelves(holdings: Sequence[Holding]) -> Iterator[Shelf]:
    """Every page of every list: the latest of all papers, then paper by paper, each with its sections."""
    latest = sorted(
        (issue for holding in holdings for issue in holding.issues),
        key=lambda issue: (issue.published, issue.id),
        reverse=True,
    )
    language = shared_language(holding.paper for holding in holdings)
    newest = tuple(filter(offered, latest))[:PER_PAGE]
    yield Shelf(None, "", (), newest, 1, 1, min(PER_PAGE, len(latest)), language)
    for holding in holdings:
        issues = tuple(filter(offered, holding.issues))
        sections = sections_of(issues)
        yield from _pages(holding.paper, "", sections, issues)
        for section in sections:
            yield from _pages(holding.paper, section, sections, tuple(_with(section, issues)))


def _pages(
    paper: Paper, section: str, sections: tuple[str, ...], issues: tuple[Issue, ...]
) -> Iterator[Shelf]:
    pages = list(_batched(issues)) or [()]
    for number, page in enumerate(pages, 1):
        yield Shelf(paper, section, sections, page, number, len(pages), len(issues), paper.language)


def _batched(issues: tuple[Issue, ...]) -> Iterator[tuple[Issue, ...]]:
    for first in range(0, len(issues), PER_PAGE):
        yield issues[first : first + PER_PAGE]


def sections_of(issues: Sequence[Issue]) -> tuple[str, ...]:
    """The names of all sections, those of the newest issue first."""
    names = (story.section for issue in issues for story in issue.stories)
    return tuple(dict.fromkeys(filter(None, names)))


def _with(section: str, issues: Sequence[Issue]) -> Iterator[Issue]:
    for issue in issues:
        if any(story.section == section for story in issue.stories):
            yield issue


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
