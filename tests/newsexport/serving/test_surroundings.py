"""What a server keeps, where it listens, how it is called, and that it sees what is published."""

import asyncio
import gc
import os
import socket
import stat
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsexport.errors import OutputError, UsageError
from newsexport.library.issue import MANIFEST
from newsexport.publishing.site import Site
from newsexport.serving.admission import kept_token
from newsexport.serving.editions import EVERY, WatchedFolder
from newsexport.serving.files import Folder
from newsexport.serving.mdns import addresses, announced, names
from newsexport.serving.response_cache import ResponseCache
from newsexport.serving.routes import GeneratedResource, RouteTable
from newsexport.serving.server import AddressInUseError, listen


def test_a_token_is_made_once_and_kept_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "state" / "serve-token"
    token = kept_token(path)
    assert len(token) >= 22
    assert kept_token(path) == token
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert kept_token(path, renew=True) != token
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_tokens_are_never_the_same(tmp_path: Path) -> None:
    assert len({kept_token(tmp_path / str(number)) for number in range(20)}) == 20


@pytest.mark.parametrize("kept", ["short", "with space in the middle of it", "a" * 22 + "/../..", "a" * 1000])
def test_what_is_no_token_is_never_used_as_one(tmp_path: Path, kept: str) -> None:
    (tmp_path / "serve-token").write_text(kept)
    with pytest.raises(OutputError, match="holds no token"):
        kept_token(tmp_path / "serve-token")


def test_a_server_for_this_machine_listens_on_its_loopback_addresses_alone() -> None:
    listening = listen(0, everywhere=False)
    try:
        hosts = [each.getsockname()[:2] for each in listening.sockets]
        assert set(hosts) <= {("127.0.0.1", listening.port), ("::1", listening.port)}
    finally:
        listening.close()


def test_a_server_for_everybody_listens_by_both_protocols() -> None:
    listening = listen(0, everywhere=True)
    try:
        assert {each.family for each in listening.sockets} == {socket.AF_INET, socket.AF_INET6}
        for host in ("127.0.0.1", "::1"):
            socket.create_connection((host, listening.port), timeout=20).close()
    finally:
        listening.close()


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_a_port_that_is_taken_by_either_protocol_is_told_in_one_line(family: socket.AddressFamily) -> None:
    with socket.socket(family) as other:
        other.bind(("127.0.0.1" if family == socket.AF_INET else "::1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(AddressInUseError, match=f"port {port}: something else listens there"):
            listen(port, everywhere=False)


def test_a_machine_knows_how_others_call_it() -> None:
    first = socket.gethostname().lower().partition(".")[0]
    assert f"{first}.local" in names()
    for address in addresses():
        assert not address.startswith("127.")
        family = socket.AF_INET6 if address.startswith("[") else socket.AF_INET
        with socket.socket(family) as ours:
            ours.bind((address.strip("[]"), 0))


def test_nothing_can_be_announced_without_an_address() -> None:
    with pytest.raises(UsageError, match="no address"), announced("news", "kitchen", (), 8642):
        pass


@pytest.mark.slow
def test_what_is_announced_is_found_and_holds_no_secret() -> None:
    from zeroconf import IPVersion, ServiceInfo, Zeroconf

    with announced("News. of the house", "kitchen", ("127.0.0.1",), 8642):
        browser = Zeroconf(["127.0.0.1"], ip_version=IPVersion.V4Only)
        try:
            info = ServiceInfo("_http._tcp.local.", "News  of the house._http._tcp.local.")
            assert info.request(browser, 20_000)
        finally:
            browser.close()
    assert (info.port, info.server) == (8642, "kitchen.local.")
    assert "127.0.0.1" in info.parsed_addresses()
    assert info.properties == {}


class Hands:
    """A clock whose time a test tells."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def manifest(root: Path, paper: str, day: str, text: str) -> Path:
    """Replace a manifest as publishing does: another file takes its name."""
    folder = root / paper / day
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / ".draft"
    draft.write_text(text)
    draft.replace(folder / MANIFEST)
    return folder / MANIFEST


def test_a_library_is_read_again_only_when_a_manifest_has_changed(tmp_path: Path) -> None:
    hands, loads = Hands(), []
    watched = WatchedFolder(Folder.at(tmp_path), lambda: loads.append(1) or RouteTable({}), clock=hands)  # type: ignore[func-returns-value]
    path = manifest(tmp_path, "morning", "2026-11-25", "one")

    def loaded_after(seconds: float) -> int:
        hands.time += seconds
        watched.table()
        return len(loads)

    assert loaded_after(0) == 1
    assert loaded_after(EVERY * 10) == 1
    manifest(tmp_path, "morning", "2026-11-26", "two")
    assert loaded_after(EVERY / 10) == 1, "not looked at yet"
    assert loaded_after(EVERY) == 2
    same = path.stat()
    manifest(tmp_path, "morning", "2026-11-25", "eno")
    os.utime(path, ns=(same.st_atime_ns, same.st_mtime_ns))
    assert loaded_after(EVERY) == 3, "same size and time, another file"
    (tmp_path / "morning" / "2026-11-25" / "sound.mp3").write_bytes(b"sound")
    assert loaded_after(EVERY) == 3, "files without a manifest are nothing to be served"
    path.unlink()
    assert loaded_after(EVERY) == 4


def test_nobody_but_the_first_of_all_waits_for_a_library_to_be_read(tmp_path: Path) -> None:
    hands, begun, go_on = Hands(), threading.Semaphore(0), threading.Semaphore(0)
    tables = [RouteTable({}), RouteTable({})]

    def load() -> RouteTable:
        begun.release()
        assert go_on.acquire(timeout=20)
        return tables.pop(0)

    first, second = tables
    watched = WatchedFolder(Folder.at(tmp_path), load, clock=hands)
    manifest(tmp_path, "morning", "2026-11-25", "one")
    with ThreadPoolExecutor() as pool:
        early = pool.submit(watched.table)
        assert begun.acquire(timeout=20)
        with_it = pool.submit(watched.table)
        go_on.release()
        assert early.result() is with_it.result() is first
        manifest(tmp_path, "morning", "2026-11-26", "two")
        hands.time += EVERY
        looking = pool.submit(watched.table)
        assert begun.acquire(timeout=20)
        assert watched.table() is first, "another reads it"
        go_on.release()
        assert looking.result() is second is watched.table()


def test_a_library_that_cannot_be_read_leaves_what_was_there(tmp_path: Path) -> None:
    hands, tables = Hands(), [RouteTable({})]
    troubles: list[str] = []

    def load() -> RouteTable:
        if not tables:
            raise ValueError("line 3: no JSON")
        return tables.pop()

    watched = WatchedFolder(Folder.at(tmp_path), load, troubles.append, hands)
    manifest(tmp_path, "morning", "2026-11-25", "one")
    first = watched.table()
    manifest(tmp_path, "morning", "2026-11-26", "two")
    hands.time += EVERY
    assert watched.table() is first
    assert troubles == [f"{tmp_path}: line 3: no JSON"]


def test_what_is_kept_for_the_next_who_asks_holds_no_library_that_is_gone() -> None:
    class Library:
        """Stands for ten thousand issues, of which a page was made."""

        def page(self, site: Site) -> bytes:
            return site.base.encode()

    kept, library = ResponseCache(), Library()
    gone = weakref.ref(library)
    made = GeneratedResource("text/html", library.page, datetime.now(UTC), "", stamp="3fa9")
    site = Site("http://localhost/")
    body = asyncio.run(kept.of(made, site)).body
    again = replace(made, make=lambda _: b"is not made again")
    del made, library
    gc.collect()
    assert gone() is None
    assert asyncio.run(kept.of(again, site)).body == body == b"http://localhost/"
