"""Tables: drawn and folded to the window on a terminal, aligned columns of text elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from newsexport.cli.console import printable

Row: TypeAlias = Sequence[object]


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name; `right` for figures, `flexible` for the one that gives way when it is narrow."""

    title: str
    right: bool = False
    flexible: bool = False


def tabulated(columns: Sequence[Column], rows: Iterable[Row], footer: Row = (), *, terminal: bool) -> str:
    """The table as text without a last newline; `footer` is one more row, set apart."""
    cells = [[printable(str(cell)) for cell in row] for row in rows]
    feet = [printable(str(cell)) for cell in footer]
    return _drawn(columns, cells, feet) if terminal else _aligned(columns, cells, feet)


def _aligned(columns: Sequence[Column], rows: list[list[str]], feet: list[str]) -> str:
    from rich.cells import cell_len  # noqa: PLC0415 - only tables need rich

    every = [[column.title for column in columns], *rows, *([feet] if feet else [])]
    widths = [max(map(cell_len, cells)) for cells in zip(*every, strict=True)]

    def line(cells: Sequence[str]) -> str:
        padded = [
            " " * (width - cell_len(cell)) + cell if column.right else cell + " " * (width - cell_len(cell))
            for column, cell, width in zip(columns, cells, widths, strict=True)
        ]
        return "  ".join(padded).rstrip()

    return "\n".join(line(cells) for cells in every)


def _drawn(columns: Sequence[Column], rows: list[list[str]], feet: list[str]) -> str:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - only terminals need these
    from rich.console import Console  # noqa: PLC0415 - only terminals need it
    from rich.table import Table  # noqa: PLC0415 - only terminals need it
    from rich.text import Text  # noqa: PLC0415 - only terminals need it

    # Lines between columns would take the room that titles need in a window of eighty.
    table = Table(show_footer=bool(feet), box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for index, column in enumerate(columns):
        table.add_column(
            column.title,
            footer=Text(feet[index]) if feet else "",
            justify="right" if column.right else "left",
            no_wrap=not column.flexible,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*map(Text, row))  # as Text, so that no cell is read as markup
    console = Console()
    with console.capture() as capture:
        console.print(table)
    return capture.get().rstrip("\n")
