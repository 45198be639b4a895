"""XML from strangers: what could make a parser swell or reach out is refused before it is parsed."""

from __future__ import annotations

import codecs
import re
from typing import Any

from newsexport.errors import SourceError
from newsexport.protocols import Resource
from newsexport.text.strays import mostly_utf8

PROLOGUE = 20_000
MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")

WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
)
# Roots of books, of agencies' articles and of notes, which may begin without saying that they are XML.
OTHERS = frozenset(("fictionbook", "nitf", "newsml", "newsitem", "newsmessage", "tei", "tei.2", "en-export"))
ENCODING = re.compile(rb"""(<\?xml[^>]{0,100}?\bencoding\s*=\s*)(?:"([\w.:-]+)"|'([\w.:-]+)')""")
HALVES = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
NUMBERED = re.compile(rb"&#(?:x([0-9A-Fa-f]+)|([0-9]+));")


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


def is_other_xml(data: bytes) -> bool:
    """Whether the bytes are XML that is no page, though it may have a head and a body as pages do."""
    root = root_name(data)
    return root in OTHERS or (
        bool(root) and root not in {"html", "body"} and data.lstrip(b"\xef\xbb\xbf \t\r\n")[:5] == b"<?xml"
    )


def mended(data: bytes) -> bytes:
    """A document without what no XML may hold, which parsers hand on and nobody can decode then.

    Of bytes that are mostly UTF-8 the others are mended, else parsers read all of them by another encoding.
    References to halves of surrogate pairs and to other characters that are none (XML 1.0,
    fifth edition, section 2.2) become U+FFFD, as do halves that were written as if UTF-8 had any.
    """
    for mark, name in WIDE:
        if data.startswith(mark):
            data = ENCODING.sub(
                rb'\1"utf-8"', data.decode(name, "replace").encode("utf-8", "replace"), count=1
            )
            break
    said = ENCODING.search(data[:200])
    if said is not None and (said[2] or said[3]).lower().startswith((b"utf-16", b"utf-32", b"ucs-")):
        data, said = ENCODING.sub(rb'\1"utf-8"', data, count=1), None  # it would not have been found in such
    if said is None or (said[2] or said[3]).lower() in {b"utf-8", b"utf8"}:
        data = HALVES.sub("\ufffd".encode(), data)
        data = data if _is_utf8(data) else (mostly_utf8(data) or "").encode() or data
    return NUMBERED.sub(_character, data)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _character(found: re.Match[bytes]) -> bytes:
    digits, base = (found[1], 16) if found[1] else (found[2], 10)
    number = int(digits, base) if len(digits.lstrip(b"0")) <= 8 else 0
    legal = number in {9, 10, 13} or 0x20 <= number <= 0xD7FF or 0xE000 <= number <= 0xFFFD
    return found[0] if legal or 0x10000 <= number <= 0x10FFFF else b"&#xFFFD;"


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
        root = etree.fromstring(mended(resource.data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(resource.reference, "is not well-formed") from error
    if root is None:
        raise SourceError(resource.reference, "is not well-formed")
    return root


def local(element: Any) -> str:
    """The name of an element without its namespace, in lower case; empty for comments."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
