"""The inbox over HTTP: who has the token puts something in, whatever their program sends, and nobody else does."""

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from tests.newsexport.serving.serving_rigs import running

from newsexport.serving.admission import AccessPolicy
from newsexport.serving.conversation import LARGEST_UNKNOWN, Allowance, Conversation
from newsexport.serving.inbox import LARGEST, PER_MINUTE, InboxPost
from newsexport.serving.inbox_pages import BOOKMARKLET, ICONS, POLICY, InboxPages, icon
from newsexport.storage.inbox import Inbox

NOW = datetime(2026, 11, 25, 6, tzinfo=UTC)
TOKEN = "correct-horse-battery-staple"
FORM = "application/x-www-form-urlencoded"


@dataclass
class Sender:
    """Programs that put something in, and the inbox they put it into."""

    port: int
    inbox: Inbox
    headers: dict[str, str] = field(default_factory=dict)

    def send(
        self,
        path: str,
        body: bytes | str | None = None,
        kind: str = FORM,
        method: str = "POST",
        **headers: str,
    ) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            data = body.encode() if isinstance(body, str) else body
            connection.request(method, path, data, {"Content-Type": kind, **headers})
            response = connection.getresponse()
            answer = response.read().decode()
            self.headers = {name.lower(): value for name, value in response.getheaders()}
            return response.status, json.loads(answer) if "json" in self.headers["content-type"] else answer
        finally:
            connection.close()

    def kept(self) -> list[tuple[str, str]]:
        return [(entry.text, entry.title) for entry in self.inbox.entries()]


def serving(stack: ExitStack, folder: Path, per_minute: int = 10_000) -> Sender:
    inbox = Inbox(folder / "inbox.sqlite3")
    door, pages = AccessPolicy(token=TOKEN), InboxPages(NOW)
    post = InboxPost(inbox, door, pages, lambda: NOW)
    spoken = Conversation((post,), Allowance(per_minute), LARGEST)
    return Sender(stack.enter_context(running(folder, door, holdings=pages, spoken=spoken)).port, inbox)


@pytest.fixture
def sender(tmp_path: Path) -> Iterator[Sender]:
    with ExitStack() as stack:
        yield serving(stack, tmp_path)


PART = 'Content-Disposition: form-data; name="{}"\r\n\r\n'
BEARER = {"Authorization": f"Bearer {TOKEN}"}
PARTS = (
    '--b\r\nContent-Disposition: form-data; name="url"\r\n\r\nhttps://a.example/1\r\n'
    '--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nÜber\r\n'
    '--b\r\nContent-Disposition: form-data; name="text"; filename="x.txt"\r\n\r\nfile\r\n--b--\r\n'
)


@pytest.mark.parametrize(
    ("path", "body", "kind", "headers", "kept"),
    [
        (f"/{TOKEN}/add", "url=https://a.example/1", FORM, {}, ("https://a.example/1", "")),
        (f"/{TOKEN}/", "url=https://a.example/1", FORM, {}, ("https://a.example/1", "")),
        ("/add", "url=https://a.example/1&title=%C3%9Cber", FORM, BEARER, ("https://a.example/1", "Über")),
        ("/add", f"token={TOKEN}&text=Ferry+https://a.example/1", FORM, {}, ("https://a.example/1", "Ferry")),
        (
            "/",
            json.dumps(
                {"token": TOKEN, "url": "https://a.example/1", "title": None, "tags": ["sea"], "x": [{}]}
            ),
            "application/json; charset=utf-8",
            {},
            ("https://a.example/1", ""),
        ),
        (f"/{TOKEN}/add", PARTS, "multipart/form-data; boundary=b", {}, ("https://a.example/1", "Über")),
        ("/add", "# Milk\n\nTwo bottles.", "text/plain", BEARER, ("# Milk\n\nTwo bottles.", "")),
        ("/add", "https://a.example/1", "text/plain", BEARER, ("https://a.example/1", "")),
        (f"/{TOKEN}/add", "url=http://192.168.1.1/admin", FORM, {}, ("http://192.168.1.1/admin", "")),
    ],
)
def test_one_post_puts_something_in(
    sender: Sender, path: str, body: str, kind: str, headers: dict[str, str], kept: tuple[str, str]
) -> None:
    status, told = sender.send(path, body, kind, **headers)
    assert (status, told["new"]) == (201, True)
    assert sender.kept() == [kept]
    assert [entry.note for entry in sender.inbox.entries()] == [""]
    assert sender.send(path, body, kind, **headers)[0] == 200
    assert sender.headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in sender.headers
    assert sender.kept() == [kept]


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/add", {}, 401),
        ("/", {"Authorization": "Bearer wrong"}, 401),
        ("/add", {"Authorization": f"Basic {TOKEN}"}, 401),
        ("/add", {"Authorization": "Bearer ü"}, 401),
        (f"/{TOKEN[:-1]}x/add", {}, 404),
        (f"/{TOKEN}/add/more", {}, 405),
        (f"/{TOKEN}/add", {"Host": "evil.example"}, 421),
        (f"/{TOKEN}/add", {"Host": "localhost:1"}, 421),
    ],
)
def test_without_the_token_or_under_another_name_nothing_is_put_in(
    sender: Sender, path: str, headers: dict[str, str], status: int
) -> None:
    assert sender.send(path, "url=https://a.example/1&token=wrong", **headers)[0] == status
    assert not sender.inbox.path.exists()
    if status == 401:
        assert sender.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("url=javascript:alert(1)", FORM, 400),
        ("", FORM, 400),
        ("title=Only", FORM, 400),
        ("&".join(f"a{number}=1" for number in range(200)), FORM, 400),
        ("{", "application/json", 400),
        ("[1]", "application/json", 400),
        ('{"url": 7}', "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ("no parts", "multipart/form-data; boundary=b", 400),
        ("--b\r\n" + PART.format("url") + "1\r\n--b--", "multipart/form-data", 400),
        (
            f"--b\r\n{PART.format('url')}https://a.example/1\r\n" * 101 + "--b--",
            "multipart/form-data; boundary=b",
            400,
        ),
        ("<x/>", "application/xml", 415),
        ("url=https://a.example/" + "x" * 65_000, FORM, 400),
        ("x" * 1_000_001, "text/plain", 400),
    ],
)
def test_what_makes_no_sense_is_told_and_not_kept(sender: Sender, body: str, kind: str, status: int) -> None:
    answered, told = sender.send(f"/{TOKEN}/add", body, kind)
    assert answered == status
    assert told["error"]
    assert sender.kept() == []


def test_several_tags_may_come_in_fields_of_their_own(sender: Sender) -> None:
    fields = (("text", "Milk"), ("tags", "sea, ship"), ("tags", "öl"), ("note", "2\r\n--c\r\n3"))
    body = "".join(f"--b\r\n{PART.format(name)}{value}\r\n" for name, value in fields) + "--b--\r\n"
    answered, told = sender.send("/add", body, 'Multipart/Form-Data; charset=x; Boundary="b"', **BEARER)
    assert (answered, told["tags"]) == (201, ["sea", "ship", "öl"])
    assert sender.inbox.entries()[0].note == "2\n--c\n3"


def test_parts_within_parts_are_not_looked_into(sender: Sender) -> None:
    """Each of them has a reader of mail look at all that follows once more, whoever sends them."""
    nested = "".join(f"--{n}\r\nContent-Type: multipart/mixed; boundary={n + 1}\r\n\r\n" for n in range(2000))
    url = f"--2000\r\n{PART.format('url')}https://a.example/1\r\n--2000--\r\n"
    assert sender.send("/add", nested + url + "--0--", "multipart/form-data; boundary=0", **BEARER)[0] == 400
    assert sender.kept() == []


def test_half_a_character_in_json_is_left_out(sender: Sender) -> None:
    assert (
        sender.send(
            "/add",
            '{"url": "https://a.example/1", "title": "a\\ud800\\u0000b"}',
            "application/json",
            **BEARER,
        )[0]
        == 201
    )
    assert sender.kept() == [("https://a.example/1", "ab")]


def test_an_inbox_that_cannot_be_written_is_no_fault_of_the_sender(sender: Sender) -> None:
    sender.inbox.path.write_bytes(b"no database at all, but long enough to be taken for one" * 20)
    assert sender.send("/add", "url=https://a.example/1")[0] == 401
    assert sender.send(f"/{TOKEN}/add", "url=https://a.example/1")[0] == 503


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_nothing_but_a_post_changes_anything(sender: Sender, method: str) -> None:
    assert sender.send(f"/{TOKEN}/add?url=https://a.example/1", None, method=method)[0] == 405
    assert sender.headers["allow"] == "POST"
    assert sender.kept() == []


def test_what_is_far_too_much_is_refused_and_the_sender_hears_it(sender: Sender) -> None:
    for size, status in ((10_000_000, 413), (17_000_000, 413)):
        try:
            answered = sender.send(f"/{TOKEN}/add", b"x" * size, "text/plain")[0]
        except OSError:  # it was still sending when nobody listened any more
            answered = 413 if size > 16_000_000 else 0
        assert answered == status
    assert sender.send("/add", f"token={TOKEN}&text=" + "x" * LARGEST_UNKNOWN)[0] == 413
    assert sender.kept() == []


def raw(sender: Sender, head: bytes, then: bytes = b"", pause: float = 0) -> bytes:
    with socket.create_connection(("127.0.0.1", sender.port), timeout=20) as connection:
        connection.sendall(head)
        time.sleep(pause)
        connection.sendall(then)
        return connection.recv(65536)


def test_one_that_sends_in_pieces_or_never_ends_gets_in_nobodys_way(sender: Sender) -> None:
    path = f"POST /{TOKEN}/add HTTP/1.1\r\nHost: localhost\r\n".encode()
    form = path + f"Content-Type: {FORM}\r\n".encode()
    whole = raw(sender, form + b"Content-Length: 23\r\n\r\nurl=https:/", b"/a.example/1", 0.2)
    assert whole.startswith(b"HTTP/1.1 201 ")
    chunked = form + b"Transfer-Encoding: chunked\r\n\r\n17\r\nurl=https://a.example/2\r\n0\r\n\r\n"
    assert raw(sender, chunked).startswith(b"HTTP/1.1 201 ")
    dawdling = [socket.create_connection(("127.0.0.1", sender.port), timeout=20) for _ in range(20)]
    for each in dawdling:
        each.sendall(form + b"Content-Length: 1000000\r\n\r\nurl=")
    assert sender.send(f"/{TOKEN}/add", "url=https://a.example/3")[0] == 201
    for each in dawdling:
        each.close()
    assert [text for text, _ in sender.kept()] == [f"https://a.example/{number}" for number in (1, 2, 3)]


def test_a_thousand_posts_at_once_keep_as_many_as_are_allowed_and_tell_the_others_when(
    tmp_path: Path,
) -> None:
    answers: list[int] = []
    with ExitStack() as stack:
        sender = serving(stack, tmp_path, PER_MINUTE)
        stranger = sender.send("/add", "url=https://b.example/")

        def flood(at: int) -> None:
            for number in range(125):
                body = urlencode({"url": f"https://a.example/{at}/{number}"})
                answers.append(Sender(sender.port, sender.inbox).send(f"/{TOKEN}/add", body)[0])

        threads = [threading.Thread(target=flood, args=(at,)) for at in range(8)]
        began = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
        took = time.monotonic() - began
        assert sender.send(f"/{TOKEN}/", None, method="GET")[0] in {200, 429}
        kept = len(sender.kept())
    assert stranger[0] == 401
    assert set(answers) == {201, 429} and len(answers) == 1000
    assert PER_MINUTE <= kept == answers.count(201) <= PER_MINUTE * (1 + took / 60) + 1


def test_strangers_use_up_their_own_allowance_and_not_that_of_the_owner(tmp_path: Path) -> None:
    with ExitStack() as stack:
        sender = serving(stack, tmp_path, 5)
        tried = [sender.send("/add", "url=https://a.example/1&token=guess")[0] for _ in range(7)]
        assert tried[:5] == [401] * 5 and tried[6] == 429
        assert sender.send("/add", b"x" * 10_000_000)[0] == 429
        assert int(sender.headers["retry-after"]) > 0
        assert sender.send(f"/{TOKEN}/add", "url=https://a.example/1")[0] == 201


def test_the_page_is_for_who_has_its_address_and_shows_nothing_that_is_in(sender: Sender) -> None:
    sender.send(f"/{TOKEN}/add", "url=https://a.example/secret")
    status, page = sender.send(f"/{TOKEN}/", None, method="GET")
    assert status == 200
    assert "secret" not in page and "a.example" not in page
    assert (sender.headers["content-security-policy"], sender.headers["cache-control"]) == (
        POLICY,
        "no-store",
    )
    assert "unsafe" not in POLICY and "<script>" not in page
    base = f"http://127.0.0.1:{sender.port}/{TOKEN}/"
    assert BOOKMARKLET.format(base=base) in unescape(page)
    assert sender.send("/", None, method="GET", **BEARER)[0] == 404
    assert "`newsexport inbox --token` shows it" in sender.send("/", None, method="GET")[1]
    for name in ("", "manifest.webmanifest", "inbox.js", "icon-192.png"):
        assert sender.send(f"/{name}", None, method="GET")[0] == 404
    manifest = sender.send(f"/{TOKEN}/manifest.webmanifest", None, method="GET")[1]
    assert manifest["share_target"]["action"] == "add"


def test_a_title_is_a_title_and_no_script(sender: Sender) -> None:
    title = "<script>alert(1)</script>\"'>"
    body = urlencode({"url": "https://a.example/1", "title": title})
    status, page = sender.send(f"/{TOKEN}/add", body, Accept="text/html,*/*;q=0.8")
    assert status == 201
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page and "<script>" not in page
    refused = sender.send(f"/{TOKEN}/add", urlencode({"url": title}), Accept="text/html")
    assert refused[0] == 400 and "<script>" not in refused[1]
    assert sender.headers["content-security-policy"] == POLICY


@pytest.mark.parametrize("side", ICONS)
def test_icons_are_pictures_of_the_size_that_the_manifest_says(side: int) -> None:
    import io

    from PIL import Image

    with Image.open(io.BytesIO(icon(side))) as picture:
        assert picture.size == (side, side)
        assert len(picture.getcolors(10_000) or ()) > 1
