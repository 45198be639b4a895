"""What is done where articles are kept once they were read, and how far somebody is, as `status` tells it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.newsexport.net.web_server import Route, serving
from tests.newsexport.routine.test_afterwards import Papers
from tests.newsexport.routine.test_carry import spine_of
from tests.newsexport.sources.services import service_servers as servers
from typer.testing import CliRunner

from newsexport.cli.app import app
from newsexport.configuration.planning import read_plan
from newsexport.errors import UsageError
from newsexport.library.issue import FileRole
from newsexport.reading.files import partial_md5
from newsexport.reading.record import BookPosition, ReadingRecord
from newsexport.routine import PaperRun

CONFIGURATION = """
[service.miniflux]
address = "{url}"
token = {{ env = "SERVICE_TOKEN" }}
[paper.morning]
sources = ["miniflux:unread"]
new = true
after_read = "read"
epub = {{}}
"""


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Papers]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SERVICE_TOKEN", servers.SECRET)
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    routes: dict[str, Route] = {}
    with serving(routes) as site:
        papers = Papers(tmp_path, site, routes)
        papers.configured(CONFIGURATION)
        yield papers


def read_up_to(folder: Path, state: Path, made: PaperRun, page: int, percentage: float) -> None:
    """KOReader is on a page of the book, counted from its first article."""
    path = folder / "library" / made.issue.folder / made.issue.of(FileRole.BOOK)[0].name
    with path.open("rb") as file:
        document = partial_md5(file)
    place = f"/body/DocFragment[{spine_of(path, f'a{page:04}')}]/body/article"
    ReadingRecord(state / "reading.sqlite3").put_position(
        BookPosition(document, place, percentage, "Kobo", "1")
    )


def test_what_was_read_is_told_where_it_is_kept_once_and_nothing_else(papers: Papers, tmp_path: Path) -> None:
    papers.routes |= servers.miniflux(6)
    first = papers.run(25)
    assert len(first.issue.stories) == 3
    assert papers.told() == []
    read_up_to(tmp_path, tmp_path / "state", first, 3, 0.7)
    for told in (["miniflux: 2 articles marked as read"], []):
        with pytest.raises(Exception, match="nothing"):
            papers.run(26)
        assert papers.told() == told
    read_up_to(tmp_path, tmp_path / "state", first, 3, 1.0)
    with pytest.raises(Exception, match="nothing"):
        papers.run(27)
    assert papers.told() == ["miniflux: 1 article marked as read"]


def test_a_dry_run_tells_what_would_be_done_with_what_was_read_and_asks_nobody(
    papers: Papers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    (tmp_path / "newsexport").symlink_to("state")
    papers.routes |= servers.miniflux(6)
    first = papers.run(25)
    read_up_to(tmp_path, tmp_path / "state", first, 3, 0.7)
    papers.routes.clear()
    before = (tmp_path / "state/reading.sqlite3").read_bytes()
    titles = [story.title for story in first.issue.stories][:2]
    told = CliRunner().invoke(app, ["run", "--dry-run"])
    assert told.exit_code == 0
    assert (
        f"then what was read of miniflux is marked as read: 2 articles ({'; '.join(titles)})" in told.stdout
    )
    assert "has again" not in told.stdout
    facts = json.loads(CliRunner().invoke(app, ["run", "--dry-run", "--json"]).stdout.splitlines()[0])
    assert facts["read"] == [{"place": "miniflux", "is": "marked as read", "titles": titles}]
    assert (tmp_path / "state/reading.sqlite3").read_bytes() == before
    papers.routes |= servers.miniflux(6)
    with pytest.raises(Exception, match="nothing"):
        papers.run(26)
    assert "what was read" not in CliRunner().invoke(app, ["run", "--dry-run"]).stdout


def test_what_a_service_cannot_be_asked_for_is_refused(papers: Papers) -> None:
    papers.configured(CONFIGURATION.replace('after_read = "read"', 'after_read = "archive"'))
    with pytest.raises(UsageError, match="miniflux has no such thing as archive"):
        read_plan(papers.folder / "newsexport.toml")


def test_status_tells_what_was_read(papers: Papers, tmp_path: Path) -> None:
    papers.routes |= servers.miniflux(6)
    first = papers.run(25)
    papers.folder.joinpath("state/newsexport").mkdir()
    runner = CliRunner()
    told = runner.invoke(app, ["status", "--reading"]).stdout
    assert "2026-11-25  3 articles; nobody opened it" in told
    read_up_to(tmp_path, tmp_path / "state/newsexport", first, 2, 0.4)
    told = runner.invoke(app, ["status", "--reading"]).stdout
    assert "2026-11-25  1 of 3 articles read, 0 in part" in told
    assert [line.split()[0] for line in told.splitlines() if "Miniflux" in line] == ["read", "not", "not"]
    facts = json.loads(runner.invoke(app, ["status", "--reading", "--json"]).stdout.splitlines()[0])
    assert [article["read"] for article in facts["issues"][0]["articles"]] == [1.0, 0.0, 0.0]
    papers.configured(CONFIGURATION.replace('after_read = "read"', ""))
    assert "nothing is put down" in runner.invoke(app, ["status", "--reading"]).stdout
