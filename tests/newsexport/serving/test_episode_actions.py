"""What podcast apps tell of listening, by clients written from the two APIs."""

from __future__ import annotations

import base64
import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.newsexport.serving.serving_rigs import publish, running

from newsexport.publishing.documents import Publications
from newsexport.reading.places import of_sound
from newsexport.reading.record import ReadingRecord
from newsexport.serving.admission import AccessPolicy
from newsexport.serving.conversation import USER, Conversation, Password
from newsexport.serving.editions import served
from newsexport.serving.gpodder import EpisodeActions

TOKEN = "correct-horse-battery-staple"
FOLDER = "morning/2026-11-25"
NAME = "morning.3fa9c1d0.mp3"
EPISODES = ("/api/2/episodes/newsexport.json", "/index.php/apps/gpoddersync/episode_action")
UPLOADS = (EPISODES[0], EPISODES[1] + "/create")


@dataclass
class PodcastApp:
    """An app that signs in with the token, or once, and then with the cookie it was given."""

    port: int
    record: ReadingRecord
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The address that the app has the library under."""
        return f"http://127.0.0.1:{self.port}/{TOKEN}/"

    def ask(self, method: str, path: str, value: Any = None) -> tuple[int, Any, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            body = value if isinstance(value, bytes) or value is None else json.dumps(value).encode()
            connection.request(method, path, body, self.headers)
            response = connection.getresponse()
            answer = response.read()
            facts = {name.lower(): told for name, told in response.getheaders()}
            return response.status, json.loads(answer or b"null"), facts
        finally:
            connection.close()

    def played(self, **changed: Any) -> dict[str, Any]:
        """An action as AntennaPod tells it."""
        action = {
            "podcast": f"{self.address}morning/feed.xml",
            "episode": f"{self.address}{FOLDER}/{NAME}",
            "guid": "urn:uuid:1",
            "device": "phone",
            "action": "play",
            "timestamp": "2026-11-25T07:10:00",
            "started": 0,
            "position": 40,
            "total": 100,
            **changed,
        }
        return {name: value for name, value in action.items() if value is not None}

    def heard(self) -> list[tuple[float, float]]:
        return [(span.started, span.ended) for span in self.record.spans()]


def basic(user: str = USER, password: str = TOKEN) -> dict[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"}


@contextmanager
def serving(tmp_path: Path) -> Iterator[PodcastApp]:
    root = tmp_path / "library"
    publish(root, "morning", {NAME: b"sound"})
    record = ReadingRecord(tmp_path / "reading.sqlite3")
    holdings = served(root, Publications, lambda _: None)
    has = lambda path: bool(holdings.table().find(path))  # noqa: E731 - as the command has it
    spoken = Conversation((EpisodeActions(record, Password(TOKEN), has, lambda: 1000.0),))
    with running(root, AccessPolicy(token=TOKEN), holdings=holdings, spoken=spoken) as server:
        yield PodcastApp(server.port, record, basic())


@pytest.mark.parametrize(("upload", "download"), [*zip(UPLOADS, EPISODES, strict=True)])
def test_what_one_app_tells_another_is_told(tmp_path: Path, upload: str, download: str) -> None:
    with serving(tmp_path) as app:
        status, told, _ = app.ask("POST", upload, [app.played()])
        assert (status, told) == (200, {"timestamp": 1000, "update_urls": []})
        status, told, _ = app.ask("GET", f"{download}?since=0")
        assert (status, told["timestamp"]) == (200, 1000)
        assert told["actions"] == [{**app.played(), "timestamp": "1970-01-01T00:16:40"}]
        assert app.ask("GET", f"{download}?since=1001")[1]["actions"] == []
        assert TOKEN.encode() not in (tmp_path / "reading.sqlite3").read_bytes()


def test_an_app_that_signed_in_goes_on_with_what_it_was_given(tmp_path: Path) -> None:
    with serving(tmp_path) as app:
        status, _, facts = app.ask("POST", "/api/2/auth/newsexport/login.json")
        cookie, *attributes = facts["set-cookie"].split("; ")
        assert (status, attributes) == (200, ["Path=/", "HttpOnly", "SameSite=Strict"])
        assert TOKEN not in cookie
        app.headers = {"Cookie": f"theme=dark; {cookie}"}
        assert app.ask("POST", UPLOADS[0], [app.played()])[0] == 200
        app.headers = {"Cookie": f"{cookie}0"}
        assert app.ask("POST", UPLOADS[0], [app.played()])[0] == 401


@pytest.mark.parametrize(
    ("changed", "heard"),
    [
        ({}, [(0.0, 40.0)]),
        ({"started": 10, "position": 20.5}, [(10.0, 20.5)]),
        ({"started": -1, "total": -1}, [(0.0, 40.0)]),
        ({"started": None}, [(0.0, 40.0)]),
        ({"action": "PLAY"}, [(0.0, 40.0)]),
        ({"started": 100, "position": 100, "total": 100}, [(0.0, 100.0)]),  # marked as played
        ({"started": 50}, []),
        ({"action": "download"}, []),
        ({"action": "delete"}, []),
        ({"position": None}, []),
        ({"position": "far"}, []),
        ({"position": 1e300}, []),
        ({"episode": "https://another.example/show/1.mp3"}, []),
        ({"episode": "https://another.example/morning/2026-11-24/morning.3fa9c1d0.mp3"}, []),
        ({"episode": "http://[/x"}, []),
        ({"episode": 7}, []),
        ({"podcast": ["x"]}, []),
    ],
)
def test_only_what_was_heard_of_ours_is_put_down(
    tmp_path: Path, changed: dict[str, Any], heard: list[tuple[float, float]]
) -> None:
    with serving(tmp_path) as app:
        assert app.ask("POST", UPLOADS[0], [7, None, {}, app.played(**changed)])[0] == 200
        assert app.heard() == heard


def test_heard_chapters_are_read_articles(tmp_path: Path) -> None:
    with serving(tmp_path) as app:
        sound = of_sound(("a", "b", "c"), [10.0, 40.0, 70.0], 100.0)
        app.record.put_files(FOLDER, {f"{FOLDER}/{NAME}": (sound, ())})
        told = [
            app.played(started=5, position=30),
            app.played(started=28, position=55),
            app.played(started=70, position=99),
        ]
        assert app.ask("POST", UPLOADS[1], told)[0] == 200
        assert app.record.reached(FOLDER) == {"a": pytest.approx(1.0), "b": 0.5, "c": pytest.approx(29 / 30)}


@pytest.mark.parametrize("headers", [{}, basic(password="x"), basic("ada"), {"Cookie": "sessionid="}])
@pytest.mark.parametrize(
    "path", [*EPISODES, "/api/2/subscriptions/newsexport/phone.json", "/api/2/devices/newsexport.json"]
)
def test_nobody_is_told_anything_without_the_token(
    tmp_path: Path, headers: dict[str, str], path: str
) -> None:
    with serving(tmp_path) as app:
        app.headers = headers
        status, _, facts = app.ask("GET", path)
        assert status == 401
        assert facts["www-authenticate"].startswith("Basic ")


def test_a_moment_that_no_clock_will_show_is_after_all_that_was_heard(tmp_path: Path) -> None:
    with serving(tmp_path) as app:
        app.ask("POST", UPLOADS[0], [app.played()])
        status, told, _ = app.ask("GET", f"{EPISODES[0]}?since={'9' * 60}")
    assert (status, told["actions"]) == (200, [])


def test_subscriptions_and_devices_are_taken_and_never_changed(tmp_path: Path) -> None:
    with serving(tmp_path) as app:
        feeds = {"add": ["https://another.example/feed.xml"], "remove": []}
        changed = {"add": [], "remove": [], "timestamp": 1000}
        for told, asked in (
            ("/api/2/subscriptions/newsexport/phone.json", "/api/2/subscriptions/newsexport/phone.json"),
            (
                "/index.php/apps/gpoddersync/subscription_change/create",
                "/index.php/apps/gpoddersync/subscriptions",
            ),
        ):
            assert app.ask("POST", told, feeds)[:2] == (200, {"update_urls": [], "timestamp": 1000})
            assert app.ask("GET", f"{asked}?since=0")[:2] == (200, changed)
        assert app.ask("POST", "/api/2/devices/newsexport/phone.json", {"caption": "Phone"})[:2] == (
            200,
            None,
        )
        assert app.ask("GET", "/api/2/devices/newsexport.json")[:2] == (200, [])
        assert (
            app.ask("PUT", "/subscriptions/newsexport/phone.json", ["https://another.example/feed.xml"])[0]
            == 200
        )
        assert app.ask("GET", "/subscriptions/newsexport/phone.json")[:2] == (200, [])
        assert app.ask("GET", "/api/2/sync-devices/newsexport.json")[0] == 200
        assert app.ask("DELETE", "/index.php/apps/gpoddersync/subscriptions")[0] == 404
        assert not app.record.path.exists()


def test_what_is_no_list_is_refused(tmp_path: Path) -> None:
    with serving(tmp_path) as app:
        for body in (b"", b"{", b"{}", b"7"):
            assert app.ask("POST", UPLOADS[0], body)[0] == 400
        many = [app.played(started=number, position=number + 1) for number in range(2000)]
        assert app.ask("POST", UPLOADS[0], many)[0] == 200
        assert len(app.heard()) == 2000
