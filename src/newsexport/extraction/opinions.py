"""What others say of a page: which of its text is the article."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import cast

from lxml import etree

from newsexport.extraction.measuring import inner_text
from newsexport.markup.parsing import Element, text_in
from newsexport.text.counting import CHARACTERS, LETTERS, is_western

# A page with more elements than this is not shown to anybody else: it would take seconds.
MOST_ELEMENTS = 20_000
COUNTED = etree.XPath("count(/descendant::*)")
# Where trafilatura finds less by itself, in letters and as a share of the page, it is to ask others, too.
LITTLE, SHARE = 250, 0.2
UNSHOWN = ("script", "style", "template", "noscript")
RUN = 3
WORD = re.compile(rf"[{LETTERS}{CHARACTERS}]|[^\W_{LETTERS}{CHARACTERS}]+")
# The same where no script without spaces is, in a third of the time.
WESTERN_WORD = re.compile(r"[^\W_]+")
# And where all is ASCII in a tenth of it: what is of no word becomes a space.
APART = {ord(each): " " for each in map(chr, range(128)) if not WESTERN_WORD.match(each)}


@lru_cache(maxsize=1024)  # a passage is often a line of an opinion, too
def words_in(text: str) -> tuple[str, ...]:
    """Its words in small letters; of scripts without spaces each character is one."""
    small = text.lower()
    if small.isascii():
        return tuple(small.translate(APART).split())
    return tuple((WESTERN_WORD if is_western(text) else WORD).findall(small))


def _runs(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(RUN)), strict=False)


@dataclass(frozen=True, slots=True)
class Opinion:
    """A text as its lines and its runs of three words."""

    lines: frozenset[tuple[str, ...]] = frozenset()
    runs: frozenset[tuple[str, ...]] = frozenset()
    words: int = 0

    @classmethod
    def of(cls, lines: Iterable[str]) -> Opinion:
        """Of a text that is given by lines."""
        told = [words_in(line) for line in lines]
        runs = frozenset(chain.from_iterable(map(_runs, told)))
        return cls(frozenset(told), runs, sum(map(len, told)))

    def share(self, words: tuple[str, ...]) -> float:
        """How much of some words it has: 0 to 1. Fewer than three are looked for as a line."""
        whole = words in self.lines
        if whole or len(words) < RUN:
            return float(whole)
        return sum(map(self.runs.__contains__, _runs(words))) / (len(words) - RUN + 1)


NO_OPINION = Opinion()


def trafilatura_opinion(root: Element) -> Opinion:
    """What trafilatura takes for the article; nothing where it fails. The tree stays as it is.

    It compares what it finds with what two others do, for a third of its time. That seldom changes its mind
    where it has found a fair part of the page, so only elsewhere it is let.
    """
    if cast("float", COUNTED(root)) > MOST_ELEMENTS:
        return NO_OPINION
    text = _extracted(root, fast=True)
    # First with all white space, which is told fast and never less.
    if len(text) < LITTLE or all(len(text) < SHARE * _letters(root, of) for of in (text_in, inner_text)):
        text = _extracted(root, fast=False)
    return Opinion.of(text.split("\n")) if text else NO_OPINION


def _extracted(root: Element, *, fast: bool) -> str:
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        from trafilatura import bare_extraction  # noqa: PLC0415 - a fifth of a second, for pages only

        found = bare_extraction(root, fast=fast, include_comments=False, with_metadata=False)
    except Exception:  # noqa: BLE001 - whatever goes wrong there is an opinion the less
        return ""
    return getattr(found, "text", None) or ""


def _letters(root: Element, text_of: Callable[[Element], str]) -> int:
    """About how many letters a page shows."""
    return len(text_of(root)) - sum(len(text_of(each)) for each in root.iter(*UNSHOWN))
