"""Editions of tones whose places are known, and where they are heard in the finished file.

``python tests/newsexport/narration/tones.py 10`` makes editions of ten hours in each format (or in those
named after the number), decodes them whole and prints how far the worst cue and the worst chapter lie beside their sound.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

import av
import numpy as np
from numpy.typing import NDArray

from newsexport.audio.coding import Form, SoundFormat, form_of
from newsexport.exporters.audio.episode import Episode
from newsexport.job import Job, Work
from newsexport.model import Edition
from newsexport.narration.narrate import narrate
from newsexport.narration.orders import Studio
from newsexport.narration.recording import BREATH
from newsexport.narration.script import Level, Opening, Passage
from newsexport.narration.timeline import Placed, Timeline, assemble
from newsexport.speech import Speech, Utterance

RATE = 22050
EDITION = Edition("Tones", date(2026, 11, 25), "en", ())

# A tone is there where it passes this; what a coder spreads before one stays below it.
HEARD = 0.05

# Tones of a passage are of other lengths than those of the last, and so are the pauses.
PASSAGES = 40


@dataclass(frozen=True)
class Tones:
    """Says a tone as long as the text, with silence of its own around it."""

    rate: int = RATE
    version: str = "1"
    work: Work = Work.COMPUTE

    def say(self, utterance: Utterance) -> Speech:
        """A tone that begins and ends at once; its pitch is that of the text."""
        seconds = len(utterance.spoken) / 40
        at = np.arange(round(seconds * self.rate)) / self.rate
        tone = 0.3 * np.sin(2 * np.pi * (400 + crc32(utterance.spoken.encode()) % 1200) * at + 0.5)
        rest = np.zeros(self.rate // 10)
        return Speech((np.concatenate((rest, tone, rest)) * 32767).astype("<i2").tobytes())


@dataclass
class Memory:
    """A cache while the test runs, so that ten hours need not be coded ten hours."""

    kept: dict[str, bytes] = field(default_factory=dict)

    def get(self, key: str) -> bytes | None:
        """What was put."""
        return self.kept.get(key)

    def put(self, key: str, data: bytes) -> None:
        """Keep it."""
        self.kept[key] = data


@dataclass(frozen=True)
class Recorded:
    """A finished file and what it should sound like."""

    path: Path
    timeline: Timeline
    placed: tuple[Placed, ...]
    form: Form


def passage(number: int, title: str = "") -> Passage:
    """Some tones and pauses, no two passages of one length."""
    said = tuple(
        Utterance("", "m" * (14 + (number * 7 + at * 5) % 31), "en", pause=0.3 + (number + at) % 7 / 9)
        for at in range(3 + number % 5)
    )
    return Passage(said, (Opening(title or f"Tone {number}", Level.ARTICLE),))


def passages_for(seconds: float) -> Iterator[Passage]:
    """Passages of about so many seconds."""
    length = 0.0
    for number in cycle(range(PASSAGES)):
        if length >= seconds:
            return
        made = passage(number)
        length += 0.24 + sum(len(one.spoken) / 40 + 2 * BREATH + one.pause for one in made.utterances)
        yield made


def record(passages: Sequence[Passage], kind: SoundFormat, target: Path, bitrate: int = 48) -> Recorded:
    """The real road from passages to a file."""
    form = form_of(kind, RATE, bitrate)
    job = Job(cache=Memory())
    with target.with_suffix(".spool").open("w+b") as frames:
        placed = narrate(passages, Studio(Tones(), form), job, frames)
        frames.seek(0)
        timeline = assemble(placed, RATE, EDITION.title, 60)
        tag = Episode(EDITION, form, b"", job).tag(timeline)
        size = sum(one.size for one in placed)
        Episode(EDITION, form, b"", job).bind(tag, frames, size, timeline.length, target)
    target.with_suffix(".spool").unlink()
    return Recorded(target, timeline, tuple(placed), form)


def begins(path: Path) -> NDArray[np.float64]:
    """When tones begin in a file, in seconds, all of it decoded; a gap of 0.15 s parts two."""
    found: list[float] = []
    at, last = 0, -math.inf
    with av.open(str(path)) as container:
        for frame in container.decode(audio=0):
            loud = np.flatnonzero(np.abs(frame.to_ndarray()[0]) > HEARD)
            if len(loud):
                heard = (loud + at) / frame.sample_rate
                found += heard[np.diff(heard, prepend=last) > 0.15].tolist()
                last = heard[-1]
            at += frame.samples
    return np.array(found)


def chapters(path: Path) -> list[tuple[float, float, str]]:
    """Begin and end in seconds, and title, as FFmpeg reads them."""
    with av.open(str(path)) as container:
        return [
            (
                float(one["start"] * (one["time_base"] or 0)),
                float(one["end"] * (one["time_base"] or 0)),
                one["metadata"].get("title", ""),
            )
            for one in container.chapters()
        ]


def cue_errors(recorded: Recorded) -> NDArray[np.float64]:
    """How much later than its cue says each tone is heard, in seconds."""
    heard = begins(recorded.path)
    told = np.array([cue.first / RATE + BREATH for cue in recorded.timeline.cues])
    if len(heard) != len(told):
        raise AssertionError(f"{len(heard)} tones are heard, {len(told)} were told")
    return np.asarray(heard - told, np.float64)


def chapter_errors(recorded: Recorded, heard: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much later than its chapter says the first tone of each passage is heard, in seconds."""
    firsts = np.cumsum([0, *(len(one.spans) for one in recorded.placed)])[:-1]
    lead = np.array([one.spans[0][0] / RATE + BREATH for one in recorded.placed])
    told = np.array([start for start, _, _ in chapters(recorded.path)])
    return np.asarray(heard[firsts[: len(told)]] - lead[: len(told)] - told)


def main() -> None:
    """Print the worst of each format."""
    hours = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    passages = list(passages_for(hours * 3600))
    with TemporaryDirectory() as folder:
        for kind in map(SoundFormat, sys.argv[2:] or SoundFormat):
            recorded = record(passages, kind, Path(folder, f"tones.{kind}"))
            errors = cue_errors(recorded)
            beside = chapter_errors(recorded, begins(recorded.path))
            length = recorded.timeline.length / RATE / 3600
            print(  # noqa: T201 - a script that tells
                f"{kind}: {length:.2f} h, {len(errors)} cues {1000 * errors.min():+.2f} to "
                f"{1000 * errors.max():+.2f} ms, {len(beside)} chapters {1000 * beside.min():+.2f} to "
                f"{1000 * beside.max():+.2f} ms"
            )
            recorded.path.unlink()


if __name__ == "__main__":
    main()
