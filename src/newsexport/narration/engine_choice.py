"""Which engine speaks: the one that was named, or the best that can, told before the first word."""

from __future__ import annotations

import inspect
import io
import wave
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from newsexport import plugins
from newsexport.audio import mp3, pcm
from newsexport.errors import SpeechError, UsageError
from newsexport.events import Noted, Report
from newsexport.narration.recording import BREATH, RecordingJob, Studio, record
from newsexport.narration.script import Passage, speakable
from newsexport.narration.sentences import sentences
from newsexport.plugins import PluginError
from newsexport.protocols import ChecksReadiness, HasVoices, SpeechEngine
from newsexport.speech import MANY, Role, Utterance
from newsexport.text.languages import primary
from newsexport.text.nearest import there_is
from newsexport.work.containment import contained
from spokenform import EMPTY, Lexicon, speak

AUTO = "auto"

# Voices in files are there because the user wants them; the online voices are the more
# pleasant of the others; the embedded one is always there.
PREFERRED = ("piper", "gtts", "espeak")


def choose_engine(
    name: str, options: Mapping[str, object], report: Report, languages: Sequence[str] = ()
) -> SpeechEngine:
    """Make the engine with its options (``voice``, ``speed`` and others that are its fields).

    ``auto`` takes the first of `PREFERRED` that is ready and has a voice for each of
    `languages`, or for the most of them, and reports which and why: an edition is never
    begun in one engine and ended in another.

    Raises:
        UnknownPluginError: no engine has that name.
        UsageError: the engine has no such option.
        SpeechError: it is not ready to speak.
    """
    if name.lower() != AUTO:
        return _ready(name, options)
    refusals: list[SpeechError] = []
    ready: list[tuple[str, SpeechEngine, int]] = []
    for candidate in filter(plugins.engines.__contains__, PREFERRED):
        try:
            engine = _ready(candidate, options)
        except SpeechError as error:
            refusals.append(error)
            continue
        ready.append((candidate, engine, _spoken(engine, languages)))
        if ready[-1][2] == len(languages):
            break
    if not ready:
        raise refusals[-1]
    chosen, engine, _ = max(ready, key=lambda one: one[2])
    # An extra that nobody installed needs no apology.
    told = "; ".join(str(error) for error in refusals if error.subject != "piper")
    report(Noted(f"speaking with {chosen}{f' ({told})' if told else ''}"))
    return engine


# Names of one language (IANA subtag registry: macrolanguages and retired codes).
ALIKE = {"no": "nb", "nn": "nb", "iw": "he", "jw": "jv", "tl": "fil", "cmn": "zh"}


def _spoken(engine: SpeechEngine, languages: Sequence[str]) -> int:
    """How many of the languages an engine has a voice for; one that lists no voices speaks all."""
    known = (
        {_language(voice.language) for voice in engine.voices()} if isinstance(engine, HasVoices) else {MANY}
    )
    return sum(1 for language in languages if MANY in known or _language(language) in known)


def _language(tag: str) -> str:
    return ALIKE.get(primary(tag), primary(tag))


def _ready(name: str, options: Mapping[str, object]) -> SpeechEngine:
    try:
        factory = plugins.engines[name]
    except PluginError as error:
        raise SpeechError(name, str(error).removeprefix(f"engine {name} ")) from error
    known = inspect.signature(factory).parameters
    for option in options:
        if option not in known and not any(one.kind is one.VAR_KEYWORD for one in known.values()):
            raise UsageError(f"engine {name}: takes no option {option!r}{there_is(option, known)}")
    try:
        with contained(partial(SpeechError, name), TypeError, quitting=True):
            engine = factory(**options)
            if isinstance(engine, ChecksReadiness):
                engine.check()
    except TypeError as error:
        raise UsageError(f"engine {name}: {error}") from error
    return engine


# A few words spoken at once, without an edition around them: to hear how something is said.

BITRATE = 64


def utterances(
    text: str, language: str, lexicon: Lexicon = EMPTY, pause: float = 0.35
) -> tuple[Utterance, ...]:
    """The sentences of the text as they are said, with `pause` seconds after each."""
    told = ((sentence, speak(sentence, language, lexicon)) for sentence in sentences(text, language))
    return tuple(
        Utterance(printed, words.text, language, Role.READER, pause, words.pronunciations)
        for printed, words in told
        if speakable(words.text)
    )


def as_wave(heard: tuple[Utterance, ...], engine: SpeechEngine) -> bytes:
    """A WAV file, mono, 16 bits at the engine's rate. Raises `SpeechError`."""
    parts = []
    for utterance in heard:
        samples = pcm.from_bytes(engine.say(utterance).pcm)
        parts.append(pcm.to_bytes(pcm.trim(samples, round(BREATH * engine.rate))))
        parts.append(pcm.to_bytes(pcm.silence(round(utterance.pause * engine.rate))))
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(engine.rate)
        sound.writeframes(b"".join(parts))
    return file.getvalue()


def as_mp3(heard: tuple[Utterance, ...], engine: SpeechEngine) -> bytes:
    """An MP3, levelled as an episode is. Raises `SpeechError`."""
    form = mp3.Format(engine.rate, BITRATE)
    recording = record(RecordingJob(Studio(engine, form), heard))
    if isinstance(recording, SpeechError):
        raise recording
    count = recording.length // form.frame_samples
    return mp3.info_frame(form, count, len(recording.frames)) + recording.frames


# Foreign sentences in the languages that an engine has, and the others in the article's own.


def voiced(passages: Iterable[Passage], engine: SpeechEngine) -> Iterator[Passage]:
    """The passages, with nothing in them for which an article would be lost.

    A sentence in a language that the engine has no voice for is said by the voice of its
    article: one quotation is no reason to leave a whole article out.
    """
    known: set[str] | None = None  # asked for when it matters, for an engine may have to ask a server
    for passage in passages:
        own = passage.article.language if passage.article else None
        if own is None or all(one.language == own for one in passage.utterances):
            yield passage
            continue
        if known is None:
            known = _known(engine)
        yield replace(passage, utterances=tuple(_in_known(one, own, known) for one in passage.utterances))


def _known(engine: SpeechEngine) -> set[str]:
    """The languages that an engine has voices for; one that lists none speaks whatever it is given."""
    return {_alike(voice.language) for voice in engine.voices()} if isinstance(engine, HasVoices) else {MANY}


def _in_known(one: Utterance, own: str, known: set[str]) -> Utterance:
    return one if one.language == own or known & {MANY, _alike(one.language)} else replace(one, language=own)


def _alike(tag: str) -> str:
    return ALIKE.get(primary(tag), primary(tag))
