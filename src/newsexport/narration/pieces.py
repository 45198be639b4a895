"""A passage in pieces that are recorded side by side, and their recordings joined.

A piece ends where a sentence does. Which sentence that is depends on the sentences near it alone, so
when one of a passage is changed the other pieces are what they were, and need not be recorded again.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, chain

from newsexport.job import Work
from newsexport.narration.orders import Recording
from newsexport.speech import Utterance, WordMark

# Characters that a piece has at least, half a minute of speech, which is enough to level by; more where a
# service is asked, which takes many sentences at a time. And how many times as many it has at most.
LEAST = {Work.COMPUTE: 400, Work.COMPUTE_WITH_FILES: 400, Work.WAIT: 3000}
MOST = 3

# Seconds by which a joint lengthens a pause: the silence at the end of a piece and the beginning of the next
# (`recording.LEAD`), and what coders add to it (0.04 to 0.08 were measured).
JOINT = 0.3


def pieces(utterances: Sequence[Utterance], work: Work) -> Iterator[tuple[Utterance, ...]]:
    """The utterances in pieces to be recorded by themselves; their pauses allow for the joints."""
    ends = [0, *accumulate(len(one.spoken) for one in utterances)]
    least, begin = LEAST[work], 0
    while fitting := [
        at
        for at in range(begin + 1, bisect_right(ends, ends[begin] + MOST * least))
        if min(ends[at] - ends[begin], ends[-1] - ends[at]) >= least
    ]:
        end = min(fitting, key=lambda at: _lot(utterances[at - 1]))
        last = utterances[end - 1]
        yield (
            *utterances[begin : end - 1],
            replace(last, pause=round(max(0.0, last.pause - JOINT), 3)),
        )
        begin = end
    yield tuple(utterances[begin:])


def _lot(utterance: Utterance) -> bytes:
    """What decides among sentences, by their words: of those near it the least of all is so from any side."""
    return hashlib.blake2b(utterance.spoken.encode("utf-8", "surrogatepass")).digest()


def joined(recordings: Sequence[Recording]) -> Recording:
    """The recordings of the pieces of a passage, as one of all of it."""
    if len(recordings) == 1:
        return recordings[0]
    spans: list[tuple[int, int]] = []
    words: list[tuple[WordMark, ...]] = []
    length = 0
    for one in recordings:
        spans += ((length + first, length + last) for first, last in one.spans)
        words += (tuple(word.later(length) for word in some) for some in one.words)
        length += one.length
    return Recording(
        b"".join(one.frames for one in recordings),
        length,
        tuple(spans),
        tuple(words),
        frozenset(chain.from_iterable(one.damaged for one in recordings)),
    )
