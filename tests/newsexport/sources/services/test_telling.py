"""What is done with articles at services, and every way in which that can fail, by the real client."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from tests.newsexport.net.web_server import Handler, Page, Route, Site, serving
from tests.newsexport.sources.services import further_servers as further
from tests.newsexport.sources.services import service_servers as servers
from tests.newsexport.sources.services.service_servers import SECRET

from newsexport.collecting.context import CollectingContext
from newsexport.errors import NothingToExportError, UsageError
from newsexport.events import ignore
from newsexport.interchange.json_reader import JsonError
from newsexport.model import Article
from newsexport.net.retry import Timing
from newsexport.net.secrets import Literal
from newsexport.pipeline import collect
from newsexport.sources.services.accounts import Accounts, ServiceAccount
from newsexport.sources.services.asking import ServiceError
from newsexport.sources.services.google_reader import GoogleReader
from newsexport.sources.services.instapaper import Instapaper
from newsexport.sources.services.karakeep import Karakeep
from newsexport.sources.services.linkwarden import Linkwarden
from newsexport.sources.services.miniflux import Miniflux
from newsexport.sources.services.raindrop import Raindrop
from newsexport.sources.services.readeck import Readeck
from newsexport.sources.services.readwise import Readwise
from newsexport.sources.services.telling import After, Deed, Told, after_of, takes
from newsexport.sources.services.tiny_tiny_rss import TinyTinyRss
from newsexport.sources.services.wallabag import Wallabag

KEY = Literal(SECRET)
FAST = Timing(sleep=lambda _: None, random=lambda: 0.0)


@dataclass
class Desk:
    """An account at a service."""

    site: Site
    routes: dict[str, Route]
    accounts: Accounts

    def read(self, words: str) -> list[Article]:
        try:
            return list(
                collect([f"home:{words}"], ignore, CollectingContext(accounts=self.accounts)).articles
            )
        except NothingToExportError:
            return []

    def titles(self, words: str) -> list[str]:
        return [article.title for article in self.read(words)]

    def tell(self, ids: list[str], words: str) -> list[Told]:
        return list(self.accounts.told("home", ids, after_of(words)))


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture
def opened() -> Iterator[Callable[[dict[str, Route], Callable[[str], ServiceAccount]], Desk]]:
    routes: dict[str, Route] = {}
    with serving(routes) as site:

        def desk(served: dict[str, Route], account: Callable[[str], ServiceAccount]) -> Desk:
            routes.update(served)
            return Desk(site, routes, Accounts({"home": account(site.url)}, seconds=5.0, timing=FAST))

        yield desk


Opened = Callable[[dict[str, Route], Callable[[str], ServiceAccount]], Desk]

MINIFLUX = (servers.miniflux, lambda url: Miniflux(url, KEY))
READECK = (servers.readeck, lambda url: Readeck(url, KEY))
WALLABAG = (servers.wallabag, lambda url: Wallabag(url, "1_abc", KEY, "reader", KEY))
KARAKEEP = (servers.karakeep, lambda url: Karakeep(url, KEY))
TTRSS = (further.tiny_tiny_rss, lambda url: TinyTinyRss(url, "reader", KEY))
INSTAPAPER = (further.instapaper, lambda url: Instapaper(KEY, url))
READWISE = (further.readwise, lambda url: Readwise(KEY, url))
RAINDROP = (further.raindrop, lambda url: Raindrop(KEY, url))
LINKWARDEN = (servers.linkwarden, lambda url: Linkwarden(url, KEY))
Service = tuple[Callable[[int], dict[str, Route]], Callable[[str], ServiceAccount]]
READER = (servers.google_reader, lambda url: GoogleReader(f"{url}/api/greader.php", "reader", KEY))


@pytest.mark.parametrize(
    ("service", "after", "left"),
    [
        (MINIFLUX, "read", "unread"),
        (READECK, "archive", "unread"),
        (READECK, "read", "unread"),
        (WALLABAG, "archive", "unread"),
        (WALLABAG, "read", "unread"),
        (KARAKEEP, "archive", "unread"),
        (READER, "read", "unread"),
        (TTRSS, "read", "unread"),
        (INSTAPAPER, "archive", "unread"),
        (READWISE, "archive", "unread"),
    ],
)
def test_what_is_read_or_in_the_archive_is_not_unread_any_more(
    opened: Opened,
    service: Service,
    after: str,
    left: str,
) -> None:
    serve, account = service
    desk = opened(serve(7), account)
    before = desk.read(left)
    assert len(before) == 4
    assert {article.origin.place for article in before if article.origin} == {"home"}
    ids = [article.origin.id for article in before[:2] if article.origin]
    told = desk.tell(ids, after)
    assert [one for each in told for one in each.ids] == ids
    assert not any(each.refused for each in told)
    assert desk.titles(left) == [article.title for article in before[2:]]
    assert desk.tell(ids, after) == told  # which changes nothing
    assert desk.titles(left) == [article.title for article in before[2:]]


@pytest.mark.parametrize(
    ("service", "words"),
    [
        (READECK, "all,label/on paper"),
        (WALLABAG, "all,tag/on paper"),
        (LINKWARDEN, "tag/on paper"),
        (READER, "all,label/on paper"),
        (TTRSS, "all,label/on paper"),
        (INSTAPAPER, "all,tag/on paper"),
        (READWISE, "all,tag/on paper"),
        (RAINDROP, "all,tag/on paper"),
    ],
)
def test_what_is_tagged_is_found_by_the_tag(
    opened: Opened,
    service: Service,
    words: str,
) -> None:
    serve, account = service
    desk = opened(serve(7), account)
    before = {article.title: article for article in desk.read("all")}
    title, article = next((title, each) for title, each in before.items() if title.endswith(" 3"))
    assert article.origin
    for _ in range(2):
        assert desk.tell([article.origin.id], "tag:on paper") == [Told((article.origin.id,))]
        (found,) = desk.read(words)
        assert found.title == title
        assert set(found.tags) == {*article.tags, "on paper"}
    assert len(desk.read("all")) == len(before)


def test_what_is_archived_at_raindrop_lies_in_a_collection_which_is_made(opened: Opened) -> None:
    desk = opened(further.raindrop(4), RAINDROP[1])
    for ids in (["1", "2"], ["2"]):
        assert desk.tell(ids, "archive") == [Told((one,)) for one in ids]
    assert desk.titles("unread") == ["Raindrop 4", "Raindrop 3"]
    assert {article.title: article.section for article in desk.read("list/archive")} == {
        "Raindrop 2": "",
        "Raindrop 1": "",
    }
    made = [visit.path for visit in desk.site.visits if visit.method == "POST"]
    assert made == ["/rest/v1/collection"]


def test_a_label_of_tiny_tiny_rss_must_be_there(opened: Opened) -> None:
    desk = opened(further.tiny_tiny_rss(3), TTRSS[1])
    with pytest.raises(ServiceError, match="has no label 'printed'; make it under Preferences, Labels"):
        desk.tell(["1"], "tag:printed")


def test_tags_that_readwise_has_stay_whatever_they_are_called(opened: Opened) -> None:
    desk = opened(further.readwise(3), READWISE[1])
    for tag in ("unread", "printed", "printed"):
        assert desk.tell(["01doc3"], f"tag:{tag}") == [Told(("01doc3",))]
    (found,) = desk.read("all,tag/unread")
    assert found.tags == ("sea", "printed"), "of which one is no tag to us"


def test_a_tag_of_karakeep_is_added_to_those_that_are_there(opened: Opened) -> None:
    desk = opened(servers.karakeep(5), lambda url: Karakeep(url, KEY))
    for _ in range(2):
        assert desk.tell(["id3"], "tag:printed") == [Told(("id3",))]
    (found,) = (article for article in desk.read("all") if article.title == "Karakeep 3")
    assert found.tags == ("sea", "printed")


def test_readeck_shows_what_was_read_to_its_end(opened: Opened) -> None:
    desk = opened(servers.readeck(3), lambda url: Readeck(url, KEY))
    seen = list[bytes]()

    def change(handler: Handler) -> Page:
        seen.append(handler.form)
        return servers.as_json({})

    desk.routes["/api/bookmarks/bookmark000000000003"] = change
    desk.tell(["bookmark000000000003"], "read")
    assert seen == [b'{"read_progress": 100}']


def test_many_go_together_where_the_service_takes_that(opened: Opened) -> None:
    desk = opened(servers.miniflux(700), lambda url: Miniflux(url, KEY))
    told = desk.tell([str(number) for number in range(1, 701)], "read")
    assert [len(each.ids) for each in told] == [500, 200]
    desk = opened(
        servers.google_reader(230), lambda url: GoogleReader(f"{url}/api/greader.php", "reader", KEY)
    )
    told = desk.tell([f"tag:google.com,2005:reader/item/{number:016x}" for number in range(1, 231)], "read")
    assert [len(each.ids) for each in told] == [100, 100, 30]
    assert desk.titles("unread") == []


@pytest.mark.parametrize("service", [READECK, WALLABAG, KARAKEEP, INSTAPAPER, READWISE])
def test_what_is_gone_is_told_and_keeps_no_other(opened: Opened, service: Service) -> None:
    serve, account = service
    desk = opened(serve(5), account)
    ids = [article.origin.id for article in desk.read("unread") if article.origin]
    gone, *others = ids
    for path in [path for path in desk.routes if gone in re.split(r"[/.]", path)]:
        del desk.routes[path]
    told = desk.tell(ids, "archive")
    assert told == [Told((gone,), "not there any more"), *(Told((one,)) for one in others)]


def test_linkwarden_answers_for_a_link_that_is_gone_as_if_it_was_another_s(opened: Opened) -> None:
    desk = opened(servers.linkwarden(3), lambda url: Linkwarden(url, KEY))
    desk.routes["/api/v1/links/2"] = servers.as_json(
        {"response": "Collection is not accessible."}, status=401
    )
    assert desk.tell(["1", "2", "3"], "tag:printed") == [
        Told(("1",)),
        Told(("2",), "not there any more"),
        Told(("3",)),
    ]


def test_a_link_that_has_the_tag_is_not_changed(opened: Opened) -> None:
    desk = opened(servers.linkwarden(3), lambda url: Linkwarden(url, KEY))
    assert desk.tell(["3"], "tag:sea") == [Told(("3",))]
    assert [visit.method for visit in desk.site.visits] == ["GET"]


def test_a_token_that_linkwarden_does_not_know_makes_no_link_gone(opened: Opened) -> None:
    desk = opened(servers.linkwarden(3), lambda url: Linkwarden(url, Literal("another")))
    with pytest.raises(ServiceError, match="takes neither this token nor this password"):
        desk.tell(["1", "2"], "tag:printed")


def test_a_link_whose_tags_are_not_told_keeps_them(opened: Opened) -> None:
    desk = opened(servers.linkwarden(3), lambda url: Linkwarden(url, KEY))
    desk.routes["/api/v1/links/2"] = servers.as_json({"response": {"id": 2}})
    with pytest.raises(JsonError, match="tags"):
        desk.tell(["2"], "tag:printed")
    assert [visit.method for visit in desk.site.visits] == ["GET"]


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (404, "answers 404"),
        (403, "lets this token change nothing; may it only read"),
        (401, "takes neither this token nor this password"),
        (502, "answers 502"),
    ],
)
def test_a_service_that_is_down_has_lost_nothing(opened: Opened, status: int, reason: str) -> None:
    desk = opened({}, lambda url: Readeck(url, KEY))
    desk.routes.update({path: Page(b"", status) for path in servers.readeck(9)})
    with pytest.raises(ServiceError, match=reason):
        desk.tell([f"bookmark{number:012}" for number in range(1, 10)], "archive")
    changes = [visit for visit in desk.site.visits if visit.method == "PATCH"]
    assert len(changes) == {404: 1, 403: 1, 401: 1, 502: 3 * 4}[status]


def test_one_that_a_service_cannot_take_now_keeps_no_other(opened: Opened) -> None:
    desk = opened(servers.readeck(7), lambda url: Readeck(url, KEY))
    desk.routes["/api/bookmarks/bookmark000000000001"] = Page(b"", 422)
    done = list[Told]()
    with pytest.raises(ServiceError, match="answers 422"):
        done.extend(desk.accounts.told("home", [f"bookmark{n:012}" for n in (1, 3)], After(Deed.ARCHIVE)))
    desk = opened({}, lambda url: Readeck(url, KEY))
    assert desk.titles("unread") == ["Readeck 7", "Readeck 5", "Readeck 1"]


def test_some_of_many_that_are_refused_are_told_one_by_one(opened: Opened) -> None:
    desk = opened(servers.miniflux(5), lambda url: Miniflux(url, KEY))
    whole = desk.routes["/v1/entries"]
    assert callable(whole)

    def picky(handler: Handler) -> Page | None:
        return Page(b"", 404) if b"99" in handler.form else whole(handler)

    desk.routes["/v1/entries"] = picky
    assert desk.tell(["1", "99", "3"], "read") == [
        Told(("1",)),
        Told(("99",), "not there any more"),
        Told(("3",)),
    ]
    assert desk.titles("unread") == ["Miniflux 5"]


@pytest.mark.parametrize(
    ("account", "words"),
    [
        (Miniflux("", KEY), "read or nothing"),
        (Readeck("", KEY), "archive or read or tag:NAME or nothing"),
        (Linkwarden("", KEY), "tag:NAME or nothing"),
        (object(), "nothing"),
    ],
)
def test_every_service_says_what_it_takes(account: object, words: str) -> None:
    assert takes(account) == words


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("archive", After(Deed.ARCHIVE)),
        (" Read ", After(Deed.READ)),
        ("tag:printed", After(Deed.TAG, "printed")),
        ("tag: on paper ", After(Deed.TAG, "on paper")),
        ("tag:a:b", After(Deed.TAG, "a:b")),
        ("nothing", After()),
    ],
)
def test_words_say_what_is_done(words: str, after: After) -> None:
    assert after_of(words) == after
    assert after_of(str(after)) == after


@pytest.mark.parametrize("words", ["", "delete", "tag", "tag:", "tag: ", "archive:x", "tag:a,b"])
def test_words_that_say_nothing_are_refused(words: str) -> None:
    with pytest.raises(UsageError, match="expected nothing or read or archive or tag:NAME"):
        after_of(words)


def test_a_word_that_is_near_one_is_told_and_one_that_was_meant_is_not_proposed() -> None:
    with pytest.raises(UsageError, match=r"not 'archiv'.*do you mean archive\?$"):
        after_of("archiv")
    with pytest.raises(UsageError, match=r"not 'tag:'$"):
        after_of("tag:")
