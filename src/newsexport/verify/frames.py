"""MPEG audio frames counted one by one, so that no header has to be believed.

Sources: ISO/IEC 11172-3 and 13818-3 for the frame header, layer III; the Xing header
with LAME's extension as LAME 3.100 writes it (VbrTag.c).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from mmap import mmap

from newsexport.verify.finding import UnreadableError

# kbit/s by index, for MPEG 1 and for MPEG 2 and 2.5.
BITRATES = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
# Samples a second by index, by the two version bits; 1 is reserved.
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
HEADER = 4


@dataclass(frozen=True, slots=True)
class Frame:
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


def frames(data: bytes | mmap, at: int) -> Iterator[Frame]:
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


def _frame(data: bytes | mmap, at: int) -> Frame | None:
    header = int.from_bytes(data[at : at + HEADER])
    version, layer = header >> 19 & 3, header >> 17 & 3
    bitrate, rate = header >> 12 & 15, header >> 10 & 3
    if header >> 21 != 0x7FF or version == 1 or layer != 1 or bitrate in {0, 15} or rate == 3:
        return None
    first = version == 3
    kilobits = BITRATES[0 if first else 1][bitrate]
    hertz = RATES[version][rate]
    mono = header >> 6 & 3 == 3
    return Frame(
        at=at,
        size=(144 if first else 72) * kilobits * 1000 // hertz + (header >> 9 & 1),
        rate=hertz,
        bitrate=kilobits,
        channels=1 if mono else 2,
        samples=1152 if first else 576,
        side=(17 if mono else 32) if first else (9 if mono else 17),
    )


def read_info(data: bytes | mmap, frame: Frame) -> Info | None:
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
