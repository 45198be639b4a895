"""Checks of what is made of nothing but text."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from newsexport.interchange import InterchangeError, from_json
from newsexport.model import Edition, word_count
from newsexport.verify.finding import Finding, Title


def check_text(path: Path) -> Finding:
    """A text file: UTF-8, with words in it, and without what would steer a terminal."""
    data = path.read_bytes()
    if not data.strip():
        return Finding(path, "text", faults=("it is empty",))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Finding(path, "text", faults=(f"not UTF-8 from byte {error.start} on",))
    steering = sum(unicodedata.category(character) == "Cc" for character in text if character not in "\t\n\r")
    return Finding(
        path,
        "text",
        (("words", str(len(text.split()))), ("lines", str(len(text.splitlines())))),
        faults=(
            *((f"{steering} control characters",) if steering else ()),
            *(("the last line does not end",) if not text.endswith("\n") else ()),
        ),
    )


def check_json(path: Path) -> Finding:
    """An edition as JSON: everything the format asks for, and pictures that are there."""
    try:
        edition = from_json(path.read_bytes())
    except InterchangeError as error:
        return Finding(path, "edition as JSON", faults=(str(error),))
    articles = list(edition.articles())
    media = edition.media()
    figures = [(article, article.lead) for article in articles if article.lead]
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
        tuple(
            f"{article.title}: its picture {figure.media} is missing"
            for article, figure in figures
            if figure.media not in media
        ),
    )


def _titles(edition: Edition) -> tuple[Title, ...]:
    titles: list[Title] = []
    for section in edition.sections:
        if section.title:
            titles.append(Title(1, section.title))
        titles.extend(Title(2 if section.title else 1, article.title) for article in section.articles)
    return tuple(titles)
