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
ENCODINGS = {0: "latin-1", 1: "utf-16", 2: "utf-16-be", 3: "utf-8"}


@dataclass(frozen=True, slots=True)
class Chapter:
    """One CHAP frame; times in milliseconds."""

    element: str
    start: int
    end: int
    title: str


@dataclass(frozen=True, slots=True)
class Contents:
    """One CTOC frame: a table of elements, which are chapters or further tables."""

    element: str
    top: bool
    children: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """A whole tag. `version` is its second number, the 3 of ID3v2.3; `size` in bytes, header included."""

    version: int = 0
    size: int = 0
    texts: dict[str, str] = field(default_factory=dict)
    chapters: tuple[Chapter, ...] = ()
    tables: tuple[Contents, ...] = ()
    pictures: int = 0


def read_tag(data: bytes | mmap) -> Tag:
    """The tag at the start of the data; an empty one when there is none.

    Raises:
        UnreadableError: the tag breaks off or contradicts itself.
    """
    if data[:3] != b"ID3":
        return Tag()
    if len(data) < HEADER or data[3] not in {3, 4}:
        raise UnreadableError(f"ID3v2.{data[3] if len(data) > 3 else '?'}: not a version players share")
    size = HEADER + _synchsafe(data[6:10])
    if size > len(data):
        raise UnreadableError("the file ends inside its ID3 tag")
    if data[5] & 0xC0:
        raise UnreadableError("the ID3 tag is unsynchronised or extended, which few players read")
    version = data[3]
    frames = list(_frames(data[HEADER:size], version))
    return Tag(
        version,
        size,
        {name: _text(body) for name, body in frames if name.startswith("T") and name != "TXXX"},
        tuple(_chapter(body, version) for name, body in frames if name == "CHAP"),
        tuple(_table(body) for name, body in frames if name == "CTOC"),
        sum(name == "APIC" for name, _ in frames),
    )


def _synchsafe(data: bytes) -> int:
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
        yield name, data[at + HEADER : at + HEADER + size]
        at += HEADER + size


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


def _chapter(body: bytes, version: int) -> Chapter:
    element, rest = _element(body, 16)
    texts = dict(_frames(rest[16:], version))
    return Chapter(
        element, int.from_bytes(rest[:4]), int.from_bytes(rest[4:8]), _text(texts.get("TIT2", b""))
    )


def _table(body: bytes) -> Contents:
    element, rest = _element(body, 2)
    children = rest[2:].split(b"\0", rest[1])
    if len(children) <= rest[1]:
        raise UnreadableError("a table of contents breaks off")
    return Contents(
        element, bool(rest[0] & TOP_LEVEL), tuple(child.decode("latin-1") for child in children[: rest[1]])
    )
