"""Checks of Opus in Ogg and of AAC in MPEG-4: what the container promises against what is heard.

Sources: RFC 3533 §6 (pages of Ogg), RFC 7845 (Opus in Ogg), ISO/IEC 14496-12 §4.2 (boxes),
and AntennaPod's M4AChapterReader.java, which reads Nero's list only.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import av.error

from epubpreflight import Fault, Severity
from newsexport.text.counting import counted
from newsexport.verify.finding import Finding, Title, UnreadableError, clock, unsound
from newsexport.verify.hearing import (
    TOLERANCE,
    Heard,
    chapter_advice,
    chapter_faults,
    hear,
    heard_facts,
    heard_faults,
)
from newsexport.verify.id3 import FoundChapter

# No page of Ogg is longer: 27 bytes, 255 lengths, 255 times 255 bytes.
LONGEST_PAGE = 27 + 255 + 255 * 255
LAST_PAGE = 4

# Nero's list counts its chapters in one byte.
MOST_IN_LIST = 255


@dataclass(frozen=True, slots=True)
class ContainerFacts:
    """What the container says of itself. `listed` counts Nero's chapters, None where no such list can be."""

    seconds: float
    codec: str
    rate: int
    texts: dict[str, str]
    cover: bool
    listed: int | None = None


def check_opus(path: Path) -> Finding:
    """Decode all of it and compare with pages, chapters and tags."""
    return _checked(path, "Opus", _page_faults(path), None)


def check_m4b(path: Path) -> Finding:
    """Decode all of it and compare with boxes, both kinds of chapters and tags."""
    try:
        boxes = list(_boxes(path))
        index = b"".join(data for name, data in boxes if name == b"moov")
    except UnreadableError as error:
        return Finding(path, "M4B", faults=unsound(str(error)))
    faults = [] if index else ["it has no index (moov), so nothing can be found in it"]
    names = [name for name, _ in boxes]
    if index and b"mdat" in names and names.index(b"moov") > names.index(b"mdat"):
        faults.append("its index comes after the sound, so it cannot be played while it is loaded")
    return _checked(path, "M4B", faults, _listed(index))


def _checked(path: Path, kind: str, broken: Sequence[str], listed: int | None) -> Finding:
    heard = hear(path)
    try:
        told = _told(path, listed)
    except (av.error.FFmpegError, IndexError):
        return Finding(path, kind, faults=unsound(*broken, *(heard.faults or ("no sound in it",))))
    chapters = tuple(FoundChapter("", start, end, title) for start, end, title in heard.chapters)
    faults = (
        *unsound(
            *broken, *heard.faults, *_told_faults(told, heard), *chapter_faults(chapters, heard.seconds)
        ),
        *_client_faults(told, chapters),
        *chapter_advice(chapters),
        *heard_faults(chapters, heard),
    )
    facts = (
        ("title", told.texts.get("title", "")),
        ("length", clock(round(heard.seconds * 1000))),
        ("sound", f"{told.codec}, {told.rate} Hz"),
        ("chapters", str(len(chapters))),
        *heard_facts(chapters, heard),
        *_showings(kind, told, chapters),
    )
    titles = tuple(Title(1, chapter.title, clock(chapter.start)) for chapter in chapters)
    return Finding(path, kind, facts, titles, faults)


def _told(path: Path, listed: int | None) -> ContainerFacts:
    with av.open(str(path), metadata_errors="replace") as container:
        sound: Any = container.streams.audio[0]
        seconds = float(sound.duration * sound.time_base) if sound.duration else 0.0
        texts = {name.lower(): text for name, text in (container.metadata | sound.metadata).items()}
        codec, rate = sound.codec_context.codec.canonical_name, sound.rate
        return ContainerFacts(seconds, codec, rate, texts, bool(container.streams.video), listed)


def _told_faults(told: ContainerFacts, heard: Heard) -> Iterator[str]:
    if not told.texts.get("title"):
        yield "no title"
    if not told.cover:
        yield "no cover"
    if not heard.faults and told.seconds - heard.seconds > TOLERANCE:
        yield f"it decodes to {heard.seconds:.3f} s, its container says {told.seconds:.3f} s"


def _client_faults(told: ContainerFacts, chapters: Sequence[FoundChapter]) -> Iterator[Fault]:
    if told.listed is not None and told.listed < len(chapters):
        left = len(chapters) - told.listed
        words = f"leaves out {left} of {len(chapters)} chapters: Nero's list has at most {MOST_IN_LIST}"
        yield Fault("chapters-left-out", "AntennaPod", words, Severity.ADVICE)


def _showings(kind: str, told: ContainerFacts, chapters: Sequence[FoundChapter]) -> Iterator[tuple[str, str]]:
    """What each family shows: those of Apple read the text track, AntennaPod reads Nero's list."""
    if not chapters:
        return
    every = counted(len(chapters), "chapter")
    if kind == "M4B":
        yield "in Apple Books, BookPlayer", every
        yield "in AntennaPod", f"{told.listed} of {every}" if told.listed != len(chapters) else every
    else:
        yield "in AntennaPod", every
    yield "in mpv, VLC, audiobookshelf", every


def _page_faults(path: Path) -> list[str]:
    """Whether the last page is whole and says that it is the last."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 2 * LONGEST_PAGE))
        end = file.read()
    at = end.rfind(b"OggS")
    if at < 0 or at + 27 > len(end):
        return ["it breaks off inside its last page"]
    lengths = end[at + 27 : at + 27 + end[at + 26]]
    whole = at + 27 + end[at + 26] + sum(lengths) == len(end)
    if not whole or len(lengths) < end[at + 26]:
        return ["it breaks off inside its last page"]
    return (
        [] if end[at + 5] & LAST_PAGE else ["it breaks off: its last page does not say that it is the last"]
    )


def _boxes(path: Path) -> Iterator[tuple[bytes, bytes]]:
    """The boxes, the index with what is in it. Raises `UnreadableError` where one is cut short."""
    size = path.stat().st_size
    with path.open("rb") as file:
        at = 0
        while at < size:
            file.seek(at)
            head = file.read(16)
            if len(head) < 8:
                raise UnreadableError("it breaks off inside a box")
            length, name = struct.unpack_from(">I4s", head)
            if length == 1 and len(head) == 16:
                (length,) = struct.unpack_from(">Q", head, 8)
            length = length or size - at
            if length < 8 or at + length > size:
                raise UnreadableError(f"it breaks off inside its box {name.decode('latin-1')!r}")
            file.seek(at + 8)
            yield name, file.read(length - 8) if name == b"moov" else b""
            at += length


def _listed(index: bytes) -> int:
    """How many chapters Nero's list has: ``udta/chpl``, which has a count after its flags."""
    at = index.find(b"chpl")
    return index[at + 12] if 0 <= at < len(index) - 12 else 0
