"""The plainest pages: lists of what there is, for a library that is served without others."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsexport.library.issue import PAGE, Issue, Paper
from newsexport.library.library import Holding, Read
from newsexport.publishing.feed import feed_path
from newsexport.publishing.site import Site
from newsexport.serving.table import INDEX


@dataclass(frozen=True, slots=True)
class Listing:
    """Lists of links, for one site."""

    site: Site

    def of_issue(self, paper: Paper, issue: Issue, read: Read) -> Mapping[str, bytes]:  # noqa: ARG002 - a list of files needs none of them
        """The files of an issue."""
        rows = [(file.name, f"{issue.folder}/{file.name}") for file in issue.files]
        return {f"{issue.folder}/{PAGE}": self._list(f"{paper.title}: {issue.title}", rows)}

    def of_library(self, holdings: Sequence[Holding]) -> Mapping[str, bytes]:
        """The papers with their feeds, and their issues."""
        feeds = [(f"{holding.paper.title} (podcast)", feed_path(holding.paper)) for holding in holdings]
        issues = [
            (f"{holding.paper.title}, {issue.issued}", f"{issue.folder}/")
            for holding in holdings
            for issue in holding.issues
        ]
        return {INDEX: self._list("Library", [("Catalogue (OPDS)", "opds.xml"), *feeds, *issues])}

    def _list(self, title: str, rows: Sequence[tuple[str, str]]) -> bytes:
        items = "".join(
            f'<li><a href="{html.escape(self.site.address(path))}">{html.escape(name)}</a></li>'
            for name, path in rows
        )
        return (
            f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{html.escape(title)}</title>'
            f"<h1>{html.escape(title)}</h1><ul>{items}</ul></html>"
        ).encode("utf-8", "replace")
