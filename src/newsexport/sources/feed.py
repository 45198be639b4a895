"""RSS, Atom, RDF and JSON feeds: each item an article, or where its article is."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from newsexport.errors import SourceError
from newsexport.interchange.json_reader import load
from newsexport.protocols import Item, Resource
from newsexport.sources.feed_item import Feed, FeedItem, content_of, items_of
from newsexport.sources.guarded_xml import guard, mended, root_name
from newsexport.text.dates import dated

ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")

# No feed is read further: the newest come first, and parsing takes its time.
LARGEST = 12_000_000


@dataclass(frozen=True, slots=True)
class FeedSource:
    """The items of a feed, newest or first as it has them.

    `content` says where articles come from: ``feed`` as they stand in the feed, ``page``
    from the pages they link to, ``auto`` from the feed where it has them whole. `of`
    says so for single feeds, by how their address begins.
    """

    content: Literal["auto", "feed", "page"] = "auto"
    of: Mapping[str, str] = field(default_factory=dict)
    isolated: ClassVar[bool] = True

    def accepts(self, resource: Resource) -> float:
        """By the root element, then by what the server said."""
        if root_name(resource.data) in ROOTS:
            return 1
        said = resource.media_type.partition(";")[0].strip().lower()
        return 0.7 if said in TYPES and resource.data.lstrip()[:1] == b"<" else 0

    def read(self, resource: Resource) -> Iterator[Item]:
        """An article for each item whose content is whole, an entry for the others. Raises `SourceError`."""
        guard(resource)
        if len(resource.data) > LARGEST:
            raise SourceError(resource.reference, f"is a feed of more than {LARGEST // 1_000_000} MB")
        parsed = _parsed(resource)
        if not parsed.get("version") and not parsed.entries:
            raise SourceError(resource.reference, "is no feed that can be read")
        feed = Feed(
            title=_text(parsed.feed.get("title")),
            address=resource.address or resource.reference,
            link=_link(parsed.feed),
            language=_text(parsed.feed.get("language")),
            section=resource.section,
            reference=resource.reference,
        )
        items = (_item(entry, feed.language) for entry in parsed.entries)
        yield from items_of(feed, items, content_of(feed.address, self.content, self.of))


def _parsed(resource: Resource) -> Any:
    """What feedparser makes of the bytes. It is never given a name, which it would open."""
    import feedparser  # noqa: PLC0415 - takes a fifth of a second

    headers = {"content-type": resource.media_type} if resource.media_type else {}
    try:
        return feedparser.parse(
            mended(resource.data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except (
        ValueError,
        LookupError,
        AttributeError,
        TypeError,
        KeyError,
        RecursionError,
        AssertionError,
    ) as error:
        raise SourceError(
            resource.reference, f"is no feed that can be read ({type(error).__name__})"
        ) from error


def _item(entry: Any, language: str) -> FeedItem:
    contents = [_text(each.get("value")) for each in entry.get("content", ()) if _is_read(each)]
    summary = _text(entry.get("summary"))
    return FeedItem(
        title=_text(entry.get("title")),
        link=_link(entry),
        guid=_text(entry.get("id")),
        published=next(_moments(entry, language), ""),
        authors=tuple(_authors(entry)),
        content=max(contents, key=len, default=""),
        summary="" if summary in contents else summary,  # which feedparser gives where there is none
        language=_text(
            next((each.get("language") for each in entry.get("content", ()) if each.get("language")), "")
        ),
        picture=next(_pictures(entry), ""),
        site=_text((entry.get("source") or {}).get("title")),
        base=_base(entry),
        enclosed=tuple(_enclosed(entry)),
    )


def _is_read(content: Any) -> bool:
    """Whether a content is text: Atom may hold anything, a picture in Base64 as well (RFC 4287, 4.1.3)."""
    kind = _text(content.get("type")).lower()
    return not kind or kind.startswith("text") or "html" in kind or kind.endswith(("xml", "markdown"))


def _enclosed(entry: Any) -> Iterator[str]:
    """The types of what else an item brings: sounds, films, documents."""
    told = {
        each.get("href") or each.get("url"): each.get("type")
        or each.get("medium")
        or "of no kind that is told"
        for each in (*entry.get("enclosures", ()), *entry.get("media_content", ()))
        if (each.get("type") or each.get("medium") or "").partition("/")[0] != "image"
        and (each in entry.get("enclosures", ()) or each.get("type") or each.get("medium"))
    }
    yield from told.values()
    yield from (_text(each.get("type")) for each in entry.get("content", ()) if not _is_read(each))


def _base(entry: Any) -> str:
    """What relative addresses in the text of an item stand for (xml:base)."""
    texts = (*entry.get("content", ()), entry.get("summary_detail") or {})
    return _text(next((each.get("base") for each in texts if each.get("base")), ""))


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _moments(entry: Any, language: str) -> Iterator[str]:
    """When an item was published, in ISO 8601: as it stands there, or else as feedparser understands it."""
    for name in ("published", "updated", "created"):
        said = dated(
            _text(dict.get(entry, name)), language
        )  # feedparser's own `get` answers for another name
        parsed = dict.get(entry, f"{name}_parsed")
        if said is not None and 1990 <= said.year <= 2100:
            yield said.isoformat()
        elif parsed is not None and 1990 <= parsed[0] <= 2100:
            yield "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+00:00".format(*parsed[:6])


def _link(thing: Any) -> str:
    for link in thing.get("links", ()):
        if link.get("rel") == "alternate" and "html" in (link.get("type") or "html"):
            return _text(link.get("href"))
    contents = thing.get("content")  # of a feed, where a broken one has any, it is a text
    listed = contents if isinstance(contents, list) else ()
    elsewhere = next((each.get("src") for each in listed if each.get("src")), "")
    return _text(elsewhere or thing.get("link"))  # a content that is not in the feed: RFC 4287, 4.1.3.2


def _authors(entry: Any) -> Iterator[str]:
    listed = [each for each in entry.get("authors", ()) if each] or [{"name": entry.get("author")}]
    for each in listed:
        name = _text(each.get("name"))
        # RSS asks for "address (name)"; what is only an address of a mailbox is no name.
        name = re.sub(r"^\S+@\S+\s*(?:\((.*)\))?$", lambda found: found[1] or "", name)
        if name:
            yield name


def _pictures(entry: Any) -> Iterator[str]:
    for media in (*entry.get("media_content", ()), *entry.get("media_thumbnail", ())):
        if media.get("medium") in {"image", None} and not (media.get("type") or "image").startswith(
            ("video", "audio")
        ):
            yield _text(media.get("url"))
    for enclosure in entry.get("enclosures", ()):
        if (enclosure.get("type") or "").startswith("image/"):
            yield _text(enclosure.get("href"))


# JSON Feed, versions 1 and 1.1 (https://www.jsonfeed.org/version/1.1/).

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
            title=_said(document.get("title")),
            address=resource.address or _said(document.get("feed_url")) or resource.reference,
            link=_said(document.get("home_page_url")),
            language=_said(document.get("language")),
            section=resource.section,
            reference=resource.reference,
        )
        items = (_json_item(each) for each in document["items"] if isinstance(each, dict))
        yield from items_of(feed, items, content_of(feed.address, self.content, self.of))


def _json_item(item: dict[str, Any]) -> FeedItem:
    plain = _said(item.get("content_text"))
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in plain.split("\n\n") if part.strip())
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    return FeedItem(
        title=_said(item.get("title")),
        link=_said(item.get("url")) or _said(item.get("external_url")),
        guid=_said(item.get("id")),
        published=_said(item.get("date_published")) or _said(item.get("date_modified")),
        authors=tuple(
            name for each in authors or () if isinstance(each, dict) and (name := _said(each.get("name")))
        ),
        content=_said(item.get("content_html")) or paragraphs,
        summary=html.escape(_said(item.get("summary"))),
        language=_said(item.get("language")),
        picture=_said(item.get("image")) or _said(item.get("banner_image")),
        enclosed=tuple(_attached(item.get("attachments"))),
    )


def _attached(attachments: Any) -> Iterator[str]:
    for each in attachments if isinstance(attachments, list) else ():
        kind = _said(each.get("mime_type")) if isinstance(each, dict) else ""
        if kind and not kind.startswith("image/"):
            yield kind


def _said(value: Any) -> str:
    """A text, or a number where a text was meant, as identifiers often are."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
        return str(value)
    return value.strip() if isinstance(value, str) else ""
