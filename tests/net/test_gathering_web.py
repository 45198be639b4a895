"""A whole newspaper on the loopback interface: what is slow, broken, walled or private costs only itself."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from web_server import Handler, Page, Route, Site, canary, serving

from newsexport.errors import NothingToExportError
from newsexport.events import Event, Lost
from newsexport.gathering.means import Means
from newsexport.isolation import Isolation
from newsexport.model import Article
from newsexport.net.client import Client
from newsexport.net.manners import Manners
from newsexport.pipeline import collect, glance

TEXT = "<p>The ferry to Skerry sails again, and the first to board was a dog, who knew the way, story number {0}.</p>"
PAGES = 200


def page(number: int, more: str = "") -> bytes:
    words = "".join(
        f"<p>Sentence {line} of story {number}: {hash((line, number)) % 10**12} crowns, and no less.</p>"
        for line in range(9)
    )
    return f"<html><head><title>Story number {number} of the day</title></head><body><article>{TEXT.format(number)}{words}{more}</article></body></html>".encode()


def versioned(body: bytes, kind: str = "text/html") -> Route:
    """A page that knows its version, as those of any newspaper do."""

    def answer(handler: Handler) -> Page:
        if handler.headers.get("If-None-Match") == '"1"':
            return Page(b"", 304)
        return Page(body, headers={"ETag": '"1"', "Content-Type": kind})

    return answer


def feed(count: int) -> bytes:
    items = "".join(
        f"<item><title>Story {number}</title><link>/story/{number}</link></item>" for number in range(count)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Gazette</title>{items}</channel></rss>'.encode()


@pytest.fixture(scope="module")
def isolation() -> Iterator[Isolation]:
    isolation = Isolation(2)
    yield isolation
    isolation.shutdown()


def gather(
    address: str, host: str, isolation: Isolation, folder: Path | None = None, *, commit: bool = True
) -> tuple[list[Article], list[Event]]:
    events: list[Event] = []
    with Client(
        Manners(allowed=frozenset({host}), seconds=2, attempts=1, folder=folder, longest_wait=1)
    ) as client:
        found = collect([address], events.append, Means(client, isolation))
        if commit:
            client.commit()
    return list(found.articles), events


def test_two_hundred_pages_of_which_some_fail(isolation: Isolation, tmp_path: Path) -> None:
    routes: dict[str, Route] = {f"/story/{number}": versioned(page(number)) for number in range(PAGES)}
    routes["/feed.xml"] = versioned(feed(PAGES), "application/rss+xml")
    with canary() as bird, serving(routes) as site:
        for number in (3, 50, 90):
            routes[f"/story/{number}"] = Page(page(number), delay=3)
        for number, answer in (
            (7, Page(b"", 500)),
            (8, Page(b"no page")),
            (9, Page(b"\xff\xd8\xff\xe0 JFIF")),
        ):
            routes[f"/story/{number}"] = answer
        for number, target in (
            (20, f"http://127.0.0.1:{bird.port}/"),
            (21, "file:///etc/passwd"),
            (22, "http://10.0.0.1/"),
        ):
            routes[f"/story/{number}"] = Page(b"", 302, {"Location": target})
        articles, events = gather(f"{site.url}/feed.xml", site.host, isolation, tmp_path)
        failed = {3, 50, 90, 7, 8, 9, 20, 21, 22}
        assert [one.title for one in articles] == [
            f"Story {number}" for number in range(PAGES) if number not in failed
        ]
        lost = [event for event in events if isinstance(event, Lost)]
        assert sorted(int(event.reference.rpartition("/")[2]) for event in lost) == sorted(failed)
        assert all("\n" not in event.reason for event in lost)
        answered = [
            visit for visit in site.visits if visit.ended - visit.begun < 2
        ]  # the others were given up
        assert Site(site.url, answered).most_at_once() == 1
        assert bird.touched == []
        assert {one.section for one in articles} == {"The Gazette"}

        before = len(site.visits)
        again, _ = gather(f"{site.url}/feed.xml", site.host, isolation, tmp_path)
        assert [one.title for one in again] == [one.title for one in articles]
        second = [
            visit
            for visit in site.visits[before:]
            if int("0" + visit.path.rpartition("/")[2].removesuffix("feed.xml")) not in failed
        ]
        assert len(second) == PAGES - len(failed) + 1
        assert all("if-none-match" in visit.headers for visit in second)


def test_a_host_that_asks_for_time_is_left_and_the_teasers_stay(isolation: Isolation) -> None:
    items = "".join(
        f"<item><title>Story {number}</title><link>/story/{number}</link><description>Teaser {number}</description></item>"
        for number in range(5)
    )
    routes: dict[str, Route] = {
        "/feed.xml": Page(f"<rss version='2.0'><channel><title>G</title>{items}</channel></rss>".encode()),
        "/story/0": Page(page(0)),
        "/story/1": Page(b"", 429, {"Retry-After": "60"}),
    }
    with serving(routes) as site:
        articles, events = gather(f"{site.url}/feed.xml", site.host, isolation)
        assert [(one.title, one.partial) for one in articles] == [(f"Story {n}", n > 0) for n in range(5)]
        assert [(event.reference, event.whole) for event in events if isinstance(event, Lost)] == [
            (f"{site.url}/story/{number}", False) for number in range(1, 5)
        ]
        assert "/story/2" not in site.paths()


def test_pages_of_one_article_are_joined_and_lists_of_lists_opened(isolation: Isolation) -> None:
    routes: dict[str, Route] = {
        "/story": Page(page(1, '<a rel="next" href="/story/2">Next</a>')),
        "/story/2": Page(page(2, '<a rel="next" href="/story/3">Next</a>')),
        "/story/3": Page(page(3)),
    }
    with serving(routes) as site:
        routes["/list.opml"] = Page(
            f'<opml><body><outline text="Harbour"><outline text="G" xmlUrl="{site.url}/feed.xml"/></outline></body></opml>'.encode()
        )
        routes["/feed.xml"] = Page(
            b"<rss version='2.0'><channel><title>G</title><item><title>S</title><link>/story</link></item></channel></rss>"
        )
        articles, _ = gather(f"{site.url}/list.opml", site.host, isolation)
        (article,) = articles
        text = repr(article.body)
        assert article.section == "Harbour"
        assert all(f"story number {number}" in text for number in (1, 2, 3))


def test_robots_are_asked_for_what_a_feed_leads_to(isolation: Isolation) -> None:
    routes: dict[str, Route] = {
        "/feed.xml": Page(feed(2)),
        "/story/0": Page(page(0)),
        "/story/1": Page(page(1)),
        "/robots.txt": Page(b"User-agent: *\nDisallow: /story/1\n"),
    }
    with serving(routes) as site:
        articles, events = gather(f"{site.url}/feed.xml", site.host, isolation)
        assert [one.title for one in articles] == ["Story 0"]
        assert "robots.txt" in next(event.reason for event in events if isinstance(event, Lost))
        assert "/story/1" not in site.paths()


def test_a_glance_fetches_lists_and_nothing_else(isolation: Isolation) -> None:
    routes: dict[str, Route] = {"/feed.xml": Page(feed(3))}
    with serving(routes) as site, Client(Manners(allowed=frozenset({site.host}))) as client:
        found = glance([f"{site.url}/feed.xml"], lambda _: None, Means(client, isolation))
        assert [one.title for one in found.articles] == ["Story 0", "Story 1", "Story 2"]
        assert site.paths() == ["/feed.xml"]


@pytest.mark.parametrize(
    "monster",
    [
        b"<div>" * 20_000,
        b"<p>" + b"x" * 4_999_990,
        b"<!--" * 1_000_000,
        b"<a " + b"b=c " * 1_000_000,
        bytes(5_000_000),
    ],
    ids=["deep", "long", "comments", "attributes", "zeros"],
)
def test_monsters_cost_only_themselves(isolation: Isolation, tmp_path: Path, monster: bytes) -> None:
    (tmp_path / "a.html").write_bytes(b"<!DOCTYPE html><html><body>" + monster)
    (tmp_path / "b.html").write_bytes(page(1))
    events: list[Event] = []
    begun = time.monotonic()
    found = collect([str(tmp_path)], events.append, Means(isolated=isolation))
    assert time.monotonic() - begun < 30
    assert "Story number 1 of the day" in [one.title for one in found.articles]


def test_without_means_nothing_is_fetched() -> None:
    events: list[Event] = []
    with pytest.raises(NothingToExportError):
        collect(["https://a.example/feed.xml"], events.append)
    assert [event.reason for event in events if isinstance(event, Lost)] == ["nothing is fetched in this run"]
