"""The edition that a script was made of, as far as a script has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from newsexport.errors import SourceError
from newsexport.model import Article, Edition, Paragraph, Section, Span
from newsexport.narration.script import Level, Passage
from newsexport.narration.script_file import Script, ScriptFileError, from_json
from newsexport.protocols import Resource


def edition_of(script: Resource) -> Edition:
    """What is printed in it, as articles in their sections. Raises `SourceError`."""
    try:
        read = from_json(script.data)
    except ScriptFileError as error:
        raise SourceError(script.reference, f"is no script: {error}") from error
    return Edition(read.title, read.issued, read.language, tuple(_sections(read)))


def _sections(read: Script) -> Iterator[Section]:
    title, articles = "", list[Article]()
    for article, passages in groupby(read.passages, key=lambda passage: passage.article):
        told = list(passages)
        if article is not None:
            articles.append(_article(article, told))
            continue
        for opening in (opening for passage in told for opening in passage.openings):
            if opening.level is Level.SECTION:
                if articles:
                    yield Section(title, tuple(articles))
                title, articles = opening.title, []
    if articles:
        yield Section(title, tuple(articles))


def _article(article: Article, passages: list[Passage]) -> Article:
    """An article with what is printed of it, without the headline."""
    printed = [one.printed for passage in passages for one in passage.utterances if one.printed]
    if printed and printed[0] == article.title:
        del printed[0]
    return replace(article, body=tuple(Paragraph((Span(text),)) for text in printed))
