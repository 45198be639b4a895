"""An extended M3U in UTF-8, which names the files of a sound in parts, both ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

HEAD = "#EXTM3U"
TITLE = "#PLAYLIST:"
ENTRY = "#EXTINF:"
# Our own, which players pass over as they do every comment that they do not know.
ARTICLE = "#NEWSEXPORT-ARTICLE:"


@dataclass(frozen=True, slots=True)
class PlaylistEntry:
    """A file of a playlist, what it is called there, and how many seconds it is said to take.

    `article` is the number in the edition, from 1, of the only article that is heard in it.
    """

    name: str
    title: str = ""
    seconds: float | None = None
    article: int | None = None


def written(title: str, entries: Iterable[PlaylistEntry]) -> str:
    """The text of a playlist."""
    lines = [HEAD, f"{TITLE}{_line(title)}"]
    for entry in entries:
        told = [f"{ARTICLE}{entry.article}"] if entry.article else []
        lines += [*told, f"{ENTRY}{round(entry.seconds or 0)},{_line(entry.title)}", entry.name]
    return "\n".join((*lines, ""))


def read(text: str) -> Iterator[PlaylistEntry]:
    """What a playlist names, in order."""
    title, seconds, article = "", None, None
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith(ARTICLE):
            article = int(_number(line.removeprefix(ARTICLE)) or 0) or None
        elif line.startswith(ENTRY):
            told, _, title = line.removeprefix(ENTRY).partition(",")
            seconds = _number(told)
        elif not line.startswith("#"):
            yield PlaylistEntry(line, title, seconds, article)
            title, seconds, article = "", None, None


def _line(text: str) -> str:
    return " ".join(text.split())


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
