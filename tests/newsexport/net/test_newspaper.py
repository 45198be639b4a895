"""A whole newspaper on the loopback interface: what is slow, broken, walled or private costs only itself."""

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.newsexport.net.web_server import Handler, Page, Route, Site, canary, serving

from newsexport.collecting.context import CollectingContext
from newsexport.errors import NothingToExportError
from newsexport.events import Event, Lost
from newsexport.model import Article
from newsexport.net.client import Client
from newsexport.net.settings import FetchSettings
from newsexport.pipeline import Arrangement, arrange, collect, glance
from newsexport.work.isolation import Isolation

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
        FetchSettings(allowed=frozenset({host}), seconds=2, attempts=1, folder=folder, longest_wait=1)
    ) as client:
        found = collect([address], events.append, CollectingContext(client, isolation))
        if commit:
            client.commit()
    return list(found.articles), events


@pytest.mark.slow
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
    with serving(routes) as site, Client(FetchSettings(allowed=frozenset({site.host}))) as client:
        found = glance([f"{site.url}/feed.xml"], lambda _: None, CollectingContext(client, isolation))
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
    found = collect([str(tmp_path)], events.append, CollectingContext(isolated=isolation))
    assert time.monotonic() - begun < 30
    assert "Story number 1 of the day" in [one.title for one in found.articles]


def test_without_means_nothing_is_fetched() -> None:
    events: list[Event] = []
    with pytest.raises(NothingToExportError):
        collect(["https://a.example/feed.xml"], events.append)
    assert [event.reason for event in events if isinstance(event, Lost)] == ["nothing is fetched in this run"]


FEED = "<link rel='alternate' type='application/rss+xml' href='/feed.xml' title='The Gazette'>"
COMMENTS = "<link rel='alternate' type='application/rss+xml' href='/comments/feed/' title='The Gazette » Comments Feed'>"
ATOM = "<link rel='alternate' type='application/atom+xml' href='/feed.atom' title='The Gazette (Atom)'>"
TEASERS = "".join(
    f"<h2><a href='/story/{number}'>Story {number}</a></h2>{TEXT.format(number)}" for number in range(4)
)

LINKS = "".join(f"<h2><a href='/story/{number}'>Story {number}</a></h2>" for number in range(4))


def home(head: str, body: str = TEASERS) -> bytes:
    return f"<html><head><title>The Gazette</title>{head}</head><body><h1>The Gazette</h1>{body}</body></html>".encode()


@pytest.mark.parametrize(
    "front",
    [
        home(FEED),
        home(FEED, "<h2><a href='/story/1'>Story</a></h2>"),
        home(COMMENTS + FEED + ATOM),
        home("", TEASERS + "<p><a href='/feed.xml'>RSS</a></p>"),
        home(FEED.replace("/feed.xml", "feed:{site}/feed.xml")),
    ],
    ids=["teasers", "links", "formats and comments", "a plain link", "an old scheme"],
)
def test_the_feed_that_a_home_page_names_is_read(isolation: Isolation, front: bytes) -> None:
    routes: dict[str, Route] = {
        "/feed.xml": Page(feed(2)),
        **{f"/story/{at}": Page(page(at)) for at in range(2)},
    }
    routes["/robots.txt"] = Page(
        b"User-agent: *\nDisallow: /feed.xml\n", headers={"Content-Type": "text/plain"}
    )
    with serving(routes) as site:
        routes["/"] = Page(front.replace(b"feed:{site}", site.url.encode()))
        articles, events = gather(f"{site.url}/", site.host, isolation)
        assert [one.title for one in articles] == ["Story 0", "Story 1"]
        assert {one.section for one in articles} == {"The Gazette"}
        assert not [event for event in events if isinstance(event, Lost)]


def test_of_several_feeds_of_a_home_page_one_is_asked_for(isolation: Isolation) -> None:
    sport = FEED.replace("/feed.xml", "/sport.rss").replace("The Gazette", "Sport")
    with serving({"/": Page(home(FEED + sport))}) as site:
        with pytest.raises(NothingToExportError):
            gather(f"{site.url}/", site.host, isolation)
        events: list[Event] = []
        with (
            Client(FetchSettings(allowed=frozenset({site.host}))) as client,
            pytest.raises(NothingToExportError),
        ):
            collect([f"{site.url}/"], events.append, CollectingContext(client, isolation))
        (lost,) = [event for event in events if isinstance(event, Lost)]
        assert lost.reason.endswith(
            f"it names 2 feeds, give one of them: {site.url}/feed.xml (The Gazette), {site.url}/sport.rss (Sport)"
        )


def test_a_feed_stands_in_for_no_article(isolation: Isolation) -> None:
    """Where one story was asked for, or listed, its site's feed is told and not read."""
    wall = home(FEED, "<form><p>Please log in to go on.</p><input></form>")
    listed = feed(1).replace(
        b"</link>", b"</link><description>A teaser of the story, long enough to be read.</description>"
    )
    with serving({"/story/0": Page(wall), "/list.xml": Page(listed), "/feed.xml": Page(feed(1))}) as site:
        events: list[Event] = []
        with (
            Client(FetchSettings(allowed=frozenset({site.host}))) as client,
            pytest.raises(NothingToExportError),
        ):
            collect([f"{site.url}/story/0"], events.append, CollectingContext(client, isolation))
        (lost,) = [event for event in events if isinstance(event, Lost)]
        assert (
            lost.reason
            == f"holds no article: it asks to log in; it names a feed: {site.url}/feed.xml (The Gazette)"
        )
    with serving(
        {"/story/0": Page(home(FEED, LINKS)), "/list.xml": Page(listed), "/feed.xml": Page(feed(1))}
    ) as site:
        articles, events = gather(f"{site.url}/list.xml", site.host, isolation)
        assert [(one.title, one.partial) for one in articles] == [("Story 0", True)]
        assert "/feed.xml" not in site.paths()


def test_a_home_page_saved_as_a_file_leads_to_its_feed(isolation: Isolation, tmp_path: Path) -> None:
    routes: dict[str, Route] = {"/feed.xml": Page(feed(1)), "/story/0": Page(page(0))}
    with serving(routes) as site:
        absolute = home(FEED.replace("/feed.xml", f"{site.url}/feed.xml"))
        canonical = home(f"<link rel='canonical' href='{site.url}/'>{FEED}")
        for name, data in {"absolute": absolute, "canonical": canonical}.items():
            (tmp_path / f"{name}.html").write_bytes(data)
            articles, _ = gather(str(tmp_path / f"{name}.html"), site.host, isolation)
            assert [one.title for one in articles] == ["Story 0"]
        (tmp_path / "nowhere.html").write_bytes(home(FEED))
        events: list[Event] = []
        with pytest.raises(NothingToExportError):
            collect([str(tmp_path / "nowhere.html")], events.append)
        (lost,) = [event for event in events if isinstance(event, Lost)]
        assert lost.reason.endswith("but not its own address: give that of the site instead")


@pytest.mark.parametrize("feed_at", ["/feed.xml", "/news"], ids=["says that it is one", "says nothing"])
@pytest.mark.parametrize("name", ["list.txt", "instapaper.csv", "bookmarks.html"])
def test_a_feed_among_addresses_that_were_kept_is_followed(
    isolation: Isolation, tmp_path: Path, name: str, feed_at: str
) -> None:
    forms = {
        "list.txt": "{0}\n{1}\n",
        "instapaper.csv": "URL,Title,Selection,Folder,Timestamp,Tags\n{0},Gazette,,Unread,1700000000,[]\n{1},Tale,,Unread,1700000001,[]\n",
        "bookmarks.html": "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><A HREF='{0}'>Gazette</A><DT><A HREF='{1}'>Tale</A></DL>",
    }
    routes: dict[str, Route] = {
        feed_at: Page(feed(2)),
        **{f"/story/{at}": Page(page(at)) for at in range(2)},
        "/tale": Page(page(7)),
    }
    with serving(routes) as site:
        (tmp_path / name).write_text(forms[name].format(f"{site.url}{feed_at}", f"{site.url}/tale"))
        articles, events = gather(str(tmp_path / name), site.host, isolation)
        titles = [one.title for one in articles]
        assert titles[:2] == ["Story 0", "Story 1"]
        assert len(titles) == 3
        assert not [event for event in events if isinstance(event, Lost)]


def test_a_site_in_a_list_of_addresses_leads_to_its_feed(isolation: Isolation, tmp_path: Path) -> None:
    routes: dict[str, Route] = {"/": Page(home(FEED)), "/feed.xml": Page(feed(1)), "/story/0": Page(page(0))}
    with serving(routes) as site:
        (tmp_path / "list.txt").write_text(f"{site.url}\n")
        articles, _ = gather(str(tmp_path / "list.txt"), site.host, isolation)
        assert [one.title for one in articles] == ["Story 0"]


def test_a_list_that_lists_itself_ends(isolation: Isolation, tmp_path: Path) -> None:
    routes: dict[str, Route] = {"/story/0": Page(page(0))}
    with serving(routes) as site:
        routes["/all"] = Page(
            f"{site.url}/all\n{site.url}/story/0\n".encode(), headers={"Content-Type": "text/plain"}
        )
        (tmp_path / "list.txt").write_text(f"{site.url}/all\n")
        articles, _ = gather(str(tmp_path / "list.txt"), site.host, isolation)
        assert len(articles) == 1


def test_an_edition_of_one_feed_bears_its_title(isolation: Isolation, tmp_path: Path) -> None:
    other = feed(2).replace(b"The Gazette", b"The Herald").replace(b"/story/", b"/tale/")
    routes: dict[str, Route] = {"/feed.xml": Page(feed(2)), "/other.xml": Page(other)}
    routes |= {
        f"/{kind}/{at}": Page(page(at + shift))
        for kind, shift in (("story", 0), ("tale", 7))
        for at in (0, 1)
    }
    with serving(routes) as site, Client(FetchSettings(allowed=frozenset({site.host}))) as client:
        one, two = f"{site.url}/feed.xml", f"{site.url}/other.xml"
        outline = f'<outline text="Local"><outline text="G" xmlUrl="{one}"/></outline>'
        (tmp_path / "one.opml").write_text(
            f'<opml version="2.0"><body>{outline}</body></opml>', encoding="utf-8"
        )
        means = CollectingContext(client, isolation)
        for references, title in (
            ([one], "The Gazette"),
            ([str(tmp_path / "one.opml")], "The Gazette"),
            ([one, two], "News"),
        ):
            for collected in (collect, glance):
                found = collected(references, lambda _: None, means)
                assert arrange(found, Arrangement(date(2026, 11, 23))).title == title
        found = glance([one], lambda _: None, means)
        assert arrange(found, Arrangement(date(2026, 11, 23), title="Mine")).title == "Mine"
