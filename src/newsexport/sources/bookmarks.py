"""Bookmark files of browsers (the form Netscape gave them), and the page that Pocket exported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from newsexport.errors import SourceError
from newsexport.protocols import Item, Resource
from newsexport.sources.decoding import is_binary
from newsexport.sources.saved import STATES, saved
from newsexport.text.addresses import is_web

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
    return {"url": link.get("href") or "", "title": title, "excerpt": description}
