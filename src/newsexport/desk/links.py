"""Addresses inside an article as a reader would pass them on: without what follows readers around."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from newsexport.addresses import canonical, is_web, unwrapped
from newsexport.model import (
    Article,
    Block,
    Code,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Spans,
    Table,
)


def cleaned(article: Article) -> Article:
    """The article with its own address and every link free of trackers and redirectors."""
    return replace(
        article,
        url=canonical(unwrapped(article.url)) if article.url else None,
        body=tuple(_blocks(article.body)),
    )


def _blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Paragraph(spans) | Heading(spans):
                followed = _spans(spans)
                yield block if followed is spans else replace(block, spans=followed)
            case Quote(inner):
                yield Quote(tuple(_blocks(inner)))
            case Listing(items):
                yield replace(block, items=tuple(tuple(_blocks(item)) for item in items))
            case Figure(caption=caption):
                yield replace(block, caption=_spans(caption))
            case Table(head, rows, caption):
                yield Table(
                    tuple(map(_spans, head)), tuple(tuple(map(_spans, row)) for row in rows), _spans(caption)
                )
            case Code() | Rule():
                yield block
            case _:
                assert_never(block)


def _spans(spans: Spans) -> Spans:
    if not any(span.href for span in spans):
        return spans
    return tuple(replace(span, href=_link(span.href)) if span.href else span for span in spans)


def _link(href: str) -> str:
    """The link without trackers; its place on the page is kept."""
    if not is_web(href):
        return href
    address, hash_, fragment = unwrapped(href).partition("#")
    return canonical(address) + (hash_ + fragment if fragment and not fragment.startswith(":~:") else "")
