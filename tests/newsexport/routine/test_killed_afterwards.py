"""Runs killed at each step between export and archive: nothing archived that was not printed, nor printed twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.newsexport.net.web_server import Handler, Page, Route, Site, serving
from tests.newsexport.routine import run_that_is_killed
from tests.newsexport.routine.run_that_is_killed import run
from tests.newsexport.sources.services import service_servers as servers

from newsexport.errors import NothingToExportError

CONFIGURATION = """
[service.readeck]
address = "{url}"
token = {{ env = "SERVICE_TOKEN" }}
after = "archive"
[paper.morning]
sources = ["readeck:unread"]
new = true
text = {{}}
"""
TODAY, TOMORROW = "2026-11-25", "2026-11-26"
TITLES = ["Readeck 5", "Readeck 3", "Readeck 1"]
LIBRARY, HISTORY, OUTBOX = "library/morning", "morning.sqlite3", "morning.outbox.sqlite3"


@dataclass
class World:
    """A paper, the service that it is made of, and who may be killed there."""

    root: Path
    site: Site
    routes: dict[str, Route]
    process: list[int] = field(default_factory=list)

    def killed(self, *moment: str) -> None:
        """A run that is killed, at a moment or by the service."""
        command = [sys.executable, run_that_is_killed.__file__, str(self.root), TODAY, *moment]
        path = os.pathsep.join([str(Path(__file__).parents[3]), *sys.path])
        with subprocess.Popen(
            command, env={**os.environ, "PYTHONPATH": path}, stderr=subprocess.PIPE, start_new_session=True
        ) as process:
            self.process[:] = [process.pid]
            _, said = process.communicate(timeout=60)
        assert process.returncode == -signal.SIGKILL, said.decode()

    def kill(self) -> None:
        os.kill(self.process[0], signal.SIGKILL)

    def next_run(self, day: str) -> None:
        with suppress(NothingToExportError):
            run(self.root, day)

    def printed(self) -> Counter[str]:
        """How many issues have each title."""
        issues = (json.loads(path.read_bytes()) for path in (self.root / LIBRARY).glob("*/issue.json"))
        return Counter(story["title"] for issue in issues for story in issue["stories"])

    def archived(self) -> dict[str, int]:
        """What the service did, by title, and how often it was asked to."""
        paths = [visit.path for visit in self.site.visits if visit.method == "PATCH"]
        return Counter(f"Readeck {int(path.removeprefix('/api/bookmarks/bookmark'))}" for path in paths)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setenv("SERVICE_TOKEN", servers.SECRET)
    monkeypatch.setenv("no_proxy", "*")
    routes = servers.readeck(5)
    with serving(routes) as site:
        (tmp_path / "newsexport.toml").write_text(CONFIGURATION.format(url=site.url))
        yield World(tmp_path, site, routes)


# What the run is about to do, to what, and after how many such; and whether the issue was published by then.
MOMENTS = {
    "before it promises anything": ("sqlite3.connect", OUTBOX, 0, False),
    "when it has promised, before it is written where services are": ("sqlite3.connect", OUTBOX, 1, False),
    "when it has promised, before the first file": ("os.mkdir", f"{LIBRARY}/{TODAY}", 0, False),
    "before the manifest": ("os.rename", "issue.json", 0, False),
    "before the feed": ("os.rename", "feed.xml", 0, True),
    "before the history": ("sqlite3.connect", HISTORY, 0, True),
    "before the promise is kept": ("sqlite3.connect", OUTBOX, 2, True),
    "before it looks what is to be done": ("sqlite3.connect", OUTBOX, 3, True),
    "before the first answer is written down": ("sqlite3.connect", OUTBOX, 6, True),
    "before the second answer is written down": ("sqlite3.connect", OUTBOX, 7, True),
}


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows ends processes otherwise")
@pytest.mark.parametrize("name", MOMENTS)
def test_a_run_that_is_killed_archives_what_was_printed_and_prints_it_once(world: World, name: str) -> None:
    event, path, often, published = MOMENTS[name]
    world.killed(event, path, str(often))
    assert world.printed() == Counter(TITLES if published else [])
    assert set(world.archived()) <= set(world.printed())
    asked = world.archived()
    world.next_run(TOMORROW)
    assert world.printed() == Counter(TITLES)
    again = world.archived()
    assert set(again) == set(TITLES)
    assert sum(again.values()) <= len(TITLES) + 1  # one was heard and not written down, and was told again
    assert (
        sum(asked.values()) == {"first": 1, "second": 2}.get(name.split()[2], 0)
        if "answer" in name
        else not asked
    )
    world.next_run(TOMORROW)
    assert world.archived() == again


@pytest.mark.slow
@pytest.mark.parametrize("heard", [False, True], ids=["before it is heard", "before it is answered"])
def test_a_run_that_is_killed_while_it_asks_is_made_up_for(world: World, *, heard: bool) -> None:
    path = "/api/bookmarks/bookmark000000000003"
    change = world.routes[path]
    assert callable(change)

    def deadly(handler: Handler) -> Page | None:
        if heard:
            change(handler)
        world.kill()
        return None

    world.routes[path] = deadly
    world.killed()
    assert world.printed() == Counter(TITLES)
    world.routes[path] = change
    world.next_run(TOMORROW)
    assert world.printed() == Counter(TITLES)
    assert world.archived() == {"Readeck 5": 1, "Readeck 3": 2, "Readeck 1": 1}
    world.next_run(TOMORROW)
    assert sum(world.archived().values()) == 4


# What makes sure that nothing comes twice: the history alone, where the service goes on giving it, or the service.
WAYS = {"the history": ('"archive"', '"tag:printed"'), "the service": ("new = true", "new = false")}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("before the history", "the history"),
        ("before the promise is kept", "the history"),
        ("before the promise is kept", "the service"),
    ],
)
def test_nothing_comes_twice_whatever_remembers_it(world: World, name: str, way: str) -> None:
    configuration = world.root / "newsexport.toml"
    configuration.write_text(configuration.read_text().replace(*WAYS[way]))
    event, path, often, _ = MOMENTS[name]
    world.killed(event, path, str(often))
    for _ in range(2):
        world.next_run(TOMORROW)
        assert world.printed() == Counter(TITLES)
        assert world.archived() == dict.fromkeys(TITLES, 1)


@pytest.mark.slow
def test_what_a_killed_run_printed_stays_in_the_issue_that_is_made_again(world: World) -> None:
    """The next run on the same day, to which the service gives something new."""
    world.killed("sqlite3.connect", OUTBOX, "2")
    more = servers.readeck(7)
    world.routes |= {path: route for path, route in more.items() if path not in world.routes}
    world.routes["/api/bookmarks"] = newer(more["/api/bookmarks"])
    world.next_run(TODAY)
    assert world.printed() == Counter(["Readeck 7", *TITLES])
    assert set(world.archived()) == {"Readeck 7", *TITLES}


def newer(route: Route) -> Route:
    """A service that has nothing unread any more but what is new."""
    assert callable(route)
    whole: Callable[[Handler], Page | None] = route

    def answer(handler: Handler) -> Page | None:
        found = whole(handler)
        assert found is not None
        return servers.as_json([each for each in json.loads(found.body) if each["title"] == "Readeck 7"])

    return answer
