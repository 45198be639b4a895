"""What is to be recorded and what comes of it, as values; the work itself is in `recording`.

`record` is a pure function of its order, at module level, with values in and bytes out, so it can
run in this process, in another or on another machine, and its result can be kept.
"""

from __future__ import annotations

import hashlib
import json
import struct
from dataclasses import astuple, dataclass, field
from functools import cache, cached_property, partial
from importlib.metadata import version
from itertools import chain

from newsexport.audio import mp3
from newsexport.audio.coding import Form
from newsexport.errors import SpeechError
from newsexport.job import Cache, Forgetful, Work
from newsexport.protocols import SpeechEngine
from newsexport.speech import Speech, Utterance, WordMark
from newsexport.work.containment import contained

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


# In the name of what is kept.
KIND = "passage"

# Changes whenever the same order would give other bytes.
FORMAT = 9


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


def ready(studio: Studio) -> None:  # noqa: ARG001 - to come here its engine was loaded
    """Load what passages are recorded with."""
    import newsexport.narration.recording  # noqa: F401, PLC0415 - loads numpy, for who records


def record(order: RecordingJob) -> Recording | SpeechError:
    """Speak, level and encode a passage.

    An engine's refusal, and whatever else it raises, is returned, not raised: one article
    lost must not cancel the others that are being recorded beside it.
    """
    engine = type(order.studio.engine).__name__
    try:
        with contained(partial(SpeechError, engine)):
            from newsexport.narration.recording import recorded  # noqa: PLC0415 - loads numpy, for who records

            return recorded(order)
    except SpeechError as error:
        return error
