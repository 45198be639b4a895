"""Everything that is made of manifests: feeds, catalogues, artwork, and pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path

from newsexport import assets
from newsexport.library.entries import Making, Recipe, stamped
from newsexport.library.index import Read
from newsexport.library.issue import FeedContents, Issue, Paper
from newsexport.library.library import Documents, Holding
from newsexport.publishing.artwork import artwork
from newsexport.publishing.catalogue import DESCRIPTION, description, sections_of, shelves
from newsexport.publishing.feed import article_podcasts, book_feeds, podcasts
from newsexport.publishing.notes import shared_language
from newsexport.publishing.opds1 import opds1
from newsexport.publishing.opds2 import opds2
from newsexport.publishing.site import Site


@dataclass(frozen=True, slots=True)
class Publications:
    """What a library on a site shows. `pages` come from elsewhere.

    `planned` are papers by their keys: what they say of podcasts holds, whatever the library remembers.
    It is `searchable` where somebody answers who looks for something in the catalogue.
    """

    site: Site
    planned: Mapping[str, Paper] = field(default_factory=dict)
    pages: Documents | None = None
    searchable: bool = False

    def of_issue(self, paper: Paper, issue: Issue, read: Read) -> Mapping[str, bytes]:
        """The page of an issue."""
        return self.pages.of_issue(paper, issue, read) if self.pages else {}

    def of_library(self, holdings: Sequence[Holding]) -> Making:
        """Artwork first, as the rest names it; then feeds, catalogues and pages."""
        drawn = Making({})
        for holding in holdings:
            drawn |= artwork(holding.paper)
        return drawn | self.addressed(holdings).stamped_with(stamped(self.site.base))

    def addressed(self, holdings: Sequence[Holding]) -> Making:
        """What bears addresses of this site: feeds, catalogues and pages."""
        made = Making({})
        for holding in holdings:
            for feed in self._feeds(holding):
                made |= feed
        lists = list(shelves(holdings))
        made |= opds1(holdings, self.site, searchable=self.searchable, lists=lists)
        made |= opds2(holdings, self.site, searchable=self.searchable, lists=lists)
        if self.searchable:
            language = shared_language(holding.paper for holding in holdings)
            described = Recipe(stamped(language), partial(description, self.site, language))
            made |= Making({DESCRIPTION: described})
        if self.pages:
            made |= _as_making(self.pages.of_library(holdings))
        return made.stamped_with(stamped(ours(), self.searchable))

    def _as_planned(self, paper: Paper) -> Paper:
        wanted = self.planned.get(paper.key, paper)
        return replace(
            paper,
            numbered=wanted.numbered,
            feed=wanted.feed,
            section_feeds=wanted.section_feeds,
            timetable=wanted.timetable,
        )

    def _feeds(self, holding: Holding) -> Iterator[Making]:
        paper, issues = self._as_planned(holding.paper), holding.listed
        yield podcasts(paper, issues, self.site)
        for section in sections_of(issues) if paper.section_feeds else ():
            if any(section in entry.has.parts for entry in issues.entries):
                yield podcasts(paper, issues, self.site, section)
        if paper.feed is not FeedContents.ISSUES:
            yield article_podcasts(paper, issues, self.site)
        if any(entry.has.book for entry in issues.entries):
            yield book_feeds(paper, issues, self.site)


def _as_making(made: Mapping[str, bytes]) -> Making:
    if isinstance(made, Making):
        return made
    return Making({path: Recipe(stamped(data), partial(bytes, data)) for path, data in made.items()})


@cache
def ours() -> str:
    """A short name for all that documents are made with besides what they are made of."""
    web = sorted(assets.folder().joinpath("web").iterdir(), key=lambda file: file.name)
    shipped = [file.read_bytes() for file in web if file.is_file()]
    written = [file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py"))]
    languages = sorted(assets.folder().joinpath("languages").iterdir(), key=lambda file: file.name)
    spoken = [file.read_bytes() for file in languages]
    return stamped(shipped, written, spoken)
