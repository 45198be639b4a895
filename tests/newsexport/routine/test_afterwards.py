"""What is done where articles are kept, by whole runs against services on the loopback interface."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.newsexport.net.web_server import Page, Route, Site, serving
from tests.newsexport.sources.services import service_servers as servers

from newsexport.configuration.planning import read_plan
from newsexport.errors import NothingToExportError
from newsexport.events import Event, Noted
from newsexport.routine import Folders, PaperRun, run_paper

CONFIGURATION = """
[service.miniflux]
address = "{url}"
token = {{ env = "SERVICE_TOKEN" }}
after = "read"
[paper.morning]
sources = ["miniflux:unread"]
new = true
text = {{}}
"""


@dataclass
class Papers:
    """A paper, the services it is made of, and what its runs told."""

    folder: Path
    site: Site
    routes: dict[str, Route]
    events: list[Event] = field(default_factory=list)

    def configured(self, text: str = CONFIGURATION) -> None:
        (self.folder / "newsexport.toml").write_text(text.format(url=self.site.url))

    def run(self, day: int) -> PaperRun:
        folders = Folders(self.folder / "cache", self.folder / "state")
        plan = read_plan(self.folder / "newsexport.toml")
        return run_paper(
            plan,
            "morning",
            folders,
            report=self.events.append,
            clock=lambda: datetime(2026, 11, day, 6, tzinfo=UTC),
        )

    def told(self) -> list[str]:
        told = [event.text for event in self.events if isinstance(event, Noted)]
        told = [text for text in told if text.startswith(("miniflux: ",))]
        self.events.clear()
        return told


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Papers]:
    monkeypatch.setenv("SERVICE_TOKEN", servers.SECRET)
    monkeypatch.setenv("no_proxy", "*")
    routes: dict[str, Route] = {}
    with serving(routes) as site:
        papers = Papers(tmp_path, site, routes)
        papers.configured()
        yield papers


def unread(papers: Papers) -> list[str]:
    """What a run prints that looks at nothing but what is unread."""
    try:
        return [story.title for story in papers.run(30).issue.stories]
    except NothingToExportError:
        return []


def test_what_was_printed_is_marked_as_read(papers: Papers) -> None:
    papers.routes |= servers.miniflux(6)
    assert [story.title for story in papers.run(25).issue.stories] == [
        "Miniflux 5",
        "Miniflux 3",
        "Miniflux 1",
    ]
    assert papers.told() == ["miniflux: 3 articles marked as read"]
    assert unread(papers) == []


def test_a_service_that_is_down_is_told_with_the_next_run(papers: Papers) -> None:
    papers.routes |= servers.miniflux(6)
    up = papers.routes["/v1/entries"]
    assert callable(up)
    papers.routes["/v1/entries"] = lambda handler: up(handler) if handler.command == "GET" else Page(b"", 418)
    papers.run(25)
    (told,) = papers.told()
    assert told.startswith("miniflux: 3 articles could not be marked as read, which is tried again")
    papers.routes["/v1/entries"] = up
    with pytest.raises(NothingToExportError):
        papers.run(26)
    assert papers.told() == ["miniflux: 3 articles marked as read"]
