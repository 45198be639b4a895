"""The feeds that a page names: what there is to read where the page itself is only the front of a site.

``<link rel="alternate" type="application/rss+xml">`` is how pages name them (RSS Advisory
Board, RSS Autodiscovery); where there is none, a plain link to a feed counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from newsexport.extraction.measuring import inner_text
from newsexport.extraction.refusing import leads
from newsexport.extraction.site_names import folded, named
from newsexport.markup.parsing import Element
from newsexport.model import Block, Heading, plain_blocks
from newsexport.text.addresses import absolute, address_meant, is_web, redacted, same_story_key
from newsexport.text.counting import extent

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

TEASERS = 3  # from here on a page of linked headings is the front of something
# So many headings make a list of stories, each of which is told of in fewer letters.
STORIES, TEASER = 6, 300
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


class Front(Enum):
    """How much a page is like the front of a site or of a section of it."""

    NO = 0
    MAYBE = 1  # it stands where fronts do, or is made like one
    YES = 2  # both


def front(root: Element, address: str, names: Iterable[str]) -> Front:
    """How much the page at an address is a front: by its path, and by headings that lead elsewhere.

    Of a page whose address nobody knows, a title that is one of the site's `names` stands for the path.
    """
    if address:
        stands = urlsplit(address).path.rstrip("/") in {
            "",
            "/index.html",
            "/index.htm",
            "/index.php",
            "/home",
        }
    else:
        title = named(inner_text(window) if (window := next(root.iter("title"), None)) is not None else "")
        stands = title != "" and title in map(named, names)
    return Front(stands + (_teasers(root) >= TEASERS))


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


def is_list_of_links(body: Sequence[Block]) -> bool:
    """Whether it is headings that lead to stories, each with a line or two of what is told there."""
    headings = [block for block in body if isinstance(block, Heading)]
    lines = [extent(" ".join(plain_blocks([block]))) for block in body if not isinstance(block, Heading)]
    led = len(headings) >= STORIES and all(leads(heading.spans) for heading in headings)
    return led and len(lines) <= 2 * len(headings) and max(lines, default=0) < TEASER


def _once(feeds: Iterable[NamedFeed]) -> Iterator[NamedFeed]:
    """The first of those that are the same in several formats."""
    known: set[str] = set()
    for feed in feeds:
        parts = urlsplit(feed.address)
        place = folded(FORMAT.sub("", f"{parts.netloc}{parts.path}?{parts.query}"))
        if place not in known:
            yield feed
        known.add(place)


def _teasers(root: Element) -> int:
    """How many headings are links, or in links, to elsewhere."""
    links = root.xpath("//h1//a[@href] | //h2//a[@href] | //h3//a[@href] | //h4//a[@href]"
                       " | //a[@href][.//h2 or .//h3 or .//h4]")  # fmt: skip
    return len({href for link in links if (href := link.get("href").partition("#")[0].rstrip("/"))})
