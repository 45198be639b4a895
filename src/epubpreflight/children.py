"""What stands directly in an element."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from epubpreflight.grammar import XHTML

SCRIPTING = frozenset({XHTML + "script", XHTML + "template"})


def local(tag: str) -> str:
    """The name without its namespace."""
    return tag.rpartition("}")[2]


def has_words(element: Element) -> bool:
    """Words stand between its children, or instead of them."""
    if element.text and not element.text.isspace():
        return True
    return any(child.tail and not child.tail.isspace() for child in element)


def sequence(element: Element, *, words: bool) -> str:
    """The names of the children in order, each with a space after it, and # for words between them."""
    parts = ["#"] if words and element.text and not element.text.isspace() else []
    for child in element:
        if child.tag not in SCRIPTING:
            parts.append(local(child.tag))
        if words and child.tail and not child.tail.isspace():
            parts.append("#")
    return "".join(f"{part} " for part in parts)
