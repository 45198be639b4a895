"""Everything that is made of manifests: feeds, catalogues, artwork, and pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from newsexport.library.issue import Issue, Paper
from newsexport.library.library import Documents, Holding, Read
from newsexport.library.timetable import Timetable
from newsexport.publishing.artwork import artwork
from newsexport.publishing.catalogue import DESCRIPTION, description, sections_of
from newsexport.publishing.feed import PodcastFeed, feed_path, has_sound, podcast
from newsexport.publishing.notes import shared_language
from newsexport.publishing.opds1 import opds1
from newsexport.publishing.opds2 import opds2
from newsexport.publishing.site import Site


@dataclass(frozen=True, slots=True)
class Broadcast:
    """How a paper is published as a podcast: with numbers, a feed per section, a picture of its own.

    `when` is when it comes out, where that is told.
    """

    numbered: bool = False
    by_section: bool = False
    picture: bytes | None = None
    when: Timetable | None = None


@dataclass(frozen=True, slots=True)
class Publications:
    """What a library on a site shows. `pages` come from elsewhere.

    `broadcasts` are by the key of a paper, and take the place of what the paper says of itself.

    `searchable` where somebody answers who looks for something in the catalogue.
    """

    site: Site
    broadcasts: Mapping[str, Broadcast] = field(default_factory=dict)
    pages: Documents | None = None
    searchable: bool = False

    def of_issue(self, paper: Paper, issue: Issue, read: Read) -> Mapping[str, bytes]:
        """The page of an issue."""
        return self.pages.of_issue(paper, issue, read) if self.pages else {}

    def of_library(self, holdings: Sequence[Holding]) -> Mapping[str, bytes]:
        """Artwork first, as the rest names it; then feeds, catalogues and the index."""
        drawn = (artwork(holding.paper, self._broadcast(holding.paper).picture) for holding in holdings)
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

    def _broadcast(self, paper: Paper) -> Broadcast:
        own = Broadcast(paper.numbered, paper.section_feeds, when=paper.timetable)
        return self.broadcasts.get(paper.key, own)

    def _feeds(self, holding: Holding) -> Iterator[tuple[str, bytes]]:
        paper, issues = holding.paper, holding.issues
        wishes = self._broadcast(paper)
        for section in ("", *(sections_of(issues) if wishes.by_section else ())):
            if not section or any(has_sound(issue, section) for issue in issues):
                feed = PodcastFeed(section, wishes.numbered, None if section else wishes.when)
                yield feed_path(paper, section), podcast(paper, issues, self.site, feed)
