"""All pages of a library, as those who publish or serve it ask for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from newsexport.errors import ExportError, NewsExportError
from newsexport.interchange import from_json
from newsexport.library.issue import PAGE, FileRole, Issue, IssueFile, Paper, Track, tracks_of
from newsexport.library.library import Holding, Read
from newsexport.publishing import pages
from newsexport.publishing.pages.prose import Said, said
from newsexport.publishing.site import Site
from newsexport.work.containment import contained

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages for one site, by their paths relative to the root of the library."""

    site: Site

    def of_issue(self, paper: Paper, issue: Issue, read: Read) -> Mapping[str, bytes]:
        """The page to read and listen to an issue, after what it is shown with."""
        try:
            with contained(ExportError, OSError):
                page = pages.issue(paper, issue, self.site, _contents(issue, read))
        except ExportError:  # what its files say cannot be shown
            page = pages.issue(paper, issue, self.site, pages.IssueText())
        return {**pages.assets(), f"{issue.folder}/{PAGE}": page}

    def of_library(self, holdings: Sequence[Holding]) -> Mapping[str, bytes]:
        """The list of all issues, and what the pages share."""
        papers = [holding.paper for holding in holdings]
        issues = [issue for holding in holdings for issue in holding.issues]
        return {"index.html": pages.index(papers, issues, self.site), **pages.assets()}


def _contents(issue: Issue, read: Read) -> pages.IssueText:
    """What the files of an issue say; a page without text is better than none."""
    for file in issue.of(FileRole.EDITION):
        try:
            edition = from_json(read(f"{issue.folder}/{file.name}"))
        except NewsExportError:
            continue
        return pages.IssueText(edition, _sentences(issue, read))
    return pages.IssueText()


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
        if track.file.part and file.stem != track.file.stem:
            continue
        try:
            return said(read(f"{issue.folder}/{file.name}"))
        except NewsExportError:
            continue
    return []


def _is_json(file: IssueFile) -> bool:
    return file.type == JSON
