"""Texts that a service gives with its lists: asked for only while one of them is not known yet."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from newsexport.interchange.json_reader import JsonValue
from newsexport.sources.services.asking import Asking

# A page of a list, with its texts or without.
Ask: TypeAlias = Callable[[bool], JsonValue]


@dataclass(slots=True)
class KnownTexts:
    """The texts of an account: each has a `name` in its record, and `listed` are the records of a page.

    A text is asked for again when the `version` of its record has changed. A run that broke off, or an
    earlier one, leaves those that it was given: only lists are asked for then, and the pages that have
    anything new. What has no version is asked for each time.
    """

    asking: Asking
    name: str
    version: Callable[[Mapping[str, Any]], str]
    listed: Callable[[JsonValue], Sequence[JsonValue]]
    _all_new: bool = False

    def __post_init__(self) -> None:
        """Whoever was never asked need not be asked for lists first."""
        begun = self._key("begun")
        self._all_new = self.asking.cache.get(begun) is None
        self.asking.cache.put(begun, b"1")

    def page(self, ask: Ask) -> tuple[JsonValue, list[dict[str, Any]]]:
        """A page, and its records with their texts. Raises what `ask` does, and `JsonError`."""
        if not self._all_new:
            page = ask(False)  # noqa: FBT003 - whether it is asked for texts
            records = self._records(page)
            texts = list(map(self._known, records))
            if None not in texts:
                for record, text in zip(records, texts, strict=True):
                    record[self.name] = json.loads(text or b"null")
                return page, records
        page = ask(True)  # noqa: FBT003 - as above
        records = self._records(page)
        self._all_new = bool(records) and all(self._known(record) is None for record in records)
        for record in records:
            if version := self.version(record):
                self.asking.cache.put(self._key(version), json.dumps(record.get(self.name)).encode())
        return page, records

    def _records(self, page: JsonValue) -> list[dict[str, Any]]:
        return [dict(each.mapping()) for each in self.listed(page)]

    def _known(self, record: Mapping[str, Any]) -> bytes | None:
        version = self.version(record)
        return self.asking.cache.get(self._key(version)) if version else None

    def _key(self, version: str) -> str:
        return f"text/{self.asking.address}#{version}"
