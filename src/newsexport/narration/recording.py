"""From a passage to MP3 frames: the work that runs in parallel.

`record` is a pure function of its order, at module level, with values in and bytes out,
so it can run in this process, in another or on another machine, and its result can be
kept. It begins and ends in silence, so recordings can be joined frame to frame.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, field
from importlib.metadata import version

import numpy as np

from newsexport.audio import mp3, pcm
from newsexport.audio.loudness import level
from newsexport.errors import SpeechError
from newsexport.protocols import SpeaksMany, SpeechEngine
from newsexport.speech import Speech, Utterance

# Silence before the first word of a passage, in seconds: room for a decoder's filter to
# settle after a joint, and for a player to land a little early.
LEAD = 0.12

# What is kept of an engine's own silence around its speech, in seconds.
BREATH = 0.03

# A lossy coder raises some peaks: at 64 kbit/s by 0.9 dB in half an hour of speech.
CODING_MARGIN = 1.3

# Changes whenever the same order would give other bytes.
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Studio:
    """What is the same for every passage of a narration. Loudness in LUFS, peak in dBTP."""

    engine: SpeechEngine
    form: mp3.Format
    loudness: float = -16.0
    peak: float = -1.0


@dataclass(frozen=True, slots=True)
class Order:
    """One passage to record."""

    studio: Studio
    utterances: tuple[Utterance, ...]

    def key(self) -> str:
        """Everything the recording depends on, and nothing else, as text."""
        studio = self.studio
        engine = studio.engine
        said = [
            [one.spoken, one.language, one.role, one.pause, *map(astuple, one.pronunciations)]
            for one in self.utterances
        ]
        speaker = [type(engine).__module__, repr(engine), engine.version]
        sound = [repr(studio.form), studio.loudness, studio.peak, FORMAT, version("lameenc")]
        return hashlib.sha256(json.dumps([speaker, sound, said]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Recording:
    """MP3 frames, how many samples they decode to, and where each utterance is heard."""

    frames: bytes = field(repr=False)
    length: int
    spans: tuple[tuple[int, int], ...]

    def to_bytes(self) -> bytes:
        """For a cache: the numbers, then the frames."""
        numbers = [self.length, *(sample for span in self.spans for sample in span)]
        return struct.pack(f"<I{len(numbers)}Q", len(numbers), *numbers) + self.frames

    @classmethod
    def from_bytes(cls, data: bytes) -> Recording:
        """What `to_bytes` made."""
        (count,) = struct.unpack_from("<I", data)
        length, *samples = struct.unpack_from(f"<{count}Q", data, 4)
        spans = tuple(zip(samples[::2], samples[1::2], strict=True))
        return cls(data[4 + 8 * count :], length, spans)


def record(order: Order) -> Recording | SpeechError:
    """Speak, level and encode a passage.

    An engine's refusal is returned, not raised: one article lost must not cancel the
    others that are being recorded beside it.
    """
    rate = order.studio.form.rate
    try:
        spoken = list(_spoken(order.studio.engine, order.utterances))
    except SpeechError as error:
        return error
    parts: list[pcm.Samples] = [pcm.silence(round(LEAD * rate))]
    spans: list[tuple[int, int]] = []
    at = len(parts[0])
    for utterance, samples in zip(order.utterances, spoken, strict=True):
        pause = pcm.silence(round(utterance.pause * rate))
        spans.append((at, at + len(samples)))
        parts += [samples, pause]
        at += len(samples) + len(pause)
    parts.append(pcm.silence(round(LEAD * rate)))
    return _encoded(np.concatenate(parts), order.studio, tuple(spans))


def _spoken(engine: SpeechEngine, utterances: Sequence[Utterance]) -> Iterator[pcm.Samples]:
    """What is heard of each utterance, without the engine's own silence around it."""
    speeches: Iterator[Speech] = map(engine.say, utterances)
    if isinstance(engine, SpeaksMany):
        speeches = engine.say_many(utterances)
    for utterance, speech in zip(utterances, speeches, strict=True):
        samples = pcm.from_bytes(speech.pcm)
        if not len(samples):
            raise SpeechError(type(engine).__name__, f"was silent at {utterance.spoken[:60]!r}")
        yield pcm.trim(samples, round(BREATH * engine.rate))


def _encoded(samples: pcm.Samples, studio: Studio, spans: tuple[tuple[int, int], ...]) -> Recording:
    lift = -20 * np.log10(mp3.SCALE)
    levelled = level(samples, studio.form.rate, studio.loudness + lift, studio.peak + lift - CODING_MARGIN)
    frames = mp3.encode(pcm.to_bytes(levelled), studio.form)
    length = sum(1 for _ in mp3.frames(frames)) * studio.form.frame_samples
    return Recording(frames, length, spans)
