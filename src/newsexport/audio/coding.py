"""How speech is coded: MP3, AAC and Opus in one shape.

Sound is encoded in pieces, each by an encoder of its own, and joined frame to frame. That
is exact for each of them as long as pieces begin and end in silence: a fresh encoder
refers to nothing before it, and what a decoder carries over a joint is then silence. A
piece's length in the joined stream is its number of frames times `frame_samples`,
whatever was put in; and a player that knows the encoder's `delay` skips it once, at the
beginning. Joined pieces of all three were decoded and found to lie where they should to
the sample.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any, ClassVar, TypeAlias, assert_never

from newsexport.audio import mp3

# The fast coder of AAC takes a quarter of the time and needs a few bits more; libopus
# has a mode for speech, which takes away lows: it made speech 0.3 to 0.8 LU quieter and raised peaks
# by up to 2.7 dB, where the mode for any sound does less than 0.1 and 1.5. Half its effort is not
# told from all of it. Left to vary its bit rate libopus gives speech some 55 kbit/s for 32; constrained it
# keeps to what was asked, but peaks came to as much as 3.8 dB over where they were held.
OPTIONS = {"aac": {"aac_coder": "fast"}, "libopus": {"application": "audio", "compression_level": "5"}}

# Bytes before each packet that count it.
COUNT = 2

OPUS_RATE = 48000
FRAMES_A_SECOND = 50

# ISO/IEC 14496-3, table 1.18.
AAC_RATES = (7350, 8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000)


class CodingError(ValueError):
    """A rate or a bit rate that a format cannot have."""


class SoundFormat(StrEnum):
    """What kind of file sound becomes."""

    MP3 = "mp3"
    M4B = "m4b"
    OPUS = "opus"


@dataclass(frozen=True, slots=True)
class Aac:
    """AAC-LC as MPEG-4 files hold it; frames are packets, each behind its length."""

    rate: int
    bitrate: int

    codec: ClassVar[str] = "aac"
    # Samples of FFmpeg's encoder before the first that was put in.
    delay: ClassVar[int] = 1024
    frame_samples: ClassVar[int] = 1024
    scale: ClassVar[float] = 1.0
    # Decibels: 0.4 were measured at 64 kbit/s, 0.7 at 48, 1.6 at 24 (benchmarks/margins.py).
    margin: ClassVar[float] = 1.5

    def __post_init__(self) -> None:
        """Refuse what no speech is coded in. Raises `CodingError`."""
        _check(self.bitrate, 16, 256)
        if self.rate not in AAC_RATES:
            raise CodingError(f"AAC has no {self.rate} Hz (there is: {', '.join(map(str, AAC_RATES))})")

    @property
    def stream_rate(self) -> int:
        """Samples a second in the file."""
        return self.rate

    @property
    def skip(self) -> int:
        """Samples of the file that players skip."""
        return self.delay

    def encode(self, pcm: bytes) -> bytes:
        """Packets, each behind its length."""
        return _packets(self.codec, pcm, self.rate, self.rate, self.bitrate)

    def count(self, frames: bytes) -> int:
        """How many packets these are."""
        return sum(1 for _ in packets(frames))


@dataclass(frozen=True, slots=True)
class Opus:
    """Opus as Ogg files hold it: always 48 kHz in the file, frames of 20 ms, each behind its length."""

    rate: int
    bitrate: int

    codec: ClassVar[str] = "libopus"
    scale: ClassVar[float] = 1.0
    # Decibels: 1.3 to 1.6 were measured at 32 kbit/s. To leave 4 made all of it too quiet.
    margin: ClassVar[float] = 2.0
    # Samples of the file that libopus puts in front and players skip.
    skip: ClassVar[int] = 312

    def __post_init__(self) -> None:
        """Refuse what no speech is coded in. Raises `CodingError`."""
        _check(self.bitrate, 8, 256)
        if self.rate % FRAMES_A_SECOND:
            raise CodingError(
                f"Opus has frames of 20 ms, of which {self.rate} Hz is no whole number of samples"
            )

    @property
    def delay(self) -> int:
        """In samples of the voice."""
        return -(-self.skip * self.rate // OPUS_RATE)

    @property
    def frame_samples(self) -> int:
        """Samples of the voice in 20 ms."""
        return self.rate // FRAMES_A_SECOND

    @property
    def stream_rate(self) -> int:
        """Samples a second in the file."""
        return OPUS_RATE

    def encode(self, pcm: bytes) -> bytes:
        """Packets, each behind its length."""
        return _packets(self.codec, pcm, self.rate, OPUS_RATE, self.bitrate)

    def count(self, frames: bytes) -> int:
        """How many packets these are."""
        return sum(1 for _ in packets(frames))


# What stays the same over a whole file of sound of one channel. `rate` is that of the voice, in
# samples a second, in which all lengths are counted; players skip `delay` of them at the beginning.
# An encoder multiplies by `scale`, and may raise a peak by `margin` decibels.
Form: TypeAlias = mp3.Format | Aac | Opus


def form_of(kind: SoundFormat, rate: int, bitrate: int) -> Form:
    """The form of a voice's sound in a format. Raises `CodingError`."""
    match kind:
        case SoundFormat.MP3:
            try:
                return mp3.Format(rate, bitrate)
            except mp3.MP3Error as error:
                raise CodingError(str(error)) from error
        case SoundFormat.M4B:
            return Aac(rate, bitrate)
        case SoundFormat.OPUS:
            return Opus(rate, bitrate)
        case _:
            assert_never(kind)


def packets(frames: bytes) -> Iterator[bytes]:
    """Each packet of what `Aac` and `Opus` encode."""
    at = 0
    while at < len(frames):
        size = int.from_bytes(frames[at : at + COUNT])
        at += COUNT
        yield frames[at : at + size]
        at += size


def _check(bitrate: int, least: int, most: int) -> None:
    if not least <= bitrate <= most:
        raise CodingError(f"{bitrate} kbit/s cannot be had (there is: {least} to {most})")


def encoder(codec: str, rate: int, bitrate: int) -> Any:
    """An encoder of one channel, open and ready."""
    import av  # noqa: PLC0415 - only what encodes in these formats needs it

    context: Any = av.CodecContext.create(codec, "w")
    context.sample_rate = rate
    context.layout = "mono"
    context.format = _sample_format(codec)
    context.bit_rate = bitrate * 1000
    context.time_base = Fraction(1, rate)
    context.options = OPTIONS[codec]
    # Nothing of the time or the build of the encoder in what it makes.
    context.flags |= av.codec.context.Flags.bitexact
    context.open()
    return context


@cache
def _sample_format(codec: str) -> str:
    return "fltp" if codec == Aac.codec else "s16"


def _packets(codec: str, pcm: bytes, come: int, rate: int, bitrate: int) -> bytes:
    import av  # noqa: PLC0415 - only what encodes in these formats needs it
    import numpy as np  # noqa: PLC0415 - the command line imports this file for its names

    context = encoder(codec, rate, bitrate)
    resampler = av.AudioResampler(
        format=context.format.name, layout="mono", rate=rate, frame_size=context.frame_size
    )
    samples = np.frombuffer(pcm, "<i2")[None, :]
    coded = bytearray()
    for at in (*range(0, samples.shape[1], come), None):  # a second at a time, and what is left inside
        sound = None
        if at is not None:
            sound = av.AudioFrame.from_ndarray(samples[:, at : at + come], format="s16", layout="mono")
            sound.sample_rate, sound.pts = come, at
        frames: list[Any] = [*resampler.resample(sound), *(() if sound else (None,))]
        for packet in (packet for frame in frames for packet in context.encode(frame)):
            coded += packet.size.to_bytes(COUNT) + bytes(packet)
    return bytes(coded)
