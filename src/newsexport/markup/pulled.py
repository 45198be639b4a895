"""Quotations that repeat words of the article to draw the eye, and whether they do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from enum import Enum

from newsexport.markup.parsing import Element

TAGS = frozenset(("aside", "blockquote", "figure", "div", "section"))
NAMED = re.compile(r"(?<![a-z])pull(?:ed)?[-_]?quote(?!s)", re.IGNORECASE)
WITH = re.compile(r"^(?:has|with|no|is|js)[-_]", re.IGNORECASE)

# A quotation of more characters is no ornament.
LONGEST = 1000
# Words in a row that tell a passage, and the share of such runs that must come back in the text.
RUN, REPEATED = 3, 0.5
WORD = re.compile(r"[\u0e00-\u0e7f\u3040-\u9fff]|[^\W\u0e00-\u0e7f\u3040-\u9fff]+")


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
    if not (said or named) or not 0 < len(_text(element)) <= LONGEST:
        return Pull.NO
    return Pull.SAID if said else Pull.NAMED


class Told:
    """The words of a document, which tell whether a part of it only repeats what stands elsewhere."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.known: Counter[tuple[str, ...]] | None = None

    def twice(self, element: Element) -> bool:
        """Whether most of its words stand in another place too: pages also set other words apart."""
        if self.known is None:
            self.known = Counter(_runs(_text(self.root)))
        quoted = set(_runs(_text(element)))
        return bool(quoted) and sum(self.known[run] > 1 for run in quoted) >= REPEATED * len(quoted)


def _text(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = WORD.findall(text.lower())
    return (tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
