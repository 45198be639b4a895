"""Mono PCM as arrays: 16-bit integers outside, floats between -1 and 1 while worked on."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Samples: TypeAlias = NDArray[np.float32]

# -54 dBFS: what is nowhere louder is silence.
QUIET = 0.002
# Speech begins and ends where it is 46 dB below its loudest sample, however loud an engine is: above the
# noise that models and coders leave, below any sound of a voice.
EDGE = 0.005


# Samples that are worked on at a time, where what is between would be as large as all of them.
LOT = 1 << 16


def from_bytes(pcm: bytes) -> Samples:
    """Samples of 16-bit little-endian PCM; an odd last byte is dropped."""
    whole = len(pcm) - len(pcm) % 2
    samples = np.frombuffer(pcm[:whole], "<i2").astype(np.float32)
    samples /= np.float32(32768)
    return samples


def to_bytes(samples: Samples) -> bytes:
    """16-bit little-endian PCM, rounded; what is outside -1 to 1 is clipped."""
    coded = np.empty(len(samples), "<i2")
    for lot in range(0, len(samples), LOT):
        some = samples[lot : lot + LOT] * np.float32(32768)
        np.rint(some, out=some)
        coded[lot : lot + LOT] = np.clip(some, -32768, 32767, out=some)
    return coded.tobytes()


def silence(count: int) -> Samples:
    """`count` samples of nothing."""
    return np.zeros(count, np.float32)


def trim(samples: Samples, keep: int) -> Samples:
    """Cut the silence around speech down to `keep` samples at each end, fading.

    Pauses are the narrator's to give, so an engine's own are taken off.
    """
    first, last = bounds(samples, keep)
    return faded(samples[first:last], keep)


def bounds(samples: Samples, keep: int) -> tuple[int, int]:
    """Where speech begins and ends, with `keep` samples of the silence around it.

    Samples that are silent throughout are left alone: their length is all they have to say.
    """
    sizes = np.abs(samples)
    loudest = sizes.max(initial=0)
    if loudest <= QUIET:
        return 0, len(samples)
    loud = sizes > EDGE * loudest
    first, last = int(loud.argmax()), len(loud) - int(loud[::-1].argmax())
    return max(0, first - keep), min(len(samples), last + keep)


def cut(pcm: bytes, first: int, last: int, fade: int) -> bytes:
    """Some samples of 16-bit little-endian PCM, `fade` of them faded at each end as by `faded`."""
    kept = pcm[2 * first : 2 * last]
    ends = min(fade, (last - first) // 2)
    head, tail = kept[: 2 * ends], kept[len(kept) - 2 * ends :]
    outside = to_bytes(faded(from_bytes(head + tail), ends))
    return outside[: 2 * ends] + kept[2 * ends : len(kept) - 2 * ends] + outside[2 * ends :]


def faded(samples: Samples, length: int) -> Samples:
    """The samples, their ends faded: a cut through the tail of a consonant is heard as a click."""
    kept = samples.copy()
    ramp = np.linspace(0, 1, min(length, len(kept) // 2), dtype=np.float32)
    if len(ramp):
        kept[: len(ramp)] *= ramp
        kept[-len(ramp) :] *= ramp[::-1]
    return kept
