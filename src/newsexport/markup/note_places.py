"""Where notes stand: the element that a note's name belongs to, and all of what the note says.

Most notes are an item of a list or a paragraph of their own. Others are the cell behind a number, the text
behind an empty anchor, a line between two breaks, or several paragraphs of which only the first has a name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from newsexport.markup.parsing import Element
from newsexport.text.printed_notes import is_label

KINDS = frozenset(("li", "aside", "div", "p", "dd", "dt", "section", "tr", "td", "th", "table"))
WRAPPERS = frozenset(("sup", "span", "small", "b", "i", "strong", "em", "font", "cite"))
# What a note of several paragraphs is made of.
PARTS = frozenset(("p", "div", "blockquote", "ul", "ol", "pre", "figure", "table"))
BLOCKS = KINDS | PARTS | {"hr", "h1", "h2", "h3", "h4", "h5", "h6", "center", "article", "main", "dl"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "article", "main")
# Names of the places of notes: "fn1", "_ftn1", "ftnt1", "f1n", "_footnotedef_1", "sdendnote1sym", "note-1".
NOTED = re.compile(
    r"(?:^|[-_.:])(?:(?:sd)?(?:foot|end|side)[-_]?note|note|fn|ftnt?|edn)(?:def|text)?(?:[-_.:]|\d|$)|^f\d+n$",
    re.IGNORECASE,
)
# The mark of a note where nothing else stands.
ALONE = re.compile(r"[\[(]?(?:\d{1,4}|[*†‡§‖¶]{1,4})[\])]?[.:]?|\[\w{1,3}\]")
# What is named like this leads to notes and back, by whatever address of the page.
SPOKEN_OF = re.compile(r"foot|note|fn|ftn|cite[-_]", re.IGNORECASE)
ENDNOTES = re.compile(r"(?:foot|end)notes?\b|doc-endnotes", re.IGNORECASE)

# Elements in front of a target, at most, for it to stand at the beginning of its block.
NEAR = 8
# Blocks of one note, at most.
MOST = 20


@dataclass(slots=True)
class Places:
    """The elements of a document that have names, and the order of all. `base` is its own address."""

    base: str
    order: dict[Element, int] = field(default_factory=dict)
    named: dict[str, Element] = field(default_factory=dict)
    targets: set[Element] = field(default_factory=set)

    @classmethod
    def of(cls, root: Element, base: str) -> Places:
        """Those of a document."""
        places = cls(base.partition("#")[0])
        for number, element in enumerate(root.iter()):
            places.order[element] = number
            for name in (element.get("id"), element.get("name")) if isinstance(element.tag, str) else ():
                if name:
                    places.named.setdefault(name, element)
        places.targets.update(
            target for link in root.iter("a") if (target := places.target(link)) is not None
        )
        return places

    def name(self, link: Element) -> str:
        """The name of the place in the same document to which a link leads; empty if it leads elsewhere."""
        address, _, fragment = (link.get("href") or "").strip().partition("#")
        name = unquote(fragment)
        if not name or address in {"", self.base}:
            return name
        said = SPOKEN_OF.search(f"{name} {link.get('class') or ''}") is not None
        return name if said and name in self.named else ""

    def target(self, link: Element) -> Element | None:
        """The element to which the link leads. GitHub puts a word in front of the names of its readers."""
        name = self.name(link)
        return self.named.get(name, self.named.get(f"user-content-{name}")) if name else None


def names_near(link: Element) -> set[str]:
    """The names by which a note could lead back to its call."""
    around = [link, *(each for _, each in zip(range(3), link.iterancestors(), strict=False))]
    before = link.getprevious()
    named = [*around, *([before] if before is not None and not len(before) and not before.text else [])]
    return {name for each in named for name in (each.get("id"), each.get("name")) if name}


def block_of(target: Element, targets: Collection[Element]) -> tuple[Element | None, bool]:
    """The block that the target is, begins or stands in front of, and whether the note begins there.

    It is the item of a list rather than the item's first paragraph.
    """
    if (line := _line_of(target, targets)) is not None:
        return line, True
    block = target
    while block is not None and block.tag not in KINDS:
        if (behind := _behind(block, targets)) is not None:
            return behind, True
        if block.tag not in WRAPPERS | {"a"}:
            return None, False
        block = block.getparent()
    if block is None or not _stands_first(target, block):
        return block, False
    if (behind := _behind(block, targets)) is not None:
        return behind, True
    around = block.getparent()
    item = around is not None and around.tag == "li" and _stands_first(block, around)
    return (around if item else block), True


def _behind(element: Element, targets: Collection[Element]) -> Element | None:
    """The note behind an element that is empty, or holds no more than its mark."""
    after = element.getnext()
    if element.tag not in KINDS | WRAPPERS | {"a"} or after is None or after.tag not in KINDS - {"li"}:
        return None
    if after in targets or (element.tail or "").strip(" .:)]\r\n\t"):
        return None
    text = ""
    for piece in element.itertext():
        text += piece.strip(" ↑^↩\xa0\r\n\t")
        if len(text) > NEAR:
            return None
    return after if not text or ALONE.fullmatch(text) else None


def _stands_first(element: Element, block: Element) -> bool:
    """Whether no text is in front of the element in its block, but for a bracket or an arrow."""
    steps = 0
    while element is not block:
        around = element.getparent()
        before = [around.text or ""]
        for sibling in element.itersiblings(preceding=True):
            steps += 1
            before += [*sibling.itertext(), sibling.tail or ""]
            if steps > NEAR:
                return False
        if "".join(before).strip(" \t\r\n[(^"):
            return False
        element = around
    return True


# Notes that are lines of one paragraph.


def _line_of(target: Element, targets: Collection[Element]) -> Element | None:
    """A paragraph made of the line that the target begins, where that shares one with others."""
    node = target
    while (around := node.getparent()) is not None and around.tag in WRAPPERS and around.find("br") is None:
        node = around
    if around is None or node.tag in BLOCKS or not _begins_line(node):
        return None
    line = list(_line(node, targets))
    after = line[-1].getnext()
    before = node.getprevious()
    alone = around.tag in KINDS and before is None and (after is None or after.tag in BLOCKS)
    text = "".join(
        (*(piece for each in line for piece in each.itertext()), *(each.tail or "" for each in line))
    )
    if alone or not text.strip():
        return None
    paragraph = node.makeelement("p")
    front = (around.text if before is None else before.tail) or ""
    kept = front.rstrip("[( \t\r\n\xa0")
    paragraph.text = front[len(kept) :]
    if before is None:
        around.text = kept
    else:
        before.tail = kept
    node.addprevious(paragraph)
    paragraph.extend(line)
    _give_back_bracket(paragraph, line[-1])
    return paragraph


def _give_back_bracket(paragraph: Element, last: Element) -> None:
    """The bracket that opens the mark of the next line belongs to that."""
    text = last.tail or ""
    kept = text.rstrip("[( \t\r\n\xa0")
    if text[len(kept) :].strip():
        last.tail, paragraph.tail = kept, text[len(kept) :]


def _begins_line(node: Element) -> bool:
    before = node.getprevious()
    ends = before is None or before.tag == "br" or before.tag in BLOCKS
    return ends and not _text_before(node)


def _text_before(node: Element) -> str:
    """What is right in front of it, but for the bracket that opens a mark."""
    before = node.getprevious()
    text = (node.getparent().text if before is None else before.tail) or ""
    return str(text.strip("[( \t\r\n\xa0"))


def _line(node: Element, targets: Collection[Element]) -> Iterator[Element]:
    """The element and those behind it up to an empty line, a block, or the next note."""
    yield node
    whole = len("".join(node.itertext())) > NEAR  # so that the next may follow without a break
    for sibling in node.itersiblings():
        if sibling.tag in BLOCKS:
            return
        after = sibling.getnext()
        if (
            sibling.tag == "br"
            and not (sibling.tail or "").strip()
            and after is not None
            and after.tag == "br"
        ):
            return
        near = (each for _, each in zip(range(NEAR), sibling.iter(), strict=False))
        if any(each in targets for each in near) and (
            _begins_line(sibling) or (whole and not _text_before(sibling))
        ):
            return
        yield sibling


# Notes of several paragraphs.


@dataclass(frozen=True, slots=True)
class Extents:
    """How far notes reach, by the blocks they begin with: what calls each first, what leads back to it."""

    places: Places
    first: Mapping[Element, Element]
    names: Mapping[Element, Collection[str]]
    calls: Collection[Element]

    def whole(self, block: Element) -> Element:
        """The block, or an element around it and the paragraphs behind that are of the same note.

        Those are: up to the one that leads back to the call; or up to the next note, where that was
        called in front of this one, so that no other text is between; or in a list of notes all to its end.
        """
        if block.tag not in {"p", "div"}:
            return block
        following, after = self._following(block)
        back = [number for number, each in enumerate(following, 1) if self._leads_back(each, block)]
        if back and not self._leads_back(block, block):
            following = following[: back[0]]
        elif not (
            _is_list_of_notes(block.getparent()) if after is None else self._is_called_before(after, block)
        ):
            return block
        return _around(block, following) if following else block

    def _following(self, block: Element) -> tuple[list[Element], Element | None]:
        """What could belong to the note, and what is behind that."""
        following: list[Element] = []
        last = block
        for after in block.itersiblings():
            loose = (last.tail or "").strip()
            if loose or after in self.first or not self._is_part(after) or len(following) > MOST:
                return following, after
            following.append(after)
            last = after
        return following, None

    def _is_part(self, element: Element) -> bool:
        called = any(link in self.calls for link in element.iter("a"))
        headed = next(element.iter(*HEADINGS), None) is not None or is_label("".join(element.itertext()))
        return element.tag in PARTS and not called and not headed

    def _leads_back(self, element: Element, block: Element) -> bool:
        return any(self.places.name(link) in self.names[block] for link in element.iter("a"))

    def _is_called_before(self, note: Element, block: Element) -> bool:
        return note in self.first and self.places.order[self.first[note]] < self.places.order[block]


def _is_list_of_notes(element: Element) -> bool:
    return ENDNOTES.search(f"{element.get('class') or ''} {element.get('role') or ''}") is not None


def _around(block: Element, following: Iterable[Element]) -> Element:
    around = block.makeelement("aside")
    block.addprevious(around)
    around.append(block)
    around.extend(following)
    around.tail, around[-1].tail = around[-1].tail, None
    return around
