"""The feeds that a page names: what there is to read where the page itself is only the front of a site.

``<link rel="alternate" type="application/rss+xml">`` is how pages name them (RSS Advisory
Board, RSS Autodiscovery); where there is none, a plain link to a feed counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from newsexport.extraction.measuring import inner_text
from newsexport.extraction.site_names import folded
from newsexport.markup.parsing import Element
from newsexport.text.addresses import absolute, address_meant, is_web, redacted, same_story_key

TYPES = frozenset(
    ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
     "text/rss+xml")
)  # fmt: skip
LOOSE = frozenset(("application/xml", "text/xml", "application/json"))
PATH = re.compile(
    r"(?i)(?:^|/)(?:feeds?|rss2?|atom)(?:/(?:index|all|main)?)?(?:\.(?:xml|rss|atom|json|php))?/?$"
    r"|\.(?:rss|atom)$|(?:^|/)(?:index|rss2?|feed|atom)\.(?:xml|rdf|json)$"
)
COMMENTS = re.compile(
    r"(?i)\b(?:comments?|kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties|replies)\b"
    r"|コメント|评论|評論|комментар"
)
# By what two feeds of the same differ: their format.
FORMAT = re.compile(r"(?i)rss(?:[ _-]?2(?:\.0)?)?|atom(?:[ _-]?1(?:\.0)?)?|xml|json|rdf|feed")

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class NamedFeed:
    """A feed as a page names it; `address` is as it stands there when the page's own is not known."""

    address: str
    title: str = ""

    def __str__(self) -> str:
        return f"{redacted(self.address)} ({self.title})" if self.title else redacted(self.address)


def feeds_in(root: Element, base: str) -> tuple[NamedFeed, ...]:
    """The feeds of news that a page at `base` names, each once, those of comments left aside."""
    there = list(_announced(root)) or list(_linked(root))
    found: dict[str, NamedFeed] = {}
    for href, title in there:
        address = absolute(base, address_meant(href) if re.match(r"(?i)feeds?:", href) else href)
        if not address or COMMENTS.search(f"{title} {urlsplit(address).path}"):
            continue
        found.setdefault(same_story_key(address), NamedFeed(address, title[:80]))
    return tuple(_once(found.values()))


def in_words(feeds: Sequence[NamedFeed]) -> str:
    """Which feeds there are, and what to do with them."""
    if len(feeds) == 1:
        if not is_web(feeds[0].address):
            return f"it names a feed, {feeds[0]}, but not its own address: give that of the site instead"
        return f"it names a feed: {feeds[0]}"
    more = f" and {len(feeds) - MOST_NAMED} more" if len(feeds) > MOST_NAMED else ""
    return f"it names {len(feeds)} feeds, give one of them: {', '.join(map(str, feeds[:MOST_NAMED]))}{more}"


def _announced(root: Element) -> Iterator[tuple[str, str]]:
    for link in root.iter("link"):
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        href = (link.get("href") or "").strip()
        if "alternate" not in (link.get("rel") or "").lower().split() or not href:
            continue
        if kind in TYPES or (kind in LOOSE and PATH.search(urlsplit(href).path)):
            yield href, " ".join((link.get("title") or "").split())


def _linked(root: Element) -> Iterator[tuple[str, str]]:
    """Plain links to feeds."""
    for link in root.iter("a"):
        href = (link.get("href") or "").strip()
        try:
            path = urlsplit(href).path
        except ValueError:
            continue
        if re.match(r"(?i)feeds?:", href) or PATH.search(path):
            yield href, inner_text(link)


def _once(feeds: Iterable[NamedFeed]) -> Iterator[NamedFeed]:
    """The first of those that are the same in several formats."""
    known: set[str] = set()
    for feed in feeds:
        parts = urlsplit(feed.address)
        place = folded(FORMAT.sub("", f"{parts.netloc}{parts.path}?{parts.query}"))
        if place not in known:
            yield feed
        known.add(place)
