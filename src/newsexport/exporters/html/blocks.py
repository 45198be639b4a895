"""Blocks as XHTML, which is HTML too. What would be empty is left out: no block makes an empty element."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from newsexport.exporters.html.inline import BLANK, Setting, inline
from newsexport.exporters.html.tables import table
from newsexport.exporters.html.xhtml import attribute, text
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
)
from newsexport.text.attribution import signed


def blocks(several: Iterable[Block], setting: Setting) -> str:
    """Blocks, one a line."""
    return "\n".join(part for part in (_block(block, setting) for block in several) if part)


def _block(block: Block, setting: Setting) -> str:  # noqa: PLR0911 - one return a kind of block
    match block:
        case Paragraph(spans):
            return _paragraph(spans, setting)
        case Heading(spans):
            return _heading(spans, setting)
        case Quote():
            return _quote(block, setting)
        case Listing():
            return _listing(block, setting)
        case Figure():
            return figure(block, setting)
        case Table():
            return table(block, setting)
        case Code(code):
            return _code(code, setting)
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


def _heading(spans: Spans, setting: Setting) -> str:
    """A heading of a web page; in a book, whose headings `flow` sets, one inside of something else."""
    if setting.web is None:
        return _paragraph(spans, setting, "subhead")
    content, level = inline(spans, setting), setting.web.level
    return "" if BLANK.fullmatch(content) else f'<h{level} class="inner">{content}</h{level}>'


def _quote(quote: Quote, setting: Setting) -> str:
    """The quotation; whom it is from stands outside of it, because nobody said that (HTML, 4.4.4)."""
    if quote.pulled:  # for the eye: what follows the sound waits for the sentence it repeats
        setting = replace(setting, sound=None)
    content = blocks(quote.blocks, setting.inside)
    by = inline(signed(quote.attribution), setting).strip()
    if not content:
        return _paragraph(quote.attribution, setting)
    if quote.pulled:
        line = f'<p class="attribution">{by}</p>' if by else ""
        kind = "" if setting.web else ' epub:type="pullquote"'
        return f'<aside class="pulled"{kind} role="doc-pullquote">{content}{line}</aside>'
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
    image = setting.web.image(block) if setting.web else _image(block, setting)
    if not image:
        return _paragraph(block.caption, setting, "caption")
    caption = _wrapped("figcaption", inline(block.caption, setting).strip())
    shape = setting.shapes.get(block.media)
    kind = f' class="{shape}"' if shape else ""
    return f"<figure{kind}>{image}{caption}</figure>"


def _image(block: Figure, setting: Setting) -> str:
    file = setting.pictures.get(block.media)
    alt = attribute(block.alt) or attribute(setting.picture)
    return f'<img src="{file}" alt="{alt}"/>' if file is not None else ""


def _code(code: str, setting: Setting) -> str:
    """Tabs become spaces here: reading systems disagree about how wide a tab is."""
    lines = text(code.expandtabs(4).strip("\n"))
    scrolled = ' tabindex="0"' if setting.web else ""
    return f'<pre dir="ltr"{scrolled}><code>{lines}</code></pre>' if lines.strip() else ""
