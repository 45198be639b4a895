"""What people saved in read-later services, readers and browsers, as tables and as JSON."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from newsexport.errors import SourceError
from newsexport.events import Cause, omit
from newsexport.interchange.json_reader import load
from newsexport.model import Origin
from newsexport.protocols import Item, Resource, kept_at
from newsexport.sources.decoding import decode, is_binary
from newsexport.sources.portions import in_portions, rows_of
from newsexport.sources.saved_records import STATES, URLS, is_record, saved, service_of
from newsexport.sources.services.choice import RECORDS

# Exports in CSV: Pocket, Instapaper, Readwise Reader, Raindrop, wallabag, or a table of one's own.

DELIMITERS = (",", ";", "\t", "|")
SUFFIXES = frozenset((".csv", ".tsv"))
GUESS = 0.1  # a table without addresses is refused in words that say so
LONGEST_FIELD = 5_000_000


@dataclass(frozen=True, slots=True)
class SavedCsvSource:
    """Whatever has an address in a table whose first row names the columns."""

    isolated: ClassVar[bool] = True

    def accepts(self, resource: Resource) -> float:
        """When the first line names a column of addresses among others; hardly by the suffix alone."""
        if is_binary(resource.data):
            return 0
        first = resource.data[:2000].split(b"\n", 1)[0].decode("utf-8-sig", "replace")
        return 0.95 if _delimiter(first) else GUESS if resource.suffix in SUFFIXES else 0

    def service(self, resource: Resource) -> str:
        """By the names of the columns."""
        first = resource.data[:2000].split(b"\n", 1)[0].decode("utf-8-sig", "replace")
        delimiter = _delimiter(first)
        return service_of(first.rstrip("\r").split(delimiter)) if delimiter else ""

    def read(self, resource: Resource) -> Iterator[Item]:
        """What was saved, in order. Raises `SourceError`."""
        text = decode(resource)
        delimiter = _delimiter(text.split("\n", 1)[0])
        if not delimiter:
            raise SourceError(resource.reference, "has no column of addresses")
        csv.field_size_limit(LONGEST_FIELD)
        rows = csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter, restkey="")
        count, line = 0, resource.before
        try:
            for row in rows:
                item = saved(row, resource.section, f"{resource.reference}:{line + rows.line_num}")
                if item is not None:
                    count += 1
                    yield item
        except csv.Error as error:
            yield SourceError(
                f"{resource.reference}:{line + rows.line_num}", f"is no table from here on: {error}"
            )
        if not count:
            raise SourceError(resource.reference, "lists no address")

    def portions(
        self, beginning: Resource, lines: Iterator[bytes]
    ) -> Iterator[Resource | SourceError] | None:
        """Some rows at a time below the names of the columns; None for what is no table."""
        if not _delimiter(beginning.data[:2000].split(b"\n", 1)[0].decode("utf-8-sig", "replace")):
            return None
        return in_portions(beginning, rows_of(lines), head=next(lines))


def _delimiter(first: str) -> str:
    """What divides the columns of a first line, one of which is of addresses; nothing when none is."""
    for delimiter in DELIMITERS:
        columns = [column.strip().strip('"').lower() for column in first.rstrip("\r").split(delimiter)]
        if len(columns) > 1 and any(column in URLS for column in columns):
            return delimiter
    return ""


# Exports in JSON: of wallabag, Omnivore, Karakeep, Linkwarden, Pinboard, Delicious, Readability, Readwise,
# FreshRSS, Inoreader, Firefox, Chrome.

KEYS = re.compile(rb'"(?:url|href|article__url|uri|resolved_url|given_url|sourceurl)"\s*:', re.IGNORECASE)

KEY = re.compile(rb'"([a-zA-Z_]{2,20})"\s*:')

# Names of the containers that browsers and services have for what was saved.
ROOTS = frozenset(
    (
        "bookmark_bar",
        "other",
        "synced",
        "roots",
        "bookmarks",
        "results",
        "items",
        "list",
        "children",
        "links",
        "data",
    )
)
OWN = frozenset(("self", "alternate", "canonical"))  # the addresses of a list itself
HOLDERS = frozenset(("children", "links"))  # in a folder
DEEPEST = 50


@dataclass(frozen=True, slots=True)
class SavedJsonSource:
    """Whatever has an address in a JSON document; the folders of browsers are sections."""

    isolated: ClassVar[bool] = True

    def accepts(self, resource: Resource) -> float:
        """When it begins as JSON does and names addresses."""
        if resource.media_type == RECORDS:
            return 1
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
        for item in _kept(document, resource) if resource.place else _read(document, resource):
            count += 1
            yield item
        if not count:
            raise SourceError(resource.reference, "holds nothing that was saved: no record has an address")


def _read(document: Any, resource: Resource) -> Iterator[Item]:
    return _walk(_in_lists(document), resource.section, resource.reference, 0)


def _kept(records: Any, resource: Resource) -> Iterator[Item]:
    """What is kept at a place, each with its id there."""
    for record in records if isinstance(records, list) else ():
        id_there = record.get("id") if isinstance(record, Mapping) else None
        for item in _read([record], resource):
            yield kept_at(item, Origin(resource.place, str(id_there))) if id_there is not None else item


def _in_lists(document: Any) -> Any:
    """The document with its bookmarks in folders, where it names for each the lists it is in (Karakeep)."""
    if not isinstance(document, dict):
        return document
    bookmarks, lists = document.get("bookmarks"), document.get("lists")
    if not isinstance(bookmarks, list) or not isinstance(lists, list):
        return document
    names = {
        each["id"]: each.get("name") for each in lists if isinstance(each, dict) and _is_text(each.get("id"))
    }
    return [{"folder": _list_of(each, names), **each} for each in bookmarks if isinstance(each, dict)]


def _list_of(bookmark: Mapping[str, Any], names: Mapping[str, Any]) -> Any:
    within = bookmark.get("lists")
    return (
        next((names.get(each) for each in within if _is_text(each)), "") if isinstance(within, list) else ""
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _walk(value: Any, section: str, reference: str, depth: int) -> Iterator[Item]:
    if depth > DEEPEST:
        inside = isinstance(value, list | dict) and bool(value)
        omit(f"within more than {DEEPEST} others", Cause.LIMIT, "folder of what was saved", int(inside))
        return
    if isinstance(value, list):
        for each in value:
            yield from _walk(each, section, reference, depth + 1)
    elif is_record(value):
        item = saved(value, section, reference)
        if item is not None:
            yield item
    elif isinstance(value, dict):
        feeds = value.get("rssSubscriptions")  # Linkwarden's
        omit(
            "subscribed to beside what was saved",
            Cause.FORMAT,
            "feed",
            len(feeds) if isinstance(feeds, list) else 0,
        )
        name = value.get("title") or value.get("name")
        is_folder = depth > 1 and not HOLDERS.isdisjoint(value)
        folder = (
            name.strip() if isinstance(name, str) and is_folder and name.strip().lower() not in STATES else ""
        )
        for key in value:
            if isinstance(value[key], list | dict) and (key in ROOTS or (depth == 0 and key not in OWN)):
                yield from _walk(value[key], folder or section, reference, depth + 1)
