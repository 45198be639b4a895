"""JSON to an edition, believing nothing."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from newsexport.interchange.edition_writer import VERSION
from newsexport.interchange.json_reader import JsonError, JsonValue, document
from newsexport.model import (
    Alignment,
    Article,
    Block,
    Code,
    Edition,
    Figure,
    Heading,
    Listing,
    Mark,
    Media,
    Note,
    Paragraph,
    Quote,
    Rule,
    Section,
    Span,
    Spans,
    Table,
    Twin,
    runs,
)

# Quotes in quotes and lists in lists; people stop at three, and no reader's screen has room for more.
DEEPEST = 32

MEDIA_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,99}")
PICTURES = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n", "image/gif": b"GIF8"}


class InterchangeError(JsonError):
    """JSON that is not an edition."""


def from_json(data: bytes) -> Edition:
    """The edition that `to_json` wrote, or a person following the schema.

    Raises:
        InterchangeError: it is not JSON, not an edition, or of a later version.
    """
    try:
        return _read_edition(document(data))
    except JsonError as error:
        raise InterchangeError(error.subject, error.reason) from error


def _read_edition(edition: JsonValue) -> Edition:
    version = edition.member("newsexport")
    if version.whole(1) > VERSION:
        raise version.error(f"is version {version.value}, and this program reads up to {VERSION}")
    edition.only("newsexport", "title", "issued", "language", "sections", "media")
    media: Mapping[str, Media] = edition.optional("media", _read_pictures, {})
    return Edition(
        edition.member("title").text(),
        _read_day(edition.member("issued")),
        edition.optional("language", JsonValue.language, ""),
        tuple(_read_section(section, media) for section in edition.member("sections").items()),
    )


def _read_section(section: JsonValue, media: Mapping[str, Media]) -> Section:
    section.only("title", "articles")
    articles = section.member("articles").items()
    return Section(
        section.optional("title", JsonValue.text, ""),
        tuple(_read_article(article, media) for article in articles),
    )


def _read_article(article: JsonValue, media: Mapping[str, Media]) -> Article:
    article.only(*Article.__dataclass_fields__)
    read = Article(
        title=article.member("title").text(),
        body=_read_blocks(article.member("body")),
        standfirst=article.optional("standfirst", JsonValue.text, ""),
        byline=article.optional("byline", _read_texts, ()),
        published=article.optional("published", _read_moment, None),
        section=article.optional("section", JsonValue.text, ""),
        url=article.optional("url", JsonValue.text, None),
        site=article.optional("site", JsonValue.text, None),
        reference=article.optional("reference", JsonValue.text, ""),
        language=article.optional("language", JsonValue.language, ""),
        lead=article.optional("lead", _read_figure, None),
        media=article.optional("media", lambda names: _read_media(names, media), ()),
        guid=article.optional("guid", JsonValue.text, ""),
        partial=article.optional("partial", JsonValue.flag, default=False),
        update=article.optional("update", JsonValue.flag, default=False),
        also_in=article.optional("also_in", _read_twins, ()),
        notes=article.optional("notes", _read_notes, ()),
        tags=article.optional("tags", _read_texts, ()),
        again=article.optional("again", _read_day, None),
    )
    _check_calls(article, read)
    return read


def _read_day(day: JsonValue) -> date:
    return day.parsed(date.fromisoformat, "a date such as 2026-11-23")


def _read_notes(notes: JsonValue) -> tuple[Note, ...]:
    read: dict[str, Note] = {}
    for note in notes.items():
        note.only("id", "blocks")
        name = note.member("id")
        if not name.text() or name.text() in read:
            raise name.wrong("a name that no other note of the article has")
        read[name.text()] = Note(name.text(), _read_blocks(note.member("blocks")))
    return tuple(read.values())


def _check_calls(article: JsonValue, read: Article) -> None:
    """Refuse a call of a note that the article does not have."""
    known = {note.id for note in read.notes}
    blocks = (*read.body, *(block for note in read.notes for block in note.blocks))
    lead = read.lead.caption if read.lead else ()
    for spans in (lead, *runs(blocks)):
        for span in spans:
            if span.note is not None and span.note not in known:
                raise article.error(f"calls a note {span.note!r} that is not among its notes")


def _read_twins(twins: JsonValue) -> tuple[Twin, ...]:
    return tuple(_read_twin(twin) for twin in twins.items())


def _read_twin(twin: JsonValue) -> Twin:
    twin.only("site", "url")
    return Twin(twin.member("site").text(), twin.member("url").text())


def _read_texts(texts: JsonValue) -> tuple[str, ...]:
    return tuple(text.text() for text in texts.items())


def _read_moment(moment: JsonValue) -> datetime:
    read = moment.parsed(datetime.fromisoformat, "a moment such as 2026-11-23T08:30:00+00:00")
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _read_media(names: JsonValue, media: Mapping[str, Media]) -> tuple[Media, ...]:
    for name in names.items():
        if name.text() not in media:
            raise name.wrong('the name of a picture in "media"')
    return tuple(media[name.text()] for name in names.items())


def _read_pictures(pictures: JsonValue) -> Mapping[str, Media]:
    return {name: _read_picture(name, picture) for name, picture in pictures.members()}


def _read_picture(name: str, picture: JsonValue) -> Media:
    if not MEDIA_NAME.fullmatch(name):
        raise picture.error("has a name of other characters than letters, digits, . _ -")
    picture.only("type", "data")
    kind, encoded = picture.member("type"), picture.member("data")
    if kind.text() not in PICTURES:
        raise kind.wrong(" or ".join(PICTURES))
    try:
        data = base64.b64decode(encoded.text(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise encoded.wrong("base64") from error
    if not data.startswith(PICTURES[kind.text()]):
        raise encoded.wrong(f"a picture of type {kind.text()}")
    return Media(name, kind.text(), data)


def _read_blocks(blocks: JsonValue, depth: int = 0) -> tuple[Block, ...]:
    if depth > DEEPEST:
        raise blocks.error("is nested too deeply")
    return tuple(_read_block(block, depth) for block in blocks.items())


def _read_block(block: JsonValue, depth: int) -> Block:
    kind = block.member("type")
    read = BLOCKS.get(kind.text())
    if read is None:
        raise kind.wrong("one of " + ", ".join(BLOCKS))
    return read(block, depth)


def _read_paragraph(block: JsonValue, _depth: int) -> Paragraph:
    block.only("type", "text")
    return Paragraph(_read_spans(block.member("text")))


def _read_heading(block: JsonValue, _depth: int) -> Heading:
    block.only("type", "text", "level")
    return Heading(
        _read_spans(block.member("text")), block.optional("level", lambda level: level.whole(2, 6), 2)
    )


def _read_quote(block: JsonValue, depth: int) -> Quote:
    block.only("type", "blocks", "pulled", "attribution")
    pulled = block.optional("pulled", JsonValue.flag, default=False)
    attribution: Spans = block.optional("attribution", _read_spans, ())
    return Quote(_read_blocks(block.member("blocks"), depth + 1), pulled, attribution)


def _read_list(block: JsonValue, depth: int) -> Listing:
    block.only("type", "ordered", "start", "items", "numbers")
    items = tuple(_read_blocks(item, depth + 1) for item in block.member("items").items())
    start = block.optional("start", JsonValue.whole, 1)
    numbers: tuple[int, ...] = block.optional("numbers", _read_numbers, ())
    if numbers and len(numbers) != len(items):
        raise block.member("numbers").wrong("one number for each item")
    return Listing(items, block.optional("ordered", JsonValue.flag, default=False), start, numbers)


def _read_numbers(numbers: JsonValue) -> tuple[int, ...]:
    return tuple(number.whole() for number in numbers.items())


def _read_figure(block: JsonValue, _depth: int = 0) -> Figure:
    block.only("type", "media", "alt", "caption")
    caption: Spans = block.optional("caption", _read_spans, ())
    return Figure(block.member("media").text(), block.optional("alt", JsonValue.text, ""), caption)


def _read_table(block: JsonValue, _depth: int) -> Table:
    block.only("type", "head", "rows", "caption", "alignment")
    head: tuple[Spans, ...] = block.optional("head", _read_row, ())
    rows = tuple(_read_row(row) for row in block.member("rows").items())
    if len({len(row) for row in ((head, *rows) if head else rows)}) > 1:
        raise block.error("has rows of different length")
    caption: Spans = block.optional("caption", _read_spans, ())
    alignment = tuple(map(_read_alignment, block.listed("alignment")))
    if alignment and {len(row) for row in (head, *rows)} - {0, len(alignment)}:
        raise block.error("has an alignment of another number of columns")
    return Table(head, rows, caption, alignment if any(alignment) else ())


def _read_alignment(side: JsonValue) -> Alignment | None:
    return None if side.value is None else side.parsed(Alignment, "left, center, right or null")


def _read_row(row: JsonValue) -> tuple[Spans, ...]:
    return tuple(_read_spans(cell) for cell in row.items())


def _read_code(block: JsonValue, _depth: int) -> Code:
    block.only("type", "text", "syntax")
    return Code(block.member("text").text(), block.optional("syntax", JsonValue.text, None))


def _read_rule(block: JsonValue, _depth: int) -> Rule:
    block.only("type")
    return Rule()


def _read_spans(spans: JsonValue) -> Spans:
    if isinstance(spans.value, str):
        return (Span(spans.text()),)
    return tuple(_read_span(span) for span in spans.items())


def _read_span(span: JsonValue) -> Span:
    if isinstance(span.value, str):
        return Span(span.text())
    span.only("text", "marks", "href", "language", "ruby", "note")
    note = span.optional("note", JsonValue.text, None)
    text = span.member("text").text() if note is None else span.optional("text", JsonValue.text, "")
    if note is not None and text:
        raise span.member("text").wrong("empty where a note is called")
    return Span(
        text,
        span.optional("marks", _read_marks, frozenset()),
        span.optional("href", JsonValue.text, None),
        span.optional("language", JsonValue.language, None),
        span.optional("ruby", JsonValue.text, None),
        note,
    )


def _read_marks(marks: JsonValue) -> frozenset[Mark]:
    return frozenset(mark.parsed(Mark, "one of " + ", ".join(Mark)) for mark in marks.items())


BLOCKS: Mapping[str, Callable[[JsonValue, int], Block]] = {
    "paragraph": _read_paragraph,
    "heading": _read_heading,
    "quote": _read_quote,
    "list": _read_list,
    "figure": _read_figure,
    "table": _read_table,
    "code": _read_code,
    "rule": _read_rule,
}
