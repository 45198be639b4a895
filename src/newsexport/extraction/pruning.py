"""A page without what is none of its article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy

from newsexport.extraction.candidates import NUMBER, PICTURE, numbers
from newsexport.markup.parsing import Element
from newsexport.markup.pictures import is_caption
from newsexport.markup.preparing import drop
from newsexport.markup.quotations import attribution_of


def pruned(root: Element, kept: frozenset[int], pictures: frozenset[int]) -> Element:
    """A copy of the page's body with nothing in it but these candidates and pictures, in their structure."""
    body = root.find("body")
    body = deepcopy(root if body is None else body)
    body.tag = "div"
    whole: set[Element] = set()
    for element in list(body.iter()):
        if (number := element.get(NUMBER)) and int(number) in kept:
            whole.add(element)
        elif element.tag == "img" and (picture := element.get(PICTURE)) and int(picture) in pictures:
            figure = next(element.iterancestors("figure"), None)
            whole.add(element if figure is None or numbers(figure) else figure)
    whole.update(_beside(body, whole))
    _prune(body, _around(whole) - {body}, whole)
    return body


def _around(several: Iterable[Element]) -> set[Element]:
    """Everything that any of these stands in."""
    found: set[Element] = set()
    for element in several:
        outer = element.getparent()
        while outer is not None and outer not in found:
            found.add(outer)
            outer = outer.getparent()
    return found


def _beside(body: Element, whole: set[Element]) -> Iterator[Element]:
    """What goes with something that is kept: captions with their pictures, signatures with what they sign."""
    around = _around(whole)
    for element in body.iter(
        "blockquote", "figure", "aside", "figcaption", "div", "p", "span", "dd", "small"
    ):
        if element.tag in {"blockquote", "figure", "aside"} and element in around:
            signature = attribution_of(element)
            if signature is not None:
                yield signature
        elif element not in whole and (element.tag == "figcaption" or is_caption(element)):
            before = element if element.getprevious() is not None else element.getparent()
            before = None if before is None else before.getprevious()
            if before is not None and (before in whole or before in around):
                yield element


def _prune(body: Element, needed: set[Element], whole: set[Element]) -> None:
    waiting, kept = [body], needed | whole
    while waiting:
        element = waiting.pop()
        for child in list(element):
            if child in whole:
                continue
            if child in needed:
                waiting.append(child)
            elif child.tag != "hr" or not _between(child, kept):
                drop(child)


def _between(rule: Element, kept: Iterable[Element]) -> bool:
    """Whether a rule parts what is kept, or what that stands in."""
    before, after = rule.getprevious(), rule.getnext()
    return before is not None and after is not None and before in kept and after in kept
