"""Tables in plain text: cells divided by bars or tabs, or columns that stand below each other."""

from __future__ import annotations

import re
from collections.abc import Sequence

Row = tuple[str, ...]

# Programs draw frames of such signs; a bar in them is a bar.
BARS = str.maketrans("│┃║", "|||")
BORDER = re.compile(r"(?=.*[-=─━═]{2})[+|┌┬┐├┼┤└┴┘┏┳┓┡╇┩╞╪╡╔╦╗╠╬╣╚╩╝:=─━═\s-]+")
GAP = re.compile(r"\s{2,}")
# So many lines with a gap at the same place are columns and no chance.
ALIGNED = 3


def table(lines: Sequence[str]) -> tuple[Row, tuple[Row, ...]] | None:
    """The head, empty where there is none, and the rows of lines that are a table; None for others."""
    lines = [line.translate(BARS) for line in lines]
    borders = [at for at, line in enumerate(lines) if BORDER.fullmatch(line)]
    told = [line for at, line in enumerate(lines) if at not in borders]
    if len(lines) < 2 or not told:
        return None
    rows = _divided(told) or _below_each_other(told, ruled=len(borders) == 1 and borders[0] == 1)
    if rows is None:
        return None
    headed = (
        len(rows) > 1 and (1 in borders[:1] or (borders[:2] == [0, 2])) and not _between_all(borders, lines)
    )
    return (rows[0], rows[1:]) if headed or _is_head(rows) else ((), rows)


def _divided(lines: Sequence[str]) -> tuple[Row, ...] | None:
    """The cells of lines with equally many bars or tabs."""
    sign = "|" if all("|" in line for line in lines) else "\t"
    rows = tuple(
        tuple(cell.strip() for cell in line.strip("|" if sign == "|" else "").split(sign)) for line in lines
    )
    return rows if len(rows[0]) > 1 and len({len(row) for row in rows}) == 1 else None


def _below_each_other(lines: Sequence[str], *, ruled: bool) -> tuple[Row, ...] | None:
    """The cells of lines that have gaps of two spaces and more at the same places."""
    rows = tuple(tuple(GAP.split(line)) for line in lines)
    if len(rows) < (2 if ruled else ALIGNED) or len(rows[0]) < 2 or len({len(row) for row in rows}) > 1:
        return None
    gaps = [[found.span() for found in GAP.finditer(line)] for line in lines]
    together = all(
        max(start for start, _ in at) < min(end for _, end in at) for at in zip(*gaps, strict=True)
    )
    return rows if together else None


def _between_all(borders: Sequence[int], lines: Sequence[str]) -> bool:
    """Whether there is a border around each row, so that none of them tells the head; one of ``=`` does."""
    inner = [lines[at] for at in borders if 0 < at < len(lines) - 1]
    return (
        len(inner) > 1 and len(borders) * 2 >= len(lines) and not any(set("=═") & set(line) for line in inner)
    )


def _is_head(rows: Sequence[Row]) -> bool:
    """A first row without any figures above rows that have some."""
    figures = [any(character.isdecimal() for cell in row for character in cell) for row in rows]
    return not figures[0] and all(figures[1:])
