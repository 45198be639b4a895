"""Checks of what is made of nothing but text."""

from __future__ import annotations

import json
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

from newsexport.interchange import InterchangeError, from_json
from newsexport.model import Edition, figures
from newsexport.verify.finding import Finding, Title, clock, unsound
from newsexport.wordcount import word_count


def check_text(path: Path) -> Finding:
    """A text file: UTF-8, with words in it, and without what would steer a terminal."""
    data = path.read_bytes()
    if not data.strip():
        return Finding(path, "text", faults=unsound("it is empty"))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Finding(path, "text", faults=unsound(f"not UTF-8 from byte {error.start} on"))
    steering = sum(unicodedata.category(character) == "Cc" for character in text if character not in "\t\n\r")
    return Finding(
        path,
        "text",
        (("words", str(len(text.split()))), ("lines", str(len(text.splitlines())))),
        faults=unsound(
            *((f"{steering} control characters",) if steering else ()),
            *(("the last line does not end",) if not text.endswith("\n") else ()),
        ),
    )


def check_json(path: Path) -> Finding:
    """A saved edition, or the chapters of an episode."""
    data = path.read_bytes()
    try:
        held = json.loads(data)
    except (ValueError, RecursionError):
        held = None  # the check of an edition says what is wrong with it
    if isinstance(held, dict) and "chapters" in held and "newsexport" not in held:
        return _check_chapters(path, held)
    return _check_edition(path, data)


def _check_chapters(path: Path, held: dict[str, Any]) -> Finding:
    """Podcasting 2.0 JSON chapters: each with a title, beginning at 0, one after the other."""
    kind, chapters = "JSON chapters", held["chapters"]
    try:
        titles = tuple(
            Title(1, one["title"], clock(round(1000 * float(one["startTime"])))) for one in chapters
        )
        times = [(float(one["startTime"]), float(one.get("endTime", one["startTime"]))) for one in chapters]
    except (TypeError, KeyError, ValueError, OverflowError) as error:
        return Finding(path, kind, faults=unsound(f"a chapter without a title or a start: {error}"))
    faults = [f"{one.text} ends before it begins" for one, (a, b) in zip(titles, times, strict=True) if b < a]
    faults += [
        f"{one.text} begins before the chapter in front of it ends"
        for one, (before, now) in zip(titles[1:], pairwise(times), strict=True)
        if now[0] < before[1]
    ]
    if times and times[0][0] != 0:
        faults.append("the first chapter does not begin at 0")
    if not held.get("version"):
        faults.append("no version is given")
    return Finding(path, kind, (("chapters", str(len(titles))),), titles, unsound(*faults))


def _check_edition(path: Path, data: bytes) -> Finding:
    """An edition as JSON: everything the format asks for, and pictures that are there."""
    try:
        edition = from_json(data)
    except InterchangeError as error:
        return Finding(path, "edition as JSON", faults=unsound(str(error)))
    articles = list(edition.articles())
    media = edition.media()
    return Finding(
        path,
        "edition as JSON",
        (
            ("title", edition.title),
            ("date", edition.issued.isoformat()),
            ("language", edition.language),
            ("sections", str(len(edition.sections))),
            ("articles", str(len(articles))),
            ("words", str(sum(map(word_count, articles)))),
            ("pictures", str(len(media))),
        ),
        _titles(edition),
        unsound(
            *(
                f"{article.title}: its picture {figure.media} is missing"
                for article in articles
                for figure in figures(article)
                if figure.media not in media
            )
        ),
    )


def _titles(edition: Edition) -> tuple[Title, ...]:
    titles: list[Title] = []
    for section in edition.sections:
        if section.title:
            titles.append(Title(1, section.title))
        titles.extend(Title(2 if section.title else 1, article.title) for article in section.articles)
    return tuple(titles)
