"""A run that publishes, as a process of its own which can be killed: publishing_run.py FOLDER DAY CONTENTS."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from newsexport.library.describing import Draft, describe
from newsexport.library.index import Read
from newsexport.library.issue import Issue, Keep, Paper
from newsexport.library.library import Holding, Library
from newsexport.library.store import FolderStore, Store
from newsexport.model import Article, Edition, Paragraph, Section, Span

MORNING = Paper("morning", "The Oldhaven Morning")
NOW = datetime(2026, 11, 25, 6, tzinfo=UTC)
NAMES = ("morning.epub", "morning.txt", "morning.vtt")
KEPT = Keep(issues=3)


class Lines:
    """Documents as small as can be: a line for each file, with its size and its hash."""

    def of_issue(self, paper: Paper, issue: Issue, read: Read) -> Mapping[str, bytes]:
        assert paper.key == issue.paper
        first = issue.files[0]
        found = hashlib.sha256(read(f"{issue.folder}/{first.name}")).hexdigest()
        assert found == first.sha256, "a page is made of files that are there"
        return {f"{issue.folder}/index.html": self._lines([issue])}

    def of_library(self, holdings: Sequence[Holding]) -> Mapping[str, bytes]:
        return {
            **{f"{one.paper.key}/feed.xml": self._lines(one.issues) for one in holdings},
            "opds.xml": self._lines([issue for one in holdings for issue in one.issues]),
        }

    def _lines(self, issues: Sequence[Issue]) -> bytes:
        lines = (
            f"{issue.folder}/{file.name} {file.size} {file.sha256}\n"
            for issue in issues
            for file in issue.files
        )
        return "".join(lines).encode()


def draft(
    folder: Path, day: date, contents: str, names: Sequence[str] = NAMES, paper: Paper = MORNING
) -> Draft:
    """An issue of files that say `contents`, and little else."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name for name in names]
    for path in paths:
        path.write_bytes(f"{path.name} {day} {contents} ".encode() * 500)
    article = Article("The ferry is back", (Paragraph((Span(f"It sails. {contents}"),)),))
    edition = Edition(paper.title, day, "en", (Section("Harbour", (article,)),))
    return describe(paper, edition, paths, NOW)


def publish(store: Store, staging: Path, day: date, contents: str, keep: Keep = KEPT) -> Issue:
    library = Library(store, lambda _: None)
    return library.publish(MORNING, draft(staging, day, contents), Lines(), keep)


def main() -> None:
    root, day, contents = sys.argv[1:]
    publish(FolderStore(Path(root) / "library"), Path(root) / "staging", date.fromisoformat(day), contents)


if __name__ == "__main__":
    main()
