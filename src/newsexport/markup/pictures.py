"""Pictures and what is written below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from newsexport.events import Cause, omit
from newsexport.markup.embeds import EMBEDDED
from newsexport.markup.parsing import Element
from newsexport.markup.preparing import is_pixel
from newsexport.model import Figure, Paragraph, Span, Spans
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
    """The figure that shows a picture, or the line that leads to what is embedded; or nothing to see."""
    if image.get(EMBEDDED) is not None:
        address = image.get("src") or ""
        return [Paragraph((Span(image.get("alt") or site_of(address) or address, href=address),))]
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


def captioned(shown: Sequence[Figure | Paragraph], caption: Spans) -> Iterator[Figure | Paragraph]:
    """What a figure shows, the caption below the last picture, or behind all where there is none."""
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
