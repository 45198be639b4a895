"""The one article model: what every source makes and every exporter reads.

Values are frozen, slotted and hashable, so they can be compared, cached and sent to
another process. Text is flat: a run of `Span` joined is the plain text, and formats that
nest (HTML, Markdown) are flattened on the way in. `Block` is closed on purpose: a new
kind of block is a type error in every exporter that does not handle it yet.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import chain
from operator import is_
from pathlib import Path
from typing import Self, TypeAlias

from newsexport.shelf import Known, like, memory_of, recalled


class _Picklable:
    """Travels to other processes as its fields: a third of the time of what dataclasses do by themselves."""

    __slots__ = ()

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...]]:
        """How it is pickled."""
        names: tuple[str, ...] = self.__slots__
        return type(self), tuple([getattr(self, name) for name in names])


class Mark(StrEnum):
    """How a span is set apart from the text around it.

    What is `STRUCK` no longer holds, and what is `INSERTED` was put in later, often in its
    place. `LOWERED` and `RAISED` text stands below and above the line, as indices and powers do.
    """

    EMPHASIS = "emphasis"
    STRONG = "strong"
    CODE = "code"
    STRUCK = "struck"
    INSERTED = "inserted"
    LOWERED = "lowered"
    RAISED = "raised"


@dataclass(frozen=True, slots=True)
class Span(_Picklable):
    """A run of text with the same look; a newline in it is a forced line break.

    `ruby` is how the text is read, in the small letters that East Asian scripts set beside
    it. A span with a `note` is where the article's note of that id is called; it has no
    text, because numbering notes is an exporter's business.
    """

    text: str
    marks: frozenset[Mark] = frozenset()
    href: str | None = None
    language: str | None = None
    ruby: str | None = None
    note: str | None = None


Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph(_Picklable):
    """Running text."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Heading(_Picklable):
    """A heading inside an article; level 2 is the first below the headline, 6 the last."""

    spans: Spans
    level: int = 2


@dataclass(frozen=True, slots=True)
class Quote(_Picklable):
    """A block quotation. One that is `pulled` repeats words of the article to draw the eye.

    `attribution` is whom or what it is from, without the dash that is set before it.
    """

    blocks: tuple[Block, ...]
    pulled: bool = False
    attribution: Spans = ()


@dataclass(frozen=True, slots=True)
class Listing(_Picklable):
    """A list; every item is a run of blocks. `start` is the first number when ordered.

    `numbers` has one for each item where they do not count on from `start`, and is empty elsewhere.
    """

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1
    numbers: tuple[int, ...] = ()

    @property
    def numbered(self) -> tuple[int, ...]:
        """The number of each item, as an ordered list shows them."""
        return self.numbers or tuple(range(self.start, self.start + len(self.items)))


@dataclass(frozen=True, slots=True)
class Figure(_Picklable):
    """A picture. `media` is the name of one of the article's `Media`."""

    media: str
    alt: str = ""
    caption: Spans = ()


class Alignment(StrEnum):
    """Where the text of a column stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Table(_Picklable):
    """A table. `head` is one row or empty; every row has as many cells as the widest.

    `alignment` has one for each column, None where the author says none, and is empty where none is said at
    all: then figures are set below each other, and words where lines begin.
    """

    head: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]
    caption: Spans = ()
    alignment: tuple[Alignment | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Code(_Picklable):
    """Preformatted text; `syntax` names the programming language when it is known."""

    text: str
    syntax: str | None = None


@dataclass(frozen=True, slots=True)
class Rule(_Picklable):
    """A thematic break."""


Block: TypeAlias = Paragraph | Heading | Quote | Listing | Figure | Table | Code | Rule


@dataclass(frozen=True, slots=True)
class Media(_Picklable):
    """A picture under a name: the bytes themselves, or the file they wait in.

    Once a picture is ready for devices its name is a function of its bytes (`named`), so
    equal pictures are one. A source may give raw ones any name that its figures then use.
    """

    name: str
    media_type: str
    held: bytes | Path

    @property
    def data(self) -> bytes:
        """The bytes, read anew from the file each time when they wait in one."""
        return self.held if isinstance(self.held, bytes) else self.held.read_bytes()

    @classmethod
    def named(cls, media_type: str, data: bytes) -> Media:
        """Name the bytes by their SHA-256, so equal pictures are one picture."""
        suffix = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif"}.get(media_type, ".bin")
        return cls(hashlib.sha256(data).hexdigest()[:16] + suffix, media_type, data)


@dataclass(frozen=True, slots=True)
class Note(_Picklable):
    """A footnote of an article, called by spans whose `note` is its id."""

    id: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Twin(_Picklable):
    """Where else the same story was published: the name of the site and the address there."""

    site: str
    url: str


@dataclass(frozen=True, slots=True)
class Origin(_Picklable):
    """Where an article is kept, which may be told that it was printed: a place by its name, the id there."""

    place: str
    id: str


@dataclass(frozen=True, slots=True)
class Article(_Picklable):
    """One article, free of everything that stood around it.

    `reference` is where it was read from (a path, an address, ``-``); `url` is where it
    was published, `guid` what its feed knows it by. `published` is aware; a date without
    a time is midnight UTC. `section` is the name it asks to stand under, empty when it
    does not say. `lead` and the figures of `body` name their pictures in `media`; what a
    source leaves there is the picture's target, see `newsexport.protocols.Source`.

    `partial` when what was to be had is a teaser and not the whole; `update` when an
    earlier edition had an older version; `also_in` where the same story also stood.
    `notes` are in the order in which the text first calls them. `tags` are the words under which a
    reader, or the author, keeps it, each once. `again` is the day of the issue in which it first stood, where
    it comes again because nobody read it. `origin` is known while it is on its way into an edition, and
    is neither printed nor saved with it.
    """

    title: str
    body: Sequence[Block]
    standfirst: str = ""
    byline: tuple[str, ...] = ()
    published: datetime | None = None
    section: str = ""
    url: str | None = None
    site: str | None = None
    reference: str = ""
    language: str = ""
    lead: Figure | None = None
    media: tuple[Media, ...] = ()
    guid: str = ""
    partial: bool = False
    update: bool = False
    also_in: tuple[Twin, ...] = ()
    notes: tuple[Note, ...] = ()
    tags: tuple[str, ...] = ()
    origin: Origin | None = None
    again: date | None = None

    @property
    def id(self) -> str:
        """Sixteen hexadecimal digits: a function of the guid, or the address, or else of the words."""
        identity = self.guid or self.url or "\0".join((self.title, *plain_blocks(self.body)))
        return hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:16]

    def picture(self, name: str) -> Media | None:
        """The media of that name, or None when it was lost."""
        return next((media for media in self.media if media.name == name), None)


@dataclass(frozen=True, slots=True)
class Section(_Picklable):
    """A named run of articles. The title may be empty when an edition has only one."""

    title: str
    articles: tuple[Article, ...]


# Namespace of the name-based UUIDs (RFC 9562, section 5.5) that identify editions.
EDITIONS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:newsexport:edition")


@dataclass(frozen=True, slots=True)
class Edition(_Picklable):
    """Articles arranged for one day: what an exporter is given."""

    title: str
    issued: date
    language: str
    sections: tuple[Section, ...]

    @property
    def id(self) -> str:
        """A UUID that is a function of title and date, so a rebuilt edition keeps it."""
        title = self.title.encode("utf-8", "replace").decode()
        return str(uuid.uuid5(EDITIONS, f"{self.issued.isoformat()}\n{title}"))

    def articles(self) -> Iterator[Article]:
        """Every article in reading order."""
        for section in self.sections:
            yield from section.articles

    def media(self) -> dict[str, Media]:
        """Every picture once, by name, in the order of first use."""
        return {media.name: media for article in self.articles() for media in article.media}


# What a block holds, said in one place: whatever walks through blocks asks `held` or goes by `rebuilt`.


def held(block: Block) -> tuple[tuple[tuple[Block, ...], ...], tuple[Spans, ...]]:
    """What a block holds, in reading order: the blocks within it, part by part, then text of its own."""
    match block:
        case Paragraph(spans) | Heading(spans):
            return (), (spans,)
        case Quote(inner, attribution=attribution):
            return (inner,), (attribution,) if attribution else ()
        case Listing(items):
            return items, ()
        case Figure(caption=caption):
            return (), (caption,)
        case Table(head, rows, caption):
            return (), (caption, *head, *chain.from_iterable(rows))
        case Code() | Rule():
            return (), ()


def rebuilt(
    block: Block, respan: Callable[[Spans], Spans], regroup: Callable[[tuple[Block, ...]], tuple[Block, ...]]
) -> Block:
    """The block with what it holds changed: its text by `respan`, the blocks within it by `regroup`."""
    match block:
        case Paragraph(spans) | Heading(spans):
            changed = respan(spans)
            return block if changed is spans else replace(block, spans=changed)
        case Quote(inner, attribution=attribution):
            return replace(block, blocks=regroup(inner), attribution=respan(attribution))
        case Listing(items):
            return replace(block, items=tuple(map(regroup, items)))
        case Figure(caption=caption):
            return replace(block, caption=respan(caption))
        case Table(head, rows, caption):
            cells = tuple(tuple(map(respan, row)) for row in rows)
            return Table(tuple(map(respan, head)), cells, respan(caption), block.alignment)
        case Code() | Rule():
            return block


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block in reading order, each before those within it."""
    for block in blocks:
        yield block
        for inner in held(block)[0]:
            yield from walk(inner)


def figures(article: Article) -> Iterator[Figure]:
    """Every figure of an article, the leading one first."""
    if article.lead is not None:
        yield article.lead
    yield from recalled(_figures, article.body)
    for note in article.notes:
        yield from _figures(note.blocks)


def _figures(blocks: tuple[Block, ...]) -> tuple[Figure, ...]:
    return tuple(block for block in walk(blocks) if isinstance(block, Figure))


def pictured(article: Article) -> int:
    """How many times it shows a picture that is there."""
    names = {media.name for media in article.media}
    return sum(figure.media in names for figure in figures(article)) if names else 0


def hrefs(article: Article) -> Iterator[str]:
    """The target of every link of an article, notes included, each as often as it occurs."""
    yield from _hrefs((article.lead,) if article.lead else ())
    yield from recalled(_hrefs, article.body)
    for note in article.notes:
        yield from _hrefs(note.blocks)


def _hrefs(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    return tuple(span.href for run in runs(blocks) for span in run if span.href)


def looked_over(article: Article) -> Article:
    """The article with a text that knows what will be asked of it again and again."""
    body = article.body if memory_of(article.body) else Known(article.body)
    recalled(_figures, body)
    recalled(_hrefs, body)
    return replace(article, body=body)


def runs(blocks: Iterable[Block]) -> Iterator[Spans]:
    """Every run of spans in reading order, those of nested blocks and captions included."""
    for block in blocks:
        nested, own = held(block)
        for inner in nested:
            yield from runs(inner)
        yield from own


def respanned(blocks: tuple[Block, ...], change: Callable[[Spans], Spans]) -> tuple[Block, ...]:
    """The blocks with every run of spans changed, and nothing else; what stays the same is the very same."""
    changed = tuple(rebuilt(block, change, lambda inner: respanned(inner, change)) for block in blocks)
    return blocks if all(map(is_, changed, blocks)) else changed


def reworded(article: Article, change: Callable[[Spans], Spans]) -> Sequence[Block]:
    """The body of an article with every run of spans changed, on the shelf where it lay on one."""
    body = tuple(article.body)
    changed = respanned(body, change)
    return article.body if changed is body else like(article.body, changed)


def called_notes(article: Article) -> tuple[Note, ...]:
    """The notes that its text calls, or a note that is called does, in the order of first call."""
    if not article.notes:
        return ()
    lead = (article.lead,) if article.lead else ()
    known = {note.id: note for note in reversed(article.notes)}
    return tuple(known[name] for name in _reached((*lead, *article.body), known, {}))


def with_notes(
    body: tuple[Block, ...], notes: tuple[Note, ...]
) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    """The body and the notes it calls; what a note says that nothing calls ends the body instead."""
    known = {note.id: note for note in reversed(notes)}
    called = _reached(body, known, {})
    for note in notes:
        if note.id not in called:
            body += note.blocks
            called = _reached(note.blocks, known, called)
    return body, tuple(known[name] for name in called)


def _reached(
    blocks: Iterable[Block], known: Mapping[str, Note], called: Mapping[str, None]
) -> dict[str, None]:
    """The ids called so far and those that the blocks call, be it through other notes."""
    reached = {**called}
    waiting = [name for name in _calls(blocks) if name in known]
    for name in waiting:  # which grows on the way
        if name not in reached:
            reached[name] = None
            waiting += (each for each in _calls(known[name].blocks) if each in known)
    return reached


def _calls(blocks: Iterable[Block]) -> Iterator[str]:
    return (span.note for run in runs(blocks) for span in run if span.note is not None)


def plain(spans: Iterable[Span]) -> str:
    """The text of a run of spans, and nothing else."""
    return "".join(span.text for span in spans)


def plain_blocks(blocks: Iterable[Block]) -> Iterator[str]:
    """The text of each block that has any, in reading order, nested blocks included."""
    for block in blocks:
        nested, own = held(block)
        for inner in nested:
            yield from plain_blocks(inner)
        if isinstance(block, Code):
            yield block.text
        elif isinstance(block, Paragraph | Heading):
            yield plain(block.spans)  # also where it is empty: articles are known by their text
        else:
            yield from (plain(run) for run in own if run)
