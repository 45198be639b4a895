"""What is heard of one utterance, and keeping it.

A segment is the least that is spoken, kept and gone on from: a run that is killed has
lost at most those that were being spoken. What it depends on is the engine and the words,
not where they stand, how they are levelled or in what format they end, so editions and
formats share them.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, field, replace

from newsexport.audio import pcm
from newsexport.errors import SpeechError
from newsexport.job import Cache
from newsexport.protocols import SpeaksMany, SpeechEngine
from newsexport.speech import Speech, Utterance, WordMark

# What is kept of an engine's own silence around its speech, in seconds.
BREATH = 0.03

# In the name of what is kept.
KIND = "segment"

# Changes whenever the same utterance of the same engine would give another segment.
FORMAT = 1


class SegmentError(ValueError):
    """Bytes that are no segment, or not all of one."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Speech without the engine's own silence around it, and where its words begin in it."""

    pcm: bytes = field(repr=False)
    words: tuple[WordMark, ...] = ()

    def to_bytes(self) -> bytes:
        """For a cache: the counts of samples and words, the words, the samples."""
        numbers = [number for word in self.words for number in word.numbers()]
        head = struct.pack("<II", len(self.pcm) // 2, len(self.words))
        return head + struct.pack(f"<{len(numbers)}I", *numbers) + self.pcm

    @classmethod
    def from_bytes(cls, data: bytes) -> Segment:
        """What `to_bytes` made. Raises `SegmentError` when the counts do not hold."""
        try:
            samples, count = struct.unpack_from("<II", data)
            numbers = struct.unpack_from(f"<{3 * count}I", data, 8)
        except struct.error as error:
            raise SegmentError(str(error)) from error
        sound = data[8 + 12 * count :]
        if len(sound) != 2 * samples or not samples:
            raise SegmentError(f"{len(sound)} bytes are not {samples} samples")
        words = zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)
        return cls(sound, tuple(WordMark(*word) for word in words))


def key(engine: SpeechEngine, utterance: Utterance) -> str:
    """Everything that a segment depends on, and nothing else, as the name it is kept under."""
    speaker = [type(engine).__module__, repr(engine), engine.version, engine.rate, FORMAT]
    said = [utterance.spoken, utterance.language, utterance.role, *map(astuple, utterance.pronunciations)]
    return f"{KIND}/{hashlib.sha256(json.dumps([speaker, said]).encode()).hexdigest()}"


def segments(engine: SpeechEngine, utterances: Sequence[Utterance], kept: Cache) -> Iterator[Segment]:
    """The segment of each utterance, in order: what was kept, and what is spoken now and kept at once.

    Raises:
        SpeechError: the engine refuses, or is silent.
    """
    keys = [key(engine, utterance) for utterance in utterances]
    known = {name: segment for name in keys if (segment := _recalled(kept, name))}
    missing = dict.fromkeys(name for name in keys if name not in known)
    asked = {name: utterance for name, utterance in zip(keys, utterances, strict=True) if name in missing}
    spoken = iter(_spoken(engine, list(asked.values())))
    for name in keys:
        if name not in known:
            known[name] = next(spoken)
            kept.put(name, known[name].to_bytes())
        yield known[name]


def _recalled(kept: Cache, name: str) -> Segment | None:
    data = kept.get(name)
    with suppress(SegmentError):
        return Segment.from_bytes(data) if data is not None else None
    return None


def _spoken(engine: SpeechEngine, utterances: Sequence[Utterance]) -> Iterator[Segment]:
    speeches: Iterator[Speech] = map(engine.say, utterances)
    if isinstance(engine, SpeaksMany) and utterances:
        speeches = engine.say_many(utterances)
    for utterance, speech in zip(utterances, speeches, strict=True):
        yield _trimmed(utterance, speech, engine)


def _trimmed(utterance: Utterance, speech: Speech, engine: SpeechEngine) -> Segment:
    samples = pcm.from_bytes(speech.pcm)
    if not len(samples):
        raise SpeechError(type(engine).__name__, f"was silent at {utterance.spoken[:60]!r}")
    first, last = pcm.bounds(samples, round(BREATH * engine.rate))
    heard = pcm.faded(samples[first:last], round(BREATH * engine.rate))
    latest = max(0, len(heard) - 1)
    words = (replace(word, sample=min(max(0, word.sample - first), latest)) for word in speech.words)
    return Segment(pcm.to_bytes(heard), tuple(words))
