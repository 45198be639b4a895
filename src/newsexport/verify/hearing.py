"""What a listener would say of a recording: too loud, a hole in it, chapters beside the point.

Sources: Apple's requirements for podcasts (-16 LUFS, within 1; no true peak above -1 dBTP).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsexport.preflight.fault import Fault, Gravity
from newsexport.verify.finding import clock
from newsexport.verify.heard import Heard, Pause
from newsexport.verify.id3 import Chapter

LOUDNESS, WITHIN, PEAK = -16.0, 1.0, -1.0

# Seconds of silence that a listener takes for the end.
LONG_SILENCE = 5.0

# A pause between words is shorter, seconds; a chapter may begin so far from one.
PAUSE, NEAR = 0.12, 0.3
# A pause between articles, and how far from it a chapter that has slipped may begin.
BOUNDARY, SLIPPED = 0.6, 3.0


@dataclass(frozen=True, slots=True)
class Beside:
    """A chapter that begins in the middle of what is said; where it should, if that can be heard."""

    chapter: Chapter
    pause: Pause | None


def heard_facts(chapters: Sequence[Chapter], heard: Heard) -> Iterator[tuple[str, str]]:
    """Loudness, peak, the longest silence, and whether chapters begin where the sound does."""
    if math.isinf(heard.loudness):
        yield "loudness", "nothing to hear"
    else:
        yield "loudness", f"{heard.loudness:.1f} LUFS"
        yield "true peak", f"{heard.peak:.1f} dBTP"
        longest = _longest(heard)
        if longest:
            yield "longest silence", f"{longest.length:.1f} s at {clock(round(longest.begin * 1000))}"
    if len(chapters) > 1:
        right = len(chapters) - 1 - len(beside(chapters, heard))
        yield "chapters in pauses", f"{right} of {len(chapters) - 1} after the first"


def heard_faults(chapters: Sequence[Chapter], heard: Heard) -> Iterator[Fault]:
    """What a listener would hear as wrong. Loudness and silence are advice only."""
    if heard.faults:
        return
    if math.isinf(heard.loudness):
        yield Fault("silent", "", "there is nothing to hear in it", Gravity.ADVICE)
        return
    yield from _level_faults(heard)
    longest = _longest(heard)
    if longest and longest.length > LONG_SILENCE:
        place = clock(round(longest.begin * 1000))
        yield Fault("long-silence", place, f"{longest.length:.1f} s of silence", Gravity.ADVICE)
    yield from map(_beside_fault, beside(chapters, heard))


def _level_faults(heard: Heard) -> Iterator[Fault]:
    if abs(heard.loudness - LOUDNESS) > WITHIN:
        words = f"{heard.loudness:.1f} LUFS, where podcast apps expect {LOUDNESS:.0f}, within {WITHIN:.0f}"
        yield Fault("loudness", "", words, Gravity.ADVICE)
    if heard.peak > PEAK:
        words = f"true peak at {heard.peak:.1f} dBTP; above {PEAK:.0f} some players distort"
        yield Fault("peak", "", words, Gravity.ADVICE)


def _beside_fault(one: Beside) -> Fault:
    place = clock(one.chapter.start)
    if one.pause is None:
        words = f"the chapter {one.chapter.title!r} does not begin in a pause"
        return Fault("chapter-in-speech", place, words, Gravity.ADVICE)
    later = (one.pause.begin + one.pause.end) / 2 - one.chapter.start / 1000
    words = (
        f"the chapter {one.chapter.title!r} begins in the middle of what is said, "
        f"{abs(later):.1f} s {'before' if later > 0 else 'after'} the pause"
    )
    return Fault("chapter-beside-pause", place, words, Gravity.SHOWN_WRONG)


def beside(chapters: Sequence[Chapter], heard: Heard) -> list[Beside]:
    """The chapters after the first that begin in no pause."""
    pauses = heard.pauses(PAUSE)
    found, at = [], 0
    for chapter in sorted(chapters, key=lambda chapter: chapter.start)[1:]:
        start = chapter.start / 1000
        while at < len(pauses) and pauses[at].end + SLIPPED < start:
            at += 1
        near = [pause for pause in _until(pauses, at, start + SLIPPED) if _away(pause, start) <= SLIPPED]
        if start <= heard.seconds and not any(_away(pause, start) <= NEAR for pause in near):
            boundaries = [pause for pause in near if pause.length >= BOUNDARY]
            found.append(
                Beside(chapter, min(boundaries, key=lambda pause: _away(pause, start), default=None))
            )
    return found


def _until(pauses: Sequence[Pause], at: int, end: float) -> Iterator[Pause]:
    while at < len(pauses) and pauses[at].begin <= end:
        yield pauses[at]
        at += 1


def _away(pause: Pause, time: float) -> float:
    """Seconds from a time to the nearest moment of a pause."""
    return max(0.0, pause.begin - time, time - pause.end)


def _longest(heard: Heard) -> Pause | None:
    return max(heard.pauses(PAUSE), key=lambda pause: pause.length, default=None)
