"""Whom a quotation is from, where its last line says so behind a dash."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from newsexport.model import Block, Paragraph, Quote, Rule, Span, Spans, plain

DASH = re.compile(r"\s*(?:[—―–]+|--+)\s*(?=[^\s—―–-])")
# A name and an office take no more; and a line that ends a sentence is what somebody says in a dialogue.
LONGEST, MOST_WORDS = 160, 20
SENTENCE = re.compile(r"(?:\S+\s+){4,}\S*[.!?…][\"'”’»)]*$|.*[!?…][\"'”’»)]*$", re.DOTALL)


def signed(attribution: Spans) -> Spans:
    """An attribution as it is printed, behind a dash; nothing where there is none."""
    return (Span("— "), *attribution) if attribution else ()


def unsigned(line: Spans) -> Spans:
    """The line without the dash it begins with and the white space around it."""
    kept = [span for span in line if span.text or span.note]
    while kept and not kept[0].note and not kept[0].text.strip(" —―–-\n"):
        kept.pop(0)
    if kept:
        dashed = DASH.match(kept[0].text)
        kept[0] = replace(kept[0], text=kept[0].text[dashed.end() if dashed else 0 :].lstrip())
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return tuple(kept)


def attributed(quote: Quote) -> Quote:
    """The quotation, whom it is from taken out of its last line where that has a dash before a name."""
    if quote.attribution or not quote.blocks or not isinstance(last := quote.blocks[-1], Paragraph):
        return quote
    before = quote.blocks[:-1]
    words, line = _last_line(last.spans)
    if not _names(line) or not (before or words) or any(map(_is_dashed, (*before, Paragraph(words)))):
        return quote
    rest = (Paragraph(words),) if words else ()
    return replace(quote, blocks=(*before, *rest), attribution=unsigned(line))


def with_signatures(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, each quotation with the lone line behind it that begins with a dash before a name."""
    row = [*blocks, Rule()]
    taken = False
    for block, after, later in zip(row, row[1:], [*row[2:], Rule()], strict=False):
        if taken:
            taken = False
        elif (
            isinstance(block, Quote)
            and not block.attribution
            and isinstance(after, Paragraph)
            and _names(after.spans)
            and not _is_dashed(later)
        ):
            yield replace(block, attribution=unsigned(after.spans))
            taken = True
        else:
            yield block


def _last_line(spans: Spans) -> tuple[Spans, Spans]:
    """What stands before the last forced line break, and what behind it."""
    for at in range(len(spans) - 1, -1, -1):
        before, broken, after = spans[at].text.rpartition("\n")
        if broken:
            head = replace(spans[at], text=before.rstrip())
            tail = replace(spans[at], text=after)
            return (
                tuple(span for span in (*spans[:at], head) if span.text or span.note),
                tuple(span for span in (tail, *spans[at + 1 :]) if span.text or span.note),
            )
    return (), spans


def _is_dashed(block: Block) -> bool:
    return isinstance(block, Paragraph) and DASH.match(plain(block.spans)) is not None


def _names(line: Spans) -> bool:
    text = plain(line).strip()
    dashed = DASH.match(text)
    if not dashed or "\n" in text or len(text) > LONGEST or len(text.split()) > MOST_WORDS:
        return False
    return not SENTENCE.match(text[dashed.end() :])
