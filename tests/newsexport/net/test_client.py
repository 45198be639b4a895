"""The client against a real server: what it fetches, refuses, repeats, remembers and leaves alone."""

import gzip
import json
import ssl
import time
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import trustme
from tests.newsexport.net.web_server import (
    Handler,
    Page,
    Route,
    Site,
    canary,
    cut_short,
    serving,
    silent,
    trickle,
)

from newsexport.errors import SourceError, UsageError
from newsexport.net.client import Client
from newsexport.net.http_cache import CachedResponse, HttpCache
from newsexport.net.retry import backoff, retry_after
from newsexport.net.settings import FetchSettings
from newsexport.protocols import Kind, Request, Resource


class Web:
    """A site, its routes, and clients that may visit it."""

    def __init__(self, site: Site, routes: dict[str, Route]) -> None:
        self.site = site
        self.routes = routes

    def client(self, **settings: Any) -> Client:
        return Client(FetchSettings(**{"allowed": frozenset({self.site.host}), "seconds": 5.0, **settings}))

    def get(self, path: str, *, crawled: bool = False, kind: Kind = Kind.PAGE, **settings: Any) -> Resource:
        with self.client(**settings) as client:
            return client.fetch(Request(self.site.url + path, kind, crawled=crawled)).result(timeout=30)

    def refusal(self, path: str, *, crawled: bool = False, **settings: Any) -> str:
        with pytest.raises(SourceError) as caught:
            self.get(path, crawled=crawled, **settings)
        return caught.value.reason


@pytest.fixture
def web() -> Iterator[Web]:
    routes: dict[str, Route] = {}
    with serving(routes) as site:
        yield Web(site, routes)


def test_a_page_comes_with_its_type_and_address(web: Web) -> None:
    web.routes["/a"] = Page(b"text", headers={"Content-Type": "text/html; charset=koi8-r"})
    web.routes["/b"] = Page(b"", 302, {"Location": "/a#top"})
    assert web.get("/b") == Resource(
        web.site.url + "/b", b"text", media_type="text/html; charset=koi8-r", address=web.site.url + "/a"
    )
    headers = web.site.visits[0].headers
    assert headers["user-agent"].startswith("newsexport/")
    assert headers["accept-encoding"] == "gzip, deflate"
    assert "referer" not in headers


@pytest.mark.parametrize("path", ["/", "/a?b=c"])
def test_net_03_a_private_address_is_never_connected_to(path: str) -> None:
    with canary() as bird, Client() as client:
        for host in ("127.0.0.1", "localhost", "127.1", "2130706433", "[::ffff:127.0.0.1]"):
            with pytest.raises(SourceError, match="private address"):
                client.fetch(Request(f"http://{host}:{bird.port}{path}")).result(timeout=10)
        assert bird.touched == []


def test_net_14_redirects_are_looked_at_like_any_address(web: Web) -> None:
    with canary() as bird:
        for number, target in enumerate(
            (
                f"http://127.0.0.1:{bird.port}/",
                "file:///etc/passwd",
                "ftp://a.example/",
                "data:text/html,x",
            )
        ):
            web.routes[f"/{number}"] = Page(b"", 302, {"Location": target})
            assert web.refusal(f"/{number}").startswith(("was redirected to", "leads to a private address"))
        assert bird.touched == []
    web.routes["/loop"] = Page(b"", 301, {"Location": "/loop"})
    assert web.refusal("/loop") == "was redirected more than 10 times"
    assert web.site.paths().count("/loop") == 11
    web.routes["/nowhere"] = Page(b"", 301)
    assert web.refusal("/nowhere") == "was redirected to nowhere"


def test_net_15_cookies_go_to_their_own_site_only(web: Web, tmp_path: Path) -> None:
    file = tmp_path / "cookies.txt"
    file.write_text("# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t9999999999\tname\tvalue\n")
    web.routes["/a"] = Page(b"text", headers={"Set-Cookie": "other=1"})
    web.get("/a", cookies=file)
    assert web.site.visits[0].headers["cookie"] == "name=value"
    file.write_text("# Netscape HTTP Cookie File\na.example\tFALSE\t/\tFALSE\t9999999999\tname\tvalue\n")
    web.get("/a", cookies=file)
    assert "cookie" not in web.site.visits[1].headers
    file.write_bytes(
        b"\xef\xbb\xbf# Netscape HTTP Cookie File\r\n127.0.0.1\tFALSE\t/\tFALSE\t9999999999\tn\tv\r\n"
    )
    web.get("/a", cookies=file)
    assert web.site.visits[2].headers["cookie"] == "n=v"
    file.write_text("nonsense")
    with pytest.raises(UsageError, match=r"is no cookies\.txt"):
        web.client(cookies=file)


def test_net_17_a_server_that_trickles_is_left(web: Web) -> None:
    web.routes["/a"] = trickle
    begun = time.monotonic()
    assert web.refusal("/a", seconds=0.6, attempts=1) == "gave no whole answer within 0.6 s"
    assert time.monotonic() - begun < 5


def test_net_19_a_body_without_end_is_cut_off(web: Web) -> None:
    web.routes["/a"] = Page(b"." * 20_000_001)
    assert web.refusal("/a", seconds=20.0) == "sent more than 20 MB"
    assert web.site.paths() == ["/a"]


def test_ten_redirects_are_followed(web: Web) -> None:
    web.routes |= {f"/{number}": Page(b"", 307, {"Location": f"/{number + 1}"}) for number in range(10)}
    web.routes["/10"] = Page(b"there")
    assert web.get("/0").data == b"there"


def gate(cookie: str, to: str = "/gate") -> Route:
    """Leads to itself until it is shown the cookie that it gave."""

    def answer(handler: Handler) -> Page:
        if cookie.partition(";")[0] in (handler.headers["Cookie"] or "").split("; "):
            return Page(b"let in", headers={"Set-Cookie": "late=1"})
        return Page(b"", 302, {"Location": to, "Set-Cookie": cookie})

    return answer


def test_a_redirect_that_sets_a_cookie_is_shown_it(web: Web, tmp_path: Path) -> None:
    web.routes["/gate"] = gate("seen=yes; Path=/; HttpOnly")
    assert web.get("/gate").data == b"let in"
    own = tmp_path / "cookies.txt"
    own.write_text("# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t4000000000\tmine\t1\n")
    assert web.get("/gate", cookies=own).data == b"let in"
    assert web.site.visits[-1].headers["cookie"] == "mine=1; seen=yes"


def test_a_cookie_of_a_redirect_is_for_its_own_site_and_this_once(web: Web) -> None:
    web.routes["/gate"] = gate("seen=yes; Domain=other.example", to="/open")
    web.routes["/narrow"] = gate("seen=yes; Path=/elsewhere", to="/open")
    web.routes["/open"] = Page(b"open")
    for path in ("/gate", "/narrow", "/open"):
        assert web.get(path).data == b"open"
    web.routes["/gate"] = gate("seen=yes; Path=/")
    with web.client() as client:
        for _ in range(2):
            assert client.fetch(Request(web.site.url + "/gate")).result(timeout=30).data == b"let in"
    assert [visit.headers.get("cookie") for visit in web.site.visits[-4:]] == [
        None,
        "seen=yes",
        None,
        "seen=yes",
    ]


HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.mark.parametrize(
    "head",
    [
        '<meta http-equiv="refresh" content="0; url=/there">',
        "<META CONTENT='3;URL=/there' HTTP-EQUIV=Refresh>",
        """<meta http-equiv="refresh" content="0;url='/there#top'"/>""",
        "<meta http-equiv=refresh content=0;/there>",
        '<meta name="x" content="y"><meta http-equiv="Refresh" content="0 , /there?&amp;b">',
    ],
)
def test_a_page_that_sends_browsers_on_is_followed(web: Web, head: str) -> None:
    web.routes["/a"] = Page(f"<html><head>{head}</head><body>Moved</body></html>".encode(), headers=HTML)
    web.routes["/there"] = Page(b"there")
    came = web.get("/a")
    assert (came.data, came.address.partition("?")[0]) == (b"there", web.site.url + "/there")
    web.routes["/a"] = Page(b"Moved", headers=HTML | {"Refresh": "0; url=/there"})
    assert web.get("/a").data == b"there"


@pytest.mark.parametrize(
    "head",
    [
        '<meta http-equiv="refresh" content="300">',
        '<meta http-equiv="refresh" content="300; url=/there">',
        '<meta http-equiv="refresh" content="0; url=/a">',
        '<meta http-equiv="refresh" content="0; url=javascript:there()">',
        '<meta http-equiv="refresh" content="0; url=http://192.168.0.1.evil.invalid:99999/">',
        '<noscript><meta http-equiv="refresh" content="0; url=/there"></noscript>',
        '<!-- <meta http-equiv="refresh" content="0; url=/there"> -->',
        '<meta name="description" content="0; url=/there">',
        '<meta http-equiv="refresh" content="">',
    ],
)
def test_a_page_that_sends_nobody_on_is_the_page(web: Web, head: str) -> None:
    page = f"<html><head>{head}</head><body>Here</body></html>".encode()
    web.routes["/a"] = Page(page, headers=HTML)
    assert web.get("/a").data == page
    picture = b'<meta http-equiv="refresh" content="0; url=/there">'
    web.routes["/b"] = Page(picture, headers={"Content-Type": "image/svg+xml"})
    assert web.get("/b").data == web.get("/b", kind=Kind.PICTURE).data == picture


def test_pages_that_send_each_other_on_come_to_an_end(web: Web) -> None:
    for one, other in (("/a", "/b"), ("/b", "/a")):
        web.routes[one] = Page(f'<meta http-equiv="refresh" content="0; url={other}">'.encode(), headers=HTML)
    assert web.refusal("/a") == "was redirected more than 10 times"


def test_a_page_that_sets_a_cookie_and_sends_browsers_to_itself_is_asked_again(web: Web) -> None:
    def gate(handler: Handler) -> Page:
        refresh = b'<meta http-equiv="refresh" content="0; url=/gate">'
        return (
            Page(b"let in")
            if handler.headers["Cookie"]
            else Page(refresh, headers=HTML | {"Set-Cookie": "a=1"})
        )

    web.routes["/gate"] = gate
    assert web.get("/gate").data == b"let in"


def test_deflate_without_its_wrapping_and_names_of_no_coding_are_understood(web: Web) -> None:
    bare = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    web.routes["/a"] = Page(
        bare.compress(b"text" * 999) + bare.flush(), headers={"Content-Encoding": "deflate"}
    )
    assert web.get("/a").data == b"text" * 999
    for named in ("UTF-8", "none", "identity, gzip"):
        data = gzip.compress(b"text") if "gzip" in named else b"text"
        web.routes["/b"] = Page(data, headers={"Content-Encoding": named})
        assert web.get("/b").data == b"text"
    for named in ("br", "gzip, br", "zstd", "gzip, gzip"):
        web.routes["/c"] = Page(b"text", headers={"Content-Encoding": named})
        assert web.refusal("/c").endswith("which was not asked for")


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "x-gzip"])
def test_compressed_pages_are_unpacked(web: Web, encoding: str) -> None:
    packed = zlib.compress(b"text" * 999) if encoding == "deflate" else gzip.compress(b"text" * 999)
    web.routes["/a"] = Page(packed, headers={"Content-Encoding": encoding})
    assert web.get("/a").data == b"text" * 999


def test_net_20_bombs_and_layers_of_compression_are_refused(web: Web) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    web.routes["/bomb"] = Page(bomb, headers={"Content-Encoding": "gzip"})
    assert web.refusal("/bomb", seconds=20.0) == "sent more than 20 MB"
    web.routes["/layers"] = Page(gzip.compress(bomb), headers={"Content-Encoding": "gzip, gzip"})
    assert "was not asked for" in web.refusal("/layers")
    web.routes["/redirect"] = Page(bomb, 302, {"Location": "/fine", "Content-Encoding": "gzip"})
    web.routes["/fine"] = Page(b"fine")
    assert web.get("/redirect").data == b"fine"
    web.routes["/damaged"] = Page(b"no gzip", headers={"Content-Encoding": "gzip"})
    assert "is damaged" in web.refusal("/damaged", attempts=1)
    web.routes["/half"] = Page(gzip.compress(b"text" * 999)[:20], headers={"Content-Encoding": "gzip"})
    assert "came to an end too soon" in web.refusal("/half", attempts=1)


def test_net_21_half_a_body_is_asked_for_again_and_never_kept(web: Web, tmp_path: Path) -> None:
    answers: list[Route] = [cut_short, Page(b"whole", headers={"ETag": '"1"'})]

    def first_half(handler: Handler) -> Page | None:
        answer = answers.pop(0)
        return answer(handler) if callable(answer) else answer

    web.routes["/a"] = first_half
    assert web.get("/a", folder=tmp_path).data == b"whole"
    assert len(web.site.visits) == 2


def test_net_22_a_second_run_asks_only_for_what_is_new(web: Web, tmp_path: Path) -> None:
    versions = ['"1"']

    def versioned(handler: Handler) -> Page:
        if handler.headers.get("If-None-Match") == versions[0]:
            return Page(b"", 304)
        return Page(
            b"version " + versions[0].encode(), headers={"ETag": versions[0], "Content-Type": "text/html"}
        )

    web.routes["/a"] = versioned
    request = Request(web.site.url + "/a")
    with web.client(folder=tmp_path) as client:
        first = client.fetch(request).result(timeout=10)
        client.commit()
    with web.client(folder=tmp_path) as client:
        assert client.fetch(request).result(timeout=10) == first
    assert [visit.headers.get("if-none-match") for visit in web.site.visits] == [None, '"1"']
    versions[0] = '"2"'
    with web.client(folder=tmp_path) as client:  # not committed: as if it had been killed
        assert client.fetch(request).result(timeout=10).data == b'version "2"'
    assert web.get("/a", folder=tmp_path, offline=True).data == b'version "1"'
    assert web.get("/a", folder=tmp_path).data == b'version "2"'
    assert web.site.visits[-1].headers.get("if-none-match") == '"1"'


def test_what_was_kept_and_is_damaged_is_fetched_anew(web: Web, tmp_path: Path) -> None:
    web.routes["/a"] = Page(b"text", headers={"Last-Modified": "Mon, 23 Nov 2026 08:00:00 GMT"})
    with web.client(folder=tmp_path) as client:
        client.fetch(Request(web.site.url + "/a")).result(timeout=10)
        client.commit()
    (entry,) = tmp_path.glob("*/??/*")
    entry.write_bytes(entry.read_bytes()[:-1])
    assert web.get("/a", folder=tmp_path).data == b"text"
    assert "if-modified-since" not in web.site.visits[-1].headers
    assert list(tmp_path.glob("draft-*")) == []


def test_offline_only_what_is_kept_is_used(web: Web, tmp_path: Path) -> None:
    assert web.refusal("/a", folder=tmp_path, offline=True) == "is not in the cache, and the run is offline"
    assert web.site.visits == []


def test_net_23_a_host_that_asks_for_time_gets_it_in_this_run_and_the_next(web: Web, tmp_path: Path) -> None:
    web.routes["/a"] = Page(b"", 429, {"Retry-After": "3600"})
    assert web.refusal("/a", folder=tmp_path) == "the server answered 429 Too Many Requests"
    assert web.refusal("/b", folder=tmp_path).startswith("the server asked to be left alone until")
    assert web.site.paths() == ["/a"]


@pytest.mark.slow
def test_net_25_only_what_may_pass_is_tried_again(web: Web) -> None:
    statuses = [503, 500]

    def recovering(_: Handler) -> Page:
        return Page(b"", statuses.pop(0)) if statuses else Page(b"text")

    web.routes["/a"] = recovering
    assert web.get("/a").data == b"text"
    assert len(web.site.visits) == 3
    web.routes["/broken"] = Page(b"", 502)
    assert web.refusal("/broken") == "the server answered 502 Bad Gateway"
    assert web.site.paths().count("/broken") == 3
    for status in (401, 403, 404, 410, 451):
        web.routes["/no"] = Page(b"", status)
        assert web.refusal("/no").startswith(f"the server answered {status}")
    assert web.site.paths().count("/no") == 5


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120), ("0", 0), ("-5", 0), ("1e99", 86400), ("nan", None), ("soon", None), ("", None),
        ("Tue, 24 Nov 2026 12:01:00 GMT", 60), ("Tue, 24 Nov 2026 11:00:00 GMT", 0),
    ],
)  # fmt: skip
def test_every_form_of_retry_after_is_understood_or_ignored(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value, "date": "Tue, 24 Nov 2026 12:00:00 GMT"}, now=0) == seconds


@pytest.mark.parametrize(("ahead", "asked"), [(3600, False), (90_000, True), (365 * 86_400, True)])
def test_a_wait_that_was_written_down_while_a_clock_was_ahead_is_none(
    web: Web,
    tmp_path: Path,
    ahead: float,
    asked: bool,  # noqa: FBT001 - a table
) -> None:
    host = web.site.url.partition("://")[2]
    (tmp_path / "hosts.json").write_text(json.dumps({host: time.time() + ahead}))
    web.routes["/a"] = Page(b"text")
    if asked:
        assert web.get("/a", folder=tmp_path).data == b"text"
    else:
        assert web.refusal("/a", folder=tmp_path).startswith("the server asked to be left alone")


def test_rules_that_were_fetched_in_days_to_come_are_fetched_anew(web: Web, tmp_path: Path) -> None:
    memory = HttpCache(tmp_path)
    address = f"{web.site.url}/robots.txt"
    memory.put(
        address,
        CachedResponse(address, "text/plain", "", "", time.time() + 10**7, b"User-agent: *\nDisallow: /"),
    )
    memory.commit()
    web.routes |= {"/robots.txt": Page(b""), "/a": Page(b"text")}
    assert web.get("/a", folder=tmp_path, crawled=True).data == b"text"


def test_waits_grow_and_are_jittered_over_their_whole_length() -> None:
    assert [backoff(attempt, 0.5) for attempt in (1, 2, 3)] == [0.5, 1.0, 2.0]
    assert backoff(3, 0.0) == 0.0


def test_net_26_robots_are_asked_for_what_nobody_chose(web: Web, tmp_path: Path) -> None:
    web.routes["/robots.txt"] = Page(b"User-agent: newsexport\nDisallow: /private\nAllow: /private/open\n")
    web.routes["/private"] = web.routes["/private/open"] = Page(b"text")
    assert web.get("/private").data == b"text"
    assert web.site.paths() == ["/private"]
    assert "robots.txt" in web.refusal("/private", crawled=True)
    with web.client(folder=tmp_path) as client:
        for _ in range(3):
            address = web.site.url + "/private/open"
            assert client.fetch(Request(address, crawled=True)).result(timeout=10).data == b"text"
    assert web.site.paths().count("/robots.txt") == 2


@pytest.mark.slow
@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False)])
def test_net_26_rules_that_cannot_be_had(web: Web, status: int, allowed: bool) -> None:  # noqa: FBT001 - a table
    web.routes["/robots.txt"] = Page(b"", status)
    web.routes["/a"] = Page(b"text")
    if allowed:
        assert web.get("/a", crawled=True).data == b"text"
    else:
        assert "robots.txt" in web.refusal("/a", crawled=True)


@pytest.mark.slow
def test_net_27_a_host_is_asked_one_thing_at_a_time(web: Web) -> None:
    web.routes |= {f"/{number}": Page(b"text", delay=0.1) for number in range(20)}
    with serving({"/": Page(b"other")}) as other:
        hosts = frozenset({web.site.host, other.host})
        with Client(FetchSettings(allowed=hosts)) as client:
            waiting = [client.fetch(Request(f"{web.site.url}/{number}")) for number in range(20)]
            assert client.fetch(Request(other.url + "/")).result(timeout=10).data == b"other"
            assert not waiting[-1].done()  # a host with much to do keeps no other waiting
            assert all(future.result(timeout=10).data == b"text" for future in waiting)
    assert web.site.most_at_once() == 1


def test_pictures_tell_where_they_were_found_but_not_more(web: Web) -> None:
    web.routes["/a.png"] = Page(b"picture")
    with web.client() as client:
        for page in (f"{web.site.url}/story?token=abc#top", "https://b.example/story"):
            client.fetch(Request(f"{web.site.url}/a.png", Kind.PICTURE, page)).result(timeout=10)
    assert [visit.headers["referer"] for visit in web.site.visits] == [
        f"{web.site.url}/story?token=***",
        "https://b.example/",
    ]


def test_net_28_only_trusted_certificates_are_accepted() -> None:
    authority = trustme.CA()
    served, trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("127.0.0.1").configure_cert(served)
    authority.configure_trust(trusting)
    with serving({"/": Page(b"text")}, served) as site:
        settings = FetchSettings(allowed=frozenset({site.host}), seconds=5)
        with Client(settings, trusting) as client:
            assert client.fetch(Request(site.url + "/")).result(timeout=10).data == b"text"
        with Client(settings) as client, pytest.raises(SourceError, match="certificate that is not trusted"):
            client.fetch(Request(site.url + "/")).result(timeout=10)
        assert site.paths() == ["/"]


def test_certificates_of_the_environment_that_cannot_be_read_are_told(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere/ca.pem")
    with pytest.raises(UsageError, match=r"certificates in /nowhere/ca\.pem cannot be read: No such file"):
        web.get("/")


def test_net_29_a_host_that_does_not_exist_is_told_as_such() -> None:
    with Client() as client, pytest.raises(SourceError, match="no such host"):
        client.fetch(Request("https://nowhere.invalid/")).result(timeout=20)


def test_net_33_secrets_of_an_address_are_not_told(web: Web) -> None:
    with web.client() as client, pytest.raises(SourceError) as caught:
        client.fetch(Request(f"{web.site.url}/a?token=abc")).result(timeout=10)
    assert "abc" not in str(caught.value)


def test_a_host_that_times_out_twice_in_a_row_is_given_up_for_the_run() -> None:
    with silent() as host, Client(FetchSettings(allowed=frozenset({host}), seconds=0.3)) as client:
        pages = [client.fetch(Request(f"http://{host}/{number}")) for number in range(30)]
        reasons = [str(page.exception(timeout=20)) for page in pages]
    asked = [reason for reason in reasons if "left alone for this run" not in reason]
    assert len(asked) == 1  # the second to run out of time; the first was to be asked once more
    assert "0.3 s" in asked[0]
    assert sum("its host let 2 requests run out of time" in reason for reason in reasons) == 29


@pytest.mark.slow
def test_one_page_that_hangs_costs_its_host_nothing_but_that_page(web: Web) -> None:
    web.routes |= {f"/{number}": Page(b"text") for number in range(6)}
    web.routes["/hangs"] = Page(b"late", delay=1.0)
    with web.client(seconds=0.4) as client:
        hanging = client.fetch(Request(web.site.url + "/hangs"))
        others = [client.fetch(Request(f"{web.site.url}/{number}")) for number in range(6)]
        assert [page.result(timeout=20).data for page in others] == [b"text"] * 6
        assert isinstance(hanging.exception(timeout=20), SourceError)


@pytest.mark.slow
def test_hosts_that_are_slow_do_not_take_the_places_of_others(web: Web) -> None:
    web.routes["/"] = Page(b"text")
    with ExitStack() as stack:
        hosts = [stack.enter_context(silent()) for _ in range(12)]
        settings = FetchSettings(allowed=frozenset({*hosts, web.site.host}), seconds=8, in_all=4, attempts=1)
        client = stack.enter_context(Client(settings))
        slow = [client.fetch(Request(f"http://{host}/")) for host in hosts]
        good = client.fetch(Request(web.site.url + "/"))
        assert good.result(timeout=30).data == b"text"
        # Twelve hosts, four places, eight seconds: in turn they would have taken the places for 24 s.
        assert not slow[-1].done()


def test_when_the_time_for_fetching_is_over_what_is_missing_is_told(web: Web) -> None:
    web.routes["/fine"] = Page(b"text")
    with silent() as host, web.client(allowed=frozenset({host, web.site.host}), deadline=0.5) as client:
        assert client.fetch(Request(web.site.url + "/fine")).result(timeout=10).data == b"text"
        for _ in range(2):  # under way when it ends, and asked for later
            with pytest.raises(SourceError, match=r"when the time for fetching \(0\.5 s\) was over"):
                client.fetch(Request(f"http://{host}/")).result(timeout=10)


def test_a_host_that_is_silent_about_its_rules_is_not_said_to_forbid_anything() -> None:
    with (
        silent() as host,
        Client(FetchSettings(allowed=frozenset({host}), seconds=0.3)) as client,
        pytest.raises(SourceError, match=r"did not answer when it was asked for its robots\.txt"),
    ):
        client.fetch(Request(f"http://{host}/a", crawled=True)).result(timeout=10)


def test_nothing_is_started_for_nothing() -> None:
    with Client() as client:
        client.commit()
    assert not hasattr(client, "_thread")
