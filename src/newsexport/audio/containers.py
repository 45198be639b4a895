"""Packets to finished files: M4B for AAC, Ogg for Opus, with chapters, tags and a cover.

FFmpeg's muxers write them, through PyAV. An M4B gets its chapters twice, as QuickTime has
them (a text track) and as Nero had; players know one or the other. An Opus file gets the
comments ``CHAPTER000`` that the makers of Ogg tools agreed on.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterator, Sequence
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, assert_never
from urllib.parse import quote

import av
import av.stream

from newsexport.audio.boxes import index_first
from newsexport.audio.coding import COUNT, Aac, Opus, encoder
from newsexport.audio.id3 import FRONT_COVER, Mark, Tag

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


def fitting(marks: Sequence[Mark]) -> list[Mark]:
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
