"""Blocks where there is only room for a run of text: in cells, captions and headings."""

from __future__ import annotations

from collections.abc import Iterable

from newsexport.attribution import signed
from newsexport.model import (
    Block,
    Code,
    Figure,
    Heading,
    Listing,
    Mark,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
)


def flattened(block: Block) -> Spans:  # noqa: PLR0911 - one a kind of block
    """The text of a block as one run: its parts are lines."""
    match block:
        case Paragraph(spans) | Heading(spans):
            return spans
        case Code(text):
            return (Span(text, frozenset({Mark.CODE})),)
        case Quote(inner, attribution=attribution):
            return joined((*map(flattened, inner), signed(attribution)))
        case Listing(items, ordered):
            signs = (f"{number}. " if ordered else "• " for number in block.numbered)
            return joined(
                (Span(sign), *joined(map(flattened, item))) for sign, item in zip(signs, items, strict=True)
            )
        case Table(head, rows):
            return joined(cell for row in (head, *rows) for cell in row)
        case Figure(alt=alt, caption=caption):
            return caption or ((Span(alt),) if alt else ())
        case Rule():
            return ()


def joined(runs: Iterable[Spans]) -> Spans:
    """The runs that are not empty, each on a line of its own."""
    lines = (span for run in runs if run for span in (Span("\n"), *run))
    return tuple(lines)[1:]
