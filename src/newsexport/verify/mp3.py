"""Checks of an MP3: what its headers promise against what is there."""

from __future__ import annotations

import mmap as mmap_module
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from mmap import ACCESS_READ, PAGESIZE, mmap
from pathlib import Path

from epubpreflight import Fault
from newsexport.text.counting import counted
from newsexport.verify.clients import client_faults, showings
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
from newsexport.verify.id3 import FoundChapter, FoundTag, read_tag

# MPEG audio frames counted one by one, so that no header has to be believed.
#
# Sources: ISO/IEC 11172-3 and 13818-3 for the frame header, layer III; the Xing header
# with LAME's extension as LAME 3.100 writes it (VbrTag.c).

# kbit/s by index, for MPEG 1 and for MPEG 2 and 2.5.
BITRATES = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
# Samples a second by index, by the two version bits; 1 is reserved.
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
HEADER = 4


@dataclass(frozen=True, slots=True)
class FoundFrame:
    """A frame's place in bytes and what its header says; `bitrate` in kbit/s."""

    at: int
    size: int
    rate: int
    bitrate: int
    channels: int
    samples: int
    side: int

    @property
    def end(self) -> int:
        """The byte after it."""
        return self.at + self.size


@dataclass(frozen=True, slots=True)
class Info:
    """What the first frame says of the rest. `delay` and `padding` in samples."""

    frames: int | None = None
    size: int | None = None
    delay: int = 0
    padding: int = 0


def frames(data: bytes | mmap, at: int) -> Iterator[FoundFrame]:
    """Every frame from byte `at` to the end of the sound.

    Raises:
        UnreadableError: something else stands between frames, or the last one breaks off.
    """
    number = 0
    while at < len(data):
        if _is_end(data, at):
            return
        frame = _frame(data, at)
        if frame is None:
            raise UnreadableError(f"no frame at byte {at}, after {number} frames")
        if frame.end > len(data):
            raise UnreadableError(f"the file breaks off inside frame {number + 1}")
        yield frame
        at = frame.end
        number += 1


def _is_end(data: bytes | mmap, at: int) -> bool:
    """Whether a tag begins that some programs put at the end: ID3v1, APEv2."""
    if data[at : at + 3] == b"TAG":
        return len(data) - at == 128
    return data[at : at + 8] == b"APETAGEX"


def padding(data: bytes | mmap, at: int) -> int:
    """How many zeros stand before the first frame; every player skips them."""
    begin = at
    while data[at : at + 1] == b"\0":
        at += 1
    return at - begin


def _frame(data: bytes | mmap, at: int) -> FoundFrame | None:
    header = int.from_bytes(data[at : at + HEADER])
    version, layer = header >> 19 & 3, header >> 17 & 3
    bitrate, rate = header >> 12 & 15, header >> 10 & 3
    if header >> 21 != 0x7FF or version == 1 or layer != 1 or bitrate in {0, 15} or rate == 3:
        return None
    first = version == 3
    kilobits = BITRATES[0 if first else 1][bitrate]
    hertz = RATES[version][rate]
    mono = header >> 6 & 3 == 3
    return FoundFrame(
        at=at,
        size=(144 if first else 72) * kilobits * 1000 // hertz + (header >> 9 & 1),
        rate=hertz,
        bitrate=kilobits,
        channels=1 if mono else 2,
        samples=1152 if first else 576,
        side=(17 if mono else 32) if first else (9 if mono else 17),
    )


def read_info(data: bytes | mmap, frame: FoundFrame) -> Info | None:
    """The Info (or Xing) header in a frame, or None when it is a frame of sound."""
    body = data[frame.at + HEADER + frame.side : frame.end]
    if body[:4] not in {b"Info", b"Xing"}:
        return None
    flags, at = int.from_bytes(body[4:8]), 8
    numbers: list[int | None] = []
    for flag, size in ((1, 4), (2, 4), (4, 100), (8, 4)):
        numbers.append(int.from_bytes(body[at : at + 4]) if flags & flag else None)
        at += size if flags & flag else 0
    trims = int.from_bytes(body[at + 21 : at + 24]) if len(body) >= at + 24 else 0
    return Info(numbers[0], numbers[1], trims >> 12, trims & 0xFFF)


# Bytes of a file that are in memory at a time.
WINDOW = 1 << 24

KIND = "MP3"


@dataclass(frozen=True, slots=True)
class Sound:
    """What our own count found. The Info frame is not one of `frames`; `size` counts it in.

    `forms` holds each pair of sample rate and number of channels that occurs.
    """

    frames: int
    samples: int
    size: int
    bitrates: frozenset[int]
    forms: frozenset[tuple[int, int]]
    info: Info | None

    @property
    def form(self) -> tuple[int, int]:
        """Samples a second, and channels."""
        return min(self.forms)

    @property
    def seconds(self) -> float:
        """How long it plays, without what the Info frame says to trim."""
        trimmed = self.info.delay + self.info.padding if self.info else 0
        return (self.samples - trimmed) / self.form[0]


def check_mp3(path: Path) -> Finding:
    """Count every frame, decode every sample, read the chapters in two ways and compare."""
    try:
        with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
            tag = read_tag(data)
            sound = _sound(data, tag.size + padding(data, tag.size))
    except UnreadableError as error:
        return Finding(path, KIND, faults=unsound(str(error)))
    decoded = hear(path)
    return Finding(
        path,
        KIND,
        (*_facts(tag, sound), *heard_facts(tag.chapters, decoded), *_client_facts(tag)),
        tuple(_titles(tag)),
        tuple(_faults(tag, sound, decoded)),
    )


def _faults(tag: FoundTag, sound: Sound, heard: Heard) -> Iterator[Fault]:
    yield from unsound(
        *_sound_faults(sound),
        *heard.faults,
        *_length_faults(sound, heard),
        *_tag_faults(tag),
        *_table_faults(tag),
        *chapter_faults(tag.chapters, sound.seconds),
        *_second_opinion(tag.chapters, heard),
    )
    yield from client_faults(tag)
    yield from chapter_advice(tag.chapters)
    yield from heard_faults(tag.chapters, heard)


def _sound(data: mmap, start: int) -> Sound:
    info, count, samples, end, kept = None, 0, 0, start, 0
    bitrates, forms = set(), set()
    for frame in frames(data, start):
        end = frame.end
        if end - kept > WINDOW:
            _let_go(data, end)
            kept = end
        if frame.at == start:
            info = read_info(data, frame)
            if info:
                continue
        count += 1
        samples += frame.samples
        bitrates.add(frame.bitrate)
        forms.add((frame.rate, frame.channels))
    if not count:
        raise UnreadableError("there is no sound in it")
    return Sound(count, samples, end - start, frozenset(bitrates), frozenset(forms), info)


def _let_go(data: mmap, end: int) -> None:
    """Let the system have back the memory of what was read; a long file would fill a small machine."""
    if hasattr(data, "madvise") and hasattr(mmap_module, "MADV_DONTNEED"):
        data.madvise(mmap_module.MADV_DONTNEED, 0, end // PAGESIZE * PAGESIZE)


def _sound_faults(sound: Sound) -> Iterator[str]:
    if len(sound.forms) > 1:
        yield "its frames differ in sample rate or channels"
    if sound.info is None:
        yield "no Info frame: players must guess how long it is"
        return
    if sound.info.frames not in {None, sound.frames}:
        yield f"its Info frame promises {sound.info.frames} frames, there are {sound.frames}"
    if sound.info.size not in {None, sound.size}:
        yield f"its Info frame promises {sound.info.size} bytes, there are {sound.size}"


def _length_faults(sound: Sound, decoded: Heard) -> Iterator[str]:
    if not decoded.faults and abs(decoded.seconds - sound.seconds) > TOLERANCE:
        yield f"it decodes to {decoded.seconds:.3f} s, its frames say {sound.seconds:.3f} s"


def _tag_faults(tag: FoundTag) -> Iterator[str]:
    if not tag.version:
        yield "no ID3 tag"
        return
    if tag.version != 3:
        yield f"ID3v2.{tag.version}: players built on FFmpeg may drop its chapters; 2.3 is safe"
    if tag.unsynchronised:
        yield "the ID3 tag is unsynchronised, which few players read"
    if not tag.texts.get("TIT2"):
        yield "no title"
    if not tag.pictures:
        yield "no cover"


def _table_faults(tag: FoundTag) -> Iterator[str]:
    top = [table for table in tag.tables if table.top]
    elements = [
        *(chapter.element for chapter in tag.chapters),
        *(table.element for table in tag.tables),
    ]
    if tag.chapters and len(top) != 1:
        yield f"{counted(len(top), 'top-level table')} of contents where players want one"
    if len(set(elements)) < len(elements):
        yield "two chapters or tables have the same name"
    listed = {child for table in tag.tables for child in table.children}
    for child in sorted(listed - set(elements)):
        yield f"the table of contents lists {child}, which is not there"
    hidden = [chapter.title for chapter in tag.chapters if chapter.element not in listed]
    if hidden and tag.tables:
        yield f"not in a table of contents: {counted(len(hidden), 'chapter')}, the first {hidden[0]!r}"


def _second_opinion(chapters: Sequence[FoundChapter], decoded: Heard) -> Iterator[str]:
    ours = tuple((chapter.start, chapter.end, chapter.title) for chapter in chapters)
    if not decoded.faults and ours != decoded.chapters:
        yield f"FFmpeg reads {counted(len(decoded.chapters), 'chapter')}, not the {len(ours)} that are there"


def _facts(tag: FoundTag, sound: Sound) -> tuple[tuple[str, str], ...]:
    bitrates = sorted(sound.bitrates)
    rate, channels = sound.form
    bitrate = f"{bitrates[0]}" if len(bitrates) == 1 else f"{bitrates[0]} to {bitrates[-1]}"
    return (
        ("title", tag.texts.get("TIT2", "")),
        ("length", clock(round(sound.seconds * 1000))),
        ("sound", f"{bitrate} kbit/s, {rate} Hz, {'mono' if channels == 1 else 'stereo'}"),
        ("frames", str(sound.frames)),
        ("tag", f"ID3v2.{tag.version}" if tag.version else "none"),
        ("chapters", str(len(tag.chapters))),
        *_voice_facts(tag.chapters),
    )


def _voice_facts(chapters: Sequence[FoundChapter]) -> Iterator[tuple[str, str]]:
    """Who is heard; of several voices, all but the commonest with what they speak."""
    voices = Counter(chapter.voice for chapter in chapters if chapter.voice)
    for number, (voice, count) in enumerate(voices.most_common()):
        titles = "; ".join(chapter.title for chapter in chapters if chapter.voice == voice)
        yield f"spoken by {voice}", counted(count, "article") if number == 0 else titles


def _client_facts(tag: FoundTag) -> Iterator[tuple[str, str]]:
    if tag.chapters:
        yield from ((f"in {showing.client}", str(showing)) for showing in showings(tag))


def _titles(tag: FoundTag) -> Iterator[Title]:
    """Chapters, those that a table below the top begins with above the others of it."""
    below = {
        child for table in tag.tables if not table.top and table.children for child in table.children[1:]
    }
    for chapter in tag.chapters:
        yield Title(2 if chapter.element in below else 1, chapter.title, clock(chapter.start))
