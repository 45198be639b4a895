"""KOReader's progress sync, spoken to by a client written from its protocol."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.newsexport.serving.serving_rigs import running

from newsexport.reading.record import ReadingRecord
from newsexport.serving.admission import AccessPolicy
from newsexport.serving.conversation import LARGEST, LARGEST_UNKNOWN, USER, Allowance, Conversation, Password
from newsexport.serving.koreader import ProgressSync

TOKEN = "correct-horse-battery-staple"
KEY = hashlib.md5(TOKEN.encode()).hexdigest()
POSITION = {
    "document": "0123456789abcdef0123456789abcdef",
    "progress": "/body/DocFragment[12]/body/p[3]/text().34",
    "percentage": 0.3417,
    "device": "Kobo_nova",
    "device_id": "7C3A",
}


@dataclass
class KoReader:
    """What `KOSyncClient.lua` sends, in its headers."""

    port: int
    base: str = ""
    user: str = USER
    key: str = KEY

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        sent = {
            "accept": "application/vnd.koreader.v1+json",
            "content-type": "application/json",
            "x-auth-user": self.user,
            "x-auth-key": self.key,
            **headers,
        }
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        try:
            connection.request(method, f"{self.base}{path}", data, sent)
            response = connection.getresponse()
            answer = response.read()
            is_json = "json" in (response.getheader("content-type") or "")
            return response.status, json.loads(answer) if is_json else answer
        finally:
            connection.close()

    def push(self, **changed: Any) -> tuple[int, Any]:
        told = {name: value for name, value in {**POSITION, **changed}.items() if value is not None}
        return self.ask("PUT", "/syncs/progress", told)

    def pull(self, document: str = str(POSITION["document"])) -> tuple[int, Any]:
        return self.ask("GET", f"/syncs/progress/{document}")


@contextmanager
def serving(tmp_path: Path, door: AccessPolicy | None = None, most: int = 1000) -> Iterator[KoReader]:
    record = ReadingRecord(tmp_path / "reading.sqlite3")
    sync = ProgressSync(record, Password(TOKEN), lambda: 1796023196.7)
    spoken = Conversation((sync,), Allowance(most))
    with running(tmp_path, door, spoken=spoken) as server:
        yield KoReader(server.port)


def test_a_position_is_registered_for_pushed_and_pulled(tmp_path: Path) -> None:
    with serving(tmp_path) as reader:
        assert reader.ask("POST", "/users/create", {"username": USER, "password": KEY}) == (
            201,
            {"username": USER},
        )
        assert reader.ask("GET", "/users/auth") == (200, {"authorized": "OK"})
        assert reader.pull() == (200, {})
        assert reader.push() == (200, {"document": POSITION["document"], "timestamp": 1796023196})
        assert reader.pull() == (200, {**POSITION, "timestamp": 1796023196})
        assert reader.push(progress=12, percentage="0.5", device_id=None)[0] == 200
        assert reader.pull()[1]["progress"] == "12"


@pytest.mark.parametrize("base", ["", f"/{TOKEN}"])
def test_the_address_may_have_the_token_in_it_or_not(tmp_path: Path, base: str) -> None:
    with serving(tmp_path, AccessPolicy(token=TOKEN)) as reader:
        reader.base = base
        assert reader.push()[0] == 200
        assert reader.ask("GET", "/morning/feed.xml")[0] == 404


@pytest.mark.parametrize(
    ("user", "key"),
    [
        (USER, ""),
        (USER, KEY[:-1]),
        (USER, TOKEN),
        (USER, hashlib.md5(b"").hexdigest()),
        ("ada", KEY),
        ("", ""),
    ],
)
def test_nobody_tells_or_learns_anything_without_the_token(tmp_path: Path, user: str, key: str) -> None:
    with serving(tmp_path) as reader:
        assert reader.push()[0] == 200
        reader.user, reader.key = user, key
        refused = (401, {"code": 2001, "message": "Unauthorized"})
        assert reader.push(percentage=0.9) == reader.pull() == reader.ask("GET", "/users/auth") == refused
        status, told = reader.ask("POST", "/users/create", {"username": user, "password": key})
        assert (status, told["code"]) == (402, 2005)
        reader.user, reader.key = USER, KEY
        assert reader.pull()[1]["percentage"] == POSITION["percentage"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"document": None}, 2004),
        ({"document": "a:b"}, 2004),
        ({"document": "x" * 200}, 2004),
        ({"document": ["x"]}, 2003),
        ({"percentage": None}, 2003),
        ({"percentage": "far"}, 2003),
        ({"percentage": "nan"}, 2003),
        ({"percentage": 1.5}, 2003),
        ({"percentage": True}, 2003),
        ({"progress": None}, 2003),
        ({"progress": {"a": 1}}, 2003),
        ({"progress": "x" * 2000}, 2003),
        ({"device": None}, 2003),
        ({"device": "x" * 2000}, 2003),
    ],
)
def test_what_is_no_position_is_refused(tmp_path: Path, changed: dict[str, Any], code: int) -> None:
    with serving(tmp_path) as reader:
        status, told = reader.push(**changed)
        assert (status, told["code"]) == (403, code)
        assert reader.pull() == (200, {})


def test_what_is_too_much_is_refused_and_the_server_goes_on(tmp_path: Path) -> None:
    with serving(tmp_path) as reader:
        much = {"content-length": str(LARGEST + 1)}
        assert reader.ask("PUT", "/syncs/progress", None, **much)[0] == 413
        with contextlib.suppress(OSError):  # the server does not wait for the end of it
            assert reader.ask("PUT", "/syncs/progress", iter([b"x" * 10_000] * 110))[0] == 413
        assert reader.ask("PUT", "/syncs/progress", b"[" * 500_000)[1]["code"] == 2003
        assert reader.ask("PUT", "/syncs/progress", b"\xff\xfe")[1]["code"] == 2003
        assert reader.ask("DELETE", "/syncs/progress")[0] == 405
        assert reader.push()[0] == 200


def test_one_client_cannot_ask_without_end(tmp_path: Path) -> None:
    with serving(tmp_path, most=5) as reader:
        statuses = [reader.pull()[0] for _ in range(8)]
    assert statuses[:5] == [200] * 5
    assert 429 in statuses[5:]


def test_strangers_are_heard_less_and_use_up_nothing_of_the_readers(tmp_path: Path) -> None:
    with serving(tmp_path, most=5) as reader:
        stranger = KoReader(reader.port, reader.base, key="0" * 32)
        much = {"content-length": str(LARGEST_UNKNOWN + 1)}
        assert stranger.ask("POST", "/users/create", None, **much)[0] == 413
        assert [stranger.ask("GET", "/users/auth")[0] for _ in range(7)][-1] == 429
        assert reader.ask("PUT", "/syncs/progress", b"[" * (LARGEST_UNKNOWN + 1))[0] == 403
        assert reader.push()[0] == 200


def test_patience_comes_back_with_time() -> None:
    now = [0.0]
    allowance = Allowance(2, lambda: now[0])
    assert [allowance.takes("a") for _ in range(3)] == [True, True, False]
    assert allowance.takes("b")
    now[0] = 30.0
    assert [allowance.takes("a") for _ in range(2)] == [True, False]


def test_another_host_is_let_nowhere(tmp_path: Path) -> None:
    with serving(tmp_path) as reader:
        assert reader.ask("GET", "/users/auth", host="evil.example")[0] == 421


def test_where_it_is_not_wanted_the_library_only_reads(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        reader = KoReader(server.port)
        assert reader.push()[0] == 405
        assert reader.pull()[0] == 404


@pytest.mark.parametrize(
    ("header", "may"),
    [
        (f"{USER}:{TOKEN}", True),
        (f"{USER}:{TOKEN}x", False),
        (f"ada:{TOKEN}", False),
        (TOKEN, False),
        (f"{USER}:", False),
    ],
)
def test_the_token_is_a_password_too(header: str, *, may: bool) -> None:
    assert Password(TOKEN).is_basic(f"Basic {base64.b64encode(header.encode()).decode()}") is may
    assert not Password(TOKEN).is_basic(f"Bearer {header}")
    assert not Password(TOKEN).is_basic("Basic \N{SNOWMAN}")
    assert TOKEN not in repr(Password(TOKEN))
