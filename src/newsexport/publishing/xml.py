"""XML trees from text that may hold anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from lxml import etree

from newsexport.text.plaintext import storable

Element: TypeAlias = etree._Element  # noqa: SLF001 - the name that lxml has for it


def child(parent: Element, name: str, said: str | None = None, /, **attributes: str) -> Element:
    """A new last child; characters that XML cannot hold are left out."""
    made = etree.SubElement(parent, name, {key: storable(value) for key, value in attributes.items()})
    if said is not None:
        made.text = storable(said)
    return made


def root(name: str, namespaces: Mapping[str, str], **attributes: str) -> Element:
    """A root element that declares all its namespaces; that of the empty prefix is the default."""
    prefixes: dict[Any, str] = {prefix or None: address for prefix, address in namespaces.items()}
    return etree.Element(name, dict(attributes), nsmap=prefixes)


def plain(text: str) -> str:
    """Text for where some programs expect text and some HTML: the same to both, and no markup to either."""
    return " ".join(text.split()).translate({ord("<"): "‹", ord(">"): "›"})


def document(tree: Element) -> bytes:
    """The tree as a document in UTF-8, its elements on lines of their own."""
    etree.indent(tree, " ")
    return etree.tostring(tree, encoding="utf-8", xml_declaration=True) + b"\n"
