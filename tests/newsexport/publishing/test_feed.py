from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any

import feedparser
import podcastparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.newsexport.publishing import papers

from newsexport.errors import UsageError
from newsexport.library.issue import FeedContents, Issue, IssueArticle, Paper
from newsexport.library.library import Holding
from newsexport.library.timetable import timetable
from newsexport.publishing.archives import HISTORY
from newsexport.publishing.documents import Publications
from newsexport.publishing.feed import (
    ATOM,
    CHAPTERS,
    CONTENT,
    ITUNES,
    MOST_ARTICLES,
    MOST_ISSUES,
    PODCAST,
    article_podcast,
    article_podcasts,
    book_feed,
    feed_path,
    podcast,
    podcasts,
)
from newsexport.publishing.site import Site

SITE = Site("https://oldhaven.example/k3y/")


def read_by_gpodder(data: bytes) -> dict[str, Any]:
    said: dict[str, Any] = podcastparser.parse(
        "https://oldhaven.example/k3y/morning/feed.xml", io.BytesIO(data)
    )
    return said


def tree(paper: Paper, issues: list[Issue], section: str = "") -> etree._Element:
    return etree.fromstring(podcast(paper, issues, SITE, section))


def test_gpodders_parser_reads_every_field() -> None:
    issue = papers.issue()
    # It knows the podcast namespace by the older of its two names alone.
    older = b"https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"
    said = read_by_gpodder(podcast(papers.MORNING, [issue], SITE).replace(PODCAST.encode(), older))
    assert (said["title"], said["link"]) == ("The Oldhaven Morning", "https://oldhaven.example/")
    assert (said["itunes_author"], said["language"]) == ("The Oldhaven desk", "en-gb")
    assert said["itunes_owner"] == {"name": "The Oldhaven desk", "email": "desk@oldhaven.example"}
    assert said["cover_url"] == SITE.address("morning/artwork.jpg")
    assert (said["type"], said["explicit"]) == ("episodic", False)
    (episode,) = said["episodes"]
    sound = next(file for file in issue.files if file.name.endswith(".mp3"))
    (enclosure,) = episode["enclosures"]
    assert enclosure == {
        "url": SITE.address(f"morning/2026-11-25/{sound.name}"),
        "file_size": sound.size,
        "mime_type": "audio/mpeg",
    }
    assert (episode["guid"], episode["total_time"]) == (issue.id, 4000)
    assert episode["published"] == issue.published.timestamp()
    assert [(one["start"], one["title"]) for one in episode["chapters"]] == [
        (0, "Harbour"),
        (4, "The ferry is back"),
        (95, "Herring & chips <b>dearer</b>"),
        (3600, "Choir sings in the rain"),
    ]
    assert episode["chapters_json_url"].endswith(".chapters.json")
    assert episode["transcript_url"]
    assert "(00:01:35) Herring &amp; chips" in episode["description_html"]
    assert (
        "<li>(00:00:04) The ferry is back<br>It sails again.<br>"
        '<a href="https://oldhaven.example/ferry?a=1&amp;b=2">oldhaven.example</a></li>'
        in episode["description_html"]
    )


# As Spotify's help has it: a time, at most one mark, and the title as plain text, on a line of its own.
CHAPTER_LINE = re.compile(r"\(?(?P<time>(?:\d\d:)?\d\d:\d\d)\)? ?[^\w<]?(?P<title>[^<]+)")


def chapters_in(notes: str) -> list[tuple[str, str]]:
    lines = re.split(r"\n|<br>|</?(?:li|ul|h3|div)[^>]*>", notes)
    found = [CHAPTER_LINE.fullmatch(line) for line in lines]
    return [(one["time"], one["title"]) for one in found if one]


@pytest.mark.parametrize(
    ("starts", "sections", "expected"),
    [
        (
            (7.6, 95.25, 3600.75),
            ("Harbour", "Harbour", "Culture"),
            ["00:00:00", "00:00:07", "00:01:35", "01:00:00"],
        ),
        ((0.4, 95.25, 3600.75), ("", "", ""), ["00:00:00", "00:01:35", "01:00:00"]),
        ((5.0, 95.25, None), ("", "", ""), ["00:00:00", "00:00:05", "00:01:35"]),
        ((None, 5.0, 95.25), ("A", "B", "B"), ["00:00:00", "00:00:05", "00:01:35"]),
        ((None, None, None), ("A", "A", "B"), []),
    ],
)
def test_the_first_time_in_notes_and_feed_is_0_and_each_stands_on_a_line_with_a_plain_title(
    starts: tuple[float | None, ...], sections: tuple[str, ...], expected: list[str]
) -> None:
    stories = [
        replace(story, start=start, section=section, title=f"Story {number}", voice=f"voice {number}")
        for number, (story, start, section) in enumerate(zip(papers.STORIES, starts, sections, strict=True))
    ]
    (item,) = tree(papers.MORNING, [papers.issue(stories=stories)]).iter("item")
    plain = chapters_in(item.findtext("description") or "")
    assert chapters_in(item.findtext(f"{{{CONTENT}}}encoded") or "") == plain
    assert [time for time, _ in plain] == expected
    in_feed = [(one.get("start", "")[:8], one.get("title")) for one in item.iter(f"{{{CHAPTERS}}}chapter")]
    assert in_feed == plain
    assert not plain or plain[0][1] in {sections[0], "Story 0", papers.MORNING.title}
    headings = re.findall("<h3>(.*?)</h3>", item.findtext(f"{{{CONTENT}}}encoded") or "")
    assert headings == list(dict.fromkeys(filter(None, sections))), "each section once"


def test_feedparser_finds_nothing_amiss() -> None:
    said = feedparser.parse(podcast(papers.MORNING, papers.days(3), SITE))
    assert not said.bozo
    assert [entry.id for entry in said.entries] == [issue.id for issue in papers.days(3)]
    assert said.entries[0].published == "Wed, 25 Nov 2026 06:00:00 +0100"
    assert said.feed.links[-1].href == SITE.address("morning/feed.xml")


@pytest.mark.parametrize(
    ("by", "titles"),
    [
        ("article", ["The ferry is back", "Herring & chips ‹b›dearer‹/b›", "Choir sings in the rain"]),
        ("section", ["Harbour", "Culture"]),
    ],
)
def test_a_sound_in_parts_alone_is_an_item_for_each(by: str, titles: list[str]) -> None:
    issue = papers.in_parts(by, suffixes=(".mp3", ".m4b", ".transcript.json"))
    whole = papers.issue(day=date(2026, 11, 24))
    said = feedparser.parse(podcast(papers.MORNING, [issue, whole], SITE)).entries
    assert [one.title.rpartition(" · ")[0] for one in said[:-1]] == titles
    assert said[-1].id == whole.id
    assert len({one.id for one in said}) == len(said)
    moments = [one.published_parsed for one in said]
    assert moments == sorted(moments, reverse=True)
    for number, one in enumerate(said[:-1], 1):
        assert one.enclosures[0].href.startswith(
            SITE.address(f"morning/2026-11-25/morning-2026-11-25-{number:02}.")
        )
        assert one.itunes_duration == "100"
    items = tree(papers.MORNING, [issue]).findall("channel/item")
    for item in items:
        assert len(item.findall(f"{{{PODCAST}}}transcript")) == 1
        assert len(item.findall(f"{{{PODCAST}}}alternateEnclosure")) == 1
    assert "The ferry is back" in (items[0].findtext("description") or "")
    assert "Choir" not in (items[0].findtext("description") or "")


def test_parts_of_one_name_are_told_apart_and_keep_who_they_are() -> None:
    issue = papers.in_parts("article")
    alike = replace(issue, files=tuple(replace(file, part="Weather") for file in issue.files))
    said = feedparser.parse(podcast(papers.MORNING, [alike], SITE)).entries
    ids = [one.id for one in said]
    assert len({one.title for one in said}) == 3, "AntennaPod would take them for one"
    assert len(set(ids)) == 3
    fewer = replace(alike, files=alike.files[:2])
    assert [one.id for one in feedparser.parse(podcast(papers.MORNING, [fewer], SITE)).entries] == ids[:2]


def test_who_an_issue_is_depends_on_nothing_that_may_change() -> None:
    def guids(paper: Paper, issue: Issue, site: Site = SITE) -> list[str]:
        return [one.id for one in feedparser.parse(podcast(paper, [issue], site)).entries]

    issue = papers.issue()
    louder = replace(
        issue, files=tuple(replace(file, size=file.size * 2, sha256="f" * 64) for file in issue.files)
    )
    renamed = replace(papers.MORNING, title="Oldhaven Daily", author="", language="de", link="")
    assert (
        guids(papers.MORNING, issue)
        == guids(renamed, papers.issue(renamed))
        == guids(papers.MORNING, issue, Site("http://192.0.2.1:8000/other/"))
        == guids(papers.MORNING, louder)
        == guids(papers.MORNING, papers.issue(stem="paper"))
        == guids(papers.MORNING, papers.issue(stories=papers.STORIES[:1]))
    )
    assert guids(papers.MORNING, issue) != guids(papers.MORNING, papers.issue(day=date(2026, 11, 24)))


def test_a_private_paper_asks_not_to_be_listed_and_a_public_one_does_not() -> None:
    private, public = (tree(replace(papers.MORNING, private=kind), []) for kind in (True, False))
    assert (private.findtext(f".//{{{ITUNES}}}block"), public.findtext(f".//{{{ITUNES}}}block")) == (
        "yes",
        None,
    )
    assert private.findtext(f".//{{{PODCAST}}}locked") == "yes"
    assert public.findtext(f".//{{{PODCAST}}}locked") == "no"


def test_podcasting_is_told_of_transcripts_other_sounds_and_sizes_of_artwork() -> None:
    told = tree(papers.MORNING, [papers.issue()])
    transcripts = [dict(one.attrib) for one in told.iter(f"{{{PODCAST}}}transcript")]
    assert {(one["type"], one["language"], one.get("rel")) for one in transcripts} == {
        ("text/vtt", "en-GB", "captions"),
        ("application/x-subrip", "en-GB", "captions"),
        ("application/json", "en-GB", None),
    }
    others = [one.get("type") for one in told.iter(f"{{{PODCAST}}}alternateEnclosure")]
    assert others == ["audio/mp4", "audio/ogg"]
    assert all(one.get("uri", "").startswith("https://") for one in told.iter(f"{{{PODCAST}}}source"))
    images = told.find(f".//{{{PODCAST}}}images")
    assert images is not None
    assert [size.split()[1] for size in images.get("srcset", "").split(",")] == [
        "3000w",
        "1400w",
        "600w",
        "300w",
    ]
    assert told.findtext(f".//{{{PODCAST}}}guid") == papers.MORNING.guid
    assert told.findtext(f".//{{{PODCAST}}}person") == "The Oldhaven desk"


@pytest.mark.parametrize(
    ("on", "language", "rule", "told"),
    [
        ("daily", "en-GB", "FREQ=DAILY", "Daily"),
        (
            "weekdays",
            "de",
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
            "Montag, Dienstag, Mittwoch, Donnerstag, Freitag",
        ),
        ("sun,thu", "fr", "FREQ=WEEKLY;BYDAY=TH,SU", "jeudi, dimanche"),
        ("mon", "ja", "FREQ=WEEKLY;BYDAY=MO", "月曜日"),
        ("mon", "sw", "FREQ=WEEKLY;BYDAY=MO", None),
    ],
)
def test_podcasting_is_told_how_often_a_paper_comes_out(
    on: str, language: str, rule: str, told: str | None
) -> None:
    paper = replace(papers.MORNING, language=language, timetable=timetable("06:15", on))
    made = tree(paper, [papers.issue()])
    (element,) = made.iterfind(f"channel/{{{PODCAST}}}updateFrequency")
    assert (element.items(), element.text or None) == ([("rrule", rule)], told)


def test_a_paper_that_does_not_tell_when_it_comes_out_promises_nothing() -> None:
    assert tree(papers.MORNING, [papers.issue()]).find(f".//{{{PODCAST}}}updateFrequency") is None


def test_the_feed_of_a_section_does_not_promise_what_the_paper_does() -> None:
    issue = papers.issue()
    part = papers.file("morning-01-harbour.mp3", 99.0, part="Harbour")
    holding = Holding(papers.MORNING, (replace(issue, files=(*issue.files, part)),))
    planned = replace(papers.MORNING, section_feeds=True, timetable=timetable("06:15"))
    made = Publications(SITE, {"morning": planned}).addressed([holding])
    promising = {path for path, data in made.items() if b"updateFrequency" in data}
    assert promising == {feed_path(papers.MORNING)}
    assert feed_path(papers.MORNING, "Harbour") in made


def test_numbers_follow_the_date() -> None:
    told = tree(replace(papers.MORNING, numbered=True), list(papers.days(2)))
    assert [one.text for one in told.iter(f"{{{ITUNES}}}episode")] == ["329", "328"]
    assert {one.text for one in told.iter(f"{{{ITUNES}}}season")} == {"2026"}


def test_the_feed_of_a_section_has_the_sound_of_the_section_alone() -> None:
    issue = papers.issue()
    part = papers.file("morning-01-harbour.mp3", 99.0, part="Harbour")
    told = tree(papers.MORNING, [replace(issue, files=(*issue.files, part)), issue], "Harbour")
    (item,) = told.iter("item")
    enclosure = item.find("enclosure")
    assert enclosure is not None
    assert enclosure.get("url") == SITE.address(f"morning/2026-11-25/{part.name}")
    assert "Choir" not in (item.findtext("description") or "")
    assert item.find(f"{{{CHAPTERS}}}chapters") is None, "times of the whole are not those of a part"
    (again,) = tree(papers.MORNING, [replace(issue, title="Other", files=(part,))], "Harbour").iter("item")
    assert issue.id != item.findtext("guid") == again.findtext("guid")
    main = tree(papers.MORNING, [replace(issue, files=(part,))])
    assert [item.findtext("title", "").partition(" · ")[0] for item in main.iter("item")] == ["Harbour"]
    whole = tree(papers.MORNING, [replace(issue, files=(*issue.files, part))])
    assert [item.findtext("guid") for item in whole.iter("item")] == [issue.id], "a part is not the whole"


def test_each_article_is_an_episode_in_the_order_of_the_paper() -> None:
    today, before = papers.by_articles(), papers.by_articles(date(2026, 11, 24))
    said = read_by_gpodder(article_podcast(papers.MORNING, [today, before], SITE))
    assert said["title"] == "The Oldhaven Morning: Articles"
    episodes = said["episodes"]  # the parser puts the latest on top, as apps do
    titles = ["The ferry is back", "Herring & chips ‹b›dearer‹/b›", "Choir sings in the rain"]
    assert [one["title"] for one in episodes] == titles * 2
    moments = [one["published"] for one in episodes]
    assert moments == sorted(set(moments), reverse=True)
    assert (moments[0], moments[0] - moments[2]) == (today.published.timestamp(), 2)
    assert len({one["guid"] for one in episodes}) == 6
    for number, one in enumerate(episodes[:3], 1):
        (sound,) = (file for file in today.files if file.article == number and file.type == "audio/mpeg")
        (enclosure,) = one["enclosures"]
        assert (enclosure["url"], enclosure["file_size"]) == (
            SITE.address(f"{today.folder}/{sound.name}"),
            sound.size,
        )
        assert one["total_time"] == 100
        assert re.search(
            rf"/morning-2026-11-25-0{number}\.[0-9a-f]{{8}}\.picture\.jpg$", one["episode_art_url"]
        )
        assert one["link"] == SITE.address(f"{today.folder}/index.html") + f"#story-{number}"
    assert "It sails again." in episodes[0]["description"]
    assert "oldhaven.example" in episodes[0]["description_html"]
    assert not feedparser.parse(article_podcast(papers.MORNING, [today, before], SITE)).bozo


def test_an_article_has_its_own_transcripts_and_chapters_in_its_own_language() -> None:
    issue = papers.by_articles()
    stories = [
        replace(story, language="ru" if number == 1 else "") for number, story in enumerate(issue.stories)
    ]
    items = list(
        etree.fromstring(
            article_podcast(papers.MORNING, [replace(issue, stories=tuple(stories))], SITE)
        ).iter("item")
    )
    assert len(items) == 3
    for number, item in enumerate(items, 1):
        named = [*item.iter(f"{{{PODCAST}}}transcript"), *item.iter(f"{{{PODCAST}}}chapters")]
        assert len(named) == 4
        assert all(f"/morning-2026-11-25-0{number}." in one.get("url", "") for one in named)
        assert {one.get("language") for one in named} == {"ru" if number == 2 else "en-GB", None}
        assert item.find(f"{{{CHAPTERS}}}chapters") is None, "times of the whole are not those of an article"


def test_who_an_article_is_stays_when_the_issue_is_made_again() -> None:
    def ids(issue: Issue, paper: Paper = papers.MORNING, site: Site = SITE) -> dict[str, str]:
        made = feedparser.parse(article_podcast(paper, [issue], site)).entries
        return {str(one.title): str(one.id) for one in made}

    issue = papers.by_articles()
    first = ids(issue)
    retitled = replace(issue.stories[0], title="The ferry sails again")
    moved = replace(issue, stories=(retitled, *issue.stories[1:]))
    assert set(ids(moved).values()) == set(first.values())
    assert (
        ids(issue, replace(papers.MORNING, title="Other", language="de"), Site("http://192.0.2.1/")) == first
    )
    assert ids(papers.by_articles(silent=[1])).items() < first.items()
    alike = replace(
        issue, stories=tuple(replace(story, url=None, title="Weather") for story in issue.stories)
    )
    said = feedparser.parse(article_podcast(papers.MORNING, [alike], SITE)).entries
    assert [one.title for one in said] == ["Weather", "Weather (2)", "Weather (3)"]
    assert len({one.id for one in said}) == 3
    fewer = replace(alike, files=tuple(file for file in alike.files if file.article != 1))
    left = feedparser.parse(article_podcast(papers.MORNING, [fewer], SITE)).entries
    known = [(one.id, one.title) for one in said[1:]]
    assert [(one.id, one.title) for one in left] == known, "one that is not heard gives nobody its place"


def test_an_article_that_is_not_heard_has_no_episode_and_moves_no_other() -> None:
    whole, fewer = (
        feedparser.parse(article_podcast(papers.MORNING, [papers.by_articles(silent=silent)], SITE)).entries
        for silent in ((), (2,))
    )
    assert [(one.title, one.published) for one in fewer] == [
        (one.title, one.published) for one in (whole[0], whole[2])
    ]
    assert etree.fromstring(article_podcast(papers.MORNING, [papers.issue()], SITE)).find(".//item") is None


def test_a_feed_tells_of_no_more_articles_than_an_app_likes_to_load() -> None:
    issues = [papers.by_articles(date.fromordinal(740_000 - back)) for back in range(340)]
    told = etree.fromstring(article_podcast(papers.MORNING, issues, SITE))
    moments = [parsedate_to_datetime(item.findtext("pubDate") or "") for item in told.iter("item")]
    assert len(moments) == 1000
    assert moments == sorted(moments, reverse=True)
    assert moments[0] == issues[0].published


def test_of_numbered_articles_an_issue_is_a_season() -> None:
    numbered = replace(papers.MORNING, numbered=True)
    issues = [papers.by_articles(date(2026, 11, 25)), papers.by_articles(date(2006, 1, 2), silent=[2])]
    told = etree.fromstring(article_podcast(numbered, issues, SITE))
    assert [one.text for one in told.iter(f"{{{ITUNES}}}season")] == ["261125"] * 3 + ["60102"] * 2
    assert [one.text for one in told.iter(f"{{{ITUNES}}}episode")] == ["1", "2", "3", "1", "3"]
    assert {one.get("name") for one in told.iter(f"{{{PODCAST}}}season")} == {
        "25 November 2026",
        "2 January 2006",
    }
    assert told.findtext(f"channel/{{{ITUNES}}}type") == "episodic"


def test_articles_are_another_podcast_than_the_issues_which_have_none_of_their_sounds() -> None:
    issue = papers.by_articles()
    main = tree(papers.MORNING, [issue])
    (item,) = main.iter("item")
    assert item.findtext("guid") == issue.id
    assert "-01." not in etree.tostring(item).decode()
    other = etree.fromstring(article_podcast(papers.MORNING, [issue], SITE))
    identity = f"channel/{{{PODCAST}}}guid"
    assert main.findtext(identity) != other.findtext(identity)
    section = replace(issue, stories=tuple(replace(story, section=story.title) for story in issue.stories))
    assert tree(papers.MORNING, [section], section.stories[0].title).find(".//item") is None


@pytest.mark.parametrize("feed", list(FeedContents))
def test_a_feed_of_articles_is_published_where_it_is_asked_for(feed: FeedContents) -> None:
    paper = replace(papers.MORNING, feed=feed)
    for issues in ((papers.by_articles(),), (papers.issue(),), ()):
        made = Publications(SITE).addressed([Holding(paper, issues)])
        assert ("morning/articles.xml" in made) == (feed is not FeedContents.ISSUES)
        assert ("morning/books.xml" in made) == bool(issues)
        assert "morning/feed.xml" in made


def test_the_books_are_a_feed_whose_links_are_the_books() -> None:
    days = papers.days(3)
    aloud = papers.file("morning-2026-11-25.readaloud.epub")
    kobo = replace(days[1], files=tuple(file for file in days[1].files if file.suffix != ".epub"))
    bare = replace(
        days[2], files=tuple(file for file in days[2].files if file.type != "application/epub+zip")
    )
    data = book_feed(papers.MORNING, [replace(days[0], files=(aloud, *days[0].files)), kobo, bare], SITE)
    said = feedparser.parse(data)
    assert not said.bozo
    assert (said.feed.title, said.feed.links[-1].href) == (
        "The Oldhaven Morning",
        SITE.address("morning/books.xml"),
    )
    assert [one.id for one in said.entries] == [issue.id for issue in days[:2]]
    first = said.entries[0]
    assert re.fullmatch(r".*/morning-2026-11-25\.[0-9a-f]{8}\.epub", first.link)
    assert said.entries[1].link.endswith(".kepub.epub")
    (enclosure,) = first.enclosures
    assert (enclosure.href, enclosure.type) == (first.link, "application/epub+zip")
    assert first.title == "The Oldhaven Morning, 25 November 2026"
    assert "(00:" not in first.summary, "a book has no times"


NASTY = [
    "]]> & <script>alert(1)</script>",
    "\x00\x0b\x1f\ufffe bell\x07",
    "🦆 \U0001f469\u200d\U0001f4bb Ⅷ",
    "صباح الخير \u202e evil",
    "\"quoted' &amp; &#0;",
    "\ud800 lone",
]


@pytest.mark.parametrize("text", NASTY)
def test_whatever_a_title_holds_the_feed_is_sound_and_holds_no_markup_of_it(text: str) -> None:
    paper = replace(papers.MORNING, title=text, description=text, author=text)
    stories = [IssueArticle(text, text, f'https://oldhaven.example/"><script>{text}', text, 1, 1.0)]
    issue = papers.issue(paper, stories=stories)
    alone = replace(papers.by_articles(paper=paper), stories=issue.stories)
    for other in (article_podcast(paper, [alone], SITE), book_feed(paper, [issue], SITE)):
        assert not feedparser.parse(other).bozo
        assert len(list(etree.fromstring(other).iter("item"))) == 1
    data = podcast(paper, [issue], SITE)
    assert not feedparser.parse(data).bozo
    for name in ("description", f"{{{ITUNES}}}summary", "title"):
        assert "<" not in (etree.fromstring(data).findtext(f".//item/{name}") or "")
    assert "<script" not in read_by_gpodder(data)["episodes"][0]["description_html"]


@given(st.text(max_size=40))
def test_any_text_gives_a_feed(text: str) -> None:
    paper = replace(papers.MORNING, title=text, category=text)
    told = tree(paper, [papers.issue(paper, stories=[IssueArticle(text, text, text, text, 0, 0.0)])])
    assert len(list(told.iter("item"))) == 1


@pytest.mark.parametrize("count", [0, 100, 101, 200, 201, 1000])
def test_the_feed_has_the_newest_and_its_archives_lead_to_all_others(count: int) -> None:
    small = [
        papers.issue(day=date.fromordinal(730_000 - back), suffixes=[".mp3"], stories=[])
        for back in range(count)
    ]
    documents = podcasts(papers.MORNING, small, SITE)
    path, met, seen = "morning/feed.xml", [], []
    while path:
        channel = etree.fromstring(documents[path])[0]
        seen.append(path)
        assert (channel.find(f"{{{HISTORY}}}archive") is None) is (len(seen) == 1)
        ways = {
            one.get("rel"): one.get("href", "").removeprefix(SITE.base)
            for one in channel.iter(f"{{{ATOM}}}link")
        }
        assert ways["self"] == path
        assert len(seen) == 1 or ways["current"] == "morning/feed.xml"
        assert ways.get("next-archive") == (seen[-2] if len(seen) > 2 else None)
        items = [one.findtext("guid") for one in channel.iter("item")]
        assert len(items) == MOST_ISSUES or (len(seen) == 1 and count < MOST_ISSUES)
        met += [one for one in items if one not in met]
        assert ways.get("next") == ways.get("prev-archive")
        path = ways.get("prev-archive", "")
    assert set(seen) == set(documents)
    assert met == [one.id for one in small]


def test_archives_of_articles_hold_whole_issues_and_no_more_than_a_feed() -> None:
    days = [
        papers.by_articles(date.fromordinal(730_000 - back), silent=(2,) * (back % 2)) for back in range(900)
    ]
    documents = article_podcasts(papers.MORNING, days, SITE)
    assert len(documents) == 3
    sizes = {path: data.count(b"<item>") for path, data in documents.items()}
    assert sizes.pop("morning/articles.xml") == MOST_ARTICLES
    assert all(MOST_ARTICLES - 3 < size <= MOST_ARTICLES for size in sizes.values())
    told = {one for data in documents.values() for one in re.findall(rb"<guid.*?</guid>", data)}
    assert len(told) == 450 * 3 + 450 * 2


def test_the_same_issues_give_the_same_bytes() -> None:
    assert podcast(papers.MORNING, papers.days(3), SITE) == podcast(papers.MORNING, papers.days(3), SITE)


@pytest.mark.parametrize(
    "base", ["ftp://a/", "https://a/b", "/papers/", "https:///", "https://a\n/", "https://ä/"]
)
def test_what_is_no_address_is_refused(base: str) -> None:
    with pytest.raises(UsageError):
        Site(base)


def test_names_of_files_are_encoded_in_addresses() -> None:
    assert (
        Site("https://a/").address("morning/über morgen?#%.mp3")
        == "https://a/morning/%C3%BCber%20morgen%3F%23%25.mp3"
    )
