"""Loudness and true peak after ITU-R BS.1770-5, for mono speech.

`level` brings samples to a loudness and holds their peaks under a ceiling, the two
figures podcast platforms ask for (Apple: -16 LKFS, within 1; no true peak above -1 dBTP).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from newsexport.audio.pcm import Samples

# Overlap-save blocks. The weighting filter's response has died away (below -140 dB, what single
# precision can tell) within so many seconds; the overlap is as long. Several blocks are transformed at a
# time, for numpy computes its factors afresh with every call.
BLOCK = 16384
RESPONSE = 0.06
BATCH = 8

# The limiter works in blocks of 64 samples (1.3 to 4 ms), and its gain takes four either side of
# a peak to come and go. With eight, fast voices, whose peaks stand close, were lowered as a
# whole and ended up to 1.4 LU too quiet; with four they are 0.2 off at most up to 1.8 times the
# speed, and still no gain moves within one period of a voice (benchmarks/margins.py).
STEP = 64
REACH = 4
TAPS = 12
# Blocks that are worked on at a time, so that they stay in a processor's cache.
LOT = 512

# Decibels by which the limiter's loss is made up for at most: a hurried voice of high peaks gets
# no louder by more, only flatter.
MOST_MORE = 16.0


def loudness(samples: Samples, rate: int) -> float:
    """Integrated, gated loudness in LUFS; minus infinity for silence.

    The blocks are 400 ms, overlapping by three quarters, gated at -70 LUFS and then 10 LU
    below the mean of what passed (BS.1770-5, annex 1). What is shorter than one block is
    taken as one.
    """
    return _gated(_energies(samples, rate)[: len(samples)], rate // 10)


def _gated(energy: Samples, hop: int) -> float:
    """Loudness of weighted energies, `hop` of which are a tenth of a second."""
    tenths = len(energy) // hop
    if tenths < 4:
        power = np.array([energy.mean() if len(energy) else 0.0])
    else:
        power = sliding_window_view(energy[: tenths * hop].reshape(tenths, hop).mean(axis=1), 4).mean(axis=1)
    loud = power[power > 10 ** ((-70 + 0.691) / 10)]
    if not len(loud):
        return -math.inf
    loud = loud[loud > loud.mean() / 10]
    return -0.691 + 10 * math.log10(float(loud.mean()))


def level(samples: Samples, rate: int, target: float, peak: float) -> Samples:
    """The samples at `target` LUFS with no true peak above `peak` dBTP.

    The limiter takes some loudness with the peaks it lowers, so the gain before it is
    raised until what comes out is loud enough. Both figures scale with the gain, so they
    are taken from the samples once and the search works on block sums.

    The gain is rounded, here and in the limiter, so that the last bits in which processors
    differ do not reach the samples: the same speech gives the same bytes anywhere.
    """
    energy = _energies(samples, rate)
    # In rows it takes twice the time.
    sums: Samples = np.add.reduceat(energy, np.arange(0, len(energy), STEP))
    sums /= np.float32(STEP)
    hop = max(1, round(rate / 10 / STEP))
    before = _gated(energy[: len(samples)], rate // 10)
    del energy  # as large as the samples
    gain = target - before
    if math.isinf(gain):
        return samples
    peaks, ceiling = Peaks.of(samples), 10 ** (peak / 20)
    edges, loud = limiting(peaks.scaled(_factor(gain), ceiling), ceiling), _gated(sums, hop)
    reached, step, most = -math.inf, 1.0, gain + MOST_MORE
    for _ in range(8):
        lost = loud - _gated(sums * np.square(edges[:-1]), hop)
        missing = target - (before + gain - lost)
        if missing < 0.1 or gain >= most:
            break
        # Of each decibel of gain the limiter leaves less than of the one before, so the step is
        # as much longer as the last fell short, and never goes too far.
        left = (target - missing - reached) / step if reached > -math.inf else 1.0
        reached, step = target - missing, min(most - gain, missing / min(1.0, max(0.2, left)))
        gain += step
        edges = limiting(peaks.scaled(_factor(gain), ceiling), ceiling)
    return _shaped(samples, _factor(gain), edges)


def _factor(gain: float) -> np.float32:
    return np.float32(10 ** (round(gain, 2) / 20))


def limiting(peaks: Samples, ceiling: float) -> Samples:
    """The gain at each edge between blocks that keeps every peak at or below the ceiling.

    A look-ahead limiter: the gain at an edge is the least that any block within `REACH`
    needs, smoothed over the same span. A mean of values that are all low enough is low
    enough, so the ceiling holds exactly.
    """
    needed = np.floor(np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9)) * 4096).astype(np.int64)
    # Two blocks further than the smoothing: a block's samples lie between two edges.
    least = _least(np.pad(needed, REACH + 2, mode="edge"), 2 * REACH + 4)
    smoothed = np.pad(least, (REACH + 1, REACH), mode="edge").cumsum()
    sums = smoothed[2 * REACH + 1 :] - smoothed[: -2 * REACH - 1]
    return np.asarray(sums.astype(np.float32) / np.float32(4096) / np.float32(2 * REACH + 1))


def _least(values: NDArray[np.int64], span: int) -> NDArray[np.int64]:
    """The least of each `span` values that follow one another, from spans of half the length."""
    if span == 1:
        return values
    half = span // 2
    halves = _least(values, half)
    both = np.minimum(halves[:-half], halves[half:])
    return both if span % 2 == 0 else np.minimum(both[:-1], values[span - 1 :])


def _shaped(samples: Samples, factor: np.float32, edges: Samples) -> Samples:
    """Samples times `factor` and times a gain that runs in straight lines from edge to edge."""
    shaped = np.zeros((len(edges) - 1, STEP), np.float32)
    np.multiply(samples, factor, out=shaped.reshape(-1)[: len(samples)])
    rise = np.arange(STEP, dtype=np.float32) / STEP
    for lot in range(0, len(shaped), LOT):
        around = edges[lot : lot + LOT + 1]
        if around.min() < 1:
            shaped[lot : lot + LOT] *= around[:-1, None] + np.diff(around)[:, None] * rise
    return shaped.reshape(-1)[: len(samples)]


@dataclass(slots=True)
class Peaks:
    """True peaks of blocks of `STEP` samples, found where they can matter.

    `around` holds each block with the samples that a point in it is interpolated from,
    `most` what no point can exceed: the largest of these samples times the sum of the
    interpolator's coefficients. Of a voice four blocks in five stay below a podcast's
    ceiling by that alone, and need no interpolation.
    """

    around: Samples = field(repr=False)
    most: Samples = field(repr=False)
    found: Samples = field(repr=False)
    floor: float = math.inf

    @classmethod
    def of(cls, samples: Samples) -> Peaks:
        """Those of some samples; none is found yet."""
        margin = TAPS // 2
        blocks = -(-len(samples) // STEP)
        padded = np.zeros((blocks + 2) * STEP, np.float32)
        padded[STEP : STEP + len(samples)] = samples
        around = sliding_window_view(padded[STEP - margin : -STEP + margin], STEP + 2 * margin)[::STEP]
        most = np.empty(blocks, np.float32)
        # Where the samples around each block begin and end, one after the other: of two such places
        # `reduceat` takes what lies between, or the first alone where the second is before it.
        first = STEP * np.arange(1, LOT + 1) - margin
        places = np.stack((first, first + STEP + 2 * margin), axis=1).reshape(-1)
        for lot in range(0, blocks, LOT):
            sizes = np.abs(padded[lot * STEP : (lot + LOT + 2) * STEP])
            here = most[lot : lot + LOT]
            here[:] = np.maximum.reduceat(sizes, places[: 2 * len(here)])[::2]
        return cls(around, most * _reach(), np.zeros(blocks, np.float32))

    def scaled(self, factor: np.float32, ceiling: float) -> Samples:
        """The peaks times `factor`; those that stay below the ceiling for certain are told as nothing."""
        return self.above(ceiling / float(factor)) * factor

    def above(self, floor: float) -> Samples:
        """The peak of every block in which one above `floor` is possible, of others perhaps nothing."""
        margin = TAPS // 2
        wanted = np.flatnonzero((self.most >= floor) & (self.most < self.floor))
        for lot in range(0, len(wanted), LOT):
            at = wanted[lot : lot + LOT]
            some = np.ascontiguousarray(self.around[at].T)
            own = np.abs(some[margin : margin + STEP]).max(axis=0)
            self.found[at] = np.maximum(own, _most_between(some))
        self.floor = min(self.floor, floor)
        return self.found


@cache
def _reach() -> np.float32:
    """How far a point between samples can stand above the largest of them, and a little for rounding."""
    return np.float32(max(np.abs(taps).sum() for taps in _interpolators()) * 1.001)


def _most_between(some: Samples) -> Samples:
    """The largest point between samples of each block; a column is a block with its margins.

    Added up one tap after another, for matrix products end in other bits on other numbers of threads.
    """
    point, part = (np.empty((STEP, some.shape[1]), np.float32) for _ in range(2))
    most = np.zeros_like(point)
    for taps in _interpolators():
        np.multiply(some[1 : STEP + 1], taps[0], out=point)
        for at, tap in enumerate(taps[1:], 2):
            np.multiply(some[at : at + STEP], tap, out=part)
            np.add(point, part, out=point)
        np.maximum(most, np.abs(point, out=point), out=most)
    return np.asarray(most.max(axis=0))


@cache
def _interpolators() -> tuple[Samples, ...]:
    """The taps that give the points one, two and three quarters of the way between two samples.

    Each is a windowed sinc of 12, as long as the interpolator of BS.1770-5, annex 2.
    """
    found = []
    for offset in (0.25, 0.5, 0.75):
        distance = np.arange(TAPS) - (TAPS // 2 - 1) - offset
        taps = np.sinc(distance) * np.cos(np.pi * distance / (TAPS + 1)) ** 2
        found.append((taps / taps.sum()).astype(np.float32))
    return tuple(found)


def _energies(samples: Samples, rate: int) -> Samples:
    """Squares of the samples through the K-weighting filter, and zeros up to a whole number of `STEP`.

    Block by block in the frequency domain; a few blocks at a time, so that what is worked on
    stays in a processor's cache and memory does not grow with the passage.
    """
    overlap = math.ceil(RESPONSE * rate)
    step = BLOCK - overlap
    energies = np.zeros(-(-len(samples) // STEP) * STEP, np.float32)
    for first in range(0, len(samples), BATCH * step):
        some = np.zeros(overlap + BATCH * step, np.float32)
        taken = samples[max(0, first - overlap) : first + BATCH * step]
        begin = overlap - min(first, overlap)
        some[begin : begin + len(taken)] = taken
        # Only with a factor each way does numpy transform both ways in single precision.
        spectra = np.fft.rfft(sliding_window_view(some, BLOCK)[::step], norm="ortho")
        spectra *= _k_weighting(rate)
        weighted = np.fft.irfft(spectra, norm="ortho")[:, overlap:].reshape(-1)
        here = energies[first : min(first + BATCH * step, len(samples))]
        np.square(weighted[: len(here)], out=here)
    return energies


@cache
def _k_weighting(rate: int) -> NDArray[np.complex64]:
    """Response of the two stages of K-weighting at the frequencies of one block.

    The standard gives coefficients for 48 kHz only. Those of other rates come from the
    same analogue prototypes, whose parameters were derived from the printed coefficients
    by B. De Man, Evaluation of Implementations of the EBU R128 Loudness Measurement, AES
    145 (2018).
    """
    shelf_q, shelf_k = 0.7071752369554196, math.tan(math.pi * 1681.974450955533 / rate)
    high = 10 ** (3.999843853973347 / 20)
    mid = high**0.4996667741545416
    pass_q, pass_k = 0.5003270373238773, math.tan(math.pi * 38.13547087602444 / rate)
    shelf = _biquad(
        (
            high + mid * shelf_k / shelf_q + shelf_k**2,
            2 * (shelf_k**2 - high),
            high - mid * shelf_k / shelf_q + shelf_k**2,
        ),
        _poles(shelf_k, shelf_q),
    )
    # The standard leaves the second numerator at 1, -2, 1, not divided by a0.
    a0 = _poles(pass_k, pass_q)[0]
    highpass = _biquad((a0, -2 * a0, a0), _poles(pass_k, pass_q))
    response: NDArray[np.complex64] = (shelf * highpass).astype(np.complex64)
    return response


def _poles(k: float, q: float) -> tuple[float, float, float]:
    return 1 + k / q + k**2, 2 * (k**2 - 1), 1 - k / q + k**2


def _biquad(zeros: tuple[float, ...], poles: tuple[float, ...]) -> NDArray[np.complex128]:
    delay = np.exp(-2j * np.pi * np.arange(BLOCK // 2 + 1) / BLOCK)
    return np.asarray(np.polyval(zeros[::-1], delay) / np.polyval(poles[::-1], delay), np.complex128)
