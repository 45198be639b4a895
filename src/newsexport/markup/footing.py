"""What stands around notes and is not theirs: links back to the text, marks, the list, its heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Container

from newsexport.markup.parsing import Element
from newsexport.markup.preparing import drop
from newsexport.text.printed_notes import is_label

BACKWARD = re.compile(
    r"back[-_]?(?:ref|link)|reverse[-_]?foot|(?:foot|end)?note[-_]?(?:back|return|number|to-?top)|fn[-_]?back|to-top",
    re.IGNORECASE,
)
ARROWS = re.compile(r"[\s\[\]^↩↪↑⇑⬆▲⤴⤶⏎↵←«‹\ufe0e\ufe0f]+")
SAID = re.compile(
    r"(?:jump |go )?(?:back|up|return)(?: up)?(?: to (?:the )?(?:text|content|top|reference|article)\w*)?"
    r"|zurück(?: zum text)?|retour(?: au texte)?|volver(?: al texto)?",
    re.IGNORECASE,
)
# The mark of a note as the note repeats it.
NUMBER = re.compile(
    r"[\[(]?(?:\d{1,4}(?:[.,]\d{1,3})?|[a-z]|[ivxlc]{1,5}|[*†‡§‖¶#]{1,4})[\])]?\.?", re.IGNORECASE
)
LEFT_OVER = " \t\r\n^↑[](),.;:|\xa0"

LONGEST_LABEL = 40
# A note may bear its mark for the eye, for the ear and as a link.
MARKS_IN_FRONT = 3
ENDING = frozenset(("br", "hr", "p", "div", "ul", "ol", "table", "blockquote", "pre", "figure"))
LABELLING = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "b", "strong", "u", "center"))
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def without_back_links(
    note: Element, mark: str, name_of: Callable[[Element], str], called: Container[str]
) -> None:
    """Take out of a note what leads back to its call, and the mark it repeats.

    `name_of` gives the name of the place to which a link leads, `called` are those of notes.
    """
    for link in list(note.iter("a")):
        if _leads_back(link, name_of(link), called):
            around = link.getparent()
            _without_brackets(link)
            drop(link)
            while around is not None and around is not note and _is_left_over(around):
                around, empty = around.getparent(), around
                drop(empty)
    _without_mark(note, re.escape(mark.strip("[]() ")))


def _without_brackets(link: Element) -> None:
    """Cut the brackets around a link: ``[<a>back</a>]``."""
    before, around = link.getprevious(), link.getparent()
    text = (around.text if before is None else before.tail) or ""
    if text.endswith(("[", "(")) and (link.tail or "").startswith(("]", ")")):
        link.tail = link.tail[1:]
        if before is None:
            around.text = text[:-1]
        else:
            before.tail = text[:-1]


def _leads_back(link: Element, name: str, called: Container[str]) -> bool:
    kinds = f"{link.get('role') or ''} {link.get('epub:type') or ''}".split()
    if {"doc-backlink", "backlink", "referrer"}.intersection(kinds):
        return True
    if link.get("data-footnote-backref") is not None or BACKWARD.search(link.get("class") or ""):
        return True
    if not name and not (link.get("href") or "").startswith("#"):
        return False
    text = " ".join("".join(link.itertext()).split())
    if not text or ARROWS.fullmatch(text) or SAID.fullmatch(text.strip("[]() ")):
        return True
    return NUMBER.fullmatch(text) is not None and name not in called


def _is_left_over(element: Element) -> bool:
    """Whether nothing is left but what stood around a link."""
    return not "".join(element.itertext()).strip(LEFT_OVER) and all(
        isinstance(inner.tag, str) and inner.tag != "img" and "}" not in inner.tag for inner in element.iter()
    )


def _without_mark(note: Element, mark: str) -> None:
    """Cut the mark off the beginning of the note: ``[1] text``, ``1. text``, ``<sup>1</sup> text``."""
    for _ in range(MARKS_IN_FRONT):
        element = _mark_alone(note, mark)
        if element is None:
            break
        _without_brackets(element)
        drop(element)
    text = next((text for text in note.xpath(".//text()") if text.strip()), None)
    if text is None:
        return
    element = text.getparent()
    if text.is_tail:
        element.tail = _cut(str(text), mark)
    else:
        element.text = _cut(str(text), mark)


def _mark_alone(note: Element, mark: str) -> Element | None:
    """The first element with text in the note, if that is only the mark, and the note is more."""
    if not mark:
        return None
    alone = re.compile(rf"[\[(]?{mark}[\])]?[.:]?")
    for element in note.iter():
        if element is note or not isinstance(element.tag, str):
            if (element.text or "").strip(" [("):
                return None
            continue
        text = "".join("".join(element.itertext()).split())
        if alone.fullmatch(text):
            return element if text != "".join("".join(note.itertext()).split()) else None
        if (element.text or "").strip(" [(") or (not text and (element.tail or "").strip(" [(")):
            return None
    return None


def _cut(text: str, mark: str) -> str:
    text = re.sub(r"^\s*[\]).:^]+\s*", "", text)
    if not mark:
        return text
    after = r"\s*" if not mark[-1].isalnum() else r"[.:)\]]\s+"
    return re.sub(rf"^\s*(?:\[{mark}\]|\({mark}\)|{mark}{after})\s*", "", text, count=1)


def without_list(note: Element) -> None:
    """Take the note out of its document; with the last also the list, its heading and the line above it."""
    gone, around = note, note.getparent()
    if (term := note.getprevious()) is not None and _is_mark(term) and not (term.tail or "").strip():
        drop(term)
    while around is not None:
        _close_line(gone)
        before, behind = gone.getprevious(), gone.getnext()
        drop(gone)
        if behind is None or _is_heading(behind):
            _without_label(before)
        if around.tag in {"body", "html"} or not _is_spent(around):
            return
        gone, around = around, around.getparent()


def _close_line(note: Element) -> None:
    """Take out the breaks that end the line of a note."""
    for _ in range(2):
        behind = note.getnext()
        if behind is not None and behind.tag == "br" and not (note.tail or "").strip():
            drop(behind)


def _is_mark(element: Element) -> bool:
    """Whether it is the number in front of a note: a term, a cell, a line, or an empty anchor."""
    text = "".join(element.itertext()).strip(" ↑^↩\xa0\r\n\t")
    return element.tag in {"dt", "td", "th", "a", "div", "p", "span", "sup", "b", "strong"} and (
        NUMBER.fullmatch(text) is not None
        or (not text and element.get("id", element.get("name")) is not None)
    )


def _is_spent(element: Element) -> bool:
    """Whether nothing is left in what held notes but lines and its heading."""
    text = ""
    for piece in element.itertext():
        text += " ".join(piece.split())
        if len(text) > LONGEST_LABEL:
            return False
    pictured = next(element.iter("img"), None) is not None
    return not pictured and (not text.strip(LEFT_OVER) or is_label(text))


def _without_label(element: Element | None) -> None:
    """Drop the heading of a list that is gone, and the line above it."""
    while element is not None:
        text = " ".join("".join(element.itertext()).split())
        if (element.tail or "").strip():
            return
        label = element.tag in LABELLING and is_label(text) and _begins_line(element)
        if element.tag not in {"hr", "br"} and not label:
            return
        element, empty = element.getprevious(), element
        drop(empty)


def _begins_line(element: Element) -> bool:
    """Whether it is a block, or nothing of its line is in front of it."""
    before = element.getprevious()
    text = (element.getparent().text if before is None else before.tail) or ""
    ended = before is None or before.tag in {*ENDING, *HEADINGS}
    return element.tag in {*HEADINGS, "p", "div"} or (ended and not text.strip())


def _is_heading(element: Element) -> bool:
    return element.tag in HEADINGS or (len(element) > 0 and element[0].tag in HEADINGS)
