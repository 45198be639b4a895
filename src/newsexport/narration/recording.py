"""From words to coded frames: the work that runs in parallel, as `orders.record` has it done.

A recording begins and ends in silence, so recordings can be joined frame to frame.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, field, replace
from itertools import accumulate

import numpy as np

from newsexport.audio import pcm
from newsexport.audio.loudness import level
from newsexport.errors import SpeechError
from newsexport.job import Cache, damage
from newsexport.narration.orders import Recording, RecordingJob, Studio, speaking
from newsexport.protocols import SpeaksMany, SpeechEngine
from newsexport.speech import Speech, Utterance, WordMark

# What is heard of one utterance, and keeping it.
#
# A segment is the least that is spoken, kept and gone on from: a run that is killed has
# lost at most those that were being spoken. What it depends on is the engine and the words,
# not where they stand, how they are levelled or in what format they end, so editions and
# formats share them.

# What is kept of an engine's own silence around its speech, in seconds.
BREATH = 0.03

# In the name of what is kept.
SEGMENT_KIND = "segment"

# Changes whenever the same utterance of the same engine would give another segment.
SEGMENT_FORMAT = 3


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
    engine = speaking(engine, utterance)
    speaker = [type(engine).__module__, repr(engine), engine.version, engine.rate, SEGMENT_FORMAT]
    said = [utterance.spoken, utterance.language, utterance.role, *map(astuple, utterance.pronunciations)]
    return f"{SEGMENT_KIND}/{hashlib.sha256(json.dumps([speaker, said]).encode()).hexdigest()}"


def segments(engine: SpeechEngine, utterances: Sequence[Utterance], kept: Cache) -> Iterator[Segment]:
    """The segment of each utterance, in order: what was kept, and what is spoken now and kept at once.

    Raises:
        SpeechError: the engine refuses, or is silent.
    """
    keys = [key(engine, utterance) for utterance in utterances]
    known = {name: segment for name in keys if (segment := _recalled(kept, name))}
    missing = dict.fromkeys(name for name in keys if name not in known)
    asked = {name: utterance for name, utterance in zip(keys, utterances, strict=True) if name in missing}
    speakers = {name: speaking(engine, utterance) for name, utterance in asked.items()}
    spoken = {
        id(speaker): _spoken(speaker, [asked[name] for name in asked if speakers[name] is speaker])
        for speaker in {id(speaker): speaker for speaker in speakers.values()}.values()
    }
    for name in keys:
        if name not in known:
            known[name] = next(spoken[id(speakers[name])])
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
    first, last = pcm.bounds(samples, breath := round(BREATH * engine.rate))
    latest = max(0, last - first - 1)
    words = [replace(word, sample=min(max(0, word.sample - first), latest)) for word in speech.words]
    if words and not any(
        map(str.isalnum, utterance.spoken[: words[0].offset])
    ):  # it is where the sound begins
        second = words[1].sample if len(words) > 1 else latest
        words[0] = replace(words[0], sample=min(breath, second))
    return Segment(pcm.cut(speech.pcm, first, last, breath), tuple(words))


# Silence before the first word of a passage, in seconds: room for a decoder's filter to
# settle after a joint, and for a player to land a little early.
LEAD = 0.12

# How long a sound that was brought along fades in and out, in seconds.
FADE = 0.02


def recorded(order: RecordingJob) -> Recording:
    """A passage spoken, levelled and encoded; it begins and ends in silence. Raises `SpeechError`."""
    studio = order.studio
    if order.sound:
        return _encoded(_brought(order.sound, studio.form.rate), studio, (), ())
    spoken = [
        _at_rate(segment, speaking(studio.engine, one).rate, studio.form.rate)
        for one, segment in zip(
            order.utterances, segments(studio.engine, order.utterances, order.kept), strict=True
        )
    ]
    samples, begins = _laid_out(order.utterances, spoken, studio.form.rate)
    spans = tuple((begin, begin + len(one.pcm) // 2) for begin, one in zip(begins, spoken, strict=True))
    words = tuple(
        tuple(word.later(begin) for word in one.words) for begin, one in zip(begins, spoken, strict=True)
    )
    return replace(_encoded(samples, studio, spans, words), damaged=frozenset(damage(order.kept)))


def _at_rate(segment: Segment, come: int, rate: int) -> Segment:
    """A segment at the rate of the recording."""
    if come == rate:
        return segment
    from newsexport.audio.sound import resampled  # noqa: PLC0415 - only needed where voices differ

    words = tuple(replace(word, sample=word.sample * rate // come) for word in segment.words)
    return Segment(resampled(segment.pcm, come, rate), words)


def brought(sound: bytes, rate: int) -> pcm.Samples:
    """A sound file as samples. Raises `DecodeError`."""
    from newsexport.audio.sound import heard  # noqa: PLC0415 - only sounds that are brought along need it

    return pcm.from_bytes(heard(sound, rate))


def _brought(sound: bytes, rate: int) -> pcm.Samples:
    """It was listened to before anything was spoken, so it can be read."""
    from newsexport.audio.sound import DecodeError  # noqa: PLC0415 - as above

    try:
        samples = brought(sound, rate)
    except DecodeError:  # pragma: no cover - refused before; a silent sound is better than a lost edition
        samples = pcm.silence(1)
    rest = pcm.silence(round(LEAD * rate))
    return np.concatenate((rest, pcm.faded(samples, round(FADE * rate)), rest))


def _laid_out(
    utterances: Sequence[Utterance], spoken: Sequence[Segment], rate: int
) -> tuple[pcm.Samples, list[int]]:
    """The segments with their pauses between, and where each begins."""
    lead = round(LEAD * rate)
    pauses = (round(one.pause * rate) for one in utterances)
    ends = accumulate(
        (len(one.pcm) // 2 + pause for one, pause in zip(spoken, pauses, strict=True)), initial=lead
    )
    *begins, end = ends
    samples = pcm.silence(end + lead)
    for begin, segment in zip(begins, spoken, strict=True):
        heard = pcm.from_bytes(segment.pcm)
        samples[begin : begin + len(heard)] = heard
    return samples, begins


def _encoded(
    samples: pcm.Samples,
    studio: Studio,
    spans: tuple[tuple[int, int], ...],
    words: tuple[tuple[WordMark, ...], ...],
) -> Recording:
    form = studio.form
    lift = -20 * np.log10(form.scale)
    levelled = level(samples, form.rate, studio.loudness + lift, studio.peak + lift - form.margin)
    frames = form.encode(pcm.to_bytes(levelled))
    return Recording(frames, form.count(frames) * form.frame_samples, spans, words)
