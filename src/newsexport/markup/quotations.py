"""The part of a quotation that says whom it is from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from enum import Enum

from newsexport.markup.parsing import Element
from newsexport.text.counting import CHARACTERS, LETTERS

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


# Quotations that repeat words of the article to draw the eye, and whether they do.

TAGS = frozenset(("aside", "blockquote", "figure", "div", "section"))
NAMED = re.compile(r"(?<![a-z])pull(?:ed)?[-_]?quote(?!s)", re.IGNORECASE)
WITH = re.compile(r"^(?:has|with|no|is|js)[-_]", re.IGNORECASE)

# A quotation of more characters is no ornament.
LONGEST = 1000
# Words in a row that tell a passage, and the share of such runs that must come back in the text.
RUN, REPEATED = 3, 0.5
WORD = re.compile(rf"[{LETTERS}{CHARACTERS}]|[^\W{LETTERS}{CHARACTERS}]+")


class Pull(Enum):
    """How an element says that it is a pulled quotation."""

    NO = "no"
    NAMED = "named"
    SAID = "said"


def pull_of(element: Element) -> Pull:
    """Whether the element says so by what it means (``role``, ``epub:type``), or only by its name."""
    if element.tag not in TAGS:
        return Pull.NO
    kinds = f"{element.get('role') or ''} {element.get('epub:type') or ''}".split()
    names = (element.get("class") or "").split()
    said = "doc-pullquote" in kinds or "pullquote" in kinds
    said = said or ("pulled" in names and element.tag in {"blockquote", "aside"})
    named = any(NAMED.search(name) and not WITH.search(name) for name in names)
    if not (said or named) or not 0 < len(_words_of(element)) <= LONGEST:
        return Pull.NO
    return Pull.SAID if said else Pull.NAMED


class KnownWords:
    """The words of a document, which tell whether a part of it only repeats what stands elsewhere."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.known: Counter[tuple[str, ...]] | None = None

    def twice(self, element: Element) -> bool:
        """Whether most of its words stand in another place too: pages also set other words apart."""
        if self.known is None:
            self.known = Counter(_runs(_words_of(self.root)))
        quoted = set(_runs(_words_of(element)))
        return bool(quoted) and sum(self.known[run] > 1 for run in quoted) >= REPEATED * len(quoted)


def _words_of(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = WORD.findall(text.lower())
    return (tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
