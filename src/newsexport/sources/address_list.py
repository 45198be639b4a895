"""Lists of addresses: a line each, as people keep or pipe them; subscriptions; sitemaps; bookmarks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, ClassVar

from newsexport.errors import SourceError
from newsexport.events import ARTICLE, Cause, omit
from newsexport.model import Article
from newsexport.protocols import Entry, Item, Resource
from newsexport.sources.decoding import decode, is_binary
from newsexport.sources.guarded_xml import local, parse, root_name
from newsexport.sources.saved_records import STATES, saved
from newsexport.text.addresses import address_meant, is_front, is_web, names_feed
from newsexport.text.dates import dated
from newsexport.text.languages import is_tag

ITEM = r"(?:(?:[-*+•]|\d{1,3}[.)])\s+)?(?:\[[ xX]\]\s+)?"
LINE = re.compile(
    ITEM + r"(?:\[(?P<title>[^\]]*)\]\()?<?(?P<address>https?://[^\s<>)]+(?:\([^\s<>)]*\)[^\s<>)]*)?)>?\)?",
    re.IGNORECASE,
)
# As OneTab and other keepers of tabs write them; some tabs are of no web.
TAB = re.compile(
    r"(?P<address>[a-z][a-z0-9+.-]{1,20}:\S+)(?:[ \t]+\|[ \t]+|\t[ \t]*)(?P<title>\S.*)", re.IGNORECASE
)
# With a name before an address, or a remark behind it; a text may have such a line, a list has several.
NAMED = re.compile(
    ITEM + r"(?P<title>\S(?:(?!://).){0,120}?)\s*(?:\s[–—|-]|:)?\s+<?(?P<address>https?://[^\s<>]+)>?",
    re.IGNORECASE,
)
REMARKED = re.compile(LINE.pattern + r"[,;]?\s(?:(?!://).){1,80}", re.IGNORECASE)
BARE = re.compile(r"(?:[-*]\s+)?(?P<address>[^\s@]+)")
# Addresses that make a list of a text in which something else stands as well.
FEWEST = 2
HEADING = re.compile(r"#+\s*(?P<title>.*)")


@dataclass(frozen=True, slots=True)
class AddressListSource:
    """An entry for each line; a line that begins with ``#`` is a comment, with ``##`` names a section.

    A line may be the address of a feed, or of a site, which leads to its feed.
    """

    def accepts(self, resource: Resource) -> float:
        """When every line is an address: bare, in angle brackets, with a title, or like one."""
        try:
            start = resource.data[:20_000].decode("utf-8")
        except UnicodeDecodeError as error:
            start = resource.data[: error.start].decode("utf-8") if error.start > 19_990 else ""
        lines = [line.strip() for line in start.lstrip("\ufeff").splitlines()]
        whole = lines[:-1] if len(resource.data) > 20_000 else lines
        filled = [line for line in whole if line and not line.startswith("#")]
        said = list(takewhile(bool, map(_said, filled)))  # most files are something else by their first line
        alone = len(filled) == 1 and not any(each.fullmatch(filled[0]) for each in (TAB, LINE, BARE))
        listed = len(said) == len(filled) and not alone
        return 0.95 if listed and any(each and is_web(each[1]) for each in said) else 0

    def is_meant(self, text: str) -> bool:
        """Whether a text is such a list but for a few lines: one that is none for every two that are."""
        filled = [line for each in text.splitlines() if (line := each.strip()) and not line.startswith("#")]
        found = sum(1 for line in filled if (said := _said(line)) and is_web(said[1]))
        return found >= FEWEST and found >= FEWEST * (len(filled) - found)

    def read(self, resource: Resource) -> Iterator[Item]:
        """The entries in order. Raises `SourceError` when there is none."""
        section, count = resource.section, 0
        for number, line in enumerate(decode(resource).splitlines(), 1):
            text = line.strip()
            if text.startswith("##") and (heading := HEADING.fullmatch(text)):
                section = heading["title"] or section
            title, address = ("", "") if text.startswith("#") else _said(text) or ("", "")
            if is_web(address):
                count += 1
                known = Article(title, (), section=section, reference=address)
                yield Entry(address, known, chosen=True, many=names_feed(address) or is_front(address))
            elif text and not text.startswith("#"):
                yield SourceError(f"{resource.reference}:{number}", "is no address of the web")
        if not count:
            raise SourceError(resource.reference, "lists no address")


def _said(line: str) -> tuple[str, str] | None:
    """The title and the address in a line; None when it is no such line."""
    if (found := TAB.fullmatch(line) or LINE.fullmatch(line)) or (
        "://" in line and (found := REMARKED.fullmatch(line) or NAMED.fullmatch(line))
    ):
        return found["title"] or "", found["address"]
    bare = BARE.fullmatch(line)
    meant = address_meant(bare["address"]) if bare else ""
    return ("", meant) if meant else None


# OPML: lists of subscriptions, whose categories become sections.

MOST_FEEDS = 10_000


@dataclass(frozen=True, slots=True)
class OpmlSource:
    """An entry for each feed. Lists that an outline includes are not followed."""

    isolated: ClassVar[bool] = True

    def accepts(self, resource: Resource) -> float:
        """By the root element."""
        return 1 if root_name(resource.data) == "opml" else 0

    def read(self, resource: Resource) -> Iterator[Item]:
        """The feeds in order, each under the nearest category around it. Raises `SourceError`."""
        root = parse(resource)
        seen: set[str] = set()
        for outline in root.iter("{*}outline"):
            said = _attribute(outline, "xmlurl").strip()
            address = said if is_web(said) else address_meant(said)
            if said and not address:
                yield SourceError(resource.reference, f"{_name(outline) or said}: has no address of the web")
            if not address or address in seen:
                continue
            if len(seen) >= MOST_FEEDS:
                omit(f"beyond the {MOST_FEEDS} of one list that are taken", Cause.LIMIT, "feed")
                continue
            seen.add(address)
            title = _name(outline)
            section = resource.section or _category(outline)
            yield Entry(
                address, Article(title, (), section=section, reference=address), chosen=True, many=True
            )
        if not seen:
            raise SourceError(resource.reference, "lists no feed")


def _category(outline: Any) -> str:
    """The name of the nearest outline that holds this one, else its own category attribute."""
    for ancestor in outline.iterancestors():
        if local(ancestor) == "outline" and (name := _name(ancestor)):
            return name
    return _attribute(outline, "category").split(",")[0].strip("/ ").rpartition("/")[2]


def _name(outline: Any) -> str:
    return " ".join((_attribute(outline, "title") or _attribute(outline, "text")).split())


def _attribute(element: Any, name: str) -> str:
    """An attribute whose case programs disagree about."""
    return next((value for key, value in element.attrib.items() if key.lower() == name), "")


# News sitemaps: what a site published lately, where it has no feed (https://www.sitemaps.org).

MOST_PAGES = 50_000  # what the protocol allows a file


@dataclass(frozen=True, slots=True)
class SitemapSource:
    """An entry for each page; for each map in an index of maps, one that leads to many."""

    isolated: ClassVar[bool] = True

    def accepts(self, resource: Resource) -> float:
        """By the root element."""
        return 1 if root_name(resource.data) in {"urlset", "sitemapindex"} else 0

    def read(self, resource: Resource) -> Iterator[Item]:
        """The entries in order. Raises `SourceError`."""
        root = parse(resource)
        many = local(root) == "sitemapindex"
        count = 0
        for element in root:
            entry = _entry(element, resource.section, many=many)
            if entry is not None and count < MOST_PAGES:
                count += 1
                yield entry
            elif entry is not None:
                omit(f"beyond the {MOST_PAGES} of one sitemap that are taken", Cause.LIMIT, ARTICLE)
        if not count:
            raise SourceError(resource.reference, "lists no page")


def _entry(element: Any, section: str, *, many: bool) -> Entry | None:
    said = {local(each): " ".join((each.text or "").split()) for each in reversed(list(element.iter()))}
    own = {local(each): " ".join((each.text or "").split()) for each in element}
    address = own.get("loc", "")
    if not is_web(address):
        return None
    date = said.get("publication_date") or said.get("lastmod") or ""
    language = said.get("language", "")
    article = Article(
        said.get("title", ""),
        (),
        published=dated(date) if date else None,
        section=section,
        url=None if many else address,
        site=said.get("name") or None,
        reference=address,
        language=language if is_tag(language) else "",
    )
    return Entry(address, article, many=many)


# Bookmark files of browsers (the form Netscape gave them), and the page that Pocket exported.

NETSCAPE = re.compile(rb"(?i)<!DOCTYPE\s+NETSCAPE-Bookmark-file")
POCKET = re.compile(rb"(?i)<title>\s*Pocket Export\s*</title>|<a\s[^>]*\btime_added=")

SERVICE = re.compile(rb"(?i)<(?:title|h1)>\s*(pocket|instapaper|raindrop\.io|diigo|delicious)\b")


@dataclass(frozen=True, slots=True)
class BookmarksSource:
    """An entry for each bookmark; the folder it is in is its section."""

    isolated: ClassVar[bool] = True

    def accepts(self, resource: Resource) -> float:
        """By how such files begin."""
        start = b"" if is_binary(resource.data) else resource.data[:4096]
        return 1 if NETSCAPE.search(start) or POCKET.search(start) else 0

    def service(self, resource: Resource) -> str:
        """By the title, as ``Pocket Export``; the files of browsers are called after none."""
        found = SERVICE.search(resource.data[:4096])
        return found[1].decode() if found else ""

    def read(self, resource: Resource) -> Iterator[Item]:
        """The bookmarks in order. Raises `SourceError`."""
        from newsexport.markup import MarkupError, parse  # noqa: PLC0415 - loads the parser

        try:
            root = parse(resource.data, resource.media_type)
        except MarkupError as error:
            raise SourceError(resource.reference, str(error)) from error
        count = 0
        for section, link in _links(root):
            item = saved(_record(link), resource.section or section, resource.reference)
            if item is not None and is_web(link.get("href") or ""):
                count += 1
                yield item
        if not count:
            raise SourceError(resource.reference, "lists no address")


def _links(root: Any) -> Iterator[tuple[str, Any]]:
    """Every link with the name of the folder around it.

    The parser mends what the form leaves open by nesting, so that a folder's list is what
    comes next behind its heading, wherever that ends up.
    """
    folders: dict[Any, str] = {}
    heading = ""
    for element in root.iter("h1", "h2", "h3", "dl", "ul", "a"):
        if element.tag in {"h1", "h2", "h3"}:
            name = " ".join("".join(element.itertext()).split())
            heading = "" if element.tag == "h1" or name.lower() in STATES else name
        elif element.tag in {"dl", "ul"}:
            folders[element], heading = heading, ""
        else:
            around = next((each for each in element.iterancestors("dl", "ul") if each in folders), None)
            yield (folders[around] if around is not None else ""), element


def _record(link: Any) -> dict[str, str]:
    title = " ".join("".join(link.itertext()).split())
    parent = link.getparent()
    told = parent.getnext() if parent is not None and parent.tag == "dt" else None
    description = " ".join((told.text or "").split()) if told is not None and told.tag == "dd" else ""
    tags = link.get("tags") or ""
    return {"url": link.get("href") or "", "title": title, "excerpt": description, "tags": tags}
