"""Whoever looks for something waits for it, and nobody else does."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.newsexport.serving.serving_rigs import MADE, Running, running

from newsexport.publishing.site import Site
from newsexport.serving.response_cache import SEARCHES, ResponseCache
from newsexport.serving.routes import GeneratedResource, RouteTable, SearchResource

SEARCH = "opds-search.xml"


@dataclass
class Slow:
    """A catalogue in which nothing is found before `done`; `begun` is one mark for each search."""

    done: threading.Event = field(default_factory=threading.Event)
    begun: list[str] = field(default_factory=list)
    first: threading.Event = field(default_factory=threading.Event)

    def __call__(self, words: str, _: Site) -> bytes:
        self.begun.append(words)
        self.first.set()
        assert self.done.wait(20)
        return f"<found>{words}</found>".encode()


@pytest.fixture
def slow() -> Iterator[Slow]:
    search = Slow()
    yield search
    search.done.set()


@pytest.fixture
def server(tmp_path: Path, slow: Slow) -> Iterator[Running]:
    with running(tmp_path) as server:
        server.shelf.make("index.html", "BASE")
        server.shelf.put("morning/2026-11-25/morning.3fa9c1d0.mp3", b"sound")
        sought = SearchResource("application/atom+xml", slow, MADE, "default-src 'none'")
        server.shelf.now = RouteTable({**server.shelf.now.resources, SEARCH: sought})
        yield server
        slow.done.set()


def test_others_get_pages_and_sounds_while_somebody_searches(server: Running, slow: Slow) -> None:
    with ThreadPoolExecutor() as pool:
        reply = pool.submit(server.ask, f"/{SEARCH}?query=ferry")
        assert slow.first.wait(20)
        assert server.ask("/").status == 200
        assert server.ask("/morning/2026-11-25/morning.3fa9c1d0.mp3").body == b"sound"
        assert not reply.done()
        slow.done.set()
        assert reply.result().body == b"<found>ferry</found>"


def test_searches_are_made_one_by_one_and_one_too_many_is_sent_away(server: Running, slow: Slow) -> None:
    with ThreadPoolExecutor(SEARCHES + 1) as pool:
        replies = [pool.submit(server.ask, f"/{SEARCH}?query={n}") for n in range(SEARCHES + 1)]
        (away,), others = wait(replies, 20, FIRST_COMPLETED)
        assert (away.result().status, away.result().headers["retry-after"]) == (503, "5")
        assert away.result().body == b"too many are looking for something just now\n"
        assert len(slow.begun) == 1
        slow.done.set()
        assert {reply.result().status for reply in others} == {200}
    assert server.ask(f"/{SEARCH}?query=ferry").status == 200


def test_what_was_found_takes_the_place_of_nothing() -> None:
    calls: list[str] = []

    def make(site: Site) -> bytes:
        calls.append(site.base)
        return b"\0" * 600

    page, prints, site = (
        GeneratedResource("image/png", make, MADE, ""),
        ResponseCache(kept=1000),
        Site("http://localhost/"),
    )

    async def row() -> None:
        await prints.of(page, site)
        for _ in range(5):
            assert await prints.sought(GeneratedResource("image/png", lambda _: b"\0" * 600, MADE, ""), site)
        await prints.of(page, site)

    asyncio.run(row())
    assert len(calls) == 1
