"""Tables to rectangular grids of cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain, takewhile

from newsexport.events import Cause, omit
from newsexport.markup.parsing import Element
from newsexport.model import Alignment, Block, Code, Figure, Listing, Mark, Quote, Span, Spans, Table, held
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


ALIGNED = re.compile(r"(?i)(?:^|[;\s])text-align\s*:\s*([a-z-]+)")


def alignment(rows: Sequence[Row]) -> tuple[Alignment | None, ...]:
    """Which columns stand in the middle or at the right, as every cell of theirs says; empty where none does.

    That one stands at the left goes without saying, and is said of figures by many who mean nothing by it.
    """
    columns = ([cell for cell in column if cell is not None] for column in zip(*rows, strict=True))
    found = tuple(map(_of_column, columns))
    return found if any(found) else ()


def _of_column(cells: Sequence[Element]) -> Alignment | None:
    said = {_said_of(cell) for cell in cells if "".join(cell.itertext()).strip()}
    return said.pop() if len(said) == 1 else None


def _said_of(cell: Element) -> Alignment | None:
    """What a cell says, or its row, or the rows around that."""
    around = takewhile(lambda element: element.tag != "table", cell.iterancestors())
    for element in (cell, *around):
        found = ALIGNED.search(element.get("style") or "")
        told = (found[1] if found else element.get("align") or "").strip().lower()
        if told:
            return Alignment(told) if told in {"center", "right"} else None
    return None


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
