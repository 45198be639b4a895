"""Lines of a text: put together, indented, and those of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from newsexport.model import Alignment
from newsexport.text.counting import columns
from newsexport.text.plaintext import wrap

Lines: TypeAlias = list[str]

GAP = "  "
# The narrowest column that still holds a readable word.
COLUMN = 8

NUMBER = re.compile(r"[^\w\s]?\s?\d[\d\s.,:%'’–-]*\s?[^\W\d]{0,3}|[–—-]?")


def underlined(text: str, stroke: str, width: int) -> Lines:
    """The text with a stroke below it, as long as its longest line."""
    lines = wrap(text, width)
    return [*lines, stroke * min(width, max((columns(line) for line in lines), default=0))]


def indented(lines: Iterable[str], indent: str, first: str | None = None) -> Lines:
    """The lines behind an indent; the first behind `first`, a bullet for instance."""
    heads = [indent if first is None else first]
    return [((heads.pop() if heads else indent) + line).rstrip() for line in lines]


def apart(groups: Iterable[Lines]) -> Lines:
    """The groups that are not empty, with a blank line between each two."""
    lines: Lines = []
    for group in groups:
        if group and lines:
            lines.append("")
        lines.extend(group)
    return lines


def tabled(
    head: list[str], rows: list[list[str]], width: int, alignment: Sequence[Alignment | None] = ()
) -> list[Lines]:
    """A table as a grid, or as a group of lines a row where it is too wide for one."""
    number = max((len(row) for row in (head, *rows)), default=0)
    for row in (head, *rows) if head else rows:
        row.extend([""] * (number - len(row)))
    if not number:
        return []
    room = width - len(GAP) * (number - 1)
    if room < COLUMN * number:
        return [_record(head, row, width) for row in rows]
    return [_grid(head, rows, room, [*alignment, *[None] * (number - len(alignment))])]


def _grid(
    head: Sequence[str], rows: Sequence[Sequence[str]], room: int, said: Sequence[Alignment | None]
) -> Lines:
    every = [head, *rows] if head else list(rows)
    widths = _share(
        [max(1, *(_widest(cell) for cell in column)) for column in zip(*every, strict=True)], room
    )
    figures = [all(map(NUMBER.fullmatch, column)) for column in zip(*rows, strict=True)] or [False] * len(
        widths
    )
    sides = [
        side or (Alignment.RIGHT if of_figures else Alignment.LEFT)
        for side, of_figures in zip(said, figures, strict=True)
    ]
    lines = _row(head, widths, sides) if head else []
    if head:
        lines.append(GAP.join("-" * width for width in widths))
    for row in rows:
        lines.extend(_row(row, widths, sides))
    return lines


def _widest(cell: str) -> int:
    return max(columns(line) for line in cell.split("\n"))


def _share(wanted: Sequence[int], room: int) -> list[int]:
    """Widths that fit the room: narrow columns get what they want, wide ones share the rest."""
    widths = list(wanted)
    while sum(widths) > room:
        widths[widths.index(max(widths))] -= 1
    return widths


def _row(cells: Sequence[str], widths: Sequence[int], sides: Sequence[Alignment]) -> Lines:
    wrapped = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    height = max(1, *(len(lines) for lines in wrapped))
    return [
        GAP.join(
            _padded(lines[index] if index < len(lines) else "", width, side)
            for lines, width, side in zip(wrapped, widths, sides, strict=True)
        ).rstrip()
        for index in range(height)
    ]


def _padded(text: str, width: int, side: Alignment) -> str:
    room = width - columns(text)
    before = {Alignment.LEFT: 0, Alignment.CENTER: room // 2, Alignment.RIGHT: room}[side]
    return " " * before + text + " " * (room - before)


def _record(head: Sequence[str], row: Sequence[str], width: int) -> Lines:
    """A row of a table too wide for the page: one line a cell, named by its column."""
    names = head or [""] * len(row)
    cells = [f"{name}: {cell}" if name else cell for name, cell in zip(names, row, strict=True) if cell]
    return [line for cell in cells for line in indented(wrap(cell, width - 2), GAP, "")]
