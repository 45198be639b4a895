"""A library as newsexport makes it, as apps find it: read back by others' feed readers."""

import hashlib
import json
import os
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import feedparser
import pytest
from lxml import etree
from tests.newsexport.serving import serving_rigs
from tests.newsexport.serving.serving_rigs import Running, running

from newsexport.exporters.audio import AudioExporter
from newsexport.exporters.epub.exporter import EpubExporter
from newsexport.exporters.json import JsonExporter
from newsexport.job import Job
from newsexport.library.describing import describe
from newsexport.library.issue import FeedContents, Paper
from newsexport.library.library import Library
from newsexport.library.store import FolderStore
from newsexport.library.timetable import timetable
from newsexport.model import Article, Edition, Paragraph, Section, Span
from newsexport.narration.parting import Split
from newsexport.pipeline import export
from newsexport.publishing.documents import Publications
from newsexport.publishing.feed import feed_path
from newsexport.publishing.pages import Pages
from newsexport.publishing.site import Site
from newsexport.serving.admission import AccessPolicy
from newsexport.serving.editions import served

MORNING = Paper("morning", 'The <b>Oldhaven</b> "Morning" & more', language="en", feed=FeedContents.BOTH)
DAY = date(2026, 11, 25)
EVIL = "</title><script>alert(1)</script>"


def article(title: str) -> Article:
    return Article(title, language="en", body=(Paragraph((Span(f"{title} sailed at noon."),)),))


def publish(root: Path, work: Path, day: date, titles: tuple[str, ...]) -> None:
    """Export an edition as a book and an episode, and put it into a library that is on no site."""
    edition = Edition("Morning", day, "en", (Section("Harbour", tuple(map(article, titles))),))
    work.mkdir(exist_ok=True)
    sound = AudioExporter(engine="silent", chapters_json=True, split=Split.BOTH)
    export(edition, sound, work / f"morning-{day}.mp3", Job())
    export(edition, EpubExporter(), work / f"morning-{day}.epub", Job())
    paths = sorted(work.glob(f"morning-{day}*"))
    now = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
    library = Library(FolderStore(root), lambda _: None)
    library.publish(
        MORNING, describe(MORNING, edition, paths, now), Publications(Site("http://nowhere.example/"))
    )


def published(site: Site) -> Publications:
    return Publications(site, pages=Pages(site))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    root, work = tmp_path_factory.mktemp("library"), tmp_path_factory.mktemp("work")
    publish(root, work, DAY, ("The ferry", EVIL))
    troubles: list[str] = []
    with running(root, holdings=served(root, published, troubles.append)) as server:
        yield server
    assert troubles == []


def test_a_library_is_served_as_it_was_published_by_whoever_has_it_alone(tmp_path: Path) -> None:
    paper = replace(MORNING, numbered=True, section_feeds=True, timetable=timetable("06:15", "mon"))
    edition = Edition("Morning", DAY, "en", (Section("Harbour", (article("Ferry"),)),))
    work = tmp_path / "work"
    work.mkdir()
    sound = AudioExporter(engine="silent", split=Split.SECTION)
    export(edition, sound, work / f"morning-{DAY}{sound.suffix}", Job())
    described = describe(paper, edition, sorted(work.iterdir()), datetime(2026, 11, 25, 6, tzinfo=UTC))
    documents = Publications(Site("http://nowhere.example/"))
    root = tmp_path / "library"
    Library(FolderStore(root), lambda _: None).publish(paper, described, documents)
    path = feed_path(paper, "Harbour")
    assert (root / path).is_file()
    with running(root, holdings=served(root, published, lambda _: None)) as server:
        told = server.ask(f"/{path}")
        assert told.status == 200
        assert b"<itunes:episode>329<" in told.body
        assert b"FREQ=WEEKLY;BYDAY=MO" in server.ask("/morning/feed.xml").body


def test_what_lies_where_no_issue_would_is_not_told_as_a_damaged_one(tmp_path: Path) -> None:
    serving_rigs.publish(tmp_path, "morning", {"morning.3fa9c1d0.mp3": b"sound"})
    for folder in ("Other Things/2026-11-25", "morning/drafts", "morning/2026-11-24"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "issue.json").write_text("{}")
    troubles: list[str] = []
    table = served(tmp_path, published, troubles.append).table()
    assert table.find("morning/2026-11-25/")
    assert [trouble.partition(":")[0] for trouble in troubles] == ["morning/2026-11-24/issue.json"]


def test_a_link_in_a_library_is_told_and_leads_nowhere(tmp_path: Path) -> None:
    root, work = tmp_path / "library", tmp_path / "work"
    edition = Edition("Morning", DAY, "en", (Section("Harbour", (article("SECRET"),)),))
    work.mkdir()
    export(edition, JsonExporter(), work / f"morning-{DAY}.json", Job())
    described = describe(MORNING, edition, sorted(work.iterdir()), datetime(2026, 11, 25, 6, tzinfo=UTC))
    issue = Library(FolderStore(root), lambda _: None).publish(
        MORNING, described, Publications(Site("http://nowhere.example/"))
    )
    (file,) = issue.files
    there = root / issue.folder / file.name
    there.rename(tmp_path / "outside.json")
    there.symlink_to(tmp_path / "outside.json")
    (root / "elsewhere").symlink_to(tmp_path)
    troubles: list[str] = []
    with running(root, holdings=served(root, published, troubles.append)) as server:
        assert b"SECRET sailed" not in server.ask(f"/{issue.folder}/").body
        assert server.ask(f"/{issue.folder}/{file.name}").status == 404
    assert sorted(troubles) == [
        f"{root}/elsewhere: is a link, and not served",
        f"{root}/{issue.folder}/{file.name}: is a link, and not served",
    ]


def test_a_podcast_app_finds_its_episode_whole(server: Running) -> None:
    feed = feedparser.parse(server.ask("/morning/feed.xml", host=f"localhost:{server.port}").body)
    (episode,) = feed.entries
    (enclosure,) = episode.enclosures
    base = f"http://localhost:{server.port}/"
    assert enclosure.href.startswith(f"{base}morning/2026-11-25/morning-2026-11-25.")
    sound = server.ask(enclosure.href.removeprefix(base[:-1]))
    assert sound.headers["content-type"] == enclosure.type == "audio/mpeg"
    assert len(sound.body) == int(enclosure.length)
    assert hashlib.sha256(sound.body).hexdigest()[:8] in enclosure.href
    assert "Oldhaven" in feed.feed.title


def test_every_address_in_feeds_and_catalogues_leads_somewhere(server: Running) -> None:
    base = f"http://127.0.0.1:{server.port}"
    seen: set[str] = set()
    to_see = {
        "/",
        "/opds.xml",
        "/opds.json",
        "/morning/feed.xml",
        "/morning/articles.xml",
        "/morning/books.xml",
    }
    while to_see:
        path = to_see.pop()
        seen.add(path)
        reply = server.ask(path)
        assert reply.status == 200, path
        to_see |= {
            urldefrag(each)
            .url.removeprefix(base)
            .replace("{?query}", "?query=ferry")
            .replace("{searchTerms}", "a")
            for each in addresses(reply.headers["content-type"], reply.body)
            if each.startswith(base)
        } - seen
    assert len(seen) > 8
    assert {Path(path).suffix for path in seen} >= {".mp3", ".epub", ".xml", ".json", ".jpg"}


def test_behind_a_token_every_feed_has_it_in_every_address(tmp_path: Path) -> None:
    publish(tmp_path / "library", tmp_path / "work", DAY, ("The ferry", "The bridge"))
    door = AccessPolicy(token="k3y" * 8)
    with running(
        tmp_path / "library", door, holdings=served(tmp_path / "library", published, print)
    ) as server:
        base = f"http://127.0.0.1:{server.port}"
        for name in ("feed", "articles", "books"):
            assert server.ask(f"/morning/{name}.xml").status in {403, 404}
            reply = server.ask(f"/{door.token}/morning/{name}.xml")
            assert reply.headers["content-type"].startswith("application/rss+xml")
            found = addresses(reply.headers["content-type"], reply.body)
            assert len(found) > 3
            for address in found:
                assert address.startswith(f"{base}/{door.token}/")
                assert server.ask(urldefrag(address).url.removeprefix(base)).status == 200
        titles = [
            one.title
            for one in feedparser.parse(server.ask(f"/{door.token}/morning/articles.xml").body).entries
        ]
        assert titles == ["The ferry", "The bridge"]
        assert server.ask(f"/{door.token}/morning/latest.epub").status == 200
        assert server.ask("/morning/latest.epub").status in {403, 404}


def addresses(kind: str, body: bytes) -> set[str]:
    """All attributes, texts and members that are an address."""
    if "json" in kind:
        return set(strings(json.loads(body)))
    if "html" in kind:
        tree = etree.HTML(body)
    elif "xml" in kind:
        tree = etree.fromstring(body)
    else:
        return set()
    found = [
        str(value) for element in tree.iter() for value in (*element.attrib.values(), element.text or "")
    ]
    return {word for text in found for word in text.split() if word.startswith("http://127.0.0.1")}


def strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            yield from (each for inner in value.values() for each in strings(inner))
        case list():
            yield from (each for inner in value for each in strings(inner))
        case _:
            pass


def test_the_catalogue_is_looked_through_as_it_says(server: Running) -> None:
    (link,) = linked(server.ask("/morning/opds.xml").body, "search")
    assert link["type"] == "application/opensearchdescription+xml"
    described = server.ask(path_of(link["href"], server))
    assert described.headers["content-type"] == link["type"]
    (url,) = etree.fromstring(described.body).iterfind("{*}Url")
    asked = path_of(str(url.get("template")), server).replace("{searchTerms}", "FERRY%20morning")
    reply = server.ask(asked)
    assert reply.headers["content-type"] == url.get("type")
    feed = feedparser.parse(reply.body)
    assert [entry.title for entry in feed.entries] == ["Morning 2026-11-25"]
    assert (feed.feed.title, path_of(feed.feed.links[0].href, server)) == (
        "FERRY morning",
        "/opds-search.xml?query=FERRY+morning",
    )
    assert feedparser.parse(server.ask("/opds-search.xml?query=balloon").body).entries == []
    assert feedparser.parse(server.ask("/opds-search.xml").body).entries == []
    assert server.ask(asked, "HEAD").headers["content-length"] == str(len(reply.body))
    assert server.ask(asked, "POST").status == 405


def test_the_newer_catalogue_is_looked_through_by_a_template(server: Running) -> None:
    (link,) = (one for one in json.loads(server.ask("/opds.json").body)["links"] if one["rel"] == "search")
    assert link["templated"] is True
    reply = server.ask(path_of(link["href"], server).replace("{?query}", "?query=ferry"))
    told = json.loads(reply.body)
    assert reply.headers["content-type"] == link["type"]
    assert [one["metadata"]["title"] for one in told["publications"]] == ["Morning 2026-11-25"]
    assert told["metadata"]["numberOfItems"] == 1


@pytest.mark.parametrize(
    "query",
    ["query=%3Cscript%3Ealert(1)%3C/script%3E", "query=%00%ff%ed%a0%80", "query=" + "a" * 5000, "&" * 400],
)
def test_whatever_is_looked_for_the_answer_is_sound(server: Running, query: str) -> None:
    reply = server.ask(f"/opds-search.xml?{query}")
    assert (reply.status, b"<script" in reply.body, len(reply.body) < 3000) == (200, False, True)
    etree.fromstring(reply.body)
    assert json.loads(server.ask(f"/opds-search.json?{query}").body)
    assert "query" not in server.served[-1].path


def test_a_static_host_is_not_said_to_be_looked_through(server: Running) -> None:
    root = server.shelf.folder.root
    lists = [path.read_bytes() for path in root.rglob("opds*")]
    assert len(lists) > 3
    assert not any(b"search" in text.replace(b"opensearch/1.1", b"") for text in lists)
    assert not (root / "opensearch.xml").exists()


def linked(body: bytes, relation: str) -> list[dict[str, str]]:
    return [
        {str(name): str(value) for name, value in one.attrib.items()}
        for one in etree.fromstring(body).iterfind("{*}link")
        if one.get("rel") == relation
    ]


def path_of(address: str, server: Running) -> str:
    return address.removeprefix(f"http://127.0.0.1:{server.port}")


def test_titles_are_text_wherever_they_stand(server: Running) -> None:
    for path in ("/", "/morning/2026-11-25/", "/morning/feed.xml", "/opds.xml", "/morning/opds.xml"):
        reply = server.ask(path)
        assert b"<script>alert" not in reply.body, path
        if "xml" in reply.headers["content-type"]:
            etree.fromstring(reply.body)
    assert json.loads(server.ask("/opds.json").body)


def test_a_feed_that_has_not_changed_costs_nothing(server: Running) -> None:
    first = server.ask("/morning/feed.xml")
    assert server.ask("/morning/feed.xml", if_none_match=first.headers["etag"]).status == 304
    assert server.ask("/morning/feed.xml", if_modified_since=first.headers["last-modified"]).status == 304


def test_a_library_that_was_published_while_a_clock_was_ahead_hides_no_later_issue(tmp_path: Path) -> None:
    root = tmp_path / "library"
    publish(root, tmp_path / "work", DAY, ("The ferry",))
    for folder in (root, root / "morning", root / "morning" / str(DAY)):
        os.utime(folder, (time.time() + 10**7,) * 2)
    with running(root, holdings=served(root, published, lambda _: None)) as server:
        first = server.ask("/morning/feed.xml")
        told = parsedate_to_datetime(first.headers["last-modified"])
        assert told <= datetime.now(UTC)
        later = format_datetime(datetime.now(UTC) + timedelta(days=300), usegmt=True)
        assert server.ask("/morning/feed.xml", if_modified_since=later).status == 200
        etag = first.headers["etag"]
        assert server.ask("/morning/feed.xml", if_none_match=etag).status == 304


def test_what_is_newest_is_reached_by_an_address_that_stays_and_is_asked_for_again(tmp_path: Path) -> None:
    root, work = tmp_path / "library", tmp_path / "work"
    publish(root, work, DAY, ("The ferry",))
    with running(root, holdings=served(root, published, print)) as server:
        first = server.ask("/morning/latest.epub")
        (book,) = root.glob(f"morning/{DAY}/*.epub")
        own = server.ask(f"/morning/{DAY}/{book.name}")
        assert (first.status, first.body) == (200, book.read_bytes())
        assert first.headers["etag"] == own.headers["etag"]
        assert first.headers["content-type"] == "application/epub+zip"
        assert (first.headers["cache-control"], own.headers["cache-control"][-9:]) == (
            "private, no-cache",
            "immutable",
        )
        assert f'filename="morning-{DAY}.epub"' in first.headers["content-disposition"]
        assert server.ask("/morning/latest.epub", if_none_match=first.headers["etag"]).status == 304
        part = server.ask("/morning/latest.mp3", range="bytes=0-9")
        assert (part.status, len(part.body)) == (206, 10)
        assert server.ask("/morning/latest.pdf").status == 404
        publish(root, work, DAY + timedelta(days=1), ("The bridge",))
        (book,) = root.glob(f"morning/{DAY + timedelta(days=1)}/*.epub")
        again = first
        for _ in range(50):
            again = server.ask("/morning/latest.epub", if_none_match=first.headers["etag"])
            if again.status == 200:
                break
            time.sleep(0.1)
        assert again.body == book.read_bytes()


def test_the_artwork_is_that_which_was_published(server: Running) -> None:
    root = server.shelf.folder.root
    assert server.ask("/morning/artwork.jpg").body == (root / "morning" / "artwork.jpg").read_bytes()
    (root / "morning" / "artwork-300.jpg").unlink()
    assert server.ask("/morning/artwork-300.jpg").body.startswith(b"\xff\xd8")


def test_what_lies_in_the_folder_for_a_static_host_is_not_what_is_served(server: Running) -> None:
    root = server.shelf.folder.root
    assert b"nowhere.example" in (root / "morning" / "feed.xml").read_bytes()
    assert b"nowhere.example" not in server.ask("/morning/feed.xml").body
    for hidden in ("/morning/paper.json", "/morning/2026-11-25/issue.json", "/.lock"):
        assert (root / hidden[1:]).exists()
        assert server.ask(hidden).status == 404


def test_the_application_of_the_manual_serves(
    server: Running, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    manual = (Path(__file__).parents[3] / "docs" / "serving.md").read_text("utf-8")
    (code,) = re.findall(r"^```python\n(.*?)^```$", manual, re.MULTILINE | re.DOTALL)
    (tmp_path / "library").symlink_to(server.shelf.folder.root)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(code, names)
    with running(tmp_path, names["app"].door, holdings=names["app"].holdings) as shown:
        page = shown.ask("/", host="paper.example.org")
    assert (page.status, b"http://paper.example.org/morning/2026-11-25/" in page.body) == (200, True)
