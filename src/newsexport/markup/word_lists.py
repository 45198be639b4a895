"""Lists as Word and Outlook write them into pages and letters: paragraphs that bear their own signs."""

from __future__ import annotations

import re

from newsexport.markup.parsing import Element, text_in

LEVEL = re.compile(r"(?i)mso-list\s*:\s*\S+\s+level(\d)")
SIGN = re.compile(r"(?i)mso-list\s*:\s*ignore")
COUNTED = re.compile(r"\(?(?:(?P<number>\d{1,4})|[a-z]|[ivxlc]+)[.)]\s*", re.IGNORECASE)
DEEPEST = 9


def listed(root: Element) -> None:
    """Put lists in the place of such paragraphs, without their signs."""
    for paragraph in list(root.iter("p")):
        if paragraph.getparent() is not None and paragraph.getparent().tag != "li" and _level(paragraph):
            _gather(paragraph)


def _level(paragraph: Element) -> int:
    """How deep in lists a paragraph is; 0 where it is in none."""
    found = LEVEL.search(paragraph.get("style") or "")
    return min(int(found[1]), DEEPEST) if found and _sign(paragraph) is not None else 0


def _sign(paragraph: Element) -> Element | None:
    return next((span for span in paragraph.iter("span") if SIGN.search(span.get("style") or "")), None)


def _gather(first: Element) -> None:
    """A list of the paragraph and of all that follow it and are in lists, too."""
    row = [first]
    while not (row[-1].tail or "").strip() and (following := row[-1].getnext()) is not None:
        if following.tag != "p" or not _level(following):
            break
        row.append(following)
    base = min(map(_level, row))
    lists: list[Element] = []
    for paragraph in row:
        depth = _level(paragraph) - base + 1
        del lists[depth:]
        if len(lists) < depth:
            made = _list_for(paragraph)
            inner = lists[-1] if lists else None
            if inner is None:
                paragraph.addprevious(made)
            else:
                (inner[-1] if len(inner) else inner).append(made)
            lists.append(made)
        item = paragraph.makeelement("li")
        lists[-1].append(item)
        sign = _sign(paragraph)
        if sign is not None:
            sign.drop_tree()
        tail, paragraph.tail = paragraph.tail, None
        item.append(paragraph)
        lists[0].tail = tail


def _list_for(paragraph: Element) -> Element:
    sign = _sign(paragraph)
    counted = COUNTED.fullmatch(text_in(sign).strip()) if sign is not None else None
    if counted is None:
        return paragraph.makeelement("ul")
    return paragraph.makeelement("ol", start=counted["number"] or "1")
