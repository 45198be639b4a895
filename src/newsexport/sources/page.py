"""Web pages: the article in them, as complete as it stands there and free of what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from newsexport.protocols import Item, Resource

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
        return 0.7 if resource.suffix in SUFFIXES else 0

    def read(self, resource: Resource) -> Iterator[Item]:
        """The article, or its first part when it goes on elsewhere. Raises `SourceError`."""
        from newsexport.extraction.reading import read_page  # noqa: PLC0415 - loads the parser

        yield read_page(resource, self.rules)
