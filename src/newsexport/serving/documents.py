"""Feeds and an index for those who reach a library under one address."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsexport.library.issue import PAGE, Issue, Paper
from newsexport.library.library import Holding, Read
from newsexport.publishing.feed import feed_path, has_sound, podcast
from newsexport.publishing.site import Site


@dataclass(frozen=True, slots=True)
class Documents:
    """What is made of a library's manifests for one site."""

    site: Site

    def of_issue(self, paper: Paper, issue: Issue, read: Read) -> Mapping[str, bytes]:  # noqa: ARG002 - the list needs no file
        """The page of an issue."""
        rows = [(file.name, f"{issue.folder}/{file.name}") for file in issue.files]
        return {f"{issue.folder}/{PAGE}": self._list(f"{paper.title}: {issue.title}", rows)}

    def of_library(self, holdings: Sequence[Holding]) -> Mapping[str, bytes]:
        """The index, and the feed of each paper."""
        made: dict[str, bytes] = {}
        rows: list[tuple[str, str]] = []
        for holding in holdings:
            rows += [(f"{holding.paper.title}: {each.title}", f"{each.folder}/") for each in holding.issues]
            if any(has_sound(issue) for issue in holding.issues):
                rows.insert(0, (holding.paper.title, feed_path(holding.paper)))
                made[feed_path(holding.paper)] = podcast(holding.paper, holding.issues, self.site)
        return {**made, "index.html": self._list("Library", rows)}

    def _list(self, title: str, rows: Sequence[tuple[str, str]]) -> bytes:
        items = "".join(
            f'<li><a href="{html.escape(self.site.address(path))}">{html.escape(name)}</a></li>'
            for name, path in rows
        )
        return (
            f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{html.escape(title)}</title>'
            f"<h1>{html.escape(title)}</h1><ul>{items}</ul></html>"
        ).encode()
