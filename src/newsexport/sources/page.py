"""Web pages: the article in them, as complete as it stands there and free of what stands around it."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email.message import Message
from pathlib import Path
from typing import ClassVar

from newsexport import plugins
from newsexport.errors import SourceError
from newsexport.model import Article, Media, figures
from newsexport.protocols import Continued, Item, Resource
from newsexport.sources.decoding import is_binary
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
        if b"NETSCAPE-Bookmark-file" in start:
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
        inside = replace(
            resource,
            data=_bytes(page),
            media_type=str(page.get("Content-Type", "text/html")),
            address=address if is_web(address) else "",
        )
        for item in plugins.sources["page"]().read(inside):
            yield _illustrated(item, parts)


def _illustrated(item: Item, parts: list[Message]) -> Item:
    """The article with the pictures among the parts under the addresses it knows them by."""
    match item:
        case Article():
            wanted = {figure.media for figure in figures(item)}
            found = {name: part for part in parts for name in _names(part) if name in wanted}
            media = tuple(Media(name, part.get_content_type(), _bytes(part)) for name, part in found.items())
            return replace(item, media=item.media + media)
        case Continued(article):  # what was saved is one page; the rest is not fetched for it
            return _illustrated(replace(article, partial=True), parts)
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
