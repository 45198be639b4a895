"""One narration as several sounds: a part for each article, or for each section, nothing lost.

What is said before a part opens (a greeting, the name of a section, a jingle) goes with it, what is
heard after the last goes with that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from newsexport.model import Article
from newsexport.narration.script import Level
from newsexport.narration.timeline import Placed


class Split(StrEnum):
    """What becomes a file of its own; `BOTH` is the whole, and beside it each article."""

    NONE = "none"
    ARTICLE = "article"
    SECTION = "section"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class NarrationPart:
    """Passages that follow each other, and what they are called; their frames begin at byte `begin`."""

    title: str
    placed: tuple[Placed, ...]
    begin: int = 0

    @property
    def size(self) -> int:
        """Bytes of its frames."""
        return sum(one.size for one in self.placed)

    @property
    def article(self) -> Article | None:
        """The first article that is heard in it; of parts by article the only one."""
        return next((one.passage.article for one in self.placed if one.passage.article), None)


def parted(placed: Sequence[Placed], split: Split, title: str) -> list[NarrationPart]:
    """The parts, in order; `title` is what one is called in which nothing opens."""
    if split is Split.NONE:
        return [NarrationPart(title, tuple(placed))]
    level = Level.SECTION if split is Split.SECTION else Level.ARTICLE
    begins = [at for at in range(len(placed)) if _begins(placed, at, level)]
    edges = [0, *(_with_what_leads(placed, at, level) for at in begins[1:]), len(placed)]
    parts: list[NarrationPart] = []
    for first, last in pairwise(edges):
        run = tuple(placed[first:last])
        opened = next(filter(None, (_opens(one, level) for one in run)), title)
        begin = parts[-1].begin + parts[-1].size if parts else 0
        parts.append(NarrationPart(opened, run, begin))
    return parts


def _begins(placed: Sequence[Placed], at: int, level: Level) -> bool:
    """Whether a part begins there: something is announced, or another article is heard than before."""
    if _opens(placed[at], level):
        return True
    own = placed[at].passage.article
    if level is not Level.ARTICLE or own is None:
        return False
    before = (placed[earlier].passage.article for earlier in reversed(range(at)))
    return next((article for article in before if article is not None), None) is not own


def _opens(one: Placed, level: Level) -> str:
    return next((opening.title for opening in one.passage.openings if opening.level == level), "")


def _with_what_leads(placed: Sequence[Placed], at: int, level: Level) -> int:
    """Back over the passages that belong to no article: they lead to what follows."""
    while at and placed[at - 1].passage.article is None and not _opens(placed[at - 1], level):
        at -= 1
    return at
