"""Blocks and spans as XHTML. What would be empty is left out: no block makes an empty element."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import assert_never

from newsexport.exporters.epub.addresses import address
from newsexport.exporters.epub.xhtml import attribute, label, language_attributes, language_tag, text
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

# Outermost first, so that equal marks always nest alike.
ELEMENTS = ((Mark.STRONG, "strong"), (Mark.EMPHASIS, "em"), (Mark.CODE, "code"))

# Content that shows nothing.
BLANK = re.compile(r"(?:\s|<br/>)*")

# More columns than this do not fit a 6-inch screen at the size of the text.
MOST_COLUMNS = 4

# Digits with the signs that stand among and around them, or a dash for nothing.
NUMERIC = re.compile(r"\s*[-+−–~<>±]?\s*[$€£¥]?[\d.,:/\u00a0\u202f ’']*\s*[%‰$€£¥]?[-–—]?\s*")


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds the blocks of an article.

    `pictures` gives the file of a picture by its name, `places` the file of another
    article of the book by its address, `picture` the word that stands for a picture
    nobody described.
    """

    language: str
    pictures: Mapping[str, str]
    places: Mapping[str, str]
    picture: str


@dataclass(frozen=True, slots=True)
class Headline:
    """A heading of an article that can be linked to; levels begin at 2 and skip none."""

    id: str
    level: int
    title: str


def outline(body: Iterable[Block]) -> dict[int, Headline]:
    """The headings of an article by their place among its blocks.

    Levels that skip are pulled up, because a reader who hears the page loses the way.
    """
    headlines: dict[int, Headline] = {}
    level = 1
    for place, block in enumerate(body):
        if isinstance(block, Heading) and (title := label(plain(block.spans))):
            level = max(2, min(block.level, level + 1, 6))
            headlines[place] = Headline(f"h{len(headlines) + 1}", level, title)
    return headlines


def flow(body: tuple[Block, ...], setting: Setting) -> str:
    """The body of an article, one block a line."""
    headlines = outline(body)
    parts = []
    for place, block in enumerate(body):
        headline = headlines.get(place)
        if headline and isinstance(block, Heading):
            tag = f"h{headline.level}"
            parts.append(f'<{tag} id="{headline.id}">{inline(block.spans, setting)}</{tag}>')
        else:
            parts.append(_block(block, setting))
    return "\n".join(part for part in parts if part)


def _block(block: Block, setting: Setting) -> str:  # noqa: PLR0911 - one return a kind of block
    match block:
        case Paragraph(spans):
            return _paragraph(spans, setting)
        case Heading(spans):
            return _paragraph(spans, setting, "subhead")
        case Quote(blocks):
            return _wrapped("blockquote", _blocks(blocks, setting))
        case Listing():
            return _listing(block, setting)
        case Figure():
            return figure(block, setting)
        case Table():
            return _table(block, setting)
        case Code(code):
            return _code(code)
        case Rule():
            return "<hr/>"
        case _:
            assert_never(block)


def _blocks(blocks: Iterable[Block], setting: Setting) -> str:
    return "\n".join(part for part in (_block(block, setting) for block in blocks) if part)


def _wrapped(tag: str, content: str) -> str:
    return f"<{tag}>{content}</{tag}>" if content else ""


def _paragraph(spans: Spans, setting: Setting, kind: str = "") -> str:
    content = inline(spans, setting)
    if BLANK.fullmatch(content):
        return ""
    return f'<p class="{kind}">{content}</p>' if kind else f"<p>{content}</p>"


def _listing(listing: Listing, setting: Setting) -> str:
    items = "".join(f"<li>{content}</li>\n" for item in listing.items if (content := _item(item, setting)))
    if not items:
        return ""
    if not listing.ordered:
        return f"<ul>\n{items}</ul>"
    start = f' start="{listing.start}"' if listing.start != 1 else ""
    return f"<ol{start}>\n{items}</ol>"


def _item(blocks: tuple[Block, ...], setting: Setting) -> str:
    """An item; one that is a single paragraph needs no element for it."""
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        content = inline(blocks[0].spans, setting)
        return "" if BLANK.fullmatch(content) else content
    return _blocks(blocks, setting)


def figure(block: Figure, setting: Setting) -> str:
    """The picture and its caption; of a picture that is lost the caption alone.

    A picture nobody described is called one in the language of the article. Its caption
    is not repeated as the description: it would be read out twice.
    """
    caption = _wrapped("figcaption", inline(block.caption, setting).strip())
    file = setting.pictures.get(block.media)
    if file is None:
        return _paragraph(block.caption, setting, "caption")
    alt = attribute(block.alt) or attribute(setting.picture)
    return f'<figure><img src="{file}" alt="{alt}"/>{caption}</figure>'


def _table(table: Table, setting: Setting) -> str:
    rows = [row for row in table.rows if any(plain(cell).strip() for cell in row)]
    width = max(map(len, (table.head, *rows)))
    if not rows:
        return _paragraph(table.caption, setting, "caption")
    caption = _wrapped("caption", inline(table.caption, setting).strip())
    kinds = [_column(rows, number) for number in range(width)]
    head = _wrapped("thead", _row(table.head, kinds, "th", setting)) if table.head else ""
    body = "\n".join(_row(row, kinds, "td", setting) for row in rows)
    kind = ' class="wide"' if width > MOST_COLUMNS else ""
    return f"<table{kind}>{caption}{head}<tbody>\n{body}\n</tbody></table>"


def _column(rows: list[tuple[Spans, ...]], number: int) -> str:
    """The class of a column: figures are set below each other, to be compared."""
    cells = [plain(row[number]) for row in rows if number < len(row)]
    return ' class="n"' if all(map(NUMERIC.fullmatch, cells)) else ""


def _row(cells: tuple[Spans, ...], kinds: list[str], tag: str, setting: Setting) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    contents = [*(inline(cell, setting) for cell in cells), *[""] * (len(kinds) - len(cells))]
    return (
        "<tr>"
        + "".join(f"<{tag}{scope}{kind}>{cell}</{tag}>" for kind, cell in zip(kinds, contents, strict=True))
        + "</tr>"
    )


def _code(code: str) -> str:
    """Tabs become spaces here: reading systems disagree about how wide a tab is."""
    lines = text(code.expandtabs(4).strip("\n"))
    return f'<pre dir="ltr"><code>{lines}</code></pre>' if lines.strip() else ""


def inline(spans: Spans, setting: Setting) -> str:
    """A run of spans; neighbours with the same target make one link."""
    if len(spans) == 1 and not (spans[0].href or spans[0].language):
        return _marked(spans[0])
    return "".join(_linked(href, tuple(run), setting) for href, run in groupby(spans, lambda span: span.href))


def _linked(href: str | None, spans: Spans, setting: Setting) -> str:
    content = "".join(_spoken(spans, setting))
    if not href or not content.strip():
        return content
    target = setting.places.get(href) or address(href)
    return f'<a href="{attribute(target)}">{content}</a>' if target else content


def _spoken(spans: Spans, setting: Setting) -> Iterator[str]:
    for language, run in groupby(spans, lambda span: span.language):
        content = "".join(map(_marked, run))
        tag = language_tag(language or "", setting.language)
        attributes = language_attributes(tag, setting.language)
        yield f"<span{attributes}>{content}</span>" if attributes and content else content


def _marked(span: Span) -> str:
    content = _lines(span.text)
    if not content or not span.marks:
        return content
    for mark, element in reversed(ELEMENTS):
        if mark in span.marks:
            content = f"<{element}>{content}</{element}>"
    return content


def _lines(value: str) -> str:
    escaped = text(value)
    return escaped.replace("\n", "<br/>") if "\n" in escaped else escaped
