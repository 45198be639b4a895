"""What somebody marked in an article: each passage a note, called where the passage ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from newsexport.events import Cause, omit
from newsexport.model import (
    Article,
    Block,
    Note,
    Paragraph,
    Quote,
    Span,
    Spans,
    called_notes,
    plain,
    plain_blocks,
    respanned,
)
from newsexport.protocols import Entry, Item

PASSAGES = ("quote", "highlight", "passage", "content")

LONGEST = 4000  # characters of a passage that are looked for
MOST = 1000
COLUMN = re.compile(r"(?s)(.*?)(?:\nNote:(.*))?")
ASIDE = re.compile(r"#{1,6}(?:\s|$)|(?:-{3,}|\*{3,})\s*$|\[\s*⤴")


@dataclass(frozen=True, slots=True)
class Highlight:
    """A passage, and what somebody said of it; one of the two may be empty."""

    passage: str
    remark: str = ""


def from_markdown(text: str) -> tuple[Highlight, ...]:
    """The highlights in a file of quotations, each with the remark below it."""
    found: list[tuple[list[str], list[str]]] = []
    before = ""
    for line in (each.strip() for each in text.splitlines()):
        if line.startswith(">"):
            if not before.startswith(">"):
                found.append(([], []))
            found[-1][0].append(line.lstrip("> ").strip())
        elif line and not ASIDE.match(line):
            if not found:
                found.append(([], []))
            found[-1][1].append(line)
        before = line
    told = (Highlight("\n".join(passage).strip(), "\n".join(remark)) for passage, remark in found)
    return tuple(each for each in told if each.passage or each.remark)


def from_records(value: Any) -> tuple[Highlight, ...]:
    """The highlights in a list of objects, as exports in JSON have them, or in Raindrop's column."""
    if isinstance(value, str):
        found = (COLUMN.fullmatch(each.strip()) for each in f"\n{value}".split("\nHighlight:"))
        told = (Highlight(each[1].strip(), (each[2] or "").strip()) for each in found if each)
        return tuple(each for each in told if each.passage)
    return tuple(_records(value)) if isinstance(value, list) else ()


def _records(records: Iterable[Any]) -> Iterator[Highlight]:
    for record in records:
        if not isinstance(record, Mapping):
            continue
        passage = next((record[name] for name in PASSAGES if record.get(name)), "")
        remark = next(
            (record[name] for name in ("note", "annotation", "comment", "remark") if record.get(name)), ""
        )
        said = record.get("text")
        if isinstance(said, str) and said:
            passage, remark = (passage, remark or said) if passage else (said, remark)
        if isinstance(passage, str) and isinstance(remark, str) and (passage or remark):
            yield Highlight(passage.strip(), remark.strip())


def notes_of(highlights: Sequence[Highlight]) -> tuple[Note, ...]:
    """A note for each: the passage as a quotation, then the remark."""
    omit(f"beyond the {MOST} of one article that are taken", Cause.LIMIT, "highlight", len(highlights) - MOST)
    return tuple(
        Note(f"highlight-{number}", tuple(_blocks(each))) for number, each in enumerate(highlights[:MOST], 1)
    )


def _blocks(highlight: Highlight) -> Iterator[Block]:
    if highlight.passage:
        yield Quote(tuple(Paragraph((Span(line),)) for line in highlight.passage.split("\n") if line.strip()))
    for line in highlight.remark.split("\n"):
        if line.strip():
            yield Paragraph((Span(line.strip()),))


def marking(item: Item, notes: tuple[Note, ...]) -> Item:
    """The item with the notes of somebody who read it; where its page is yet to come, for that to call."""
    match item:
        case Article() if notes:
            return annotated(item, notes)
        case Entry(article=article) if notes:
            return replace(item, article=replace(article, notes=article.notes + notes))
        case _:
            return item


def annotated(article: Article, notes: Iterable[Note]) -> Article:
    """The article with these notes, each called behind its passage, or else at the end of the text."""
    taken = {note.id for note in article.notes}
    names = (name for name in map(str, count(1)) if name not in taken)
    for note in notes:
        named = Note(next(names), note.blocks)
        body = _called(tuple(article.body), named)
        article = replace(article, body=body, notes=(*article.notes, named))
    return replace(article, notes=_in_order(article))


def _called(body: tuple[Block, ...], note: Note) -> tuple[Block, ...]:
    quoted = next((block for block in note.blocks if isinstance(block, Quote)), None)
    passage = next(reversed(list(plain_blocks((quoted,)))), "")[-LONGEST:] if quoted else ""
    words = passage.split()
    sought = re.compile(r"\s+".join(map(re.escape, words))) if words else None
    done = False

    def called(spans: Spans) -> Spans:
        nonlocal done
        found = sought.search(plain(spans)) if sought and not done else None
        if found is None:
            return spans
        done = True
        return tuple(_split(spans, found.end(), Span("", note=note.id)))

    changed = respanned(body, called)
    if done:
        return changed
    last = body[-1] if body else None
    if isinstance(last, Paragraph):
        return (*body[:-1], replace(last, spans=(*last.spans, Span("", note=note.id))))
    return (*body, Paragraph((Span("", note=note.id),)))


def _split(spans: Spans, at: int, call: Span) -> Iterator[Span]:
    """The spans with a call behind so many characters."""
    left, pending = at, True
    for span in spans:
        if pending and left <= len(span.text) and (span.text or left == 0):
            if left:
                yield replace(span, text=span.text[:left], ruby=None if left < len(span.text) else span.ruby)
            yield call
            pending = False
            if span.text[left:]:
                yield replace(span, text=span.text[left:], ruby=None if left else span.ruby)
        else:
            yield span
        left -= len(span.text)
    if pending:
        yield call


def _in_order(article: Article) -> tuple[Note, ...]:
    called = called_notes(article)
    return (*called, *(note for note in article.notes if note not in called))
