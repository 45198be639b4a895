"""What stands around notes and is not theirs: links back to the text, marks, the list, its heading."""

from __future__ import annotations

import re
from collections.abc import Callable

from newsexport.markup.parsing import Element
from newsexport.markup.preparing import drop

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

LABELS = frozenset(
    "notes note footnotes footnote endnotes references sources|anmerkungen fußnoten einzelnachweise quellen"
    "|notes de bas de page|références|notas|referencias|note a piè di pagina|riferimenti|voetnoten|noten"
    "|fotnoter|przypisy|примечания|сноски|הערות|ملاحظات|注|脚注|注释|註釋|각주".replace(" ", "|").split("|")
)
LONGEST_LABEL = 40
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def without_back_links(note: Element, mark: str, calls: Callable[[Element], bool]) -> None:
    """Take out of a note what leads back to its call, and the mark it repeats. `calls` knows calls."""
    for link in list(note.iter("a")):
        if _leads_back(link, calls):
            around = link.getparent()
            drop(link)
            while around is not note and _is_left_over(around):
                around, empty = around.getparent(), around
                drop(empty)
    _without_mark(note, re.escape(mark.strip("[]() ")))


def _leads_back(link: Element, calls: Callable[[Element], bool]) -> bool:
    kinds = f"{link.get('role') or ''} {link.get('epub:type') or ''}".split()
    if {"doc-backlink", "backlink", "referrer"}.intersection(kinds):
        return True
    if link.get("data-footnote-backref") is not None or BACKWARD.search(link.get("class") or ""):
        return True
    if not (link.get("href") or "").startswith("#"):
        return False
    text = " ".join("".join(link.itertext()).split())
    if not text or ARROWS.fullmatch(text) or SAID.fullmatch(text.strip("[]() ")):
        return True
    return NUMBER.fullmatch(text) is not None and not calls(link)


def _is_left_over(element: Element) -> bool:
    """Whether nothing is left but what stood around a link."""
    return not "".join(element.itertext()).strip(LEFT_OVER) and all(
        isinstance(inner.tag, str) and inner.tag != "img" and "}" not in inner.tag for inner in element.iter()
    )


def _without_mark(note: Element, mark: str) -> None:
    """Cut the mark off the beginning of the note: ``[1] text``, ``1. text``, ``<sup>1</sup> text``."""
    text = next((text for text in note.xpath(".//text()") if text.strip()), None)
    if text is None:
        return
    element = text.getparent()
    if text.is_tail:
        element.tail = _cut(str(text), mark, alone=False)
    else:
        alone = element is not note and element.tag in {"sup", "b", "strong", "span", "i", "em"}
        element.text = _cut(str(text), mark, alone=alone)


def _cut(text: str, mark: str, *, alone: bool) -> str:
    text = re.sub(r"^\s*[\]).:^]+\s*", "", text)
    if not mark:
        return text
    if alone and re.fullmatch(rf"\s*[\[(]?{mark}[\])]?[.:]?\s*", text):
        return ""
    after = r"\s*" if not mark[-1].isalnum() else r"[.:)\]]\s+"
    return re.sub(rf"^\s*(?:\[{mark}\]|\({mark}\)|{mark}{after})\s*", "", text, count=1)


def without_list(note: Element) -> None:
    """Take the note out of its document; with the last also the list, its heading and the line above it."""
    gone, around = note, note.getparent()
    if note.tag == "dd" and (term := note.getprevious()) is not None and term.tag == "dt" and _is_mark(term):
        drop(term)
    while around is not None:
        before, behind = gone.getprevious(), gone.getnext()
        drop(gone)
        if behind is None or _is_heading(behind):
            _without_label(before)
        if around.tag in {"body", "html"} or not _is_spent(around):
            return
        gone, around = around, around.getparent()


def _is_mark(element: Element) -> bool:
    return NUMBER.fullmatch("".join(element.itertext()).strip()) is not None


def _is_spent(element: Element) -> bool:
    """Whether nothing is left in what held notes but lines and its heading."""
    text = ""
    for piece in element.itertext():
        text += " ".join(piece.split())
        if len(text) > LONGEST_LABEL:
            return False
    pictured = next(element.iter("img", "table", "figure"), None) is not None
    return not pictured and (not text.strip(LEFT_OVER) or _is_label(text))


def _without_label(element: Element | None) -> None:
    """Drop the heading of a list that is gone, and the line above it."""
    while element is not None:
        text = " ".join("".join(element.itertext()).split())
        if element.tag != "hr" and not (element.tag in (*HEADINGS, "p", "div") and _is_label(text)):
            return
        if (element.tail or "").strip():
            return
        element, empty = element.getprevious(), element
        drop(empty)


def _is_label(text: str) -> bool:
    return re.sub(r"\s*\[\w+\]$", "", text).strip(" :").lower() in LABELS


def _is_heading(element: Element) -> bool:
    return element.tag in HEADINGS or (len(element) > 0 and element[0].tag in HEADINGS)
