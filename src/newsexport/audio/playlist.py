"""An extended M3U in UTF-8, which names the files of a sound in parts, both ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

HEAD = "#EXTM3U"
TITLE = "#PLAYLIST:"
ENTRY = "#EXTINF:"


@dataclass(frozen=True, slots=True)
class PlaylistEntry:
    """A file of a playlist, what it is called there, and how many seconds it is said to take."""

    name: str
    title: str = ""
    seconds: float | None = None


def written(title: str, entries: Iterable[PlaylistEntry]) -> str:
    """The text of a playlist."""
    lines = [HEAD, f"{TITLE}{_line(title)}"]
    for entry in entries:
        lines += [f"{ENTRY}{round(entry.seconds or 0)},{_line(entry.title)}", entry.name]
    return "\n".join((*lines, ""))


def read(text: str) -> Iterator[PlaylistEntry]:
    """What a playlist names, in order."""
    title, seconds = "", None
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith(ENTRY):
            told, _, title = line.removeprefix(ENTRY).partition(",")
            seconds = _number(told)
        elif not line.startswith("#"):
            yield PlaylistEntry(line, title, seconds)
            title, seconds = "", None


def _line(text: str) -> str:
    return " ".join(text.split())


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
