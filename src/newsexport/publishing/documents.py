"""Everything that is made of a library for others to read, under one address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsexport.library.issue import Issue, Paper
from newsexport.library.library import Holding, Read
from newsexport.publishing.artwork import artwork
from newsexport.publishing.feed import feed_path, podcast
from newsexport.publishing.site import Site


@dataclass(frozen=True, slots=True)
class Published:
    """Feeds, catalogues and pages of a library that any host of plain files can serve under `site`."""

    site: Site

    def of_issue(self, paper: Paper, issue: Issue, read: Read) -> Mapping[str, bytes]:  # noqa: ARG002 - the shape of `Documents`
        """What belongs to one issue."""
        return {}

    def of_library(self, holdings: Sequence[Holding]) -> Mapping[str, bytes]:
        """What is made of all issues."""
        made: dict[str, bytes] = {}
        for holding in holdings:
            made |= artwork(holding.paper)
            made[feed_path(holding.paper)] = podcast(holding.paper, holding.issues, self.site)
        return made
