"""What is done where articles are kept, by whole runs against services on the loopback interface."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.newsexport.net.web_server import Handler, Page, Route, Site, serving
from tests.newsexport.sources.services import service_servers as servers

from newsexport.configuration.document import ConfigurationError
from newsexport.configuration.planning import read_plan
from newsexport.errors import NothingToExportError, UsageError
from newsexport.events import Event, Noted
from newsexport.routine import Folders, PaperRun, RunOptions, run_paper
from newsexport.sources.services.choice import RECORDS

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


KARAKEEP = """
[service.karakeep]
address = "{url}"
token = {{ env = "SERVICE_TOKEN" }}
after = "archive"
"""
PAPER = """
[paper.morning]
sources = ["readeck:unread"]
text = {{}}
"""
BOTH = """
[service.miniflux]
address = "{url}"
token = {{ env = "SERVICE_TOKEN" }}
after = "read"
[service.later]
kind = "wallabag"
address = "{url}"
client = "1_abc"
client_secret = {{ env = "SERVICE_TOKEN" }}
user = "reader"
password = {{ env = "SERVICE_TOKEN" }}
after = "archive"
[paper.morning]
sources = ["miniflux:unread", "later:unread"]
new = true
text = {{}}
"""
LATER = """
[[paper.morning.section]]
title = "Later"
sources = ["later:unread"]
"""
SECTIONS = """
[service.readeck]
address = "{url}"
token = {{ env = "SERVICE_TOKEN" }}
after = "archive"
[service.miniflux]
address = "{url}"
token = {{ env = "SERVICE_TOKEN" }}
after = "read"
[paper.morning]
after = "tag:on paper"
text = {{}}
[[paper.morning.section]]
title = "Labelled"
sources = ["readeck:all,label/to print"]
after = "archive"
[[paper.morning.section]]
title = "Others"
sources = ["readeck:unread"]
[[paper.morning.section]]
title = "Feeds"
sources = ["miniflux:unread"]
after = "nothing"
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
            RunOptions(workers=1),
            report=self.events.append,
            clock=lambda: datetime(2026, 11, 1, 6, tzinfo=UTC) + timedelta(days=day - 1),
        )

    def told(self) -> list[str]:
        told = [event.text for event in self.events if isinstance(event, Noted)]
        told = [text for text in told if text.startswith(("miniflux: ", "later: ", "readeck: "))]
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


def titles(run: PaperRun) -> list[str]:
    return [story.title for story in run.issue.stories]


def changes(papers: Papers) -> int:
    """How often a service was told something."""
    return sum(visit.method in {"PUT", "PATCH", "POST"} for visit in papers.site.visits)


def test_what_was_printed_is_marked_as_read(papers: Papers) -> None:
    papers.routes |= servers.miniflux(6)
    assert titles(papers.run(25)) == ["Miniflux 5", "Miniflux 3", "Miniflux 1"]
    assert papers.told() == ["miniflux: 3 articles marked as read"]
    with pytest.raises(NothingToExportError):
        papers.run(26)
    assert papers.told() == []


def test_what_is_printed_is_the_same_whatever_is_done_afterwards(papers: Papers) -> None:
    papers.routes |= servers.miniflux(6)
    papers.configured(CONFIGURATION.replace('after = "read"', ""))
    usual = {file.name for file in papers.run(25).issue.files}
    shutil.rmtree(papers.folder / "state")
    shutil.rmtree(papers.folder / "library")
    papers.configured()
    assert {file.name for file in papers.run(25).issue.files} == usual  # which bear their hashes


def test_a_service_that_is_down_is_told_with_the_next_run(papers: Papers) -> None:
    papers.routes |= servers.miniflux(6)
    up = papers.routes["/v1/entries"]
    assert callable(up)
    papers.routes["/v1/entries"] = lambda handler: up(handler) if handler.command == "GET" else Page(b"", 418)
    assert papers.run(25).ran.code == 0
    (told,) = papers.told()
    assert told.startswith("miniflux: 3 articles could not be marked as read, which is tried again: ")
    papers.routes["/v1/entries"] = up
    with pytest.raises(NothingToExportError):
        papers.run(26)
    assert papers.told() == ["miniflux: 3 articles marked as read"]


def test_what_waits_for_a_service_is_not_done_at_another_of_its_name(papers: Papers) -> None:
    """There the numbers are those of other articles, which nobody has printed."""
    papers.routes |= servers.miniflux(6)
    up = papers.routes["/v1/entries"]
    assert callable(up)
    papers.routes["/v1/entries"] = lambda handler: up(handler) if handler.command == "GET" else Page(b"", 418)
    papers.run(25)
    papers.told()
    with serving(servers.miniflux(6)) as other:
        (papers.folder / "newsexport.toml").write_text(CONFIGURATION.format(url=other.url))
        with pytest.raises(NothingToExportError):
            papers.run(26)
        assert {visit.method for visit in other.visits} == {"GET"}
        told = papers.told()
        assert told[0] == "miniflux: 3 articles could not be marked as read where it was before; given up"
        papers.events.clear()
    papers.routes["/v1/entries"] = up
    papers.configured()
    with pytest.raises(NothingToExportError):
        papers.run(27)
    assert papers.told() == []


def test_what_was_left_out_stays_unread(papers: Papers) -> None:
    papers.routes |= servers.miniflux(8)
    papers.configured(CONFIGURATION + "max_articles = 2\n")
    assert titles(papers.run(25)) == ["Miniflux 7", "Miniflux 5"]
    papers.configured()
    assert titles(papers.run(26)) == ["Miniflux 3", "Miniflux 1"]


@pytest.mark.parametrize("where", ["in one section", "in two"])
def test_what_stands_for_another_is_told_at_both_services(papers: Papers, where: str) -> None:
    """The same story at two services: it is printed once."""
    papers.routes |= servers.miniflux(2) | servers.wallabag(2)
    for served in (papers.routes["/v1/entries"], papers.routes["/api/entries.json"]):
        assert callable(served)
    whole = papers.routes["/api/entries.json"]
    assert callable(whole)

    def same(handler: Handler) -> Page | None:
        page = whole(handler)
        assert page is not None
        return replace(page, body=page.body.replace(b"https://weekly.example/1", b"https://news.example/1"))

    papers.routes["/api/entries.json"] = same
    papers.configured(BOTH if where == "in one section" else BOTH.replace(', "later:unread"', "") + LATER)
    assert len(titles(papers.run(25))) == 1
    assert papers.told() == ["miniflux: 1 article marked as read", "later: 1 article put into the archive"]


def test_two_that_are_fetched_from_one_page_are_told_at_both_services(papers: Papers) -> None:
    papers.routes |= servers.miniflux(1) | servers.wallabag(1)
    page = f"{papers.site.url}/story"
    papers.routes["/story"] = Page(
        f"<html><title>A story</title><article>{servers.text('Story')}</article>".encode()
    )
    for path, kept in (
        ("/v1/entries", "https://news.example/1"),
        ("/api/entries.json", "https://weekly.example/1"),
    ):
        papers.routes[path] = elsewhere(papers.routes[path], kept, page)
    papers.configured(BOTH + f'allow_host = ["{papers.site.host}"]\n')
    assert len(titles(papers.run(25))) == 1
    assert papers.told() == ["miniflux: 1 article marked as read", "later: 1 article put into the archive"]


def elsewhere(route: Route, kept: str, page: str) -> Route:
    """A service that knows of an article where it is, and has no text of it."""
    assert callable(route)
    whole = route

    def answer(handler: Handler) -> Page | None:
        found = whole(handler)
        if found is None or handler.command != "GET":
            return found
        told = found.body.decode().replace(kept, page)
        return replace(found, body=re.sub(r'"content": "(?:[^"\\]|\\.)*"', '"content": ""', told).encode())

    return answer


def test_a_teaser_is_not_called_read(papers: Papers) -> None:
    """What could not be had in full stays where it is, also when it comes again."""
    papers.routes |= servers.miniflux(2)
    papers.routes["/v1/entries"] = teasing(papers.routes["/v1/entries"], f"{papers.site.url}/none")
    papers.configured(CONFIGURATION + f'allow_host = ["{papers.site.host}"]\n')
    assert titles(papers.run(25)) == ["Miniflux 1"]
    with pytest.raises(NothingToExportError):
        papers.run(26)
    assert papers.told() == []
    assert changes(papers) == 0


def test_what_could_not_be_had_stays_unread(papers: Papers) -> None:
    papers.routes |= servers.miniflux(4)
    papers.routes["/v1/entries"] = elsewhere(
        papers.routes["/v1/entries"], "https://news.example/1", f"{papers.site.url}/none"
    )
    story = f"<html><title>Miniflux 3</title><article>{servers.text('Miniflux 3')}</article>"
    papers.routes["/story"] = Page(story.encode())
    papers.routes["/v1/entries"] = elsewhere(
        papers.routes["/v1/entries"], "https://news.example/3", f"{papers.site.url}/story"
    )
    papers.configured(CONFIGURATION + f'allow_host = ["{papers.site.host}"]\n')
    assert titles(papers.run(25)) == ["Miniflux 3"]
    assert papers.told() == ["miniflux: 1 article marked as read"]


def teasing(route: Route, page: str) -> Route:
    """A service that has the beginning of a text whose page is not there."""
    assert callable(route)
    whole = route

    def answer(handler: Handler) -> Page | None:
        found = whole(handler)
        assert found is not None
        told = found.body.decode().replace("https://news.example/1", page)
        short = '"content": "<p>The ferry crossed the bay at dawn.</p>"'
        return replace(found, body=re.sub(r'"content": "(?:[^"\\]|\\.)*"', short, told).encode())

    return answer


def test_what_an_earlier_issue_had_is_told_when_that_is_asked_for_later(papers: Papers) -> None:
    papers.routes |= servers.miniflux(6)
    papers.configured(CONFIGURATION.replace('after = "read"', ""))
    papers.run(25)
    assert changes(papers) == 0
    papers.configured()
    with pytest.raises(NothingToExportError):
        papers.run(26)
    assert papers.told() == ["miniflux: 3 articles marked as read"]


def test_what_somebody_put_back_is_not_taken_away_again(papers: Papers) -> None:
    papers.routes |= servers.miniflux(6)
    papers.run(25)
    papers.routes |= servers.miniflux(6)  # where all are unread that were
    before = changes(papers)
    with pytest.raises(NothingToExportError):
        papers.run(26)
    assert changes(papers) == before


def test_a_second_run_on_a_day_adds_to_its_issue(papers: Papers) -> None:
    papers.routes |= servers.miniflux(3) | servers.karakeep(1)
    text = CONFIGURATION.replace(
        'sources = ["miniflux:unread"]', 'sources = ["miniflux:unread", "karakeep:unread"]'
    )
    papers.configured(text.replace("[paper", KARAKEEP + "[paper"))
    first = titles(papers.run(25))
    assert first == ["Miniflux 3", "Miniflux 1", "A note"]
    papers.routes |= {"/v1/entries": servers.miniflux(5)["/v1/entries"]}
    papers.routes["/v1/entries"] = only(papers.routes["/v1/entries"], 5)
    assert titles(papers.run(25)) == ["Miniflux 5", *first]
    with pytest.raises(NothingToExportError):
        papers.run(25)
    (issue,) = (papers.folder / "library" / "morning").glob("2026-11-25/*.txt")
    assert all(title in issue.read_text() for title in first)


def test_a_second_run_on_a_day_says_nothing_twice(papers: Papers) -> None:
    """The service goes on giving what is tagged, and the issue is made again with it."""
    papers.routes |= servers.readeck(3)
    papers.configured(KARAKEEP.replace("karakeep", "readeck").replace('"archive"', '"tag:on paper"') + PAPER)
    assert titles(papers.run(25)) == titles(papers.run(25)) == ["Readeck 3", "Readeck 1"]
    assert changes(papers) == 2
    assert titles(papers.run(26)) == ["Readeck 3", "Readeck 1"]  # of which another issue tells again
    assert changes(papers) == 4


def only(route: Route, number: int) -> Route:
    """A service that gives one article alone."""
    assert callable(route)
    whole = route

    def answer(handler: Handler) -> Page | None:
        found = whole(handler)
        if found is None or handler.command != "GET":
            return found
        entries = [each for each in json.loads(found.body)["entries"] if each["id"] == number]
        return servers.as_json({"total": 1, "entries": entries})

    return answer


def test_a_section_and_a_paper_say_it_before_the_service(papers: Papers) -> None:
    papers.routes |= servers.readeck(5) | servers.miniflux(3)
    papers.configured(SECTIONS)
    papers.run(25)
    assert papers.told() == ["readeck: 1 article put into the archive", "readeck: 3 articles tagged on paper"]
    assert changes(papers) == 4


def test_a_service_that_is_not_configured_any_more_is_given_up_after_a_month(papers: Papers) -> None:
    papers.routes |= servers.miniflux(2)
    up = papers.routes["/v1/entries"]
    assert callable(up)
    papers.routes["/v1/entries"] = lambda handler: up(handler) if handler.command == "GET" else Page(b"", 418)
    papers.run(1)
    papers.events.clear()
    (papers.folder / "news.txt").write_text("A title\n\nSome news of the day.\n")
    papers.configured('[paper.morning]\nsources = ["news.txt"]\ntext = {{}}\n')
    papers.run(30)
    (told,) = papers.told()
    assert told.endswith("which is tried again: no service of this name is configured any more")
    papers.run(32)
    assert papers.told() == ["miniflux: 1 article could not be marked as read for 30 days; given up"]
    papers.run(32)
    assert papers.told() == []


def test_a_file_or_a_page_cannot_say_that_it_is_kept_somewhere(papers: Papers) -> None:
    """An article of a stranger that names the id of another article: that is not touched."""
    papers.routes |= servers.miniflux(3)
    record = {
        "id": 3,
        "url": "https://evil.example/x",
        "title": "A stranger",
        "content": servers.text("Stranger"),
    }
    told = json.dumps([record]).encode()
    papers.routes["/list"] = Page(told, headers={"Content-Type": RECORDS})
    (papers.folder / "miniflux.json").write_bytes(told)
    sources = f'sources = ["miniflux.json", "{papers.site.url}/list"]'
    papers.configured(
        CONFIGURATION.replace('sources = ["miniflux:unread"]', sources)
        + f'allow_host = ["{papers.site.host}"]\n'
    )
    assert titles(papers.run(25)) == ["A stranger"]
    assert changes(papers) == 0


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            CONFIGURATION.replace('"read"', '"archive"'),
            "service.miniflux.after: miniflux has no such thing as archive",
        ),
        (
            CONFIGURATION.replace('"read"', '"delete"'),
            "service.miniflux.after: expected nothing or read or archive",
        ),
        (
            CONFIGURATION + 'after = "tag:x"\n',
            "paper.morning.after: miniflux has no such thing as tag; it takes read",
        ),
    ],
)
def test_what_a_service_has_not_is_refused_with_what_it_has(papers: Papers, text: str, fault: str) -> None:
    papers.configured(text)
    with pytest.raises(ConfigurationError, match=re.escape(fault)):
        papers.run(25)


def test_a_memory_that_is_damaged_is_told_before_anything_is_printed(papers: Papers) -> None:
    papers.routes |= servers.miniflux(3)
    path = papers.folder / "state" / "papers" / "morning.outbox.sqlite3"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no database" * 999)
    with pytest.raises(UsageError, match="is damaged or no database"):
        papers.run(25)
    assert papers.site.visits == []
