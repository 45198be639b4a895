"""What a page folds away until somebody asks for it, opened; and the buttons to ask by, as headings."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from newsexport.markup.parsing import Element, finder

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# What folds, by parts of its names.
FOLDING = re.compile(
    r"accordion|collaps|(?:^|[\s_-])(?:faq|toggle|expand(?:er|able)?|disclosure|panel)(?:[\s_-]|$)",
    re.IGNORECASE,
)
SAID = finder("/descendant::*[self::button or @role='heading' or @role='button']")
NAMED = finder("/descendant::*[@id]")
FURNITURE = frozenset(("nav", "header", "footer", "form", "menu"))
NAMING = ("aria-controls", "data-target", "data-bs-target", "href")
LONGEST_LABEL = 200
# A panel of fewer letters is a menu or a form.
FEWEST = 40


def opened(root: Element, is_hidden: Callable[[Element], bool]) -> None:
    """Change the tree so that nothing is folded; `is_hidden` tells what will be taken out."""
    said = SAID(root)
    for element in said:
        level = element.get("aria-level") or "2"
        if element.get("role") == "heading" and element.tag in {"div", "span", "p", "button"}:
            element.tag = f"h{level}" if level in {"1", "2", "3", "4", "5", "6"} else "h3"
    buttons = [each for each in said if each.tag == "button" or each.get("role") == "button"]
    named = {each.get("id"): each for each in reversed(NAMED(root))} if buttons else {}
    for button in buttons:
        if button.tag == "button" and _is_in_heading(button):
            button.tag = "span"
            _reveal(named.get(_panel_name(button)), is_hidden)
        elif button.tag in {"button", "a", "div", "span", "p"}:
            _head(button, named.get(_panel_name(button)), is_hidden)
    for details in root.iter("details"):
        details.tag = "div"
    for summary in list(root.iter("summary")):
        _label(summary)


def _is_in_heading(button: Element) -> bool:
    return any(around.tag in HEADINGS or around.tag in {"dt", "summary"} for around in button.iterancestors())


def _panel_name(button: Element) -> str:
    return next((value.lstrip("#") for name in NAMING if (value := button.get(name) or "")), "")


def _reveal(panel: Element | None, is_hidden: Callable[[Element], bool]) -> None:
    """Let a panel be seen that a heading opens."""
    if panel is not None and is_hidden(panel) and _letters(panel) >= FEWEST:
        for attribute in ("hidden", "style", "aria-hidden"):
            panel.attrib.pop(attribute, None)


def _head(button: Element, panel: Element | None, is_hidden: Callable[[Element], bool]) -> None:
    """Make a heading of a button that opens text: it says which, or it stands in front in what folds."""
    text = " ".join("".join(button.itertext()).split())
    if not (2 < len(text) <= LONGEST_LABEL) or any(each.tag in FURNITURE for each in button.iterancestors()):
        return
    if panel is None:
        panel = button.getnext()
        if panel is None or not FOLDING.search(f"{button.get('class') or ''} {panel.get('class') or ''}"):
            return
    if (
        panel.tag in {"ul", "ol", "form", "img", "svg"}
        or _letters(panel) < FEWEST
        or button in panel.iterancestors()
    ):
        return
    if any(each is panel for each in button.iterancestors()):
        return
    button.tag = "h3"
    _reveal(panel, is_hidden)


def _letters(element: Element) -> int:
    letters = 0
    for piece in element.itertext():
        letters += len(piece.strip())
        if letters > FEWEST:
            break
    return letters


def _label(summary: Element) -> None:
    """What is seen of something folded stands above it: as a heading where it is one, else in bold."""
    if any(each.tag in HEADINGS for each in summary):
        summary.tag = "div"
        return
    summary.tag = "p"
    strong = etree.SubElement(summary, "strong")
    strong.text, summary.text = summary.text, None
    for child in list(summary)[:-1]:
        strong.append(child)
