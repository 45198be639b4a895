"""The article's element in a page, by several ways of which one checks the other."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from newsexport.extraction.cleaning import cleaned
from newsexport.extraction.measuring import inner_text
from newsexport.extraction.scoring import Scoring
from newsexport.markup.parsing import Element
from newsexport.wordcount import extent

# An article shorter than this (in letters) may be the wrong part of the page, so other ways are tried.
SHORT = 500


@dataclass(frozen=True, slots=True)
class Way:
    """How much is left out before and after."""

    strict: bool
    weighing: bool
    cleaning: bool


WAYS = (Way(True, True, True), Way(False, True, True), Way(False, False, True), Way(False, False, False))  # noqa: FBT003 - a table


def article_in(root: Element) -> Element:
    """The part of a prepared page that is the article; the page itself stays as it is."""
    best, most = None, -1
    for found in _attempts(root):
        length = extent(inner_text(found))
        if length > most:
            best, most = found, length
        if most >= SHORT:
            break
    return best


def _attempts(root: Element) -> Iterator[Element]:
    for way in WAYS:
        article = Scoring(deepcopy(root), way.strict, way.weighing).article()
        yield cleaned(article, conditionally=way.cleaning)
