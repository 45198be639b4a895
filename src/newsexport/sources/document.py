"""Word documents (DOCX), by mammoth, which takes their styles for what they mean."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from newsexport.errors import SourceError
from newsexport.events import Cause, omit
from newsexport.model import Article, Block, Heading, Paragraph, plain, plain_blocks, with_notes
from newsexport.protocols import Item, Resource
from newsexport.sources.archive import DAMAGED_ZIP
from newsexport.sources.guarded_xml import guard, local, parse
from newsexport.sources.word_markup import readable
from newsexport.text.counting import first_words
from newsexport.text.dates import dated
from newsexport.text.people import people_in
from newsexport.text.plaintext import holding

LARGEST = 30_000_000
DELETED = re.compile(rb"<w:del(?:\s[^>]*)?(?<!/)>")
TITLED = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p.subtitle:fresh"


@dataclass(frozen=True, slots=True)
class DocumentSource:
    """One article from each document."""

    isolated: ClassVar[bool] = True

    def accepts(self, resource: Resource) -> float:
        """By what such a document begins with."""
        data = resource.data
        if not data.startswith(b"PK\x03\x04") or b"[Content_Types].xml" not in data[:2000]:
            return 0
        return 1 if b"word/" in data else 0

    def read(self, resource: Resource) -> Iterator[Item]:
        """The article. Raises `SourceError`."""
        import mammoth  # noqa: PLC0415 - few articles are documents

        from newsexport.markup import MarkupError, blocks_and_notes  # noqa: PLC0415 - loads the parser
        from newsexport.markup import parse as parse_page  # noqa: PLC0415 - loads the parser

        properties = _checked(resource)
        omit("struck out by a change that Word tracked", Cause.FORMAT, "passage", _struck(resource.data))
        try:
            html = mammoth.convert_to_html(io.BytesIO(readable(resource.data)), style_map=TITLED).value
            body, notes = blocks_and_notes(parse_page(f"<html><body>{html}</body></html>"))
        except MarkupError as error:
            raise SourceError(resource.reference, str(error)) from error
        except Exception as error:  # a parser of many parts, which raises whatever it meets
            raise SourceError(resource.reference, "is a damaged document") from error
        title, body = _headline(body, properties.get("title", ""))
        body, notes = with_notes(body, notes)  # the headline may have called one
        if not any(text.strip() for text in plain_blocks(body)):
            raise SourceError(resource.reference, "has no text")
        yield Article(
            title,
            body,
            byline=people_in(properties.get("creator", "")),
            published=dated(properties.get("created", "")),
            section=resource.section,
            reference=resource.reference,
            notes=notes,
        )


def _struck(data: bytes) -> int:
    """How many passages are deleted by changes that were tracked: it is read as if all were accepted."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name == "word/document.xml"]
    return sum(len(DELETED.findall(part)) for part in parts)


def _headline(body: tuple[Block, ...], named: str) -> tuple[str, tuple[Block, ...]]:
    """A heading at the very top, or the title in the properties, or a short first line."""
    first = body[0] if body else None
    if isinstance(first, Heading):
        return holding(first.spans), body[1:]
    if named:
        return named, body
    if isinstance(first, Paragraph) and len(body) > 1 and len(plain(first.spans)) < 120:
        return holding(first.spans), body[1:]
    return first_words(" ".join(plain_blocks(body))), body


def _checked(resource: Resource) -> dict[str, str]:
    """The properties of the document, once nothing in it can swell. Raises `SourceError`."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(resource.data))
        if sum(info.file_size for info in archive.infolist()) > LARGEST:
            raise SourceError(resource.reference, f"is a document of more than {LARGEST // 1_000_000} MB")
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                guard(Resource(resource.reference, archive.read(name)))
        return _properties(archive, resource)
    except DAMAGED_ZIP as error:
        raise SourceError(resource.reference, "is a damaged document") from error


def _properties(archive: zipfile.ZipFile, resource: Resource) -> dict[str, str]:
    if "docProps/core.xml" not in archive.namelist():
        return {}
    root: Any = parse(Resource(resource.reference, archive.read("docProps/core.xml")))
    return {local(each): " ".join((each.text or "").split()) for each in root}
