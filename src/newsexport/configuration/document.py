"""A TOML file as values that know the line they stand in.

tomllib parses and tells no lines; where a key stands is found afterwards, from the headers
and keys as they are written. What stands within an inline table or list has the line of
the key that it belongs to.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsexport.errors import UsageError

HEADER = re.compile(r"\s*\[(?P<many>\[)?\s*(?P<key>[^\]]+?)\s*\]{1,2}\s*(?:#.*)?$")
ASSIGNED = re.compile(
    r"\s*(?P<key>(?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*="
)
PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([\w-]+)")

Key = tuple[str | int, ...]


class ConfigurationError(UsageError):
    """A configuration that makes no sense. Everything that is wrong with it is told at once, a line each."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says. `folder` is what relative paths in it start from."""

    name: str
    folder: Path
    values: Mapping[str, Any] = field(repr=False)
    lines: Mapping[Key, int] = field(default_factory=dict)

    def place(self, key: Key) -> str:
        """``newsexport.toml:12: paper.morning.audio.bitrate``, for a message."""
        line = next((self.lines[key[:n]] for n in range(len(key), 0, -1) if key[:n] in self.lines), 1)
        return f"{self.name}:{line}: {dotted(key)}"


def dotted(key: Key) -> str:
    """A key as people write it; the numbers of tables in a list count from 1."""
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in key)
    return "".join(parts).removeprefix(".")


def read(path: Path) -> Document:
    """The file at a path.

    Raises:
        ConfigurationError: it cannot be read, or is no TOML.
    """
    try:
        text = path.read_text("utf-8-sig")  # Notepad may put a mark before it
    except OSError as error:
        raise ConfigurationError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: is not written in UTF-8 ({error.reason})") from error
    return parsed(text, str(path), path.parent)


def parsed(text: str, name: str, folder: Path) -> Document:
    """The same of a text. Raises `ConfigurationError`."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{name}: {error}") from error
    except RecursionError as error:
        raise ConfigurationError(f"{name}: is nested too deeply") from error
    except ValueError as error:  # a number with more digits than Python reads
        raise ConfigurationError(f"{name}: {error}") from error
    return Document(name, folder, values, dict(_lines(text)))


def _lines(text: str) -> Iterator[tuple[Key, int]]:
    table: Key = ()
    many: dict[Key, int] = {}
    quoted = ""
    for number, line in enumerate(text.splitlines(), 1):
        if quoted:  # within a text of several lines nothing is a key
            quoted = "" if quoted in line else quoted
            continue
        if header := HEADER.match(line):
            table = _counted(_parts(header["key"]), many, is_list=bool(header["many"]))
            yield table, number
        elif assigned := ASSIGNED.match(line):
            yield (*table, *_parts(assigned["key"])), number
            quoted = next((mark for mark in ('"""', "'''") if line.count(mark) % 2), "")


def _counted(parts: tuple[str, ...], many: dict[Key, int], *, is_list: bool) -> Key:
    """The key of a table, with the number of every table in a list on the way."""
    key: Key = ()
    for at, part in enumerate(parts):
        key = (*key, part)
        if is_list and at == len(parts) - 1:
            many[key] = many.get(key, -1) + 1
        if key in many:
            key = (*key, many[key])
    return key


def _parts(key: str) -> tuple[str, ...]:
    return tuple(double or single or bare for double, single, bare in PART.findall(key))
