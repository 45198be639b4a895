"""An edition to JSON."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, assert_never

from newsexport.model import (
    Article,
    Block,
    Code,
    Edition,
    Figure,
    Heading,
    Listing,
    Media,
    Note,
    Paragraph,
    Quote,
    Rule,
    Section,
    Span,
    Spans,
    Table,
)

VERSION = 1


def to_json(edition: Edition) -> bytes:
    """The edition as UTF-8 JSON, indented, with a newline at its end. What is empty is left out."""
    return b"".join(in_pieces(edition))


def in_pieces(edition: Edition) -> Iterator[bytes]:
    """The same piece by piece: one article at a time is in memory as JSON."""
    told = _object(
        {
            "newsexport": _whole(VERSION),
            "title": _whole(edition.title),
            "issued": _whole(edition.issued.isoformat()),
            "language": _whole(edition.language),
            "sections": _array(map(_section, edition.sections)),
            "media": _object({media.name: _media(media) for media in edition.media().values()}),
        }
    )
    for piece in told:
        yield piece.encode("utf-8", "replace")
    yield b"\n"


def _section(section: Section) -> Iterator[str]:
    articles = (_whole(_article(article)) for article in section.articles)
    return _object({"title": _whole(section.title), "articles": _array(articles)})


def _media(media: Media) -> Iterator[str]:
    yield from _whole({"type": media.media_type, "data": base64.b64encode(media.data).decode("ascii")})


def _whole(value: object) -> Iterator[str]:
    yield json.dumps(value, ensure_ascii=False, indent=1)


def _object(members: Mapping[str, Iterator[str]]) -> Iterator[str]:
    named = (
        chain((f"{json.dumps(name, ensure_ascii=False)}: ",), member) for name, member in members.items()
    )
    return _listed("{}", named)


def _array(items: Iterable[Iterator[str]]) -> Iterator[str]:
    return _listed("[]", items)


def _listed(brackets: str, items: Iterable[Iterator[str]]) -> Iterator[str]:
    """Items between brackets as `json.dumps` sets them: each on lines of its own, one space further in."""
    before = brackets[0]
    for item in items:
        yield f"{before}\n "
        yield from (piece.replace("\n", "\n ") for piece in item)
        before = ","
    yield brackets if before != "," else f"\n{brackets[1]}"


def _article(article: Article) -> dict[str, Any]:
    published = article.published.isoformat() if article.published else None
    return _filled(
        title=article.title,
        standfirst=article.standfirst,
        byline=list(article.byline),
        published=published,
        section=article.section,
        url=article.url,
        site=article.site,
        reference=article.reference,
        language=article.language,
        lead=_figure(article.lead) if article.lead else None,
        media=[media.name for media in article.media],
        guid=article.guid,
        partial=article.partial,
        update=article.update,
        also_in=[{"site": twin.site, "url": twin.url} for twin in article.also_in],
        tags=list(article.tags),
        again=article.again.isoformat() if article.again else None,
    ) | {"body": _blocks(article.body), **_notes(article.notes)}


def _notes(notes: Iterable[Note]) -> dict[str, Any]:
    return _filled(notes=[{"id": note.id, "blocks": _blocks(note.blocks)} for note in notes])


def _filled(**members: Any) -> dict[str, Any]:
    """The members that say something; a title is one even when it is empty."""
    return {name: value for name, value in members.items() if value or name in {"title", "type", "text"}}


def _blocks(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    return [_block(block) for block in blocks]


def _block(block: Block) -> dict[str, Any]:  # noqa: PLR0911 - one case a kind of block
    match block:
        case Paragraph(spans):
            return {"type": "paragraph", "text": _spans(spans)}
        case Heading(spans, level):
            return {"type": "heading", "level": level, "text": _spans(spans)}
        case Quote(inner, pulled, attribution):
            told = {"attribution": _spans(attribution)} if attribution else {}
            return _filled(type="quote", pulled=pulled) | {"blocks": _blocks(inner)} | told
        case Listing(items, ordered, start, numbers):
            numbering: dict[str, Any] = {"start": start} if start != 1 else {}
            numbering |= _filled(numbers=list(numbers))
            return {
                "type": "list",
                "ordered": ordered,
                **numbering,
                "items": [_blocks(item) for item in items],
            }
        case Figure():
            return {"type": "figure", **_figure(block)}
        case Table(head, rows, caption):
            cells = [[_spans(cell) for cell in row] for row in rows]
            return {
                "type": "table",
                **_caption(caption),
                **_filled(alignment=list(block.alignment)),
                "head": [_spans(cell) for cell in head],
                "rows": cells,
            }
        case Code(text, syntax):
            return _filled(type="code", syntax=syntax, text=text)
        case Rule():
            return {"type": "rule"}
        case _:
            assert_never(block)


def _figure(figure: Figure) -> dict[str, Any]:
    return {"media": figure.media} | _filled(alt=figure.alt) | _caption(figure.caption)


def _caption(spans: Spans) -> dict[str, Any]:
    return {"caption": _spans(spans)} if spans else {}


def _spans(spans: Spans) -> str | list[str | dict[str, Any]]:
    """One plain span is its text; anything else a list."""
    written = [_span(span) for span in spans]
    return written[0] if len(written) == 1 and isinstance(written[0], str) else written


def _span(span: Span) -> str | dict[str, Any]:
    if span == Span(span.text):
        return span.text
    if span.note is not None and not span.text:
        return _look(span) | {"note": span.note}
    return {"text": span.text} | _look(span)


def _look(span: Span) -> dict[str, Any]:
    return _filled(
        marks=sorted(mark.value for mark in span.marks),
        href=span.href,
        language=span.language,
        ruby=span.ruby,
    )
