"""What an article has and nobody says, so that nothing falls silent unnoticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from newsexport.events import PICTURE, Cause, Omitted, Report
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
    pictured,
    plain_blocks,
)
from newsexport.narration.options import Direction, Parts
from newsexport.narration.ruby import unsaid
from newsexport.narration.script import credit

# What is counted of kinds whose texts are only pieces.
PIECES = {"table": "table cell", "code": "code block", "struck text": "struck passage"}


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


def tell_unspoken(edition: Edition, direction: Direction, report: Report) -> None:
    """Tell how many pieces of each kind are not said, and of pictures, which sound does not show."""
    articles = tuple(edition.articles())
    kinds = Counter(one.kind for article in articles for one in unspoken(article, direction))
    for kind, count in kinds.items():
        report(Omitted("", "that nobody says", PIECES.get(kind, kind), count, Cause.FORMAT))
    if shown := sum(map(pictured, articles)):
        report(Omitted("", "that are not to be seen in it", PICTURE, shown, Cause.FORMAT))


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
