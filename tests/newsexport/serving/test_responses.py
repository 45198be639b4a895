"""What answers bear besides their bodies."""

import asyncio
import gzip
import string
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.message import Message

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.newsexport.serving.serving_rigs import Running, running

from newsexport.library.issue import FileRole, Issue, IssueFile
from newsexport.publishing.site import Site
from newsexport.serving.files import plain, stored_file
from newsexport.serving.response_cache import CachedBody, ResponseCache
from newsexport.serving.responses import attachment
from newsexport.serving.routes import GeneratedResource

PAGE = "<!doctype html><title>BASE</title>" + "<p>The ferry was late.</p>" * 200


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("library")) as server:
        server.shelf.make("index.html", PAGE)
        server.shelf.put(
            "morning/2026-11-25/morning.3fa9c1d0.epub", b"book", "application/epub+zip", "Zeitung ä.epub"
        )
        yield server


def test_a_page_may_load_nothing_from_elsewhere_and_is_asked_for_again(server: Running) -> None:
    page = server.ask("/")
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cross-origin-resource-policy"] == "same-origin"
    assert page.headers["cache-control"] == "private, no-cache"
    assert page.headers["content-type"] == "text/html; charset=utf-8"


def test_a_book_is_downloaded_under_its_name_and_can_do_nothing_in_a_browser(server: Running) -> None:
    book = server.ask("/morning/2026-11-25/morning.3fa9c1d0.epub")
    assert book.headers["content-type"] == "application/epub+zip"
    assert book.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert book.headers["content-disposition"] == (
        "attachment; filename=\"Zeitung a.epub\"; filename*=UTF-8''Zeitung%20%C3%A4.epub"
    )


@pytest.mark.parametrize("status", [404, 405, 421, 412])
def test_what_is_refused_is_guarded_and_kept_by_nobody(server: Running, status: int) -> None:
    replies = {
        404: lambda: server.ask("/nothing"),
        405: lambda: server.ask("/", "DELETE"),
        421: lambda: server.ask("/", host="evil.example"),
        412: lambda: server.ask("/", if_match='"other"'),
    }
    reply = replies[status]()
    assert reply.status == status
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("accepted", ["gzip", "GZip", "br, gzip;q=0.5", "*", "gzip, *;q=0"])
def test_a_page_is_compressed_for_who_can_read_that(server: Running, accepted: str) -> None:
    page = server.ask("/", accept_encoding=accepted)
    assert page.headers["content-encoding"] == "gzip"
    assert page.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(page.body) == server.ask("/").body
    assert int(page.headers["content-length"]) == len(page.body)


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "gzip; q=0.000", "*;q=0", "gzipped"])
def test_a_page_is_plain_for_who_cannot(server: Running, accepted: str) -> None:
    page = server.ask("/", accept_encoding=accepted)
    assert "content-encoding" not in page.headers
    assert page.headers["vary"] == "Accept-Encoding"


def test_compressed_and_plain_are_told_apart_by_their_tags(server: Running) -> None:
    plain_page, zipped = server.ask("/"), server.ask("/", accept_encoding="gzip")
    assert plain_page.headers["etag"] != zipped.headers["etag"]
    assert server.ask("/", if_none_match=plain_page.headers["etag"]).status == 304
    assert server.ask("/", if_none_match=zipped.headers["etag"]).status == 200
    assert server.ask("/", if_none_match=zipped.headers["etag"], accept_encoding="gzip").status == 304


def test_what_has_not_changed_is_told_so_with_what_keeps_it_fresh(server: Running) -> None:
    for path in ("/", "/morning/2026-11-25/morning.3fa9c1d0.epub"):
        whole = server.ask(path)
        for method in ("GET", "HEAD"):
            same = server.ask(path, method, if_none_match=whole.headers["etag"], range="bytes=0-1")
            assert (same.status, same.body) == (304, b"")
            for name in ("etag", "cache-control", "last-modified"):
                assert same.headers[name] == whole.headers[name]
            assert "content-type" not in same.headers
        assert server.ask(path, if_modified_since=whole.headers["last-modified"]).status == 304


def test_a_range_of_a_download_goes_on_only_with_the_same_file(server: Running) -> None:
    path = "/morning/2026-11-25/morning.3fa9c1d0.epub"
    etag = server.ask(path).headers["etag"]
    assert server.ask(path, range="bytes=1-2", if_range=etag).status == 206
    assert server.ask(path, range="bytes=1-2", if_range='"nomatch"').body == b"book"
    assert server.ask(path, range="bytes=1-2", if_range=f"W/{etag}").status == 200


def test_a_made_page_has_no_ranges(server: Running) -> None:
    page = server.ask("/", range="bytes=0-1")
    assert page.status == 200
    assert "accept-ranges" not in page.headers


def test_another_address_is_another_page_with_another_tag(server: Running) -> None:
    here, there = (server.ask("/", host=name) for name in ("localhost", "127.0.0.1"))
    assert here.headers["etag"] != there.headers["etag"]
    assert here.body != there.body


@given(st.text())
def test_no_name_of_a_file_can_break_out_of_its_header(name: str) -> None:
    header = attachment(name)
    assert header.isascii() and header.isprintable()
    assert header.count('"') == 2
    message = Message()
    message["content-disposition"] = header
    assert message.get_content_disposition() == "attachment"
    decoded = message.get_filename()
    assert decoded is not None
    assert not set(decoded) & set("\r\n\0")


@pytest.mark.parametrize(
    "name",
    [
        'a"; filename=evil.exe; x="',
        "a\r\nSet-Cookie: a=b",
        "\u202egpj.exe",
        "a\\b",
        "%0d%0a",
        "../../x",
        "\ud800",
    ],
)
def test_a_name_that_means_harm_does_none(name: str) -> None:
    header = attachment(name)
    assert header.isascii() and header.isprintable()
    quoted = header.split('"')[1]
    assert set(quoted) <= set(string.printable) - set('"\\/%\r\n')


def file(name: str, type_: str = "audio/mpeg", role: FileRole = FileRole.SOUND) -> IssueFile:
    return IssueFile(name, role, type_, 4, "0" * 64)


def issue(*files: IssueFile, paper: str = "morning") -> Issue:
    day = date(2026, 11, 25)
    return Issue("urn:x", paper, "Morning", day, datetime(2026, 11, 25).astimezone(), "en", "", (), files)


@pytest.mark.parametrize(
    "name",
    ["../outside.txt", "..", ".", "", "a/b", "a\\b", ".hidden", "x.part", "x.tmp", "x.lock", "x~", "issue.json",
     "a\0b", "a\nb", "C:x", "\u202ex"],
)  # fmt: skip
def test_a_manifest_cannot_name_what_is_no_file_of_its_issue(name: str) -> None:
    assert not plain(name)
    assert stored_file(issue(file(name)), name) is None


@pytest.mark.parametrize(
    ("declared", "role", "served", "downloaded"),
    [
        ("audio/mpeg", FileRole.SOUND, "audio/mpeg", False),
        ("application/epub+zip", FileRole.BOOK, "application/epub+zip", True),
        ("text/plain", FileRole.TEXT, "text/plain; charset=utf-8", False),
        ("text/vtt", FileRole.TRANSCRIPT, "text/vtt; charset=utf-8", False),
        ("application/json", FileRole.EDITION, "application/json", False),
        ("application/json+chapters", FileRole.CHAPTERS, "application/json+chapters", False),
        ("text/html", FileRole.TRANSCRIPT, "text/html; charset=utf-8", True),
        ("image/svg+xml", FileRole.COVER, "image/svg+xml", True),
        ("image/jpeg", FileRole.COVER, "image/jpeg", False),
        ("application/xhtml+xml", FileRole.OTHER, "application/xhtml+xml", True),
        ("audio/mpeg\r\nX: y", FileRole.SOUND, "application/octet-stream", False),
        ("rubbish", FileRole.OTHER, "application/octet-stream", True),
    ],
)
def test_files_are_served_as_what_they_are(
    declared: str,
    role: FileRole,
    served: str,
    downloaded: bool,  # noqa: FBT001 - a table
) -> None:
    found = stored_file(issue(file("a.x", declared, role)), "a.x")
    assert found
    assert (found.type, bool(found.download)) == (served, downloaded)


def test_what_is_heard_or_seen_may_be_played_by_itself(server: Running) -> None:
    for name, kind in {"a.mp3": "audio/mpeg", "a.m4b": "audio/mp4", "a.jpg": "image/jpeg"}.items():
        server.shelf.put(f"morning/2026-11-25/{name}", b"x", kind)
        policy = server.ask(f"/morning/2026-11-25/{name}").headers["content-security-policy"]
        assert policy == "default-src 'none'; img-src 'self'; media-src 'self'"


def made_of(size: int, calls: list[str]) -> GeneratedResource:
    def make(site: Site) -> bytes:
        calls.append(site.base)
        return site.base.encode().ljust(size, b"\0")

    return GeneratedResource("image/png", make, datetime(2026, 11, 25, tzinfo=UTC), "")


def test_what_many_ask_for_at_once_is_made_once_for_all_addresses() -> None:
    calls: list[str] = []
    made, prints = made_of(100, calls), ResponseCache()
    sites = [Site("http://localhost:1/"), Site("http://localhost:2/")]

    async def crowd() -> list[CachedBody]:
        return await asyncio.gather(*(prints.of(made, sites[number % 2]) for number in range(100)))

    assert len({each.body for each in asyncio.run(crowd())}) == 2
    assert len(calls) == 1


def test_what_was_made_is_kept_within_bounds_the_latest_first() -> None:
    calls: list[str] = []
    prints = ResponseCache(kept=600)  # of each as it was made, and as it was asked for
    several = [made_of(150, calls) for _ in range(4)]
    site = Site("http://localhost/")

    async def ask(number: int) -> int:
        await prints.of(several[number], site)
        return len(calls)

    async def row() -> list[int]:
        return [await ask(number) for number in (0, 1, 0, 2, 3, 3, 0)]

    assert asyncio.run(row()) == [1, 2, 2, 3, 4, 4, 5], "the first went when the fourth came"
