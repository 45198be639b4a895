"""Elements to blocks: a closed set, made anew from text and a few addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from newsexport.addresses import absolute
from newsexport.markup.inline import Run, look_of, superscript
from newsexport.markup.parsing import Element
from newsexport.markup.preparing import is_pixel
from newsexport.markup.tables import grid
from newsexport.model import (
    Block,
    Code,
    Figure,
    Heading,
    Listing,
    Mark,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
    plain,
)

# Deeper than any page is written; what lies below is taken as text.
DEEPEST = 100

NOTHING = frozenset((
    "script", "style", "template", "noscript", "head", "title", "iframe", "object", "embed", "applet",
    "canvas",
    "input", "button", "select", "textarea", "link", "meta", "base", "map", "frame", "frameset", "track",
    "param",
    "video", "audio", "dialog", "rp", "svg", "option", "datalist",
))  # fmt: skip
INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins",
    "kbd", "label", "mark", "nobr", "output", "q", "rb", "rt", "rtc", "ruby", "s", "samp", "small", "span",
    "strike",
    "strong", "sub", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
MEDIA = re.compile(
    r"(?:https?:)?//|data:image/(?:jpeg|jpg|png|gif|webp|avif|svg\+xml)[;,]|cid:|(?![a-z][\w+.-]*:)[^\s]",
    re.IGNORECASE,
)
SYNTAX = re.compile(
    r"(?:^|\s)(?:language|lang|highlight-source|brush:)[-\s]?([a-z0-9+#]{1,20})(?:\s|;|$)", re.IGNORECASE
)


def blocks(element: Element, base: str = "") -> tuple[Block, ...]:
    """What an article can hold of an element, in reading order; `base` makes addresses absolute."""
    flow = _Flow(base)
    flow.walk(element, Span(""), 0)
    flow.flush()
    return tuple(levelled(flow.found))


def levelled(found: Sequence[Block]) -> Iterator[Block]:
    """The blocks with their highest heading at level 2 and no level left out on the way down."""
    used = sorted({block.level for block in found if isinstance(block, Heading)})
    levels = {level: min(6, number) for number, level in enumerate(used, 2)}
    for block in found:
        yield replace(block, level=levels[block.level]) if isinstance(block, Heading) else block


@dataclass(slots=True)
class _Flow:
    """Blocks as they are found, and the run of text that is not yet one."""

    base: str
    found: list[Block] = field(default_factory=list)
    run: Run = field(default_factory=Run)
    figures: list[Figure] = field(default_factory=list)

    def walk(self, element: Element, look: Span, depth: int) -> None:
        """Everything in the element, with the look of what is around it."""
        if depth > DEEPEST:
            self.run.add("".join(element.itertext()), look)
            return
        self.run.add(element.text or "", look)
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, look, depth + 1)
            self.run.add(child.tail or "", look)

    def flush(self) -> None:
        """Make paragraphs of the run, and put the pictures that stood in it behind."""
        self.found += [Paragraph(spans) for spans in self.run.taken()]
        self.found += self.figures
        self.figures.clear()

    def _child(self, child: Element, look: Span, depth: int) -> None:
        tag = child.tag
        if tag in NOTHING or ":" in tag:
            return
        if tag == "br":
            self.run.line_break()
        elif tag == "img":
            self.figures += self._picture(child, ())
        elif tag == "math":
            self.run.add(_formula(child), look)
        elif tag == "sup":
            self.run.add(superscript(child), look)
        elif tag in INLINE:
            self._inline(child, look, depth)
        else:
            self.flush()
            self._block(child, look, depth)
            self.flush()

    def _inline(self, child: Element, look: Span, depth: int) -> None:
        own = look_of(child, look, self.base)
        opening, closing = {"q": ("“", "”"), "rt": ("(", ")")}.get(child.tag, ("", ""))
        self.run.add(opening, own)
        self.walk(child, own, depth)
        self.run.add(closing, own)

    def _block(self, child: Element, look: Span, depth: int) -> None:
        match child.tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self._heading(child, look, depth)
            case "blockquote":
                self._add(Quote(self._inside(child, depth)))
            case "ul" | "ol" | "menu" | "dir":
                self._list(child, depth)
            case "dt":
                self.walk(child, replace(look, marks=look.marks | {Mark.STRONG}), depth)
            case "table":
                self._table(child, depth)
            case "pre" | "listing" | "xmp":
                self._code(child)
            case "figure":
                self._figure(child, look, depth)
            case "figcaption":
                self._caption(child, look, depth)
            case "hr":
                self._add(Rule())
            case _:
                self.walk(child, look_of(child, look, self.base), depth)

    def _add(self, block: Block) -> None:
        match block:
            case Quote(()) | Listing(()) | Table((), ()) | Code(""):
                return
            case Rule() if not self.found or isinstance(self.found[-1], Rule):
                return
            case _:
                self.found.append(block)

    def _inside(self, element: Element, depth: int) -> tuple[Block, ...]:
        inner = _Flow(self.base)
        inner.walk(element, Span(""), depth)
        inner.flush()
        return tuple(inner.found)

    def _heading(self, child: Element, look: Span, depth: int) -> None:
        inner = _Flow(self.base)
        inner.walk(child, replace(look, marks=frozenset()), depth)
        inner.flush()
        spans = _joined(_spans(block) for block in inner.found if not isinstance(block, Figure))
        if plain(spans).strip():
            plainer = tuple(
                replace(span, marks=span.marks - {Mark.STRONG}, text=span.text.replace("\n", " "))
                for span in spans
            )
            self._add(Heading(plainer, HEADINGS[child.tag]))
        self.found += [block for block in inner.found if isinstance(block, Figure)]

    def _list(self, child: Element, depth: int) -> None:
        items = self._loose(child.text)
        for item in child:
            if isinstance(item.tag, str) and item.tag not in NOTHING:
                self._add_item(items, item, depth)
            items += self._loose(item.tail)
        ordered = child.tag == "ol"
        start = child.get("start", "")
        first = int(start) if ordered and re.fullmatch(r"-?\d{1,6}", start) else 1
        self._add(Listing(tuple(items), ordered, first))

    def _add_item(self, items: list[tuple[Block, ...]], item: Element, depth: int) -> None:
        """One more item; a list that stands between items belongs to the one before."""
        nested = item.tag in {"ul", "ol"}
        inside = self._nested(item, depth) if nested else self._whole(item, depth)
        if inside and nested and items:
            items[-1] += inside
        elif inside:
            items.append(inside)

    def _whole(self, item: Element, depth: int) -> tuple[Block, ...]:
        """The element itself where it means something, as a heading in a list does, else what is in it."""
        inner = _Flow(self.base)
        if item.tag in {"li", "div"}:
            inner.walk(item, Span(""), depth)
        else:
            inner._child(item, Span(""), depth)
        inner.flush()
        return tuple(inner.found)

    def _loose(self, text: str | None) -> list[tuple[Block, ...]]:
        """Text that stands in a list without being an item."""
        run = Run()
        run.add(text or "", Span(""))
        return [(Paragraph(spans),) for spans in run.taken()]

    def _nested(self, child: Element, depth: int) -> tuple[Block, ...]:
        inner = _Flow(self.base)
        inner._list(child, depth)
        return tuple(inner.found)

    def _table(self, child: Element, depth: int) -> None:
        head, rows, caption = grid(child)
        cells = [[self._cell(cell, depth) for cell in row] for row in (*head, *rows)]
        if not any(plain(cell).strip() for row in cells for cell in row):
            self._pictures(child)
            return
        captions = self._cell(caption, depth) if caption is not None else ()
        made = [tuple(row) for row in cells]
        self._add(Table(made[0] if head else (), tuple(made[1:] if head else made), captions))
        self._pictures(child)

    def _cell(self, cell: Element | None, depth: int) -> Spans:
        """All text of a cell as one run; its blocks are lines."""
        if cell is None:
            return ()
        runs = [_spans(block) for block in self._inside(cell, depth)]
        lines = (span for run in runs if run for span in (Span("\n"), *run))
        return tuple(lines)[1:]

    def _pictures(self, element: Element) -> None:
        for image in element.iter("img"):
            self.found += self._picture(image, ())

    def _code(self, child: Element) -> None:
        for gutter in child.xpath(
            './/*[contains(@class, "lineno") or contains(@class, "line-numbers-rows")]'
        ):
            gutter.text = None
            for inner in list(gutter):
                gutter.remove(inner)
        for line in child.iter("br"):
            line.tail = "\n" + (line.tail or "")
        classes = " ".join(filter(None, (each.get("class") for each in (child, *child.iter("code")))))
        named = SYNTAX.search(classes)
        self._add(
            Code("".join(child.itertext()).strip("\n").expandtabs(4), named[1].lower() if named else None)
        )

    def _figure(self, child: Element, look: Span, depth: int) -> None:
        captions = list(child.iter("figcaption"))
        caption = tuple(span for each in captions[:1] for span in self._cell(each, depth))
        images = [
            image
            for image in child.iter("img")
            if not any(a.tag == "figcaption" for a in image.iterancestors())
        ]
        rest = [
            each
            for each in child.iter("blockquote", "pre", "table", "p", "ul", "ol")
            if not any(a.tag == "figcaption" for a in (each, *each.iterancestors()))
        ]
        if rest or not images:
            self.walk(child, look, depth)
            return
        shown = [figure for image in images for figure in self._picture(image, ())]
        if shown:
            shown[-1] = replace(shown[-1], caption=caption)
            self.found += shown
        elif caption:
            self.found.append(Paragraph(caption))

    def _caption(self, child: Element, look: Span, depth: int) -> None:
        """A caption that stands behind its picture instead of with it."""
        last = self.found[-1] if self.found else None
        if isinstance(last, Figure) and not last.caption:
            self.found[-1] = replace(last, caption=self._cell(child, depth))
        else:
            self.walk(child, look, depth)

    def _picture(self, image: Element, caption: Spans) -> list[Figure]:
        target = (image.get("src") or "").strip()
        target = target if target.startswith(("data:", "cid:")) else absolute(self.base, target)
        if not MEDIA.match(target) or is_pixel(image):
            return []
        return [Figure(target, " ".join((image.get("alt") or "").split()), caption)]


def _spans(block: Block) -> Spans:  # noqa: PLR0911 - one a kind of block
    match block:
        case Paragraph(spans) | Heading(spans):
            return spans
        case Code(text):
            return (Span(text, frozenset({Mark.CODE})),)
        case Quote(inner):
            return _joined(map(_spans, inner))
        case Listing(items, ordered, start):
            signs = (f"{number}. " if ordered else "• " for number in range(start, start + len(items)))
            return _joined(
                (Span(sign), *_joined(map(_spans, item))) for sign, item in zip(signs, items, strict=True)
            )
        case Table(head, rows):
            return _joined(cell for row in (head, *rows) for cell in row)
        case Figure(alt=alt, caption=caption):
            return caption or ((Span(alt),) if alt else ())
        case Rule():
            return ()


def _joined(runs: Iterable[Spans]) -> Spans:
    lines = (span for run in runs if run for span in (Span("\n"), *run))
    return tuple(lines)[1:]


def _formula(math: Element) -> str:
    """A formula as the text its author gave for it, or as its own characters."""
    for annotation in math.iter("annotation", "{*}annotation"):
        if "tex" in (annotation.get("encoding") or "").lower() and annotation.text:
            return str(annotation.text)
    return str(math.get("alttext") or " ".join("".join(math.itertext()).split()))
