"""Notes that stand beside their call, in an attribute of it, or where only a button shows them.

Tufte's sidenotes, LaTeXML, Distill, plug-ins of WordPress, tooltips and popovers write them so. They are
brought into the form that `newsexport.markup.notes` reads: a link that says that it calls a note, and the
note in an element behind the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree
from lxml.html import fragment_fromstring

from newsexport.markup.parsing import Element, text_in

MARK = re.compile(r"[\[(]?(?:\d{1,4}|[*†‡§‖¶⊕+?i]{1,4}|[a-z])[\])]?", re.IGNORECASE)
NAMED = r"(?:side|margin|foot|end)[-_]?notes?"
# Whole names of what holds the text of a note: "sidenote", "footnote-content", "marginnote__text".
HOLDS = re.compile(
    rf"(?:{NAMED}(?:[-_]+(?:content|text|body|inner|note|tooltip|popup|popover|item))?"
    r"|ltx_note_outer|modern-footnotes-footnote__note|fn-(?:content|text|body|popup))",
    re.IGNORECASE,
)
# Parts of names of what calls one, or goes with one.
SPEAKS = re.compile(
    rf"{NAMED}|(?:^|[-_])(?:fn|note)(?:ref|call|mark)?(?:$|[-_])|margin-toggle", re.IGNORECASE
)
LINES = frozenset(("span", "small", "em", "i", "aside", "div", "cite", "d-footnote", "dt-fn", "details"))
ALWAYS = frozenset(("d-footnote", "dt-fn"))
CALLING = frozenset(("a", "abbr", "button", "label", "sup", "span", "summary"))
WRAPPERS = frozenset(("sup", "span", "small", "b", "i", "em", "strong", "font", "a"))
BLOCKS = frozenset(
    ("p", "li", "td", "th", "dd", "dt", "div", "section", "article", "blockquote", "figure", "figcaption",
     "h1", "h2", "h3", "h4", "h5", "h6", "table", "caption", "aside", "main", "body")
)  # fmt: skip

# Where the name of the note stands, if not in a link.
NAMING = (
    "aria-controls", "aria-describedby", "aria-details", "popovertarget", "commandfor", "data-target",
    "data-bs-target", "data-footnote-id", "data-fn", "data-ref",
)  # fmt: skip
QUOTED = re.compile(r"""['"]#?([\w:.-]{2,80})['"]""")
# Where the note itself stands: in attributes of that name alone, and in those of any tooltip.
OF_NOTES = (
    "data-footnote-content", "data-bigfoot-footnote", "data-footnote-text", "data-footnote",
    "data-note-content", "data-note", "data-fn-content", "data-sidenote",
)  # fmt: skip
OF_TOOLTIPS = (
    "data-bs-content", "data-content", "data-tooltip", "data-tippy-content", "data-original-title",
    "data-bs-original-title", "data-title", "title",
)  # fmt: skip
INVITING = re.compile(
    r"(?:see|view|show|read|jump|go|link|open|click|toggle|close|back)\b.{0,40}\b(?:foot|end|side)?"
    r"(?:notes?|references?|text|content|citation)\b|(?:foot|end|side)?note\s*\S{1,6}$",
    re.IGNORECASE,
)
BEARING = frozenset((*NAMING, *OF_NOTES, *OF_TOOLTIPS))
LONGEST = 8000
FEWEST = 8
# Elements in front of a call that are looked at, at most.
FARTHEST = 50


@dataclass(slots=True)
class _Page:
    """A document on the way: its elements by name, and the notes made so far."""

    root: Element
    is_hidden: Callable[[Element], bool]
    named: dict[str, Element] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    gone: set[Element] = field(default_factory=set)
    made: int = 0

    def target(self, name: str) -> Element | None:
        return self.named.get(name) if name else None

    def name(self, note: Element) -> str:
        """The name of the note, given to it if it has none."""
        if not note.get("id"):
            while (name := f"note-beside-{self.made}") in self.named:
                self.made += 1
            note.set("id", name)
        self.named.setdefault(note.get("id"), note)
        return str(note.get("id"))


def linked(root: Element, is_hidden: Callable[[Element], bool]) -> None:
    """Change the tree so that every such note is linked to; `is_hidden` tells what will be taken out."""
    page = _Page(root, is_hidden)
    notes = []
    for element in root.iter():
        if name := element.get("id") or (element.tag in BLOCKS and element.get("data-footnote-id")):
            page.named.setdefault(name, element)
        if _may_be_note(element):
            notes.append(element)
    called = {_fragment(link) for link in root.iter("a")} - {""}
    around: set[Element] = set()
    for element in reversed(notes):  # inner ones first: "sidenote" may be around both
        below = element.tag in {"aside", "div"} and element.get("id") in called
        if not below and element not in around and _holds_note(element):
            around.update(element.iterancestors())
            _link_beside(page, element)
    for element in [each for each in root.iter("a", "button", "sup", "abbr", "span") if _may_be_call(each)]:
        if element not in page.gone:
            _link_call(page, element)
    if page.told:
        _drop_repeated(page)


# Told fast: most elements of a page neither hold a note nor call one.
def _may_be_note(element: Element) -> bool:
    names, tag = element.get("class") or "", element.tag
    return "note" in names or "fn" in names or (names == "aside" and tag == "span") or tag in ALWAYS


def _may_be_call(element: Element) -> bool:
    if element.tag in {"a", "button", "sup"} or "note" in (element.get("class") or ""):
        return True
    return element.tag == "span" and not BEARING.isdisjoint(element.keys())


def _words(element: Element) -> str:
    return " ".join(text_in(element).split())


def _says_so(element: Element) -> bool:
    return SPEAKS.search(f"{element.get('class') or ''} {element.get('rel') or ''}") is not None


def _is_mark(text: str) -> bool:
    return not text or MARK.fullmatch(text) is not None


# Beside its call.


def _holds_note(element: Element) -> bool:
    if element.tag not in LINES:
        return False
    names = (element.get("class") or "").split()
    if element.tag not in ALWAYS and not any(map(HOLDS.fullmatch, names)) and names != ["aside"]:
        return False
    if element.tag == "details":
        summary = element.find("summary")
        return summary is not None and _is_mark(_words(summary)) and in_line(element)
    text = _words(element)
    if (
        len(text) < FEWEST
        or _is_mark(text)
        or next(element.iter("label", "input", "button"), None) is not None
    ):
        return False
    call = _call_before(element)
    return in_line(element) or (call is not None and call.tag == "label")


def in_line(element: Element) -> bool:
    """Whether text of the same paragraph stands in front of it."""
    while (parent := element.getparent()) is not None:
        for steps, before in enumerate(element.itersiblings(preceding=True)):
            if (before.tail or "").strip():
                return True
            if before.tag in BLOCKS or steps > FARTHEST:
                return False
            said = next(filter(str.strip, before.itertext()), "") if before.tag in WRAPPERS else ""
            if not _is_mark(said.strip()) and any(map(str.isalnum, said)):
                return True
        if (parent.text or "").strip():
            return True
        within = parent.getparent()
        if parent.tag not in WRAPPERS and not (
            parent.tag == "div" and within is not None and within.tag in WRAPPERS
        ):
            return False
        element = parent
    return False


def _call_before(note: Element) -> Element | None:
    """What calls the note from right in front of it, if anything does."""
    for before in note.itersiblings(preceding=True):
        if (before.tail or "").strip():
            return None
        if before.tag in {"input", "script", "style"} or not isinstance(before.tag, str):
            continue
        mark = before.tag in CALLING and _is_mark(_words(before))
        return before if mark and (before.tag != "span" or _says_so(before)) else None
    return None


def _link_beside(page: _Page, note: Element) -> None:
    call = _summary(note) if note.tag == "details" else _call_before(note)
    known = page.target(_name_in(call)) if call is not None else None
    if known is not None and known is not note and _repeats(note, known):
        page.gone.update(note.iter())
        note.drop_tree()
        return
    parent = note.getparent()
    if call is None and (parent.tag == "sup" or _says_so(parent)) and _is_mark((parent.text or "").strip()):
        parent.text = None  # the mark that the note stands in
    for template in list(note.iter("template")):
        template.drop_tree()
    link = note.makeelement("a")
    marks = (_words(each) for each in (*([call] if call is not None else []), *note.iter("sup", "span")))
    link.text = _sign(next((mark for mark in marks if mark and _is_mark(mark)), ""))
    note.addprevious(link)
    if call is not None and call.tag != "summary":
        page.gone.update(call.iter())
        call.drop_tree()
    link.tail, note.tail = note.tail, None
    _move_behind(page, link, note)


def _repeats(note: Element, known: Element) -> bool:
    """Whether it is a copy, perhaps cut short, of a note that stands elsewhere, or is behind its mark."""
    behind = known.getnext() if _is_mark(_words(known).strip("↑^ ")) else None
    beginning = _key(note)[: FEWEST // 2]
    return any(beginning in _key(each) for each in (known, behind) if each is not None)


def _sign(mark: str) -> str:
    """The mark, or a star where it is only a picture of one."""
    return mark if any(letter.isalnum() or letter in "*†‡§" for letter in mark) else "*"


def _summary(details: Element) -> Element:
    summary = details.find("summary")
    text = (summary.tail or "").strip()
    summary.tail = None
    details.remove(summary)
    details.text = f"{details.text or ''}{text}"
    return summary


def _move_behind(page: _Page, link: Element, note: Element) -> None:
    """Let the link call the note, which goes behind the paragraph that the link stands in."""
    note.tag = "aside"
    note.attrib.pop("class", None)  # done
    page.told.add(_key(note))
    _call(link, page.name(note))
    block = next((each for each in link.iterancestors() if each.tag in BLOCKS), None)
    if block is None or block.tag != "p":
        (link.getparent() if block is None else block).append(note)
        return
    block.addnext(note)


def _call(link: Element, name: str) -> None:
    for attribute in list(link.attrib):
        if attribute != "id":
            del link.attrib[attribute]
    link.set("href", f"#{name}")
    link.set("role", "doc-noteref")


def _key(element: Element) -> str:
    return "".join(filter(str.isalnum, "".join(element.itertext())))


# By a button, or in an attribute.


def _link_call(page: _Page, element: Element) -> None:
    mark = _words(element)
    if not _is_mark(mark) or element.tag == "label" or not in_line(element):
        return
    if not mark and not _says_so(element) and not any(map(element.get, OF_NOTES)):
        return
    around = next(element.iterancestors("a"), None)
    links = [each for each in (around, *element.iter("a")) if each is not None and each.get("href")]
    leads_to = (page.target(_fragment(link)) for link in links)
    linked_to = next((each for each in leads_to if each is not None), None)
    target = page.target(_name_in(element))
    if linked_to is not None:
        _reveal(page, linked_to)  # and what it calls is for others to judge
    elif target is not None and not _within(element, target):
        _as_link(page, element, mark, page.name(target))
        _reveal(page, target)
    elif not any(map(_leads_away, links)) and (note := _written(element)) is not None:
        link = _as_link(page, element, mark, "")
        _move_behind(page, link, note)


def _leads_away(link: Element) -> bool:
    address = link.get("href").partition("#")[0].strip().lower()
    return bool(address) and not address.startswith("javascript:")


def _within(element: Element, around: Element) -> bool:
    return element is around or any(each is around for each in element.iterancestors())


def _name_in(element: Element) -> str:
    """The name of the element that it leads to or shows; of what calls from within, that of the inner."""
    for each in (element, *element.iter("a", "button")):
        if name := _fragment(each):
            return name
        for attribute in NAMING:
            if name := (each.get(attribute) or "").strip().removeprefix("#"):
                return str(name)
        if found := QUOTED.search((each.get("onclick") or "")[:300]):
            return found[1]
    return ""


def _fragment(link: Element) -> str:
    address, _, name = (link.get("href") or "").partition("#")
    return unquote(name) if not address.strip() else ""


def _as_link(page: _Page, element: Element, mark: str, name: str) -> Element:
    """A link in the place of the element, and of what raises it."""
    link = element.makeelement("a")
    link.text = _sign(mark)
    while (around := element.getparent()) is not None and around.tag in {*WRAPPERS, "div"}:
        outer = around.getparent()
        if not _is_alone(element) or (around.tag == "div" and (outer is None or outer.tag not in WRAPPERS)):
            break
        element = around
    link.tail, element.tail = element.tail, None
    page.gone.update(element.iter())
    element.getparent().replace(element, link)
    _call(link, name)
    return link


def _reveal(page: _Page, target: Element) -> None:
    """Take a note that is called out of what hides it, or let it be seen."""
    hiding = [each for each in (target, *target.iterancestors()) if page.is_hidden(each)]
    if not hiding:
        return
    outermost = hiding[-1]
    if outermost is not target:
        target.tail = None
        outermost.addprevious(target)
    if target.tag in {"template", "dialog"}:
        target.tag = "aside"
    for attribute in ("hidden", "style", "aria-hidden", "popover"):
        target.attrib.pop(attribute, None)


def _written(element: Element) -> Element | None:
    """The note that stands in an attribute of the element or, where it is alone, of what it is in."""
    around = element.getparent()
    for each in (element, *element.iter("a", "button"), around):
        if each is None or (each is around and not _is_alone(element)):
            continue
        said = _says_so(each) or (each.tag in {"sup", "a", "button"} and bool(_words(element)))
        raised = each.tag == "sup" or next(each.iter("sup"), None) is not None or _says_so(each)
        for attribute in (*OF_NOTES, *(OF_TOOLTIPS if said else ())):
            text = each.get(attribute) or ""
            if (attribute != "title" or raised) and FEWEST <= len(text) <= LONGEST and not _invites(text):
                return _parsed(text)
    return None


def _is_alone(element: Element) -> bool:
    """Whether there is nothing else in what it stands in."""
    around = element.getparent()
    siblings = (element.getprevious(), element.getnext())
    return siblings == (None, None) and not (around.text or "").strip() and not (element.tail or "").strip()


def _invites(text: str) -> bool:
    return INVITING.match(text.strip()) is not None or not any(map(str.isspace, text.strip()))


def _parsed(markup: str) -> Element | None:
    try:
        return fragment_fromstring(markup, create_parent="aside")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


# What says it again.


def _drop_repeated(page: _Page) -> None:
    """Take out lists of notes that repeat what stood beside the text."""
    for items in list(page.root.iter("ol", "ul")):
        if not any(SPEAKS.search(each.get("class") or "") for each in (items, items.getparent())):
            continue
        for item in items.findall("li"):
            if _key(item).lstrip("0123456789") in page.told:
                item.drop_tree()
        if not any(isinstance(each.tag, str) for each in items):
            for label in _labels(items):
                label.drop_tree()
            items.drop_tree()


def _labels(items: Element) -> Iterator[Element]:
    before = items.getprevious()
    if before is not None and SPEAKS.search(before.get("class") or ""):
        yield before
