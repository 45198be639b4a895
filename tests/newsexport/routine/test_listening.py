"""What Audiobookshelf tells of listening, by whole runs against a server on the loopback interface.

The server answers as `MeController`, `LibraryItemController` and the models of Audiobookshelf 2.3x do.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.newsexport.net.web_server import Page, Route, serving
from tests.newsexport.routine.test_afterwards import Papers
from tests.newsexport.sources.services.service_servers import SECRET, as_json, guarded

from newsexport.configuration.planning import read_plan
from newsexport.errors import NothingToExportError
from newsexport.events import Lost, Noted
from newsexport.library.issue import FileRole, Issue
from newsexport.sources.services.accounts import NO_ARTICLES, Accounts

CONFIGURATION = """
[service.audiobookshelf]
address = "{url}"
token = {{ env = "SERVICE_TOKEN" }}
[paper.morning]
sources = ["{folder}"]
carry = "unread"
[paper.morning.audio]
engine = "silent"
"""
BEARER = ("Authorization", f"Bearer {SECRET}")


def progress(item: str, episode: str | None, **told: Any) -> dict[str, Any]:
    usual = {"duration": 100.0, "progress": 0.5, "currentTime": 50.0, "isFinished": False, "lastUpdate": 1}
    return {"libraryItemId": item, "episodeId": episode, **usual, **told}


def podcast(*episodes: dict[str, Any]) -> dict[str, Any]:
    return {"id": "li", "mediaType": "podcast", "media": {"metadata": {}, "episodes": list(episodes)}}


def episode(name: str, address: str | None) -> dict[str, Any]:
    enclosure = {"url": address, "type": "audio/mpeg", "length": "7"} if address else None
    return {"id": name, "guid": f"urn:{name}", "title": name, "enclosure": enclosure}


class Listening(Papers):
    """A paper with sound, and somebody who listens."""

    def comes_out(self, day: int, *titles: str) -> Issue:
        folder = self.folder / f"day{day}"
        folder.mkdir()
        for number, title in enumerate(titles):
            words = "The ferry left the quay at noon with the mayor on board. " * 4
            (folder / f"{number}.txt").write_text(f"{title}\n\n{words}\n", "utf-8")
        (self.folder / "newsexport.toml").write_text(
            CONFIGURATION.format(url=self.site.url, folder=folder.name)
        )
        return self.run(day).issue

    def hears(self, issue: Issue, progresses: list[dict[str, Any]], *, old: bool = False) -> None:
        """What the server tells from now on."""
        (sound,) = issue.of(FileRole.SOUND)
        address = f"http://192.0.2.7:8642/some-token/{issue.folder}/{sound.name}"
        path = "/api/me" if old else "/api/me/progress"
        self.routes[path] = guarded(*BEARER, lambda _: as_json({"mediaProgress": progresses}))
        known = podcast(episode("ep", address), episode("lost", None))
        other = podcast(episode("ep", "https://another.example/show/1.mp3"))
        self.routes["/api/items/li_ours"] = guarded(*BEARER, lambda _: as_json(known))
        self.routes["/api/items/li_other"] = guarded(*BEARER, lambda _: as_json(other))


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Listening]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SERVICE_TOKEN", SECRET)
    monkeypatch.setenv("no_proxy", "*")
    routes: dict[str, Route] = {}
    with serving(routes) as site:
        yield Listening(tmp_path, site, routes)


def again(issue: Issue) -> list[str]:
    return [story.title for story in issue.stories if story.again]


def second_of(issue: Issue, number: int) -> float:
    """Where a story begins in the sound."""
    begin = issue.stories[number - 1].start
    assert begin is not None
    return begin


@pytest.mark.parametrize("old", [False, True])
def test_what_was_not_heard_comes_again(papers: Listening, *, old: bool) -> None:
    first = papers.comes_out(23, "One", "Two", "Three")
    strange: list[Any] = [
        progress("li_other", "ep"),
        progress("li_book", None),
        progress("li_gone", "ep"),
        progress("../../etc", "ep"),
        progress("li_ours", "lost"),
        progress("li_ours", "nobody"),
    ]
    heard = progress("li_ours", "ep", currentTime=second_of(first, 3) + 1, lastUpdate=9)
    papers.hears(first, [*strange, heard], old=old)
    second = papers.comes_out(24, "Fresh")
    assert again(second) == ["Three"]
    papers.hears(second, [progress("li_ours", "ep", isFinished=True, currentTime=1, duration=99999)])
    assert again(papers.comes_out(25, "Latest")) == []


def test_what_cannot_be_told_is_said_and_the_issue_comes(papers: Listening) -> None:
    papers.comes_out(23, "One")
    for answer in (Page(b"no", 418), as_json({}), as_json({"mediaProgress": [7]}), as_json({}, status=401)):
        papers.events.clear()
        papers.routes["/api/me/progress"] = answer
        (papers.folder / "day24").mkdir(exist_ok=True)
        (papers.folder / "day24/a.txt").write_text("Fresh\n\nThe ferry left.\n")
        papers.run(24)
        said = [event.text for event in papers.events if isinstance(event, Noted)]
        assert len([text for text in said if text.startswith("audiobookshelf: does not tell")]) == 1
        assert SECRET not in "".join(said)


def test_it_is_no_source_of_articles(papers: Listening) -> None:
    text = CONFIGURATION.format(url=papers.site.url, folder="audiobookshelf:unread")
    (papers.folder / "newsexport.toml").write_text(text)
    with pytest.raises(NothingToExportError):
        papers.run(23)
    assert any("has no articles" in event.reason for event in papers.events if isinstance(event, Lost))
    accounts = Accounts(read_plan(papers.folder / "newsexport.toml").services)
    assert accounts.fault("audiobookshelf:unread").endswith(NO_ARTICLES)  # which --dry-run tells
