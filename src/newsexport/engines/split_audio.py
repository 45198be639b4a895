"""A sound of several sentences cut where one ends and the next begins, when that is beyond doubt.

A request for each sentence is exact, but ten of them wait ten times for the server to
begin. Asked for together, they come with the pauses that a voice makes between sentences,
and these can be told from its other pauses if they are the longest and the sentences
between them are as long as their texts. If not, nothing is cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from newsexport.audio.pcm import QUIET, Samples, from_bytes
from newsexport.engines.sanity_check import letters_in

# Seconds of what is looked at as one, and of the shortest pause worth the name.
STEP, SHORTEST_PAUSE = 0.01, 0.12
# How much longer a pause between sentences is than the longest within one.
CLEARLY = 1.3
# How far a sentence may be from the length its text lets expect, and in seconds besides:
# voices slow down for figures and names.
TOO_SHORT, TOO_LONG, ANYWAY = 0.65, 1.5, 0.35


def cut(pcm: bytes, texts: Sequence[str], rate: int) -> list[bytes] | None:
    """The sound of each text, None when it is not plain where each ends."""
    samples = from_bytes(pcm)
    step = round(STEP * rate)
    pauses = _pauses(samples, step)
    wanted = len(texts) - 1
    if pauses is None or len(pauses) < wanted:
        return None
    by_length = sorted(pauses, key=lambda pause: pause[1] - pause[0], reverse=True)
    chosen = sorted(by_length[:wanted])
    if wanted < len(pauses) and _length(by_length[wanted - 1]) < CLEARLY * _length(by_length[wanted]):
        return None
    ends = [0, *((first + last) // 2 * step for first, last in chosen), len(samples)]
    pieces = [pcm[2 * begin : 2 * end] for begin, end in pairwise(ends)]
    return pieces if _fit(pieces, texts, rate) else None


def _length(pause: tuple[int, int]) -> int:
    return pause[1] - pause[0]


def _pauses(samples: Samples, step: int) -> list[tuple[int, int]] | None:
    """First and last step of every pause within the speech; None when there is no speech."""
    count = len(samples) // step
    peaks: NDArray[np.float32] = np.abs(samples[: count * step]).reshape(count, step).max(axis=1)
    if not count or peaks.max() <= QUIET:
        return None
    loud = np.flatnonzero(peaks > max(QUIET, 0.02 * float(peaks.max())))
    gaps = np.flatnonzero(np.diff(loud) > round(SHORTEST_PAUSE / STEP))
    return [(int(loud[at]) + 1, int(loud[at + 1])) for at in gaps]


def _fit(pieces: Sequence[bytes], texts: Sequence[str], rate: int) -> bool:
    """Whether every piece is about as long as its text is of them all."""
    seconds = [_spoken(piece, rate) for piece in pieces]
    letters = [letters_in(text) for text in texts]
    pace = sum(seconds) / max(1.0, sum(letters))
    return all(
        TOO_SHORT * pace * count - ANYWAY <= second <= TOO_LONG * pace * count + ANYWAY
        for second, count in zip(seconds, letters, strict=True)
    )


def _spoken(pcm: bytes, rate: int) -> float:
    """Seconds from the first sound to the last."""
    loud = np.flatnonzero(np.abs(from_bytes(pcm)) > QUIET)
    return (int(loud[-1]) - int(loud[0])) / rate if len(loud) else 0.0
