"""Which part of a page is the article, by where its paragraphs are.

This is the way of Arc90's Readability and of what Mozilla made of it
(https://github.com/mozilla/readability): every paragraph speaks for its parent and, less,
for those around it; names of classes speak for and against; links speak against.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from newsexport.extraction.measuring import (
    ROLES,
    STOPS,
    class_weight,
    commas,
    inner_text,
    is_unlikely,
    link_density,
    signs,
    weight_of_link,
    within,
)
from newsexport.markup.parsing import Element
from newsexport.markup.quotations import Pull, pull_of
from newsexport.text.counting import extent

CANDIDATES = 5

SCORED = ("section", "h2", "h3", "h4", "h5", "h6", "p", "td", "pre")
BASE = {
    "div": 5, "article": 5, "main": 5, "pre": 3, "td": 3, "blockquote": 3,
    "address": -3, "ol": -3, "ul": -3, "dl": -3, "dd": -3, "dt": -3, "li": -3, "form": -3,
    "h1": -5, "h2": -5, "h3": -5, "h4": -5, "h5": -5, "h6": -5, "th": -5,
}  # fmt: skip
BLOCKS = frozenset(
    ("blockquote", "dl", "div", "img", "ol", "p", "pre", "table", "ul", "section", "article", "figure",
    "header",
     "footer", "aside", "nav", "h1", "h2", "h3", "h4", "h5", "h6", "form", "hr", "address", "main")
)  # fmt: skip


@dataclass(slots=True)
class Scoring:
    """Scores of a tree, which is changed on the way. `strict` takes unlikely parts out first."""

    root: Element
    strict: bool = True
    weighing: bool = True
    scores: dict[Element, float] = field(default_factory=dict)

    def article(self) -> Element:
        """An element that holds the article and little else."""
        body = self.root.find("body")
        body = self.root if body is None else body
        if self.strict:
            _strip_unlikely(body)
        _divide(body)
        self._score(body)
        top = self._top(body)
        return self._with_siblings(top)

    def _score(self, body: Element) -> None:
        for element in body.iter(*SCORED, "div"):
            if element.tag == "div" and element.get("as") != "p":
                continue
            text = inner_text(element)
            if (length := extent(text)) < 25:
                continue
            score = 1 + commas(text) + 1 + min(length // 100, 3)
            for level, ancestor in enumerate(_ancestors(element, 5)):
                self._begin(ancestor)
                self.scores[ancestor] += score / (1 if level == 0 else 2 if level == 1 else level * 3)
        linked = self._linked(body)
        lengths: dict[Element, int] = {}
        for element in filter(linked.get, self.scores):
            wrapped = _unwrapped(element)
            if wrapped not in lengths:
                lengths[wrapped] = len(inner_text(wrapped))
            self.scores[element] *= 1 - (linked[element] / lengths[wrapped] if lengths[wrapped] else 0.0)

    def _linked(self, body: Element) -> dict[Element, float]:
        """The letters of links in each element that has a score; each link is weighed once."""
        linked = dict.fromkeys(self.scores, 0.0)
        for link in body.iter("a"):
            weight, around = weight_of_link(link), link
            while around is not None:
                if around in linked:
                    linked[around] += weight
                around = around.getparent()
        return linked

    def _begin(self, element: Element) -> None:
        if element not in self.scores:
            weight = class_weight(element) if self.weighing else 0
            self.scores[element] = BASE.get(element.tag, 0) + weight

    def _top(self, body: Element) -> Element:
        """The best candidate, or what holds several that are nearly as good."""
        ranked = sorted(self.scores, key=lambda each: -self.scores[each])[:CANDIDATES]
        if not ranked or ranked[0] in {body, self.root}:
            return body
        top = self._shared(ranked, body)
        top = self._climbed(top, body)
        parent = top.getparent()
        while parent is not None and parent is not body and len(parent) == 1:
            top, parent = parent, parent.getparent()
        self._begin(top)
        return top

    def _shared(self, ranked: list[Element], body: Element) -> Element:
        """An element around three or more of the best, when there is one."""
        top = ranked[0]
        near = [
            list(each.iterancestors()) for each in ranked[1:] if self.scores[each] >= 0.75 * self.scores[top]
        ]
        if len(near) >= 3:
            for ancestor in top.iterancestors():
                if ancestor is body:
                    break
                if sum(ancestor in each for each in near) >= 3:
                    return ancestor
        return top

    def _climbed(self, top: Element, body: Element) -> Element:
        """An ancestor that scores higher: the article may be in several parts."""
        self._begin(top)
        last = self.scores[top]
        least = last / 3
        parent = top.getparent()
        while parent is not None and parent is not body:
            score = self.scores.get(parent)
            if score is not None:
                if score < least:
                    break
                if score > last:
                    return parent
                last = score
            parent = parent.getparent()
        return top

    def _with_siblings(self, top: Element) -> Element:
        """The candidate together with those of its neighbours that go on telling."""
        article = self.root.makeelement("div")
        parent = top.getparent()
        if parent is None or top.tag in {"body", "html"}:
            article.append(top)
            return article
        threshold = max(10.0, self.scores[top] * 0.2)
        for sibling in list(parent):
            if sibling is top or (isinstance(sibling.tag, str) and self._belongs(sibling, top, threshold)):
                sibling.tail = None
                article.append(sibling)
        return article

    def _belongs(self, sibling: Element, top: Element, threshold: float) -> bool:
        bonus = (
            self.scores[top] * 0.2 if sibling.get("class") and sibling.get("class") == top.get("class") else 0
        )
        if sibling in self.scores and self.scores[sibling] + bonus >= threshold:
            return True
        if sibling.tag != "p" and sibling.get("as") != "p":
            return False
        text = inner_text(sibling)
        density = link_density(sibling, len(text))
        if extent(text) > 80:
            return density < 0.25
        return bool(text) and density == 0 and (text.endswith(STOPS) or ". " in text)


def _ancestors(element: Element, most: int) -> Iterator[Element]:
    for number, ancestor in enumerate(element.iterancestors()):
        if number >= most or ancestor.tag == "html":
            return
        yield ancestor


def _unwrapped(element: Element) -> Element:
    """The innermost element that holds all of its text."""
    while len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip():
        element = element[0]
    return element


def _strip_unlikely(body: Element) -> None:
    for element in list(body.iter()):
        unlikely = is_unlikely(element) and element.tag not in {"a", "article", "main"}
        if not (unlikely or element.get("role") in ROLES) or element is body or element.getparent() is None:
            continue
        if within(element, "table", "code") and element.get("role") not in ROLES:
            continue
        if pull_of(element) is Pull.NO and not signs(element):
            _remove(element)


def _divide(body: Element) -> None:
    """Mark divisions that are nothing but a paragraph, and wrap loose text in paragraphs of its own."""
    holding = _holding_blocks(body)
    for element in list(body.iter("div", "article", "section", "main", "center")):
        if element not in holding:
            element.set("as", "p")
        elif element.tag == "div":
            _wrap_loose(element, holding)


def _holding_blocks(body: Element) -> set[Element]:
    """Whatever is around a block."""
    holding: set[Element] = set()
    for block in body.iter(*BLOCKS):
        around = block.getparent()
        while around is not None and around not in holding:
            holding.add(around)
            around = around.getparent()
    return holding


def _wrap_loose(element: Element, holding: set[Element]) -> None:
    """Runs of text and inline elements between blocks become paragraphs."""
    pieces: list[list[str | Element] | Element] = [[]]
    if element.text and element.text.strip():
        pieces[-1].append(element.text)
    for child in list(element):
        tail, child.tail = child.tail, None
        if child.tag in BLOCKS or child in holding:
            pieces += [child, []]
        elif pieces:
            pieces[-1].append(child)
        if tail and (tail.strip() or pieces[-1]):
            pieces[-1].append(tail)
        element.remove(child)
    element.text = None
    for piece in pieces:
        if not isinstance(piece, list):
            element.append(piece)
        elif piece:
            element.append(_paragraph(piece, element.makeelement("p")))


def _paragraph(piece: list[str | Element], paragraph: Element) -> Element:
    last: Element | None = None
    for part in piece:
        if not isinstance(part, str):
            paragraph.append(part)
            last = part
        elif last is not None:
            last.tail = (last.tail or "") + part
        else:
            paragraph.text = (paragraph.text or "") + part
    return paragraph


def _remove(element: Element) -> None:
    parent = element.getparent()
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
