"""MPEG audio layer III: encoding, counting frames, and the Info frame.

Sound is encoded in pieces, each by an encoder of its own, and joined frame to frame.
That is exact as long as every piece begins and ends in silence: a fresh encoder refers
to no earlier frame (its bit reservoir is empty), and what a decoder carries over a joint
is then nothing. A piece's length in the joined stream is its number of frames times
`Format.frame_samples`, whatever was put in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

# Samples by which LAME's own look-ahead delays its output, and the 529 that every
# decoder adds; a player that reads the Info frame takes both off the front.
ENCODER_DELAY = 576
DECODER_DELAY = 529
DELAY = ENCODER_DELAY + DECODER_DELAY

# LAME multiplies its input by this at every constant bit rate a voice is given (measured:
# 0.95 from 8 to 160 kbit/s at all rates, 1.0 only from 256 kbit/s), -0.45 dB.
SCALE = 0.95

# Decibels that are left for what a lossy coder adds to a peak, from a bit rate on and below it: 0.9 are added
# to espeak-ng and 1.8 to hibari at 64 kbit/s, 1.6 at 48, 1.8 at 32 and 2.7 to hurried voices, which 3 would
# make 1.5 LU too quiet (benchmarks/margins.py).
MARGIN, MORE_MARGIN, ENOUGH = 1.8, 2.0, 64

# kbit/s by the four bits of the header (ISO/IEC 11172-3 §2.4.2.3 and 13818-3 §2.4.2.3).
BITRATES = {
    3: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000)}

# Bytes of the Info tag with the extension, and the most that its four-byte size can count.
INFO_TAG, MOST_BYTES = 156, 2**32 - 1


class MP3Error(ValueError):
    """Bytes that are not a run of whole MPEG layer III frames, or a format that cannot be."""


@dataclass(frozen=True, slots=True)
class Format:
    """What stays the same over a whole file: constant bit rate, one channel."""

    rate: int
    bitrate: int

    MPEG1: ClassVar[int] = 3
    MPEG2: ClassVar[int] = 2
    delay: ClassVar[int] = DELAY
    scale: ClassVar[float] = SCALE

    def __post_init__(self) -> None:
        """Refuse what no header can say."""
        if self.rate not in (*RATES[3], *RATES[2]):
            raise MP3Error(f"an MP3 cannot have {self.rate} samples a second")
        if self.bitrate not in BITRATES[self.version]:
            choices = ", ".join(map(str, BITRATES[self.version]))
            raise MP3Error(f"{self.bitrate} kbit/s cannot be had at {self.rate} Hz (there is: {choices})")

    @property
    def version(self) -> int:
        """The version bits of the header: 3 for MPEG-1, 2 for the lower rates of MPEG-2."""
        return self.MPEG1 if self.rate in RATES[self.MPEG1] else self.MPEG2

    @property
    def margin(self) -> float:
        """Decibels by which the coder may raise a peak."""
        return MARGIN if self.bitrate >= ENOUGH else MORE_MARGIN

    @property
    def frame_samples(self) -> int:
        """Samples in one frame."""
        return 1152 if self.version == self.MPEG1 else 576

    def encode(self, pcm: bytes) -> bytes:
        """Whole frames, without an Info frame, of mono 16-bit little-endian PCM."""
        return encode(pcm, self)

    def count(self, frames: bytes) -> int:
        """How many frames these are, each as long as its header says. Raises `MP3Error`."""
        unit = (144 if self.version == self.MPEG1 else 72) * self.bitrate * 1000 // self.rate
        count = at = 0
        while at < len(frames):
            if frames[at] != 0xFF:
                raise MP3Error(f"no MPEG layer III frame at byte {at}")
            at += unit + (frames[at + 2] >> 1 & 1)
            count += 1
        return count


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame as its header tells it; `size` counts bytes, header included."""

    version: int
    bitrate: int
    rate: int
    size: int
    channels: int


# Bytes that are coded at a time.
LOT = 1 << 20


def encode(pcm: bytes, form: Format) -> bytes:
    """Whole frames, without an Info frame, of mono 16-bit little-endian PCM."""
    import lameenc  # noqa: PLC0415 - only a worker that encodes needs it

    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(form.rate)
    encoder.set_out_sample_rate(form.rate)
    encoder.set_bit_rate(form.bitrate)
    # LAME's scale runs from 0 to 9. Of speech at 64 kbit/s, 7 takes half the time of 5 and shapes no noise:
    # it comes as near to what was put in as 5 does between 56 and 64 kbit/s. 2 takes twice the time and
    # comes no nearer (four voices of espeak-ng, by Zimtohrli and PEAQ).
    encoder.set_quality(5)
    # All at once it would take four times the memory of the samples for as long.
    coded = [bytes(encoder.encode(pcm[at : at + LOT])) for at in range(0, max(1, len(pcm)), LOT)]
    return b"".join((*coded, bytes(encoder.flush())))


def frames(data: bytes, at: int = 0) -> Iterator[Frame]:
    """Every frame from byte `at` to the end.

    Raises:
        MP3Error: a byte that belongs to no frame, or a frame cut short.
    """
    while at < len(data):
        frame = frame_at(data, at)
        if at + frame.size > len(data):
            raise MP3Error(f"the frame at byte {at} is cut short")
        yield frame
        at += frame.size


def frame_at(data: bytes, at: int) -> Frame:
    """The frame whose header stands at byte `at`. Raises `MP3Error` when none does."""
    header = int.from_bytes(data[at : at + 4])
    version, layer = header >> 19 & 3, header >> 17 & 3
    bits, rate_bits, padding = header >> 12 & 15, header >> 10 & 3, header >> 9 & 1
    if header >> 21 != 0x7FF or layer != 1 or version not in RATES or not 0 < bits < 15 or rate_bits == 3:
        raise MP3Error(f"no MPEG layer III frame at byte {at}")
    bitrate, rate = BITRATES[version][bits - 1], RATES[version][rate_bits]
    size = (144 if version == 3 else 72) * bitrate * 1000 // rate + padding
    return Frame(version, bitrate, rate, size, 1 if header >> 6 & 3 == 3 else 2)


def info_frame(form: Format, count: int, size: int) -> bytes:
    """The frame that tells a player how long the file is and what to trim.

    `count` and `size` are the frames and bytes that follow. The layout is that of the
    Xing header with LAME's extension (LAME 3.100, VbrTag.c; "Info" marks constant bit
    rate). Its seek table is a straight line, which is the truth at a constant rate.

    Raises:
        MP3Error: more bytes than the header can count.
    """
    frame = bytearray(_info_size(form))
    if size + len(frame) > MOST_BYTES:
        raise MP3Error(f"{size * 8 // form.bitrate // 3_600_000} hours of sound are too much for one MP3")
    frame[:4] = _info_header(form)
    at = 4 + (17 if form.version == Format.MPEG1 else 9)  # after the side information of one channel
    tag = bytearray(b"Info" + (15).to_bytes(4) + count.to_bytes(4) + (size + len(frame)).to_bytes(4))
    tag += bytes(percent * 256 // 100 for percent in range(100)) + (100 - 5 * 10).to_bytes(4)
    tag += b"LAME3.100" + bytes([0x01, 0]) + bytes(8) + bytes([0, min(form.bitrate, 255)])
    # The padding field counts the decoder's delay; nothing of ours is to be cut at the end.
    tag += (ENCODER_DELAY << 12 | DECODER_DELAY).to_bytes(3)
    tag += bytes(4) + size.to_bytes(4) + bytes(2)
    frame[at : at + len(tag)] = tag
    checked = at + len(tag)
    frame[checked : checked + 2] = _crc16(bytes(frame[:checked])).to_bytes(2)
    return bytes(frame)


def _info_bitrate(form: Format) -> int:
    """The file's own bit rate, or the lowest whose frame has room for the tag."""
    need = 4 + (17 if form.version == Format.MPEG1 else 9) + INFO_TAG
    unit = 144 if form.version == Format.MPEG1 else 72
    return next(
        bitrate
        for bitrate in BITRATES[form.version]
        if bitrate >= form.bitrate and unit * bitrate * 1000 // form.rate >= need
    )


def _info_size(form: Format) -> int:
    return (144 if form.version == Format.MPEG1 else 72) * _info_bitrate(form) * 1000 // form.rate


def _info_header(form: Format) -> bytes:
    bits = BITRATES[form.version].index(_info_bitrate(form)) + 1
    rate = RATES[form.version].index(form.rate)
    # Sync, version, layer III, no CRC; bit rate, rate, no padding; one channel, original.
    return (
        0x7FF << 21 | form.version << 19 | 1 << 17 | 1 << 16 | bits << 12 | rate << 10 | 3 << 6 | 1 << 2
    ).to_bytes(4)


def _crc16(data: bytes) -> int:
    """CRC-16/ARC, which LAME closes its tag with."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
