"""Real MP3s, made by LAME on the spot, decoded."""

import math
import struct
from contextlib import suppress

import lameenc
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.audio.mp3 import Format, frames, info_frame
from newsexport.audio.sound import DecodeError, decode


def tone(seconds: float, rate: int) -> bytes:
    count = round(seconds * rate)
    return struct.pack(
        f"<{count}h", *(round(8000 * math.sin(2 * math.pi * 440 * n / rate)) for n in range(count))
    )


def mp3(pcm: bytes, rate: int, channels: int = 1) -> bytes:
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(channels)
    encoder.set_in_sample_rate(rate)
    encoder.set_bit_rate(64)
    return bytes(encoder.encode(pcm) + encoder.flush())


SECOND = mp3(tone(1, 24000), 24000)


def pitch(pcm: bytes, rate: int) -> float:
    samples = np.frombuffer(pcm, "<i2").astype(np.float64)
    return float(np.argmax(np.abs(np.fft.rfft(samples))) * rate / len(samples))


@pytest.mark.parametrize("rate", [16000, 22050, 24000, 44100])
def test_the_sound_comes_out_at_the_rate_that_is_asked_for(rate: int) -> None:
    pcm = decode(SECOND, rate)
    assert len(pcm) / 2 / rate == pytest.approx(1, abs=0.1)
    assert pitch(pcm, rate) == pytest.approx(440, abs=2)
    assert np.abs(np.frombuffer(pcm, "<i2")).max() == pytest.approx(8000, rel=0.15)


def test_two_channels_become_one() -> None:
    left = np.frombuffer(tone(1, 44100), "<i2")
    pcm = decode(mp3(np.repeat(left, 2).astype("<i2").tobytes(), 44100, 2), 44100)
    assert len(pcm) / 2 / 44100 == pytest.approx(1, abs=0.1)
    assert pitch(pcm, 44100) == pytest.approx(440, abs=2)


def test_the_delay_that_an_info_frame_tells_is_cut_off() -> None:
    form = Format(24000, 64)
    told = info_frame(form, len(list(frames(SECOND))), len(SECOND)) + SECOND
    assert len(decode(SECOND, 24000)) - len(decode(told, 24000)) == 2 * (576 + 529)


def test_tags_around_the_frames_are_passed_over() -> None:
    before = b"ID3\x03\x00\x00" + bytes([0, 0, 1, 0]) + bytes(128)
    assert decode(before + SECOND + b"TAG" + bytes(125), 24000) == decode(SECOND, 24000)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<html>Sorry</html>" * 50, "decoded|no sound"),
        (bytes(5000), "decoded|no sound"),
        (b"ID3", "decoded|no sound|cut short"),
        (b"ID3\x03\x00\x00\x7f\x7f\x7f\x7f" + bytes(64), "cut short"),
        (SECOND[:100], "cut short"),
    ],
)
def test_what_is_no_whole_mp3_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(DecodeError, match=reason):
        decode(data, 24000)


@given(st.integers(1, len(SECOND) - 1))
def test_a_cut_anywhere_but_between_frames_is_noticed(at: int) -> None:
    ends = {0}
    for frame in frames(SECOND):
        ends.add(max(ends) + frame.size)
    if at not in ends:
        with pytest.raises(DecodeError):
            decode(SECOND[:at], 24000)


@given(st.binary(max_size=2000))
def test_any_bytes_decode_to_some_sound_or_are_refused(data: bytes) -> None:
    with suppress(DecodeError):
        assert decode(data, 24000)
