"""What stands before the first element of a document: its encoding and its type.

Sources: EPUB 3.3, sections 3.9 and 6.1; OPS 2.0.1, section 2.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from epubpreflight.documents import Document
from epubpreflight.page_findings import Note
from epubpreflight.rules import content as rules

XHTML_TYPE = "application/xhtml+xml"
ALLOWED = {
    "image/svg+xml": ("-//W3C//DTD SVG 1.1//EN", "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"),
    "application/mathml+xml": (
        "-//W3C//DTD MathML 3.0//EN",
        "http://www.w3.org/Math/DTD/mathml3/mathml3.dtd",
    ),
    "application/x-dtbncx+xml": (
        "-//NISO//DTD ncx 2005-1//EN",
        "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd",
    ),
}
OLD_PACKAGES = {
    (public, system)
    for public in (None, "+//ISBN 0-9673008-1-9//DTD OEB 1.2 Package//EN")
    for system in (None, "http://openebook.org/dtds/oeb-1.2/oebpkg12.dtd")
}
XHTML11 = ("-//W3C//DTD XHTML 1.1//EN", "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd")


def prolog_notes(document: Document, version: str, media_type: str) -> Iterator[Note]:
    """What is wrong before the first element."""
    page = media_type == XHTML_TYPE
    if document.encoding == "UTF-16":
        yield (rules.PAGE_UTF_16 if page else rules.DOCUMENT_UTF_16), -1, ()
    elif document.encoding not in {"", "UTF-8"}:
        yield rules.ENCODING, -1, (document.encoding,)
    if document.version not in {"1.0", ""}:
        yield rules.XML_VERSION, -1, (document.version,)
    if document.external and not version.startswith("2"):
        yield rules.EXTERNAL_ENTITY, -1, ()
    yield from _type_notes(document, version, media_type)


def _type_notes(document: Document, version: str, media_type: str) -> Iterator[Note]:
    doctype = document.doctype
    if doctype is None:
        return
    named = (doctype.public, doctype.system)
    if version.startswith("2"):
        wanted = XHTML11 if media_type == XHTML_TYPE and doctype.name == "html" else None
        if media_type == "opf" and named not in OLD_PACKAGES:
            yield rules.PACKAGE_DOCTYPE, -1, ()
        if media_type == "application/x-dtbncx+xml":
            wanted = ALLOWED[media_type]
        if wanted and (named[0] != wanted[0] or named[1] != wanted[1]):
            yield rules.DOCTYPE, -1, (doctype.public or doctype.name,)
    elif media_type == XHTML_TYPE and doctype.name.lower() == "html":
        if doctype.public is not None or doctype.system not in {None, "about:legacy-compat"}:
            yield rules.DOCTYPE, -1, (doctype.public or doctype.system or "",)
    elif named != (None, None) and named != ALLOWED.get(media_type):
        yield rules.OTHER_DOCTYPE, -1, ()
