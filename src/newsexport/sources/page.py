"""Web pages: the article in them, as complete as it stands there and free of what stands around it."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email.message import Message
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from newsexport import plugins
from newsexport.errors import SourceError
from newsexport.model import Article, Media, figures
from newsexport.protocols import Continued, Item, Resource
from newsexport.sources.decoding import is_binary
from newsexport.sources.guarded_xml import is_other_xml
from newsexport.text.addresses import is_web

LOOKS_LIKE = re.compile(rb"(?i)<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]")
TYPES = ("text/html", "application/xhtml+xml")
SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xht"})


@dataclass(frozen=True, slots=True)
class PageSource:
    """One article from each page; `rules` is a folder of rules for sites, see `extraction.rules`."""

    rules: Path | None = None
    isolated: ClassVar[bool] = True

    def accepts(self, resource: Resource) -> float:
        """By the first bytes, then what the server said, then the suffix."""
        start = resource.data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
        if b"NETSCAPE-Bookmark-file" in start or is_other_xml(resource.data):
            return 0
        if LOOKS_LIKE.search(start):
            return 0.8
        if resource.media_type.partition(";")[0].strip().lower() in TYPES and start.startswith(b"<"):
            return 0.6
        return 0.7 if resource.suffix in SUFFIXES and not is_binary(resource.data) else 0

    def read(self, resource: Resource) -> Iterator[Item]:
        """The article, or its first part when it goes on elsewhere. Raises `SourceError`."""
        from newsexport.extraction.reading import read_page  # noqa: PLC0415 - loads the parser

        with _nothing_collected():
            item = read_page(resource, self.rules)
        yield item


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """No search for rings of garbage, of which a page makes none: it takes a twentieth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


# Pages that a browser saved with everything they show, as MHTML (RFC 2557).

ARCHIVE_SUFFIXES = frozenset((".mhtml", ".mht"))
MAIN = "WebMainResource"


@dataclass(frozen=True, slots=True)
class MhtmlSource:
    """The article of the page, read as any page is, with the pictures that were saved with it."""

    isolated: ClassVar[bool] = True

    def accepts(self, resource: Resource) -> float:
        """By the headers browsers write, then by the suffix."""
        start = resource.data[:3000].lower()
        if b"snapshot-content-location:" in start or (b"multipart/related" in start and b"saved by" in start):
            return 1
        return 0.9 if resource.suffix in ARCHIVE_SUFFIXES and b"mime-version:" in start else 0

    def read(self, resource: Resource) -> Iterator[Item]:
        """The article. Raises `SourceError`."""
        try:
            import email  # noqa: PLC0415 - loaded for pages that were saved as mail
            import email.policy  # noqa: PLC0415 - as above

            message = email.message_from_bytes(resource.data, policy=email.policy.compat32)
            parts = [part for part in message.walk() if part.get_content_maintype() != "multipart"]
        except (RecursionError, ValueError, LookupError, AttributeError, TypeError) as error:
            raise SourceError(resource.reference, "is a damaged MHTML file") from error
        page = next(
            (part for part in parts if part.get_content_type() in {"text/html", "application/xhtml+xml"}),
            None,
        )
        if page is None:
            raise SourceError(resource.reference, "holds no page")
        address = _header(message, "Snapshot-Content-Location") or _header(page, "Content-Location")
        yield from _of_page(
            resource,
            Held(address, str(page.get("Content-Type", "text/html")), partial(_bytes, page)),
            [
                Held(name, part.get_content_type(), partial(_bytes, part))
                for part in parts
                for name in _names(part)
            ],
        )


# Pages that Safari saved, as property lists.


@dataclass(frozen=True, slots=True)
class WebArchiveSource:
    """The article of the page, read as any page is, with the pictures that were saved with it."""

    isolated: ClassVar[bool] = True

    def accepts(self, resource: Resource) -> float:
        """By what such a list begins with, and the name of what is in it."""
        listed = resource.data.startswith(b"bplist00") or b"<plist" in resource.data[:500]
        return 1 if listed and MAIN.encode() in resource.data else 0

    def read(self, resource: Resource) -> Iterator[Item]:
        """The article. Raises `SourceError`."""
        import plistlib  # noqa: PLC0415 - few pages are saved by Safari

        try:
            archive = plistlib.loads(resource.data)
            page, *others = [
                _saved_by_safari(each) for each in (archive[MAIN], *archive.get("WebSubresources", ()))
            ]
        except Exception as error:  # a reader of bytes from anywhere, which raises whatever it meets
            raise SourceError(resource.reference, "is a damaged web archive") from error
        yield from _of_page(resource, page, others)


def _saved_by_safari(record: dict[str, Any]) -> Held:
    kind, encoding = record["WebResourceMIMEType"], record.get("WebResourceTextEncodingName")
    data = bytes(record["WebResourceData"])
    return Held(
        str(record["WebResourceURL"]), f"{kind}; charset={encoding}" if encoding else str(kind), lambda: data
    )


# What both have in common.


@dataclass(frozen=True, slots=True)
class Held:
    """What was saved with a page, or the page itself: its address, its type, and how to have its bytes."""

    name: str
    media_type: str
    data: Callable[[], bytes]


def _of_page(resource: Resource, page: Held, others: Sequence[Held]) -> Iterator[Item]:
    """What is in the page, with the pictures among the others."""
    address = page.name if is_web(page.name) else ""
    inside = replace(resource, data=page.data(), media_type=page.media_type, address=address)
    for item in plugins.sources["page"]().read(inside):
        yield _illustrated(item, others)


def _illustrated(item: Item, others: Sequence[Held]) -> Item:
    """The article with the pictures that were saved under the addresses it knows them by."""
    match item:
        case Article():
            wanted = {figure.media for figure in figures(item)}
            found = {each.name: each for each in others if each.name in wanted}
            media = tuple(Media(name, each.media_type, each.data()) for name, each in found.items())
            return replace(item, media=item.media + media)
        case Continued(article):  # what was saved is one page; the rest is not fetched for it
            return _illustrated(replace(article, partial=True), others)
        case _:
            return item


def _names(part: Message) -> tuple[str, ...]:
    named = _header(part, "Content-ID").strip("<> ")
    return (_header(part, "Content-Location"), f"cid:{named}" if named else "")


def _header(part: Message, name: str) -> str:
    return " ".join(str(part.get(name, "")).split())


def _bytes(part: Message) -> bytes:
    from newsexport.letters.wordings import decoded  # noqa: PLC0415 - loaded for pages that were saved as mail

    return decoded(part) or b""
