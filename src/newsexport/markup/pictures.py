"""Pictures and what is written below them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from newsexport.events import Cause, omit
from newsexport.markup.embeds import EMBEDDED
from newsexport.markup.parsing import Element
from newsexport.markup.preparing import is_pixel
from newsexport.model import Block, Figure, Paragraph, Span, Spans, plain
from newsexport.text.addresses import absolute, site_of

MEDIA = re.compile(
    r"(?:https?:)?//|data:image/(?:jpeg|jpg|png|gif|webp|avif|svg\+xml)[;,]|cid:|(?![a-z][\w+.-]*:)[^\s]",
    re.IGNORECASE,
)
CAPTION = re.compile(r"(?<![a-zA-Z])[Cc]aption(?:s|[-_]?text)?(?![a-z])|[a-z]Caption(?![a-z])")
# Letters of the longest caption.
LONGEST_CAPTION = 1000
# What makes a figure more than pictures with a caption.
MORE = ("blockquote", "pre", "table", "p", "ul", "ol", "figure")


def pictured(image: Element, base: str) -> list[Figure | Paragraph]:
    """The figure that shows a picture, or the line that leads to what is embedded; or nothing to see.

    The line is empty where what is embedded has no title (see `shown_behind`).
    """
    if image.get(EMBEDDED) is not None:
        return [Paragraph((Span(image.get("alt") or "", href=image.get("src") or ""),))]
    target = (image.get("src") or "").strip()
    target = target if target.startswith(("data:", "cid:")) else absolute(base, target)
    if is_pixel(image):
        omit("only telling who reads", Cause.EMPTY)
        return []
    if not MEDIA.match(target):
        omit("of a kind that is not read", Cause.LIMIT)
        return []
    return [Figure(target, " ".join((image.get("alt") or "").split()))]


def only_shown_in(figure: Element) -> list[Element]:
    """The pictures of a figure that is nothing else than pictures with one caption; of others none."""
    more = (each for each in figure.iter(*MORE) if each is not figure)
    if sum(1 for _ in figure.iter("figcaption")) > 1 or any(not _is_in_caption(each) for each in more):
        return []
    return [image for image in figure.iter("img") if not _is_in_caption(image)]


def caption_in(figure: Element) -> Element | None:
    """What is written below the pictures of a figure: its ``figcaption``, or what is named so."""
    named = (each for each in figure.iter("div", "span", "small") if CAPTION.search(each.get("class") or ""))
    return next(chain(figure.iter("figcaption"), named), None)


def shown_behind(found: list[Block], shown: Iterable[Block]) -> list[Paragraph]:
    """Add what is shown to the blocks that are found; gives the lines that nothing names.

    Where the text before announces it ("He said it in this film:"), that leads there.
    """
    unnamed = []
    for block in shown:
        if not isinstance(block, Paragraph) or plain(block.spans):
            found.append(block)
        elif found and isinstance(last := found[-1], Paragraph) and _announces(last.spans):
            found[-1] = Paragraph(_leading(last.spans, block))
        else:
            unnamed.append(block)
    return unnamed


def by_address(unnamed: Sequence[Paragraph]) -> list[Block]:
    """Lines that are all there is, with the sites that they lead to."""
    addresses = (line.spans[0].href or "" for line in unnamed)
    return [Paragraph((Span(site_of(each) or each, href=each),)) for each in addresses]


def _announces(spans: Spans) -> bool:
    return plain(spans).rstrip().endswith((":", "：")) and not any(span.href for span in spans)


def _leading(spans: Spans, line: Paragraph) -> Spans:
    """The same text as a link to where an empty line leads."""
    return tuple(span if span.note else replace(span, href=line.spans[0].href) for span in spans)


def captioned(shown: Sequence[Figure | Paragraph], caption: Spans) -> Iterator[Figure | Paragraph]:
    """What a figure shows, the caption below the last picture, or behind all where there is none.

    The caption of what is embedded without a title is its title.
    """
    if len(shown) == 1 and isinstance(only := shown[0], Paragraph) and caption and not plain(only.spans):
        yield Paragraph(caption if any(span.href for span in caption) else _leading(caption, only))
        return
    last = next((block for block in reversed(shown) if isinstance(block, Figure)), None)
    for block in shown:
        yield replace(block, caption=caption) if block is last and isinstance(block, Figure) else block
    if last is None and caption:
        yield Paragraph(caption)


def _is_in_caption(element: Element) -> bool:
    return any(around.tag == "figcaption" for around in element.iterancestors())


def is_named_caption(element: Element) -> bool:
    """Whether it says that it is a caption."""
    named = CAPTION.search(element.get("class") or "") is not None
    return named and len("".join(element.itertext())) <= LONGEST_CAPTION


def is_caption(element: Element) -> bool:
    """Whether it says that it is a caption, and stands behind a picture."""
    return (
        is_named_caption(element)
        and picture_before(element) is not None
        and next(element.iter("img"), None) is None
    )


def picture_before(caption: Element) -> Element | None:
    """What stands right before it or before what it is in, if that holds a picture."""
    around = caption if caption.getprevious() is not None else caption.getparent()
    before = around.getprevious() if around is not None else None
    return before if before is not None and next(before.iter("img"), None) is not None else None


def is_caption_of(caption: Element, tag: str) -> bool:
    """Whether it stands right behind an element of that kind, or of what holds one."""
    before = caption.getprevious()
    return before is not None and (before.tag == tag or before.find(f".//{tag}") is not None)
