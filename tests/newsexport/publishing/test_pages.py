"""The pages of a library: what others wrote is shown and not run; the same values, the same bytes."""

import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import escape

import pytest
from PIL import Image
from tests.newsexport.publishing import papers

from newsexport.interchange import to_json
from newsexport.library.issue import FeedContents, FileRole, Issue, IssueArticle, IssueFile, Paper
from newsexport.library.library import Holding
from newsexport.model import Article, Edition, Figure, Media, Paragraph, Section, Span
from newsexport.publishing import pages
from newsexport.publishing.pages import Pages
from newsexport.publishing.site import Site

HOSTILE = "<script>canary()</script>"
_drawn = io.BytesIO()
Image.new("RGB", (9, 9), "#336699").save(_drawn, "PNG")
SQUARE = _drawn.getvalue()
PAPER = Paper("morning", HOSTILE)
SOUND = IssueFile("morning.3fa9c1d0.mp3", FileRole.SOUND, "audio/mpeg", 9, "0" * 64, 70.0)
ISSUE = Issue(
    "urn:x", "morning", HOSTILE, date(2026, 11, 25), datetime(2026, 11, 25, tzinfo=UTC), "en", "",
    (IssueArticle(HOSTILE, start=65.0),), (SOUND,),
)  # fmt: skip
SITE = Site("https://paper.example/")


def test_titles_are_shown_and_not_run() -> None:
    for page in (pages.index([Holding(PAPER, (ISSUE,))], SITE), pages.issue_page(PAPER, ISSUE, SITE)):
        assert b"<script>" not in page
        assert b"&lt;script&gt;" in page


def test_contents_lead_to_the_second_in_the_sound() -> None:
    page = pages.issue_page(PAPER, ISSUE, SITE).decode()
    assert "morning.3fa9c1d0.mp3#t=65.0" in page
    assert ">1:05</a>" in page


@pytest.mark.parametrize("by", ["article", "section"])
def test_all_parts_of_a_sound_are_played_and_their_text_follows(by: str) -> None:
    one = papers.in_parts(by, suffixes=(".mp3", ".transcript.json"))
    told = ["It sails again.", "By five since May.", "They sang."]
    articles = [
        Article(story.title, (Paragraph((Span(text),)),))
        for story, text in zip(one.stories, told, strict=True)
    ]
    edition = Edition(
        "M",
        one.issued,
        "en",
        (Section("Harbour", tuple(articles[:2])), Section("Culture", tuple(articles[2:]))),
    )
    files = {f"{one.folder}/{file.name}": b"" for file in one.files}
    sounds = [file for file in one.files if file.role is FileRole.SOUND]
    parts = [[0], [1], [2]] if by == "article" else [[0, 1], [2]]
    for inside, name in zip(
        parts, [name for name in files if name.endswith(".transcript.json")], strict=True
    ):
        segments = [
            {
                "body": body,
                "startTime": 10.0 * n + m,
                "endTime": 10.0 * n + m + 1,
                "words": [[3, 10.0 * n + m + 0.25]],
            }
            for n, number in enumerate(inside)
            for m, body in enumerate((one.stories[number].title, told[number]))
        ]
        files[name] = json.dumps({"segments": segments}).encode()
    edition_file = papers.file("edition.json")
    files[f"{one.folder}/{edition_file.name}"] = to_json(edition)
    one = replace(one, files=(*one.files, edition_file))
    page = Pages(SITE).of_issue(papers.MORNING, one, files.__getitem__)[f"{one.folder}/index.html"].decode()
    begins = [round(100.5 * number, 3) for number in range(len(sounds))]
    played = " ".join(
        f"{at} {SITE.address(f'{one.folder}/{sound.name}')}" for at, sound in zip(begins, sounds, strict=True)
    )
    assert f'data-tracks="{played}"' in page
    at = [float(begin) for begin in re.findall(r'class="at" data-at="([^"]*)"', page)]
    assert at == ([0.0, 100.5, 201.0] if by == "article" else [0.0, 10.0, 100.5])
    assert f"{sounds[-1].name}#t=0.0" in page
    heard = [float(start) for start in re.findall(r'class="s" data-start="([^"]*)"', page)]
    assert heard == sorted(heard)
    assert heard[-1] == begins[-1] + 1
    assert set(re.findall(r'data-words="([^"]*)"', page)) <= {"3:250", "2:250"}
    assert page.count("data-words=") == 6


def test_contents_lead_to_parts_whose_text_is_not_told() -> None:
    page = pages.issue_page(papers.MORNING, papers.in_parts("section"), SITE).decode()
    assert [float(at) for at in re.findall(r'class="at" data-at="([^"]*)"', page)] == [0.0, 100.5]


def test_every_page_names_its_style_and_script_among_the_assets() -> None:
    assert len(pages.assets()) == 2
    for path in pages.assets():
        assert SITE.address(path).encode() in pages.issue_page(PAPER, ISSUE, SITE)


def test_apps_are_handed_the_address_of_the_feed() -> None:
    made = Pages(SITE).of_library([Holding(PAPER, (ISSUE,))])
    page = made["morning/listen.html"].decode()
    assert ">https://paper.example/morning/feed.xml</a>" in page
    assert "podcast://paper.example/morning/feed.xml" in page
    assert "overcast://x-callback-url/add?url=https%3A%2F%2Fpaper.example%2Fmorning%2Ffeed.xml" in page


def test_apps_are_handed_the_podcast_of_articles_where_there_is_no_other() -> None:
    holding = Holding(replace(PAPER, feed=FeedContents.ARTICLES), (ISSUE,))
    page = Pages(SITE).of_library([holding])["morning/listen.html"].decode()
    assert "podcast://paper.example/morning/articles.xml" in page
    assert "morning/feed.xml" not in page


@pytest.mark.parametrize(("there", "way"), [(FileRole.SOUND, "listen.html"), (FileRole.BOOK, "read.html")])
def test_nobody_is_sent_to_listen_where_nothing_is_heard_nor_to_read_where_no_book_is(
    there: FileRole, way: str
) -> None:
    one = replace(ISSUE, files=(replace(SOUND, role=there),))
    first = Pages(SITE).of_library([Holding(PAPER, (one,))])["index.html"].decode()
    for page in (first, pages.issue_page(PAPER, one, SITE).decode()):
        assert re.findall(r"morning/((?:listen|read)\.html)", page) == [way]
    bare = replace(ISSUE, files=())
    assert not re.search(r"(listen|read)\.html", pages.issue_page(PAPER, bare, SITE).decode())


def test_a_page_to_read_is_made_only_where_there_is_a_book() -> None:
    for role, is_there in ((FileRole.BOOK, True), (FileRole.SOUND, False)):
        one = replace(ISSUE, files=(replace(SOUND, role=role),))
        assert ("morning/read.html" in Pages(SITE).of_library([Holding(PAPER, (one,))])) is is_there


def test_papers_are_in_order_of_what_came_out_last_and_each_has_a_page() -> None:
    day = ISSUE.issued
    told = [("a", "Zebra News", day), ("b", "Yesterday", day - timedelta(1)), ("c", "apple post", day)]
    holdings = [
        Holding(replace(PAPER, key=key, title=title), (replace(ISSUE, paper=key, issued=issued),))
        for key, title, issued in told
    ]
    made = Pages(SITE).of_library([*holdings, Holding(replace(PAPER, key="d", title="None Yet"), ())])

    def mastheads(path: str) -> list[str]:
        return re.findall(r'class="masthead">([^<]*)<', made[path].decode())

    assert mastheads("index.html") == ["apple post", "Zebra News", "Yesterday", "None Yet"]
    assert [mastheads(f"{key}/index.html") for key in "abcd"] == [
        ["Zebra News"],
        ["Yesterday"],
        ["apple post"],
        ["None Yet"],
    ]


def test_headlines_have_the_quotation_marks_of_their_language() -> None:
    story = replace(ISSUE.stories[0], title='The "old" bridge', summary='"It\'s shut."', language="en")
    other = replace(ISSUE.stories[0], title='Die "alte" Brücke', language="de")
    one = replace(ISSUE, stories=(story, other))
    first = Pages(SITE).of_library([Holding(PAPER, (one,))])["index.html"].decode()
    for told in ("The “old” bridge", "“It’s shut.”", "Die „alte“ Brücke"):
        assert told in first
    assert "The “old” bridge" in pages.issue_page(PAPER, replace(one, language="en"), SITE).decode()


def test_a_library_is_given_its_pages_with_their_style() -> None:
    made = Pages(SITE).of_library([])
    assert set(made) == {"index.html", *pages.assets()}


def test_pages_of_a_paper_of_articles_play_the_whole_and_lead_to_the_podcast_of_articles() -> None:
    one, paper = papers.by_articles(), replace(papers.MORNING, feed=FeedContents.BOTH)
    sentence = '{"segments": [{"startTime": 1.0, "endTime": 2.0, "body": "%s"}]}'
    files = {
        f"{one.folder}/{file.name}": (sentence % ("whole" if file.article is None else "part")).encode()
        for file in one.files
        if file.name.endswith(".transcript.json")
    }
    (transcript,) = (
        file
        for file in one.of(FileRole.TRANSCRIPT)
        if file.article is None and file.type == "application/json"
    )
    edition = Edition(one.title, one.issued, "en", (Section("", (Article("whole", (), language="en"),)),))
    data = papers.file("morning-2026-11-25.json")
    one = replace(one, files=(data, *one.files))
    files[f"{one.folder}/{data.name}"] = to_json(edition)
    read: list[str] = []

    def reading(path: str) -> bytes:
        read.append(path)
        return files[path]

    page = Pages(SITE).of_issue(paper, one, reading)[f"{one.folder}/index.html"].decode()
    assert f"{one.folder}/{transcript.name}" in read
    assert sum("transcript" in path for path in read) == 1, (
        "what is said in an article is not said at its time in the whole"
    )
    assert "-01." not in page.partition("<footer")[2], "files of articles are taken by podcast apps"
    for shown in (page, pages.index([Holding(paper, (one,))], SITE).decode()):
        assert f'href="{SITE.address("morning/articles.xml")}"' in shown
    for plain in (
        pages.issue_page(papers.MORNING, one, SITE),
        pages.index([Holding(papers.MORNING, (one,))], SITE),
    ):
        assert b"articles.xml" not in plain


def test_pictures_with_files_of_their_own_are_not_carried_in_the_page() -> None:
    picture = Media.named("image/png", SQUARE)
    article = Article("Ferry", (Figure(picture.name, "A ferry"),), media=(picture,))
    edition = Edition("M", papers.issue().issued, "en", (Section("", (article,)),))
    name = picture.name.removesuffix(".png")
    file = IssueFile(f"{name}.3fa9c1d0.illustration.png", FileRole.ILLUSTRATION, "image/png", 9, "0" * 64)
    for files, source in (((), "data:image/png"), ((file,), SITE.address(f"morning/2026-11-25/{file.name}"))):
        one = replace(papers.issue(), files=files)
        page = pages.issue_page(papers.MORNING, one, SITE, pages.IssueText(edition)).decode()
        assert f'<img loading="lazy" alt="A ferry" width="9" height="9" src="{source}' in page


def test_a_page_says_what_it_is_about_and_shows_a_cover_as_large_as_it_is_seen() -> None:
    one = papers.issue(suffixes=(".epub", ".jpg", ".thumbnail.jpg"))
    page = pages.issue_page(papers.MORNING, one, SITE).decode()
    assert f'<meta name="description" content="{escape(one.summary)}">' in page
    (cover,), (small,) = one.of(FileRole.COVER), one.of(FileRole.THUMBNAIL)
    address = SITE.address(f"{one.folder}/")
    assert f'srcset="{address}{small.name} 300w, {address}{cover.name} 1400w"' in page
    front = pages.index([Holding(papers.MORNING, (one,))], SITE).decode()
    assert f'<meta name="description" content="{papers.MORNING.description}">' in front
