"""JSON Feed, versions 1 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from newsexport.errors import SourceError
from newsexport.interchange.json_reader import load
from newsexport.protocols import Item, Resource
from newsexport.sources.feed_item import Feed, FeedItem, content_of, items_of

MARKER = b"jsonfeed.org/version/"


@dataclass(frozen=True, slots=True)
class JsonFeedSource:
    """The items of a JSON Feed; `content` and `of` as for other feeds."""

    content: Literal["auto", "feed", "page"] = "auto"
    of: Mapping[str, str] = field(default_factory=dict)
    isolated: ClassVar[bool] = True

    def accepts(self, resource: Resource) -> float:
        """Certain when the version is named near the beginning."""
        start = resource.data[:2000].replace(b"\\/", b"/").lstrip(b"\xef\xbb\xbf \t\r\n")
        return 0.95 if start.startswith(b"{") and MARKER in start else 0

    def read(self, resource: Resource) -> Iterator[Item]:
        """An article for each item whose content is whole, an entry for the others. Raises `SourceError`."""
        document = load(resource)
        if not isinstance(document, dict) or not isinstance(document.get("items"), list):
            raise SourceError(resource.reference, "is no JSON Feed: it has no items")
        feed = Feed(
            title=_text(document.get("title")),
            address=resource.address or _text(document.get("feed_url")) or resource.reference,
            link=_text(document.get("home_page_url")),
            language=_text(document.get("language")),
            section=resource.section,
            reference=resource.reference,
        )
        items = (_item(each) for each in document["items"] if isinstance(each, dict))
        yield from items_of(feed, items, content_of(feed.address, self.content, self.of))


def _item(item: dict[str, Any]) -> FeedItem:
    plain = _text(item.get("content_text"))
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in plain.split("\n\n") if part.strip())
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    return FeedItem(
        title=_text(item.get("title")),
        link=_text(item.get("url")) or _text(item.get("external_url")),
        guid=_text(item.get("id")),
        published=_text(item.get("date_published")) or _text(item.get("date_modified")),
        authors=tuple(
            name for each in authors or () if isinstance(each, dict) and (name := _text(each.get("name")))
        ),
        content=_text(item.get("content_html")) or paragraphs,
        summary=html.escape(_text(item.get("summary"))),
        language=_text(item.get("language")),
        picture=_text(item.get("image")) or _text(item.get("banner_image")),
    )


def _text(value: Any) -> str:
    """A text, or a number where a text was meant, as identifiers often are."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
        return str(value)
    return value.strip() if isinstance(value, str) else ""
