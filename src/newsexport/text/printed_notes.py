"""Notes as print has them: a mark in the text, and below a paragraph that begins with the same mark.

Nothing but the words tells, so much must agree: the notes count from 1 and stand in a row, each is called
above them, and in the order of their numbers; of a star there is one in the text and one below.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from newsexport.model import (
    Block,
    Heading,
    Listing,
    Mark,
    Note,
    Paragraph,
    Rule,
    Span,
    Spans,
    plain,
    respanned,
    runs,
)

LABELS = frozenset(
    "notes note footnotes footnote endnotes references sources|anmerkungen fußnoten einzelnachweise quellen"
    "|notes de bas de page|références|notas|referencias|note a piè di pagina|riferimenti|voetnoten|noten"
    "|fotnoter|przypisy|примечания|сноски|הערות|ملاحظات|注|脚注|注释|註釋|각주".replace(" ", "|").split("|")
)
SMALL = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
BRACKETED = r"\[(?P<bracketed>\d{1,3})\]"
RAISED = r"(?P<raised>[⁰¹²³⁴-⁹]{1,3})"
STARRED = r"(?P<starred>\*{1,3}|†{1,2}|‡)"
OPENING = re.compile(rf"\s*(?:{BRACKETED}:?|{RAISED}|{STARRED}(?!\*))\s*(?=\S)")
# Only where a heading or a line announces notes.
POINTED = re.compile(r"\s*(?P<pointed>\d{1,3})[.)]\s+(?=\S)")
# In the text a mark stands behind a word, with no letter behind it. "m²" is one until all is compared.
CALL = re.compile(rf"\s?{BRACKETED}|(?<=[^\s⁰¹²³⁴-⁹]){RAISED}(?![⁰¹²³⁴-⁹])|(?<=[^\s*(\[]){STARRED}(?![\w*])")
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class _Foot:
    """Blocks that may be notes: from where to where in the text, and each note by its mark."""

    start: int
    end: int
    notes: Mapping[str, tuple[Block, ...]]


def is_label(text: str) -> bool:
    """Whether a heading says that notes follow."""
    return re.sub(r"\s*\[\w+\]$", "", text).strip(" :").lower() in LABELS


def with_printed_notes(
    body: tuple[Block, ...], notes: tuple[Note, ...] = ()
) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    """The body and its notes, of which some may be known, with those that only print tells from the text."""
    parted = tuple(line for block in body for line in _lines(block))
    found, made = parted, notes
    if foot := _numbered(found):
        found, made = _taken(found, made, foot)
    for foot in _starred(found):  # from the last, so that the others stay where they are
        found, made = _taken(found, made, foot)
    return (body, notes) if made == notes else (found, made)


def _lines(block: Block) -> Iterator[Block]:
    """The lines of a paragraph, where each begins with a mark; others whole."""
    text = plain(block.spans) if isinstance(block, Paragraph) else ""
    first, *others = text.split("\n")
    marked = bool(others) and all(map(OPENING.match, others)) and (OPENING.match(first) or is_label(first))
    if not isinstance(block, Paragraph) or not marked:
        yield block
    else:
        lines: list[list[Span]] = [[]]
        for span in block.spans:
            for number, piece in enumerate(span.text.split("\n")):
                if number:
                    lines.append([])
                if piece or span.note:
                    lines[-1].append(replace(span, text=piece))
        yield from (Paragraph(tuple(line)) for line in lines if line)


def _taken(
    body: tuple[Block, ...], notes: tuple[Note, ...], foot: _Foot
) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    """The foot made notes, if it is one; else all as it was."""
    above = body[: foot.start]
    found = [mark for run in runs(above) for mark in _marks(run) if mark in foot.notes]
    starred = not next(iter(foot.notes)).isdigit()
    if tuple(dict.fromkeys(found)) != tuple(foot.notes) or (starred and len(found) > 1):
        return body, notes
    known = {note.id for note in notes}
    free = (name for number in range(1, 10_000) if (name := str(number)) not in known)
    ids = dict(zip(foot.notes, free, strict=False))
    called = respanned(above, partial(_called, ids=ids))
    while called and _announces(called[-1]):
        called = called[:-1]
    made = tuple(Note(ids[mark], blocks) for mark, blocks in foot.notes.items())
    return called + body[foot.end :], notes + made


def _announces(block: Block) -> bool:
    return isinstance(block, Rule) or (
        isinstance(block, Heading | Paragraph) and is_label(plain(block.spans))
    )


def _numbered(body: Sequence[Block]) -> _Foot | None:
    """The last run of paragraphs numbered from 1, or a list from 1 under a heading that says so."""
    for at in range(len(body) - 1, 0, -1):
        block = body[at]
        if isinstance(block, Listing) and block.ordered and block.start == 1 and not block.numbers:
            before = body[at - 1]
            if isinstance(before, Heading | Paragraph) and is_label(plain(before.spans)):
                return _Foot(at, at + 1, {str(number): item for number, item in enumerate(block.items, 1)})
        if _opening(block) == "1":
            return None if "1" in map(_opening, body[:at]) else _row(body, at, OPENING)
        if _opening(block, POINTED) == "1" and _announces(body[at - 1]):
            return _row(body, at, POINTED)
    return None


def _row(body: Sequence[Block], at: int, opening: re.Pattern[str]) -> _Foot:
    notes: dict[str, tuple[Block, ...]] = {}
    for block in body[at:]:
        if not isinstance(block, Paragraph) or _opening(block, opening) != str(len(notes) + 1):
            break
        notes[str(len(notes) + 1)] = (_unmarked(block, opening),)
    return _Foot(at, at + len(notes), notes)


def _starred(body: Sequence[Block]) -> Iterator[_Foot]:
    """Paragraphs that begin with a star or a dagger, the last first; of one mark there may be only one."""
    marks = [_opening(block) for block in body]
    once = {mark for mark, count in Counter(marks).items() if count == 1 and mark and not mark.isdigit()}
    for at in range(len(body) - 1, 0, -1):
        if marks[at] in once and isinstance(block := body[at], Paragraph):
            yield _Foot(at, at + 1, {marks[at]: (_unmarked(block),)})


def _opening(block: Block, opening: re.Pattern[str] = OPENING) -> str:
    """The mark that a paragraph begins with, where something short stands behind it."""
    if not isinstance(block, Paragraph):
        return ""
    text = plain(block.spans)
    found = opening.match(text) if len(text) <= LONGEST else None
    return _mark(found) if found else ""


def _mark(found: re.Match[str]) -> str:
    return str(next(filter(None, found.groups()))).translate(SMALL)


def _unmarked(note: Paragraph, opening: re.Pattern[str] = OPENING) -> Paragraph:
    found = opening.match(plain(note.spans))
    spans, left = [], found.end() if found else 0
    for span in note.spans:
        spans.append(replace(span, text=span.text[left:]))
        left = max(0, left - len(span.text))
    return Paragraph(tuple(span for span in spans if span.text or span.note))


def _marks(spans: Iterable[Span]) -> Iterator[str]:
    """The marks in a run of text."""
    for span in spans:
        if Mark.CODE not in span.marks and not span.href:
            yield from map(_mark, CALL.finditer(span.text))


def _called(spans: Spans, ids: Mapping[str, str]) -> Spans:
    """The run with a call in the place of each of these marks."""
    made: list[Span] = []
    for span in spans:
        at = 0
        for found in CALL.finditer(span.text) if Mark.CODE not in span.marks and not span.href else ():
            if _mark(found) in ids:
                made += [replace(span, text=span.text[at : found.start()]), Span("", note=ids[_mark(found)])]
                at = found.end()
        made.append(replace(span, text=span.text[at:]) if at else span)
    return tuple(span for span in made if span.text or span.note) if len(made) > len(spans) else spans
