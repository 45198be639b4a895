"""Edition to script: everything that will be said, in order, before anything is.

A script is a run of passages. A passage is the unit that is spoken, levelled, encoded and
remembered: an announcement, an article, or a part of a long one, always whole blocks. Its
words do not depend on where in the edition it stands, so an article that has not changed
need not be spoken again tomorrow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import assert_never

from newsexport.dateline import spoken_dateline
from newsexport.languages import primary
from newsexport.model import (
    Article,
    Block,
    Code,
    Edition,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Spans,
    Table,
)
from newsexport.narration import readings
from newsexport.narration.readings import annotated, printed
from newsexport.narration.sentences import sentences
from newsexport.narration.spoken import spoken
from newsexport.speech import Role, Utterance
from newsexport.wording import wording

# Characters after which an article goes on in another passage: seven minutes of speech,
# enough to level by and little enough that two processors share a long read.
PASSAGE = 6000


class Level(IntEnum):
    """How deep a chapter stands."""

    SECTION = 1
    ARTICLE = 2
    HEADING = 3


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silence in seconds after each kind of thing said."""

    sentence: float = 0.35
    paragraph: float = 0.7
    heading: float = 0.9
    headline: float = 0.9
    article: float = 1.8
    section: float = 1.2


@dataclass(frozen=True, slots=True)
class Opening:
    """A chapter that begins with utterance number `at` of its passage."""

    title: str
    level: Level
    at: int = 0
    url: str | None = None
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """What is spoken in one go. `article` is None for announcements."""

    utterances: tuple[Utterance, ...]
    openings: tuple[Opening, ...] = ()
    article: Article | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence, and the heading it is, if it is one."""

    utterance: Utterance
    heading: str = ""


def script(edition: Edition, pauses: Pauses) -> Iterator[Passage]:
    """The passages of the whole edition.

    First its title and date; then for each section its name and its articles. A lone
    section without a title is not announced.
    """
    opening = f"{edition.title}. {spoken_dateline(edition.issued, edition.language)}."
    yield Passage(_announcement(opening, edition.language, pauses))
    for section in edition.sections:
        if section.title:
            yield Passage(
                _announcement(section.title, edition.language, pauses),
                (Opening(section.title, Level.SECTION),),
            )
        for article in section.articles:
            yield from narrated(article, pauses)


def _announcement(text: str, language: str, pauses: Pauses) -> tuple[Utterance, ...]:
    return _paused(
        [_utterance(sentence, language, Role.ANNOUNCER) for sentence in sentences(text, language)],
        pauses.sentence,
        pauses.section,
    )


def narrated(article: Article, pauses: Pauses) -> Iterator[Passage]:
    """An article's passages: headline, source, standfirst, text. None if nothing can be said."""
    lines = [*_head(article, pauses), *_blocks(article.body, article.language, pauses)]
    lines = [line for line in lines if speakable(line.utterance.spoken)]
    if not lines:
        return
    lines[-1] = replace(lines[-1], utterance=replace(lines[-1].utterance, pause=pauses.article))
    opening = Opening(article.title, Level.ARTICLE, url=article.url, picture=_first_picture(article))
    for number, part in enumerate(_parts(lines)):
        headings = tuple(
            Opening(line.heading, Level.HEADING, at, article.url)
            for at, line in enumerate(part)
            if line.heading
        )
        utterances = tuple(line.utterance for line in part)
        yield Passage(utterances, (opening, *headings) if number == 0 else headings, article)


def _first_picture(article: Article) -> str | None:
    figures = (block for block in (article.lead, *article.body) if isinstance(block, Figure))
    return next((figure.media for figure in figures), None)


def speakable(text: str) -> bool:
    """Whether there is a letter or a figure to say; engines fail on bare punctuation."""
    return any(character.isalnum() for character in text)


def _head(article: Article, pauses: Pauses) -> Iterator[_Line]:
    language = article.language
    for text, role in (
        (article.title, Role.ANNOUNCER),
        (credit(article), Role.ANNOUNCER),
        (article.standfirst, Role.READER),
    ):
        yield from _said(text, language, pauses.sentence, pauses.headline, role)


def credit(article: Article) -> str:
    """Who wrote the article and where it appeared, and whether it is whole; empty when unknown.

    In a language that we have no words of, author and site are simply named.
    """
    words = wording(article.language)
    ours = primary(words.language) == primary(article.language)
    byline = words.names(article.byline) if ours and article.byline else ", ".join(article.byline)
    site = article.site or ""
    if site and not byline and ours:
        site = f"{words.source}: {site}"
    named = ", ".join(filter(None, (byline, site)))
    standing = words.standing(partial=article.partial, update=article.update) if ours else ()
    return " ".join(f"{said}." for said in (named, *standing) if said)


def _blocks(  # noqa: C901 - one case a kind of block
    blocks: Iterable[Block], language: str, pauses: Pauses
) -> Iterator[_Line]:
    """What is said of each block. Pictures, code, rules and pulled quotes are for the eye."""
    for block in blocks:
        match block:
            case Paragraph(spans):
                yield from _said(annotated(spans, language), language, pauses.sentence, pauses.paragraph)
            case Heading(spans):
                text = " ".join(annotated(spans, language).split())
                title = printed(text)
                for line in _said(text, language, pauses.sentence, pauses.heading, Role.ANNOUNCER):
                    yield replace(line, heading=title)
                    title = ""  # the chapter opens with the heading's first sentence
            case Quote(pulled=True):
                pass
            case Quote(inner):
                yield from _blocks(inner, language, pauses)
            case Listing(items):
                for item in items:
                    yield from _blocks(item, language, pauses)
            case Table():
                for row in rows_as_sentences(block, language):
                    yield from _said(row, language, pauses.sentence, pauses.paragraph)
            case Figure() | Code() | Rule():
                pass
            case _:
                assert_never(block)


def rows_as_sentences(table: Table, language: str) -> Iterator[str]:
    """Each row as ``Name: Ada; Age: 36``, so that no cell is heard without its column."""
    if table.caption:
        yield annotated(table.caption, language)
    for row in table.rows:
        cells = [_cell(row, column, language) for column in range(len(row))]
        heads = [_cell(table.head, column, language) for column in range(len(row))]
        named = [f"{head}: {cell}" if head else cell for head, cell in zip(heads, cells, strict=True) if cell]
        yield "; ".join(named)


def _cell(row: tuple[Spans, ...], column: int, language: str) -> str:
    return " ".join(annotated(row[column], language).split()) if column < len(row) else ""


def _said(
    text: str, language: str, between: float, after: float, role: Role = Role.READER
) -> Iterator[_Line]:
    said = [_utterance(sentence, language, role) for sentence in sentences(text, language)]
    yield from (_Line(utterance) for utterance in _paused(said, between, after))


def _utterance(sentence: str, language: str, role: Role) -> Utterance:
    said = spoken(readings.said(sentence), language)
    if said and said[-1].isalnum():
        said += "."  # a headline without a stop would be spoken as if the sentence went on
    return Utterance(printed(sentence), said, language, role)


def _paused(utterances: list[Utterance], between: float, after: float) -> tuple[Utterance, ...]:
    last = len(utterances) - 1
    return tuple(
        replace(utterance, pause=after if number == last else between)
        for number, utterance in enumerate(utterances)
    )


def _parts(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Runs of lines of about `PASSAGE` characters; only the last may be a short remainder."""
    part: list[_Line] = []
    size = 0
    for line in lines:
        if size > PASSAGE:
            yield part
            part, size = [], 0
        part.append(line)
        size += len(line.utterance.spoken)
    yield part
