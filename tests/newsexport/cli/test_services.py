"""Services of a configuration, asked for on the command line and by a paper."""

import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from tests.newsexport.cli.cli_runs import furnish, newsexport
from tests.newsexport.net.web_server import Page, Route, Site, serving
from tests.newsexport.sources.services import service_servers as servers

from newsexport.configuration.planning import read_plan
from newsexport.routine import Folders, run_paper
from newsexport.routine.rehearsal import faults

CONFIGURATION = """
[service.miniflux]
address = "{url}"
token = {{ env = "MINIFLUX_TOKEN" }}
[service.later]
kind = "readeck"
address = "{url}"
token = {{ env = "MINIFLUX_TOKEN" }}
[paper.morning]
sources = ["news", "miniflux:category/News", "later:starred"]
new = true
text = {{}}
"""


@pytest.fixture
def routes() -> dict[str, Route]:
    return {}


@pytest.fixture
def site(routes: dict[str, Route], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    furnish(tmp_path, monkeypatch)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("MINIFLUX_TOKEN", servers.SECRET)
    monkeypatch.setenv("no_proxy", "*")
    with serving(routes) as site:
        picture = io.BytesIO()
        Image.new("RGB", (320, 200), (20, 90, 130)).save(picture, "PNG")
        routes |= servers.miniflux(5) | servers.readeck(3, site.url)
        routes["/bm/bo/bookmark/_resources/quay.png"] = Page(
            picture.getvalue(), headers={"Content-Type": "image/png"}
        )
        (tmp_path / "newsexport.toml").write_text(CONFIGURATION.format(url=site.url))
        yield site


@pytest.mark.usefixtures("site")
def test_what_a_service_has_is_an_input_like_any_other() -> None:
    result = newsexport("text", "news/1-port", "miniflux:unread", "later:starred", "-o", "-")
    assert result.exit_code == 0
    told = [
        title
        for title in ("The harbour opens again", "Miniflux 5", "Miniflux 3", "Miniflux 1", "Readeck 3")
        if title in result.stdout
    ]
    assert len(told) == 5
    assert servers.SECRET not in result.output


def test_pictures_that_the_service_keeps_are_fetched_from_it_without_the_secret(site: Site) -> None:
    assert newsexport("export", "later:starred", "--to", "json", "-o", "out.json").exit_code == 0
    assert '"media"' in Path("out.json").read_text("utf-8")
    (visit,) = (visit for visit in site.visits if visit.path.startswith("/bm/"))
    assert servers.SECRET not in str(visit.headers)


def test_where_a_service_is_leads_nothing_but_its_own_pictures(site: Site) -> None:
    """Whoever can put an address into the inbox, or a picture into a page, is not let in there."""
    picture = f"{site.url}/bm/bo/bookmark/_resources/quay.png"
    text = "The harbour opens again, and the ferries sail from the new quay to the islands every hour. " * 9
    Path("news/page.html").write_text(
        f'<html><body><article><h1>A page</h1><p>{text}</p><img src="{picture}"></article></body></html>'
    )
    newsexport("add", f"{site.url}/v1/me")
    result = newsexport("export", "inbox", "news/page.html", "--to", "json", "-o", "out.json")
    assert " ".join(result.stderr.split()).count("leads to a private address (127.0.0.1)") == 2
    plan = Path("newsexport.toml")
    plan.write_text(plan.read_text().replace('["news",', '["inbox", "news/page.html",'))
    result = newsexport("run")
    assert " ".join(result.stderr.split()).count("leads to a private address (127.0.0.1)") == 2
    assert {visit.path for visit in site.visits if visit.path in ("/v1/me", "/favicon.ico")} == set()
    assert len([visit for visit in site.visits if visit.path.startswith("/bm/")]) == 1


def test_one_that_is_down_or_not_known_is_told_and_the_rest_is_exported(
    site: Site, routes: dict[str, Route]
) -> None:
    routes["/v1/entries"] = Page(b"", 404)
    result = newsexport("text", "news", "miniflux:unread", "karakeep:unread", "-o", "-")
    assert result.exit_code == 1
    assert "The harbour opens again" in result.stdout
    told = " ".join(result.stderr.split())
    assert f"miniflux:unread: {site.host} answers 404" in told
    assert "karakeep:unread: no service of this name is configured (there is: miniflux, later)" in told


@pytest.mark.usefixtures("site")
def test_a_secret_that_is_not_there_is_told_by_where_it_should_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MINIFLUX_TOKEN")
    result = newsexport("text", "news", "miniflux:unread", "-o", "-")
    assert result.exit_code == 1
    assert re.search(r"the variable\s+MINIFLUX_TOKEN is not set", result.stderr)


def test_a_file_of_that_name_is_read_instead(site: Site) -> None:
    Path("miniflux:unread").write_text("A file\n\nIt is called as a service would be.\n")
    assert "A file" in newsexport("text", "miniflux:unread", "-o", "-").stdout
    assert site.visits == []


@pytest.mark.usefixtures("site")
def test_a_paper_takes_what_is_new_in_its_services(routes: dict[str, Route], tmp_path: Path) -> None:
    plan, folders = read_plan(tmp_path / "newsexport.toml"), Folders(tmp_path / "cache", tmp_path / "state")
    assert list(faults(plan, plan.papers["morning"])) == []
    run = run_paper(plan, "morning", folders, clock=lambda: datetime(2026, 11, 25, 6, tzinfo=UTC))
    assert (run.ran.code, run.ran.articles) == (0, 6)
    routes |= servers.miniflux(7)
    run = run_paper(plan, "morning", folders, clock=lambda: datetime(2026, 11, 26, 6, tzinfo=UTC))
    assert [story.title for story in run.issue.stories] == ["Miniflux 7"]


def test_a_rehearsal_asks_nobody_and_tells_what_could_not_be_asked(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "newsexport.toml"
    path.write_text(
        path.read_text().replace("later:starred", "later:list/x").replace("miniflux:c", "minifluxx:c")
    )
    plan = read_plan(path)
    unknown, place = faults(plan, plan.papers["morning"])
    assert "minifluxx:category/News" in unknown
    assert "later:list/x: has no list/x; it takes label/NAME" in place
    assert site.visits == []


def test_what_is_done_afterwards_is_told_before_and_what_waits_for_it(
    site: Site, routes: dict[str, Route], tmp_path: Path
) -> None:
    path = tmp_path / "newsexport.toml"
    path.write_text(path.read_text().replace('kind = "readeck"', 'kind = "readeck"\nafter = "tag:on paper"'))
    result = newsexport("run", "--dry-run")
    assert "  then what was printed of later:starred is tagged on paper\n" in result.stdout
    assert "still to be" not in result.stdout
    assert (site.visits, [*tmp_path.rglob("*.sqlite3")]) == ([], [])
    routes["/api/bookmarks/bookmark000000000003"] = Page(b"", 418)
    assert newsexport("run").exit_code == 0
    for command in (("run", "--dry-run"), ("status",)):
        assert "  still to be tagged on paper: 1 article of later" in newsexport(*command).stdout
        told = json.loads(newsexport(*command, "--json").stdout.splitlines()[-2])
        assert told["waiting"] == [{"place": "later", "is": "tagged on paper", "articles": 1}]
    routes |= servers.readeck(3, site.url)
    newsexport("run")
    assert "still to be" not in newsexport("status").stdout
