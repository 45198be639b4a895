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

from newsexport.errors import NewsExportError, UsageError
from newsexport.interchange import storable
from newsexport.library.issue import File, Issue, Paper, Role, Story
from newsexport.library.timetable import DAYS, Timetable, time_of_day

VERSION = 1
NAME = re.compile(r"[^./\\\0][^/\\\0]*")
KEY = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII)
DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


# What reading JSON that somebody else wrote may raise.
DAMAGE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)


class ManifestError(NewsExportError):
    """A manifest that cannot be read; the message says which and what is wrong."""

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(path, reason)

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


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
        **({"numbered": True} if paper.numbered else {}),
        **({"section_feeds": True} if paper.section_feeds else {}),
        **({"at": f"{when.at:%H:%M}", "on": list(when.days)} if when else {}),
    }


def _json(value: Mapping[str, Any]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    return text.encode("utf-8", "replace")  # a lone surrogate is nothing that anybody could read


def _story(story: Story) -> dict[str, Any]:
    return {
        "title": story.title,
        "section": story.section,
        "url": story.url,
        "summary": story.summary,
        "words": story.words,
        "start": story.start,
    }


def _file(file: File) -> dict[str, Any]:
    return {
        "name": file.name,
        "role": str(file.role),
        "type": file.type,
        "size": file.size,
        "sha256": file.sha256,
        "seconds": file.seconds,
        "part": file.part or None,
    }


def _told(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}


def read_issue(data: bytes, path: str) -> Issue:
    """The issue in a manifest; `path` is named in errors. Raises `ManifestError`."""
    try:
        return _read_issue(_object(data, "newsexport-issue"))
    except DAMAGE as error:
        raise ManifestError(path, f"is damaged or no manifest of an issue: {_reason(error)}") from error


def read_paper(data: bytes, path: str) -> Paper:
    """The paper in a manifest; `path` is named in errors. Raises `ManifestError`."""
    try:
        return _read_paper(_object(data, "newsexport-paper"))
    except DAMAGE as error:
        raise ManifestError(path, f"is damaged or no manifest of a paper: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)


def _object(data: bytes, mark: str) -> dict[str, Any]:
    value = json.loads(data)
    if not isinstance(value, dict) or not isinstance(value.get(mark), int):
        raise ValueError(f"has no {mark!r}")  # noqa: TRY004 - one kind of error for every kind of damage
    if value[mark] > VERSION:
        raise ValueError(f"was written by a later version of newsexport ({mark} {value[mark]})")
    return value


def _read_issue(value: dict[str, Any]) -> Issue:
    return Issue(
        id=_text(value, "id"),
        paper=_matching(_text(value, "paper"), KEY),
        title=_text(value, "title"),
        issued=date.fromisoformat(_text(value, "issued")),
        published=_instant(value, "published"),
        language=_text(value, "language"),
        summary=_text(value, "summary", ""),
        stories=tuple(map(_read_story, _items(value, "stories"))),
        files=tuple(map(_read_file, _items(value, "files"))),
        updated=_instant(value, "updated") if "updated" in value else None,
    )


def _read_story(value: dict[str, Any]) -> Story:
    return Story(
        title=_text(value, "title"),
        section=_text(value, "section", ""),
        url=_text(value, "url") if value.get("url") is not None else None,
        summary=_text(value, "summary", ""),
        words=int(_number(value, "words") or 0),
        start=_number(value, "start"),
    )


def _read_file(value: dict[str, Any]) -> File:
    size = _number(value, "size")
    if size is None:
        raise KeyError("size")
    role = _text(value, "role")
    return File(
        name=_matching(_text(value, "name"), NAME),
        role=Role(role) if role in set(Role) else Role.OTHER,
        type=_text(value, "type"),
        size=int(size),
        sha256=_matching(_text(value, "sha256"), DIGEST),
        seconds=_number(value, "seconds"),
        part=_text(value, "part", ""),
    )


def _read_paper(value: dict[str, Any]) -> Paper:
    usual = Paper("", "")
    guid = _text(value, "guid", usual.guid)
    return Paper(
        key=_matching(_text(value, "key"), KEY),
        title=_text(value, "title"),
        guid=guid and str(uuid.UUID(guid)),
        language=_text(value, "language", usual.language),
        description=_text(value, "description", usual.description),
        author=_text(value, "author", usual.author),
        email=_text(value, "email", usual.email),
        link=_text(value, "link", usual.link),
        category=_text(value, "category", usual.category),
        explicit=value.get("explicit") is True,
        private=value.get("private") is not False,
        numbered=value.get("numbered") is True,
        section_feeds=value.get("section_feeds") is True,
        timetable=_timetable(value) if "at" in value else None,
    )


def _timetable(value: dict[str, Any]) -> Timetable:
    days = value.get("on", list(DAYS))
    if not isinstance(days, list) or not days or not set(map(str, days)) <= set(DAYS):
        raise ValueError("on is no list of days")
    try:
        return Timetable(time_of_day(_text(value, "at")), tuple(day for day in DAYS if day in days))
    except UsageError as error:
        raise ValueError(f"at: {error}") from error


def _items(value: dict[str, Any], name: str) -> list[dict[str, Any]]:
    items = value.get(name, [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ValueError(f"{name} is no list of objects")
    return items


def _text(value: dict[str, Any], name: str, default: str | None = None) -> str:
    text = value[name] if default is None else value.get(name, default)
    if not isinstance(text, str):
        raise ValueError(f"{name} is no text")  # noqa: TRY004 - as above
    return storable(text)


def _instant(value: dict[str, Any], name: str) -> datetime:
    instant = datetime.fromisoformat(_text(value, name))
    if instant.utcoffset() is None:
        raise ValueError(f"{name} has no offset from UTC")
    return instant


def _number(value: dict[str, Any], name: str) -> float | None:
    number = value.get(name)
    if number is None:
        return None
    if isinstance(number, bool) or not isinstance(number, int | float) or not 0 <= number < 2**53:
        raise ValueError(f"{name} is no number that could be")
    return number


def _matching(text: str, pattern: re.Pattern[str]) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(f"{text!r} is no name that a library gives")
    return text
