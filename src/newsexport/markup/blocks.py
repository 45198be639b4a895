"""Elements to blocks: a closed set, made anew from text and a few addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from newsexport.events import Cause, omit
from newsexport.markup import formulas, inline
from newsexport.markup.boxes import is_label
from newsexport.markup.codes import code
from newsexport.markup.lists import listing, loose
from newsexport.markup.notes import CALL, lifted, note_called
from newsexport.markup.parsing import Element
from newsexport.markup.pictures import (
    by_address,
    caption_in,
    captioned,
    is_caption,
    is_caption_of,
    only_shown_in,
    pictured,
    shown_behind,
)
from newsexport.markup.preparing import drop
from newsexport.markup.quotations import KnownWords, Pull, attribution_of, pull_of
from newsexport.markup.tables import alignment, flattened, grid, joined
from newsexport.model import (
    Article,
    Block,
    Code,
    Figure,
    Heading,
    Listing,
    Mark,
    Note,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
    called_notes,
    plain,
    with_notes,
)
from newsexport.text.attribution import attributed, unsigned, with_signatures
from newsexport.text.printed_notes import with_printed_notes

# Deeper than any page is written; what lies below is taken as text.
DEEPEST = 100

NOTHING = frozenset((
    "script", "style", "template", "noscript", "head", "title", "iframe", "object", "embed", "applet",
    "canvas", "input", "button", "select", "textarea", "link", "meta", "base", "map", "frame", "frameset",
    "track", "param", "video", "audio", "dialog", "rp", "svg", "option", "datalist",
))  # fmt: skip
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


def blocks(
    element: Element, base: str = "", notes: Mapping[str, Element] | None = None, language: str = ""
) -> tuple[Block, ...]:
    """What an article can hold of an element, in reading order; `base` makes addresses absolute.

    Notes are called where they were taken out, those among `notes`; others stand as text. `language`
    is that of the document: its quotation marks stand around a ``q``.
    """
    flow = _Flow(_DocumentContext(base, notes or {}, KnownWords(element), language))
    flow.walk(element, Span(""), 0)
    flow.flush()
    if flow.found:
        omit("without a title", Cause.EMPTY, "embedded video or post", len(flow.page.unnamed))
    found = flow.found or by_address(flow.page.unnamed)
    return tuple(levelled(with_signatures(found)))


def blocks_and_notes(
    element: Element, base: str = "", apart: Mapping[str, Element] | None = None, language: str = ""
) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    """The blocks of an element and the notes that are called in them, in the order of first call.

    Notes are found in the element and taken out of it, unless they were before: `apart`
    is what `lifted` found in the document around it, of which only what is called here is given.
    """
    found = lifted(element, base) if apart is None else apart
    body = blocks(element, base, found, language)
    notes = tuple(Note(name, blocks(note, base, found, language)) for name, note in found.items())
    if apart is None:
        return with_notes(*with_printed_notes(body, notes))
    body, notes = with_printed_notes(body, notes)
    return body, called_notes(Article("", body, notes=notes))


def levelled(several: Iterable[Block]) -> Iterator[Block]:
    """The blocks with their highest heading at level 2 and no level left out on the way down."""
    found = tuple(several)
    used = sorted({block.level for block in found if isinstance(block, Heading)})
    levels = {level: min(6, number) for number, level in enumerate(used, 2)}
    for block in found:
        yield Heading(block.spans, levels[block.level]) if isinstance(block, Heading) else block


@dataclass(frozen=True, slots=True)
class _DocumentContext:
    """What all of a document shares: its address, the notes that were taken out of it, its words.

    What is embedded in it without a name is gathered in `unnamed`.
    """

    base: str
    notes: Mapping[str, Element]
    told: KnownWords
    language: str
    unnamed: list[Paragraph] = field(default_factory=list)


@dataclass(slots=True)
class _Flow:
    """Blocks as they are found, and the run of text that is not yet one."""

    page: _DocumentContext
    found: list[Block] = field(default_factory=list)
    run: inline.Run = field(default_factory=inline.Run)
    figures: list[Block] = field(default_factory=list)

    def walk(self, element: Element, look: Span, depth: int) -> None:
        """Everything in the element, with the look of what is around it."""
        if depth > DEEPEST:
            omit(f"within more than {DEEPEST} elements", Cause.LIMIT, count=len(element.findall(".//img")))
            self.run.add("".join(element.itertext()), look)
            return
        self.run.add(element.text or "", look)
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, look, depth + 1)
            self.run.add(child.tail or "", look)

    def flush(self) -> None:
        """Make paragraphs of the run, and put the pictures that stood between its words behind."""
        self.found += [Paragraph(spans) for spans in self.run.taken()]
        self._show(self.figures)
        self.figures.clear()

    def _show(self, shown: Iterable[Block]) -> None:
        self.page.unnamed.extend(shown_behind(self.found, shown))

    def _child(self, child: Element, look: Span, depth: int) -> None:
        tag = child.tag
        if tag == CALL and note_called(child) in self.page.notes:
            self.run.add_whole(Span("", note=note_called(child)))
        if tag in NOTHING or ":" in tag or tag == CALL:
            return
        if tag == "br":
            self.run.line_break()
        elif tag == "img":
            self.figures += pictured(child, self.page.base)
            if self.run.is_at_start():
                self.flush()
        elif tag == "math":
            self._formula(child, look)
        elif tag == "sup" and next(child.iter(CALL), None) is None and (raised := inline.superscript(child)):
            self.run.add(raised, look)
        elif tag == "ruby" and depth <= DEEPEST and all(map(inline.is_inline, child.iter())):
            self._ruby(child, look, depth)
        elif tag in inline.INLINE or tag == "sup":
            self._inline(child, look, depth)
        else:
            self.flush()
            self._apart(child, look, depth)
            self.flush()

    def _formula(self, child: Element, look: Span) -> None:
        apart = child.get("display") == "block"
        if apart:
            self.flush()
        self.run.add(formulas.source_of(child), look)
        if apart:
            self.flush()

    def _inline(self, child: Element, look: Span, depth: int) -> None:
        own = inline.look_of(child, look, self.page.base)
        opening, closing = (
            inline.quotes_of(child, self.page.language)
            if child.tag == "q"
            else ("(", ")")
            if child.tag == "rt"
            else ("", "")
        )
        self.run.add(opening, own)
        self.walk(child, own, depth)
        self.run.add(closing, own)

    def _ruby(self, child: Element, look: Span, depth: int) -> None:
        """Text with its reading beside it. Spans stay apart for each reading; a part without one is text."""
        own = inline.look_of(child, look, self.page.base)
        for reading in inline.readings(child):
            inner = _Flow(self.page)
            for part in reading.base:
                flow = inner if reading.text else self
                if isinstance(part, str):
                    flow.run.add(part, own)
                else:
                    flow._child(part, own, depth + 1)  # noqa: SLF001 - a flow of the same page
            if reading.text:
                self._read_as(reading.text, inner, own)

    def _read_as(self, reading: str, inner: _Flow, own: Span) -> None:
        spans = [span for span in inner.run.spans if span.note is None]
        text = plain(spans).strip()
        if any(span.ruby for span in spans):  # a reading of a reading
            self.run.spans += spans
            self.run.add(f"({reading})", own)
        elif text:
            marks = frozenset(mark for span in spans for mark in span.marks)
            href = next((span.href for span in spans if span.href), None)
            self.run.add_whole(Span(text.replace("\n", ""), marks, href, own.language, reading))
        self.run.spans += [span for span in inner.run.spans if span.note is not None]
        self.figures += inner.figures

    def _apart(self, child: Element, look: Span, depth: int) -> None:
        pull = pull_of(child)
        if pull is Pull.NO:
            self._block(child, look, depth)
        else:
            self._pulled(child, look, depth, pulled=pull is Pull.SAID or self.page.told.twice(child))

    def _block(self, child: Element, look: Span, depth: int) -> None:
        match child.tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self._heading(child, look, depth)
            case "blockquote":
                self._quote(child, look, depth)
            case "ul" | "ol" | "menu" | "dir":
                self._list(child, look, depth)
            case "dt":
                self._strong(child, look, depth)
            case "table":
                self._table(child, look, depth)
            case "pre" | "listing" | "xmp":
                self._add(code(child))
            case "figure":
                self._figure(child, inline.look_of(child, look, self.page.base), depth)
            case "figcaption":
                self._caption(child, look, depth)
            case "hr":
                self._add(Rule())
            case _:
                self._part(child, look, depth)

    def _part(self, child: Element, look: Span, depth: int) -> None:
        """What means nothing by itself, if its names do not tell that it is a label or a caption."""
        if self._is_behind_picture() and is_caption(child):
            self._caption(child, look, depth)
        elif is_label(child):
            self._strong(child, look, depth)
        else:
            self.walk(child, inline.look_of(child, look, self.page.base), depth)

    def _strong(self, child: Element, look: Span, depth: int) -> None:
        own = inline.look_of(child, look, self.page.base)
        self.walk(child, replace(own, marks=own.marks | {Mark.STRONG}), depth)

    def _is_behind_picture(self) -> bool:
        return bool(self.found) and isinstance(self.found[-1], Figure) and not self.found[-1].caption

    def _pulled(self, child: Element, look: Span, depth: int, *, pulled: bool) -> None:
        """One quotation, however many elements make it."""
        attribution = self._attribution(child, look, depth)
        inside = self._inside(child, look, depth)
        while len(inside) == 1 and isinstance(only := inside[0], Quote):
            inside, attribution = only.blocks, only.attribution or attribution
        self._add(attributed(Quote(inside, pulled, attribution)))

    def _quote(self, child: Element, look: Span, depth: int) -> None:
        attribution = self._attribution(child, look, depth)
        self._add(attributed(Quote(self._inside(child, look, depth), attribution=attribution)))

    def _attribution(self, quotation: Element, look: Span, depth: int) -> Spans:
        """Whom the quotation is from, which is taken out of it."""
        element = attribution_of(quotation)
        if element is None:
            return ()
        spans = unsigned(self._cell(element, _tongue(quotation, look), depth))
        drop(element)
        return spans

    def _add(self, block: Block) -> None:
        match block:
            case Quote(()) | Listing(()) | Table((), ()) | Code(""):
                return
            case Rule() if not self.found or isinstance(self.found[-1], Rule):
                return
            case _:
                self.found.append(block)

    def _inside(self, element: Element, look: Span, depth: int) -> tuple[Block, ...]:
        inner = _Flow(self.page)
        inner.walk(element, _tongue(element, look), depth)
        inner.flush()
        return tuple(inner.found)

    def _heading(self, child: Element, look: Span, depth: int) -> None:
        inner = _Flow(self.page)
        inner.walk(child, _tongue(child, look), depth)
        inner.flush()
        spans = joined(flattened(block) for block in inner.found if not isinstance(block, Figure))
        if plain(spans).strip():
            self._add(Heading(tuple(map(_plainer, spans)), HEADINGS[child.tag]))
        self.found += [block for block in inner.found if isinstance(block, Figure)]

    def _list(self, child: Element, look: Span, depth: int) -> None:
        own = _tongue(child, look)
        items = loose(child.text, own)
        values: dict[int, str] = {}
        for item in child:
            if isinstance(item.tag, str) and item.tag not in NOTHING:
                values[len(items)] = item.get("value", "")
                self._add_item(items, item, own, depth)
            items += loose(item.tail, own)
        if items and all(isinstance(block, Figure) for item in items for block in item):
            self.found += (block for item in items for block in item)  # a gallery
        else:
            self._add(listing(child, items, values))

    def _add_item(self, items: list[tuple[Block, ...]], item: Element, look: Span, depth: int) -> None:
        """One more item; a list that stands between items belongs to the one before."""
        nested = item.tag in {"ul", "ol"}
        inner = _Flow(self.page)
        if nested:
            inner._list(item, look, depth)
        elif item.tag in {"li", "div"}:
            inner.walk(item, _tongue(item, look), depth)
        else:  # it means something itself, as a heading in a list does
            inner._child(item, look, depth)
        inner.flush()
        if inner.found and nested and items:
            items[-1] += tuple(inner.found)
        elif inner.found:
            items.append(tuple(inner.found))

    def _table(self, child: Element, look: Span, depth: int) -> None:
        head, rows, caption = grid(child)
        own = _tongue(child, look)
        cells = [[self._cell(cell, own, depth) for cell in row] for row in (*head, *rows)]
        if not any(plain(cell).strip() for row in cells for cell in row):
            self._pictures(child)
            return
        captions = self._cell(caption, own, depth) if caption is not None else ()
        made = [tuple(row) for row in cells]
        first, others = (made[0], made[1:]) if head else ((), made)
        self._add(Table(first, tuple(others), captions, alignment(rows)))
        self._pictures(child)

    def _cell(self, cell: Element | None, look: Span, depth: int) -> Spans:
        """All text of a cell as one run; its blocks are lines."""
        if cell is None:
            return ()
        runs = [flattened(block) for block in self._inside(cell, look, depth)]
        lines = (span for run in runs if run for span in (Span("\n"), *run))
        return tuple(lines)[1:]

    def _pictures(self, element: Element) -> None:
        for image in element.iter("img"):
            self._show(pictured(image, self.page.base))

    def _figure(self, child: Element, look: Span, depth: int) -> None:
        images = only_shown_in(child)
        if not images:
            self.walk(child, look, depth)
            return
        caption = self._cell(caption_in(child), look, depth)
        shown = [each for image in images for each in pictured(image, self.page.base)]
        self._show(captioned(shown, caption))

    def _caption(self, child: Element, look: Span, depth: int) -> None:
        """A caption that stands behind its picture or quotation instead of with it."""
        last = self.found[-1] if self.found else None
        if isinstance(last, Figure) and self._is_behind_picture():
            self.found[-1] = replace(last, caption=self._cell(child, look, depth))
        elif isinstance(last, Quote) and not last.attribution and is_caption_of(child, "blockquote"):
            self.found[-1] = replace(last, attribution=unsigned(self._cell(child, look, depth)))
        else:
            self.walk(child, look, depth)


def _plainer(span: Span) -> Span:
    """A span as a heading has it: on one line, and bold as all of it."""
    if Mark.STRONG not in span.marks and "\n" not in span.text:
        return span
    return replace(span, marks=span.marks - {Mark.STRONG}, text=span.text.replace("\n", " "))


def _tongue(element: Element, around: Span) -> Span:
    """The look of what stands by itself: of what is around it language counts, and whether it still holds."""
    marks = inline.look_of(element, around, "").marks & inline.LASTING
    return Span("", marks, language=inline.language_of(element, around))
