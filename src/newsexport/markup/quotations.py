"""The part of a quotation that says whom it is from."""

from __future__ import annotations

import re

from newsexport.markup.parsing import Element

SIGNING = frozenset(("footer", "figcaption"))
WRAPPERS = frozenset(("div", "section", "p", "small", "span"))
BLOCKS = frozenset(("p", "div", "ul", "ol", "blockquote", "pre", "table", "br", "section", "header"))

# How a sentence ends, after which a name is no part of it.
ENDS = (".", "!", "?", "…", "”", "»", "“", "’", '"', "—", "–", "。")
SIGNED = re.compile(
    r"(?i)(?:^|[\s_-])(?:attribution|author|source|speaker|credit|cite|citation|byline)(?:$|\s)"
)


def attribution_of(quotation: Element) -> Element | None:
    """The footer, caption, or name or work alone on its line, that ends a quotation; None if nothing does."""
    last = _last(quotation)
    if last is None:
        return None
    if (
        last.tag in SIGNING
        or _is_signed(last)
        or _is_only_cited(last)
        or (last.tag == "cite" and _stands_alone(last))
    ):
        return last if _text(last) and _text(last) != _text(quotation) else None
    only = _text(last) == _text(quotation) and last.tag in WRAPPERS
    return attribution_of(last) if only else None


def _last(element: Element) -> Element | None:
    """The last child, if no text stands behind it."""
    for child in reversed(element):
        if isinstance(child.tag, str) and _text(child):
            return child if not (child.tail or "").strip() else None
        if (child.tail or "").strip():
            return None
    return None


def _is_only_cited(element: Element) -> bool:
    """Whether it is a line that holds a name or work, a dash, and nothing else."""
    if element.tag not in WRAPPERS:
        return False
    cited = next(element.iter("cite"), None)
    return cited is not None and _text(cited) == _text(element).strip(" —―–-")


def _stands_alone(element: Element) -> bool:
    """Whether it has a line to itself: in running text it is the name of a work."""
    before = element.getprevious()
    if before is None or before.tag not in BLOCKS:
        said = (before.tail if before is not None else element.getparent().text) or ""
        return element.getparent().tag == "blockquote" and said.rstrip().endswith(ENDS)
    return before is not None and before.tag in BLOCKS and not (before.tail or "").strip(" —―–-\n\t")


def _is_signed(element: Element) -> bool:
    """Whether it is a line whose class says that it holds whom the quotation is from."""
    return element.tag in WRAPPERS and SIGNED.search(element.get("class") or "") is not None


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
