"""A document being read: values as what they should be, and everything that is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsexport.configuration.document import Document, Key
from newsexport.configuration.names import Names
from newsexport.configuration.option_kinds import Kinds, parse_value
from newsexport.errors import UsageError
from newsexport.net.secrets import Literal
from newsexport.text.nearest import nearest, there_is


@dataclass(slots=True)
class DocumentReading:
    """A document being read, and what was found wrong with it."""

    document: Document
    names: Names
    faults: list[str] = field(default_factory=list)

    def fault(self, key: Key, reason: str) -> None:
        """Note what is wrong, with its place."""
        self.faults.append(f"{self.document.place(key)}: {reason}")

    def table(self, value: object, key: Key, known: Iterable[str]) -> Mapping[str, Any]:
        """A table; keys that nobody knows are faults, and told with the nearest that somebody does."""
        if not isinstance(value, Mapping):
            self.fault(key, "expected a table")
            return {}
        known = list(known)
        for name in value:
            if name not in known:
                near = nearest(name, known)
                hint = f"; do you mean {near}?" if near else there_is(name, sorted(known))
                self.fault((*key, name), f"there is no such key{hint}")
        return {name: inner for name, inner in value.items() if name in known}

    def values(self, table: Mapping[str, Any], kinds: Mapping[str, Any], key: Key) -> dict[str, Any]:
        """Those keys of a table that `kinds` knows, each as what it should be."""
        found = {}
        for name, kind in kinds.items():
            if name in table:
                found[name] = self.value(table[name], kind, (*key, name))
        return {name: value for name, value in found.items() if value is not None}

    def value(self, value: object, kind: Any, key: Key) -> Any:
        """A value as its kind, or None and a fault."""
        try:
            return parse_value(value, kind, self.document.folder)
        except (ValueError, TypeError, UsageError) as error:
            self.fault(key, str(error))
            return None


def made_with(
    reading: DocumentReading, value: object, known: tuple[str, Kinds, Sequence[str]], key: Key
) -> Mapping[str, Any]:
    """The values of a table, one of whose keys tells what others it may have and which it needs.

    A secret in a file that others can read is a fault.
    """
    told, options_known, wanted = known
    options = reading.values(reading.table(value, key, (told, *options_known)), options_known, key)
    for name in wanted:
        if name not in options:
            reading.fault(key, f"needs {name}")
    for name, option in options.items():
        if isinstance(option, Literal) and _is_readable(reading.document.name):
            reading.fault(
                (*key, name), 'others can read this file; use { env = "X" }, or `chmod 600` the file'
            )
    return options


def _is_readable(name: str) -> bool:
    """Whether others than the owner can read a file; on Windows its mode does not tell."""
    try:
        return os.name != "nt" and bool(Path(name).stat().st_mode & 0o044)
    except OSError:
        return False
