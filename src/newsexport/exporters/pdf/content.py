"""Articles as the values of JSON that the template sets, so that nothing they say is ever read as markup.

A run of text is a list: of strings where nothing is special, else of objects with ``t`` (text), ``m``
(marks), ``l`` and ``d`` (language and direction where they change), ``r`` (reading), ``u`` (address),
``a`` (article of this edition) and ``n`` (note, with its blocks under ``b`` where it is first called). A
block is an object whose ``k`` says what it is. In a text, U+200B is where a line may end without a hyphen.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, TypeAlias, assert_never

from newsexport.exporters.html.inline import Links
from newsexport.exporters.html.tables import is_numeric, need
from newsexport.exporters.html.xhtml import address, is_seen, legal
from newsexport.model import (
    Block,
    Code,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
    plain,
)
from newsexport.text.addresses import same_story_key
from newsexport.text.attribution import signed
from newsexport.text.languages import is_within, language_tag, primary
from newsexport.text.wording import direction

Value: TypeAlias = dict[str, Any]
Run: TypeAlias = list[Any]

# Quotations and lists that are indented further; what is deeper has no room for words. What is deeper still
# stands as paragraphs, because the compiler bounds how often functions call each other.
DEEP, DEEPEST = 3, 8

# Lines of a table that stand on one page, those of a row that is better set across the page, and letters that
# the space between columns takes.
TALLEST, CRAMPED, GAP = 20, 2, 2
# Letters of a cell that names its row.
NAME = 80

# Words that no column may be too narrow for, and how they are cut: letters that stand for themselves whatever
# is beside them; of those that join, longer pieces of longer words. Words of plain letters are hyphenated.
PIECE = "\u200b"
LONG = re.compile(r"[!-\u058f\u1e00-\u1fff\u2010-\u206f]{23,}|[\u0600-\u06ff]{40,}")
HYPHENATED = re.compile(r"[^\W\d_]{1,45}[.,;:!?\"'”’»)]*")
CUT = re.compile(r"[^/.\-_?&=:,+#%@]{1,9}[/.\-_?&=:,+#%@]*|[/.\-_?&=:,+#%@]{1,9}")
JOINED = re.compile(r".{1,16}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it lies beside the template: its file, and its size in pixels."""

    file: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Composition:
    """What surrounds the blocks of article `number`.

    `places` gives the number of another article of the edition by its address; `notes` the blocks of
    its own notes, `called` which of them, and which addresses, were called so far. A table takes at most
    `room` letters beside each other in a column, `wide` across the page. `picture` stands for a picture
    nobody described; `shown` are those that were set.
    """

    number: int
    language: str
    pictures: Mapping[str, Picture]
    places: Mapping[str, int]
    picture: str
    notes: Mapping[str, tuple[Block, ...]]
    links: Links
    room: int
    wide: int
    called: dict[str, int] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    depth: int = 0

    @property
    def inside(self) -> Composition:
        """One quotation or list further in."""
        return replace(self, depth=self.depth + 1)


def blocks(several: Iterable[Block], around: Composition) -> list[Value]:
    """Blocks, without those that would show nothing."""
    return [value for block in several for value in _block(block, around)]


def _block(block: Block, around: Composition) -> Iterable[Value]:  # noqa: PLR0911 - one a kind of block
    match block:
        case Paragraph(spans):
            return _texted("p", spans, around)
        case Heading(spans, level):
            kind = "subhead" if around.depth else "h"
            read = tuple(_read_beside(span) for span in spans)
            return ({**value, "level": level} for value in _texted(kind, read, around))
        case Quote():
            return _quote(block, around)
        case Listing():
            return _listing(block, around)
        case Figure():
            return figure(block, around)
        case Table():
            return _table(block, around)
        case Code(text):
            return _code(text)
        case Rule():
            return [{"k": "rule"}]
        case _:
            assert_never(block)


def _texted(kind: str, spans: Spans, around: Composition) -> list[Value]:
    run = inline(spans, around)
    return [{"k": kind, "s": run}] if run else []


def _read_beside(span: Span) -> Span:
    """A heading's title is plain text: a reading stands in parentheses behind what it is of."""
    return replace(span, text=f"{span.text}（{span.ruby}）", ruby=None) if span.ruby else span


def _quote(quote: Quote, around: Composition) -> list[Value]:
    inner = blocks(quote.blocks, around.inside)
    if not inner:
        return _texted("p", quote.attribution, around)
    by = inline(signed(quote.attribution), around)
    if around.depth >= DEEP:
        return [*inner, *([{"k": "p", "s": by}] if by else [])]
    return [{"k": "pulled" if quote.pulled else "quote", "b": inner, "by": by}]


def _listing(listing: Listing, around: Composition) -> list[Value]:
    told = [
        (number, inner)
        for number, item in zip(listing.numbered, listing.items, strict=True)
        if (inner := blocks(item, around.inside))
    ]
    if around.depth >= DEEPEST:
        marks = [f"{number}. " if listing.ordered else "• " for number, _ in told]
        return [block for mark, (_, inner) in zip(marks, told, strict=True) for block in _marked(mark, inner)]
    if not told:
        return []
    return [
        {
            "k": "list",
            "numbers": [number for number, _ in told] if listing.ordered else [],
            "items": [inner for _, inner in told],
            "deep": around.depth >= DEEP,
            "airy": any(len(inner) > 1 and inner[1]["k"] != "list" for _, inner in told),
        }
    ]


def _marked(mark: str, blocks: list[Value]) -> list[Value]:
    first, *others = blocks
    return [{**first, "s": [mark, *first["s"]]}, *others] if first["k"] == "p" else blocks


def figure(block: Figure, around: Composition) -> list[Value]:
    """The picture and its caption; of a picture that is lost the caption alone."""
    picture = around.pictures.get(block.media)
    caption = inline(block.caption, around)
    if picture is None:
        return [{"k": "caption", "s": caption}] if caption else []
    around.shown.append(block.media)
    alt = " ".join(legal(block.alt).split()) or around.picture
    size = {"w": picture.width, "h": picture.height}
    return [{"k": "figure", "file": picture.file, "alt": alt, "s": caption, **size}]


def _table(table: Table, around: Composition) -> list[Value]:
    """The table in its column, across the page, or as its rows where it would be wider than the page."""
    rows = [row for row in table.rows if any(map(inline_seen, row))]
    caption = inline(table.caption, around)
    if not rows:
        return [{"k": "caption", "s": caption}] if caption else []
    width = max(map(len, (table.head, *rows)))
    every = [(*row, *[()] * (width - len(row))) for row in ((table.head, *rows) if table.head else rows)]
    needed = sum(need(column) for column in zip(*every, strict=True))
    head = [inline(cell, around) for cell in every[0]] if table.head else []
    body = every[1:] if table.head else every
    cells = [[inline(cell, around) for cell in row] for row in body]
    shares = [_share(column) for column in zip(*every, strict=True)]
    fits = needed <= around.room or width == 1
    if fits and not around.depth and max(_lines(row, shares, around.room) for row in body) > CRAMPED:
        fits = around.wide == around.room
    room = around.room if fits else around.wide
    lines = [_lines(row, shares, room) for row in body]
    if (not fits and (needed > around.wide or around.depth)) or max(lines) > TALLEST:
        return [*([{"k": "caption", "s": caption}] if caption else []), *_records(head, cells)]
    columns = [
        {"numeric": is_numeric(column), "share": share, "side": side or ""}
        for column, share, side in zip(
            zip(*body, strict=True), shares, table.alignment or [None] * width, strict=False
        )
    ]
    narrow = sum(_longest(column) for column in zip(*every, strict=True)) <= room
    form = {"k": "table", "head": head, "columns": columns, "narrow": narrow, "wide": not fits}
    several = _parted(cells, lines)
    return [{**form, "rows": part, "s": [] if at else caption} for at, part in enumerate(several)]


def _lines(row: Sequence[Spans], shares: Sequence[float], room: int) -> int:
    """Lines that a row of a table takes, about."""
    widths = (max(1.0, share / sum(shares) * room - GAP) for share in shares)
    return max(math.ceil(len(plain(cell)) / width) for cell, width in zip(row, widths, strict=True))


def _parted(rows: Sequence[list[Run]], lines: Sequence[int]) -> list[list[list[Run]]]:
    """The rows in parts that each stand on a page as a whole."""
    parts: list[list[list[Run]]] = [[]]
    filled = 0
    for row, tall in zip(rows, lines, strict=True):
        if parts[-1] and filled + tall > TALLEST:
            parts.append([])
            filled = 0
        parts[-1].append(row)
        filled += max(1, tall)
    return parts


def _longest(column: Iterable[Spans]) -> int:
    return max(len(plain(cell)) for cell in column)


def _share(column: Sequence[Spans]) -> float:
    """How much of the width of a table a column gets whose text is broken: less than in proportion to it."""
    return round(max(need(column), math.pow(_longest(column), 0.6)), 2)


def _records(head: list[Run], rows: list[list[Run]]) -> Iterator[Value]:
    """Each row as a paragraph, a line for each cell behind the head of its column."""
    for row in rows:
        lines = [
            [*([*name, ": "] if name else []), *cell]
            for name, cell in zip(head or [[]] * len(row), row, strict=True)
            if cell
        ]
        named = len(row[0]) <= 2 and sum(len(one) for one in row[0] if isinstance(one, str)) <= NAME
        yield {"k": "record", "lines": lines, "named": named}


def _code(text: str) -> list[Value]:
    lines = legal(text).expandtabs(4).strip("\n").split("\n")
    return [{"k": "code", "lines": [broken(line) for line in lines]}] if any(map(str.strip, lines)) else []


def inline_seen(spans: Spans) -> bool:
    """Whether anything of a run can be seen, or calls a note."""
    return any(span.note or is_seen(span.text) for span in spans)


def inline(spans: Spans, around: Composition) -> Run:
    """A run of text; nothing where nothing of it can be seen."""
    if not inline_seen(spans):
        return []
    run: Run = []
    for href, linked in groupby(spans, lambda span: span.href):
        run += _linked(href, tuple(linked), around)
    return run


def _linked(href: str | None, spans: Spans, around: Composition) -> Iterator[Any]:
    there = around.places.get(same_story_key(href)) if href and around.places else None
    target = address(href) if href and there is None else None
    leads: Value = {}
    if there is not None:
        leads = {"a": there}
    elif target and around.links is Links.INLINE:
        leads = {"u": target}
    seen = False
    for span in spans:
        yield from _span(span, around, leads)
        seen = seen or is_seen(span.text)
    if target and seen and around.links is Links.NOTES:
        yield _call(target, [{"k": "p", "s": [{"t": broken(target), "u": target}]}], around)


def _span(span: Span, around: Composition, leads: Value) -> Iterator[Any]:
    text = broken(legal(span.text))
    special: Value = dict(leads)
    if span.marks:
        special["m"] = sorted(span.marks)
    if span.language:
        special |= spoken(language_tag(span.language, around.language), around.language)
    if span.ruby and text.strip():
        special["r"] = legal(span.ruby)
    if text:
        yield {"t": text, **special} if special else text
    if span.note in around.notes:
        yield _call(span.note, None, around)


def _call(key: str | None, written: list[Value] | None, around: Composition) -> Value:
    """A call of a note; the first one brings what the note says, which may call further ones."""
    name = key or ""
    if name in around.called:
        return {"n": f"{around.number}-{around.called[name]}"}
    around.called[name] = len(around.called) + 1
    place = f"{around.number}-{around.called[name]}"
    told = blocks(around.notes[name], around.inside) if written is None else written
    return {"n": place, "b": told or [{"k": "p", "s": ["–"]}]}


def spoken(tag: str, around: str) -> Value:
    """The language of a text as the template takes it, where it is another than that around it."""
    if is_within(tag, around):
        return {}
    return language(tag)


def language(tag: str) -> Value:
    """A language as the template takes it: its primary subtag, region, direction, and how Han is drawn."""
    subtags = tag.lower().split("-")
    region = next((one.upper() for one in subtags[1:] if len(one) == 2), None)
    han = "jp" if subtags[0] == "ja" else "sc"
    if subtags[0] == "yue" or (subtags[0] == "zh" and {"hant", "tw", "hk", "mo"} & set(subtags)):
        han = "tc"
    return {"l": primary(tag), "g": region, "d": direction(tag), "han": han}


def broken(text: str) -> str:
    """The text with places to end a line at in whatever is too long for one and cannot be hyphenated."""
    return LONG.sub(_cut, text) if len(text) > 22 else text


def _cut(word: re.Match[str]) -> str:
    if HYPHENATED.fullmatch(word[0]):
        return word[0]
    return PIECE.join((JOINED if "\u0600" <= word[0][0] <= "\u06ff" else CUT).findall(word[0]))
