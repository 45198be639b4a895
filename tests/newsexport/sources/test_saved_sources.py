"""What was saved elsewhere comes back: every entry with an address, whole articles where they were kept."""

import gzip
import io
import json
import random
import stat
import zipfile
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.collecting.deduplicate import merged as alike
from newsexport.collecting.merge import as_listed, merged
from newsexport.collecting.parse import Readers
from newsexport.errors import SourceError
from newsexport.events import Cause, Omitted, noticed
from newsexport.job import Inline
from newsexport.model import Article, Paragraph, Span, figures, plain_blocks, runs
from newsexport.pipeline import Arrangement, arrange, glance
from newsexport.protocols import Entry, Item, Resource, Source
from newsexport.sources import archive
from newsexport.sources.address_list import BookmarksSource
from newsexport.sources.archive import ArchiveSource
from newsexport.sources.saved import DEEPEST, SavedCsvSource, SavedJsonSource

CONTENT = "<p>" + "The ferry to Skerry sails again, and nobody is late. " * 12 + "</p>"


def listing(items: Iterable[Item]) -> list[tuple[str, str, str, str]]:
    """Kind, address, title and section of each."""
    found = []
    for item in items:
        if isinstance(item, SourceError):
            found.append(("lost", item.subject, item.reason, ""))
        else:
            article = item if isinstance(item, Article) else item.article
            address = item.address if isinstance(item, Entry) else article.url or ""
            found.append((type(item).__name__, address, article.title, article.section))
    return found


def read(
    source: Source, data: bytes, name: str = "export", section: str = ""
) -> list[tuple[str, str, str, str]]:
    resource = Resource(name, data, section)
    assert source.accepts(resource) >= 0.6
    return listing(source.read(resource))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            'title,url,time_added,tags,status\n"A, quoted\nover lines",https://a.example/1,1600000000,,unread\n',
            [("Entry", "https://a.example/1", "A, quoted over lines", "")],
        ),
        (
            "URL,Title,Selection,Folder,Timestamp\nhttps://a.example/1,One,,Unread,1\nhttps://a.example/2,Two,,Harbour,2\n",
            [("Entry", "https://a.example/1", "One", ""), ("Entry", "https://a.example/2", "Two", "Harbour")],
        ),
        (
            "id,title,note,excerpt,url,folder,tags,created,cover\n1,One,,Short,https://a.example/1,News/Local,,2026,\n",
            [("Entry", "https://a.example/1", "One", "Local")],
        ),
        (
            "title,url\nRates rise | a.example,https://a.example/1\nRates rise - at last,https://a.example/2\n",
            [
                ("Entry", "https://a.example/1", "Rates rise", ""),
                ("Entry", "https://a.example/2", "Rates rise - at last", ""),
            ],
        ),
        ("Titel;Adresse\nEins;https://a.example/1\n", [("Entry", "https://a.example/1", "Eins", "")]),
        (
            "title,url\nGone,file:///etc/passwd\nOne,https://a.example/1\n",
            [
                ("lost", "export:2", "Gone: has no address of the web", ""),
                ("Entry", "https://a.example/1", "One", ""),
            ],
        ),
    ],
)
def test_fd_19_tables_of_every_service(data: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert read(SavedCsvSource(), data.encode()) == expected
    assert read(SavedCsvSource(), b"\xef\xbb\xbf" + data.encode()) == expected


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (
            [{"href": "https://a.example/1", "description": "One", "extended": "More", "toread": "yes"}],
            [("Entry", "https://a.example/1", "One", "")],
        ),
        (
            {"bookmarks": [{"article__url": "https://a.example/1", "article__title": "One", "article__excerpt": "x"}]},
            [("Entry", "https://a.example/1", "One", "")],
        ),
        (
            {"roots": {"bookmark_bar": {"children": [
                {"name": "Harbour", "children": [{"name": "One", "type": "url", "url": "https://a.example/1"}]},
                {"name": "Two", "type": "url", "url": "https://a.example/2"},
            ], "name": "Bar"}}},
            [("Entry", "https://a.example/1", "One", "Harbour"), ("Entry", "https://a.example/2", "Two", "Bar")],
        ),
        (
            [{"title": "One", "url": "https://a.example/1", "content": CONTENT, "published_at": "2026-11-23T08:00:00Z"}],
            [("Article", "https://a.example/1", "One", "")],
        ),
        (  # Karakeep
            {
                "bookmarks": [
                    {"createdAt": 1731900000, "title": "One", "tags": ["sea"], "lists": ["l1"], "note": None, "archived": False,
                     "content": {"type": "link", "url": "https://a.example/1"}},
                    {"createdAt": 1731900001, "title": None, "tags": [], "lists": [], "note": None,
                     "content": {"type": "text", "text": "# My wall\n\nIt leaks at *every* tide."}},
                    {"createdAt": 1731900002, "title": "Tide table", "tags": [], "content": {"type": "asset", "assetType": "pdf"}},
                    {"createdAt": 1731900003, "title": "Chart", "tags": [], "content": None, "note": None},
                ],
                "lists": [{"id": "l1", "name": "Harbour", "type": "manual"}],
            },
            [
                ("Entry", "https://a.example/1", "One", "Harbour"),
                ("Article", "", "My wall", ""),
                ("lost", "export.json", "Tide table: is a file, which the export does not hold", ""),
                ("lost", "export.json", "Chart: is a file, which the export does not hold", ""),
            ],
        ),
        (  # Linkwarden
            {
                "id": 1, "name": "Ada", "username": "ada",
                "collections": [
                    {"id": 1, "name": "Unorganized", "links": [{"name": "One", "type": "url", "url": "https://a.example/1", "textContent": "x"}]},
                    {"id": 2, "name": "Harbour", "links": [
                        {"name": "Two", "description": "", "url": "https://a.example/2", "collectionId": 2, "tags": [{"name": "sea"}]}]},
                ],
                "pinnedLinks": [],
            },
            [("Entry", "https://a.example/1", "One", ""), ("Entry", "https://a.example/2", "Two", "Harbour")],
        ),
        (  # FreshRSS, Inoreader
            {
                "id": "user/-/state/com.google/starred", "title": "Starred", "alternate": [{"href": "https://reader.example/"}],
                "items": [
                    {"title": "One", "published": 1731900000, "canonical": [{"href": "https://a.example/1"}],
                     "categories": ["user/-/state/com.google/read", "user/7/label/Harbour"], "summary": {"content": CONTENT}},
                    {"title": "Two", "alternate": [{"href": "https://a.example/2", "type": "text/html"}], "content": {"content": CONTENT + "[…]"}},
                    {"title": "Three", "summary": {"content": CONTENT}},
                ],
            },
            [
                ("Article", "https://a.example/1", "One", "Harbour"),
                ("Entry", "https://a.example/2", "Two", ""),
                ("Article", "", "Three", ""),
            ],
        ),
        (
            [{"url": "https://a.example/1", "title": None}, {"title": "No address"}, 7, None],
            [("Entry", "https://a.example/1", "", "")],
        ),
    ],
)  # fmt: skip
def test_json_of_every_service(document: object, expected: list[tuple[str, str, str, str]]) -> None:
    assert read(SavedJsonSource(), json.dumps(document).encode(), "export.json") == expected


def test_an_article_that_was_kept_whole_is_whole() -> None:
    record = {
        "url": "https://a.example/1", "title": "One", "content": CONTENT, "preview_picture": "https://a.example/1.jpg",
        "published_by": ["Ada Fenn", ""], "language": "en", "created_at": "2020-01-01T00:00:00Z",
    }  # fmt: skip
    (article,) = SavedJsonSource().read(Resource("export.json", json.dumps([record]).encode()))
    assert isinstance(article, Article)
    assert (article.byline, article.language, article.published) == (("Ada Fenn",), "en", None)
    assert next(figures(article)).media == "https://a.example/1.jpg"


def test_what_a_reader_of_feeds_kept_is_dated_and_named_by_its_feed() -> None:
    item = {
        "title": "One", "published": 1731900000, "author": "Ada Fenn", "alternate": [{"href": "https://a.example/1"}],
        "origin": {"title": "The Gazette", "htmlUrl": "https://a.example/"}, "summary": {"content": CONTENT},
        "enclosure": [{"href": "https://a.example/1.mp3", "type": "audio/mpeg"}, {"href": "https://a.example/1.jpg", "type": "image/jpeg"}],
    }  # fmt: skip
    (article,) = SavedJsonSource().read(Resource("starred.json", json.dumps({"items": [item]}).encode()))
    assert isinstance(article, Article)
    assert (article.byline, article.site) == (("Ada Fenn",), "The Gazette")
    assert article.published == datetime(2024, 11, 18, 3, 20, tzinfo=UTC)
    assert next(figures(article)).media == "https://a.example/1.jpg"


def test_what_was_said_of_a_page_is_a_note_of_it() -> None:
    data = b"id,title,note,excerpt,url,folder\n1,One,Ask the ferryman,Short,https://a.example/1,\n"
    (entry,) = SavedCsvSource().read(Resource("export.csv", data))
    assert isinstance(entry, Entry)
    assert [list(plain_blocks(note.blocks)) for note in entry.article.notes] == [["Ask the ferryman"]]


BOOKMARKS = b"""<!DOCTYPE NETSCAPE-Bookmark-file-1><TITLE>Bookmarks</TITLE><H1>Bookmarks</H1><DL><p>
<DT><H3>Harbour</H3><DL><p><DT><A HREF="https://a.example/1" ADD_DATE="1">One</A><DD>About one
<DT><H3>Ferries</H3><DL><p><DT><A HREF="https://a.example/2">Two</A></DL><p></DL><p>
<DT><A HREF="https://a.example/3">Three</A><DT><A HREF="javascript:alert(1)">Script</A></DL>"""


def test_bookmarks_come_under_their_folders() -> None:
    found = read(BookmarksSource(), BOOKMARKS)
    assert [(title, section) for _, _, title, section in found] == [
        ("One", "Harbour"),
        ("Two", "Ferries"),
        ("Three", ""),
    ]


def test_the_page_pocket_exported_is_read() -> None:
    data = b"""<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul>
    <li><a href="https://a.example/1" time_added="1" tags="">One</a></li></ul><h1>Read Archive</h1><ul>
    <li><a href="https://a.example/2" time_added="2">Two</a></li></ul></body></html>"""
    assert [title for _, _, title, _ in read(BookmarksSource(), data)] == ["One", "Two"]


def test_a_link_in_an_archive_is_told_and_leads_nowhere() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", "A ferry\n\nIt sails again, and nobody is late.")
        link = zipfile.ZipInfo("b.txt")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "../../../../etc/passwd")
    first, second = ArchiveSource().read(Resource("export.zip", made.getvalue(), ""))
    assert isinstance(first, Article)
    assert str(second) == "export.zip › b.txt: is a link, and links in an archive are not followed"


def zipped(*members: tuple[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


TEXT = b"The harbour opens\n\nAfter two years of work, ships are back.\n"


@pytest.mark.parametrize(
    ("names", "sections"),
    [
        (("02-world_news/a.txt", "sport/b.txt", "c.txt"), ["World news", "Sport", ""]),
        (
            ("paper/02-world_news/a.txt", "paper/sport/local/b.txt", "paper/c.txt"),
            ["World news", "Sport", ""],
        ),
        (("a.txt", "b.txt"), ["", ""]),
    ],
)
def test_folders_of_an_archive_are_sections_as_those_of_a_disk(
    names: tuple[str, ...], sections: list[str]
) -> None:
    found = read(ArchiveSource(), zipped(*((name, TEXT) for name in names)), "a.zip")
    assert [section for *_, section in found] == sections


def test_an_archive_is_what_its_members_are() -> None:
    data = zipped(("part_0.csv", b"title,url\nOne,https://a.example/1\n"), ("notes/town/a.txt", TEXT))
    assert read(ArchiveSource(), data, "pocket.zip") == [
        ("Entry", "https://a.example/1", "One", ""),
        ("Article", "", "The harbour opens", "Notes"),
    ]


RECORDS = [
    {"slug": "road", "title": "Harbour road to close", "author": "Ada Fenn", "url": "https://a.example/road",
     "description": "The council voted", "savedAt": "2026-09-01T10:00:00.000Z", "publishedAt": None},
    {"slug": "gone", "title": "A page that is gone", "url": "https://gone.example/x"},
    {"slug": "bare", "title": "A page not kept", "url": "https://a.example/bare"},
]  # fmt: skip
OMNIVORE = (
    ("metadata_0_to_20.json", json.dumps(RECORDS).encode()),
    (
        "content/road.html",
        # a page as it was, with what stood around the article
        (
            b"<html><head><title>Road | The Gazette</title></head><body><nav><a href='/'>Home</a></nav><article><h1>Road</h1>"
            b"<p>The council voted on <em>Tuesday</em> to close the road, and the ferry, said the mayor, sails.</p>"
            b"<p>Trams will run every six minutes instead of every twelve, and bicycles, too, are taken for nothing.</p>"
            b"</article></body></html>"
        ),
    ),
    ("content/gone.html", b"<DIV id='readability-page-1'><p>Short, and kept whole.</p></DIV>"),
    ("highlights/road.md", b"> on Tuesday to close\n\nAbout time\n\n> Trams will run\n\n> Not in the text\n"),
    ("highlights/bare.md", b"> marked in it\n"),
    ("highlights/nobody.md", b"> of no page\n"),
)


def test_omnivore_joins_record_text_and_highlights() -> None:
    """The files of one page say the same name; nothing of it is an article twice."""
    with noticed("omnivore.zip") as omitted:
        road, gone, bare = ArchiveSource().read(Resource("omnivore.zip", zipped(*OMNIVORE)))
    assert isinstance(road, Article)
    assert (road.title, road.url, road.byline) == (
        "Harbour road to close",
        "https://a.example/road",
        ("Ada Fenn",),
    )
    texts = [" ".join("".join(plain_blocks(note.blocks)).split()) for note in road.notes]
    assert texts == ["on Tuesday to closeAbout time", "Trams will run", "Not in the text"]
    first, second = road.body
    assert [span.note or span.text for span in next(runs([first]))] == [
        "The council voted on ", "Tuesday", " to close", "1", " the road, and the ferry, said the mayor, sails."
    ]  # fmt: skip
    assert [span.note for span in next(runs([second])) if span.note] == ["2", "3"]
    assert isinstance(gone, Article)
    assert (gone.title, list(plain_blocks(gone.body))) == ("A page that is gone", ["Short, and kept whole."])
    assert isinstance(bare, Entry)
    assert (bare.address, bare.article.title) == ("https://a.example/bare", "A page not kept")
    page = merged(bare, Article("Bare", (Paragraph((Span("What was marked in it is here."),)),)))
    assert [span.note or span.text for span in next(runs(page.body))] == [
        "What was marked in it",
        "1",
        " is here.",
    ]
    assert len(page.notes) == 1
    assert omitted == [
        Omitted("omnivore.zip", "passed over as no articles: 1 of highlights/", "file", 1, Cause.EMPTY)
    ]


def test_omnivore_kept_texts_that_have_no_address_and_no_title() -> None:
    text = f"<div id='readability-page-1'>{CONTENT}</div>".encode()
    records = [
        {"slug": "a", "title": "A letter", "url": ""},
        {"slug": "b", "title": None, "url": "https://a.example/b"},
    ]
    members = (
        ("export/metadata_0_to_2.json", json.dumps(records).encode()),
        ("export/content/a.html", text),
        ("export/content/b.html", text),
    )
    first, second = ArchiveSource().read(Resource("omnivore.zip", zipped(*members)))
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.title, first.url, first.section) == ("A letter", None, "")
    assert second.title.startswith("The ferry to Skerry")
    assert second.url == "https://a.example/b"


def test_pocket_joins_what_was_marked_and_passes_over_empty_lists() -> None:
    marked = [
        {"url": "https://a.example/1", "title": "One", "highlights": [{"quote": "a dog", "created_at": 1}]}
    ]
    lists = {"title": "Ferries", "items": [{"url": "https://a.example/3", "title": "Three"}]}
    data = zipped(
        ("part_000000.csv", b"title,url,time_added,tags,status\nOne,https://a.example/1,1,,unread\n"),
        ("annotations/part_000000.json", json.dumps(marked).encode()),
        ("collections/a.json", b"{}"),
        ("collections/b.json", json.dumps(lists).encode()),
    )
    with noticed("pocket.zip") as omitted:
        entry, listed = ArchiveSource().read(Resource("pocket.zip", data))
    assert isinstance(entry, Entry)
    assert [list(plain_blocks(note.blocks)) for note in entry.article.notes] == [["a dog"]]
    assert isinstance(listed, Entry)
    assert listed.address == "https://a.example/3"
    assert omitted == [
        Omitted("pocket.zip", "passed over as no articles: 1 of collections/", "file", 1, Cause.EMPTY)
    ]


def test_highlights_in_a_record_are_notes_of_its_article() -> None:
    record = {"url": "https://a.example/1", "title": "One", "content": CONTENT,
              "annotations": [{"quote": "nobody is late", "text": "Never?"}]}  # fmt: skip
    (article,) = SavedJsonSource().read(Resource("wallabag.json", json.dumps([record]).encode()))
    assert isinstance(article, Article)
    assert [list(plain_blocks(note.blocks)) for note in article.notes] == [["nobody is late", "Never?"]]
    assert sum(span.note is not None for run in runs(article.body) for span in run) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("part_000000.csv", b"title,url,tags\nOne,https://a.example/1,\n"),
        (
            "ril_export.html",
            b"<html><title>Pocket Export</title><a href='https://a.example/1' time_added='1'>One</a></html>",
        ),
        ("list.txt", b"https://a.example/1\n"),
    ],
)
def test_an_archive_that_is_not_compressed_is_one_all_the_same(name: str, content: bytes) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(name, content)
    resource = Resource("pocket.zip", data.getvalue())
    source = Readers.installed(Inline()).of(resource)
    assert isinstance(source, ArchiveSource)
    (entry,) = source.read(resource)
    assert isinstance(entry, Entry)
    assert entry.address == "https://a.example/1"


def test_what_raindrop_marks_stands_in_a_column() -> None:
    data = (
        "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n"
        '1,One,,,https://a.example/1,,,2026,,"Highlight:a dog\nNote:really\nHighlight:the way",false\n'
    )
    (entry,) = SavedCsvSource().read(Resource("raindrop.csv", data.encode()))
    assert isinstance(entry, Entry)
    assert [list(plain_blocks(note.blocks)) for note in entry.article.notes] == [
        ["a dog", "really"],
        ["the way"],
    ]


def test_a_table_without_addresses_says_so_and_in_an_archive_is_passed_over() -> None:
    table = b"Highlight,Book Title\nThe ferry sails,On ferries\n"
    resource = Resource("highlights.csv", table)
    source = Readers.installed(Inline()).of(resource)
    with pytest.raises(SourceError, match="has no column of addresses"):
        list(source.read(resource))
    data = zipped(("a.txt", TEXT), ("highlights.csv", table), ("inner.zip", zipped(("a.txt", TEXT))))
    with noticed("a.zip") as omitted:
        _, lost = ArchiveSource().read(Resource("a.zip", data))
    assert str(lost) == "a.zip › inner.zip: is an archive within an archive; give it by itself"
    assert [each.reason for each in omitted] == ["passed over as no articles: 1 .csv"]


def test_what_is_no_article_in_an_archive_is_counted_in_one_line() -> None:
    data = zipped(
        ("a.txt", TEXT), ("a.css", b"p {}"), ("b.CSS", b"p {}"), ("x.jpg", b"j"), ("settings.json", b"{}"), ("y.bin", b"\0")
    )  # fmt: skip
    with noticed("a.zip") as omitted:
        _, lost = ArchiveSource().read(Resource("a.zip", data))
    assert isinstance(lost, SourceError)
    assert lost.subject == "a.zip › y.bin"
    told = "passed over as no articles: 2 .css, 1 .jpg, 1 .json"
    assert omitted == [Omitted("a.zip", told, "file", 4, Cause.EMPTY)]


def test_pictures_beside_an_article_come_out_of_the_archive() -> None:
    data = zipped(("a/note.md", b"# Cranes\n\nText.\n\n![A crane](crane.png)\n"), ("a/crane.png", b"picture"))
    (article,) = ArchiveSource().read(Resource("a.zip", data))
    assert isinstance(article, Article)
    assert [(media.name, media.data) for media in article.media] == [("crane.png", b"picture")]


def test_fd_20_hostile_members_cost_only_themselves() -> None:
    members = (
        ("../../evil.txt", TEXT),
        ("/etc/evil.txt", TEXT),
        ("bomb.txt", bytes(30_000_000)),
        ("blob.bin", b"\x7fELF"),
        ("inner.zip", zipped(("a.txt", TEXT))),
        ("good.txt", TEXT),
    )
    found = read(ArchiveSource(), zipped(*members), "a.zip")
    assert [kind for kind, *_ in found].count("Article") >= 1
    assert {reference: reason for kind, reference, reason, _ in found if kind == "lost"} == {
        "a.zip › bomb.txt": "is compressed beyond what is honest",
        "a.zip › blob.bin": "is a program: no source reads this kind of file",
        "a.zip › inner.zip": "is an archive within an archive; give it by itself",
    }


def test_fd_20_a_damaged_archive_is_one_plain_error() -> None:
    data = zipped(("a.txt", TEXT))
    with pytest.raises(SourceError, match="damaged archive"):
        list(ArchiveSource().read(Resource("a.zip", data[:40])))
    broken = data[:35] + b"\xff\xff\xff\xff" + data[39:]
    assert [kind for kind, *_ in listing(ArchiveSource().read(Resource("a.zip", broken)))] == ["lost"]


@pytest.mark.slow
@given(st.sampled_from(["csv", "json", "html"]), st.integers(0, 400), st.binary(max_size=40))
def test_fd_19_damaged_exports_are_exports_or_one_plain_error(kind: str, place: int, noise: bytes) -> None:
    whole = {
        "csv": b"title,url\nOne,https://a.example/1\nTwo,https://a.example/2\n",
        "json": json.dumps([{"url": "https://a.example/1", "title": "One", "content": CONTENT}]).encode(),
        "html": BOOKMARKS,
    }[kind]
    sources: dict[str, Source] = {
        "csv": SavedCsvSource(),
        "json": SavedJsonSource(),
        "html": BookmarksSource(),
    }
    try:
        list(sources[kind].read(Resource(f"export.{kind}", whole[:place] + noise + whole[place:])))
    except SourceError as error:
        assert "\n" not in str(error)


@pytest.mark.slow
def test_fd_19_a_million_rows_end_soon() -> None:
    rows = b"title,url\n" + b"".join(b"Story,https://a.example/%d\n" % number for number in range(200_000))
    assert sum(1 for _ in SavedCsvSource().read(Resource("a.csv", rows))) == 200_000


@pytest.mark.parametrize(
    ("name", "data", "title"),
    [
        ("a.csv", b"title,url,time_added,tags,status\nOne,https://a.example/1,1,,unread\nTwo,https://b.example/2,1,,\n", "Pocket"),
        ("a.csv", b"URL,Title,Selection,Folder,Timestamp\nhttps://a.example/1,One,,,1\nhttps://b.example/2,Two,,,1\n", "Instapaper"),
        ("a.csv", b"title,url\nOne,https://a.example/1\nTwo,https://a.example/2\n", "News"),
        ("a.zip", zipped(*OMNIVORE), "Omnivore"),
        ("a.zip", zipped(("a.txt", TEXT), ("b.txt", TEXT + b"And one more."), ("c.csv", b"title,url\nOne,https://a.example/1\n")), "News"),
        ("a.html", b"<title>Pocket Export</title><a href='https://a.example/1' time_added='1'>1</a><a href='https://a.example/2'>2</a>", "Pocket"),
        ("a.json", json.dumps([{"href": f"https://a.example/{at}", "description": "A", "extended": "", "hash": "", "toread": "no"}
         for at in range(2)]).encode(), "Pinboard"),
        ("a.json", json.dumps({"bookmarks": [{"createdAt": 1, "title": "A", "tags": [], "note": None, "content": {"type": "link", "url": f"https://a.example/{at}"}}
         for at in range(2)]}).encode(), "Karakeep"),
        ("a.json", json.dumps({"id": 1, "collections": [{"name": "Sea", "ownerId": 1, "links": [{"name": "A", "collectionId": 1, "url": f"https://a.example/{at}"}
         for at in range(2)]}]}).encode(), "Linkwarden"),
        ("a.xml", b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>"
         + b"".join(b"<url><loc>https://a.example/%d</loc><n:news><n:publication><n:name>The Herald</n:name></n:publication>"
         b"<n:title>T%d</n:title></n:news></url>" % (at, at) for at in range(2)) + b"</urlset>", "The Herald"),
    ],
)  # fmt: skip
def test_an_edition_of_one_list_is_called_after_it(
    name: str, data: bytes, title: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    found = glance([str(tmp_path / name)], lambda _: None)
    assert len(found.articles) > 1
    assert arrange(found, Arrangement(date(2026, 11, 23))).title == title


def test_what_is_nested_deeper_than_anything_honest_is_told() -> None:
    shallow = {"url": "https://a.example/1", "title": "One"}
    deep: object = [{"url": "https://a.example/2", "title": "Two"}]
    for _ in range(DEEPEST + 2):
        deep = [deep]
    data = json.dumps({"items": [shallow, deep]}).encode()
    with noticed("a.json") as told:
        (found,) = SavedJsonSource().read(Resource("a.json", data))
    assert isinstance(found, Entry)
    reason = f"within more than {DEEPEST} others"
    assert told == [Omitted("a.json", reason, "folder of what was saved", 1, Cause.LIMIT)]


def test_a_title_that_is_only_the_address_is_none() -> None:
    """Pocket gives such to what it could not open; another list may know better."""
    pocket = b"title,url,time_added,tags,status\nhttps://a.example/leeks,https://a.example/leeks,1715000100,,unread\n"
    instapaper = (
        b"URL,Title,Selection,Folder,Timestamp,Tags\nhttps://a.example/leeks,Leeks,,Unread,1600000000,[]\n"
    )
    found = [
        entry for data in (pocket, instapaper) for entry in SavedCsvSource().read(Resource("a.csv", data))
    ]
    articles = [as_listed(entry) for entry in found if isinstance(entry, Entry)]
    assert articles[0].title == "https://a.example/leeks"
    assert [one.title for one in alike(articles).articles] == ["Leeks"]


def test_a_member_of_many_records_is_read_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_MEMBER", 200_000)  # the mailbox has two megabytes
    chance = random.Random(7)
    letters = b"".join(
        b"From ada@a.example Mon Nov 23 08:00:00 2026\nFrom: Ada <ada@a.example>\nSubject: Letter %d\n"
        b"MIME-Version: 1.0\n\nThe ferry to Skerry sails again. %s\n\n"
        % (number, chance.randbytes(9000).hex(" ", 4).encode())
        for number in range(120)
    )
    assert len(letters) > 2_000_000
    members = (("all.mbox", letters), ("a.txt", TEXT), ("b.txt", chance.randbytes(150_000).hex().encode()))
    *found, text, lost = ArchiveSource().read(Resource("takeout.zip", zipped(*members)))
    assert [item.title for item in found if isinstance(item, Article)] == [f"Letter {n}" for n in range(120)]
    assert isinstance(text, Article)
    assert str(lost) == "takeout.zip › b.txt: is larger than 0 MB"


def test_compressed_members_are_unpacked_too() -> None:
    data = zipped(("a.txt.gz", gzip.compress(TEXT)), ("b.txt", TEXT))
    first, second = ArchiveSource().read(Resource("texts.zip", data))
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.body == second.body
