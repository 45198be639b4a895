"""Papers and issues as JSON, both ways.

Members that are not known are passed over, so that what a later version added does no
harm; a higher version number says that older programs would misunderstand.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from newsexport.errors import SubjectError, UsageError
from newsexport.interchange.json_reader import JsonError, JsonValue, document
from newsexport.library.issue import FeedContents, FileRole, Issue, IssueArticle, IssueFile, Paper
from newsexport.library.timetable import DAYS, Timetable, time_of_day

VERSION = 1
NAME = re.compile(r"[^./\\\0][^/\\\0]*")
KEY = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII)
DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
# Bytes.
LARGEST = 50_000_000


class ManifestError(SubjectError):
    """A manifest that cannot be read; the message says which and what is wrong."""


def issue_json(issue: Issue) -> bytes:
    """An issue as JSON, the same bytes for the same issue."""
    return _json(
        {
            "newsexport-issue": VERSION,
            "id": issue.id,
            "paper": issue.paper,
            "title": issue.title,
            "issued": issue.issued.isoformat(),
            "published": issue.published.isoformat(),
            **({"updated": issue.updated.isoformat()} if issue.updated else {}),
            "language": issue.language,
            "summary": issue.summary,
            "stories": [_told(_story(story)) for story in issue.stories],
            "files": [_told(_file(file)) for file in issue.files],
        }
    )


def paper_json(paper: Paper) -> bytes:
    """A paper as JSON, the same bytes for the same paper."""
    return _json(
        {
            "newsexport-paper": VERSION,
            "key": paper.key,
            "title": paper.title,
            "guid": paper.guid,
            "language": paper.language,
            "description": paper.description,
            "author": paper.author,
            "email": paper.email,
            "link": paper.link,
            "category": paper.category,
            "explicit": paper.explicit,
            "private": paper.private,
            **_published_as(paper),
        }
    )


def _published_as(paper: Paper) -> dict[str, Any]:
    """How it is published, as far as that is not what is usual."""
    when = paper.timetable
    return {
        **({"feed": str(paper.feed)} if paper.feed is not FeedContents.ISSUES else {}),
        **({"numbered": True} if paper.numbered else {}),
        **({"section_feeds": True} if paper.section_feeds else {}),
        **({"at": f"{when.at:%H:%M}", "on": list(when.days)} if when else {}),
    }


def _json(value: Mapping[str, Any]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    return text.encode("utf-8", "replace")  # a lone surrogate is nothing that anybody could read


def _story(story: IssueArticle) -> dict[str, Any]:
    return {
        "title": story.title,
        "section": story.section,
        "url": story.url,
        "summary": story.summary,
        "words": story.words,
        "start": story.start,
        **({"voice": story.voice} if story.voice else {}),
        **({"language": story.language} if story.language else {}),
        **({"tags": list(story.tags)} if story.tags else {}),
        **({"again": story.again.isoformat()} if story.again else {}),
    }


def _file(file: IssueFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "role": str(file.role),
        "type": file.type,
        "size": file.size,
        "sha256": file.sha256,
        "seconds": file.seconds,
        "part": file.part or None,
        "article": file.article,
    }


def _told(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}


def read_issue(data: bytes, path: str) -> Issue:
    """The issue in a manifest; `path` is named in errors. Raises `ManifestError`."""
    try:
        return _read_issue(_manifest(data, "newsexport-issue"))
    except JsonError as error:
        raise ManifestError(path, f"is damaged or no manifest of an issue: {error}") from error


def read_paper(data: bytes, path: str) -> Paper:
    """The paper in a manifest; `path` is named in errors. Raises `ManifestError`."""
    try:
        return _read_paper(_manifest(data, "newsexport-paper"))
    except JsonError as error:
        raise ManifestError(path, f"is damaged or no manifest of a paper: {error}") from error


def _manifest(data: bytes, mark: str) -> JsonValue:
    value = document(data, LARGEST)
    version = value.member(mark)
    if version.whole() > VERSION:
        raise version.error(f"is {version.value}: a later version of newsexport wrote it")
    return value


def _read_issue(value: JsonValue) -> Issue:
    return Issue(
        id=value.member("id").text(),
        paper=_matching(value.member("paper"), KEY),
        title=value.member("title").text(),
        issued=_day(value.member("issued")),
        published=_instant(value.member("published")),
        language=value.member("language").text(),
        summary=value.optional("summary", JsonValue.text, ""),
        stories=tuple(map(_read_story, value.listed("stories"))),
        files=tuple(map(_read_file, value.listed("files"))),
        updated=value.optional("updated", _instant, None),
    )


def _read_story(value: JsonValue) -> IssueArticle:
    return IssueArticle(
        title=value.member("title").text(),
        section=value.optional("section", JsonValue.text, ""),
        url=value.optional("url", JsonValue.text, None),
        summary=value.optional("summary", JsonValue.text, ""),
        words=int(value.optional("words", _number, 0.0)),
        start=value.optional("start", _number, None),
        voice=value.optional("voice", JsonValue.text, ""),
        language=value.optional("language", JsonValue.text, ""),
        tags=tuple(tag.text() for tag in value.listed("tags")) if "tags" in value.mapping() else (),
        again=value.optional("again", _day, None),
    )


def _read_file(value: JsonValue) -> IssueFile:
    role = value.member("role").text()
    return IssueFile(
        name=_matching(value.member("name"), NAME),
        role=FileRole(role) if role in set(FileRole) else FileRole.OTHER,
        type=value.member("type").text(),
        size=int(_number(value.member("size"))),
        sha256=_matching(value.member("sha256"), DIGEST),
        seconds=value.optional("seconds", _number, None),
        part=value.optional("part", JsonValue.text, ""),
        article=int(value.optional("article", _number, 0.0)) or None,
    )


def _read_paper(value: JsonValue) -> Paper:
    usual = Paper("", "")
    return Paper(
        key=_matching(value.member("key"), KEY),
        title=value.member("title").text(),
        guid=value.optional("guid", _guid, usual.guid),
        language=value.optional("language", JsonValue.text, usual.language),
        description=value.optional("description", JsonValue.text, usual.description),
        author=value.optional("author", JsonValue.text, usual.author),
        email=value.optional("email", JsonValue.text, usual.email),
        link=value.optional("link", JsonValue.text, usual.link),
        category=value.optional("category", JsonValue.text, usual.category),
        explicit=value.optional("explicit", JsonValue.flag, default=False),
        private=value.optional("private", JsonValue.flag, default=True),
        feed=_feed(value.optional("feed", JsonValue.text, "")),
        numbered=value.optional("numbered", JsonValue.flag, default=False),
        section_feeds=value.optional("section_feeds", JsonValue.flag, default=False),
        timetable=_timetable(value) if "at" in value.mapping() else None,
    )


def _timetable(value: JsonValue) -> Timetable:
    named = [day.text() for day in value.listed("on")] if "on" in value.mapping() else DAYS
    if not named or not set(named) <= set(DAYS):
        raise value.member("on").wrong(f"a list of days: {', '.join(DAYS)}")
    try:
        return Timetable(time_of_day(value.member("at").text()), tuple(day for day in DAYS if day in named))
    except UsageError as error:
        raise value.member("at").error(str(error)) from error


def _feed(told: str) -> FeedContents:
    """What the feed has; what a later version may have thought of is as usual."""
    return FeedContents(told) if told in set(FeedContents) else FeedContents.ISSUES


def _guid(value: JsonValue) -> str:
    return value.text() and str(value.parsed(uuid.UUID, "a UUID"))


def _day(value: JsonValue) -> date:
    return value.parsed(date.fromisoformat, "a date such as 2026-11-23")


def _instant(value: JsonValue) -> datetime:
    instant = value.parsed(datetime.fromisoformat, "a moment such as 2026-11-23T08:30:00+00:00")
    if instant.utcoffset() is None:
        raise value.wrong("a moment with its offset from UTC")
    return instant


def _number(value: JsonValue) -> float:
    return value.number(0, 2**53)


def _matching(value: JsonValue, pattern: re.Pattern[str]) -> str:
    if not pattern.fullmatch(value.text()):
        raise value.error(f"{value.text()[:80]!r} is no name that a library gives")
    return value.text()
