"""Exports in CSV: Pocket, Instapaper, Readwise Reader, Raindrop, wallabag, or a table of one's own."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from newsexport.errors import SourceError
from newsexport.protocols import Item, Resource
from newsexport.sources.decoding import decode, is_binary
from newsexport.sources.saved import URLS, saved
from newsexport.sources.services import service_of

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
        count = 0
        try:
            for row in rows:
                item = saved(row, resource.section, f"{resource.reference}:{rows.line_num}")
                if item is not None:
                    count += 1
                    yield item
        except csv.Error as error:
            yield SourceError(f"{resource.reference}:{rows.line_num}", f"is no table from here on: {error}")
        if not count:
            raise SourceError(resource.reference, "lists no address")


def _delimiter(first: str) -> str:
    """What divides the columns of a first line, one of which is of addresses; nothing when none is."""
    for delimiter in DELIMITERS:
        columns = [column.strip().strip('"').lower() for column in first.rstrip("\r").split(delimiter)]
        if len(columns) > 1 and any(column in URLS for column in columns):
            return delimiter
    return ""
