"""No secret of a configuration is seen anywhere but where it is sent: whole runs, searched byte by byte."""

from __future__ import annotations

import base64
import json
import os
import socket
import ssl
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from tests.machine.system_tools import strace
from tests.newsexport.library.places import sftp
from tests.newsexport.net.web_server import Page, Site, serving

# Secrets that are found wherever they are. Passwords have characters that every encoding writes otherwise.
CANARIES = {
    "variable": "kanarie+1/?~&x",
    "command": "serin>2%<~=y",
    "shelf": "canarino-3_z~",
    "feed": "zeisig-4-token",
    "page": "stieglitz-5-key",
    "missing": "girlitz-6-token",
    "refused": "gimpel-7-key",
    "distrusted": "hanfling-8-sig",
    "wrong": "dompfaff+0/ ~&q",
    "in-address": "buchfink:9/~&w",
}
ADA = "ada@kindle.example"

FEED = """<rss version="2.0"><channel><title>The Oldhaven Letter</title><link>{url}/</link>
<item><title>The harbour opens</title><link>{url}/harbour</link><guid>1</guid>
<description>&lt;p&gt;The ferry left Oldhaven at dawn, with a band on the quay. Nobody was late.&lt;/p&gt;
&lt;p&gt;&lt;a href="next?page=2"&gt;More of it&lt;/a&gt;&lt;/p&gt;</description></item>
</channel></rss>"""
STORY = "The traders of Long Street have a roof at last, and they are not sure that they like it at all. " * 8
PAGE = f"<html lang=en><head><title>A market moves indoors</title></head><body><article><h1>A market moves indoors</h1><p>{STORY}</p><p>{STORY}</p></article></body></html>"

CONFIGURATION = """
[library]
folder = "{library}"
base = "https://paper.example.org/"

[paper.morning]
title = "The Oldhaven Morning"
timezone = "Europe/Berlin"
allow_host = ["127.0.0.1", "localhost"]
sources = [{sources}]

[paper.morning.epub]

[paper.morning.text]

[paper.morning.audio]
engine = "silent"
"""
MAIL = """
[[paper.morning.deliver]]
by = "mail"
to = "{to}"
sender = "press@example.org"
host = "localhost"
port = {port}
user = "press"
password = {password}
"""


class Handler:
    """Takes every letter."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - the name that the server calls
        assert (server, session) is not None
        self.taken.append(envelope.original_content or b"")
        return "250 OK"


def _admitted(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    assert (server, session, envelope, mechanism) is not None
    known = {CANARIES["variable"].encode(), CANARIES["command"].encode()}
    return AuthResult(success=isinstance(data, LoginPassword) and data.password in known, handled=False)


def context_of(authority: trustme.CA, name: str) -> ssl.SSLContext:
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(own)
    return own


def free_port() -> int:
    """One that nobody listens at; the server asks itself at it whether it is up."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail(context: ssl.SSLContext) -> Iterator[tuple[int, Handler]]:
    """The port of a mail server that knows two passwords, and what it took."""
    handler = Handler()
    controller = Controller(
        handler,
        hostname="127.0.0.1",
        port=free_port(),
        ssl_context=context,
        authenticator=_admitted,
        auth_require_tls=False,
    )
    controller.start()
    try:
        yield int(controller.port), handler
    finally:
        controller.stop()


class World:
    """A folder to run in, with all the servers that a run speaks to."""

    def __init__(self, root: Path, site: Site, stranger: Site, authority: trustme.CA) -> None:
        self.root, self.site, self.stranger, self.authority = root, site, stranger, authority
        self.said: list[bytes] = []
        self.arguments = b""

    def configure(self, library: str, sources: list[str], letters: list[str]) -> None:
        listed = ", ".join(map(json.dumps, sources))
        text = CONFIGURATION.format(library=library, sources=listed) + "".join(letters)
        (self.root / "newsexport.toml").write_text(text, "utf-8")
        (self.root / "newsexport.toml").chmod(0o600)

    def run(self, *arguments: str) -> int:
        """The exit code. What it says is kept, and what any program was started with."""
        trace = self.root.parent / "trace"
        command = [
            strace(),
            "-f",
            "-qq",
            "-s",
            "100000",
            "-e",
            "trace=execve",
            "-e",
            "signal=none",
            "-o",
            str(trace),
        ]
        own = {f"XDG_{name}_HOME": str(self.root / name.lower()) for name in ("STATE", "CACHE", "CONFIG")}
        done = subprocess.run(
            [*command, sys.executable, "-m", "newsexport", *arguments],
            cwd=self.root,
            env={
                **os.environ,
                **own,
                "SSL_CERT_FILE": str(self.root.parent / "authority.pem"),
                "MAIL": CANARIES["variable"],
            },
            capture_output=True,
            check=False,
            timeout=120,
        )
        self.said += [done.stdout, done.stderr]
        self.arguments += trace.read_bytes()
        return done.returncode

    def seen(self) -> Iterator[tuple[str, bytes]]:
        """Everything that could be seen of the runs: what they said, what they left, what they started."""
        yield "output", b"".join(self.said)
        yield "arguments", self.arguments
        for path in sorted(self.root.rglob("*")):
            name = path.relative_to(self.root).as_posix()
            if path.is_file() and name != "newsexport.toml":
                yield from opened(name, path)


def opened(name: str, path: Path) -> Iterator[tuple[str, bytes]]:
    """A file, and what is packed in it."""
    yield name, path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as book:
            for inner in book.namelist():
                yield f"{name}/{inner}", book.read(inner)


def forms(secret: str) -> set[bytes]:
    """A secret as it stands, and in the encodings that it travels in."""
    raw = secret.encode()
    found = {raw, raw.hex().encode(), quote(secret).encode(), quote(secret, safe="").encode()}
    found |= {secret.encode("utf-16-le"), secret.encode("utf-16-be"), json.dumps(secret)[1:-1].encode()}
    found.add(secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode())
    for before in range(3):  # base64 of a longer text in which it stands, without the ends that others share
        inner = base64.b64encode(b"\0" * before + raw)[4 if before else 0 :]
        found.add(inner[: len(inner) // 4 * 4 - 4])
    return found | {form.lower() for form in found}


def found_in(world: World) -> list[tuple[str, str]]:
    """Which secret is seen where."""
    sought = [(name, form) for name, secret in CANARIES.items() for form in forms(secret)]
    return sorted({(name, where) for where, data in world.seen() for name, form in sought if form in data})


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    root = tmp_path / "world"
    root.mkdir()
    authority, other = trustme.CA(), trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    (tmp_path / "password").write_text(CANARIES["command"] + "\n", "utf-8")
    routes: dict[str, Any] = {"/page": Page(PAGE.encode(), headers={"Content-Type": "text/html"})}
    routes["/harbour"] = Page(
        PAGE.replace("A market moves indoors", "The harbour opens").encode(),
        headers={"Content-Type": "text/html"},
    )
    with serving(routes) as site, serving({}, context_of(other, "127.0.0.1")) as stranger:
        feed = FEED.format(url=site.url).encode()
        routes["/feed.xml"] = Page(feed, headers={"Content-Type": "application/rss+xml", "ETag": '"1"'})
        yield World(root, site, stranger, authority)


@pytest.mark.slow
def test_a_run_that_goes_well_shows_no_secret(world: World) -> None:
    authority = world.authority
    password = world.root.parent / "password"
    with sftp(CANARIES["shelf"]) as shelf, mail(context_of(authority, "localhost")) as (port, handler):
        library = f"sftp://reader:{quote(CANARIES['shelf'], safe='')}@127.0.0.1:{shelf}{world.root}/library"
        sources = [
            f"{world.site.url}/feed.xml?token={CANARIES['feed']}",
            f"{world.site.url}/page?key={CANARIES['page']}",
        ]
        letters = [
            MAIL.format(to=ADA, port=port, password='{ env = "MAIL" }'),
            MAIL.format(to=f"b{ADA}", port=port, password=f'{{ command = ["cat", "{password}"] }}'),
        ]
        world.configure(library, sources, letters)
        assert world.run("run", "-v") == 0, world.said
        assert world.run("run", "--json") == 0, world.said
        assert world.run("run", "--dry-run") == 0
        assert world.run("status", "-v") == 0
        assert world.run("status", "--json") == 0
    assert len(handler.taken) == 2
    asked = " ".join(world.site.paths())
    assert CANARIES["feed"] in asked
    assert CANARIES["page"] in asked
    again = [visit for visit in world.site.visits if "if-none-match" in visit.headers]
    assert [CANARIES["feed"] in visit.path for visit in again] == [True], "what was fetched is still known"
    assert (world.root / "library/opds.xml").is_file()
    assert found_in(world) == []


@pytest.mark.slow
def test_a_run_that_fails_in_every_way_shows_no_secret(world: World) -> None:
    mistrusted = context_of(trustme.CA(), "localhost")
    password, here = world.root.parent / "password", world.site.url.partition("//")[2]
    with mail(mistrusted) as (unknown, handler), mail(context_of(world.authority, "localhost")) as (port, _):
        sources = [
            f"{world.site.url}/feed.xml?token={CANARIES['feed']}",
            f"{world.site.url}/gone.xml?token={CANARIES['missing']}",
            f"http://127.0.0.1:{free_port()}/feed.xml?key={CANARIES['refused']}",
            f"{world.stranger.url}/feed.xml?sig={CANARIES['distrusted']}",
            f"http://reader:{quote(CANARIES['in-address'], safe='')}@{here}/feed.xml",
        ]
        letters = [
            MAIL.format(to=f"c{ADA}", port=unknown, password='{ env = "MAIL" }'),
            MAIL.format(to=f"d{ADA}", port=port, password=json.dumps(CANARIES["wrong"])),
            MAIL.format(to=f"e{ADA}", port=unknown, password=f'{{ command = ["cat", "{password}"] }}'),
            MAIL.format(
                to=f"f{ADA}", port=port, password=f'{{ command = ["cat", "{password}", "/nowhere"] }}'
            ),
        ]
        world.configure("library", sources, letters)
        for options in (["-v"], ["--json"], ["-v", "--date", "2026-11-24"]):
            assert world.run("run", *options) == 1, world.said
        assert world.run("status", "-v") == 0
        told = b"".join(world.said).decode()
        for told_of in (
            "/gone.xml?token=***: the server answered 404",
            "/feed.xml?key=***: ",
            "/feed.xml?sig=***: ",
            f"http://{here}/feed.xml: has a user name in it",
            f"http://{here}/gone.xml?token=*** has failed 3 times in a row",
            "localhost: cannot be trusted",
            "localhost: takes neither this name nor this password",
            "cat: printed no password",
        ):
            assert told_of in told, told
        assert handler.taken == []
        with sftp("another") as shelf:
            library = f"sftp://reader:{CANARIES['shelf']}@127.0.0.1:{shelf}{world.root}/library"
            world.configure(library, sources[:1], [])
            assert {world.run("run", *options) for options in (["-v"], ["--json"])} <= {2, 6}
        world.configure("nowhere://reader:{}@host/".format(CANARIES["shelf"]), sources[:1], [])
        assert {world.run("run", *options) for options in (["-v"], ["--json"])} <= {2, 6}
        assert world.run("status", "--json") == 0
    assert found_in(world) == []


@pytest.mark.parametrize("form", sorted(forms(CANARIES["variable"])))
def test_a_secret_in_any_of_its_forms_would_be_seen(form: bytes, tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state/log").write_bytes(b"before " + form + b" after")
    with zipfile.ZipFile(tmp_path / "book.epub", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("page.xhtml", b"before " + form + b" after")
    blank = Site("http://127.0.0.1")
    places = ["book.epub/page.xhtml", "state/log"]
    assert [where for _, where in found_in(World(tmp_path, blank, blank, trustme.CA()))] == places
