"""Pages that a browser saved with everything they show, as MHTML (RFC 2557)."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message
from typing import ClassVar

from newsexport import plugins
from newsexport.errors import SourceError
from newsexport.model import Article, Media, figures
from newsexport.protocols import Continued, Item, Resource
from newsexport.text.addresses import is_web

SUFFIXES = frozenset((".mhtml", ".mht"))


@dataclass(frozen=True, slots=True)
class MhtmlSource:
    """The article of the page, read as any page is, with the pictures that were saved with it."""

    isolated: ClassVar[bool] = True

    def accepts(self, resource: Resource) -> float:
        """By the headers browsers write, then by the suffix."""
        start = resource.data[:3000].lower()
        if b"snapshot-content-location:" in start or (b"multipart/related" in start and b"saved by" in start):
            return 1
        return 0.9 if resource.suffix in SUFFIXES and b"mime-version:" in start else 0

    def read(self, resource: Resource) -> Iterator[Item]:
        """The article. Raises `SourceError`."""
        try:
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
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""
