"""What an article has and nobody says, so that nothing falls silent unnoticed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

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
    plain_blocks,
)
from newsexport.narration.direction import Direction, Parts
from newsexport.narration.readings import unsaid
from newsexport.narration.script import credit


@dataclass(frozen=True, slots=True)
class Unspoken:
    """A text that is left out, and what kind of thing it is."""

    kind: str
    text: str


def unspoken(article: Article, direction: Direction) -> Iterator[Unspoken]:
    """Everything of an article that its script has not, in order."""
    parts = direction.parts
    if not parts.credits and (said := credit(article)):
        yield Unspoken("credit", said)
    if article.lead is not None:
        yield from _blocks((article.lead,), parts, article.language)
    yield from _blocks(article.body, parts, article.language)
    for note in article.notes:
        yield from (Unspoken("note", text) for text in plain_blocks(note.blocks) if text.strip())


def _blocks(  # noqa: C901 - one case a kind of block
    blocks: Iterable[Block], parts: Parts, language: str
) -> Iterator[Unspoken]:
    for block in blocks:
        match block:
            case Quote(inner, pulled=True):
                yield from (Unspoken("pulled quotation", text) for text in plain_blocks(inner))
            case Quote(inner):
                yield from _blocks(inner, parts, language)
            case Listing(items):
                for item in items:
                    yield from _blocks(item, parts, language)
            case Table() if not parts.tables:
                yield from (Unspoken("table", text) for text in plain_blocks((block,)))
            case Figure() if not parts.captions and block.caption:
                yield Unspoken("caption", _text(block.caption))
            case Code() if not parts.code:
                yield Unspoken("code", block.text)
            case Paragraph(spans) | Heading(spans):
                if struck := unsaid(spans, language):
                    yield Unspoken("struck text", struck)
            case Table() | Figure() | Code() | Rule():
                pass
            case _:
                assert_never(block)


def _text(spans: Spans) -> str:
    return "".join(span.text for span in spans)
