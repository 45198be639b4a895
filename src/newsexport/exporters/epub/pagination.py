"""An article as stretches of blocks, each short enough to be a file of its own.

Adobe's software, which older Kobo, PocketBook and Tolino devices are built on, slows down
or gives up on pages of more than some 300 kB; calibre splits at 260 kB.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import TypeAlias, assert_never

from newsexport.exporters.html.xhtml import label
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
    held,
    plain,
    plain_blocks,
    runs,
)
from newsexport.text.counting import count_words

# Bytes of a page. What is counted here is an estimate from above, so that a page is smaller.
MOST = 200_000

# Bytes that the element of a block, a span, a cell or an item takes at most, attributes included.
ELEMENT = 60

# Words of a page of the page list: as many as a page of a paperback has.
PAGE = 300


@dataclass(frozen=True, slots=True)
class Headline:
    """A heading of an article that can be linked to; levels begin at 2 and skip none."""

    id: str
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """The blocks of one page; by their place among them, the headings, and the pages that begin there."""

    blocks: tuple[Block, ...]
    headlines: dict[int, Headline] = field(default_factory=dict)
    breaks: dict[int, int] = field(default_factory=dict)


Sizes: TypeAlias = list[tuple[Block, int]]


@dataclass(frozen=True, slots=True)
class Measure:
    """The words of each block of a body, and whether all of it fits on one page for certain.

    `weight` is about how many bytes the article adds to a book, pictures left out.
    """

    words: tuple[int, ...]
    fits: bool
    weight: int


def measure(body: Sequence[Block], most: int = MOST) -> Measure:
    """One look at a body. Nearly every article fits, and is then not measured block by block."""
    texts = [tuple(plain_blocks((block,))) for block in body]
    found = tuple(runs(body))
    letters = sum(len(text) for block in texts for text in block)
    letters += sum(len(span.href) for run in found for span in run if span.href)
    elements = sum(map(len, found)) + len(found) + len(body)
    return Measure(
        words=tuple(sum(map(count_words, block)) for block in texts),
        fits=5 * letters + 5 * ELEMENT * elements <= most,  # five bytes is the most that a letter takes
        weight=1000 + letters + 20 * elements,
    )


def stretches(body: Sequence[Block], measured: Measure, most: int = MOST) -> tuple[PageBlocks, ...]:
    """A body in as many stretches as it needs, at least one.

    The same body gives the same stretches on every call: contents are made from them
    before the pages are.
    """
    if measured.fits:
        return (PageBlocks(tuple(body), _Headings().among(body), _Pages().among(measured.words)),)
    headings, pages = _Headings(), _Pages()
    return tuple(
        PageBlocks(blocks, headings.among(blocks), pages.among(measure(blocks).words))
        for blocks in _split(tuple(body), most)
    )


def _split(body: tuple[Block, ...], most: int) -> Iterator[tuple[Block, ...]]:
    sized: Sizes = [(block, size(block)) for block in body]
    if sum(length for _, length in sized) <= most:
        yield body
        return
    run: list[Block] = []
    filled = 0
    for block, length in _small(sized, most):
        if run and filled + length > most:
            yield tuple(run)
            run, filled = [], 0
        run.append(block)
        filled += length
    yield tuple(run)


def _small(sized: Sizes, most: int) -> Iterator[tuple[Block, int]]:
    for block, length in sized:
        if length <= most:
            yield block, length
        else:
            yield from ((piece, size(piece)) for piece in pieces(block, most // 2))


def pieces(block: Block, most: int) -> Iterator[Block]:
    """A block too large for a page as several of its kind: paragraphs at words, tables at rows."""
    match block:
        case Paragraph(spans) | Heading(spans):  # of this length it is no heading
            yield from (Paragraph(run) for run in _runs(spans, most))
        case Quote(blocks, attribution=attribution):
            *earlier, last = _split(blocks, most)
            yield from (replace(block, blocks=run, attribution=()) for run in earlier)
            yield replace(block, blocks=last, attribution=attribution)
        case Listing():
            yield from _listings(block, most)
        case Table():
            yield from _tables(block, most)
        case Code(text):
            yield from (replace(block, text=run) for run in _lines(text, most))
        case Figure(caption=caption):
            yield replace(block, caption=())
            yield from (Paragraph(run) for run in _runs(caption, most))
        case Rule():
            yield block
        case _:
            assert_never(block)


def _runs(spans: Spans, most: int) -> Iterator[Spans]:
    """Spans in runs of so many bytes; a span that is longer is cut between words."""
    run: list[Span] = []
    filled = 0
    for span in _cut(spans, most):
        length = _span_size(span)
        if run and filled + length > most:
            yield tuple(run)
            run, filled = [], 0
        run.append(span)
        filled += length
    yield tuple(run)


def _cut(spans: Spans, most: int) -> Iterator[Span]:
    """A letter takes four bytes, an escaped one five, so a fifth of the bytes is safe to take at once."""
    for span in spans:
        rest = span.text
        while len(rest) > most // 5:
            end = rest.rfind(" ", 1, most // 5) + 1 or most // 5
            yield replace(span, text=rest[:end])
            rest = rest[end:]
        yield replace(span, text=rest)


def _listings(listing: Listing, most: int) -> Iterator[Listing]:
    """Lists that count on; an item too long for a page becomes several."""
    start, run, numbers, filled = listing.start, list[tuple[Block, ...]](), list[int](), 0
    for at, item in enumerate(listing.items):
        for part in _split(item, most):
            length = sum(map(size, part))
            if run and filled + length > most:
                yield Listing(tuple(run), listing.ordered, start, tuple(numbers))
                start, run, numbers, filled = start + len(run), [], [], 0
            run.append(part)
            numbers += listing.numbers[at : at + 1]
            filled += length
    yield Listing(tuple(run), listing.ordered, start, tuple(numbers))


def _tables(table: Table, most: int) -> Iterator[Table]:
    """Tables under the same head, the first with the caption."""
    run: list[tuple[Spans, ...]] = []
    filled, caption = 0, table.caption
    for row in (short for long in table.rows for short in _rows(long, most)):
        if run and filled + _row_size(row) > most:
            yield Table(table.head, tuple(run), caption, table.alignment)
            run, filled, caption = [], 0, ()
        run.append(row)
        filled += _row_size(row)
    yield Table(table.head, tuple(run), caption, table.alignment)


def _rows(row: tuple[Spans, ...], most: int) -> Iterator[tuple[Spans, ...]]:
    """The row, or when it is too large as many rows as its largest cell needs."""
    if _row_size(row) <= most:
        yield row
    else:
        yield from zip_longest(*(_runs(cell, most // len(row)) for cell in row), fillvalue=())


def _lines(text: str, most: int) -> Iterator[str]:
    run: list[str] = []
    filled = 0
    for line in text.splitlines():
        for begin in range(0, max(len(line), 1), most // 5):
            part = line[begin : begin + most // 5]
            if run and filled + 5 * len(part) > most:
                yield "\n".join(run)
                run, filled = [], 0
            run.append(part)
            filled += 5 * len(part) + 1
    yield "\n".join(run)


def size(block: Block) -> int:
    """Bytes that a block takes on a page, estimated from above."""
    match block:
        case Table(head, rows, caption):
            return ELEMENT + _spans_size(caption) + sum(map(_row_size, (head, *rows)))
        case Code(text):
            return ELEMENT + _bytes(text.expandtabs(4))
        case Figure(alt=alt, caption=caption):
            return 4 * ELEMENT + _bytes(alt) + _spans_size(caption)
        case _:
            nested, own = held(block)
            inside = sum(ELEMENT + sum(map(size, inner)) for inner in nested)
            return ELEMENT * (1 + isinstance(block, Quote)) + inside + sum(map(_spans_size, own))


def _spans_size(spans: Spans) -> int:
    return sum(map(_span_size, spans))


def _span_size(span: Span) -> int:
    size = _bytes(span.text)
    if span.marks or span.href or span.language or span.note or span.ruby:
        # A link may become a number and a note with its address twice.
        size += 4 * ELEMENT + 3 * len(span.href or "") + _bytes(span.ruby or "")
    return size


def _row_size(cells: tuple[Spans, ...]) -> int:
    return ELEMENT + sum(ELEMENT + _spans_size(cell) for cell in cells)


def _bytes(text: str) -> int:
    """The bytes of the text, escaped: a letter of it may become five, or four in UTF-8."""
    if text.isascii():
        return len(text) + 4 * (text.count("&") + text.count("<") + text.count(">") + text.count("\n"))
    return len(text.encode("utf-8", "replace")) + 4 * (text.count("&") + text.count("<") + text.count("\n"))


class _Headings:
    """Counts the headings of an article over its stretches.

    Levels that skip are pulled up, because a reader who hears the page loses the way.
    """

    def __init__(self) -> None:
        self.level = 1
        self.count = 0

    def among(self, blocks: Iterable[Block]) -> dict[int, Headline]:
        found: dict[int, Headline] = {}
        for place, block in enumerate(blocks):
            if isinstance(block, Heading) and (title := label(plain(block.spans))):
                self.level = max(2, min(block.level, self.level + 1, 6))
                self.count += 1
                found[place] = Headline(f"h{self.count}", self.level, title)
        return found


class _Pages:
    """Counts the pages of an article by its words; the first begins with the article itself."""

    def __init__(self) -> None:
        self.page = 1
        self.words = 0

    def among(self, words: Iterable[int]) -> dict[int, int]:
        """The page that begins before a block, by the block's place, given the words of each."""
        begins: dict[int, int] = {}
        for place, count in enumerate(words):
            if self.words >= PAGE * self.page:
                self.page += 1
                begins[place] = self.page
            self.words += count
        return begins
