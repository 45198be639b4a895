"""From a passage to coded frames: the work that runs in parallel.

`record` is a pure function of its order, at module level, with values in and bytes out,
so it can run in this process, in another or on another machine, and its result can be
kept. It begins and ends in silence, so recordings can be joined frame to frame.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, field, replace
from functools import cache, cached_property, partial
from importlib.metadata import version
from itertools import chain

import numpy as np

from newsexport.audio import mp3, pcm
from newsexport.audio.coding import Form
from newsexport.audio.loudness import level
from newsexport.audio.sound import DecodeError
from newsexport.errors import SpeechError
from newsexport.job import Cache, Forgetful, Work, damage
from newsexport.protocols import SpeaksMany, SpeechEngine
from newsexport.speech import Speech, Utterance, WordMark
from newsexport.work.containment import contained

# What is heard of one utterance, and keeping it.
#
# A segment is the least that is spoken, kept and gone on from: a run that is killed has
# lost at most those that were being spoken. What it depends on is the engine and the words,
# not where they stand, how they are levelled or in what format they end, so editions and
# formats share them.

# Sentences of several languages in one passage, each in the voice of its language.


@dataclass(frozen=True, slots=True)
class Ensemble:
    """Engines that take turns within a passage: each language (as tagged) and who speaks it.

    It is an engine itself, at the rate of the first.
    """

    cast: tuple[tuple[str, SpeechEngine], ...]

    @property
    def rate(self) -> int:
        """That of the first; `record` brings what the others say to the rate of the recording."""
        return self.cast[0][1].rate

    @property
    def version(self) -> str:
        """Those of all."""
        return "; ".join(engine.version for _, engine in self.cast)

    @property
    def work(self) -> Work:
        """To wait, where one of them does."""
        return Work.WAIT if any(one.work is Work.WAIT for _, one in self.cast) else Work.COMPUTE

    def say(self, utterance: Utterance) -> Speech:
        """Have it said by whoever speaks its language."""
        return speaking(self, utterance).say(utterance)


def speaking(engine: SpeechEngine, utterance: Utterance) -> SpeechEngine:
    """Who says an utterance: the engine, or one of its ensemble."""
    if not isinstance(engine, Ensemble):
        return engine
    return next((one for tag, one in engine.cast if tag == utterance.language), engine.cast[0][1])


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
    heard = pcm.faded(samples[first:last], breath)
    latest = max(0, len(heard) - 1)
    words = [replace(word, sample=min(max(0, word.sample - first), latest)) for word in speech.words]
    if words and not any(
        map(str.isalnum, utterance.spoken[: words[0].offset])
    ):  # it is where the sound begins
        second = words[1].sample if len(words) > 1 else latest
        words[0] = replace(words[0], sample=min(breath, second))
    return Segment(pcm.to_bytes(heard), tuple(words))


# Silence before the first word of a passage, in seconds: room for a decoder's filter to
# settle after a joint, and for a player to land a little early.
LEAD = 0.12

# How long a sound that was brought along fades in and out, in seconds.
FADE = 0.02

# In the name of what is kept.
KIND = "passage"

# Changes whenever the same order would give other bytes.
FORMAT = 7


@dataclass(frozen=True, slots=True)
class Studio:
    """What is the same for every passage of a narration. Loudness in LUFS, peak in dBTP."""

    engine: SpeechEngine
    form: Form
    loudness: float = -16.0
    peak: float = -1.0


@dataclass(frozen=True)
class RecordingJob:
    """One passage to record, or a sound to bring into the same shape: a file as it came.

    `kept` is where segments are kept by whoever records, as soon as they are spoken.
    """

    studio: Studio
    utterances: tuple[Utterance, ...]
    sound: bytes = field(default=b"", repr=False)
    kept: Cache = field(default_factory=Forgetful, repr=False, compare=False)

    @cached_property
    def key(self) -> str:
        """Everything the recording depends on, and nothing else, as text."""
        studio = self.studio
        engine = studio.engine
        said = [
            [one.spoken, one.language, one.role, one.pause, *map(astuple, one.pronunciations)]
            for one in self.utterances
        ]
        speaker = [type(engine).__module__, repr(engine), engine.version]
        coder = _version("lameenc" if isinstance(studio.form, mp3.Format) else "av")
        sound = [repr(studio.form), studio.loudness, studio.peak, FORMAT, coder]
        brought = hashlib.sha256(self.sound).hexdigest() if self.sound else ""
        return f"{KIND}/{hashlib.sha256(json.dumps([speaker, sound, said, brought]).encode()).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Recording:
    """Coded frames, how many samples they decode to, and where each utterance and its words are heard.

    Spans are samples of the passage; so are those of the words, of which each utterance
    has some, or none when its engine does not tell. `damaged` are the keys of segments that
    had not survived where they were kept, which whoever recorded may be alone to know.
    """

    frames: bytes = field(repr=False)
    length: int
    spans: tuple[tuple[int, int], ...]
    words: tuple[tuple[WordMark, ...], ...] = ()
    damaged: frozenset[str] = field(default=frozenset(), compare=False)

    def to_bytes(self) -> bytes:
        """For a cache: the numbers, then the frames."""
        counts = [len(words) for words in self.words]
        marks = [number for words in self.words for word in words for number in word.numbers()]
        numbers = [self.length, len(self.spans), *chain.from_iterable(self.spans), *counts, *marks]
        return struct.pack(f"<I{len(numbers)}Q", len(numbers), *numbers) + self.frames

    @classmethod
    def from_bytes(cls, data: bytes) -> Recording:
        """What `to_bytes` made."""
        (count,) = struct.unpack_from("<I", data)
        numbers = iter(struct.unpack_from(f"<{count}Q", data, 4))
        length, many = next(numbers), next(numbers)
        spans = tuple((next(numbers), next(numbers)) for _ in range(many))
        counts = [next(numbers) for _ in range(many)]
        words = tuple(
            tuple(WordMark(next(numbers), next(numbers), next(numbers)) for _ in range(each))
            for each in counts
        )
        return cls(data[4 + 8 * count :], length, spans, words)


@cache
def _version(package: str) -> str:
    return version(package)  # which opens a file each time


def record(order: RecordingJob) -> Recording | SpeechError:
    """Speak, level and encode a passage.

    An engine's refusal, and whatever else it raises, is returned, not raised: one article
    lost must not cancel the others that are being recorded beside it.
    """
    engine = type(order.studio.engine).__name__
    try:
        with contained(partial(SpeechError, engine)):
            return _recorded(order)
    except SpeechError as error:
        return error


def _recorded(order: RecordingJob) -> Recording:
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
    words = tuple(tuple(_moved(one.words, begin)) for begin, one in zip(begins, spoken, strict=True))
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
    parts: list[pcm.Samples] = [pcm.silence(round(LEAD * rate))]
    begins: list[int] = []
    at = len(parts[0])
    for utterance, segment in zip(utterances, spoken, strict=True):
        heard, pause = pcm.from_bytes(segment.pcm), pcm.silence(round(utterance.pause * rate))
        begins.append(at)
        parts += [heard, pause]
        at += len(heard) + len(pause)
    return np.concatenate([*parts, parts[0]]), begins


def _moved(words: Sequence[WordMark], by: int) -> Iterator[WordMark]:
    return (replace(word, sample=word.sample + by) for word in words)


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
