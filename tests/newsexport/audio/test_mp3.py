"""Frames joined from independent encoders, decoded by FFmpeg."""

import io

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from newsexport.audio import mp3, pcm


def burst(form: mp3.Format, seconds: float, silence: float = 0.1) -> bytes:
    """A tone with silence on both sides."""
    at = np.arange(round(seconds * form.rate)) / form.rate
    quiet = pcm.silence(round(silence * form.rate))
    sound = np.asarray(0.4 * np.sin(2 * np.pi * 440 * at), np.float32)
    return pcm.to_bytes(np.concatenate([quiet, sound, quiet, quiet]))


def decoded(data: bytes) -> NDArray[np.float32]:
    with av.open(io.BytesIO(data), "r") as container:
        return np.concatenate([frame.to_ndarray().ravel() for frame in container.decode(audio=0)])


def whole(form: mp3.Format, *pieces: bytes) -> tuple[bytes, list[int]]:
    counts = [sum(1 for _ in mp3.frames(piece)) for piece in pieces]
    joined = b"".join(pieces)
    return mp3.info_frame(form, sum(counts), len(joined)) + joined, counts


FORMATS = [mp3.Format(rate, bitrate) for rate in (16000, 22050, 24000, 44100) for bitrate in (32, 64, 128)]


@pytest.mark.parametrize("form", FORMATS, ids=str)
def test_joined_pieces_decode_to_exactly_their_frames(form: mp3.Format) -> None:
    file, counts = whole(form, *(mp3.encode(burst(form, seconds), form) for seconds in (0.5, 0.333, 1.01)))
    assert len(decoded(file)) == sum(counts) * form.frame_samples - mp3.DELAY


@pytest.mark.parametrize("form", FORMATS, ids=str)
def test_sound_is_heard_where_its_piece_begins(form: mp3.Format) -> None:
    pieces = [mp3.encode(burst(form, 0.4), form) for _ in range(4)]
    file, counts = whole(form, *pieces)
    sound = np.abs(decoded(file)) > 0.05
    starts = np.cumsum([0, *counts[:-1]]) * form.frame_samples + round(0.1 * form.rate)
    onsets = [start + int(np.argmax(sound[start - 200 :])) - 200 for start in starts]
    assert onsets == pytest.approx(list(starts), abs=20)


def test_joints_are_silent() -> None:
    form = mp3.Format(22050, 64)
    file, counts = whole(form, *(mp3.encode(burst(form, 0.5), form) for _ in range(3)))
    samples = decoded(file)
    for joint in np.cumsum(counts)[:-1] * form.frame_samples:
        assert np.abs(samples[joint - 600 : joint + 600]).max() < 0.002


@pytest.mark.parametrize("form", FORMATS, ids=str)
def test_ffmpeg_reads_the_length_from_the_info_frame(form: mp3.Format) -> None:
    file, counts = whole(form, mp3.encode(burst(form, 2), form))
    with av.open(io.BytesIO(file), "r") as container:
        assert container.duration is not None
        expected = (counts[0] * form.frame_samples - mp3.DELAY) / form.rate
        assert container.duration / 1e6 == pytest.approx(expected, abs=0.002)


def test_lame_takes_off_what_scale_says() -> None:
    form = mp3.Format(22050, 64)
    loud = decoded(mp3.encode(burst(form, 2), form))[22050 : 2 * 22050]
    assert np.sqrt(np.mean(loud**2)) == pytest.approx(0.4 * mp3.SCALE / np.sqrt(2), rel=0.01)


def test_a_frame_cut_short_is_an_error() -> None:
    form = mp3.Format(22050, 64)
    data = mp3.encode(burst(form, 0.2), form)
    with pytest.raises(mp3.MP3Error, match="cut short"):
        list(mp3.frames(data[:-1]))


def test_a_byte_between_frames_is_an_error() -> None:
    form = mp3.Format(22050, 64)
    data = mp3.encode(burst(form, 0.2), form)
    with pytest.raises(mp3.MP3Error, match="no MPEG layer III frame at byte 208"):
        list(mp3.frames(data[:208] + b"\0" + data[208:]))


@pytest.mark.parametrize(("rate", "bitrate"), [(22050, 63), (22050, 320), (44100, 8), (12345, 64)])
def test_a_format_that_no_header_can_say_is_refused(rate: int, bitrate: int) -> None:
    with pytest.raises(mp3.MP3Error):
        mp3.Format(rate, bitrate)


def test_more_sound_than_a_header_can_count_is_refused() -> None:
    with pytest.raises(mp3.MP3Error, match="149 hours"):
        mp3.info_frame(mp3.Format(22050, 64), 1, 2**32)
