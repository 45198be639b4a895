"""Sounds as voices send them."""

import struct
import wave
from io import BytesIO

import av
import numpy as np
import pytest

from newsexport.audio.sound import DecodeError, heard, resampled

RATE = 22050
TONE = (9000 * np.sin(np.arange(RATE) * 0.1)).astype("<i2")


def wav(samples: bytes, channels: int = 1, width: int = 2, rate: int = RATE) -> bytes:
    file = BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(width)
        out.setframerate(rate)
        out.writeframes(samples)
    return file.getvalue()


def unknown(data: bytes) -> bytes:
    """The same, by a program that went back to the length of the file and not to that of the samples."""
    return data[:40] + b"\xff\xff\xff\xff" + data[44:]


def wide(samples: bytes) -> bytes:
    """An RF64 (EBU Tech 3306), whose lengths are 64 bits wide and stand in a chunk of their own."""
    plain = unknown(wav(samples))
    lengths = struct.pack("<4sIQQQI", b"ds64", 28, len(plain) + 28, len(samples), len(samples) // 2, 0)
    return b"RF64\xff\xff\xff\xffWAVE" + lengths + plain[12:]


def packed(form: str, codec: str) -> bytes:
    """Three seconds as FFmpeg packs them into a file of which it knows the end."""
    samples = np.random.default_rng(7).normal(0, 4000, 3 * 48000).astype("<i2")
    file = BytesIO()
    with av.open(file, "w", format=form) as container:
        stream = container.add_stream(codec, rate=48000, layout="mono")
        assert isinstance(stream, av.AudioStream)
        if codec == "libmp3lame":
            stream.codec_context.bit_rate = 64_000
        context = stream.codec_context
        resampler = av.AudioResampler(context.format, "mono", 48000, context.frame_size or 1024)
        frame = av.AudioFrame.from_ndarray(samples[None, :], format="s16", layout="mono")
        frame.sample_rate = 48000
        for part in (*resampler.resample(frame), *resampler.resample(None), None):
            container.mux(stream.encode(part))
    return file.getvalue()


def at_a_page(ogg: bytes) -> bytes:
    """An Ogg without its last page."""
    return ogg[: ogg.rindex(b"OggS")]


@pytest.mark.parametrize(
    "data",
    [unknown(wav(TONE.tobytes())), wide(TONE.tobytes())],
    ids=["the samples of unknown length", "RF64"],
)
def test_a_whole_wav_is_taken_by_what_it_does_know(data: bytes) -> None:
    assert heard(data, RATE) == TONE.tobytes()


@pytest.mark.parametrize(
    ("form", "codec"),
    [("flac", "flac"), ("ipod", "aac"), ("mp3", "libmp3lame"), ("ogg", "libopus"), ("adts", "aac")],
)
def test_a_whole_file_of_any_form_is_taken(form: str, codec: str) -> None:
    assert len(heard(packed(form, codec), 48000)) / 2 / 48000 == pytest.approx(3, abs=0.1)


def test_a_plain_wav_is_its_samples() -> None:
    assert heard(wav(TONE.tobytes()), RATE) == TONE.tobytes()


def test_what_stands_after_the_samples_is_no_sound() -> None:
    listed = wav(TONE.tobytes()) + b"LIST\x04\x00\x00\x00INFO"
    assert heard(listed, RATE) == TONE.tobytes()


def test_a_chunk_before_the_samples_is_passed_over() -> None:
    plain = wav(TONE.tobytes())
    noted = plain[:36] + b"note\x03\x00\x00\x00abc\x00" + plain[36:]
    assert heard(noted, RATE) == TONE.tobytes()


@pytest.mark.parametrize("promised", [0, 0x7FFFF000, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF - 36])
def test_a_length_that_was_not_known_is_that_of_what_came(promised: int) -> None:
    plain = wav(TONE.tobytes())
    assert heard(plain[:40] + struct.pack("<I", promised) + plain[44:], RATE) == TONE.tobytes()
    assert heard(plain[:40] + struct.pack("<I", promised) + plain[44:] + b"\x01", RATE) == TONE.tobytes()


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_every_width_and_two_channels_are_heard_alike(channels: int, width: int) -> None:
    scaled = TONE.astype("<i4") << 16
    raw = scaled.view("u1").reshape(-1, 4)[:, 4 - width :].copy()
    if width == 1:
        raw ^= 0x80  # bytes are unsigned in WAV
    samples = np.repeat(raw, channels, axis=0).tobytes()
    sound = np.frombuffer(heard(wav(samples, channels, width), RATE), "<i2")
    assert len(sound) == len(TONE)
    assert np.abs(sound.astype(int) - TONE).max() < (260 if width == 1 else 4)


def test_another_rate_lasts_as_long() -> None:
    assert len(heard(wav(TONE.tobytes(), rate=44100), RATE)) == pytest.approx(len(TONE.tobytes()) / 2, abs=64)
    assert len(resampled(TONE.tobytes(), RATE, 2 * RATE)) == pytest.approx(2 * len(TONE.tobytes()), abs=64)
    assert resampled(b"\1\2\3", RATE, RATE) == b"\1\2\3"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (wav(TONE.tobytes())[:-10], "it is cut short"),
        (wav(TONE.tobytes())[:30], "its header cannot be read"),
        (b"RIFF\x04\x00\x00\x00WAVE", "its header cannot be read"),
        (b"RIFF\x24\x00\x00\x00WAVEdata\x02\x00\x00\x00ab", "its header cannot be read"),
        (wav(b""), "it holds no sound"),
        (unknown(wav(TONE.tobytes()))[:-10], "it is cut short"),
        (unknown(wav(TONE.tobytes()))[:20_000], "it is cut short"),
        (wide(TONE.tobytes())[:-10], "it is cut short"),
        (packed("flac", "flac")[:9_000], "cut short|cannot be decoded"),
        (packed("ipod", "aac")[:-4_000], "cut short|cannot be decoded"),
        (packed("mp3", "libmp3lame")[: -6 * 313], "cut short"),
        (packed("mp3", "libmp3lame")[: -20 * 192], "cut short"),  # between two frames
        (packed("ogg", "libopus")[:-9], "cut short"),
        (at_a_page(packed("ogg", "libopus")), "cut short"),
        (packed("adts", "aac")[:-20], "cut short|cannot be decoded"),
        (b"OggS" + bytes(60), "cut short"),
        (b"a page, not a sound", "it cannot be decoded"),
    ],
)
def test_what_is_no_whole_sound_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(DecodeError, match=reason):
        heard(data, RATE)
