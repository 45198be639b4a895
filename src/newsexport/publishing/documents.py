"""Everything that is made of manifests: feeds, catalogues, artwork, and pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from newsexport.library.issue import FeedContents, Issue, Paper
from newsexport.library.library import Documents, Holding, Read
from newsexport.publishing.artwork import artwork
from newsexport.publishing.catalogue import DESCRIPTION, description, sections_of
from newsexport.publishing.episodes import episodes_of
from newsexport.publishing.feed import (
    article_podcast,
    articles_path,
    book_feed,
    book_of,
    books_path,
    feed_path,
    podcast,
)
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

    def of_library(self, holdings: Sequence[Holding]) -> Mapping[str, bytes]:
        """Artwork first, as the rest names it; then feeds, catalogues and the index."""
        drawn = (artwork(holding.paper) for holding in holdings)
        return {path: data for each in drawn for path, data in each.items()} | self.addressed(holdings)

    def addressed(self, holdings: Sequence[Holding]) -> dict[str, bytes]:
        """What bears addresses of this site: feeds, catalogues and the index."""
        made: dict[str, bytes] = {}
        for holding in holdings:
            made |= dict(self._feeds(holding))
        made |= opds1(holdings, self.site, searchable=self.searchable)
        made |= opds2(holdings, self.site, searchable=self.searchable)
        if self.searchable:
            made[DESCRIPTION] = description(self.site, shared_language(holding.paper for holding in holdings))
        return made | dict(self.pages.of_library(holdings) if self.pages else {})

    def _as_planned(self, paper: Paper) -> Paper:
        wanted = self.planned.get(paper.key, paper)
        return replace(
            paper,
            numbered=wanted.numbered,
            feed=wanted.feed,
            section_feeds=wanted.section_feeds,
            timetable=wanted.timetable,
        )

    def _feeds(self, holding: Holding) -> Iterator[tuple[str, bytes]]:
        paper, issues = self._as_planned(holding.paper), holding.issues
        for section in ("", *(sections_of(issues) if paper.section_feeds else ())):
            if not section or any(episodes_of(issue, section) for issue in issues):
                yield feed_path(paper, section), podcast(paper, issues, self.site, section)
        if paper.feed is not FeedContents.ISSUES:
            yield articles_path(paper), article_podcast(paper, issues, self.site)
        if any(map(book_of, issues)):
            yield books_path(paper), book_feed(paper, issues, self.site)
