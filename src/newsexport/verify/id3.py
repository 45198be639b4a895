"""ID3v2 tags read back, by a reader that shares nothing with the writer it checks.

Sources: id3.org, ID3 tag version 2.3.0 and 2.4.0; ID3v2 Chapter Frame Addendum 1.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from mmap import mmap

from newsexport.verify.finding import UnreadableError

HEADER = 10
TOP_LEVEL = 2
UNSYNCHRONISED, EXTENDED = 0x80, 0x40
# Flags of a frame, version 4.
FRAME_UNSYNCHRONISED, WITH_LENGTH = 0x02, 0x01
ENCODINGS = {0: "latin-1", 1: "utf-16", 2: "utf-16-be", 3: "utf-8"}


@dataclass(frozen=True, slots=True)
class FoundChapter:
    """One CHAP frame; times in milliseconds.

    `picture` is the size of its picture and `size` its own, `longest` that of its longest
    part; all in bytes, and without headers.
    """

    element: str
    start: int
    end: int
    title: str
    url: str = ""
    picture: int = 0
    size: int = 0
    longest: int = 0
    voice: str = ""


@dataclass(frozen=True, slots=True)
class ContentsTable:
    """One CTOC frame: a table of elements, which are chapters or further tables."""

    element: str
    top: bool
    children: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundTag:
    """A whole tag. `version` is its second number, the 3 of ID3v2.3; `size` in bytes, header included."""

    version: int = 0
    size: int = 0
    texts: dict[str, str] = field(default_factory=dict)
    chapters: tuple[FoundChapter, ...] = ()
    tables: tuple[ContentsTable, ...] = ()
    pictures: int = 0
    unsynchronised: bool = False


def read_tag(data: bytes | mmap) -> FoundTag:
    """The tag at the start of the data; an empty one when there is none.

    Raises:
        UnreadableError: the tag breaks off or contradicts itself.
    """
    if data[:3] != b"ID3":
        return FoundTag()
    if len(data) < HEADER or data[3] not in {3, 4}:
        raise UnreadableError(f"ID3v2.{data[3] if len(data) > 3 else '?'}: not a version players share")
    size = HEADER + _synchsafe(data[6:10])
    if size > len(data):
        raise UnreadableError("the file ends inside its ID3 tag")
    version, unsynchronised = data[3], bool(data[5] & UNSYNCHRONISED)
    body = _synchronised(data[HEADER:size]) if unsynchronised and version == 3 else data[HEADER:size]
    frames = list(_frames(body[_extension(body, version) if data[5] & EXTENDED else 0 :], version))
    return FoundTag(
        version,
        size,
        {name: _text(body) for name, body in frames if name.startswith("T") and name != "TXXX"},
        tuple(_chapter(body, version) for name, body in frames if name == "CHAP"),
        tuple(_table(body) for name, body in frames if name == "CTOC"),
        sum(name == "APIC" for name, _ in frames),
        unsynchronised,
    )


def _synchronised(data: bytes) -> bytes:
    """The bytes without the zeros that keep decoders from taking them for sound."""
    return data.replace(b"\xff\x00", b"\xff")


def _extension(body: bytes, version: int) -> int:
    """Bytes of the extended header; its own four are counted in by version 4 only."""
    return _synchsafe(body[:4]) if version == 4 else 4 + int.from_bytes(body[:4])


def _synchsafe(data: bytes) -> int:
    if len(data) < 4:
        raise UnreadableError("the ID3 tag breaks off")
    return data[0] << 21 | data[1] << 14 | data[2] << 7 | data[3]


def _frames(data: bytes, version: int) -> Iterator[tuple[str, bytes]]:
    at = 0
    while at + HEADER <= len(data) and data[at]:  # a zero where a name should be begins the padding
        name = data[at : at + 4].decode("latin-1")
        size = _synchsafe(data[at + 4 : at + 8]) if version == 4 else int.from_bytes(data[at + 4 : at + 8])
        if not (name.isascii() and name.isalnum() and name == name.upper()):
            raise UnreadableError(f"the ID3 tag holds no frame at byte {at}")
        if at + HEADER + size > len(data):
            raise UnreadableError(f"the ID3 frame {name} is longer than the tag")
        body = data[at + HEADER : at + HEADER + size]
        yield name, _unwrapped(body, data[at + 9]) if version == 4 else body
        at += HEADER + size


def _unwrapped(body: bytes, flags: int) -> bytes:
    """The content of a frame of version 4: without its length in front, synchronised."""
    body = body[4:] if flags & WITH_LENGTH else body
    return _synchronised(body) if flags & FRAME_UNSYNCHRONISED else body


def _text(body: bytes) -> str:
    if not body:
        return ""
    if body[0] not in ENCODINGS:
        raise UnreadableError(f"an ID3 text has no encoding {body[0]}")
    try:
        return body[1:].decode(ENCODINGS[body[0]]).rstrip("\0")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"an ID3 text is not {ENCODINGS[body[0]]}") from error


def _element(body: bytes, least: int) -> tuple[str, bytes]:
    element, end, rest = body.partition(b"\0")
    if not end or len(rest) < least:
        raise UnreadableError("a chapter frame breaks off")
    return element.decode("latin-1"), rest


def _chapter(body: bytes, version: int) -> FoundChapter:
    element, rest = _element(body, 16)
    parts = list(_frames(rest[16:], version))
    texts = dict(parts)
    return FoundChapter(
        element,
        int.from_bytes(rest[:4]),
        int.from_bytes(rest[4:8]),
        _text(texts.get("TIT2", b"")),
        texts.get("WXXX", b"").rpartition(b"\0")[2].decode("latin-1"),
        len(texts.get("APIC", b"")),
        len(body),
        max((len(part) for _, part in parts), default=0),
        _described(texts.get("TXXX", b""), "voice"),
    )


def _described(body: bytes, name: str) -> str:
    """The text of a frame that has such a description."""
    description, _, text = _text(body).partition("\0")
    return text if description == name else ""


def _table(body: bytes) -> ContentsTable:
    element, rest = _element(body, 2)
    children = rest[2:].split(b"\0", rest[1])
    if len(children) <= rest[1]:
        raise UnreadableError("a table of contents breaks off")
    return ContentsTable(
        element, bool(rest[0] & TOP_LEVEL), tuple(child.decode("latin-1") for child in children[: rest[1]])
    )
