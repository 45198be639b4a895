"""XML from strangers: what could make a parser swell or reach out is refused before it is parsed."""

from __future__ import annotations

import re
from typing import Any

from newsexport.errors import SourceError
from newsexport.protocols import Resource

PROLOGUE = 20_000
MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")


def guard(resource: Resource) -> None:
    """Refuse a document that declares entities of its own. Raises `SourceError`.

    HTML's entities need no declaration, so no honest feed or list has any.
    """
    if re.search(rb"<!\s*ENTITY", resource.data.replace(b"\0", b""), re.IGNORECASE):
        raise SourceError(
            resource.reference, "declares entities of its own, which no honest file of its kind does"
        )


def root_name(data: bytes) -> str:
    """The local name of the root element in lower case; empty when the bytes do not begin like XML."""
    start = data[:PROLOGUE].replace(b"\0", b"")  # UTF-16 and UTF-32 of what is ASCII
    for mark in MARKS:
        start = start.removeprefix(mark)
    start = re.sub(
        rb"\A(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)+", b"", start, flags=re.DOTALL
    )
    found = re.match(rb"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)", start)
    return found[1].decode("ascii").lower() if found else ""


def parse(resource: Resource) -> Any:
    """The root of a document, mended where it is broken; nothing is loaded or expanded.

    Raises:
        SourceError: it declares entities, or nothing of it can be read.
    """
    from lxml import etree  # noqa: PLC0415 - only some resources are XML

    guard(resource)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(resource.data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(resource.reference, "is not well-formed") from error
    if root is None:
        raise SourceError(resource.reference, "is not well-formed")
    return root


def local(element: Any) -> str:
    """The name of an element without its namespace, in lower case; empty for comments."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
