"""Plain lists of addresses, a line each: what people keep in a file, or pipe in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsexport.errors import SourceError
from newsexport.model import Article
from newsexport.protocols import Entry, Item, Resource
from newsexport.sources.decoding import decode
from newsexport.text.addresses import address_meant, is_front, is_web, names_feed

LINE = re.compile(
    r"(?:[-*]\s+)?(?:\[(?P<title>[^\]]*)\]\()?<?(?P<address>https?://[^\s<>)]+(?:\([^\s<>)]*\)[^\s<>)]*)?)>?\)?",
    re.IGNORECASE,
)
BARE = re.compile(r"(?:[-*]\s+)?(?P<address>[^\s@]+)")
HEADING = re.compile(r"#+\s*(?P<title>.*)")


@dataclass(frozen=True, slots=True)
class AddressListSource:
    """An entry for each line; a line that begins with ``#`` is a comment, with ``##`` names a section.

    A line may be the address of a feed, or of a site, which leads to its feed.
    """

    def accepts(self, resource: Resource) -> float:
        """When every line is an address, bare, in angle brackets, as a Markdown link, or like one."""
        try:
            start = resource.data[:20_000].decode("utf-8")
        except UnicodeDecodeError as error:
            start = resource.data[: error.start].decode("utf-8") if error.start > 19_990 else ""
        lines = [line.strip() for line in start.lstrip("\ufeff").splitlines()]
        whole = lines[:-1] if len(resource.data) > 20_000 else lines
        filled = [line for line in whole if line and not line.startswith("#")]
        return 0.95 if filled and all(map(_said, filled)) else 0

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
    if found := LINE.fullmatch(line):
        return found["title"] or "", found["address"]
    bare = BARE.fullmatch(line)
    meant = address_meant(bare["address"]) if bare else ""
    return ("", meant) if meant else None
