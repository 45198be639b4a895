"""What services have, asked for by the real client over the network, and every way in which that can fail."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import instapaper
import pytest
from tests.newsexport.net.web_server import Handler, Page, Route, Site, cut_short, serving
from tests.newsexport.sources.services import further_servers as further
from tests.newsexport.sources.services import service_servers as servers
from tests.newsexport.sources.services.service_servers import SECRET

from newsexport.collecting.context import CollectingContext
from newsexport.errors import NothingReadError, NothingToExportError
from newsexport.events import Event, Lost
from newsexport.job import Cache, Forgetful
from newsexport.model import Article, plain_blocks
from newsexport.net.retry import Timing
from newsexport.net.secrets import Literal
from newsexport.pipeline import collect
from newsexport.protocols import Resource
from newsexport.sources.services.accounts import Accounts, ServiceAccount
from newsexport.sources.services.google_reader import GoogleReader
from newsexport.sources.services.instapaper import Instapaper
from newsexport.sources.services.karakeep import Karakeep
from newsexport.sources.services.linkwarden import Linkwarden
from newsexport.sources.services.miniflux import Miniflux
from newsexport.sources.services.raindrop import Raindrop
from newsexport.sources.services.readeck import Readeck
from newsexport.sources.services.readwise import Readwise
from newsexport.sources.services.tiny_tiny_rss import TinyTinyRss
from newsexport.sources.services.wallabag import Wallabag
from newsexport.storage.cache import FolderCache

KEY = Literal(SECRET)


@dataclass
class Clock:
    """Time that passes only where somebody waits."""

    now: float = 1_795_000_000.0
    pauses: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds

    def timing(self) -> Timing:
        return Timing(self.sleep, lambda: self.now, lambda: self.now, lambda: 0.5)


@dataclass
class Reading:
    """A service, and what is read of it."""

    site: Site
    routes: dict[str, Route]
    clock: Clock = field(default_factory=Clock)
    events: list[Event] = field(default_factory=list)
    cache: Cache = field(default_factory=Forgetful)

    def read(self, account: ServiceAccount, words: str, *others: str, seconds: float = 5.0) -> list[Article]:
        accounts = Accounts({"home": account}, seconds=seconds, cache=self.cache, timing=self.clock.timing())
        means = CollectingContext(accounts=accounts)
        try:
            return list(collect([f"home:{words}", *others], self.events.append, means).articles)
        except NothingToExportError:
            return []

    def lost(self) -> list[str]:
        return [f"{event.reference}: {event.reason}" for event in self.events if isinstance(event, Lost)]


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def reading() -> Iterator[Reading]:
    routes: dict[str, Route] = {}
    with serving(routes) as site:
        yield Reading(site, routes)


def accounts(url: str) -> dict[str, ServiceAccount]:
    return {
        "miniflux": Miniflux(url, KEY),
        "readeck": Readeck(url, KEY),
        "wallabag": Wallabag(url, "1_abc", KEY, "reader", KEY),
        "google_reader": GoogleReader(f"{url}/api/greader.php", "reader", KEY),
        "karakeep": Karakeep(url, KEY),
        "linkwarden": Linkwarden(url, KEY),
        "ttrss": TinyTinyRss(url, "reader", KEY),
        "instapaper": Instapaper(KEY, url),
        "readwise": Readwise(KEY, url),
        "raindrop": Raindrop(KEY, url),
    }


MAKERS: dict[str, Callable[[int], dict[str, Route]]] = {
    "miniflux": servers.miniflux,
    "readeck": servers.readeck,
    "wallabag": servers.wallabag,
    "google_reader": servers.google_reader,
    "karakeep": servers.karakeep,
    "linkwarden": servers.linkwarden,
    "ttrss": further.tiny_tiny_rss,
    "instapaper": further.instapaper,
    "readwise": further.readwise,
}
LISTS = {
    "miniflux": "/v1/entries",
    "readeck": "/api/bookmarks",
    "wallabag": "/api/entries.json",
    "google_reader": "/api/greader.php/reader/api/0/stream/contents",
    "karakeep": "/api/v1/bookmarks",
    "linkwarden": "/api/v1/search",
    "ttrss": "/api/",
    "instapaper": "/api/2/bookmarks",
    "readwise": "/api/v3/list/",
}
# What knows nothing of reading: all is unread.
ALL = ("linkwarden",)
# What has a list of its own for what is starred, in which nothing was read.
SHORTLISTED = ("readwise",)
EACH = pytest.mark.parametrize("kind", MAKERS)


@EACH
def test_every_page_of_what_is_unread_comes_whole_and_once(reading: Reading, kind: str) -> None:
    reading.routes |= MAKERS[kind](230)
    articles = reading.read(accounts(reading.site.url)[kind], "")
    assert reading.lost() == []
    assert (
        len({article.url or article.title for article in articles})
        == len(articles)
        == (230 if kind in ALL else 115)
    )
    for article in articles[:3]:  # the newest, each a page
        *_, last = plain_blocks(article.body)
        assert last == f"The last line of {article.title}."
        assert article.byline
        assert article.published
        assert article.site
    assert {visit.path.partition("?")[0] for visit in reading.site.visits} <= set(reading.routes)


@EACH
def test_starred_means_whatever_is_starred_and_with_unread_both(reading: Reading, kind: str) -> None:
    reading.routes |= MAKERS[kind](12)
    account = accounts(reading.site.url)[kind]
    assert len(reading.read(account, "starred")) == (2 if kind in SHORTLISTED else 4)
    assert len(reading.read(account, "starred,unread")) == (4 if kind in ALL else 2)
    assert len(reading.read(account, "all")) == (11 if kind == "readeck" else 12)


@pytest.mark.parametrize(
    ("kind", "words", "numbers"),
    [
        ("miniflux", "category/news", [11, 9, 7, 5, 3, 1]),
        ("miniflux", "category/Other,all", [12, 10, 8, 6, 4, 2]),
        ("readeck", "label/to%20print", [5]),
        ("wallabag", "tag/sea", [3]),
        ("google_reader", "label/Sea Stories,all", [10, 5]),
        ("google_reader", "folder/Sea Stories", [5]),
        ("karakeep", "list/to print", [11, 9]),
        ("linkwarden", "list/to print,starred", [9, 3]),
        ("linkwarden", "tag/Sea", [3]),
        ("ttrss", "category/news", [11, 9, 7, 5, 3, 1]),
        ("ttrss", "category/Uncategorized,all", [12, 10, 8, 6, 4, 2]),
        ("ttrss", "feed/the courier,starred", [9, 3]),
        ("ttrss", "label/Sea", [3]),
        ("ttrss", "all,since/2026-11-18T11:06:50Z", [12, 11, 10]),
        ("instapaper", "folder/to print", [10]),
        ("instapaper", "tag/sea", [3]),
        ("instapaper", "since/2026-11-18T11:06:50Z", [11]),
        ("instapaper", "all,since/2026-11-18", [11, 9, 7, 5, 3, 1]),
        ("instapaper", "folder/To print,since/2026-11-18", []),
        ("readwise", "list/later", [11, 5]),
        ("readwise", "tag/sea", [3]),
        ("readwise", "all,since/2026-11-12", [12, 11]),
        ("linkwarden", "list/to print,since/2026-11-09", [11, 9]),
    ],
)
def test_a_place_of_the_service_is_one_section_of_what_it_has(
    reading: Reading, kind: str, words: str, numbers: list[int]
) -> None:
    reading.routes |= MAKERS[kind](12)
    articles = reading.read(accounts(reading.site.url)[kind], words)
    assert [int(article.title.split()[-1]) for article in articles] == numbers


def test_a_category_or_label_is_the_section_of_its_articles(reading: Reading) -> None:
    reading.routes |= servers.miniflux(2) | servers.google_reader(1)
    own = accounts(reading.site.url)
    assert [article.section for article in reading.read(own["miniflux"], "all")] == ["Other", "News"]
    assert [article.section for article in reading.read(own["google_reader"], "")] == ["News"]


@EACH
def test_what_it_is_kept_under_is_a_tag(reading: Reading, kind: str) -> None:
    reading.routes |= MAKERS[kind](3)
    tags = {article.title: article.tags for article in reading.read(accounts(reading.site.url)[kind], "all")}
    assert sorted(tags.values()) == [(), (), ("sea",)]
    assert next(title for title, told in tags.items() if told).endswith(" 3")


def test_what_was_marked_is_a_note_called_behind_its_passage(reading: Reading) -> None:
    for kind, count in {"readeck": 1, "wallabag": 1, "karakeep": 3, "instapaper": 1, "readwise": 1}.items():
        reading.routes |= MAKERS[kind](count)
    own = accounts(reading.site.url)
    notes = {
        kind: [list(plain_blocks(note.blocks)) for note in article.notes]
        for kind in ("readeck", "wallabag", "karakeep", "instapaper", "readwise")
        for article in reading.read(own[kind], "")
        if article.title.endswith("3" if kind == "karakeep" else "1")
    }
    assert notes == {
        "readeck": [["crossed the bay at dawn"], ["The last line of Readeck 1."]],
        "wallabag": [["crossed the bay at dawn", "By boat?"]],
        "karakeep": [["crossed the bay at dawn", "By boat?"]],
        "instapaper": [["crossed the bay at dawn", "By boat?"]],
        "readwise": [["crossed the bay at dawn", "By boat?"]],
    }


def test_raindrop_tells_where_articles_are_and_what_was_said_of_them(reading: Reading) -> None:
    reading.routes |= further.raindrop(120)
    own = accounts(reading.site.url)["raindrop"]
    assert {(a.standfirst, a.partial) for a in reading.read(own, "")} == {("How it begins.", True)}
    lost = [
        f"https://digest.example/{n}: only its teaser: nothing is fetched in this run"
        for n in range(120, 0, -1)
    ]
    assert reading.lost() == lost
    records = {
        words: [
            record
            for resource in Accounts({"home": own}).resources(f"home:{words}")
            if isinstance(resource, Resource)
            for record in json.loads(resource.data)
        ]
        for words in ("starred", "tag/sea", "tag/two words,starred", "list/to print", "all,since/2026-10-26")
    }
    assert {words: [each["id"] for each in found] for words, found in records.items()} == {
        "starred": [*range(120, 0, -3)],
        "tag/sea": [3],
        "tag/two words,starred": [3],
        "list/to print": [*range(119, 0, -2)],
        "all,since/2026-10-26": [120, 119, 118, 117],
    }
    (three,) = records["tag/sea"]
    assert three["folder"] == "To print"
    assert three["highlights"] == [{"_id": "h", "text": "crossed the bay at dawn", "note": ""}]


def test_tiny_tiny_rss_says_why_it_lets_nobody_in(reading: Reading) -> None:
    own = accounts(reading.site.url)["ttrss"]
    for error in ("API_DISABLED", "SOMETHING_NEW"):
        reading.routes["/api/"] = servers.as_json({"seq": 0, "status": 1, "content": {"error": error}})
        reading.read(own, "")
    assert reading.lost() == [
        f"home:: {reading.site.host} lets no program in; switch on its API under Preferences",
        f"home:: {reading.site.host} answers SOMETHING_NEW",
    ]


def test_instapaper_s_own_client_takes_our_server_for_the_service(reading: Reading) -> None:
    reading.routes |= further.instapaper(230)
    theirs = instapaper.Instapaper(SECRET, base_url=reading.site.url)
    lists: tuple[Mapping[str, Any], ...] = ({}, {"section": "liked"}, {"folder_id": 99}, {"tag": "sea"})
    for words, asked in zip(("", "starred", "folder/to print", "tag/sea"), lists, strict=True):
        ours = [article.url for article in reading.read(accounts(reading.site.url)["instapaper"], words)]
        assert ours == [bookmark.url for bookmark in theirs.bookmarks.iterate(**asked)], words
    assert theirs.bookmarks.parse(1).content.body == servers.text("Instapaper 1")
    assert [mark.note for mark in theirs.highlights.list(1)] == ["By boat?"]
    assert [folder.title for folder in theirs.folders.list()] == ["To print"]
    with pytest.raises(instapaper.AuthenticationError):
        instapaper.Instapaper("wrong", base_url=reading.site.url).bookmarks.list()


def test_what_was_deleted_takes_room_on_instapaper_s_pages_of_what_changed(reading: Reading) -> None:
    reading.routes |= further.instapaper(260)
    changed = reading.read(accounts(reading.site.url)["instapaper"], "all,since/2026-11-18")
    assert len(changed) == 130


@pytest.mark.parametrize("status", [400, 402, 403, 404])
def test_a_page_that_instapaper_does_not_read_is_fetched(reading: Reading, status: int) -> None:
    reading.routes |= further.instapaper(5)
    reading.routes["/api/2/bookmarks/3/parse"] = servers.as_json({"error": {"code": status}}, status=status)
    articles = {
        article.title: article.partial
        for article in reading.read(accounts(reading.site.url)["instapaper"], "")
    }
    assert articles == {"Instapaper 5": False, "Instapaper 3": True, "Instapaper 1": False}
    assert reading.lost() == ["https://monthly.example/3: only its teaser: nothing is fetched in this run"]


def test_what_has_no_text_at_the_service_is_left_to_its_page(reading: Reading) -> None:
    reading.routes |= servers.linkwarden(2, without=2)
    (article,) = reading.read(accounts(reading.site.url)["linkwarden"], "")
    assert article.section == "To print"
    assert reading.lost() == ["https://review.example/2: nothing is fetched in this run"]


def test_a_note_that_somebody_keeps_in_karakeep_is_an_article(reading: Reading) -> None:
    reading.routes |= servers.karakeep(1)
    (note,) = reading.read(accounts(reading.site.url)["karakeep"], "")
    assert note.title == "A note"


def test_since_is_asked_of_the_service_in_its_own_way(reading: Reading) -> None:
    seconds = "1795132800"  # 2026-11-20 in UTC
    for kind, asked in {
        "miniflux": ("changed_after", seconds),
        "wallabag": ("since", seconds),
        "google_reader": ("ot", seconds),
        "readeck": ("range_start", "2026-11-20"),
    }.items():
        reading.routes |= MAKERS[kind](2)
        reading.read(accounts(reading.site.url)[kind], "since/2026-11-20")
        questions = [path for path in reading.site.paths() if path.startswith(f"{LISTS[kind]}?")]
        assert servers.asked_of(questions[-1])[asked[0]] == asked[1]
    reading.routes |= servers.karakeep(28)
    articles = reading.read(accounts(reading.site.url)["karakeep"], "all,since/2026-11-20")
    assert [article.title for article in articles] == [f"Karakeep {n}" for n in range(27, 18, -1)]


@EACH
def test_a_wrong_secret_is_one_line_without_it(reading: Reading, kind: str) -> None:
    reading.routes |= MAKERS[kind](3)
    wrong = Literal("wrong-secret-77")
    secret = "token" if hasattr(accounts("")[kind], "token") else "password"
    account = replace(accounts(reading.site.url)[kind], **{secret: wrong})  # type: ignore[type-var]
    assert reading.read(account, "unread") == []
    (told,) = reading.lost()
    assert told == f"home:unread: {reading.site.host} takes neither this token nor this password"
    assert len(reading.site.visits) == 1
    assert "wrong-secret" not in repr(account) + repr(reading.events)


def test_a_secret_may_end_with_its_line_and_is_not_told_when_it_cannot_be_sent(reading: Reading) -> None:
    reading.routes |= servers.miniflux(1)
    assert len(reading.read(Miniflux(reading.site.url, Literal(f"{SECRET}\n")), "")) == 1
    for secret in (f"{SECRET}\nX: y", f"{SECRET}é"):
        assert reading.read(Miniflux(reading.site.url, Literal(secret)), "") == []
    assert len(reading.lost()) == 2
    assert SECRET not in str(reading.lost())


def test_readwise_tells_dates_in_three_ways(reading: Reading) -> None:
    reading.routes |= further.readwise(12)
    dates = {article.published for article in reading.read(accounts(reading.site.url)["readwise"], "all")}
    assert [each.isoformat() for each in dates if each] == ["2026-11-18T11:06:40+00:00"]


def test_a_list_that_says_it_never_ends_ends_where_nothing_more_comes(reading: Reading) -> None:
    reading.routes |= servers.wallabag(1)
    nothing = servers.as_json({"page": 1, "pages": 2**30, "_embedded": {"items": []}})
    reading.routes["/api/entries.json"] = nothing
    assert reading.read(accounts(reading.site.url)["wallabag"], "") == []
    assert len(reading.site.visits) == 2


def test_more_than_anybody_reads_is_told(reading: Reading) -> None:
    reading.routes |= further.raindrop(5150)
    own = Accounts({"home": accounts(reading.site.url)["raindrop"]})
    *pages, told = own.resources("home:all")
    assert sum(len(json.loads(page.data)) for page in pages if isinstance(page, Resource)) == 5000
    assert "has more than 5000 articles of that; ask for fewer" in str(told)


@EACH
def test_a_service_that_is_asked_too_often_is_left_alone_as_long_as_it_says(
    reading: Reading, kind: str
) -> None:
    reading.routes |= MAKERS[kind](3)
    usual, refusals = reading.routes[LISTS[kind]], [Page(b"", 429, {"Retry-After": "7"})] * 2
    assert callable(usual)
    reading.routes[LISTS[kind]] = lambda handler: refusals.pop() if refusals else usual(handler)
    assert len(reading.read(accounts(reading.site.url)[kind], "")) == (3 if kind in ALL else 2)
    assert reading.clock.pauses.count(7.0) == 2
    assert reading.lost() == []


@EACH
def test_a_service_that_is_out_of_order_is_a_source_that_is_lost_and_no_other(
    reading: Reading, kind: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    beside = tmp_path_factory.mktemp("beside") / "beside.txt"
    beside.write_text("Beside\n\nThis was read all the same, whatever became of the service.\n")
    for answer, reason in (
        (Page(b"", 500), "answers 500 (tried 4 times)"),
        (Page(b"", 429, {"Retry-After": "3600"}), "answers 429 and asks to wait 3600 s, longer than"),
        (Page(b"{'no': json"), "sent what is not JSON; is its address right?"),
        (Page(b"<html>A login page</html>"), "sent what is not JSON"),
        (Page(b"3"), "answers otherwise than it should"),
        (cut_short, "broke off"),
        (Page(b"", delay=9.0), "gave no whole answer within 0.5 s"),
    ):
        reading.routes |= MAKERS[kind](3)
        reading.routes[LISTS[kind]] = answer
        reading.events.clear()
        articles = reading.read(accounts(reading.site.url)[kind], "unread", str(beside), seconds=0.5)
        assert [article.title for article in articles] == ["Beside"], reason
        (told,) = reading.lost()
        assert told.startswith("home:unread: "), told
        assert reason in told


def test_what_came_before_a_service_went_down_is_kept(reading: Reading) -> None:
    reading.routes |= servers.miniflux(400)
    usual, pages = reading.routes["/v1/entries"], [1, 1]
    assert callable(usual)
    reading.routes["/v1/entries"] = lambda handler: (
        usual(handler) if pages and pages.pop() else Page(b"", 503)
    )
    assert len(reading.read(accounts(reading.site.url)["miniflux"], "all")) == 200
    assert reading.lost() == [f"home:all: {reading.site.host} answers 503 (tried 4 times)"]


def test_a_text_that_cannot_be_had_is_told_and_three_in_a_row_are_the_end(reading: Reading) -> None:
    reading.routes |= servers.readeck(30)
    own = accounts(reading.site.url)["readeck"]
    gone = [f"/api/bookmarks/bookmark{n:012}/article" for n in (29, 21, 19, 15, 13, 11)]
    for path in gone[:3]:
        reading.routes[path] = Page(b"", 404)
    assert len(reading.read(own, "")) == 12
    assert reading.lost() == [f"home:: Readeck {n}: {reading.site.host} answers 404" for n in (29, 21, 19)]
    reading.events.clear()
    for path in gone[3:]:
        reading.routes[path] = Page(b"", 404)
    assert [article.title for article in reading.read(own, "")] == [
        "Readeck 27",
        "Readeck 25",
        "Readeck 23",
        "Readeck 17",
    ]
    assert len(reading.lost()) == 6
    assert reading.lost()[-1] == f"home:: {reading.site.host} answers 404"


def test_a_text_is_asked_for_again_only_when_it_changed(reading: Reading, tmp_path: Path) -> None:
    reading.routes |= servers.readeck(5)
    reading.cache = FolderCache(tmp_path)
    own = accounts(reading.site.url)["readeck"]
    first = reading.read(own, "")
    assert len([path for path in reading.site.paths() if path.endswith("/article")]) == 3
    assert reading.read(own, "") == first
    assert len([path for path in reading.site.paths() if path.endswith("/article")]) == 3
    reading.routes["/api/bookmarks"] = changed(reading.routes["/api/bookmarks"], b"08:00", b"09:00")
    assert reading.read(own, "") == first
    assert len([path for path in reading.site.paths() if path.endswith("/article")]) == 6


def counted(routes: Mapping[str, Route], given: list[str]) -> dict[str, Route]:
    """The routes, which note the texts that they give."""

    def noting(route: Route) -> Route:
        def answer(handler: Handler) -> Page | None:
            page = route(handler) if callable(route) else route
            given.extend(re.findall("<p>The last line of ([^.]*)", page.body.decode()) if page else ())
            return page

        return answer

    return {path: noting(route) for path, route in routes.items()}


INCREMENTAL = [kind for kind in MAKERS if kind not in {"miniflux", "google_reader"}]


@pytest.mark.parametrize("kind", INCREMENTAL)
def test_another_run_is_given_no_text_that_it_knows(reading: Reading, kind: str, tmp_path: Path) -> None:
    given: list[str] = []
    count = 120 if kind in ALL else 240
    reading.routes |= counted(MAKERS[kind](count), given)
    reading.cache = FolderCache(tmp_path)
    own = accounts(reading.site.url)[kind]
    first = reading.read(own, "")
    assert len(given) == len(set(given)) >= len(first) - 1, "each once; a note of one's own has another"
    given.clear()
    assert reading.read(own, "") == first
    assert given == []
    reading.routes |= counted(MAKERS[kind](count + 1), given)
    assert {article.title for article in reading.read(own, "")} > {article.title for article in first}
    assert 0 < len(given) <= 100, "those of one page"


@pytest.mark.parametrize("kind", INCREMENTAL)
def test_a_run_after_one_that_broke_off_goes_on_where_that_was(
    reading: Reading, kind: str, tmp_path: Path
) -> None:
    given: list[str] = []
    count = 120 if kind in ALL else 240
    reading.routes |= counted(MAKERS[kind](count), given)
    reading.cache = FolderCache(tmp_path)
    own, lists = accounts(reading.site.url)[kind], LISTS[kind]
    usual, left = reading.routes[lists], [True]
    assert callable(usual)

    def breaking(handler: Handler) -> Page | None:
        """The lists as usual, up to the second page; of one that has all by itself, the first."""
        asks_more = re.search(rb"getHeadlines", handler.form) or kind != "ttrss"
        if not asks_more or left:
            left[:] = left[1:] if asks_more else left
            return usual(handler)
        return Page(b"", 503)

    reading.routes[lists] = breaking
    before = reading.read(own, "")
    assert reading.lost()
    reading.routes[lists] = usual
    after = reading.read(own, "")
    assert len(after) == 120
    assert {article.title for article in before} < {article.title for article in after}
    assert len(given) <= len(after) + 100, "what was given before is not given again, but for one page"


def test_a_service_that_counts_our_questions_is_not_asked_one_too_many(reading: Reading) -> None:
    reading.routes |= further.raindrop(60)
    usual, now = reading.routes["/rest/v1/raindrops/0"], reading.clock.now
    assert callable(usual)

    def last(handler: Handler) -> Page | None:
        page = usual(handler)
        left = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": f"{now + 9:.0f}"}
        return replace(page, headers=left) if page else None

    reading.routes["/rest/v1/raindrops/0"] = last
    assert len(reading.read(accounts(reading.site.url)["raindrop"], "")) == 60
    assert reading.clock.pauses == [9.0]
    reading.clock.pauses.clear()
    now += 3600  # for which nobody waits on the chance
    assert len(reading.read(accounts(reading.site.url)["raindrop"], "")) == 60
    assert reading.clock.pauses == []
    refusals = [Page(b"", 429, {"X-RateLimit-Reset": f"{reading.clock.now + 7:.0f}"})]
    reading.routes["/rest/v1/raindrops/0"] = lambda handler: refusals.pop() if refusals else usual(handler)
    assert len(reading.read(accounts(reading.site.url)["raindrop"], "")) == 60
    assert 7.0 in reading.clock.pauses


def changed(route: Route, before: bytes, after: bytes) -> Route:
    assert callable(route)

    def other(handler: Handler) -> Page:
        page = route(handler)
        assert page is not None
        return replace(page, body=page.body.replace(before, after))

    return other


def test_nobody_at_the_address_is_told(reading: Reading) -> None:
    reading.read(Miniflux("http://127.0.0.1:9", KEY), "")
    assert "127.0.0.1:9 cannot be reached" in reading.lost()[0]


def test_a_secret_is_not_sent_unencrypted_unless_somebody_says_so(reading: Reading) -> None:
    reading.read(Miniflux("http://miniflux.invalid:8080", KEY), "")
    reading.read(Miniflux("http://miniflux.invalid:8080", KEY, unencrypted=True), "")
    refused, unknown = reading.lost()
    assert "its secret is not sent to miniflux.invalid:8080 unencrypted" in refused
    assert "cannot be reached" in unknown


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("unraed", "'unraed' is nothing that can be asked for"),
        ("since/soon", "expected a date such as since/2026-11-23, not 'soon'"),
        ("list/Sea", "has no list/Sea; it takes category/NAME or tag/NAME"),
        ("category/Nwes", "there is no category 'Nwes' (there is: Other, News); do you mean News?"),
    ],
)
def test_words_that_mean_nothing_are_told_with_those_that_do(
    reading: Reading, words: str, reason: str
) -> None:
    reading.routes |= servers.miniflux(1)
    reading.read(accounts(reading.site.url)["miniflux"], words)
    assert reason in reading.lost()[0]


def test_nothing_is_asked_offline_and_of_nobody_that_is_not_known(reading: Reading) -> None:
    own = accounts(reading.site.url)["miniflux"]
    for known in (Accounts({"home": own}, offline=True), Accounts()):
        with pytest.raises(NothingReadError):
            collect(
                ["home:unread", "readeck:unread"], reading.events.append, CollectingContext(accounts=known)
            )
    assert reading.site.visits == []
    assert [told.partition(": ")[2][:37] for told in reading.lost()] == [
        "nothing is fetched in this run",
        "no service of this name is configured",
        "no such file or folder",
        "no service of this name is configured",
    ]
