"""What an article has and nobody says, so that nothing falls silent unnoticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newsexport.events import PICTURE, Cause, Omitted, Report
from newsexport.model import (
    Article,
    Block,
    Edition,
    Heading,
    Paragraph,
    Quote,
    held,
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


def _blocks(blocks: Iterable[Block], parts: Parts, language: str) -> Iterator[Unspoken]:
    for block in blocks:
        nested, own = held(block)
        if kind := parts.silent(block):
            texts = plain_blocks(block.blocks if isinstance(block, Quote) else (block,))
            yield from (Unspoken(kind, text) for text in texts)
        elif isinstance(block, Paragraph | Heading):
            struck = filter(None, (unsaid(spans, language) for spans in own))
            yield from (Unspoken("struck text", text) for text in struck)
        for inner in () if kind else nested:
            yield from _blocks(inner, parts, language)
