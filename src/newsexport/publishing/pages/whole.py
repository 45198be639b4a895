"""All pages of a library, as those who publish or serve it ask for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsexport.library.issue import PAGE, Issue, Paper
from newsexport.library.library import Holding, Read
from newsexport.publishing import pages
from newsexport.publishing.site import Site


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages for one site, by their paths relative to the root of the library."""

    site: Site

    def of_issue(self, paper: Paper, issue: Issue, read: Read) -> Mapping[str, bytes]:  # noqa: ARG002 - the manifest tells enough
        """The page to listen to an issue."""
        return {f"{issue.folder}/{PAGE}": pages.issue(paper, issue, self.site)}

    def of_library(self, holdings: Sequence[Holding]) -> Mapping[str, bytes]:
        """The list of all issues, and what the pages share."""
        papers = [holding.paper for holding in holdings]
        issues = [issue for holding in holdings for issue in holding.issues]
        return {"index.html": pages.index(papers, issues, self.site), **pages.assets()}
