"""Blocks as XHTML. What would be empty is left out: no block makes an empty element."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import assert_never

from newsexport.attribution import signed
from newsexport.exporters.epub.inline import BLANK, Setting, inline
from newsexport.exporters.epub.stretches import Stretch
from newsexport.exporters.epub.survey import page_id, page_label
from newsexport.exporters.epub.xhtml import attribute, text
from newsexport.model import (
    Block,
    Code,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Spans,
    Table,
    plain,
)

# Letters of a piece of a word that is too long for a column. A tag is found whole, to be passed over; a
# character reference is one letter.
PIECE = 8
LETTER = re.compile(r"&[^;\s]+;|[^\s<>&]")
LONG_WORD = re.compile(rf"<[^>]*>|(?:{LETTER.pattern}){{{3 * PIECE},}}")

# More columns than this do not fit a 6-inch screen at the size of the text.
MOST_COLUMNS = 4

# Digits with the signs that stand among and around them, or a dash for nothing.
NUMERIC = re.compile(r"\s*[-+−–~<>±]?\s*[$€£¥]?[\d.,:/\u00a0\u202f ’']*\s*[%‰$€£¥]?[-–—]?\s*")


def flow(stretch: Stretch, number: int, setting: Setting) -> str:
    """The blocks of one page of article `number`, one a line, and where its pages begin."""
    parts = []
    for place, block in enumerate(stretch.blocks):
        if page := stretch.breaks.get(place):
            parts.append(page_break(number, page))
        headline = stretch.headlines.get(place)
        if headline and isinstance(block, Heading):
            tag = f"h{headline.level}"
            parts.append(f'<{tag} id="{headline.id}">{inline(block.spans, setting)}</{tag}>')
        else:
            parts.append(_block(block, setting))
    return "\n".join(part for part in parts if part)


def page_break(number: int, page: int) -> str:
    """Where a page of the page list begins (EPUB Accessibility 1.1, section 3.4.1)."""
    return (
        f'<div id="{page_id(page)}" class="page" epub:type="pagebreak" role="doc-pagebreak" '
        f'aria-label="{page_label(number, page)}"></div>'
    )


def blocks(several: Iterable[Block], setting: Setting) -> str:
    """Blocks, one a line."""
    return "\n".join(part for part in (_block(block, setting) for block in several) if part)


def _block(block: Block, setting: Setting) -> str:  # noqa: PLR0911 - one return a kind of block
    match block:
        case Paragraph(spans):
            return _paragraph(spans, setting)
        case Heading(spans):
            return _paragraph(spans, setting, "subhead")
        case Quote():
            return _quote(block, setting)
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


def _wrapped(tag: str, content: str) -> str:
    return f"<{tag}>{content}</{tag}>" if content else ""


def _paragraph(spans: Spans, setting: Setting, kind: str = "") -> str:
    content = inline(spans, setting)
    if BLANK.fullmatch(content):
        return ""
    return f'<p class="{kind}">{content}</p>' if kind else f"<p>{content}</p>"


def _quote(quote: Quote, setting: Setting) -> str:
    """The quotation; whom it is from stands outside of it, because nobody said that (HTML, 4.4.4)."""
    content = blocks(quote.blocks, setting.inside)
    by = inline(signed(quote.attribution), setting).strip()
    if not content:
        return _paragraph(quote.attribution, setting)
    if quote.pulled:
        line = f'<p class="attribution">{by}</p>' if by else ""
        return f'<aside class="pulled" epub:type="pullquote" role="doc-pullquote">{content}{line}</aside>'
    quotation = f"<blockquote{setting.deep}>{content}</blockquote>"
    return f'<figure class="quote">{quotation}<figcaption>{by}</figcaption></figure>' if by else quotation


def _listing(listing: Listing, setting: Setting) -> str:
    inside = setting.inside
    items = "".join(
        f"<li{value}>{content}</li>\n"
        for value, item in zip(_values(listing), listing.items, strict=True)
        if (content := _item(item, inside))
    )
    if not items:
        return ""
    if not listing.ordered:
        return f"<ul{setting.deep}>\n{items}</ul>"
    start = f' start="{listing.start}"' if listing.start != 1 else ""
    return f"<ol{start}{setting.deep}>\n{items}</ol>"


def _values(listing: Listing) -> Iterable[str]:
    """The attribute that gives each item its number, where the numbers do not simply count on."""
    if not (listing.ordered and listing.numbers):
        return [""] * len(listing.items)
    return [f' value="{number}"' for number in listing.numbers]


def _item(inner: tuple[Block, ...], setting: Setting) -> str:
    """An item; one that is a single paragraph needs no element for it."""
    if len(inner) == 1 and isinstance(inner[0], Paragraph):
        content = inline(inner[0].spans, setting)
        return "" if BLANK.fullmatch(content) else content
    return blocks(inner, setting)


def figure(block: Figure, setting: Setting) -> str:
    """The picture and its caption; of a picture that is lost the caption alone.

    A picture nobody described is called one in the language of the article. Its caption
    is not repeated as the description: it would be read out twice.
    """
    file = setting.pictures.get(block.media)
    if file is None:
        return _paragraph(block.caption, setting, "caption")
    caption = _wrapped("figcaption", inline(block.caption, setting).strip())
    alt = attribute(block.alt) or attribute(setting.picture)
    return f'<figure><img src="{file}" alt="{alt}"/>{caption}</figure>'


def _table(table: Table, setting: Setting) -> str:
    rows = [row for row in table.rows if any(plain(cell).strip() for cell in row)]
    width = max(map(len, (table.head, *rows)))
    if not rows:
        return _paragraph(table.caption, setting, "caption")
    caption = _wrapped("caption", breakable(inline(table.caption, setting).strip()))
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
    contents = [*(inline(cell, setting) for cell in cells), *[""] * (len(kinds) - len(cells))]
    return f"<tr>{''.join(_cell(cell, kind, tag) for kind, cell in zip(kinds, contents, strict=True))}</tr>"


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
    letters = LETTER.findall(word[0])
    return "<wbr/>".join("".join(letters[at : at + PIECE]) for at in range(0, len(letters), PIECE))


def _code(code: str) -> str:
    """Tabs become spaces here: reading systems disagree about how wide a tab is."""
    lines = text(code.expandtabs(4).strip("\n"))
    return f'<pre dir="ltr"><code>{lines}</code></pre>' if lines.strip() else ""
