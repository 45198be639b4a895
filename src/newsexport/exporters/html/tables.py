"""Tables as XHTML, as wide as a page can show them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from newsexport.exporters.html.inline import BLANK, Setting, inline
from newsexport.model import Alignment, Span, Spans, Table, plain
from newsexport.text.patterns import pattern

# Letters of a piece of a word that is too long for a column. A tag is found whole, to be passed over; a
# character reference is one letter.
PIECE = 8
LETTER = re.compile(r"&[^;\s]+;|[^\s<>&]")
HYPHENATED = re.compile(r"[^-]*-+|[^-]+")
LONG_WORD = re.compile(rf"<[^>]*>|(?:{LETTER.pattern}){{{3 * PIECE},}}")

# Letters that stand side by side on a 6-inch screen, at the size that tables of many columns have, and those
# that the space between columns takes.
ROOM, GAP = 54, 2
# A word, up to where it may be broken: behind a hyphen, and in East Asian scripts behind every letter.
_EAST_ASIAN = "\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60"
EAST_ASIAN = pattern(f"[{_EAST_ASIAN}]")
WORD = pattern(rf"[{_EAST_ASIAN}]|[^\s{_EAST_ASIAN}-]+-?|-")

# More columns than this do not fit a 6-inch screen at the size of the text.
MOST_COLUMNS = 4

# The class of a column of which it is said where it stands.
SIDES = {
    Alignment.LEFT: ' class="left"',
    Alignment.CENTER: ' class="center"',
    Alignment.RIGHT: ' class="right"',
}

# Digits with the signs that stand among and around them, thousands and millions too, or a dash for nothing.
NUMERIC = pattern(
    r"\s*[-+−–~<>±]?\s*(?:[A-Z]{0,2}[$€£¥₹₽₩₺]|[A-Z]{3}(?=\s?\d))?[\d.,:/\u00a0\u202f ’']*\s*"
    r"(?:(?:(?<=\d)|(?<=\d\s))(?:k|K|m|M|bn|tn|Mio\.?|Mrd\.?|mln|mld|mio|mia|kg|t|km|m²|km²|ha|°C?|h|min)(?=[\s$€£]|$))?"
    r"\s*(?:[%‰$€£¥₹₽₩₺]|zł|kr|Kč)?[-–—]?\s*"
)


def table(block: Table, setting: Setting) -> str:
    """The table; in a book, where nothing scrolls, one too wide for a page as several, or as its rows."""
    rows = [row for row in block.rows if any(plain(cell).strip() for cell in row)]
    if not rows:
        caption = inline(block.caption, setting)
        return "" if BLANK.fullmatch(caption) else f'<p class="caption">{caption}</p>'
    width = max(map(len, (block.head, *rows)))
    padded = [(*row, *[()] * (width - len(row))) for row in rows]
    head = (*block.head, *[()] * (width - len(block.head))) if block.head else ()
    said = (*block.alignment, *[None] * (width - len(block.alignment))) if block.alignment else ()
    whole = Table(head, tuple(padded), block.caption, said)
    if setting.web:
        return f'<div class="table" tabindex="0">{_grid(whole, setting, whole)}</div>'
    groups = _groups([need(column) for column in zip(*((head, *padded) if head else padded), strict=True)])
    if len(groups) == 1:
        return _grid(whole, setting, whole)
    if len(groups) > len(rows):  # a row takes fewer lines by itself
        return _records(whole, setting)
    parts = (_part(whole, group, f"\u00a0({at}/{len(groups)})") for at, group in enumerate(groups, 1))
    heard, *silent = parts
    return "\n".join((_grid(heard, setting, whole), *(_grid(part, setting) for part in silent)))


def _grid(table: Table, setting: Setting, heard: Table | None = None) -> str:
    """A table of these columns; its rows are those of the one that is `heard`, if they follow a sound."""
    wide = len(table.rows[0]) > MOST_COLUMNS
    caption = breakable(inline(table.caption, setting).strip())
    named = _heard(heard, setting)
    setting = replace(setting, sound=None)
    kinds = [_column(table, number) for number in range(len(table.rows[0]))]
    head = f"<thead>{_row(table.head, kinds, 'th', setting)}</thead>" if table.head else ""
    rows = zip(table.rows, named or [""] * len(table.rows), strict=True)
    body = "\n".join(_row(row, kinds, "td", setting, name) for row, name in rows)
    above = f"<caption>{caption}</caption>" if caption else ""
    kind = ' class="wide"' if wide else ""
    return f"<table{kind}>{above}{head}<tbody>\n{body}\n</tbody></table>"


def _heard(table: Table | None, setting: Setting) -> list[str]:
    """The attributes of the rows of a table by which what is heard finds them; none where nothing is."""
    return setting.sound.rows(table, setting.language) if table and setting.sound else []


def _part(table: Table, group: Sequence[int], number: str) -> Table:
    """Some columns of a table, its caption saying which part of it they are."""
    caption = (*table.caption, Span(number)) if table.caption else ()
    if group[1] > 1:  # what a note says of the caption is told once
        caption = tuple(span for span in caption if not span.note)
    rows = tuple(tuple(row[column] for column in group) for row in table.rows)
    head = tuple(table.head[column] for column in group) if table.head else ()
    return Table(head, rows, caption, tuple(table.alignment[at] for at in group) if table.alignment else ())


def need(column: Iterable[Spans]) -> int:
    """Letters that a column takes at least: those of its longest word, as it can be broken."""
    words = (word for cell in column for word in WORD.findall(plain(cell)))
    return max((_letters(word) for word in words), default=0) + GAP


def _letters(word: str) -> int:
    if EAST_ASIAN.match(word):
        return 2
    return len(word) if len(word) < 3 * PIECE else PIECE


def _groups(needs: Sequence[int]) -> list[tuple[int, ...]]:
    """The columns that stand side by side, the first in every group, in groups of about one size.

    One group where all fit; the widest two columns always do.
    """
    if sum(needs) <= ROOM:
        return [tuple(range(len(needs)))]
    count = len(_filled(needs, len(needs)))
    return _filled(needs, -(-(len(needs) - 1) // count))


def _filled(needs: Sequence[int], most: int) -> list[tuple[int, ...]]:
    """Groups as full as they can be, of at most so many columns beside the first."""
    groups: list[list[int]] = [[0]]
    for column in range(1, len(needs)):
        taken = sum(needs[other] for other in groups[-1])
        if len(groups[-1]) > most or taken + needs[column] > ROOM:
            groups.append([0])
        groups[-1].append(column)
    return [tuple(group) for group in groups]


def _records(table: Table, setting: Setting) -> str:
    """Each row as a paragraph, a line for each cell behind the head of its column."""
    caption = inline(table.caption, setting).strip()
    above = [f'<p class="caption">{caption}</p>'] if caption else []
    named = _heard(table, setting) or [""] * len(table.rows)
    setting = replace(setting, sound=None)
    rows = (_record(table.head, row, setting, name) for row, name in zip(table.rows, named, strict=True))
    return "\n".join((*above, *rows))


def _record(head: Sequence[Spans], row: Sequence[Spans], setting: Setting, named: str) -> str:
    names = [inline(cell, setting).strip() for cell in head] or [""] * len(row)
    cells = [inline(cell, setting).strip() for cell in row]
    headed = zip(names, cells, strict=True)
    lines = [f"{name}: {cell}" if name else cell for name, cell in headed if cell]
    if cells[0]:
        lines[0] = f"<strong>{lines[0]}</strong>"
    return f'<p class="row"{named}>{"<br/>".join(lines)}</p>'


def _column(table: Table, number: int) -> str:
    """The class of a column: what is said of it; figures are set below each other, to be compared."""
    said = table.alignment[number] if table.alignment else None
    if said in {None, Alignment.RIGHT} and is_numeric(row[number] for row in table.rows):
        return ' class="n"'
    return SIDES[said] if said else ""


def is_numeric(column: Iterable[Spans]) -> bool:
    """Whether a column, without its head, holds figures."""
    return all(NUMERIC.fullmatch(plain(cell)) for cell in column)


def _row(cells: Sequence[Spans], kinds: list[str], tag: str, setting: Setting, named: str = "") -> str:
    told = (_cell(inline(cell, setting), kind, tag) for cell, kind in zip(cells, kinds, strict=True))
    return f"<tr{named}>{''.join(told)}</tr>"


def _cell(content: str, kind: str, tag: str) -> str:
    """A cell. A head without words is none: it would be announced as one."""
    if tag == "th" and not BLANK.fullmatch(content):
        return f'<th scope="col"{kind}>{breakable(content)}</th>'
    return f"<td{kind}>{breakable(content)}</td>"


def breakable(content: str) -> str:
    """XHTML in which no word is too long for a column; elsewhere on a page the style sheet breaks words.

    A column is as wide as its longest word, whatever a style sheet says of breaking words.
    """
    return LONG_WORD.sub(_broken, content)


def _broken(word: re.Match[str]) -> str:
    if word[0].startswith("<"):
        return word[0]
    return "<wbr/>".join(piece for part in HYPHENATED.findall(word[0]) for piece in _pieces(part))


def _pieces(part: str) -> Iterator[str]:
    """A part of a word, up to a hyphen, whole unless it is too long by itself."""
    letters = LETTER.findall(part)
    size = PIECE if len(letters) >= 3 * PIECE else len(letters)
    yield from ("".join(letters[at : at + size]) for at in range(0, len(letters), size))
