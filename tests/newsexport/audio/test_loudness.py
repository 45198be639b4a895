"""Loudness and peaks against the standard's own test signals and a reader we did not write."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsexport.audio.loudness import STEP, Peaks, level, limiting, loudness
from newsexport.audio.pcm import Samples


def tone(frequency: float, decibels: float, seconds: float, rate: int) -> Samples:
    at = np.arange(round(seconds * rate)) / rate
    return np.asarray(10 ** (decibels / 20) * np.sin(2 * np.pi * frequency * at), np.float32)


@pytest.mark.parametrize("rate", [16000, 22050, 24000, 44100, 48000])
def test_a_full_scale_tone_of_997_hz_measures_minus_3_01_lufs(rate: int) -> None:
    # BS.1770-5, annex 1: the constant -0.691 is chosen to make this so.
    assert loudness(tone(997, 0, 5, rate), rate) == pytest.approx(-3.01, abs=0.05)


def test_quiet_passages_are_gated_out() -> None:
    # EBU Tech 3341, case 3: -36, -23 and -36 LUFS measure as -23.
    rate = 48000
    parts = [tone(1000, level, seconds, rate) for level, seconds in ((-33, 10), (-20, 60), (-33, 10))]
    assert loudness(np.concatenate(parts), rate) == pytest.approx(-23.0, abs=0.1)


def test_silence_has_no_loudness_and_is_left_alone() -> None:
    nothing = np.zeros(22050, np.float32)
    assert loudness(nothing, 22050) == -math.inf
    assert not level(nothing, 22050, -16, -1).any()


def test_the_peak_between_two_samples_is_found() -> None:
    # A quarter of the rate, an eighth of a turn late: every sample is 0.707, the wave reaches 1.
    wave = np.asarray(np.sin(2 * np.pi * np.arange(64 * 20) / 4 + np.pi / 4), np.float32)
    assert np.abs(wave).max() < 0.71
    assert Peaks.of(wave).above(0.0)[5:-5].min() == pytest.approx(1.0, abs=0.01)


@pytest.mark.slow
@given(
    seed=st.integers(0, 2**32 - 1),
    seconds=st.floats(0.05, 3),
    target=st.sampled_from([-24.0, -19.0, -16.0, -14.0]),
)
@settings(max_examples=40, deadline=None)
def test_nothing_that_was_levelled_exceeds_the_ceiling(seed: int, seconds: float, target: float) -> None:
    noise = np.random.default_rng(seed).standard_normal(round(22050 * seconds)).astype(np.float32) * 0.2
    noise[:: max(1, len(noise) // 7)] *= 4
    peaks = Peaks.of(level(noise, 22050, target, -1.0)).above(0.0)
    assert 20 * math.log10(peaks.max()) <= -1.0 + 0.05


@given(st.lists(st.floats(0, 4, width=32), min_size=1, max_size=200))
def test_the_limiter_never_leaves_a_block_above_the_ceiling(peaks: list[float]) -> None:
    edges = limiting(np.array(peaks, np.float32), 0.9)
    assert len(edges) == len(peaks) + 1
    highest = np.maximum(edges[:-1], edges[1:]) * np.array(peaks, np.float32)
    assert highest.max() <= 0.9 + 1e-6


@pytest.mark.slow
@given(
    seed=st.integers(0, 2**32 - 1),
    length=st.integers(1, 20_000),
    loud=st.floats(0.01, 2),
    factors=st.lists(st.floats(0.1, 8), min_size=1, max_size=4),
)
@settings(max_examples=60, deadline=None)
def test_where_no_peak_was_looked_for_the_limiter_has_nothing_to_do(
    seed: int, length: int, loud: float, factors: list[float]
) -> None:
    rng = np.random.default_rng(seed)
    envelope = np.repeat(rng.uniform(0, 1, length // 500 + 1) ** 3, 500)[:length]
    sound = np.asarray(rng.standard_normal(length) * envelope * loud, np.float32)
    peaks, ceiling = Peaks.of(sound), 0.77
    for factor in map(np.float32, factors):  # in any order: what was found is kept
        everywhere = limiting(Peaks.of(sound).above(0.0) * factor, ceiling)
        assert np.array_equal(limiting(peaks.scaled(factor, ceiling), ceiling), everywhere)


def test_what_is_quiet_needs_no_interpolation() -> None:
    swelling = tone(180, 0, 5, 22050) * np.repeat(np.linspace(0, 1, 50), 22050 // 10).astype(np.float32)
    peaks = Peaks.of(swelling)
    assert 0.45 < np.mean(peaks.above(0.9) == 0) < 0.5


def test_speech_like_bursts_come_out_at_the_target() -> None:
    rng = np.random.default_rng(7)
    envelope = np.repeat(rng.uniform(0.05, 1, 400), 22050 // 10).astype(np.float32)
    speech = rng.standard_normal(len(envelope)).astype(np.float32) * envelope * 0.1
    assert loudness(level(speech, 22050, -16, -1), 22050) == pytest.approx(-16, abs=0.3)
    assert STEP < 22050 // 100
