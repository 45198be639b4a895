"""A few words spoken at once, without an edition around them: to hear how something is said."""

from __future__ import annotations

import io
import wave

from newsexport.audio import mp3, pcm
from newsexport.errors import SpeechError
from newsexport.narration.orders import RecordingJob, Studio, record
from newsexport.narration.recording import BREATH
from newsexport.narration.script import speakable
from newsexport.narration.sentences import sentences
from newsexport.protocols import SpeechEngine
from newsexport.speech import Role, Utterance
from spokenform import EMPTY, Lexicon, speak

BITRATE = 64


def utterances(
    text: str, language: str, lexicon: Lexicon = EMPTY, pause: float = 0.45
) -> tuple[Utterance, ...]:
    """The sentences of the text as they are said, with `pause` seconds after each."""
    told = (
        (sentence, speak(sentence, language, lexicon, marks=True)) for sentence in sentences(text, language)
    )
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
