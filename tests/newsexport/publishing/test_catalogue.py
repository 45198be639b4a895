from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import unquote
from xml.parsers import expat

import feedparser
import pytest
from lxml import etree
from PIL import Image
from tests.newsexport.publishing import papers

from newsexport.library.issue import FeedContents
from newsexport.library.library import Holding
from newsexport.publishing.artwork import SIDES, artwork, artwork_path
from newsexport.publishing.catalogue import called
from newsexport.publishing.documents import Publications
from newsexport.publishing.opds1 import LIST, NAVIGATION, opds1, root_type
from newsexport.publishing.opds2 import opds2
from newsexport.publishing.site import Site

SITE = Site("https://oldhaven.example/k3y/")
EVENING = replace(papers.MORNING, key="evening", guid="", title="Oldhaven Evening")
HOLDINGS = [
    Holding(papers.MORNING, papers.days(120)),
    Holding(EVENING, (papers.issue(EVENING, suffixes=[".epub"]),)),
]
ATOM = "{http://www.w3.org/2005/Atom}"


def path_of(address: str) -> str:
    assert address.startswith(SITE.base)
    return unquote(address.removeprefix(SITE.base))


def links(element: etree._Element, relation: str) -> list[dict[str, str]]:
    return [
        {str(key): str(value) for key, value in one.attrib.items()}
        for one in element.findall(f"{ATOM}link")
        if one.get("rel") == relation
    ]


def test_every_list_that_is_linked_to_is_there_in_both_formats() -> None:
    first, second = opds1(HOLDINGS, SITE), opds2(HOLDINGS, SITE)
    for data in first.values():
        for link in etree.fromstring(data).iter(f"{ATOM}link"):
            if link.get("type", "").startswith("application/atom+xml"):
                assert path_of(link.get("href", "")) in first
    for data in second.values():
        for address, media in _addresses(json.loads(data)):
            assert media != "application/opds+json" or path_of(address) in second


def _addresses(value: Any) -> list[tuple[str, str]]:
    if isinstance(value, list):
        return [found for one in value for found in _addresses(one)]
    if not isinstance(value, dict):
        return []
    own = [(value["href"], value["type"])] if "href" in value else []
    return own + [found for one in value.values() for found in _addresses(one)]


def test_leafing_from_page_to_page_meets_every_issue_once_newest_first() -> None:
    documents = opds1(HOLDINGS, SITE)
    path, met = "morning/opds.xml", []
    for _ in range(10):
        feed = etree.fromstring(documents[path])
        met += [one.findtext(f"{ATOM}id") for one in feed.iter(f"{ATOM}entry")]
        following = links(feed, "next")
        if not following:
            break
        path = path_of(following[0]["href"])
    assert met == [issue.id for issue in papers.days(120)]
    path, met = "morning/opds.json", []
    listed = opds2(HOLDINGS, SITE)
    while path:
        page = json.loads(listed[path])
        first = path == "morning/opds.json"
        assert page["metadata"].get("numberOfItems") == (120 if first else None)
        assert ("facets" in page) is first, "what every issue may change is told on the first page alone"
        met += [one["metadata"]["identifier"] for one in page["publications"]]
        path = next((path_of(one["href"]) for one in page["links"] if one["rel"] == "next"), "")
    assert met == [issue.id for issue in papers.days(120)]


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 149, 150, 151, 260])
def test_a_new_issue_makes_anew_only_what_names_it(count: int) -> None:
    """Pages of the catalogue and archives of feeds are full, and stay as they are."""
    paper = replace(papers.MORNING, feed=FeedContents.BOTH, section_feeds=True)
    days = papers.days(count + 1, paper)
    before, after = (Publications(SITE).addressed([Holding(paper, listed)]) for listed in (days[1:], days))
    same = {path for path in before if before.recipes[path].stamp == after.recipes[path].stamp}
    assert {path: before[path] for path in same} == {path: after[path] for path in same}
    firsts = {path for path in after if not re.search(r"-\d+\.(xml|json)$", path) or "latest" in path}
    full = {path for path in before if path not in firsts}
    grown = [path for path in full if path not in same]
    assert len(grown) <= 2 * 3 + 1, "only that to which another is added next knows of it"
    assert not firsts & same - {"morning/articles.xml"}


def read_as_crosspoint(data: bytes) -> tuple[list[tuple[str, str, bool]], str]:
    """Title, address and whether it is a book of each entry, and the address of the next page.

    As readers with CrossPoint do (its lib/OpdsParser): names with their prefixes, the type of a book to the
    letter, the first such link of an entry, or else the last that leads to a list.
    """
    found: list[tuple[str, str, bool]] = []
    state: dict[str, Any] = {"entry": None, "title": False, "next": ""}

    def start(name: str, attributes: dict[str, str]) -> None:
        entry, relation = state["entry"], attributes.get("rel", "")
        if name == "entry":
            state["entry"] = {"title": "", "href": "", "book": False}
        elif name == "link" and entry is None and relation == "next":
            state["next"] = attributes["href"]
        elif name == "link" and entry is not None and not entry["book"]:
            is_book = "opds-spec.org/acquisition" in relation and attributes["type"] == "application/epub+zip"
            if is_book or "application/atom+xml" in attributes.get("type", ""):
                entry |= {"href": attributes["href"], "book": is_book}
        state["title"] = name == "title" and state["entry"] is not None

    def end(name: str) -> None:
        state["title"] = False
        if name == "entry":
            found.append((state["entry"]["title"], state["entry"]["href"], state["entry"]["book"]))
            state["entry"] = None

    def told(text: str) -> None:
        if state["title"]:
            state["entry"]["title"] += text

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, told
    parser.Parse(data, True)  # noqa: FBT003 - the shape of expat
    return found, state["next"]


def test_a_reader_with_crosspoint_finds_its_way_to_every_book() -> None:
    documents = opds1(HOLDINGS, SITE)
    lists, books = ["opds.xml"], dict[str, str]()
    for path in lists:
        entries, following = read_as_crosspoint(documents[path])
        books |= {address: title for title, address, is_book in entries if is_book}
        further = [path_of(address) for _, address, is_book in entries if not is_book]
        lists += [
            each
            for each in (*further, *filter(None, [path_of(following)] if following else []))
            if each not in lists
        ]
    plain = {
        f"{SITE.base}{issue.folder}/{file.name}"
        for holding in HOLDINGS
        for issue in holding.issues
        for file in issue.files
        if file.name.endswith(".epub") and ".kepub" not in file.name
    }
    assert books.keys() == plain
    assert len(books) == 121


def test_books_come_first_with_types_sizes_covers_and_dates() -> None:
    feed = etree.fromstring(opds1(HOLDINGS, SITE)["morning/opds.xml"])
    entry = next(feed.iter(f"{ATOM}entry"))
    issue = papers.issue()
    offered = links(entry, "http://opds-spec.org/acquisition/open-access")
    assert [one["type"] for one in offered][:3] == [
        "application/epub+zip",
        "application/epub+zip",
        "audio/mpeg",
    ]
    sizes = {SITE.address(f"{issue.folder}/{file.name}"): str(file.size) for file in issue.files}
    assert all(sizes[one["href"]] == one["length"] for one in offered)
    assert links(entry, "http://opds-spec.org/image")[0]["type"] == "image/jpeg"
    assert links(entry, "http://opds-spec.org/image/thumbnail")
    assert entry.findtext("{http://purl.org/dc/terms/}language") == "en-GB"
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "") == issue.published
    bare = next(etree.fromstring(opds1(HOLDINGS, SITE)["evening/opds.xml"]).iter(f"{ATOM}entry"))
    assert links(bare, "http://opds-spec.org/image")[0]["href"] == SITE.address("evening/artwork-1400.jpg")


def test_facets_lead_to_sections_and_papers_and_tell_which_is_shown() -> None:
    documents = opds1(HOLDINGS, SITE)
    facets = links(etree.fromstring(documents["morning/opds.xml"]), "http://opds-spec.org/facet")
    group, active = ("{http://opds-spec.org/2010/catalog}" + name for name in ("facetGroup", "activeFacet"))
    assert [(one[group], one["title"], one.get(active)) for one in facets] == [
        ("Paper", "The Oldhaven Morning", "true"),
        ("Paper", "Oldhaven Evening", None),
        ("Section", "All", "true"),
        ("Section", "Harbour", None),
        ("Section", "Culture", None),
    ]
    harbour = etree.fromstring(documents[path_of(facets[3]["href"])])
    assert harbour.findtext(f"{ATOM}title") == "The Oldhaven Morning: Harbour"
    two = json.loads(opds2(HOLDINGS, SITE)["morning/opds.json"])
    assert [one["metadata"]["title"] for one in two["facets"]] == ["Paper", "Section"]


def test_the_first_page_leads_to_papers_and_to_the_latest_of_all() -> None:
    feed = etree.fromstring(opds1(HOLDINGS, SITE)["opds.xml"])
    ways = [one.attrib for one in feed.findall(f"{ATOM}entry/{ATOM}link")]
    assert [one["rel"] for one in ways] == ["http://opds-spec.org/sort/new", "subsection", "subsection"]
    assert {one["type"] for one in ways} == {LIST}
    latest = feedparser.parse(opds1(HOLDINGS, SITE)["opds-latest.xml"])
    assert len(latest.entries) == 50
    assert not latest.bozo


def test_the_first_page_of_one_paper_is_its_list_which_apps_keep_in_step_with() -> None:
    one = opds1(HOLDINGS[:1], SITE)
    feed = etree.fromstring(one["opds.xml"])
    newest = next(feed.iter(f"{ATOM}entry"))
    assert newest.findtext(f"{ATOM}id") == papers.issue().id
    assert links(newest, "http://opds-spec.org/acquisition/open-access")
    assert path_of(links(feed, "next")[0]["href"]) in one
    assert {link["type"] for link in links(feed, "start")} == {LIST} == {root_type(HOLDINGS[:1])}
    two = json.loads(opds2(HOLDINGS[:1], SITE)["opds.json"])
    assert two["publications"][0]["metadata"]["identifier"] == papers.issue().id
    assert root_type([]) == root_type(HOLDINGS) == NAVIGATION


def test_titles_sort_by_date_wherever_an_app_keeps_what_it_fetched() -> None:
    arabic = replace(papers.MORNING, key="sabah", guid="", language="ar", title="صباح الخير")
    for paper in (papers.MORNING, arabic):
        holding = Holding(paper, papers.days(40, paper))
        feed = etree.fromstring(opds1([holding], SITE)["opds.xml"])
        titles = [one.findtext(f"{ATOM}title") or "" for one in feed.iter(f"{ATOM}entry")]
        assert titles == sorted(titles, reverse=True)
        assert titles[0] == f"{paper.title} 2026-11-25"
    dated = replace(papers.issue(), title="Morning of 2026-11-25")
    entry = feedparser.parse(opds1([Holding(papers.MORNING, (dated,))], SITE)["opds.xml"]).entries[0]
    assert entry.title == "Morning of 2026-11-25"


@pytest.mark.parametrize(
    ("suffixes", "sizes", "expected"),
    [
        ((".jpg", ".thumbnail.jpg"), (90_000, 12_000), ".thumbnail.jpg"),
        ((".jpg",), (90_000,), "morning/artwork-300.jpg"),
        ((".jpg",), (20_000,), ".jpg"),
        ((".jpg", ".thumbnail.jpg"), (90_000, 20_001), "morning/artwork-300.jpg"),
        ((), (), "morning/artwork-300.jpg"),
    ],
)
def test_a_thumbnail_is_small(suffixes: tuple[str, ...], sizes: tuple[int, ...], expected: str) -> None:
    issue = papers.issue(suffixes=(*suffixes, ".epub"))
    pictures = [replace(file, size=size) for file, size in zip(issue.files, sizes, strict=False)]
    issue = replace(issue, files=(*pictures, issue.files[-1]))
    entry = next(
        etree.fromstring(opds1([Holding(papers.MORNING, (issue,))], SITE)["opds.xml"]).iter(f"{ATOM}entry")
    )
    (thumbnail,) = links(entry, "http://opds-spec.org/image/thumbnail")
    assert path_of(thumbnail["href"]).endswith(expected)
    (cover,) = links(entry, "http://opds-spec.org/image")
    assert "thumbnail" not in cover["href"]


def test_who_is_who_depends_on_no_host_and_nothing_on_the_time() -> None:
    there, elsewhere = opds1(HOLDINGS, SITE), opds1(HOLDINGS, Site("http://192.0.2.1/"))
    for path in there:
        ids = [
            [one.text for one in etree.fromstring(one[path]).iter(f"{ATOM}id")] for one in (there, elsewhere)
        ]
        assert ids[0] == ids[1]
    assert there == opds1(HOLDINGS, SITE)


@pytest.mark.parametrize("text", ["<b>&]]>", "\x00\x08", "\ud83d", "مرحبا", "🦆"])
def test_whatever_a_title_holds_the_catalogue_is_sound(text: str) -> None:
    paper = replace(papers.MORNING, title=text, description=text, author=text)
    story = replace(papers.STORIES[0], title=text, section=text, summary=text)
    holdings = [Holding(paper, (papers.issue(paper, stories=[story]),))]
    for data in opds1(holdings, SITE).values():
        etree.fromstring(data)
    for data in opds2(holdings, SITE).values():
        json.loads(data)


def test_artwork_is_square_rgb_jpeg_of_the_sizes_that_apps_ask_for() -> None:
    made = artwork(papers.MORNING)
    sides = []
    for data in made.values():
        with Image.open(io.BytesIO(data)) as image:
            assert (image.format, image.mode, image.width) == ("JPEG", "RGB", image.height)
            sides.append(image.width)
    assert tuple(sides) == SIDES
    assert max(map(len, made.values())) < 1_000_000
    long = replace(
        papers.MORNING, title="The Oldhaven and District Morning Intelligencer " * 6, description="W " * 99
    )
    assert max(len(artwork(paper)[artwork_path(paper, 300)]) for paper in (papers.MORNING, long)) <= 20_000


def test_everything_that_is_published_of_two_papers() -> None:
    part = papers.file("morning-01-harbour.mp3", 99.0, part="Harbour")
    issue = replace(papers.issue(), files=(*papers.issue().files, part))
    planned = {"morning": replace(papers.MORNING, section_feeds=True)}
    made = Publications(SITE, planned).of_library([Holding(papers.MORNING, (issue,)), HOLDINGS[1]])
    assert {"opds.xml", "opds.json", "morning/feed.xml", "evening/feed.xml", "evening/artwork.jpg"} <= set(
        made
    )
    feeds = [name for name in made if "feed-" in name]
    assert len(feeds) == 1, "only a section with a sound of its own has a feed"


def test_each_form_of_a_book_is_called_by_a_name_of_its_own() -> None:
    names = ("day.epub", "day.kepub.epub", "day.readaloud.epub", "day.mp3")
    assert [called(papers.file(name)) for name in names] == ["EPUB", "KEPUB", "EPUB + MP3", "MP3"]
