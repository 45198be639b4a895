"""Edition to script: everything that will be said, in order, before anything is.

A script is a run of passages: announcements and articles. What is said of an article does not
depend on where in the edition it stands, so one that has not changed need not be spoken again
tomorrow; and of one that has, only the sentences near the change (see `pieces`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum
from itertools import chain, filterfalse, pairwise
from typing import assert_never

from newsexport.errors import ExportError
from newsexport.events import Lost, Report
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
from newsexport.narration import ruby
from newsexport.narration.options import Announcements, Direction, Position
from newsexport.narration.ruby import END, PART, annotated, printed, read_as
from newsexport.narration.sentences import sentences, stretches
from newsexport.speech import Role, Utterance
from newsexport.text.dates import full_dateline, spoken_dateline
from newsexport.text.plaintext import holding
from newsexport.text.wording import wording
from newsexport.work.containment import contained
from spokenform import for_the_eye, without_addresses

# Stands for a point that ends no sentence, while sentences are told apart: a character that no text has.
KEPT = "\ufdd0"
# Stands where the date of an edition begins: with a small letter in many languages, and yet a sentence.
BEGUN = "\ufdd1"
STOPPED = re.compile(rf"(?<=[.!?。！？])\s+(?={BEGUN})")
# Such a point where the sentence ends with one of its own.
DOUBLED = re.compile(f"{KEPT}(?=(?:{PART}[^{END}]*{END})?\\.)")


class Level(IntEnum):
    """How deep a chapter stands."""

    SECTION = 1
    ARTICLE = 2
    HEADING = 3


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
    """What is spoken in one go. `article` is None for announcements.

    A sound that is brought along (a file as it came) is a passage without words.
    """

    utterances: tuple[Utterance, ...]
    openings: tuple[Opening, ...] = ()
    article: Article | None = field(default=None, repr=False)
    sound: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class _ScriptLine:
    """A sentence, and the heading it is, if it is one."""

    utterance: Utterance
    heading: str = ""


def script(edition: Edition, direction: Direction) -> Iterator[Passage]:
    """The passages of the whole edition.

    First its title and date; then for each section its name and its articles. A lone
    section without a title is not announced, neither is one named by a path, nor what has no
    announcement. A lone article that gave the edition its title is announced as the edition is.
    """
    day = dated(edition.issued, edition.language)
    said = direction.announcements
    count = sum(1 for _ in edition.articles())
    if _says_its_title_twice(edition, said):
        direction = replace(direction, announcements=replace(said, article=said.edition))
    else:
        opening = Position(1, count, day).announced(said.edition, edition.title)
        yield from _announcement(opening, edition.language, direction)
    at = 0
    for number, section in enumerate(edition.sections, 1):
        if section.title and not for_the_eye(section.title):
            place = Position(number, len(edition.sections), day)
            chapter = Opening(section.title, Level.SECTION)
            text = place.announced(said.section, section.title)
            yield from _announcement(text, edition.language, direction, (chapter,))
        for article in section.articles:
            at += 1
            yield from _whole(article, direction, Position(at, count, day))


def _says_its_title_twice(edition: Edition, said: Announcements) -> bool:
    """Whether one article is all there is, and it and the edition are announced by the same title."""
    titles = [article.title for article in edition.articles()]
    return titles == [edition.title] and all("{title}" in one for one in (said.edition, said.article))


def dated(day: date, language: str) -> str:
    """The day of an edition as it is printed and as it is said, for an announcement.

    Its points, as in ``23. listopadu 2026``, end no sentence: see `around_date`.
    """
    shown, told = full_dateline(day, language), spoken_dateline(day, language)
    return BEGUN + (shown if shown == told else read_as(shown, told)).replace(".", KEPT)


def around_date(text: str, language: str) -> Iterator[str]:
    """The sentences of a text in which the day of an edition may stand, as `dated` gives it."""
    for part in STOPPED.split(DOUBLED.sub("", text)):
        for sentence in sentences(part.replace(BEGUN, ""), language):
            yield sentence.replace(KEPT, ".")


def _announcement(
    text: str, language: str, direction: Direction, openings: tuple[Opening, ...] = ()
) -> Iterator[Passage]:
    said = [
        one
        for sentence in around_date(text, language)
        if speakable((one := _utterance(sentence, language, Role.ANNOUNCER, direction)).spoken)
    ]
    if said:
        yield Passage(_paused(said, direction.pauses.sentence, direction.pauses.section), openings)


def _whole(article: Article, direction: Direction, place: Position) -> tuple[Passage, ...]:
    """All passages of an article, or none where a rule fails at its words: half of one is not heard."""
    try:
        with contained(ExportError):
            return tuple(narrated(article, direction, place))
    except ExportError:
        return ()


def narrated(article: Article, direction: Direction, place: Position | None = None) -> Iterator[Passage]:
    """The passage of an article: headline, source, standfirst, text. None if nothing can be said."""
    lines = [*_head(article, direction, place or Position()), *_told(article, direction)]
    lines = [line for line in lines if speakable(line.utterance.spoken)]
    if not lines:
        return
    for at, (line, following) in enumerate(pairwise(lines)):
        if following.heading:
            pause = max(line.utterance.pause, direction.pauses.heading)
            lines[at] = replace(line, utterance=replace(line.utterance, pause=pause))
    last = replace(lines[-1].utterance, pause=direction.pauses.article)
    lines[-1] = replace(lines[-1], utterance=last)
    opening = Opening(article.title, Level.ARTICLE, url=article.url, picture=_first_picture(article))
    headings = tuple(
        Opening(line.heading, Level.HEADING, at, article.url) for at, line in enumerate(lines) if line.heading
    )
    yield Passage(tuple(line.utterance for line in lines), (opening, *headings), article)


def ended(passages: Iterable[Passage]) -> Iterator[Passage]:
    """The passages; the last word of all has no pause after it, for nothing follows."""
    before: Passage | None = None
    for passage in passages:
        if before is not None:
            yield before
        before = passage
    if before is not None and before.utterances:
        *others, last = before.utterances
        before = replace(before, utterances=(*others, replace(last, pause=0.0)))
    if before is not None:
        yield before


def telling_silent(passages: Iterable[Passage], edition: Edition, report: Report) -> Iterator[Passage]:
    """The passages as they are; then it is told of articles in which there was no word to say."""
    heard = set()
    for passage in passages:
        if passage.article:
            heard.add(passage.article.id)
        yield passage
    for article in edition.articles():
        if article.id not in heard:
            report(Lost(article.reference or article.title, "nothing in it can be spoken"))


def _first_picture(article: Article) -> str | None:
    figures = (block for block in (article.lead, *article.body) if isinstance(block, Figure))
    return next((figure.media for figure in figures), None)


def speakable(text: str) -> bool:
    """Whether there is a letter or a figure to say; engines fail on bare punctuation."""
    return any(character.isalnum() for character in text)


def _head(article: Article, direction: Direction, place: Position) -> Iterator[_ScriptLine]:
    pauses = direction.pauses
    headline = place.announced(direction.announcements.article, article.title)
    for text, role in (
        (headline, Role.ANNOUNCER),
        (credit(article) if direction.parts.credits else "", Role.ANNOUNCER),
        (article.standfirst, Role.READER),
    ):
        yield from _said(text, _ReadingMode(article.language, direction, role), pauses.headline)


def credit(article: Article) -> str:
    """Who wrote the article and where it appeared, and whether it is whole; empty when unknown.

    In a language that we have no words of, author and site are simply named.
    """
    words = wording(article.language)
    ours = words.speaks(article.language)
    byline = words.names(article.byline) if ours and article.byline else words.comma.join(article.byline)
    site = article.site or ""
    if site and not byline and ours:
        site = f"{words.source}: {site}"
    named = words.comma.join(filter(None, (byline, site)))
    again = spoken_dateline(article.again, article.language).rstrip(".") if article.again else ""
    standing = words.standing(partial=article.partial, update=article.update, again=again) if ours else ()
    return " ".join(f"{said}." for said in (named, *standing) if said)


@dataclass(frozen=True, slots=True)
class _ReadingMode:
    """In what language, by what direction and in what role something is read."""

    language: str
    direction: Direction
    role: Role = Role.READER


def _told(article: Article, direction: Direction) -> Iterator[_ScriptLine]:
    reading = _ReadingMode(article.language, direction)
    if article.lead is not None:
        yield from _blocks((article.lead,), reading)
    yield from _blocks(article.body, reading)


def _blocks(blocks: Iterable[Block], reading: _ReadingMode) -> Iterator[_ScriptLine]:
    """What is said of each block. Pictures, their credits, rules and pulled quotes are for the eye."""
    pauses, parts = reading.direction.pauses, reading.direction.parts
    for block in filterfalse(parts.silent, blocks):
        match block:
            case Paragraph(spans):
                yield from _run(spans, reading, pauses.paragraph)
            case Heading(spans):
                yield from _heading(spans, reading)
            case Quote(inner, attribution=attribution):
                yield from _blocks(inner, replace(reading, role=Role.QUOTED))
                yield from _run(attribution, reading, pauses.paragraph)
            case Listing(items):
                yield from _blocks(chain.from_iterable(items), reading)
            case Table():
                yield from _each(rows_as_sentences(block, reading.language), reading, pauses.paragraph)
            case Figure():
                yield from _run(block.caption, reading, pauses.paragraph)
            case Code():
                yield from _each(block.text.splitlines(), reading, pauses.sentence)
            case Rule():
                pass
            case _:
                assert_never(block)


def _run(spans: Spans, reading: _ReadingMode, after: float) -> Iterator[_ScriptLine]:
    """Running text, each stretch in its language; what is not the last ends like a sentence."""
    parted = stretches(spans, reading.language)
    for number, (stretch, language) in enumerate(parted, 1):
        pause = after if number == len(parted) else reading.direction.pauses.sentence
        yield from _said(annotated(stretch, language), replace(reading, language=language), pause)


def _each(texts: Iterable[str], reading: _ReadingMode, after: float) -> Iterator[_ScriptLine]:
    for text in texts:
        yield from _said(text, reading, after)


def _heading(spans: Spans, reading: _ReadingMode) -> Iterator[_ScriptLine]:
    text = " ".join(annotated(spans, reading.language).split())
    title = holding(spans)
    announced = replace(reading, role=Role.ANNOUNCER)
    for line in _said(text, announced, reading.direction.pauses.heading):
        yield replace(line, heading=title)
        title = ""  # the chapter opens with the heading's first sentence


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


def _said(text: str, reading: _ReadingMode, after: float) -> Iterator[_ScriptLine]:
    language, direction = reading.language, reading.direction
    said = [_utterance(one, language, reading.role, direction) for one in around_date(text, language)]
    yield from (_ScriptLine(utterance) for utterance in _paused(said, direction.pauses.sentence, after))


def _utterance(sentence: str, language: str, role: Role, direction: Direction) -> Utterance:
    text = ruby.with_indices(ruby.said(sentence))
    if not direction.parts.links:
        text = without_addresses(text)
    told = direction.say(text, language, direction.lexicon)
    said = told.text
    if said and said[-1].isalnum():
        said += "."  # a headline without a stop would be spoken as if the sentence went on
    return Utterance(printed(sentence), said, language, role, pronunciations=told.pronunciations)


def _paused(utterances: list[Utterance], between: float, after: float) -> tuple[Utterance, ...]:
    last = len(utterances) - 1
    return tuple(
        replace(utterance, pause=after if number == last else between)
        for number, utterance in enumerate(utterances)
    )
