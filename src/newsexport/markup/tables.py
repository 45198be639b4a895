"""Tables to rectangular grids of cells."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from newsexport.events import Cause, omit
from newsexport.markup.parsing import Element
from newsexport.model import Block, Code, Figure, Listing, Mark, Quote, Span, Spans, Table, held
from newsexport.text.attribution import signed

# Blocks where there is only room for a run of text: in cells, captions and headings.


def flattened(block: Block) -> Spans:
    """The text of a block as one run: its parts are lines."""
    match block:
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
        case _:
            nested, own = held(block)
            return joined((*map(flattened, chain.from_iterable(nested)), *own))


def joined(runs: Iterable[Spans]) -> Spans:
    """The runs that are not empty, each on a line of its own."""
    lines = (span for run in runs if run for span in (Span("\n"), *run))
    return tuple(lines)[1:]


WIDEST, LONGEST = 100, 5000

Row = list[Element | None]


def grid(table: Element) -> tuple[list[Row], list[Row], Element | None]:
    """The head (one row or none), the rows, and the caption of a table.

    A cell that spans several places stands in the first; the others are empty. Rows of
    tables inside cells are not among them.
    """
    trs = [tr for tr in table.iter("tr") if next(tr.iterancestors("table"), None) is table]
    omit(f"beyond the {LONGEST} of one table that are taken", Cause.LIMIT, "row", len(trs) - LONGEST)
    trs = trs[:LONGEST]
    rows = _placed(trs)
    columns = max(map(len, rows), default=0)
    omit(f"beyond the {WIDEST} of one table that are taken", Cause.LIMIT, "column", columns - WIDEST)
    width = min(WIDEST, columns)
    rows = [(row + [None] * width)[:width] for row in rows]
    has_head = bool(trs) and _is_head(trs[0])
    captions = [each for each in table.iter("caption") if each.getparent() is table]
    return rows[: int(has_head)], rows[int(has_head) :], captions[0] if captions else None


def _is_head(tr: Element) -> bool:
    cells = [cell for cell in tr if cell.tag in {"td", "th"}]
    parent = tr.getparent()
    in_head = parent is not None and parent.tag == "thead"
    return bool(cells) and (in_head or all(cell.tag == "th" for cell in cells))


def _placed(trs: list[Element]) -> list[Row]:
    rows: list[Row] = []
    below: dict[int, int] = {}  # column: rows that a cell above still reaches into
    for tr in trs:
        row: Row = []
        for cell in tr:
            if cell.tag not in {"td", "th"}:
                continue
            while below.get(len(row), 0) > 0:
                below[len(row)] -= 1
                row.append(None)
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            for column in range(len(row), len(row) + wide):
                below[column] = high - 1
            row += [cell] + [None] * (wide - 1)
        while below.get(len(row), 0) > 0:
            below[len(row)] -= 1
            row.append(None)
        rows.append(row)
    return rows


def _span(cell: Element, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return min(max(int(value), 1), WIDEST) if value.isascii() and value.isdigit() and len(value) < 6 else 1
