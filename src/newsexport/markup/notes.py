"""Notes at the foot of a document: found by their calls, and taken out of its text.

A call is a link to a place in the same document that says it is one (``role=doc-noteref``,
``epub:type=noteref``, the classes that pandoc, WordPress, Wikipedia, Substack and
markdown-it write), or that reads as a mark and is raised, or leads to what is named as a note
or leads back. Only a target that can be a note makes it one; every other link stays what it
was, so nothing is lost by a wrong guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from newsexport.markup.footing import without_back_links, without_list
from newsexport.markup.note_places import HEADINGS, NOTED, WRAPPERS, Extents, Places, block_of, names_near
from newsexport.markup.parsing import Element
from newsexport.markup.sidenotes import in_line

# What stands in the tree where a note is called. No parser of HTML makes names in a
# namespace, so no page can write one.
CALL = "{urn:newsexport}call"

MARK = re.compile(
    r"[\[(]?(?:(?:foot)?(?:note |fn\.? ?)?\d{1,4}(?::\d{1,3})?|[*†‡§‖¶#]{1,4})[\])]?"
    r"|[\[(][^\W_](?:[\w .-]{0,10}[^\W_])?[\])]",
    re.IGNORECASE,
)
LETTERED = re.compile(r"[a-z]|[ivxlc]{1,6}", re.IGNORECASE)
CALLS = re.compile(
    r"(?:^|\s)(?:see-|sd)?(?:foot|end)?(?:note|fn)?[-_]?(?:ref|reference|anchor|anc|call)(?:\s|$)"
    r"|(?:^|\s)(?:foot|end)note(?:-identifier)?-link(?:\s|$)|(?:^|\s)see-(?:foot|end)note(?:\s|$)",
    re.IGNORECASE,
)
# What pages count or number in raised letters besides notes.
OTHER = re.compile(r"(?:comment|respond|disqus|share|top|content|main|page)s?\b", re.IGNORECASE)
BACK = re.compile(r"back|return|top", re.IGNORECASE)

VERBATIM = frozenset(
    ("pre", "code", "listing", "xmp", "math", "svg", "nav", "head", "button", "select", "rt")
)
# Pieces of text at the beginning of a block that are looked at.
NEAR = 8
# Characters of the longest note, and of the longest that is named as one; what is longer is half the article.
LONGEST, LONGEST_NAMED = 4000, 20_000


@dataclass(frozen=True, slots=True)
class _Call:
    """A link that may call a note. `block` would be the note, which stands further on when it is `ahead`."""

    link: Element
    name: str
    mark: str
    block: Element
    said: bool
    ahead: bool
    noted: bool


def note_called(element: Element) -> str:
    """The id of the note that is called where this mark stands."""
    return str(element.get("note"))


def lifted(root: Element, base: str = "") -> dict[str, Element]:
    """The notes of a document by their ids, in the order in which they are first called.

    They are taken out of the tree, with the list they stood in; where one was called
    stands an element `CALL`. `base` is the document's own address.
    """
    if all("#" not in (link.get("href") or "") for link in root.iter("a")):
        return {}
    places = Places.of(root, base)
    calls = _calls(root, places)
    ids: dict[Element, str] = {}
    for call in calls:
        ids.setdefault(call.block, str(len(ids) + 1))
    whole = _wholes(calls, places)
    links = {call.link for call in calls}
    called = {places.name(link) for link in links}
    marks = {call.block: call.mark for call in reversed(calls)}
    for call in calls:
        _mark(call, ids[call.block])
    _unwrap(root)
    for block in sorted(ids, key=lambda each: -places.order[each]):
        without_back_links(whole[block], marks[block], places.name, called)
        without_list(whole[block])
    return {ids[block]: whole[block] for block in ids}


def brought(root: Element, element_at: Callable[[str], Element | None], own: str) -> None:
    """Copy the notes that a part of a book calls from its other parts to its own end, and call them there.

    `element_at` gives what an address names in another part, `own` is the name of the file that this one is.
    """
    body = root.find("body")
    brought_to: dict[str, str] = {}
    for link in list(root.iter("a")):
        href = (link.get("href") or "").strip()
        if href.find("#") < 1 or not (_says_so(link) or (_mark_of(link) and _is_raised(link))):
            continue
        if href not in brought_to:
            target = element_at(href)
            block = block_of(target, ())[0] if target is not None else None
            if block is None or len("".join(block.itertext())) > LONGEST_NAMED:
                continue
            brought_to[href] = f"note-from-elsewhere-{len(brought_to)}"
            note = link.makeelement("aside", id=brought_to[href])
            note.append(deepcopy(block))
            note[0].tail = None
            for back in note.iter("a"):
                if (back.get("href") or "").partition("#")[0].rpartition("/")[2] == own:
                    back.set("href", f"#{back.get('href').partition('#')[2]}")
            (root if body is None else body).append(note)
        link.set("href", f"#{brought_to[href]}")


def _wholes(calls: Iterable[_Call], places: Places) -> dict[Element, Element]:
    """For the block in which each note begins all of the note."""
    first: dict[Element, Element] = {}
    back: dict[Element, set[str]] = {}
    for call in calls:
        first.setdefault(call.block, call.link)
        back.setdefault(call.block, set()).update(names_near(call.link))
    extents = Extents(places, first, back, {call.link for call in calls})
    return {block: extents.whole(block) for block in first}


def _calls(root: Element, places: Places) -> list[_Call]:
    """The links that call a note, in the order of the document."""
    spoiled: set[Element] = set()
    likely = list(_likely(root, places, spoiled))
    fitting = _Fitting(root)
    ahead = {call.block for call in likely if call.ahead and fitting.fits(call)} - spoiled
    said = {
        call.block
        for call in likely
        if call.said and fitting.fits(call) and ahead.isdisjoint(call.link.iterancestors())
    }
    notes = ahead | (said - spoiled)
    return [call for call in likely if call.block in notes and not _within(call.link, call.block)]


def _likely(root: Element, places: Places, spoiled: set[Element]) -> Iterator[_Call]:
    """The links that look like calls; blocks with a target in the middle of them are no notes."""
    known: dict[Element, tuple[Element | None, bool]] = {}
    contents = _Contents(places)
    for link in list(root.iter("a")):
        target, mark, said = places.target(link), _mark_of(link), _says_so(link)
        if target is None or not (said or mark) or _within_verbatim(link):
            continue
        name = places.name(link)
        raised = bool(mark) and _is_raised(link) and not OTHER.match(name)
        noted = NOTED.search(name) is not None or NOTED.search(target.get("id") or "") is not None
        if not (said or raised or in_line(link)):
            continue
        if target not in known:
            known[target] = block_of(target, places.targets if said or raised or noted else ())
        block, first = known[target]
        if block is None:
            continue
        ahead = places.order.setdefault(block, places.order[target]) > places.order[link]
        if not first:
            spoiled.update({block} if (ahead or said) and (said or raised or noted) else ())
        elif said or raised or noted or contents.answers(block, target, link, mark):
            yield _Call(link, name, mark, block, said=said, ahead=ahead, noted=said or noted)


def _within_verbatim(link: Element) -> bool:
    return any(around.tag in VERBATIM for around in link.iterancestors())


@dataclass(slots=True)
class _Contents:
    """What blocks begin with and where they lead back to. Asks each once."""

    places: Places
    known: dict[Element, tuple[str, set[str]]] = field(default_factory=dict)

    def answers(self, block: Element, target: Element, link: Element, mark: str) -> bool:
        """Whether the block leads back to the link, or begins with the same mark in brackets."""
        if block not in self.known:
            begins = "".join(piece for _, piece in zip(range(NEAR), block.itertext(), strict=False)).strip()
            links = (*block.iter("a"), *target.iter("a"))
            self.known[block] = begins, {self.places.name(each) for each in links} - {""}
        begins, leads = self.known[block]
        if not leads.isdisjoint(names_near(link)):
            return True
        text = (link.getparent().text if link.getprevious() is None else link.getprevious().tail) or ""
        bracketed = mark.startswith("[") or (text.endswith("[") and (link.tail or "").startswith("]"))
        return bracketed and begins.startswith(f"[{mark.strip('[]')}]")


def _mark_of(link: Element) -> str:
    """What the link reads as, when that is the mark of a note; a letter only where more than it says so."""
    text = " ".join("".join(link.itertext()).split())
    if LETTERED.fullmatch(text):
        named = NOTED.search((link.get("href") or "").rpartition("#")[2]) is not None
        return text if _says_so(link) or (named and _is_raised(link)) else ""
    return text if MARK.fullmatch(text) else ""


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


class _Fitting:
    """Which blocks can be notes: short, without headings, not around their own call. Asks each once."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.known: dict[Element, bool] = {}

    def fits(self, call: _Call) -> bool:
        if _within(call.link, call.block):
            return False
        if call.block not in self.known:
            self.known[call.block] = self._fits(call.block, LONGEST_NAMED if call.noted else LONGEST)
        return self.known[call.block]

    def _fits(self, block: Element, longest: int) -> bool:
        if next(block.iter(*HEADINGS), None) is not None or _within(block, *block.iterancestors(*VERBATIM)):
            return False
        text = "".join("".join(block.itertext()).split())
        return 0 < len(text) <= longest and any(map(str.isalnum, text))


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
