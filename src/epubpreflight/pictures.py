"""Pictures, by their first bytes: whether they are what they are said to be, and how large they are.

Sources: PNG (ISO/IEC 15948), JPEG (ITU T.81), GIF89a, WebP (RFC 9649); EPUB 3.3, section 3.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from epubpreflight.fault import Fault
from epubpreflight.rules import Rule

ENDINGS = {
    "image/jpeg": frozenset({"jpg", "jpeg", "jfif", "jif", "jpe"}),
    "image/png": frozenset({"png"}),
    "image/gif": frozenset({"gif"}),
}
KNOWN_ENDINGS = frozenset().union(*ENDINGS.values())
MAGIC = (
    (b"\xff\xd8", "image/jpeg"),
    (b"\x89PNG", "image/png"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """What the beginning of a picture shows: its type, its size in pixels (0: unknown), its colours."""

    type: str
    width: int = 0
    height: int = 0
    cmyk: bool = False
    transparent: bool = False


def read_picture(data: bytes) -> Picture:
    """Read the beginning of a picture. Raises nothing; the type is "" when it is no picture that is known."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Picture("image/webp")
    if data[4:12] in {b"ftypavif", b"ftypavis"}:
        return Picture("image/avif")
    found = next((kind for magic, kind in MAGIC if data.startswith(magic)), "")
    match found:
        case "image/png" if data[12:16] == b"IHDR" and len(data) >= 29:
            size = (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big"))
            return Picture(found, *size, transparent=data[25] in {4, 6} or b"tRNS" in data[:4096])
        case "image/gif" if len(data) >= 10:
            return Picture(found, int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little"))
        case "image/jpeg":
            return _jpeg(data)
        case _:
            return Picture(found)


def _jpeg(data: bytes) -> Picture:
    at = 2
    while at + 9 < len(data):
        if data[at] != 0xFF:
            break
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = int.from_bytes(data[at + 5 : at + 7]), int.from_bytes(data[at + 7 : at + 9])
            return Picture("image/jpeg", width, height, cmyk=data[at + 9] == 4)
        if marker in {0x01, *range(0xD0, 0xD9)}:
            at += 2
            continue
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return Picture("image/jpeg")


def picture_faults(name: str, declared: str, data: bytes, picture: Picture) -> Iterator[Fault]:
    """What is wrong with a picture declared as a JPEG, a PNG or a GIF."""
    if len(data) < 4:
        yield Rule.PICTURE_EMPTY.at(name)
        yield Rule.PICTURE_DAMAGED.at(name)
        return
    if picture.type != declared:
        yield Rule.PICTURE_TYPE.at(name, declared, picture.type or "something else")
    ending = name.rpartition(".")[2].lower() if "." in name.rpartition("/")[2] else ""
    if picture.type not in ENDINGS or ending not in KNOWN_ENDINGS:
        if ending not in {"svg", "bmp", "tif", "tiff", "webp"} or not picture.type:
            yield Rule.PICTURE_DAMAGED.at(name)
    elif ending not in ENDINGS[picture.type]:
        yield Rule.PICTURE_EXTENSION.at(name, picture.type.removeprefix("image/").upper(), ending)
    elif not picture.width or not picture.height:
        yield Rule.PICTURE_DAMAGED.at(name)
