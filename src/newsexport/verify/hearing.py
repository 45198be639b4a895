"""What is heard in a file: decoded whole, a frame at a time, and measured on the way.

FFmpeg decodes and measures, so nothing is shared with what levelled the sound. Of each
hundredth of a second one byte is kept, ten hours are 3.6 MB.

Sources: ITU-R BS.1770 and EBU R 128 for loudness and true peak, as FFmpeg's filter
``ebur128`` has them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import av
import av.error
import numpy as np
from av.filter import Graph
from numpy.typing import NDArray

from epubpreflight import Fault, Severity
from newsexport.text.counting import counted
from newsexport.verify.finding import clock
from newsexport.verify.id3 import FoundChapter

# Blocks a second whose level is kept, about: a block is whole samples.
BLOCKS = 100

# Frames whose levels are computed together.
AT_ONCE = 100

# Silence is what is so far below the loudness of the whole, in LU, and never above this, in dBFS.
BELOW, MOST = 30, -45

# What FFmpeg calls the loudness of nothing.
NOTHING = -70.0


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch of silence in seconds."""

    begin: float
    end: float

    @property
    def length(self) -> float:
        """Its seconds."""
        return self.end - self.begin


@dataclass(frozen=True, slots=True)
class Heard:
    """What FFmpeg makes of a file.

    `chapters` are begin and end in milliseconds, and title. `loudness` is in LUFS and
    `peak` in dBTP, both minus infinity where there is nothing to hear. `levels` are the
    levels in dBFS of stretches of `block` seconds, one after the other.
    """

    seconds: float
    chapters: tuple[tuple[int, int, str], ...] = ()
    loudness: float = -math.inf
    peak: float = -math.inf
    levels: NDArray[np.int8] = field(default_factory=lambda: np.zeros(0, np.int8), repr=False)
    block: float = 1 / BLOCKS
    faults: tuple[str, ...] = ()

    def pauses(self, least: float) -> list[Pause]:
        """Every silence of at least so many seconds, in order."""
        quiet = np.zeros(len(self.levels) + 2, np.int8)
        quiet[1:-1] = self.levels < min(MOST, self.loudness - BELOW) if self.loudness > NOTHING else 1
        edges = np.diff(quiet)
        spans = zip(np.flatnonzero(edges > 0), np.flatnonzero(edges < 0), strict=True)
        pauses = (Pause(float(first * self.block), float(last * self.block)) for first, last in spans)
        return [pause for pause in pauses if pause.length >= least]


def hear(path: Path) -> Heard:
    """Decode a file to its end. What cannot be decoded is told in `faults`."""
    levels = _Levels()
    meter: _Meter | None = None
    samples, rate = 0, 1
    chapters: tuple[tuple[int, int, str], ...] = ()
    faults: tuple[str, ...] = ()
    try:
        with av.open(str(path), metadata_errors="replace") as container:
            chapters = tuple(map(_chapter, container.chapters()))
            meter = _Meter(container.streams.audio[0])
            for frame in container.decode(audio=0):
                samples += frame.samples
                rate = frame.sample_rate
                levels.add(frame)
                meter.add(frame)
    except (av.error.FFmpegError, IndexError) as error:
        reason = error.strerror if isinstance(error, av.error.FFmpegError) else "no sound in it"
        faults = (f"FFmpeg cannot decode it: {reason}",)
    if meter is None:
        return Heard(0.0, faults=faults)
    block = _block(rate) / rate
    return Heard(samples / rate, chapters, meter.loudness, meter.peak, levels.told(), block, faults)


def _block(rate: int) -> int:
    return max(1, rate // BLOCKS)


def _chapter(chapter: av.container.core.Chapter) -> tuple[int, int, str]:
    unit = (chapter["time_base"] or 0) * 1000
    return (
        round(chapter["start"] * unit),
        round(chapter["end"] * unit),
        chapter["metadata"].get("title", ""),
    )


class _Levels:
    """Levels of hundredths of a second, from frames of any length; some seconds are worked on at once."""

    def __init__(self) -> None:
        self._told = bytearray()
        self._waiting: list[NDArray[np.float32]] = []
        self._rate = 1

    def add(self, frame: av.AudioFrame) -> None:
        # layer III is decoded to planes, one a channel
        self._waiting.append(frame.to_ndarray().reshape(frame.layout.nb_channels, -1).astype(np.float32))
        self._rate = frame.sample_rate
        if len(self._waiting) >= AT_ONCE:
            self._measure()

    def _measure(self) -> None:
        energy = np.square(np.concatenate(self._waiting, axis=1))
        size = _block(self._rate)
        whole = energy.shape[1] // size * size
        means = energy[:, :whole].reshape(len(energy), -1, size).mean(axis=(0, 2))
        self._told += np.clip(10 * np.log10(means + 1e-12), -120, 0).astype(np.int8).tobytes()
        self._waiting = [np.sqrt(energy[:, whole:])]

    def told(self) -> NDArray[np.int8]:
        if self._waiting:
            self._measure()
        return np.frombuffer(bytes(self._told), np.int8)


class _Meter:
    """FFmpeg's loudness meter."""

    def __init__(self, stream: av.AudioStream) -> None:
        self._graph = Graph()
        source = self._graph.add_abuffer(template=stream)
        measure = self._graph.add("ebur128", "peak=true:metadata=1")
        sink = self._graph.add("abuffersink")
        source.link_to(measure)
        measure.link_to(sink)
        self._graph.configure()
        self._told: dict[str, str] = {}

    def add(self, frame: av.AudioFrame) -> None:
        self._graph.push(frame)
        for measured in self._measured():
            self._told = measured.metadata or self._told

    def _measured(self) -> Iterator[av.AudioFrame]:
        while True:
            try:
                measured = self._graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            if isinstance(measured, av.AudioFrame):
                yield measured

    @property
    def loudness(self) -> float:
        told = float(self._told.get("lavfi.r128.I", NOTHING))
        return told if told > NOTHING else -math.inf

    @property
    def peak(self) -> float:
        factor = float(self._told.get("lavfi.r128.true_peak", 0))
        return 20 * math.log10(factor) if factor > 0 else -math.inf


# What a listener would say of a recording: too loud, a hole in it, chapters beside the point.
#
# Sources: Apple's requirements for podcasts (-16 LUFS, within 1; no true peak above -1 dBTP).

LOUDNESS, WITHIN, PEAK = -16.0, 1.0, -1.0

# Seconds of silence that a listener takes for the end.
LONG_SILENCE = 5.0

# A pause between words is shorter, seconds; a chapter may begin so far from one.
PAUSE, NEAR = 0.12, 0.3
# A pause between articles, and how far from it a chapter that has slipped may begin.
BOUNDARY, SLIPPED = 0.6, 3.0


@dataclass(frozen=True, slots=True)
class MisplacedChapter:
    """A chapter that begins in the middle of what is said; where it should, if that can be heard."""

    chapter: FoundChapter
    pause: Pause | None


def heard_facts(chapters: Sequence[FoundChapter], heard: Heard) -> Iterator[tuple[str, str]]:
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


def heard_faults(chapters: Sequence[FoundChapter], heard: Heard) -> Iterator[Fault]:
    """What a listener would hear as wrong. Loudness and silence are advice only."""
    if heard.faults:
        return
    if math.isinf(heard.loudness):
        yield Fault("silent", "", "there is nothing to hear in it", Severity.ADVICE)
        return
    yield from _level_faults(heard)
    longest = _longest(heard)
    if longest and longest.length > LONG_SILENCE:
        place = clock(round(longest.begin * 1000))
        yield Fault("long-silence", place, f"{longest.length:.1f} s of silence", Severity.ADVICE)
    yield from map(_beside_fault, beside(chapters, heard))


def _level_faults(heard: Heard) -> Iterator[Fault]:
    if abs(heard.loudness - LOUDNESS) > WITHIN:
        words = f"{heard.loudness:.1f} LUFS, where podcast apps expect {LOUDNESS:.0f}, within {WITHIN:.0f}"
        yield Fault("loudness", "", words, Severity.ADVICE)
    if heard.peak > PEAK:
        words = f"true peak at {heard.peak:.1f} dBTP; above {PEAK:.0f} some players distort"
        yield Fault("peak", "", words, Severity.ADVICE)


def _beside_fault(one: MisplacedChapter) -> Fault:
    place = clock(one.chapter.start)
    if one.pause is None:
        words = f"the chapter {one.chapter.title!r} does not begin in a pause"
        return Fault("chapter-in-speech", place, words, Severity.ADVICE)
    later = (one.pause.begin + one.pause.end) / 2 - one.chapter.start / 1000
    words = (
        f"the chapter {one.chapter.title!r} begins in the middle of what is said, "
        f"{abs(later):.1f} s {'before' if later > 0 else 'after'} the pause"
    )
    return Fault("chapter-beside-pause", place, words, Severity.SHOWN_WRONG)


def beside(chapters: Sequence[FoundChapter], heard: Heard) -> list[MisplacedChapter]:
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
                MisplacedChapter(
                    chapter, min(boundaries, key=lambda pause: _away(pause, start), default=None)
                )
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


# What is wrong with chapters as such, in whatever file they stand.

# How far times may be apart, in seconds: less than anyone hears, more than rounding makes.
TOLERANCE = 0.05


def chapter_faults(chapters: Sequence[FoundChapter], seconds: float) -> Iterator[str]:
    """Chapters that do not follow each other from the beginning of the sound to its end."""
    if not chapters:
        yield "no chapters"
        return
    if chapters[0].start:
        yield f"the first chapter begins at {clock(chapters[0].start)}, not at 0:00"
    for chapter in chapters:
        if not chapter.title.strip():
            yield f"the chapter at {clock(chapter.start)} has no title"
        if chapter.end <= chapter.start:
            yield f"the chapter {chapter.title!r} ends before it begins"
    for before, after in pairwise(chapters):
        if before.end != after.start:
            yield f"between {before.title!r} and {after.title!r} is {after.start - before.end} ms"
    last = chapters[-1].end / 1000
    if abs(last - seconds) > TOLERANCE:
        yield f"the last chapter ends at {last:.3f} s, the sound at {seconds:.3f} s"


# What Apple Podcasts and Spotify ask of chapters (podcasters.apple.com/support/5482; "Creating and managing
# chapters" in Spotify's help for creators): so many, and titles that are read at a glance.
FEWEST, LONGEST_TITLE = 3, 40


def chapter_advice(chapters: Sequence[FoundChapter]) -> Iterator[Fault]:
    """Chapters that apps do not take from notes made of them, or that their listeners skim over."""
    if 0 < len(chapters) < FEWEST:
        words = f"{counted(len(chapters), 'chapter')}; of fewer than {FEWEST} in show notes no list is made"
        yield Fault("chapters-few", "Apple Podcasts, Spotify", words, Severity.ADVICE)
    long = [chapter for chapter in chapters if len(chapter.title) > LONGEST_TITLE]
    if long:
        words = f"{counted(len(long), 'title')} of chapters beyond {LONGEST_TITLE} characters, the first at"
        yield Fault("chapter-title-long", "Spotify", f"{words} {clock(long[0].start)}", Severity.ADVICE)
