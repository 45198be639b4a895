"""Any sound that a voice may come in to samples: WAV, FLAC, MP3, Opus, AAC, or bare samples.

Decoders leave out what is cut short and say nothing of it; so the length that a header
promises is held against what came.
"""

from __future__ import annotations

import re
import struct
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import av.error

from newsexport.audio.mp3 import MP3Error, frame_at

# MP3 to samples, for what an online voice sends.

# What stands before and between the bytes of one ID3v2 tag (ID3v2.4 structure, section 3.1).
ID3, ID3_HEADER = b"ID3", 10


class DecodeError(ValueError):
    """Bytes that are not a whole MP3; the message is the reason."""


def decode(mp3: bytes, rate: int) -> bytes:
    """Mono 16-bit little-endian PCM at `rate` samples a second.

    The silence an encoder puts in front is cut off where a LAME tag tells its length,
    and kept where none does.

    Raises:
        DecodeError: the bytes are empty, cut short, or hold no sound.
    """
    if not mp3:
        raise DecodeError("it is empty")
    import av.error  # noqa: PLC0415 - whoever only speaks of `DecodeError` needs no decoder

    _refuse_cut(mp3)
    try:
        pcm = _decoded_mp3(mp3, rate)
    except av.error.FFmpegError as error:
        raise DecodeError(f"it cannot be decoded ({error.strerror})") from error
    if not pcm:
        raise DecodeError("it holds no sound")
    return pcm


def _decoded_mp3(mp3: bytes, rate: int) -> bytes:
    import av  # noqa: PLC0415 - only what is decoded needs it

    resampler = av.AudioResampler(format="s16", layout="mono", rate=rate)
    with av.open(BytesIO(mp3), "r", format="mp3", metadata_errors="replace") as container:
        heard = [
            resampled.to_ndarray().astype("<i2").tobytes()
            for frame in (*container.decode(audio=0), None)  # None empties the resampler
            for resampled in resampler.resample(frame)
        ]
    return b"".join(heard)


def _refuse_cut(mp3: bytes) -> None:
    """Raise `DecodeError` when the last frame is not whole, which decoders leave out, or some are missing.

    Something else between or after the frames (a tag, padding) is the decoder's to skip.
    """
    at = first = _id3_size(mp3)
    count = 0
    while at + 4 <= len(mp3):
        try:
            at += frame_at(mp3, at).size
        except MP3Error:
            return
        count += 1
    if at != len(mp3):
        raise DecodeError("its last frame is cut short")
    if count < (told := _frames_told(mp3, first)):
        raise DecodeError(f"it is cut short ({count} of {told} frames)")


def _frames_told(mp3: bytes, first: int) -> int:
    """How many frames the first says there are, itself not among them, or 0 (Xing's header, LAME's Info)."""
    header = _XING.search(mp3, first, first + 60)
    return int.from_bytes(header[1]) if header else 0


def _id3_size(mp3: bytes) -> int:
    """Bytes of the ID3v2 tag in front, none if there is none."""
    if not mp3.startswith(ID3) or len(mp3) < ID3_HEADER:
        return 0
    size = 0
    for septet in mp3[6:ID3_HEADER]:
        size = size << 7 | septet & 0x7F
    return ID3_HEADER + size


# What programs that do not know the length beforehand write for it: nothing, or about the
# most that fits (espeak-ng 0x7FFFF000, FFmpeg 0xFFFFFFFF).
_UNKNOWN_FROM = 0x7FFF0000
_WAV_HEADER = 44
_PAGE, _LAST_PAGE = b"OggS", 4
# The header in a first frame that counts all the others, where it has the flag for that.
_XING = re.compile(rb"(?:Xing|Info)\0\0\0[\x01\x03\x05\x07\x09\x0b\x0d\x0f](.{4})", re.DOTALL)
# Forms of files whose beginning tells how long they are, and what encoders round that up by, in seconds.
_HEADED = {"flac", "mp4", "m4a", "matroska", "webm"}
_ROUNDING = 0.25


def heard(data: bytes, rate: int) -> bytes:
    """Mono 16-bit little-endian PCM at `rate` samples a second, of whatever sound file this is.

    Raises:
        DecodeError: the bytes are empty, no sound file, cut short, or without sound.
    """
    if not data:
        raise DecodeError("it is empty")
    if data[:3] == b"ID3" or (data[0] == 0xFF and data[1:2] and data[1] & 0xE6 == 0xE2):
        return decode(data, rate)
    if data[:4] in {b"RIFF", b"RF64"}:
        return _wav(data, rate)
    if data[:4] == _PAGE:
        _refuse_cut_ogg(data)
    return _decoded(data, rate)


def seconds_of(path: Path) -> float:
    """How long a finished sound lasts by its own account, exact for what newsexport writes.

    An MP3 tells by its Info frame, MP4 and Ogg by their last sample.

    Raises:
        DecodeError: the file is no sound, or does not tell.
    """
    try:
        with av.open(str(path), metadata_errors="replace") as container:
            duration = container.duration if container.streams.audio else None
    except (OSError, ValueError) as error:  # all of PyAV's own errors are one or the other
        raise DecodeError(f"it is no sound ({error})") from error
    if not duration or duration < 0:
        raise DecodeError("it does not tell how long it lasts")
    return round(duration / av.time_base, 6)


def resampled(pcm: bytes, come: int, rate: int) -> bytes:
    """Bare mono samples at one rate as those of another."""
    return pcm if come == rate else _decoded(_headed(pcm[: len(pcm) - len(pcm) % 2], come), rate)


def _wav(data: bytes, rate: int) -> bytes:
    """A WAV whose header may not know its length, or may promise more than there is."""
    at, promised = _samples_of(data)
    come = len(data) - at
    whole = _length_of(data)
    if whole > len(data):
        raise DecodeError(f"it is cut short ({len(data)} of {whole} bytes)")
    known = 0 < promised < _UNKNOWN_FROM
    if known and promised > come:
        raise DecodeError(f"it is cut short ({come} of {promised} bytes)")
    if not come:
        raise DecodeError("it holds no sound")
    size = promised if known else come
    kind, channels, its_rate, _, _, bits = struct.unpack_from("<HHIIHH", data, data.index(b"fmt ") + 8)
    if (kind, channels, bits, its_rate) == (1, 1, 16, rate):
        return data[at : at + size - size % 2]
    # FFmpeg believes the lengths in a header, so it gets one that is true.
    true = data[: at - 4] + struct.pack("<I", size) + data[at : at + size]
    return _decoded(b"RIFF" + struct.pack("<I", len(true) - 8) + true[8:], rate)


def _length_of(data: bytes) -> int:
    """How many bytes a WAV says it has as a whole, 0 if it does not know (EBU Tech 3306 for RF64)."""
    if data[:4] == b"RF64" and data[12:16] == b"ds64":
        return 8 + int.from_bytes(data[20:28], "little")
    size = int.from_bytes(data[4:8], "little")
    return 8 + size if size < _UNKNOWN_FROM else 0


def _refuse_cut_ogg(data: bytes) -> None:
    """Raise `DecodeError` when the last page of an Ogg is not whole, or not its last (RFC 3533)."""
    at = flags = 0
    while data[at : at + 4] == _PAGE and at + 27 <= len(data):
        flags, segments = data[at + 5], data[at + 26]
        at += 27 + segments + sum(data[at + 27 : at + 27 + segments])
    if at > len(data) or not flags & _LAST_PAGE:
        raise DecodeError("it is cut short")


def _samples_of(data: bytes) -> tuple[int, int]:
    """Where the samples of a WAV begin, and how many bytes its header says there are."""
    at = 12
    while at + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        if name == b"data":
            if b"fmt " not in data[12:at] or at < data.index(b"fmt ") + 24:
                break
            return at + 8, size
        at += 8 + size + size % 2
    raise DecodeError("its header cannot be read")


def _headed(pcm: bytes, rate: int) -> bytes:
    form = struct.pack("<4sIHHIIHH4sI", b"fmt ", 16, 1, 1, rate, 2 * rate, 2, 16, b"data", len(pcm))
    return b"RIFF" + struct.pack("<I", _WAV_HEADER - 8 + len(pcm)) + b"WAVE" + form + pcm


def _decoded(data: bytes, rate: int) -> bytes:
    resampler = av.AudioResampler(format="s16", layout="mono", rate=rate)
    try:
        with av.open(BytesIO(data), "r", metadata_errors="replace") as container:
            if not container.streams.audio:
                raise DecodeError("it holds no sound")
            promised = _promised(container)
            parts = [
                part.to_ndarray().astype("<i2").tobytes()
                for frame in (*container.decode(audio=0), None)  # None empties the resampler
                for part in resampler.resample(frame)
            ]
    except (av.error.FFmpegError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DecodeError(f"it cannot be decoded ({reason})") from error
    pcm = b"".join(parts)
    if not pcm:
        raise DecodeError("it holds no sound")
    if len(pcm) / 2 / rate < promised - _ROUNDING:
        raise DecodeError(f"it is cut short ({len(pcm) / 2 / rate:.1f} of {promised:.1f} s)")
    return pcm


def _promised(container: Any) -> float:
    """Seconds that the header of a file promises, 0 where it tells nothing or FFmpeg only estimates."""
    told = _HEADED.intersection(container.format.name.split(",")) and container.duration
    return max(0.0, float(told) / av.time_base) if told else 0.0
