"""Measures how fast a voice speaks and how long its pauses are, in the finished sound.

    python benchmarks/prosody.py [ENGINE …] [--news PATH …] [--language en] [--options NAME=VALUE …]

The articles are those of ``seeds/`` in one language, ten of them in English, or those that are named.
They are spoken and coded as `newsexport audio` does it, and the MP3 is decoded again. Told are medians of
the silences between what is said, as they are timed and as they are heard: samples one behind the other
below -50 dBFS, which is what FFmpeg's ``silencedetect=noise=-50dB`` takes for silence. The rate is that
of words, printed and as said, without the pauses between sentences.
"""

from __future__ import annotations

import argparse
import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from newsexport.audio.coding import SoundFormat, form_of
from newsexport.audio.sound import decode
from newsexport.events import ignore
from newsexport.job import Job
from newsexport.model import Edition
from newsexport.narration.auditions import casting
from newsexport.narration.narrate import narrate
from newsexport.narration.options import Direction
from newsexport.narration.orders import Studio
from newsexport.narration.script import Level, script
from newsexport.narration.timeline import Cue, Placed, assemble
from newsexport.pipeline import Arrangement, arrange, collect
from newsexport.speech import Role

SEEDS = Path(__file__).parents[1] / "seeds"
DAY = date(2026, 11, 23)
SILENT = 10 ** (-50 / 20)
# How far a silence may reach into what is timed as speech, in seconds: a soft beginning, a sound that fades.
AROUND = 0.3


@dataclass(frozen=True)
class Gap:
    """A silence in seconds, as it is timed and as it is heard."""

    timed: float
    heard: float


@dataclass(frozen=True)
class Prosody:
    """Words a minute of speech, printed and as said, and with all pauses; the silences of each kind."""

    rate: float
    spoken_rate: float
    whole_rate: float
    gaps: Mapping[str, Sequence[Gap]]

    def heard(self, kind: str) -> float:
        """The median of the silences of a kind, in seconds."""
        return statistics.median(gap.heard for gap in self.gaps[kind])


def measured(edition: Edition, engine: str, options: Mapping[str, object] | None = None) -> Prosody:
    """What is heard of an edition by an engine, with pauses as they are unless told."""
    direction, job = Direction(), Job()
    cast = casting(engine, {"speed": 1.0, **(options or {})}, ignore)
    form = form_of(SoundFormat.MP3, cast.rate, 64)
    frames = BytesIO()
    studio = Studio(cast.chosen(edition.language).engine, form)
    placed = narrate(script(edition, direction), studio, job, frames)
    timeline = assemble(placed, form.rate, edition.title, 60)
    sound = np.abs(np.frombuffer(decode(frames.getvalue(), form.rate), "<i2")) / 32768
    sound = sound[form.delay :]
    gaps = defaultdict(list)
    for (cue, kind), (following, _) in pairwise(zip(timeline.cues, kinds(placed), strict=True)):
        gaps[kind].append(_gap(sound, cue, following, form.rate))
    read = [cue for cue in timeline.cues if cue.utterance.role is not Role.ANNOUNCER]
    minutes = sum(cue.last - cue.first for cue in read) / form.rate / 60
    return Prosody(
        sum(len(cue.utterance.printed.split()) for cue in read) / minutes,
        sum(len(cue.utterance.spoken.split()) for cue in read) / minutes,
        sum(len(cue.utterance.printed.split()) for cue in timeline.cues) * form.rate * 60 / timeline.length,
        gaps,
    )


def kinds(placed: Sequence[Placed]) -> Iterator[str]:
    """What each pause comes after."""
    pauses = Direction().pauses
    for passage in (one.passage for one in placed):
        headings = {one.at for one in passage.openings if one.level is Level.HEADING}
        for number, utterance in enumerate(passage.utterances):
            if number == len(passage.utterances) - 1:
                ended = "article" if utterance.pause == pauses.article else "part"
                yield ended if passage.article else "section"
            elif utterance.role is Role.ANNOUNCER:
                yield "heading" if number in headings else "headline"
            else:
                before = " before a heading" if number + 1 in headings else ""
                yield ("sentence" if utterance.pause == pauses.sentence else "paragraph") + before


def _gap(sound: NDArray[np.float64], cue: Cue, following: Cue, rate: int) -> Gap:
    around = round(AROUND * rate)
    first, last = max(0, cue.last - around), following.first + around
    loud = np.flatnonzero(sound[first:last] >= SILENT)
    longest = int(np.diff(loud).max()) if len(loud) > 1 else last - first
    return Gap((following.first - cue.last) / rate, longest / rate)


def edition_of(paths: Sequence[Path], language: str) -> Edition:
    """The articles of a language."""
    edition = arrange(collect([str(path) for path in paths], ignore), Arrangement(DAY, language=language))
    sections = [
        (section, tuple(one for one in section.articles if one.language.startswith(language)))
        for section in edition.sections
    ]
    kept = tuple(type(section)(section.title, articles) for section, articles in sections if articles)
    return Edition(edition.title, edition.issued, language, kept)


def main() -> None:
    """Print a table for each engine."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("engines", nargs="*", default=["espeak", "hibari"])
    parser.add_argument("--news", nargs="*", type=Path, default=[SEEDS])
    parser.add_argument("--language", default="en")
    parser.add_argument("--options", nargs="*", default=[])
    given = parser.parse_args()
    options = dict(one.partition("=")[::2] for one in given.options)
    edition = edition_of(given.news, given.language)
    for engine in given.engines:
        found = measured(edition, engine, options)
        print(f"{engine}, {sum(1 for _ in edition.articles())} articles")
        print(f"  {found.rate:.0f} words a minute, with all pauses {found.whole_rate:.0f}")
        print(f"  {found.spoken_rate:.0f} as said")
        for kind, gaps in sorted(found.gaps.items()):
            told = [statistics.median(getattr(gap, how) for gap in gaps) for how in ("timed", "heard")]
            tenth = sorted(gap.heard for gap in gaps)
            spread = f"{tenth[len(gaps) // 10]:.2f} to {tenth[-1 - len(gaps) // 10]:.2f}"
            print(f"  {kind:<30} {len(gaps):>4} timed {told[0]:.3f} heard {told[1]:.3f} s ({spread})")


if __name__ == "__main__":
    main()
