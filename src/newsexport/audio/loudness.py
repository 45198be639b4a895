"""Loudness and true peak after ITU-R BS.1770-5, for mono speech.

`level` brings samples to a loudness and holds their peaks under a ceiling, the two
figures podcast platforms ask for (Apple: -16 LKFS, within 1; no true peak above -1 dBTP).
"""

import math
from functools import cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from newsexport.audio.pcm import Samples

# Overlap-save block. The weighting filter's response has died away (below -200 dB) within
# 0.15 s, for which this many samples are enough at the rates of voices, and twice as many at all others.
BLOCK = 32768
OVERLAP, OVERLAP_UP_TO = 4096, 24000

# The limiter works in blocks of 64 samples (1.3 to 4 ms) and needs the gain of eight
# blocks either side of a peak to come and go without a click.
STEP = 64
REACH = 8
TAPS = 12
MARGIN = TAPS // 2
LOT = 1024


def loudness(samples: Samples, rate: int) -> float:
    """Integrated, gated loudness in LUFS; minus infinity for silence.

    The blocks are 400 ms, overlapping by three quarters, gated at -70 LUFS and then 10 LU
    below the mean of what passed (BS.1770-5, annex 1). What is shorter than one block is
    taken as one.
    """
    return _gated(np.square(_weighted(samples, rate)), rate // 10)


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
    blocks = -(-len(samples) // STEP)
    energy = np.zeros(blocks * STEP, np.float32)
    np.square(_weighted(samples, rate), out=energy[: len(samples)])
    loud = _gated(energy[: len(samples)], rate // 10)
    if math.isinf(loud):
        return samples
    sums = energy.reshape(blocks, STEP).mean(axis=1)
    hop = max(1, round(rate / 10 / STEP))
    unlimited = _gated(sums, hop)
    peaks, ceiling = _Peaks(samples), 10 ** (peak / 20)
    gain = target - loud
    edges = limiting(peaks.at(_factor(gain), ceiling), ceiling)
    for _ in range(6):
        lost = unlimited - _gated(sums * np.square(edges[:-1]), hop)
        missing = target - (loud + gain - lost)
        if missing < 0.1:
            break
        gain += missing
        edges = limiting(peaks.at(_factor(gain), ceiling), ceiling)
    return _shaped(samples * _factor(gain), edges)


def _factor(gain: float) -> np.float32:
    return np.float32(10 ** (round(gain, 2) / 20))


def limiting(peaks: Samples, ceiling: float) -> Samples:
    """The gain at each edge between blocks that keeps every peak at or below the ceiling.

    A look-ahead limiter: the gain at an edge is the least that any block within `REACH`
    needs, smoothed over the same span. A mean of values that are all low enough is low
    enough, so the ceiling holds exactly. Speech is mostly below the ceiling, so means are
    taken only near a peak.
    """
    needed = np.floor(np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9)) * 4096) / 4096
    # Two blocks further than the smoothing: a block's samples lie between two edges.
    least = np.pad(_least(np.pad(needed, REACH + 2, mode="edge"), 2 * REACH + 4), REACH, mode="edge")
    edges = np.ones(len(peaks) + 1, np.float32)
    lowered = np.flatnonzero(_least(least, 2 * REACH + 1) < 1)
    edges[lowered] = sliding_window_view(least, 2 * REACH + 1)[lowered].mean(axis=1)
    return edges


def _least(values: Samples, width: int) -> Samples:
    """The least of each run of `width` values, by runs that double in length."""
    run, reached = values, 1
    while reached * 2 <= width:
        run, reached = np.minimum(run[:-reached], run[reached:]), reached * 2
    rest = width - reached
    return np.minimum(run[: len(run) - rest], run[rest:]) if rest else run


def _shaped(samples: Samples, edges: Samples) -> Samples:
    """Samples times a gain that runs in straight lines from edge to edge."""
    shaped = np.zeros(-(-len(samples) // STEP) * STEP, np.float32)
    shaped[: len(samples)] = samples
    blocks = shaped.reshape(-1, STEP)
    lowered = np.flatnonzero((edges[:-1] < 1) | (edges[1:] < 1))
    first, last = edges[lowered, None], edges[lowered + 1, None]
    blocks[lowered] *= first + (last - first) * (np.arange(STEP, dtype=np.float32) / STEP)
    return shaped[: len(samples)]


class _Peaks:
    """The true peaks of samples, found only where a gain could bring one to the ceiling.

    Interpolated points cannot exceed the samples around them by more than `_overshoot`;
    in speech that leaves one block of some ten.
    """

    def __init__(self, samples: Samples) -> None:
        blocks = -(-len(samples) // STEP)
        self.padded = np.zeros(blocks * STEP + TAPS, np.float32)
        self.padded[MARGIN : MARGIN + len(samples)] = samples
        on = np.abs(self.padded[MARGIN : MARGIN + blocks * STEP]).reshape(blocks, STEP).max(axis=1)
        around = np.pad(on, 1)
        self.most = np.maximum(on, np.maximum(around[:-2], around[2:])) * _overshoot()
        self.found = np.zeros(blocks, np.float32)
        self.known = np.zeros(blocks, bool)

    def at(self, factor: np.float32, ceiling: float) -> Samples:
        """The peaks times the factor; 0 for those that cannot reach the ceiling."""
        asked = np.flatnonzero((self.most * factor > ceiling) & ~self.known)
        around = sliding_window_view(self.padded, STEP + TAPS)[::STEP]
        for lot in range(0, len(asked), LOT):
            some = asked[lot : lot + LOT]
            self.found[some] = _interpolated(around[some])
        self.known[asked] = True
        return self.found * factor


def true_peaks(samples: Samples) -> Samples:
    """The true peak of each block of `STEP` samples, as a factor."""
    return _Peaks(samples).at(np.float32(1), -1)


def _interpolated(around: Samples) -> Samples:
    """The true peaks of blocks with their margins.

    All points between the samples of many blocks are found by one matrix product, three
    times as fast as three convolutions; taken in lots that stay in a processor's cache.
    """
    between = np.abs(around @ _between()).max(axis=1)
    on = np.abs(around[:, MARGIN : MARGIN + STEP]).max(axis=1)
    return np.asarray(np.maximum(between, on), np.float32)


@cache
def _overshoot() -> float:
    """The most by which a point between samples can exceed the largest of them, with room for rounding."""
    return float(np.abs(_between()).sum(axis=0).max()) * 1.001


@cache
def _between() -> Samples:
    """What a block and its margins must be multiplied by to find the points between.

    Each column is a windowed sinc of 12 taps, as long as the interpolator of BS.1770-5,
    annex 2, centred one, two or three quarters of the way between two samples.
    """
    matrix = np.zeros((STEP + TAPS, STEP, 3), np.float32)
    for quarter, offset in enumerate((0.25, 0.5, 0.75)):
        distance = np.arange(TAPS) - (TAPS // 2 - 1) - offset
        taps = np.sinc(distance) * np.cos(np.pi * distance / (TAPS + 1)) ** 2
        for sample in range(STEP):
            matrix[sample + 1 : sample + 1 + TAPS, sample, quarter] = taps / taps.sum()
    return matrix.reshape(STEP + TAPS, STEP * 3)


def _weighted(samples: Samples, rate: int) -> Samples:
    """The samples through the K-weighting filter, block by block in the frequency domain."""
    response = _k_weighting(rate)
    overlap = OVERLAP if rate <= OVERLAP_UP_TO else 2 * OVERLAP
    step = BLOCK - overlap
    blocks = max(1, -(-len(samples) // step))
    padded = np.zeros(overlap + blocks * step, np.float32)
    padded[overlap : overlap + len(samples)] = samples
    weighted = np.empty(blocks * step, np.float32)
    for block in range(blocks):
        spectrum = np.fft.rfft(padded[block * step : block * step + BLOCK])
        weighted[block * step : (block + 1) * step] = np.fft.irfft(spectrum * response)[overlap:]
    return weighted[: len(samples)]


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
