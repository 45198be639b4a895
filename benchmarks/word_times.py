"""Measures how far from the sound voices say their words are: against an aligner, and against silence.

    pip install pocketsphinx
    python benchmarks/word_times.py [ENGINE …] [--sentences 60] [--options NAME=VALUE …] [--worst]

The aligner (CMU Sphinx, whose acoustic model of American English lies in its package) knows nothing of the
voices and their models; it finds words by 10 ms, soft sounds some 20 ms early or late, and hardly understands
a robot. Silence needs no aligner: a word with a pause before it begins where the sound does. Told are, of
what is recorded, the differences in ms and the share of words that are no further than 60 ms off.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from newsexport import plugins
from newsexport.audio.pcm import from_bytes
from newsexport.audio.sound import resampled
from newsexport.job import Forgetful
from newsexport.narration.recording import segments
from newsexport.protocols import SpeechEngine
from newsexport.speech import Utterance

NEAR = 0.06
HEARD = 16000
FRAMES = 100  # that the aligner counts in a second

PEOPLE = (
    "the mayor|a clerk|two skippers|the harbour board|farmers|a teacher|pilots|the court|nurses|an editor"
)
DEEDS = "voted for|looked into|put off|opened|would rather sell|measured|drew up|argued about|paid for|forgot"
THINGS = (
    "a ferry|the budget|new rules|a bridge|the old mill|a survey|school meals|the timetable|a loan|the dam"
)
REASONS = (
    "rain is due|prices rose|nobody asked|the tide turned|work is slow|it was late|costs fell|votes were few"
)
FORMS = (
    "{p} {d} {t}, although {r}.",
    "In the town, {p} {d} {t} because {r}.",
    "Many people said that {p} {d} {t}, and that {r}.",
    "Last summer {p} {d} {t}; this year {r}.",
    "“{p} {d} {t},” she said, “because {r}.”",
    "She called it “a fair deal” and said that {p} {d} {t}.",
    "Last week {p} (and {q}) {d} {t} — at last.",
    "One thing is certain: {p} {d} {t}.",
)
# Words that begin with a sound one can see: before a plosive there is a silence of its own.
ALONE = "maybe|lovely|never|yellow|some|first|many|yes|nobody|London|summer|more|water|shallow|rivers|listen"


def sentences(count: int) -> Iterator[str]:
    chance = random.Random(7)

    def one(words: str) -> str:
        return chance.choice(words.split("|"))

    for number in range(count):
        said = FORMS[number % len(FORMS)].format(
            p=one(PEOPLE), q=one(PEOPLE), d=one(DEEDS), t=one(THINGS), r=one(REASONS)
        )
        yield re.sub(r"^\W*[a-z]", lambda match: match[0].upper(), said)


def told(engine: SpeechEngine, text: str, spoken: str) -> tuple[list[tuple[str, float]], bytes]:
    (segment,) = segments(engine, [Utterance(text, spoken, "en")], Forgetful())
    words = [(spoken[one.offset :][: one.length], one.sample / engine.rate) for one in segment.words]
    return [(bare(word), begin) for word, begin in words], segment.pcm


def bare(word: str) -> str:
    return re.sub(r"[^a-z]", "", word.lower())


def against_aligner(engine: SpeechEngine, count: int) -> dict[str, list[float]]:
    """How much later than the aligner finds it each word is told, by word, in seconds."""
    from pocketsphinx import Decoder  # the one thing that has to be installed for this

    decoder: Any = Decoder(samprate=HEARD, loglevel="FATAL")
    found: dict[str, list[float]] = {}
    for text in sentences(count):
        words, pcm = told(engine, text, re.sub("[“”]", "", text))
        decoder.set_align_text(" ".join(word for word, _ in words))
        decoder.start_utt()
        decoder.process_raw(resampled(pcm, engine.rate, HEARD), full_utt=True)
        decoder.end_utt()
        heard = [one for one in decoder.seg() or () if one.word[0] not in "<["]
        if len(heard) == len(words):
            for one, (word, begin) in zip(heard, words, strict=True):
                found.setdefault(word, []).append(begin - one.start_frame / FRAMES)
    return found


def against_silence(engine: SpeechEngine) -> dict[str, list[float]]:
    """How much later than its sound begins each word is told that is spoken after a pause."""
    found: dict[str, list[float]] = {}
    for word in ALONE.split("|"):
        for parts in ([word], ["Ten", word, "ten"]):
            spoken = "; ".join(parts) + "."
            words, pcm = told(engine, spoken, spoken)
            begins = _begins(from_bytes(pcm), engine.rate)
            if len(begins) == len(words) == len(parts):
                at = len(parts) // 2
                found.setdefault(word, []).append(words[at][1] - begins[at])
    return found


def _begins(sound: np.ndarray[Any, Any], rate: int) -> list[float]:
    """Where sound begins, after at least 80 ms of silence or at the head, in seconds."""
    loud = np.flatnonzero(np.abs(sound) > 0.01)
    return [int(loud[at]) / rate for at in (0, *(np.flatnonzero(np.diff(loud) > 0.08 * rate) + 1))]


def row(what: str, found: Mapping[str, Sequence[float]]) -> None:
    late = sorted(one for many in found.values() for one in many)
    if not late:
        print(f"{what:<34} nothing told")
        return
    near = sum(abs(one) <= NEAR for one in late) / len(late)
    shown = [1000 * late[round(part * (len(late) - 1))] for part in (0.05, 0.5, 0.95)]
    spread = f"{shown[1]:+4.0f} ms ({shown[0]:+.0f} to {shown[2]:+.0f})"
    print(f"{what:<30} {len(late):>4} words {spread:<22} {near:.1%} within 60 ms")


def main() -> None:
    """Print a line for each engine and way of measuring."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("engines", nargs="*", default=["hibari", "piper", "espeak"])
    parser.add_argument("--sentences", type=int, default=60)
    parser.add_argument("--options", nargs="*", default=[])
    parser.add_argument("--speed", type=float, default=1.0)
    parser.add_argument("--worst", action="store_true", help="the words that are furthest off")
    given = parser.parse_args()
    options = dict(one.partition("=")[::2] for one in given.options)
    for name in given.engines:
        engine = plugins.engines[name](speed=given.speed, **options)
        for how, found in (
            ("aligner", against_aligner(engine, given.sentences)),
            ("silence", against_silence(engine)),
        ):
            row(f"{name} at {given.speed}, {how}", found)
            for word, many in sorted(found.items(), key=lambda pair: -abs(statistics.median(pair[1])))[:8]:
                if given.worst:
                    print(f"    {word:<12} {len(many):>3} {1000 * statistics.median(many):+.0f}")


if __name__ == "__main__":
    main()
