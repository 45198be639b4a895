"""Manifests to the letter: they are read by programs that we do not write, for years."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest

from newsexport.library.issue import FileRole, Issue, IssueArticle, IssueFile, Paper, issue_id
from newsexport.library.manifest import ManifestError, issue_json, paper_json, read_issue, read_paper
from newsexport.library.timetable import DAYS, Timetable

GUID = "5f0c1f7e-3c1b-4b52-9d0c-3c7c1a4d9b10"
DIGEST = "3fa9c1d0" * 8

ISSUE = Issue(
    "urn:uuid:1",
    "morning",
    "Mörgen",
    date(2026, 11, 25),
    datetime(2026, 11, 25, 6, 30, tzinfo=timezone(timedelta(hours=1))),
    "de",
    "What is in it",
    (
        IssueArticle("Ferry", "Harbour", "https://a.example/ferry", "It sails.", 120, 12.5),
        IssueArticle("Choir"),
    ),
    (
        IssueFile("a.3fa9c1d0.mp3", FileRole.SOUND, "audio/mpeg", 5000, DIGEST, 61.5, "Harbour"),
        IssueFile("a.3fa9c1d0.epub", FileRole.BOOK, "application/epub+zip", 10, DIGEST),
    ),
    datetime(2026, 11, 25, 7, tzinfo=UTC),
)

AS_WRITTEN = {
    "newsexport-issue": 1,
    "id": "urn:uuid:1",
    "paper": "morning",
    "title": "Mörgen",
    "issued": "2026-11-25",
    "published": "2026-11-25T06:30:00+01:00",
    "updated": "2026-11-25T07:00:00+00:00",
    "language": "de",
    "summary": "What is in it",
    "stories": [
        {
            "title": "Ferry",
            "section": "Harbour",
            "url": "https://a.example/ferry",
            "summary": "It sails.",
            "words": 120,
            "start": 12.5,
        },
        {"title": "Choir", "section": "", "summary": "", "words": 0},
    ],
    "files": [
        {
            "name": "a.3fa9c1d0.mp3",
            "role": "sound",
            "type": "audio/mpeg",
            "size": 5000,
            "sha256": DIGEST,
            "seconds": 61.5,
            "part": "Harbour",
        },
        {
            "name": "a.3fa9c1d0.epub",
            "role": "book",
            "type": "application/epub+zip",
            "size": 10,
            "sha256": DIGEST,
        },
    ],
}

PAPER = Paper(
    "a-b",
    "Ä",
    GUID,
    "de",
    "told",
    "Ada Fenn",
    "ada@oldhaven.example",
    "https://oldhaven.example/",
    "Arts",
    explicit=True,
    private=False,
    numbered=True,
    section_feeds=True,
    timetable=Timetable(time(6, 5), ("mon", "thu")),
)

PAPER_AS_WRITTEN = {
    "newsexport-paper": 1,
    "key": "a-b",
    "title": "Ä",
    "guid": GUID,
    "language": "de",
    "description": "told",
    "author": "Ada Fenn",
    "email": "ada@oldhaven.example",
    "link": "https://oldhaven.example/",
    "category": "Arts",
    "explicit": True,
    "private": False,
    "numbered": True,
    "section_feeds": True,
    "at": "06:05",
    "on": ["mon", "thu"],
}


def written(value: Any) -> bytes:
    return json.dumps(value).encode()


def test_an_issue_is_written_like_this() -> None:
    data = issue_json(ISSUE)
    assert data == (json.dumps(AS_WRITTEN, ensure_ascii=False, indent=1) + "\n").encode()
    assert read_issue(data, "p") == ISSUE
    assert b'"updated"' not in issue_json(replace(ISSUE, updated=None))


def test_a_paper_is_written_like_this() -> None:
    data = paper_json(PAPER)
    assert data == (json.dumps(PAPER_AS_WRITTEN, ensure_ascii=False, indent=1) + "\n").encode()
    assert read_paper(data, "p") == PAPER
    plain = json.loads(paper_json(Paper("a", "A")))
    assert not {"numbered", "section_feeds", "at", "on"} & set(plain)


def test_a_lone_surrogate_is_replaced() -> None:
    assert json.loads(issue_json(replace(ISSUE, title="a\ud800b")))["title"] == "a?b"


def test_what_a_manifest_need_not_say_is_as_usual() -> None:
    said = {
        key: AS_WRITTEN[key] for key in ("newsexport-issue", "id", "paper", "title", "issued", "language")
    }
    said |= {"published": "2026-11-25T06:30:00+01:00", "stories": [{"title": "Choir"}]}
    said["files"] = [{"name": "a", "role": "book", "type": "t", "size": 1, "sha256": DIGEST}]
    assert read_issue(written(said), "p") == replace(
        ISSUE,
        summary="",
        stories=(IssueArticle("Choir"),),
        files=(IssueFile("a", FileRole.BOOK, "t", 1, DIGEST),),
        updated=None,
    )
    assert read_paper(written({"newsexport-paper": 1, "key": "a", "title": "A"}), "p") == Paper("a", "A")


def test_a_timetable_without_days_is_of_every_day() -> None:
    said = {"newsexport-paper": 1, "key": "a", "title": "A", "at": "7:30"}
    assert read_paper(written(said), "p").timetable == Timetable(time(7, 30), DAYS)
    backwards = read_paper(written({**said, "on": ["sun", "mon"]}), "p").timetable
    assert backwards == Timetable(time(7, 30), ("mon", "sun"))


NO_FILE = {"name": "a", "role": "book", "type": "t", "size": 1, "sha256": DIGEST}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"newsexport-issue": None}, "'newsexport-issue'"),
        ({"newsexport-issue": "1"}, "'newsexport-issue'"),
        ({"newsexport-issue": 2}, "later version"),
        ({"id": None}, "id is no text"),
        ({"id": 1}, "id is no text"),
        ({"paper": "-a"}, "'-a' is no name"),
        ({"paper": "A"}, "'A' is no name"),
        ({"title": 1}, "title is no text"),
        ({"issued": "2026-13-25"}, "month"),
        ({"published": "2026-11-25T06:00"}, "published has no offset"),
        ({"updated": "2026-11-25T06:00"}, "updated has no offset"),
        ({"language": []}, "language is no text"),
        ({"summary": None}, "summary is no text"),
        ({"stories": "Ferry"}, "stories is no list"),
        ({"stories": ["Ferry"]}, "stories is no list"),
        ({"stories": [{}]}, "title is missing"),
        ({"stories": [{"title": "a", "section": 1}]}, "section is no text"),
        ({"stories": [{"title": "a", "url": 1}]}, "url is no text"),
        ({"stories": [{"title": "a", "summary": 1}]}, "summary is no text"),
        ({"stories": [{"title": "a", "words": "1"}]}, "words is no number"),
        ({"stories": [{"title": "a", "words": True}]}, "words is no number"),
        ({"stories": [{"title": "a", "start": -0.1}]}, "start is no number"),
        ({"stories": [{"title": "a", "start": 2**53}]}, "start is no number"),
        ({"files": {}}, "files is no list"),
        ({"files": [{**NO_FILE, "name": "a/b"}]}, "'a/b' is no name"),
        ({"files": [{**NO_FILE, "role": None}]}, "role is no text"),
        ({"files": [{**NO_FILE, "type": 1}]}, "type is no text"),
        ({"files": [{**NO_FILE, "size": None}]}, "size is missing"),
        ({"files": [{**NO_FILE, "size": "1"}]}, "size is no number"),
        ({"files": [{**NO_FILE, "sha256": "0" * 65}]}, "is no name"),
        ({"files": [{**NO_FILE, "seconds": "1"}]}, "seconds is no number"),
        ({"files": [{**NO_FILE, "part": 1}]}, "part is no text"),
    ],
)
def test_what_is_wrong_with_an_issue_is_told(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(ManifestError) as told:
        read_issue(written({**AS_WRITTEN, **change}), "morning/issue.json")
    assert told.value.path == "morning/issue.json"
    assert str(told.value) == f"morning/issue.json: {told.value.reason}"
    assert told.value.reason.startswith("is damaged or no manifest of an issue: ")
    assert reason in told.value.reason


@pytest.mark.parametrize("member", ["id", "paper", "title", "issued", "published", "language"])
def test_what_an_issue_must_say_is_missed_by_name(member: str) -> None:
    with pytest.raises(ManifestError, match=f"{member} is missing"):
        read_issue(written({key: value for key, value in AS_WRITTEN.items() if key != member}), "p")


@pytest.mark.parametrize("member", ["name", "role", "type", "size", "sha256"])
def test_what_a_file_must_say_is_missed_by_name(member: str) -> None:
    file = {key: value for key, value in NO_FILE.items() if key != member}
    with pytest.raises(ManifestError, match=f"{member} is missing"):
        read_issue(written({**AS_WRITTEN, "files": [file]}), "p")


def test_numbers_may_be_none_and_as_large_as_any_program_reads() -> None:
    stories = [{"title": "a", "words": None, "start": 2**53 - 1}, {"title": "b", "start": 0}]
    read = read_issue(written({**AS_WRITTEN, "stories": stories}), "p")
    assert read.stories == (IssueArticle("a", start=2**53 - 1), IssueArticle("b", start=0))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"newsexport-paper": 2}, "later version"),
        ({"key": "A"}, "'A' is no name"),
        ({"title": None}, "title is no text"),
        ({"guid": "1"}, "UUID"),
        ({"guid": 1}, "guid is no text"),
        ({"language": 1}, "language is no text"),
        ({"description": 1}, "description is no text"),
        ({"author": 1}, "author is no text"),
        ({"email": 1}, "email is no text"),
        ({"link": 1}, "link is no text"),
        ({"category": 1}, "category is no text"),
        ({"at": "25:00"}, "at: "),
        ({"at": 6}, "at is no text"),
        ({"on": []}, "on is no list of days"),
        ({"on": "mon"}, "on is no list of days"),
        ({"on": ["mon", "someday"]}, "on is no list of days"),
    ],
)
def test_what_is_wrong_with_a_paper_is_told(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(ManifestError) as told:
        read_paper(written({**PAPER_AS_WRITTEN, **change}), "morning/paper.json")
    assert told.value.path == "morning/paper.json"
    assert told.value.reason.startswith("is damaged or no manifest of a paper: ")
    assert reason in told.value.reason


@pytest.mark.parametrize("member", ["key", "title"])
def test_what_a_paper_must_say_is_missed_by_name(member: str) -> None:
    said = {key: value for key, value in PAPER_AS_WRITTEN.items() if key != member}
    with pytest.raises(ManifestError, match=f"{member} is missing"):
        read_paper(written(said), "p")


def test_only_a_plain_yes_or_no_counts() -> None:
    usual = {"newsexport-paper": 1, "key": "a", "title": "A"}
    odd = {"explicit": 1, "private": 0, "numbered": "yes", "section_feeds": 1}
    assert read_paper(written({**usual, **odd}), "p") == Paper("a", "A")
    plain = {"explicit": True, "private": False, "numbered": True, "section_feeds": True}
    assert read_paper(written({**usual, **plain}), "p") == Paper(
        "a", "A", explicit=True, private=False, numbered=True, section_feeds=True
    )


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"null", b"\xff\x00", b"[" * 100_000, b'{"newsexport-issue": 1}']
)
def test_what_is_no_manifest_is_told_whatever_it_is(data: bytes) -> None:
    for read in (read_issue, read_paper):
        with pytest.raises(ManifestError, match=r"^p: is damaged or no manifest of a"):
            read(data, "p")


def test_an_issue_is_known_by_its_paper_and_date() -> None:
    paper = Paper("morning", "Morning", GUID)
    assert issue_id(paper, date(2026, 11, 25)) == "urn:uuid:2b237451-838f-59b1-8164-07df73ba7c47"
    unnamed = Paper("morning", "Morning")
    assert str(unnamed.identity) == "b240f69a-6d76-5287-a182-6edeca5daccf"
    assert issue_id(replace(unnamed, title="Other"), date(2026, 11, 25)) != issue_id(
        paper, date(2026, 11, 25)
    )


def test_an_issue_tells_where_it_lies_when_it_changed_and_what_it_has() -> None:
    sound, book = ISSUE.files
    assert ISSUE.folder == "morning/2026-11-25"
    assert (ISSUE.of(FileRole.SOUND), ISSUE.of(FileRole.BOOK), ISSUE.of(FileRole.TEXT)) == (
        (sound,),
        (book,),
        (),
    )
    assert ISSUE.changed == ISSUE.updated
    assert replace(ISSUE, updated=None).changed == ISSUE.published
    assert [replace(book, name=name).stem for name in ("a.b.3fa9c1d0.tar.gz", "a.3fa9c1d0", "a.3fa9c1dX.b")] == [
        "a.b", "a", "a.3fa9c1dX.b"
    ]  # fmt: skip
