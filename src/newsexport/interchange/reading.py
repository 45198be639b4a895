"""JSON to an edition, believing nothing."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from newsexport.interchange.form import (
    DEEPEST,
    LANGUAGE,
    MEDIA_NAME,
    PICTURES,
    VERSION,
    InterchangeError,
    storable,
)
from newsexport.model import (
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

T = TypeVar("T")


def from_json(data: bytes) -> Edition:
    """The edition that `to_json` wrote, or a person following the schema.

    Raises:
        InterchangeError: it is not JSON, not an edition, or of a later version.
    """
    try:
        document = _Value(json.loads(data), "")
    except RecursionError as error:
        raise InterchangeError("", "is nested too deeply") from error
    except ValueError as error:
        raise InterchangeError("", f"is not JSON: {error}") from error
    version = document.member("newsexport").whole(1)
    if version > VERSION:
        raise InterchangeError("newsexport", f"is version {version}, and this program reads up to {VERSION}")
    document.only("newsexport", "title", "issued", "language", "sections", "media")
    media: Mapping[str, Media] = document.optional("media", _read_pictures, {})
    return Edition(
        document.member("title").text(),
        document.member("issued").parsed(date.fromisoformat, "a date such as 2026-11-23"),
        document.optional("language", _Value.language, ""),
        tuple(_read_section(section, media) for section in document.member("sections").items()),
    )


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of the document and where it stands, so that every complaint can say where."""

    value: Any
    path: str

    def wrong(self, expected: str) -> InterchangeError:
        return InterchangeError(self.path, f"must be {expected}")

    def member(self, name: str) -> _Value:
        value = self._mapping().get(name)
        inner = _Value(value, f"{self.path}.{name}" if self.path else name)
        if value is None:
            raise InterchangeError(inner.path, "is missing")
        return inner

    def optional(self, name: str, read: Callable[[_Value], T], default: T) -> T:
        return default if self._mapping().get(name) is None else read(self.member(name))

    def only(self, *names: str) -> None:
        """Refuse other members, so that a misspelt name is told instead of ignored."""
        for name in self._mapping():
            if name not in names and not name.startswith("x-"):
                raise InterchangeError(f"{self.path}.{name}".lstrip("."), "is not a member we know")

    def members(self) -> list[tuple[str, _Value]]:
        return [(name, self.member(name)) for name in self._mapping()]

    def items(self) -> list[_Value]:
        if not isinstance(self.value, list):
            raise self.wrong("a list")
        return [_Value(value, f"{self.path}[{at}]") for at, value in enumerate(self.value)]

    def text(self) -> str:
        if not isinstance(self.value, str):
            raise self.wrong("a text")
        return storable(self.value)

    def language(self) -> str:
        if not LANGUAGE.fullmatch(self.text()):
            raise self.wrong("a language tag such as en or pt-BR")
        return self.text()

    def whole(self, lowest: int = -(2**31), highest: int = 2**31) -> int:
        if type(self.value) is not int or not lowest <= self.value <= highest:
            raise self.wrong("a whole number" + (f" from {lowest} to {highest}" if highest < 2**31 else ""))
        return self.value

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.wrong("true or false")
        return self.value

    def parsed(self, parse: Callable[[str], T], expected: str) -> T:
        try:
            return parse(self.text())
        except ValueError as error:
            raise self.wrong(expected) from error

    def _mapping(self) -> dict[str, Any]:
        if not isinstance(self.value, dict):
            raise self.wrong("an object")
        return self.value


def _read_section(section: _Value, media: Mapping[str, Media]) -> Section:
    section.only("title", "articles")
    articles = section.member("articles").items()
    return Section(
        section.optional("title", _Value.text, ""),
        tuple(_read_article(article, media) for article in articles),
    )


def _read_article(article: _Value, media: Mapping[str, Media]) -> Article:
    article.only(*Article.__dataclass_fields__)
    read = Article(
        title=article.member("title").text(),
        body=_read_blocks(article.member("body")),
        standfirst=article.optional("standfirst", _Value.text, ""),
        byline=article.optional("byline", _read_texts, ()),
        published=article.optional("published", _read_moment, None),
        section=article.optional("section", _Value.text, ""),
        url=article.optional("url", _Value.text, None),
        site=article.optional("site", _Value.text, None),
        reference=article.optional("reference", _Value.text, ""),
        language=article.optional("language", _Value.language, ""),
        lead=article.optional("lead", _read_figure, None),
        media=article.optional("media", lambda names: _read_media(names, media), ()),
        guid=article.optional("guid", _Value.text, ""),
        partial=article.optional("partial", _Value.flag, default=False),
        update=article.optional("update", _Value.flag, default=False),
        also_in=article.optional("also_in", _read_twins, ()),
        notes=article.optional("notes", _read_notes, ()),
    )
    _check_calls(article, read)
    return read


def _read_notes(notes: _Value) -> tuple[Note, ...]:
    read: dict[str, Note] = {}
    for note in notes.items():
        note.only("id", "blocks")
        name = note.member("id")
        if not name.text() or name.text() in read:
            raise name.wrong("a name that no other note of the article has")
        read[name.text()] = Note(name.text(), _read_blocks(note.member("blocks")))
    return tuple(read.values())


def _check_calls(article: _Value, read: Article) -> None:
    """Refuse a call of a note that the article does not have."""
    known = {note.id for note in read.notes}
    blocks = (*read.body, *(block for note in read.notes for block in note.blocks))
    lead = read.lead.caption if read.lead else ()
    for spans in (lead, *runs(blocks)):
        for span in spans:
            if span.note is not None and span.note not in known:
                raise InterchangeError(
                    article.path, f"calls a note {span.note!r} that is not among its notes"
                )


def _read_twins(twins: _Value) -> tuple[Twin, ...]:
    return tuple(_read_twin(twin) for twin in twins.items())


def _read_twin(twin: _Value) -> Twin:
    twin.only("site", "url")
    return Twin(twin.member("site").text(), twin.member("url").text())


def _read_texts(texts: _Value) -> tuple[str, ...]:
    return tuple(text.text() for text in texts.items())


def _read_moment(moment: _Value) -> datetime:
    read = moment.parsed(datetime.fromisoformat, "a moment such as 2026-11-23T08:30:00+00:00")
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _read_media(names: _Value, media: Mapping[str, Media]) -> tuple[Media, ...]:
    for name in names.items():
        if name.text() not in media:
            raise name.wrong('the name of a picture in "media"')
    return tuple(media[name.text()] for name in names.items())


def _read_pictures(pictures: _Value) -> Mapping[str, Media]:
    return {name: _read_picture(name, picture) for name, picture in pictures.members()}


def _read_picture(name: str, picture: _Value) -> Media:
    if not MEDIA_NAME.fullmatch(name):
        raise InterchangeError(picture.path, "has a name of other characters than letters, digits, . _ -")
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


def _read_blocks(blocks: _Value, depth: int = 0) -> tuple[Block, ...]:
    if depth > DEEPEST:
        raise InterchangeError(blocks.path, "is nested too deeply")
    return tuple(_read_block(block, depth) for block in blocks.items())


def _read_block(block: _Value, depth: int) -> Block:
    kind = block.member("type")
    read = _BLOCKS.get(kind.text())
    if read is None:
        raise kind.wrong("one of " + ", ".join(_BLOCKS))
    return read(block, depth)


def _read_paragraph(block: _Value, _depth: int) -> Paragraph:
    block.only("type", "text")
    return Paragraph(_read_spans(block.member("text")))


def _read_heading(block: _Value, _depth: int) -> Heading:
    block.only("type", "text", "level")
    return Heading(
        _read_spans(block.member("text")), block.optional("level", lambda level: level.whole(2, 6), 2)
    )


def _read_quote(block: _Value, depth: int) -> Quote:
    block.only("type", "blocks", "pulled", "attribution")
    pulled = block.optional("pulled", _Value.flag, default=False)
    attribution: Spans = block.optional("attribution", _read_spans, ())
    return Quote(_read_blocks(block.member("blocks"), depth + 1), pulled, attribution)


def _read_list(block: _Value, depth: int) -> Listing:
    block.only("type", "ordered", "start", "items", "numbers")
    items = tuple(_read_blocks(item, depth + 1) for item in block.member("items").items())
    start = block.optional("start", _Value.whole, 1)
    numbers: tuple[int, ...] = block.optional("numbers", _read_numbers, ())
    if numbers and len(numbers) != len(items):
        raise block.member("numbers").wrong("one number for each item")
    return Listing(items, block.optional("ordered", _Value.flag, default=False), start, numbers)


def _read_numbers(numbers: _Value) -> tuple[int, ...]:
    return tuple(number.whole() for number in numbers.items())


def _read_figure(block: _Value, _depth: int = 0) -> Figure:
    block.only("type", "media", "alt", "caption")
    caption: Spans = block.optional("caption", _read_spans, ())
    return Figure(block.member("media").text(), block.optional("alt", _Value.text, ""), caption)


def _read_table(block: _Value, _depth: int) -> Table:
    block.only("type", "head", "rows", "caption")
    head: tuple[Spans, ...] = block.optional("head", _read_row, ())
    rows = tuple(_read_row(row) for row in block.member("rows").items())
    if len({len(row) for row in ((head, *rows) if head else rows)}) > 1:
        raise InterchangeError(block.path, "has rows of different length")
    caption: Spans = block.optional("caption", _read_spans, ())
    return Table(head, rows, caption)


def _read_row(row: _Value) -> tuple[Spans, ...]:
    return tuple(_read_spans(cell) for cell in row.items())


def _read_code(block: _Value, _depth: int) -> Code:
    block.only("type", "text", "syntax")
    return Code(block.member("text").text(), block.optional("syntax", _Value.text, None))


def _read_rule(block: _Value, _depth: int) -> Rule:
    block.only("type")
    return Rule()


def _read_spans(spans: _Value) -> Spans:
    if isinstance(spans.value, str):
        return (Span(spans.text()),)
    return tuple(_read_span(span) for span in spans.items())


def _read_span(span: _Value) -> Span:
    if isinstance(span.value, str):
        return Span(span.text())
    span.only("text", "marks", "href", "language", "ruby", "note")
    note = span.optional("note", _Value.text, None)
    text = span.member("text").text() if note is None else span.optional("text", _Value.text, "")
    if note is not None and text:
        raise span.member("text").wrong("empty where a note is called")
    return Span(
        text,
        span.optional("marks", _read_marks, frozenset()),
        span.optional("href", _Value.text, None),
        span.optional("language", _Value.language, None),
        span.optional("ruby", _Value.text, None),
        note,
    )


def _read_marks(marks: _Value) -> frozenset[Mark]:
    return frozenset(mark.parsed(Mark, "one of " + ", ".join(Mark)) for mark in marks.items())


_BLOCKS: Mapping[str, Callable[[_Value, int], Block]] = {
    "paragraph": _read_paragraph,
    "heading": _read_heading,
    "quote": _read_quote,
    "list": _read_list,
    "figure": _read_figure,
    "table": _read_table,
    "code": _read_code,
    "rule": _read_rule,
}
