"""One narration as several files: a part for each article, or for each section."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from newsexport.audio import playlist
from newsexport.audio.coding import SoundFormat
from newsexport.narration.script import Level
from newsexport.narration.timeline import Placed

# Of the file that names the parts.
SUFFIX = ".m3u8"


class Split(StrEnum):
    """What becomes a file of its own."""

    NONE = "none"
    ARTICLE = "article"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Part:
    """Passages that follow each other, and what they are called."""

    title: str
    placed: tuple[Placed, ...]

    @property
    def size(self) -> int:
        """Bytes of its frames."""
        return sum(one.size for one in self.placed)


def parted(placed: Sequence[Placed], split: Split, title: str) -> list[Part]:
    """The parts, in order, nothing lost.

    What is said before a part opens (a greeting, the name of a section, a jingle) goes with it,
    what is heard after the last goes with that.
    """
    level = Level.SECTION if split is Split.SECTION else Level.ARTICLE
    begins = [at for at, one in enumerate(placed) if _opens(one, level)]
    if split is Split.NONE or not begins:
        return [Part(title, tuple(placed))]
    edges = [0, *(_with_what_leads(placed, at, level) for at in begins[1:]), len(placed)]
    runs = [tuple(placed[first:last]) for first, last in pairwise(edges)]
    return [Part(next(filter(None, (_opens(one, level) for one in run)), title), run) for run in runs]


def _opens(one: Placed, level: Level) -> str:
    return next((opening.title for opening in one.passage.openings if opening.level == level), "")


def _with_what_leads(placed: Sequence[Placed], at: int, level: Level) -> int:
    """Back over the passages that belong to no article: they lead to what follows."""
    while at and placed[at - 1].passage.article is None and not _opens(placed[at - 1], level):
        at -= 1
    return at


def listed_parts(finished: Path) -> list[Path]:
    """The files that a playlist names, where it is as we write them: each a part by its name and number.

    Where one is not, somebody else had a hand in it, and none is.
    """
    if finished.suffix != SUFFIX:
        return []
    try:
        text = finished.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return []
    if not text.startswith(f"{playlist.HEAD}\n{playlist.TITLE}"):
        return []
    names = [entry.name for entry in playlist.read(text)]
    width = max(2, len(str(len(names))))
    for number, name in enumerate(names, 1):
        ours = rf"{re.escape(finished.stem)}-{number:0{width}}(-[\w-]+)?\.({'|'.join(SoundFormat)})"
        if not re.fullmatch(ours, name):
            return []
    parts = (finished.with_name(name) for name in names)
    return [path for path in parts if path.is_file() and not path.is_symlink()]


def part_name(stem: str, number: int, count: int, title: str, suffix: str) -> str:
    """``morning-03-the-harbour.mp3``: in order in every list, safe on every file system."""
    words = re.findall(r"\w+", unicodedata.normalize("NFC", title).lower())
    slug = "-".join(words).encode()[:60].decode(errors="ignore").strip("-_")
    return f"{stem}-{number:0{max(2, len(str(count)))}}{'-' if slug else ''}{slug}{suffix}"
