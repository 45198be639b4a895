"""Who is let in, and what a path can reach."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.newsexport.serving.serving_rigs import Running, running

from newsexport.serving.admission import LOCAL_NAMES, AccessPolicy, Refused
from newsexport.serving.request import ClientRequest

TOKEN = "Zb3_kQm-7wXr1TnYp0Lv5cDs"
FILE = "morning/2026-11-25/morning.3fa9c1d0.mp3"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home") / "library"


@pytest.fixture(scope="module")
def local(folder: Path) -> Iterator[Running]:
    with running(folder) as server:
        server.shelf.put(FILE, b"sound")
        server.shelf.make("index.html", "BASE")
        server.shelf.make("morning/2026-11-25/index.html", "BASE")
        issue = folder / "morning" / "2026-11-25"
        for name in (".hidden", "morning.3fa9c1d0.mp3.part", "issue.json", "publishing.lock", "other.mp3"):
            (issue / name).write_text("secret")
        (folder.parent / "outside.txt").write_text("secret")
        (issue / "linked.mp3").symlink_to(folder.parent / "outside.txt")
        (folder / "sideways").symlink_to(folder.parent)
        yield server


@pytest.fixture(scope="module")
def shared(folder: Path, local: Running) -> Iterator[Running]:
    names = LOCAL_NAMES | {"kitchen", "kitchen.local"}
    door = AccessPolicy(names, TOKEN, "https://paper.example.org/news/")
    with running(folder, door, shelf=local.shelf) as server:
        yield server


PATHS = [
    "/..",
    "/../",
    "/../outside.txt",
    "/%2e%2e/outside.txt",
    "/%2e%2e%2foutside.txt",
    "/%252e%252e%252foutside.txt",
    "/..%5coutside.txt",
    "/..\\outside.txt",
    "/....//outside.txt",
    "/morning/../../outside.txt",
    "/morning/2026-11-25/../2026-11-25/morning.3fa9c1d0.mp3",
    "/./morning/2026-11-25/morning.3fa9c1d0.mp3",
    "//morning/2026-11-25/morning.3fa9c1d0.mp3",
    "/morning//2026-11-25/morning.3fa9c1d0.mp3",
    "/morning/2026-11-25/morning.3fa9c1d0.mp3/",
    "/morning/2026-11-25/morning.3fa9c1d0.mp3%00",
    "/morning/2026-11-25/morning.3fa9c1d0.mp3%00.txt",
    "/morning/2026-11-25/MORNING.3fa9c1d0.mp3",
    "/morning%252f2026-11-25/morning.3fa9c1d0.mp3",
    "//etc/passwd",
    "/etc/passwd",
    "/file:///etc/passwd",
    "/%c0%ae%c0%ae/outside.txt",
    "/%e0%80%ae%e0%80%ae/outside.txt",
    "/%ff",
    "/%u002e%u002e/outside.txt",
    "/%",
    "/morning",
    "/morning/",
    "/morning/2026-11-25/.hidden",
    "/morning/2026-11-25/morning.3fa9c1d0.mp3.part",
    "/morning/2026-11-25/issue.json",
    "/morning/2026-11-25/publishing.lock",
    "/morning/2026-11-25/other.mp3",
    "/morning/2026-11-25/linked.mp3",
    "/sideways/outside.txt",
    "/sideways/library/" + FILE,
    "/C:/windows/win.ini",
    "/CON",
    "/.git/config",
    "/?/" + FILE,
    "/;/" + FILE,
]


@pytest.mark.parametrize("path", [*PATHS, "/" + "a" * 8000, "/" + "../" * 2000])
def test_only_what_is_named_is_reached(local: Running, path: str) -> None:
    found = local.raw(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    if path == "/?/" + FILE:
        assert found.startswith(b"HTTP/1.1 200 ") and b"sound" not in found, "the query is no path"
    else:
        assert found.startswith(b"HTTP/1.1 404 "), found
    assert b"secret" not in found and b"root:" not in found


def test_a_link_in_the_folder_leads_nowhere_even_when_it_is_named(local: Running, folder: Path) -> None:
    stored = local.shelf.put("morning/2026-11-24/real.mp3", b"secret")
    real = folder / "morning" / "2026-11-24" / "real.mp3"
    assert local.ask("/morning/2026-11-24/real.mp3").status == 200
    real.rename(folder.parent / "moved.mp3")
    real.symlink_to(folder.parent / "moved.mp3")
    assert local.ask("/morning/2026-11-24/real.mp3").status == 404
    real.unlink()
    real.parent.rename(folder.parent / "elsewhere")
    (folder.parent / "moved.mp3").rename(folder.parent / "elsewhere" / "real.mp3")
    real.parent.symlink_to(folder.parent / "elsewhere")
    assert real.read_bytes() == b"secret"
    assert local.ask("/morning/2026-11-24/real.mp3").status == 404
    assert local.shelf.folder.open(stored) is None


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LocalHost", 200),
        ("localhost.", 200),
        ("localhost:PORT", 200),
        ("LOCALHOST.:PORT", 200),
        ("localhost:9", 421),
        ("127.0.0.1", 200),
        ("127.0.0.1:80", 421),
        ("127.0.0.1:443", 421),
        ("127.0.0.1:PORT", 200),
        ("[::1]", 200),
        ("[::1]:9", 421),
        ("[::1]:PORT", 200),
        ("evil.example", 421),
        ("evil.example:8642", 421),
        ("localhost.evil.example", 421),
        ("evil.localhost", 421),
        ("127.0.0.1.nip.io", 421),
        ("192.168.1.1", 421),
        ("0.0.0.0", 421),
        ("[::]", 421),
        ("[::ffff:127.0.0.1]", 421),
        ("2130706433", 421),
        ("127.1", 421),
        ("paper.example.org", 421),
        ("", 400),
        ("localhost:", 400),
        ("localhost:abc", 400),
        ("localhost:123456", 400),
        ("user@localhost", 400),
        ("localhost/evil", 400),
        ("localhost\\evil", 400),
        ("local host", 400),
        ("localhost,evil.example", 400),
        ("<script>", 400),
        ("l\u00f6calhost", 400),
    ],
)
def test_a_host_must_be_one_of_this_server(local: Running, host: str, status: int) -> None:
    host = host.replace("PORT", str(local.port))
    request = f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
    found = local.raw(request)
    assert found.startswith(f"HTTP/1.1 {status} ".encode()), found


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ("GET / HTTP/1.1\r\n", 400),
        ("GET / HTTP/1.0\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Host: evil.example\r\n", 200),
        ("GET / HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: localhost\r\n", 421),
        ("GET / HTTP/1.1\r\nHost: evil.example\r\nForwarded: host=localhost\r\n", 421),
        ("GET http://localhost/ HTTP/1.1\r\nHost: evil.example\r\n", 200),
        ("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n", 421),
        ("GET http://localhost HTTP/1.1\r\nHost: localhost\r\n", 404),
        ("GET http:///etc/passwd HTTP/1.1\r\nHost: localhost\r\n", 400),
        ("GET * HTTP/1.1\r\nHost: localhost\r\n", 404),
        ("GET localhost:80 HTTP/1.1\r\nHost: localhost\r\n", 404),
    ],
)
def test_only_one_host_counts_and_nobody_speaks_for_another(local: Running, lines: str, status: int) -> None:
    found = local.raw(f"{lines}Connection: close\r\n\r\n".encode())
    assert found.startswith(f"HTTP/1.1 {status} ".encode()), found
    assert b"evil" not in found


def test_two_hosts_are_none_whatever_the_server_lets_pass() -> None:
    request = ClientRequest("GET", b"/", "http", ("localhost", "localhost"), "127.0.0.1", "127.0.0.1", {})
    assert AccessPolicy().admit(request) == Refused(400, "one Host is needed")


def test_what_is_made_bears_the_address_it_was_asked_under(local: Running) -> None:
    port = local.port
    assert local.ask("/", host=f"LOCALHOST:{port}").body == f"http://localhost:{port}/".encode()
    assert local.ask("/", host="localhost").body == b"http://localhost/", "a proxy may stand in front"
    page = local.ask("/morning/2026-11-25/", host=f"[::1]:{port}")
    assert page.body == f"http://[::1]:{port}/".encode()


def test_a_folder_without_its_slash_is_told_where_it_lies(local: Running) -> None:
    reply = local.ask("/morning/2026-11-25", host=f"localhost:{local.port}")
    there = f"http://localhost:{local.port}/morning/2026-11-25/"
    assert (reply.status, reply.headers["location"]) == (301, there)


def test_a_token_opens_and_nothing_else_does(shared: Running) -> None:
    assert shared.ask(f"/{TOKEN}/{FILE}").body == b"sound"
    assert (
        shared.ask(f"/{TOKEN}/", host=f"kitchen.local:{shared.port}").body
        == f"http://kitchen.local:{shared.port}/{TOKEN}/".encode()
    )
    refused = [
        "/",
        "/index.html",
        f"/{FILE}",
        f"//{TOKEN}/{FILE}",
        f"/{TOKEN}%2f",
        f"/{TOKEN}.",
        f"/{TOKEN[:-1]}/{FILE}",
        f"/{TOKEN}x/{FILE}",
        f"/{TOKEN.lower()}/{FILE}",
        f"/%5A{TOKEN[1:]}/{FILE}",
        f"/x/{TOKEN}/{FILE}",
        f"/?r=/{TOKEN}/{FILE}",
        f"/{FILE}?token={TOKEN}",
        f"/{TOKEN}%2f{FILE}",
        f"/../{TOKEN}/{FILE}",
        "/\u00fc/".encode("utf-8").decode("latin-1"),
    ]
    for path in refused:
        head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {TOKEN}\r\nConnection: close\r\n\r\n"
        found = shared.raw(head.encode("latin-1"))
        assert found[:13] in {b"HTTP/1.1 404 ", b"HTTP/1.1 400 "}, (path, found)
        assert TOKEN.encode() not in found


def test_an_address_that_lost_its_last_slash_still_leads_there(shared: Running) -> None:
    reply = shared.ask(f"/{TOKEN}", host="kitchen.local")
    assert (reply.status, reply.headers["location"]) == (301, f"http://kitchen.local/{TOKEN}/")


def test_without_the_token_nothing_tells_what_exists(shared: Running) -> None:
    for method in ("GET", "HEAD", "POST"):
        there, nowhere = shared.ask(f"/{FILE}", method), shared.ask("/nowhere", method)
        assert (there.status, there.body) == (nowhere.status, nowhere.body) == (404, there.body)


def test_a_token_is_never_told_to_who_listens_to_requests(shared: Running) -> None:
    for path in (f"/{TOKEN}/{FILE}", f"/{TOKEN}x/", f"/{TOKEN}", f"/x/{TOKEN}"):
        shared.ask(path)
    assert shared.served and TOKEN not in repr(shared.served)


def test_behind_a_proxy_addresses_are_those_of_the_proxy(shared: Running) -> None:
    reply = shared.ask(f"/{TOKEN}/", host="paper.example.org")
    assert reply.body == f"https://paper.example.org/news/{TOKEN}/".encode()
    assert shared.ask(f"/{TOKEN}/", host="paper.example.org:443").body == reply.body
    assert shared.ask(f"/{TOKEN}/", host="paper.example.org:8443").status == 421


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get", "BREW"]
)
def test_nothing_but_reading(local: Running, method: str) -> None:
    reply = local.ask("/", method)
    assert reply.status == 405
    assert reply.headers["allow"] == "GET, HEAD"
