"""Notes at the foot of a document: found by their calls, and taken out of its text.

A call is a link to a place in the same document that says it is one (``role=doc-noteref``,
``epub:type=noteref``, the classes that pandoc, WordPress, Wikipedia, Substack and
markdown-it write), or that is raised and reads as a mark. Only a target that can be a note
makes it one; every other link stays what it was, so nothing is lost by a wrong guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from newsexport.markup.footing import without_back_links, without_list
from newsexport.markup.parsing import Element

# What stands in the tree where a note is called. No parser of HTML makes names in a
# namespace, so no page can write one.
CALL = "{urn:newsexport}call"

MARK = re.compile(
    r"[\[(]?(?:\d{1,4}(?::\d{1,3})?|[*†‡§‖¶#]{1,4})[\])]?|[\[(][^\W_](?:[\w .-]{0,10}[^\W_])?[\])]",
    re.IGNORECASE,
)
LETTERED = re.compile(r"[a-z]|[ivxlc]{1,6}", re.IGNORECASE)
CALLS = re.compile(
    r"(?:^|\s)(?:foot|end)?(?:note|fn)[-_]?(?:ref|reference|anchor|call)(?:\s|$)|(?:^|\s)(?:foot|end)note-link(?:\s|$)",
    re.IGNORECASE,
)
# What pages count or number in raised letters besides notes.
OTHER = re.compile(r"(?:comment|respond|disqus|share|top|content|main|page)s?\b", re.IGNORECASE)
BACK = re.compile(r"back|return|top", re.IGNORECASE)

KINDS = frozenset(("li", "aside", "div", "p", "dd", "section"))
WRAPPERS = frozenset(("sup", "span", "small", "b", "i", "strong", "em", "font", "cite"))
VERBATIM = frozenset(
    ("pre", "code", "listing", "xmp", "math", "svg", "nav", "head", "button", "select", "rt")
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "article", "main")

# Characters of the longest note; a target that is longer holds half the article.
LONGEST = 4000
# Elements in front of a target, at most, for it to stand at the beginning of its block.
NEAR = 8


@dataclass(frozen=True, slots=True)
class _Call:
    """A link that may call a note. `block` would be the note, which stands further on when it is `ahead`."""

    link: Element
    name: str
    mark: str
    block: Element
    said: bool
    ahead: bool


def note_called(element: Element) -> str:
    """The id of the note that is called where this mark stands."""
    return str(element.get("note"))


def lifted(root: Element, base: str = "") -> dict[str, Element]:
    """The notes of a document by their ids, in the order in which they are first called.

    They are taken out of the tree, with the list they stood in; where one was called
    stands an element `CALL`. `base` is the document's own address.
    """
    links = [(link, name) for link in root.iter("a") if (name := place(link, base))]
    if not links:
        return {}
    calls = list(_calls(root, links))
    ids: dict[Element, str] = {}
    for call in calls:
        ids.setdefault(call.block, str(len(ids) + 1))
    marks: dict[Element, str] = {}
    for call in calls:
        marks.setdefault(call.block, call.mark)
        _mark(call, ids[call.block])
    _unwrap(root)
    names = {call.name for call in calls}
    for block in [each for each in root.iter(*KINDS) if each in ids][::-1]:
        without_back_links(block, marks[block], lambda link: place(link, base) in names)
        without_list(block)
    return {ids[block]: block for block in ids}


def place(link: Element, base: str) -> str:
    """The name of the place in the same document to which the link leads; empty when it leads elsewhere."""
    href = (link.get("href") or "").strip()
    address, _, name = href.partition("#")
    return unquote(name) if name and address in {"", base.partition("#")[0]} else ""


def _calls(root: Element, links: Iterable[tuple[Element, str]]) -> list[_Call]:
    """The links that call a note, in the order of the document."""
    order: dict[Element, int] = {}
    named: dict[str, Element] = {}
    for number, element in enumerate(root.iter()):
        order[element] = number
        for name in (element.get("id"), element.get("name")) if isinstance(element.tag, str) else ():
            if name:
                named.setdefault(name, element)
    spoiled: set[Element] = set()
    likely = list(_likely(links, named, order, spoiled))
    fitting = _Fitting(root)
    ahead = {call.block for call in likely if call.ahead and fitting.fits(call)} - spoiled
    said = {
        call.block
        for call in likely
        if call.said and fitting.fits(call) and ahead.isdisjoint(call.link.iterancestors())
    }
    notes = ahead | (said - spoiled)
    return [call for call in likely if call.block in notes and not _within(call.link, call.block)]


def _likely(
    links: Iterable[tuple[Element, str]],
    named: dict[str, Element],
    order: dict[Element, int],
    spoiled: set[Element],
) -> Iterator[_Call]:
    """The links that look like calls; blocks with a target in the middle of them are no notes."""
    known: dict[Element, tuple[Element | None, bool]] = {}
    for link, name in links:
        target = named.get(name)
        mark = _mark_of(link)
        said = _says_so(link)
        if target is None or not (said or (mark and _is_raised(link) and not OTHER.match(name))):
            continue
        if any(around.tag in VERBATIM for around in link.iterancestors()):
            continue
        if target not in known:
            known[target] = _block_of(target)
        block, first = known[target]
        if block is None:
            continue
        ahead = order[block] > order[link]
        if not first:
            spoiled.update({block} if ahead or said else ())
            continue
        yield _Call(link, name, mark, block, said=said, ahead=ahead)


def _mark_of(link: Element) -> str:
    """What the link reads as, when that is the mark of a note."""
    text = " ".join("".join(link.itertext()).split())
    return text if MARK.fullmatch(text) or (_says_so(link) and LETTERED.fullmatch(text)) else ""


def _says_so(link: Element) -> bool:
    """Whether the link, or what raises it, is marked up as the call of a note."""
    around = link.getparent()
    raised = around is not None and around.tag == "sup"
    kinds = f"{link.get('role') or ''} {link.get('epub:type') or ''}".split()
    if {"doc-noteref", "noteref"}.intersection(kinds) or link.get("data-footnote-ref") is not None:
        return True
    names = f"{link.get('class') or ''} {around.get('class') or '' if raised else ''}"
    if raised and "reference" in (around.get("class") or "").split():
        return True
    return CALLS.search(names) is not None and BACK.search(names) is None


def _is_raised(link: Element) -> bool:
    text = "".join(link.itertext()).split()
    if any("".join(sup.itertext()).split() == text for sup in link.iter("sup")):
        return True
    for around in link.iterancestors():
        if around.tag not in WRAPPERS:
            return False
        if around.tag == "sup":
            return True
    return False


def _block_of(target: Element) -> tuple[Element | None, bool]:
    """The block that the target is or stands in, and whether it begins it.

    It is the item of a list rather than the item's first paragraph.
    """
    block = target
    while block is not None and block.tag not in KINDS:
        if block.tag not in WRAPPERS | {"a"}:
            return None, False
        block = block.getparent()
    if block is None or not _stands_first(target, block):
        return block, False
    around = block.getparent()
    item = around is not None and around.tag == "li" and _stands_first(block, around)
    return (around if item else block), True


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


class _Fitting:
    """Which blocks can be notes: short, without headings, not around their own call. Asks each once."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.known: dict[Element, bool] = {}

    def fits(self, call: _Call) -> bool:
        if _within(call.link, call.block):
            return False
        if call.block not in self.known:
            self.known[call.block] = self._fits(call.block)
        return self.known[call.block]

    def _fits(self, block: Element) -> bool:
        if next(block.iter(*HEADINGS), None) is not None or _within(block, *block.iterancestors(*VERBATIM)):
            return False
        text = "".join("".join(block.itertext()).split())
        return 0 < len(text) <= LONGEST and any(map(str.isalnum, text))


def _within(element: Element, *arounds: Element) -> bool:
    return any(around in arounds for around in element.iterancestors())


def _mark(call: _Call, note: str) -> None:
    """Put the call in the place of its link; a link that reads as words stays in front of it."""
    mark = call.link.makeelement(CALL, note=note)
    if not call.mark:
        call.link.addnext(mark)
        return
    mark.tail = call.link.tail
    call.link.getparent().replace(call.link, mark)


def _unwrap(root: Element) -> None:
    """Take calls out of what raised them, and out of the brackets and commas between them."""
    for mark in list(root.iter(CALL)):
        around = mark.getparent()
        while around.tag in WRAPPERS and _only_calls(around):
            outer, marks = around.getparent(), list(around)
            for each in marks:
                each.tail = None
            marks[-1].tail, around.tail = around.tail, None
            for each in marks:
                around.addprevious(each)
            outer.remove(around)
            around = outer
        _unbracket(mark)


def _only_calls(element: Element) -> bool:
    texts = [element.text, *(child.tail for child in element)]
    return all(child.tag == CALL for child in element) and not "".join(filter(None, texts)).strip(
        " \t\r\n[](),;"
    )


def _unbracket(mark: Element) -> None:
    before, around = mark.getprevious(), mark.getparent()
    text = (around.text if before is None else before.tail) or ""
    if not (text.endswith(("[", "(")) and (mark.tail or "").startswith(("]", ")"))):
        return
    mark.tail = mark.tail[1:]
    if before is None:
        around.text = text[:-1]
    else:
        before.tail = text[:-1]
