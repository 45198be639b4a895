"""The boxes of an MPEG-4 file put in order: what FFmpeg's muxer leaves undone of its chapters.

FFmpeg lays the titles of all chapters into one chunk and their lengths together where they
are the same, which is right and which some readers do not follow (music-metadata refuses
the file); and it cuts what is too long for Nero's list after 255 bytes, in the middle of a
letter (mutagen refuses the file). So each chapter gets a chunk and a length of its own and
each title in that list is cut between letters, on the way by which the index comes to the front of the
file, where a player that streams finds it. The text track has every title in full.

Sources: ISO/IEC 14496-12 §8.6 and §8.7; QuickTime File Format, chapter lists.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from itertools import accumulate, chain
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias, assert_never
from urllib.parse import quote

import av
import av.stream

from newsexport.audio.coding import COUNT, Aac, Opus, encoder
from newsexport.audio.id3 import FRONT_COVER, ChapterMark, Tag
from newsexport.text.counting import clipped

HEADER = 8
PARENTS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"udta"}
OFFSETS = {b"stco": "I", b"co64": "Q"}

# What four bytes can say of a place in a file, less more than any index takes.
NEAR = 2**32 - 2**28


# Bytes of a title in Nero's list. Its length is one byte, which AntennaPod takes for a signed one:
# at 128 it loses that chapter and all that follow.
LONGEST_TITLE = 127


@dataclass(frozen=True, slots=True)
class Box:
    """A box and what is in it: other boxes, or bytes."""

    name: bytes
    inside: tuple[Box, ...] | bytes

    def to_bytes(self) -> bytes:
        """As it stands in a file."""
        body = self.inside if isinstance(self.inside, bytes) else b"".join(map(Box.to_bytes, self.inside))
        return struct.pack(">I4s", HEADER + len(body), self.name) + body


Tables: TypeAlias = dict[bytes, bytes]


def index_first(draft: Path, target: Path) -> None:
    """Write at `target` the file of FFmpeg's at `draft`, its index in order and before the sound."""
    with draft.open("rb") as file, target.open("wb") as whole:
        places = {name: (at, size) for name, at, size in _top(file)}
        (index,) = _boxes(_read(file, places[b"moov"]))
        kind = _read(file, places[b"ftyp"])
        begin, size = places[b"mdat"]
        wide = begin + size > NEAR
        # The places are of one size whatever they are, so the index is as long as it will be.
        length = len(_ordered(index, 0, wide=wide).to_bytes())
        moved = _ordered(index, len(kind) + length - begin, wide=wide)
        whole.write(kind + moved.to_bytes())
        file.seek(begin)
        _copy(file, whole, size)


def _top(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """Name, place and size of the boxes of a file."""
    at = 0
    while head := file.read(16):
        size, name = struct.unpack_from(">I4s", head)
        if size == 1:
            (size,) = struct.unpack_from(">Q", head, HEADER)
        yield name, at, size
        at += size
        file.seek(at)


def _read(file: BinaryIO, place: tuple[int, int]) -> bytes:
    file.seek(place[0])
    return file.read(place[1])


def _copy(file: BinaryIO, whole: BinaryIO, size: int) -> None:
    while size > 0 and (some := file.read(min(size, 1 << 20))):
        whole.write(some)
        size -= len(some)


def _boxes(data: bytes) -> Iterator[Box]:
    at = 0
    while at + HEADER <= len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        body = data[at + HEADER : at + size]
        yield Box(name, tuple(_boxes(body)) if name in PARENTS else body)
        at += size


def _ordered(box: Box, moved: int, *, wide: bool, chapters: bool = False) -> Box:
    """The box with every place in the sound moved by so many bytes, and chapters as said above."""
    if isinstance(box.inside, bytes):
        match box.name:
            case b"chpl":
                return Box(box.name, _whole_letters(box.inside))
            case b"stco" | b"co64":
                return _moved(box.name, box.inside, moved, wide=wide)
            case _:
                return box
    inside = box.inside
    if box.name == b"mdia":
        chapters = any(one.name == b"hdlr" and one.inside[8:12] == b"text" for one in inside)
    if box.name == b"stbl" and chapters:
        inside = tuple(_each_alone(inside))
    return Box(box.name, tuple(_ordered(one, moved, wide=wide, chapters=chapters) for one in inside))


def _moved(name: bytes, table: bytes, moved: int, *, wide: bool) -> Box:
    places = [place + moved for place in _places(name, table)]
    return _offsets(places, wide=wide)


def _offsets(places: Sequence[int], *, wide: bool) -> Box:
    name = b"co64" if wide else b"stco"
    return Box(name, struct.pack(f">II{len(places)}{OFFSETS[name]}", 0, len(places), *places))


def _places(name: bytes, table: bytes) -> tuple[int, ...]:
    (count,) = struct.unpack_from(">I", table, 4)
    return struct.unpack_from(f">{count}{OFFSETS[name]}", table, 8)


def _each_alone(tables: Sequence[Box]) -> Iterator[Box]:
    """The tables of a track whose samples follow each other, with a chunk for each sample."""
    known: Tables = {one.name: one.inside for one in tables if isinstance(one.inside, bytes)}
    sizes, lengths = _sizes(known[b"stsz"]), _lengths(known[b"stts"])
    offsets = next(name for name in OFFSETS if name in known)
    places = list(accumulate(sizes[:-1], initial=_places(offsets, known[offsets])[0]))
    for one in tables:
        match one.name:
            case b"stts":
                runs = chain.from_iterable((1, length) for length in lengths)
                yield Box(one.name, struct.pack(f">II{2 * len(lengths)}I", 0, len(lengths), *runs))
            case b"stsz":
                yield Box(one.name, struct.pack(f">III{len(sizes)}I", 0, 0, len(sizes), *sizes))
            case b"stsc":
                yield Box(one.name, struct.pack(">IIIII", 0, 1, 1, 1, 1))
            case b"stco" | b"co64":
                yield _offsets(places, wide=one.name == b"co64")
            case _:
                yield one


def _sizes(table: bytes) -> tuple[int, ...]:
    _, same, count = struct.unpack_from(">III", table)
    return (same,) * count if same else struct.unpack_from(f">{count}I", table, 12)


def _lengths(table: bytes) -> list[int]:
    (runs,) = struct.unpack_from(">I", table, 4)
    numbers = struct.unpack_from(f">{2 * runs}I", table, 8)
    return [length for count, length in zip(numbers[::2], numbers[1::2], strict=True) for _ in range(count)]


def _whole_letters(table: bytes) -> bytes:
    """Nero's list, no title longer than `LONGEST_TITLE`: flags, a count; time, length and title of each."""
    made, at = bytearray(table[:9]), 9
    for _ in range(table[8]):
        size = table[at + 8]
        title = clipped(table[at + 9 : at + 9 + size].decode(errors="ignore"), LONGEST_TITLE).encode()
        made += table[at : at + 8] + bytes([len(title)]) + title
        at += 9 + size
    return bytes(made)


# Packets to finished files: M4B for AAC, Ogg for Opus, with chapters, tags and a cover.
#
# FFmpeg's muxers write them, through PyAV. An M4B gets its chapters twice, as QuickTime has
# them (a text track) and as Nero had; players know one or the other. An Opus file gets the
# comments ``CHAPTER000`` that the makers of Ogg tools agreed on.

# Nothing that depends on the day or on the build of the library.
BITEXACT = {"fflags": "+bitexact"}

# Readers take three digits in the name of a chapter's comment, not more.
MOST_COMMENTED = 1000


def bind(form: Aac | Opus, tag: Tag, frames: BinaryIO, target: Path) -> None:
    """Write the file at `target` from packets as `form` encodes them, read as they are needed."""
    match form:
        case Aac():
            draft = target.with_suffix(".unordered")
            _mux(form, tag, frames, draft, "mp4", {"brand": "M4B ", **BITEXACT})
            index_first(draft, target)
            draft.unlink()
        case Opus():
            _mux(form, tag, frames, target, "ogg", BITEXACT)
        case _:
            assert_never(form)


def _mux(
    form: Aac | Opus, tag: Tag, frames: BinaryIO, target: Path, kind: str, options: dict[str, str]
) -> None:
    with av.open(str(target), "w", format=kind, options=options) as container:
        sound = _stream(container, form)
        container.metadata.update(_texts(tag))
        match form:
            case Aac():
                container.set_chapters(_chapters(tag))
            case Opus():
                container.metadata.update(_chapter_comments(tag))
            case _:
                assert_never(form)
        cover = _cover(container, form, tag.cover) if tag.cover else None
        container.start_encoding()
        if cover is not None:
            container.mux_one(cover)
        for packet in _timed(frames, form, sound):
            container.mux_one(packet)


def _stream(container: Any, form: Aac | Opus) -> Any:
    """A stream whose header is that of the encoders its packets come from."""
    stream = container.add_stream(form.codec, rate=form.stream_rate, layout="mono")
    model = encoder(form.codec, form.stream_rate, form.bitrate)
    stream.codec_context.bit_rate = model.bit_rate
    stream.codec_context.flags |= av.codec.context.Flags.bitexact
    return stream


def _timed(frames: BinaryIO, form: Aac | Opus, stream: Any) -> Iterator[Any]:
    """The packets with their times; the first begins so long before 0 as players are to skip."""
    length = form.frame_samples * form.stream_rate // form.rate
    at = -form.skip
    base = Fraction(1, form.stream_rate)
    while count := frames.read(COUNT):
        packet = av.Packet(frames.read(int.from_bytes(count)))
        packet.stream, packet.time_base = stream, base
        packet.pts = packet.dts = at
        packet.duration = length
        at += length
        yield packet


def _texts(tag: Tag) -> dict[str, str]:
    texts = {
        "title": tag.title,
        "artist": tag.artist,
        "album": tag.album,
        "date": tag.date,
        "genre": tag.genre,
        "comment": tag.comment,
        "language": tag.language,
        "track": "/".join(map(str, tag.track)) if tag.track else "",
    }
    return {name: _clean(text) for name, text in texts.items() if text}


def _clean(text: str) -> str:
    """What C can hold, and UTF-8 can say."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode()


def _chapters(tag: Tag) -> list[Any]:
    return [
        {
            "id": number,
            "start": mark.start,
            "end": mark.end,
            "time_base": Fraction(1, 1000),
            "metadata": {"title": _clean(" ".join(mark.title.split()))},
        }
        for number, mark in enumerate(tag.marks)
    ]


def _chapter_comments(tag: Tag) -> dict[str, str]:
    """The chapters as comments, written here and not by FFmpeg.

    Its muxer rounds the seconds and then puts the milliseconds behind them, so that every
    chapter in the second half of a second comes a second late (libavformat/vorbiscomment.c,
    measured with FFmpeg 8).
    """
    comments = {}
    for number, mark in enumerate(fitting(tag.marks)):
        minutes, milliseconds = divmod(mark.start, 60_000)
        name = f"CHAPTER{number:03}"
        seconds = f"{milliseconds // 1000:02}.{milliseconds % 1000:03}"
        comments[name] = f"{minutes // 60:02}:{minutes % 60:02}:{seconds}"
        comments[f"{name}NAME"] = _clean(" ".join(mark.title.split()))
        if mark.url:
            comments[f"{name}URL"] = quote(mark.url, safe="!#$%&'()*+,/:;=?@[]~")
    return comments


def fitting(marks: Sequence[ChapterMark]) -> list[ChapterMark]:
    """The chapters of which comments can tell: three digits count them, so the deepest are left out first."""
    kept = list(marks)
    for level in (3, 2):
        if len(kept) > MOST_COMMENTED:
            kept = [mark for mark in kept if mark.level < level] or kept
    return kept[:MOST_COMMENTED]


def _cover(container: Any, form: Aac | Opus, jpeg: bytes) -> Any:
    """The cover as a packet to be written; in an Ogg it is a comment, and there is nothing to write."""
    if isinstance(form, Opus):
        container.metadata["METADATA_BLOCK_PICTURE"] = _picture_block(jpeg)
        return None
    with av.open(BytesIO(jpeg), "r", format="jpeg_pipe") as picture:
        stream = container.add_stream_from_template(picture.streams.video[0])
        stream.disposition = av.stream.Disposition.attached_pic
        packet = next(picture.demux(picture.streams.video[0]))
    packet.stream = stream
    return packet


def _picture_block(jpeg: bytes) -> str:
    """The picture as a block of FLAC (RFC 9639, section 8.8), in Base64, as Vorbis comments have it."""
    kind = b"image/jpeg"
    # Sizes and colours may be 0 where they are not told.
    block = struct.pack(">II", FRONT_COVER, len(kind)) + kind + bytes(20)
    return base64.b64encode(block + struct.pack(">I", len(jpeg)) + jpeg).decode()
