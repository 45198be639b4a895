"""Exports in JSON: of wallabag, Omnivore, Pinboard, Delicious, Readability, Readwise, Firefox, Chrome."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from newsexport.errors import SourceError
from newsexport.protocols import Item, Resource
from newsexport.sources.guardedjson import load
from newsexport.sources.saved import is_record, saved
from newsexport.sources.services import service_of

KEYS = re.compile(rb'"(?:url|href|article__url|uri|resolved_url|given_url)"\s*:', re.IGNORECASE)

KEY = re.compile(rb'"([a-zA-Z_]{2,20})"\s*:')

# Names of the containers that browsers have for bookmarks of no folder.
ROOTS = frozenset(
    ("bookmark_bar", "other", "synced", "roots", "bookmarks", "results", "items", "list", "children")
)
DEEPEST = 50


@dataclass(frozen=True, slots=True)
class SavedJsonSource:
    """Whatever has an address in a JSON document; the folders of browsers are sections."""

    isolated: ClassVar[bool] = True

    def accepts(self, resource: Resource) -> float:
        """When it begins as JSON does and names addresses."""
        start = resource.data[:50_000].lstrip(b"\xef\xbb\xbf \t\r\n")
        if not start.startswith((b"[", b"{")) or b'"newsexport"' in start[:200]:
            return 0
        return 0.6 if KEYS.search(start) else 0.2 if resource.suffix == ".json" else 0

    def service(self, resource: Resource) -> str:
        """By the keys of the first records."""
        return service_of(key.decode() for key in KEY.findall(resource.data[:50_000]))

    def read(self, resource: Resource) -> Iterator[Item]:
        """What was saved, in order. Raises `SourceError`."""
        document = load(resource)
        count = 0
        for item in _walk(document, resource.section, resource.reference, 0):
            count += 1
            yield item
        if not count:
            raise SourceError(resource.reference, "holds nothing that was saved: no record has an address")


def _walk(value: Any, section: str, reference: str, depth: int) -> Iterator[Item]:
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _walk(each, section, reference, depth + 1)
    elif is_record(value):
        item = saved(value, section, reference)
        if item is not None:
            yield item
    elif isinstance(value, dict):
        name = value.get("title") or value.get("name")
        folder = name.strip() if isinstance(name, str) and "children" in value and depth > 1 else ""
        for key in value:
            if isinstance(value[key], list | dict) and (key in ROOTS or depth == 0):
                yield from _walk(value[key], folder or section, reference, depth + 1)
