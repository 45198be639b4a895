"""Voices in files: Piper, which speaks with small neural models on an ordinary processor.

The package comes with ``pip install 'newsexport[piper]'``, a voice is a file ``NAME.onnx``
with ``NAME.onnx.json`` beside it, from wherever the user likes, or from Piper's catalogue.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsexport.audio.sound import resampled
from newsexport.engines.onnx_models import Element, runtime, session
from newsexport.engines.piper_catalogue import QUALITIES, offered, size
from newsexport.engines.piper_words import marked
from newsexport.engines.sanity_check import implausible
from newsexport.engines.split_text import pack
from newsexport.engines.voice_selection import cast, kept_voices
from newsexport.engines.word_marks import engine_text, one_for_each_word, with_commas
from newsexport.errors import SpeechError
from newsexport.interchange.json_reader import JsonError, JsonValue, document
from newsexport.job import Work
from newsexport.speech import Gender, OfferedVoice, Quality, Role, Speech, Utterance, Voice
from newsexport.text.languages import alike, primary
from newsexport.text.nearest import nearest
from newsexport.work.containment import in_one_line

if TYPE_CHECKING:
    from piper import PiperVoice

VOICES_VARIABLE = "NEWSEXPORT_PIPER_VOICES"
GENDERS = {"male": Gender.MALE, "female": Gender.FEMALE}
# How many samples each sound lasts, in units of a voice's hop, as its model calls it within.
DURATIONS = "/Ceil_output_0"
# Characters that are spoken at once: some twelve seconds, for each of which a process takes 20 MB more.
LONGEST = 200
# Raised when the same text may sound different, or be told differently, although Piper is the same.
SCHEME = 3
# What is taken of a voice's own pace at speed 1. They have been read at about 190 words a minute without the
# pauses between sentences, and are heard as 150 to 165 then (benchmarks/prosody.py).
PACE = 0.8


def _default_folder() -> str:
    return os.environ.get(VOICES_VARIABLE, "")


@dataclass(frozen=True, slots=True)
class PiperEngine:
    """Voices in files that you have: Piper's neural models, on this machine.

    `folder` is where the voices are (``NAME.onnx`` and ``NAME.onnx.json``), without it
    what the environment variable ``NEWSEXPORT_PIPER_VOICES`` says. Beside these there are those that
    ``newsexport voices --get`` brought, in `fetched`, which is the folder ``piper`` of that which
    ``NEWSEXPORT_VOICES`` names. `voice` is a NAME, or
    ``NAME#SPEAKER`` for a voice that has several, or several of them for languages and
    roles (see `voice_selection`); empty means the best of each language. `rate` is what the
    speech is brought to, in samples a second.

    A model speaks with a little chance in it. That is taken out, so that the same text
    always sounds the same; `lively` leaves it in, for which a run that is repeated gives
    other bytes.
    """

    voice: str = ""
    speed: float = 1.0
    folder: str = ""
    rate: int = 22050
    lively: bool = False
    fetched: str = field(default_factory=partial(kept_voices, "piper"), compare=False, repr=False)

    @property
    def version(self) -> str:
        """The version of Piper, and which files the voices are."""
        try:
            return f"{version('piper-tts')} {SCHEME} {self._stamp()}"
        except PackageNotFoundError:
            return ""

    @property
    def work(self) -> Work:
        """It computes, on one processor for each process."""
        return Work.COMPUTE

    def check(self) -> None:
        """Raise `SpeechError` when Piper is not installed or a voice is not there."""
        _piper()
        if not self.voices():
            hint = "`newsexport voices --get LANGUAGE` brings one"
            raise SpeechError("piper", f"there is no voice{self._where()}; {hint}")
        for name in cast(self.voice).names():
            self._file(name)

    @property
    def speedup(self) -> float:
        """About ten times as fast as one listens."""
        return 10

    @property
    def destination(self) -> str:
        """Nobody: nothing leaves this machine."""
        return ""

    def speaker(self, language: str) -> str:
        """The voice of a language."""
        return self._voice_for(language, Role.READER)

    def voices(self) -> Sequence[Voice]:
        """Every voice that is there, and every speaker of those that have several."""
        found = [voice for path in self._files().values() for voice in _voices(path)]
        return tuple(sorted(found, key=lambda voice: (voice.language, voice.name)))

    @property
    def home(self) -> Path:
        """The folder of the voices that were fetched. Raises `SpeechError` when none is named."""
        if folder := self.fetched or self._folder():
            return Path(folder)
        raise SpeechError(
            "piper", f"no folder of voices is named; set its folder option or {VOICES_VARIABLE}"
        )

    def offered(self, read: Callable[[str], bytes], wanted: str) -> Sequence[OfferedVoice]:
        """What Piper's catalogue has under a name or for a language."""
        _piper()
        return offered(read, wanted)

    def say(self, utterance: Utterance) -> Speech:
        """Speak one utterance, and mark its words where the model tells. Raises `SpeechError`."""
        name = self._voice_for(utterance.language, utterance.role)
        model = _model(str(self._file(name)))
        sounds = model.config.phoneme_id_map
        heard = with_commas(utterance)
        harmless = replace(heard, spoken=heard.spoken.replace("[[", "(("))
        sending = engine_text(harmless, lambda ipa: _spelled(ipa, sounds))
        try:
            settings = self._settings(model, name)
            pieces = _pieces(sending.text)
            chunks = [
                one for piece in pieces for one in model.synthesize(piece, settings, include_alignments=True)
            ]
        except Exception as error:  # whatever a model that is not Piper's makes the runtime raise
            raise SpeechError(
                "piper", f"{name} could not speak {utterance.spoken[:60]!r}: {in_one_line(error)}"
            ) from error
        pcm = b"".join(chunk.audio_int16_bytes for chunk in chunks)
        rate = model.config.sample_rate
        if pcm and (fault := implausible(utterance.spoken, pcm, rate, self.speed * PACE)):
            told = f"{name} made a sound that cannot be {utterance.spoken[:60]!r}: {fault}"
            raise SpeechError("piper", told)
        marks = map(sending.original, marked(sending.text, chunks, model.phonemize))
        words = one_for_each_word(utterance.spoken, marks)
        placed = tuple(replace(word, sample=round(word.sample / rate * self.rate)) for word in words)
        return Speech(resampled(pcm, rate, self.rate) if pcm else b"", placed)

    def _settings(self, model: PiperVoice, name: str) -> Any:
        from piper import SynthesisConfig  # noqa: PLC0415 - an extra

        speaker = name.partition("#")[2]
        config = model.config
        number = config.speaker_id_map.get(speaker) if speaker else None
        if speaker and number is None:
            raise SpeechError("piper", f"no speaker {speaker!r} in {name.partition('#')[0]}")
        return SynthesisConfig(
            speaker_id=number,
            length_scale=config.length_scale / (self.speed * PACE),
            noise_scale=config.noise_scale if self.lively else 0.0,
            noise_w_scale=config.noise_w_scale if self.lively else 0.0,
        )

    def _voice_for(self, language: str, role: Role) -> str:
        """The voice that was cast, if it speaks this language; else the best that does."""
        named = cast(self.voice).named(language, role)
        listed = self.voices()
        mine = [voice for voice in listed if alike(voice.language) == alike(language)]
        if any(voice.name == named for voice in mine) or (
            named and named not in {one.name for one in listed}
        ):
            return named
        if not mine:
            raise SpeechError(
                "piper",
                f"has no voice for the language {language!r}; "
                f"`newsexport voices --get {primary(language)}` brings one",
            )
        wanted = language.lower()
        return max(
            mine, key=lambda one: (one.language.lower() == wanted, size(one.name), one.quality, one.name)
        ).name

    def _file(self, name: str) -> Path:
        stem = name.partition("#")[0]
        path = Path(stem) if stem.endswith(".onnx") else self._files().get(stem)
        if path is None or not path.is_file():
            near = nearest(stem, [voice.name for voice in self.voices()])
            meant = f"do you mean {near}?" if near else f"`newsexport voices --get {stem}` may bring it"
            raise SpeechError(
                "piper", f"no voice named {name!r}{self._where()} (see: newsexport voices); {meant}"
            )
        return path

    def _folder(self) -> str:
        return self.folder or _default_folder()

    def _where(self) -> str:
        return f" in {self._folder()}" if self._folder() else ""

    def _files(self) -> dict[str, Path]:
        """Where each voice is that has its description beside it; the user's own go before those fetched."""
        folders = filter(None, (self.fetched, self._folder()))
        return {
            path.stem: path
            for folder in folders
            for path in sorted(Path(folder).glob("*.onnx"))
            if Path(f"{path}.json").is_file()
        }

    def _stamp(self) -> str:
        """Changes when a voice does."""
        found = [(path.name, path.stat()) for path in self._files().values()]
        return ",".join(f"{name}:{told.st_size}:{told.st_mtime_ns}" for name, told in found)


@cache
def _description(path: Path) -> JsonValue:
    try:
        described = document(Path(f"{path}.json").read_bytes(), ours=False)
    except (OSError, JsonError) as error:
        raise SpeechError("piper", f"{path.name}.json cannot be read: {in_one_line(error)}") from error
    if not isinstance(described.value, dict):
        raise SpeechError("piper", f"{path.name}.json describes no voice")
    return described


def _voices(path: Path) -> Iterator[Voice]:
    described, name = _description(path), path.stem
    try:
        code = _said(described, "language", "code") or _said(described, "espeak", "voice")
        language = (code or name.partition("-")[0]).replace("_", "-")
        quality = QUALITIES.get(
            _said(described, "audio", "quality") or name.rpartition("-")[2], Quality.UNKNOWN
        )
        gender = GENDERS.get(_said(described, "gender"), Gender.UNKNOWN)
        title = _said(described, "dataset") or name
        speakers: Mapping[str, Any] = described.optional("speaker_id_map", JsonValue.mapping, {})
    except JsonError as error:
        raise SpeechError("piper", f"{path.name}.json cannot be read: {error}") from error
    names = [f"{name}#{speaker}" for speaker in speakers] if len(speakers) > 1 else [name]
    for one in names:
        yield Voice(one, language, title, offline=True, gender=gender, quality=quality)


def _said(described: JsonValue, name: str, *inner: str) -> str:
    """A text in a description, within others; empty where there is none. Raises `JsonError`."""
    read = partial(_said, name=inner[0]) if inner else JsonValue.text
    return described.optional(name, read, "")


def _piper() -> None:
    try:
        runtime()
        import piper  # noqa: F401, PLC0415 - an extra, and heavy
    except ImportError as error:
        raise SpeechError("piper", "is not installed; pip install 'newsexport[piper]' brings it") from error


@cache
def _model(path: str) -> PiperVoice:
    """The model of a voice, loaded once for each process.

    It is given one thread: the other processors have articles of their own.
    """
    _piper()
    from piper import PiperVoice  # noqa: PLC0415 - an extra
    from piper.config import PiperConfig  # noqa: PLC0415 - an extra

    try:
        config = PiperConfig.from_dict(dict(_description(Path(path)).mapping()))
        model, _ = session(Path(path), DURATIONS, Element.FLOAT, arena=True)
    except KeyError as error:
        raise SpeechError("piper", f"{Path(path).name}.json lacks {error}", lasting=True) from error
    except Exception as error:  # the runtime has an error of its own for every way a file can be wrong
        told = f"{Path(path).name} cannot be loaded: {in_one_line(error)}"
        raise SpeechError("piper", told, lasting=True) from error
    return PiperVoice(session=model, config=config)


def _pieces(text: str) -> Sequence[str]:
    """The text in what is spoken at once, cut where a speaker would breathe, and in no pronunciation."""
    pieces = pack(text, LONGEST)
    whole = all(piece.count("[[") == piece.count("]]") for piece in pieces)
    return pieces if whole and len(text) > LONGEST else [text]


def _spelled(ipa: str, sounds: Mapping[str, Sequence[int]]) -> str | None:
    """IPA as Piper takes it, if the voice knows every sign of it."""
    text = unicodedata.normalize("NFD", ipa.strip("/[] ")).replace("g", "ɡ")
    return f"[[{text}]]" if text and all(sign in sounds for sign in text) else None
