"""XML from anywhere, parsed without believing it, and what stands before its first element.

A document may define entities that unpack to any size; such a one is refused before it can. What the parser
of the standard library leaves out, the declaration and the document type, is read from the beginning of
the file, where alone it may stand.

Sources of the rules: EPUB 3.3, sections 3.9 and 6.1; OPS 2.0.1, section 2.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from html.entities import name2codepoint
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, ParseError, XMLParser
from xml.parsers import expat

from epubpreflight.fault import Fault, place
from epubpreflight.rules import Note, Rule

XHTML_TYPE = "application/xhtml+xml"
SVG_TYPE = "image/svg+xml"
NCX_TYPE = "application/x-dtbncx+xml"
SMIL_TYPE = "application/smil+xml"

VERSION = re.compile(rb"""<\?xml\s+version\s*=\s*["']([^"']*)""")
ENCODING = re.compile(rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)""")
DOCTYPE = re.compile(
    r"""<!DOCTYPE\s+([^\s>\[]+)\s*(?:PUBLIC\s+(?:"([^"]*)"|'([^']*)')\s*(?:"([^"]*)"|'([^']*)')?"""
    r"""|SYSTEM\s+(?:"([^"]*)"|'([^']*)'))?\s*(\[)?"""
)
STYLESHEET = re.compile(rb"""<\?xml-stylesheet\s[^>]*?href\s*=\s*["']([^"']*)["']""")
WIDE = (b"\xfe\xff", b"\xff\xfe", b"\0<\0?", b"<\0?\0")
# The entities of XHTML 1.1, which an EPUB 2 page may use when it names that document type.
ENTITIES = {name: chr(code) for name, code in name2codepoint.items()}
# An entity may be a short word; one made of others can be made to unpack to any size.
LONGEST_ENTITY = 1000
MOST_ENTITIES = 300
PARSING_ERRORS = (ParseError, expat.ExpatError, LookupError, ValueError)


class Doctype(NamedTuple):
    """A document type declaration; `internal` when it has a subset with definitions of its own."""

    name: str
    public: str | None
    system: str | None
    internal: bool


class MalformedError(ValueError):
    """The document is not well-formed, or defines dangerous entities; `line` is 0 where it is not known."""

    def __init__(self, reason: str, line: int = 0, *, entities: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.rule = Rule.ENTITY_BOMB if entities else Rule.NOT_WELL_FORMED

    def fault(self, name: str) -> Fault:
        """This as a fault of the file of that name."""
        return self.rule.at(place(name, self.line), self.reason)


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document. `encoding` is in capitals, empty when none is declared."""

    root: Element
    doctype: Doctype | None
    version: str
    encoding: str
    declared: bool
    external: bool = False


def parse(data: bytes, *, dtd: bool = False) -> Document:
    """Parse a document; with `dtd` the named entities of XHTML 1.1 are known, if it declares that type.

    Raises:
        MalformedError: it is not well-formed, or defines entities that could unpack to any size.
    """
    head = data[:4096]
    doctype = _doctype(data)
    external = False
    if doctype and doctype.internal:
        external = _refuse_entities(data)
    parser = XMLParser()  # noqa: S314 - definitions of entities were just looked at
    if dtd and doctype and doctype.public:
        parser.entity.update(ENTITIES)
    version, encoding = VERSION.match(head.lstrip(b"\xef\xbb\xbf")), ENCODING.search(head)
    try:
        parser.feed(data)
        root = parser.close()
    except PARSING_ERRORS as error:
        line, _ = getattr(error, "position", (0, 0))
        raise MalformedError(_reason(error), line) from error
    return Document(
        root,
        doctype,
        version.group(1).decode("ascii", "replace") if version else "1.0",
        _encoding(data, encoding),
        bool(version),
        external,
    )


def _reason(error: Exception) -> str:
    text = str(error)
    return re.sub(r": line \d+, column \d+$", "", text)


def _encoding(data: bytes, declared: re.Match[bytes] | None) -> str:
    if data.startswith(WIDE):
        return "UTF-16"
    if data.startswith(b"\xef\xbb\xbf") or not declared:
        return ""
    return declared.group(1).decode("ascii", "replace").upper()


def _doctype(data: bytes) -> Doctype | None:
    if data.startswith(WIDE[:2]):
        text = data[:8192].decode("utf-16", "replace")
    else:
        at = data.find(b"<!DOCTYPE", 0, 100_000)
        if at < 0:
            return None
        text = data[at : at + 4096].decode("utf-8", "replace")
    found = DOCTYPE.search(text)
    if not found:
        return None
    name, p1, p2, s1, s2, s3, s4, internal = found.groups()
    public = p1 if p1 is not None else p2
    system = next((one for one in (s1, s2, s3, s4) if one is not None), None)
    return Doctype(name, public, system, internal is not None)


def _refuse_entities(data: bytes) -> bool:
    """Whether external entities are declared. Raises `MalformedError` for what could unpack to any size."""
    declared: list[str] = []
    external = False

    def entity(name: str, _parameter: bool, value: str | None, *_: Any) -> None:  # noqa: FBT001 - expat's shape
        nonlocal external
        declared.append(name)
        if value is None:
            external = True
        elif len(value) > LONGEST_ENTITY or "&" in value or "%" in value:
            raise MalformedError("it defines entities that unpack to other ones", entities=True)
        if len(declared) > MOST_ENTITIES:
            raise MalformedError("it defines too many entities", entities=True)

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(data, True)  # noqa: FBT003 - the name of the argument is not part of expat's interface
    except (expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, MalformedError):
            raise
    return external


def element_lines(data: bytes) -> list[int]:
    """The line on which each element begins, in the order of the document, as far as it can be read."""
    found: list[int] = []
    parser = expat.ParserCreate()

    def start(*_: Any) -> None:
        found.append(parser.CurrentLineNumber)

    parser.StartElementHandler = start
    parser.UseForeignDTD(True)  # noqa: FBT003 - idem
    with suppress(expat.ExpatError, LookupError, ValueError):
        parser.Parse(data, True)  # noqa: FBT003 - idem
    return found


def note_faults(name: str, notes: Iterable[Note], found: Sequence[int]) -> tuple[Fault, ...]:
    """Notes on a file as faults, with the lines of its elements as `element_lines` finds them.

    Each is reported once for its line and message: the same mistake in every row of a table, row by row.
    """
    faults: dict[Fault, None] = {}
    for rule, at, details in notes:
        line = found[at] if 0 <= at < len(found) else 0
        faults[rule.at(place(name, line), *details)] = None
    return tuple(faults)


def style_sheets(data: bytes) -> Iterator[str]:
    """The style sheets that processing instructions name, as SVGs have them."""
    if b"<?xml-stylesheet" in data[:4096]:
        for found in STYLESHEET.findall(data[:4096]):
            yield found.decode("utf-8", "replace")


# The document types that files may name, by their media types.
ALLOWED = {
    SVG_TYPE: ("-//W3C//DTD SVG 1.1//EN", "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"),
    "application/mathml+xml": (
        "-//W3C//DTD MathML 3.0//EN",
        "http://www.w3.org/Math/DTD/mathml3/mathml3.dtd",
    ),
    NCX_TYPE: (
        "-//NISO//DTD ncx 2005-1//EN",
        "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd",
    ),
}
EPUB2_PACKAGE_TYPES = {
    (public, system)
    for public in (None, "+//ISBN 0-9673008-1-9//DTD OEB 1.2 Package//EN")
    for system in (None, "http://openebook.org/dtds/oeb-1.2/oebpkg12.dtd")
}
XHTML11 = ("-//W3C//DTD XHTML 1.1//EN", "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd")


def prolog_notes(document: Document, version: str, media_type: str) -> Iterator[Note]:
    """What is wrong in front of the first element."""
    page = media_type == XHTML_TYPE
    if document.encoding == "UTF-16":
        yield (Rule.PAGE_UTF_16 if page else Rule.DOCUMENT_UTF_16), -1, ()
    elif document.encoding not in {"", "UTF-8"}:
        yield Rule.DOCUMENT_ENCODING, -1, (document.encoding,)
    if document.version not in {"1.0", ""}:
        yield Rule.XML_VERSION, -1, (document.version,)
    if document.external and not version.startswith("2"):
        yield Rule.PAGE_EXTERNAL_ENTITY, -1, ()
    yield from _type_notes(document, version, media_type)


def _type_notes(document: Document, version: str, media_type: str) -> Iterator[Note]:
    doctype = document.doctype
    if doctype is None:
        return
    named = (doctype.public, doctype.system)
    if version.startswith("2"):
        wanted = XHTML11 if media_type == XHTML_TYPE and doctype.name == "html" else None
        if media_type == "opf" and named not in EPUB2_PACKAGE_TYPES:
            yield Rule.PACKAGE_DOCTYPE, -1, ()
        if media_type == NCX_TYPE:
            wanted = ALLOWED[media_type]
        if wanted and (named[0] != wanted[0] or named[1] != wanted[1]):
            yield Rule.PAGE_DOCUMENT_TYPE, -1, (doctype.public or doctype.name,)
    elif media_type == XHTML_TYPE and doctype.name.lower() == "html":
        if doctype.public is not None or doctype.system not in {None, "about:legacy-compat"}:
            yield Rule.PAGE_DOCUMENT_TYPE, -1, (doctype.public or doctype.system or "",)
    elif named != (None, None) and named != ALLOWED.get(media_type):
        yield Rule.DOCUMENT_TYPE, -1, ()
