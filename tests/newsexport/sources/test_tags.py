"""Tags as services, browsers and authors write them, and where they end up."""

import json
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.newsexport.publishing import papers
from tests.newsexport.publishing.test_pages import SITE

from newsexport.collecting.deduplicate import merged as each_once
from newsexport.collecting.merge import merged
from newsexport.events import noticed
from newsexport.exporters.epub.exporter import EpubExporter
from newsexport.exporters.html.inline import Links
from newsexport.exporters.pdf.newspaper import SHEETS, Newspaper, PageSize
from newsexport.exporters.text import render
from newsexport.job import Job
from newsexport.library.describing import describe
from newsexport.model import Article, Edition, Paragraph, Section, Span
from newsexport.protocols import Entry, Resource, Source
from newsexport.publishing import pages
from newsexport.publishing.notes import notes_html, notes_text
from newsexport.sources.address_list import BookmarksSource
from newsexport.sources.markdown import MarkdownSource
from newsexport.sources.saved import SavedCsvSource, SavedJsonSource
from newsexport.sources.tags import LONGEST, MOST, tags_of

CONTENT = "<p>" + "The ferry to Skerry sails again, and nobody is late. " * 12 + "</p>"
SEA = ("sea", "Old Town")


def tags(source: Source, data: bytes) -> tuple[str, ...]:
    (item,) = source.read(Resource("export", data))
    assert isinstance(item, Article | Entry)
    return (item if isinstance(item, Article) else item.article).tags


@pytest.mark.parametrize(
    "table",
    [
        "title,url,time_added,tags,status\nOne,https://a.example/1,1600000000,sea|Old Town,unread\n",
        'id,title,note,excerpt,url,folder,tags,created\n1,One,,,https://a.example/1,,"sea, Old Town",2026\n',
        """Title,URL,Document tags,Saved date,Reading progress\nOne,https://a.example/1,"['sea', 'Old Town']",2,0\n""",
        'title,url,tags,is_archived\nOne,https://a.example/1,"sea, Old Town, sea",0\n',
    ],
)
def test_tables_of_services_have_tags_in_a_column(table: str) -> None:
    assert tags(SavedCsvSource(), table.encode()) == SEA


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"tags": ["sea", "Old Town"], "domain_name": "a.example"}, SEA),
        ({"tags": [{"id": 1, "label": "sea", "slug": "sea"}, {"label": "Old Town"}]}, SEA),
        ({"labels": [{"name": "sea"}, {"name": "Old Town"}]}, SEA),
        ({"tags": [{"id": "x", "name": "sea", "attachedBy": "human"}, {"name": "Old Town"}]}, SEA),
        ({"tags": {"sea": {"type": "manual"}, "Old Town": {"type": "manual"}}}, SEA),
        ({"tags": "#sea #harbour"}, ("sea", "harbour")),
        ({"tags": [None, 7, {"id": 1}, ["sea"]]}, ()),
        ({"tags": 7, "labels": ["sea"]}, ("sea",)),
        (
            {
                "origin": {"title": "The Herald"},
                "canonical": [{"href": "https://a.example/1"}],
                "categories": [
                    "user/-/state/com.google/read",
                    *(f"user/1/label/{n}" for n in ("News", *SEA)),
                ],
            },
            SEA,
        ),
    ],
)
def test_records_of_services_have_tags_in_many_forms(record: dict[str, Any], expected: Sequence[str]) -> None:
    for content in ("", CONTENT):
        whole = {"url": "https://a.example/1", "title": "One", "content": content, **record}
        if "origin" in record:
            whole["content"] = {"content": content}
        assert tags(SavedJsonSource(), json.dumps([whole]).encode()) == expected


def test_tags_of_pinboard_have_spaces_between_them_and_browsers_commas() -> None:
    post = {"href": "https://a.example/1", "description": "One", "extended": "", "tags": "sea old_town"}
    assert tags(SavedJsonSource(), json.dumps([post]).encode()) == ("sea", "old_town")
    page = b'<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><DT><A HREF="https://a.example/1" TAGS="sea,Old Town">One</A></DL>'
    assert tags(BookmarksSource(), page) == SEA


@pytest.mark.parametrize(
    "block",
    [
        "---\ntitle: One\ntags: [sea, Old Town]\n---\n",
        "---\ntitle: One\ntags:\n  - '#sea'\n  - Old Town\n---\n",
        "---\ntitle: One\ntags: sea, Old Town\n---\n",
        '+++\ntitle = "One"\ntags = ["sea", "Old Town"]\n+++\n',
        '+++\ntitle = "One"\n[taxonomies]\ntags = ["sea", "Old Town"]\n+++\n',
        "Title: One\nTags: sea, Old Town\n\n",
    ],
)
def test_authors_say_tags_above_their_text(block: str) -> None:
    (article,) = MarkdownSource().read(Resource("one.md", f"{block}The ferry sails again.\n".encode()))
    assert article.tags == SEA
    assert len(article.body) == 1


@pytest.mark.parametrize("said", ["null", "~", "''", "[]", "{a: b}", ""])
def test_an_author_may_say_that_there_are_none(said: str) -> None:
    (article,) = MarkdownSource().read(
        Resource("one.md", f"---\ntitle: One\ntags: {said}\n---\nIt sails.\n".encode())
    )
    assert article.tags == ()


def test_a_tag_is_kept_once_without_its_sign_and_states_are_none() -> None:
    assert tags_of(["#Sea", " sea ", "to-read", "To Read", "toread", "x\ty", "", "#", "SEA"]) == (
        "Sea",
        "x y",
    )


def test_what_is_too_long_or_too_much_is_told() -> None:
    with noticed("export") as told:
        found = tags_of(["a" * LONGEST, "b" * (LONGEST + 1), *map(str, range(MOST + 1))])
    assert len(found) == MOST
    assert [(each.thing, each.count) for each in told] == [("tag", 1), ("tag", 2)]


def test_the_page_of_what_was_saved_keeps_its_tags_and_so_does_what_is_the_same() -> None:
    body = (Paragraph((Span("It sails."),)),)
    entry = Entry("https://a.example/1", Article("One", (), tags=SEA))
    page = Article("One", body, url="https://a.example/1")
    assert merged(entry, page).tags == SEA
    other = replace(page, tags=("harbour", "sea"))
    (one,) = each_once([replace(page, tags=SEA), other]).articles
    assert one.tags == ("sea", "Old Town", "harbour")


ISSUED = date(2026, 11, 25)


def edition(*each: Sequence[str]) -> Edition:
    body = (Paragraph((Span("The ferry to Skerry sails again."),)),)
    articles = tuple(
        Article(f"Story {number}", body, language="en", tags=tuple(own)) for number, own in enumerate(each, 1)
    )
    return Edition("M", ISSUED, "en", (Section("", articles),))


def test_a_book_has_a_quiet_line_of_tags_and_tells_shops_the_most_usual_once(tmp_path: Path) -> None:
    many = [f"rare {number}" for number in range(60)]
    EpubExporter().write(edition(["a<b", "Sea"], many, ["sea"], ()), tmp_path / "b.epub", Job())
    with zipfile.ZipFile(tmp_path / "b.epub") as archive:
        shown = [archive.read(f"EPUB/a{number:04}.xhtml").decode() for number in (1, 3, 4)]
        package = archive.read("EPUB/content.opf").decode()
    lines = [re.findall(r'<p class="source">(.*?)</p>', page) for page in shown]
    assert lines == [["Tags: a&lt;b, Sea"], ["Tags: sea"], []]
    subjects = re.findall("<dc:subject>(.*?)</dc:subject>", package)
    assert subjects[:3] == ["a&lt;b", "Sea", "rare 0"]
    assert len(subjects) == 40


def test_a_text_and_a_newspaper_have_them_too() -> None:
    told = render(edition(SEA, ()), 72)
    assert told.count("Tags: sea, Old Town\n") == told.count("Tags") == 1
    paper = Newspaper(SHEETS[PageSize.A4], Links.NONE, {}).values(edition(SEA, ()))
    first, second = paper["sections"][0]["articles"]
    assert [each["word"] for each in first["sources"]] == ["Tags"]
    assert second["sources"] == []


def test_the_notes_and_the_page_of_an_issue_have_them() -> None:
    made = describe(papers.MORNING, edition(["a<b", "sea"], ()), [], papers.issue().published).issue
    assert [story.tags for story in made.stories] == [("a<b", "sea"), ()]
    assert "<br>\N{LABEL}\u00a0a&lt;b, sea<" in notes_html(made.stories, "en")
    assert notes_text(made.stories).splitlines() == ["Story 1", "\N{LABEL}\u00a0a<b, sea", "Story 2"]
    told = pages.IssueText(edition(["a<b", "sea"], ()))
    page = pages.issue_page(papers.MORNING, made, SITE, told).decode()
    assert page.count("Tags: a&lt;b, sea") == page.count("Tags:") == 1
