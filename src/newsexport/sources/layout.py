"""The layout of plain text: what lines, blank lines and leading signs stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from newsexport.model import Block, Heading, Listing, Paragraph, Quote, Rule, Span, Spans, Table, plain
from newsexport.sources.bylines import byline, shortened
from newsexport.sources.columns import Row, table
from newsexport.sources.wrapping import NARROW, WIDEST, Wrapping
from newsexport.text.attribution import attributed
from newsexport.text.boilerplate import ADDRESS, credit, is_boilerplate
from newsexport.text.counting import count_words, extent

LONGEST_HEADLINE = 300

RULE = re.compile(r"([*_=#~—–-])(?:\s*\1){2,}")
UNDERLINE = re.compile(r"={3,}|-{3,}")
BULLET = re.compile(r"[-*•‣◦·]\s+(?P<text>\S.*)")
NUMBER = re.compile(r"(?P<number>\d{1,3})[.)]\s+(?P<text>\S.*)")
ENDING = re.compile(r"[.!?…:;,。！？]['\"”’»)\]]*$")

Lines = list[str]


def headline(text: str) -> tuple[str, str]:
    """The headline a text begins with, and the rest.

    A first paragraph too long for a headline stays in the body, and the headline is
    then its first words.
    """
    lines = text.strip("\n").split("\n")
    wrapping = Wrapping.of(lines)
    first = lines[0].strip()
    taken = 1
    while taken < len(lines) and lines[taken].strip() and wrapping.continues(lines[taken - 1], lines[taken]):
        first = wrapping.joined(first, lines[taken].strip())
        taken += 1
    if len(first) > LONGEST_HEADLINE:
        return shortened(first), text
    if taken < len(lines) and UNDERLINE.fullmatch(lines[taken].strip()):
        taken += 1
    return first.removeprefix("# ").strip(), "\n".join(lines[taken:])


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text."""
    lines = text.split("\n")
    wrapping = Wrapping.of(lines)
    filled = [list(group) for full, group in groupby(lines, lambda line: bool(line.strip())) if full]
    groups = [part for group in filled for part in _indented_apart(group, wrapping)]
    found = [
        block
        for group in _joined_lists(groups)
        for part in _quoted_apart(group)
        for block in _group(part, wrapping, apart=len(groups) > 1)
    ]
    return tuple(_with_headings(found))


def linked(text: str) -> Spans:
    """The text with the addresses in it as links."""
    spans: list[Span] = []
    end = 0
    for match in ADDRESS.finditer(text):
        address = match[0].rstrip(".,;:!?'’»”")
        if address.endswith(")") and "(" not in address:
            address = address.rstrip(").,;:!?")
        if match.start() > end:
            spans.append(Span(text[end : match.start()]))
        end = match.start() + len(address)
        spans.append(Span(address, href=address))
    if end < len(text):
        spans.append(Span(text[end:]))
    return tuple(spans)


def _linked_cells(row: Row) -> tuple[Spans, ...]:
    return tuple(map(linked, row))


def _joined_lists(groups: list[Lines]) -> Iterator[Lines]:
    """Groups, with lists whose items are set apart by blank lines put together again."""
    pending: Lines = []
    for group in groups:
        stripped = [line.strip() for line in group]
        if pending and _sign(pending[0]) and _sign(pending[0]) == _sign(stripped[0]):
            pending += stripped
            continue
        if pending:
            yield pending
        pending = stripped
    if pending:
        yield pending


def _indented_apart(group: Lines, wrapping: Wrapping) -> Iterator[Lines]:
    """Lines as they stand, or the paragraphs among them, where each begins with an indented line."""
    indents = [len(line) - len(line.lstrip()) for line in group]
    starts = [at for at, indent in enumerate(indents) if indent]
    ended = all(not wrapping.continues(group[at - 1], group[at]) for at in starts[1:])
    if wrapping.width <= NARROW or starts[:1] != [0] or set(indents) != {0, indents[0]} or not ended:
        yield group
        return
    for start, end in zip(starts, [*starts[1:], len(group)], strict=True):
        yield group[start:end]


def _quoted_apart(group: Lines) -> Iterator[Lines]:
    """Lines as they stand, or in turns what is quoted and what is not, where a quotation is announced.

    A lone line may begin with ``>`` because a wrapped sentence has the sign.
    """
    turns = [list(lines) for _, lines in groupby(group, lambda line: line.startswith(">"))]
    if len(turns) == 1 or not any(
        turn[0].startswith(">") and (len(turn) > 1 or before[-1].endswith(":"))
        for before, turn in zip([[""], *turns], turns, strict=False)
    ):
        yield group
    else:
        yield from turns


def _sign(line: str) -> str:
    """What kind of item a line begins, if any."""
    if BULLET.fullmatch(line):
        return line[0]
    return "1" if NUMBER.fullmatch(line) else ""


def _group(lines: Lines, wrapping: Wrapping, *, apart: bool) -> Iterator[Block]:
    """The blocks of lines without a blank one between them."""
    if len(lines) == 1 and RULE.fullmatch(lines[0]):
        yield Rule()
    elif len(lines) == 2 and UNDERLINE.fullmatch(lines[1]) and len(lines[0]) <= WIDEST:
        yield Heading(linked(lines[0]), 2 if lines[1][0] == "=" else 3)
    elif all(line.startswith(">") for line in lines):
        inside = "\n".join(line.lstrip("> ") for line in lines)
        yield attributed(Quote(tuple(_paragraphs(inside.split("\n"), wrapping, apart=apart))))
    elif found := table(lines):
        head, rows = found
        yield Table(_linked_cells(head), tuple(map(_linked_cells, rows)))
    elif (start := next((at for at, line in enumerate(lines) if _sign(line)), None)) is not None and (
        listing := _listing(lines[start:], wrapping)
    ):
        yield from _paragraphs(lines[:start], wrapping, apart=apart)
        yield listing
    else:
        yield from _paragraphs(lines, wrapping, apart=apart)


def _paragraphs(lines: Lines, wrapping: Wrapping, *, apart: bool) -> Iterator[Paragraph]:
    """Lines as running text: wrapped lines are joined, other line ends are meant.

    Where blank lines set paragraphs apart, and lines are short, a line end is a line
    break (a poem, an address); elsewhere every unwrapped line is a paragraph.
    """
    breaks = apart and all(len(line) <= WIDEST for line in lines)
    run = ""
    for before, line in zip(["", *lines], lines, strict=False):
        if not run:
            run = line
        elif wrapping.continues(before, line):
            run = wrapping.joined(run, line)
        elif breaks:
            run += "\n" + line
        else:
            yield Paragraph(linked(run))
            run = line
    if run:
        yield Paragraph(linked(run))


def _listing(lines: Lines, wrapping: Wrapping) -> Listing | None:
    """At least two items of one kind; numbers must count on, so "1. FC Oldhaven won" is a sentence."""
    sign = _sign(lines[0])
    items: list[str] = []
    numbers: list[int] = []
    for line in lines:
        item = (NUMBER if sign == "1" else BULLET).fullmatch(line)
        if item is None:
            items[-1] = wrapping.joined(items[-1], line)
        else:
            items.append(item["text"])
            numbers.append(int(item["number"]) if sign == "1" else 1)
    ordered = sign == "1"
    if len(items) < 2 or (ordered and numbers != list(range(numbers[0], numbers[0] + len(items)))):
        return None
    return Listing(tuple((Paragraph(linked(item)),) for item in items), ordered, numbers[0])


def _with_headings(found: Sequence[Block]) -> Iterator[Block]:
    for at, block in enumerate(found):
        before = found[at - 1] if at else None
        after = found[at + 1] if at + 1 < len(found) else None
        yield Heading(block.spans) if isinstance(block, Paragraph) and _heads(block, before, after) else block


def _heads(block: Paragraph, before: Block | None, after: Block | None) -> bool:
    """Whether a short paragraph is a heading: prose above it, something longer below it, no full stop."""
    text = plain(block.spans)
    if not before or not after or extent(text) > 60 or count_words(text) > 9 or "\n" in text:
        return False
    if ENDING.search(text) or not text[0].isalnum() or any(span.href for span in block.spans):
        return False
    if is_boilerplate(text) or credit(text) is not None or byline(text):
        return False
    above = not isinstance(before, Paragraph) or extent(plain(before.spans)) >= 80
    below = isinstance(after, Listing | Quote | Table) or (
        isinstance(after, Paragraph) and extent(plain(after.spans)) >= 80
    )
    return above and below
