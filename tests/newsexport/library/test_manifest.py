"""Manifests to the letter: they are read by programs that we do not write, for years."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest

from newsexport.library.issue import FeedContents, FileRole, Issue, IssueArticle, IssueFile, Paper, issue_id
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
        IssueArticle("Choir", language="en", tags=("sea", "song"), again=date(2026, 11, 23)),
    ),
    (
        IssueFile("a.3fa9c1d0.mp3", FileRole.SOUND, "audio/mpeg", 5000, DIGEST, 61.5, "Ferry", 1),
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
        {
            "title": "Choir",
            "section": "",
            "summary": "",
            "words": 0,
            "language": "en",
            "tags": ["sea", "song"],
            "again": "2026-11-23",
        },
    ],
    "files": [
        {
            "name": "a.3fa9c1d0.mp3",
            "role": "sound",
            "type": "audio/mpeg",
            "size": 5000,
            "sha256": DIGEST,
            "seconds": 61.5,
            "part": "Ferry",
            "article": 1,
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
    feed=FeedContents.BOTH,
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
    "feed": "both",
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
        ({"newsexport-issue": None}, "newsexport-issue: is missing"),
        ({"newsexport-issue": "1"}, "newsexport-issue: must be a whole number"),
        ({"newsexport-issue": 2}, "newsexport-issue: is 2: a later version of newsexport wrote it"),
        ({"id": None}, "id: is missing"),
        ({"id": 1}, "id: must be a text"),
        ({"paper": "-a"}, "paper: '-a' is no name that a library gives"),
        ({"paper": "A"}, "paper: 'A' is no name that a library gives"),
        ({"title": 1}, "title: must be a text"),
        ({"issued": "2026-13-25"}, "issued: must be a date such as 2026-11-23"),
        ({"published": "2026-11-25T06:00"}, "published: must be a moment with its offset from UTC"),
        ({"updated": "2026-11-25T06:00"}, "updated: must be a moment with its offset from UTC"),
        ({"language": []}, "language: must be a text"),
        ({"stories": "Ferry"}, "stories: must be a list"),
        ({"stories": ["Ferry"]}, "stories[0]: must be an object"),
        ({"stories": [{}]}, "stories[0].title: is missing"),
        ({"stories": [{"title": "a", "section": 1}]}, "stories[0].section: must be a text"),
        ({"stories": [{"title": "a", "url": 1}]}, "stories[0].url: must be a text"),
        ({"stories": [{"title": "a", "summary": 1}]}, "stories[0].summary: must be a text"),
        (
            {"stories": [{"title": "a", "words": "1"}]},
            "stories[0].words: must be a number from 0 to 9.0072e+15",
        ),
        (
            {"stories": [{"title": "a", "words": True}]},
            "stories[0].words: must be a number from 0 to 9.0072e+15",
        ),
        (
            {"stories": [{"title": "a", "start": -0.1}]},
            "stories[0].start: must be a number from 0 to 9.0072e+15",
        ),
        (
            {"stories": [{"title": "a", "start": 2**53 + 2}]},
            "stories[0].start: must be a number from 0 to 9.0072e+15",
        ),
        ({"files": {}}, "files: must be a list"),
        ({"files": [{**NO_FILE, "name": "a/b"}]}, "files[0].name: 'a/b' is no name that a library gives"),
        ({"files": [{**NO_FILE, "role": None}]}, "files[0].role: is missing"),
        ({"files": [{**NO_FILE, "type": 1}]}, "files[0].type: must be a text"),
        ({"files": [{**NO_FILE, "size": None}]}, "files[0].size: is missing"),
        ({"files": [{**NO_FILE, "size": "1"}]}, "files[0].size: must be a number from 0 to 9.0072e+15"),
        (
            {"files": [{**NO_FILE, "sha256": "0" * 65}]},
            "files[0].sha256: '00000000000000000000000000000000000000000000000000000000000000000' is no name that a library gives",
        ),
        ({"files": [{**NO_FILE, "seconds": "1"}]}, "files[0].seconds: must be a number from 0 to 9.0072e+15"),
        ({"files": [{**NO_FILE, "part": 1}]}, "files[0].part: must be a text"),
    ],
)
def test_what_is_wrong_with_an_issue_is_told(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(ManifestError) as told:
        read_issue(written({**AS_WRITTEN, **change}), "morning/issue.json")
    assert told.value.subject == "morning/issue.json"
    assert str(told.value) == f"morning/issue.json: {told.value.reason}"
    assert told.value.reason == f"is damaged or no manifest of an issue: {reason}"


@pytest.mark.parametrize("member", ["id", "paper", "title", "issued", "published", "language"])
def test_what_an_issue_must_say_is_missed_by_name(member: str) -> None:
    with pytest.raises(ManifestError, match=f"{member}: is missing"):
        read_issue(written({key: value for key, value in AS_WRITTEN.items() if key != member}), "p")


@pytest.mark.parametrize("member", ["name", "role", "type", "size", "sha256"])
def test_what_a_file_must_say_is_missed_by_name(member: str) -> None:
    file = {key: value for key, value in NO_FILE.items() if key != member}
    with pytest.raises(ManifestError, match=f"{member}: is missing"):
        read_issue(written({**AS_WRITTEN, "files": [file]}), "p")


def test_numbers_may_be_none_and_as_large_as_any_program_reads() -> None:
    stories = [{"title": "a", "words": None, "start": 2**53}, {"title": "b", "start": 0}]
    read = read_issue(written({**AS_WRITTEN, "stories": stories}), "p")
    assert read.stories == (IssueArticle("a", start=2**53), IssueArticle("b", start=0))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"newsexport-paper": 2}, "newsexport-paper: is 2: a later version of newsexport wrote it"),
        ({"key": "A"}, "key: 'A' is no name that a library gives"),
        ({"title": None}, "title: is missing"),
        ({"guid": "1"}, "guid: must be a UUID"),
        ({"guid": 1}, "guid: must be a text"),
        ({"language": 1}, "language: must be a text"),
        ({"description": 1}, "description: must be a text"),
        ({"author": 1}, "author: must be a text"),
        ({"email": 1}, "email: must be a text"),
        ({"link": 1}, "link: must be a text"),
        ({"category": 1}, "category: must be a text"),
        ({"at": "25:00"}, "at: expected a time such as 06:30, not '25:00'"),
        ({"at": 6}, "at: must be a text"),
        ({"on": []}, "on: must be a list of days: mon, tue, wed, thu, fri, sat, sun"),
        ({"on": "mon"}, "on: must be a list"),
        ({"on": ["mon", "someday"]}, "on: must be a list of days: mon, tue, wed, thu, fri, sat, sun"),
    ],
)
def test_what_is_wrong_with_a_paper_is_told(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(ManifestError) as told:
        read_paper(written({**PAPER_AS_WRITTEN, **change}), "morning/paper.json")
    assert told.value.subject == "morning/paper.json"
    assert told.value.reason == f"is damaged or no manifest of a paper: {reason}"


@pytest.mark.parametrize("member", ["key", "title"])
def test_what_a_paper_must_say_is_missed_by_name(member: str) -> None:
    said = {key: value for key, value in PAPER_AS_WRITTEN.items() if key != member}
    with pytest.raises(ManifestError, match=f"{member}: is missing"):
        read_paper(written(said), "p")


@pytest.mark.parametrize("member", ["explicit", "private", "numbered", "section_feeds"])
def test_only_a_plain_yes_or_no_counts(member: str) -> None:
    usual = {"newsexport-paper": 1, "key": "a", "title": "A"}
    for flag in (True, False):
        paper = read_paper(written({**usual, member: flag}), "p")
        assert json.loads(paper_json(paper)).get(member, False) is flag
    for odd in (1, 0, "yes"):
        with pytest.raises(ManifestError, match=f"{member}: must be true or false"):
            read_paper(written({**usual, member: odd}), "p")


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"null", b"\xff\x00", b"[" * 100_000, b'{"newsexport-issue": 1}']
)
def test_what_is_no_manifest_is_told_whatever_it_is(data: bytes) -> None:
    for read in (read_issue, read_paper):
        with pytest.raises(ManifestError, match=r"^p: is damaged or no manifest of a"):
            read(data, "p")


def test_what_is_wrong_is_told_from_another_process_too() -> None:
    with pytest.raises(ManifestError) as told:
        read_issue(b"", "p")
    assert str(pickle.loads(pickle.dumps(told.value))) == str(told.value)


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
