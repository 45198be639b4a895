"""ID3v2.3 tags with chapters, written so that every podcast app shows them.

Version 2.3, not 2.4, and that on purpose: 2.4 writes the sizes of frames inside a CHAP
in seven bits a byte, players built on FFmpeg read them in eight, and from 128 bytes on
(a title of 60 letters, any picture) they drop every chapter of the file. Nothing is lost
by it: titles are Latin-1 or UTF-16, which 2.3 has.

Sources: id3.org, ID3 tag version 2.3.0; ID3v2 Chapter Frame Addendum 1.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

NO_OFFSET = b"\xff\xff\xff\xff"
TOP_LEVEL, ORDERED = 2, 1

# A table of contents counts its entries in one byte.
MOST_ENTRIES = 255
# The level of a mark that is a part of an article.
PART = 3

FRONT_COVER = 3

# A tag counts its own bytes in 28 bits.
MOST_BYTES = 2**28 - 1


class TagError(ValueError):
    """More than one tag can hold."""


@dataclass(frozen=True, slots=True)
class ChapterMark:
    """One chapter as players see it, in milliseconds. `level` 1 is above 2 above 3, `voice` who speaks."""

    title: str
    start: int
    end: int
    level: int = 1
    url: str | None = None
    picture: bytes | None = None
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """What a file says of itself. Pictures are JPEG; `language` is ISO 639-2, three letters.

    `track` is its number among how many.
    """

    title: str
    artist: str
    album: str
    date: str
    language: str
    genre: str
    comment: str
    cover: bytes | None
    marks: Sequence[ChapterMark]
    track: tuple[int, int] | None = None

    def to_bytes(self) -> bytes:
        """The whole tag: header, text, contents, chapters in order of time, cover.

        Chapters stand in order of time because some apps show them in the order of the
        file, and the cover comes last because it is the largest.

        Raises:
            TagError: chapters and pictures beyond 256 MB.
        """
        body = b"".join(self._frames())
        if len(body) > MOST_BYTES:
            raise TagError(f"{len(self.marks)} chapters with their pictures are too much for one MP3")
        return b"ID3\x03\x00\x00" + _synchsafe(len(body)) + body

    def _frames(self) -> Iterator[bytes]:
        year, month, day = self.date.split("-")
        for name, text in (
            ("TIT2", self.title),
            ("TPE1", self.artist),
            ("TALB", self.album),
            ("TYER", year),
            ("TDAT", day + month),
            ("TCON", self.genre),
            ("TLAN", self.language),
            ("TRCK", "/".join(map(str, self.track or ()))),
        ):
            if text:
                yield _text(name, text)
        if self.comment:
            yield _comment(self.comment, self.language or "und")
        yield from _contents(self.marks)
        for number, mark in enumerate(self.marks):
            yield _chapter(number, mark)
        if self.cover is not None:
            yield _picture(self.cover)


def _contents(marks: Sequence[ChapterMark]) -> Iterator[bytes]:
    """One table at the top that lists every chapter, and below it one for each section.

    Apps that know one level find all of them at the top, in order of time; those that
    know more find the sections' tables after them. When all do not fit in one table, the
    top leaves out parts of articles, and then what comes last: music-metadata (11.16) looks
    into no other table and shows what the top lists.
    """
    if not marks:
        return
    parts = _parts(marks)
    tables = [f"toc{number}" for number in range(len(parts))] if len(parts) > 1 else []
    room = MOST_ENTRIES - len(tables)
    whole = [number for number, mark in enumerate(marks) if mark.level < PART]
    listed = range(len(marks)) if len(marks) <= room else whole or range(len(marks))
    top = [*map(_chapter_id, listed[:room]), *tables]
    yield _table("toc", TOP_LEVEL | ORDERED, "Table of Contents", top)
    for table, part in zip(tables, parts, strict=False):
        yield _table(table, ORDERED, marks[part[0]].title, [_chapter_id(number) for number in part])


def _parts(marks: Sequence[ChapterMark]) -> list[Sequence[int]]:
    """Numbers of the marks in runs that fit a table: by section, or as they come if those are too many."""
    sections = _sections(marks)
    if len(sections) == len(marks):
        sections = [list(range(len(marks)))]  # nothing stands below anything
    parts = [run for section in sections for run in _runs(section)]
    return parts if len(parts) <= MOST_ENTRIES else list(_runs(range(len(marks))))


def _runs(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for begin in range(0, len(numbers), MOST_ENTRIES):
        yield numbers[begin : begin + MOST_ENTRIES]


def _sections(marks: Sequence[ChapterMark]) -> list[list[int]]:
    """Numbers of the marks, a list for each mark of the highest level and what is below it."""
    highest = min(mark.level for mark in marks)
    sections: list[list[int]] = []
    for number, mark in enumerate(marks):
        if mark.level == highest or not sections:
            sections.append([])
        sections[-1].append(number)
    return sections


def _table(element: str, flags: int, title: str, children: Sequence[str]) -> bytes:
    listed = b"".join(child.encode("ascii") + b"\0" for child in children)
    return _frame("CTOC", element.encode() + bytes([0, flags, len(children)]) + listed + _text("TIT2", title))


def _chapter(number: int, mark: ChapterMark) -> bytes:
    body = _chapter_id(number).encode() + b"\0" + mark.start.to_bytes(4) + mark.end.to_bytes(4)
    body += NO_OFFSET + NO_OFFSET + _text("TIT2", mark.title)
    if mark.url:
        # An empty description, then the address in ASCII: some readers decode it as Latin-1.
        body += _frame("WXXX", b"\0\0" + quote(mark.url, safe="!#$%&'()*+,/:;=?@[]~").encode("ascii"))
    if mark.voice:  # after its description, as in a comment
        body += _frame("TXXX", b"\0voice\0" + mark.voice.encode("latin-1", "replace"))
    if mark.picture is not None:
        body += _picture(mark.picture)
    return _frame("CHAP", body)


def _chapter_id(number: int) -> str:
    return f"chp{number}"


def _text(name: str, text: str) -> bytes:
    """A text frame in one line: a zero would end it for most readers, and a break breaks their lists."""
    return _frame(name, _encoded(re.sub(r"\s*[\x00-\x1f\x7f]+\s*", " ", text)))


def _comment(text: str, language: str) -> bytes:
    text = text.replace("\0", "")
    encoded = _encoded("\0" + text)
    if encoded[0]:
        # In UTF-16 the (empty) description has a byte order mark of its own.
        encoded = b"\x01" + "\ufeff\0\ufeff".encode("utf-16-le") + text.encode("utf-16-le", "replace")
    return _frame("COMM", encoded[:1] + language.encode("ascii") + encoded[1:])


def _encoded(text: str) -> bytes:
    """Encoding byte and text: Latin-1 where it fits, else UTF-16 with a byte order mark."""
    try:
        return b"\x00" + text.encode("latin-1")
    except UnicodeEncodeError:
        return b"\x01" + "\ufeff".encode("utf-16-le") + text.encode("utf-16-le", "replace")


def _picture(jpeg: bytes) -> bytes:
    return _frame("APIC", b"\0image/jpeg\0" + bytes([FRONT_COVER]) + b"\0" + jpeg)


def _frame(name: str, body: bytes) -> bytes:
    return name.encode() + len(body).to_bytes(4) + b"\0\0" + body


def _synchsafe(number: int) -> bytes:
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))
