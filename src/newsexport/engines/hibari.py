"""The embedded voice for English: hibari, a small neural model that comes in its wheel.

It speaks about a hundred times as fast as one listens, on one core and without a network. Its
package is known to this module and to `hibari_speaker` alone, and of it only what turns text into
sounds, sounds into spectra and spectra into samples.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from newsexport.audio import pcm
from newsexport.engines.hibari_speaker import RATE, loaded
from newsexport.engines.onnx_models import runtime
from newsexport.engines.voice_selection import cast, kept_voices
from newsexport.engines.word_marks import DOUBLE_QUOTES, engine_text, one_for_each_word, quotation_marks
from newsexport.errors import SpeechError
from newsexport.job import Work
from newsexport.speech import (
    Gender,
    OfferedVoice,
    Quality,
    Role,
    Speech,
    Utterance,
    Voice,
    VoiceFile,
)
from newsexport.text.languages import is_within, primary
from newsexport.text.nearest import nearest
from newsexport.work.containment import in_one_line

# Raised when the same text may sound different, or be told differently, although the package is the same.
SCHEME = 5
# Of the voices as of the package (its README and the cards of the models).
LICENCE = "Apache-2.0"
# What the model takes for its speed.
SLOWEST, FASTEST = 0.5, 2.0
# The speed of the model that is speed 1: heard as 150 to 165 words a minute of news, without the pauses
# between sentences (benchmarks/prosody.py); its own is some 180. Below 0.81
# short sounds become half as long again, all at once.
PACE = 0.85

# Marks that sound as those that its rules know; of the same length, so that words stay where they are.
MARKS = str.maketrans("’‘[]\0" + DOUBLE_QUOTES, "''() " + " " * len(DOUBLE_QUOTES))


@dataclass(frozen=True, slots=True)
class HibariEngine:
    """The embedded voice for English, a neural one: hibari, on this machine.

    `voice` is a name (``heart``, ``emma``) or several for roles and kinds of English (see
    `voice_selection`); empty means the voice of the kind of English that is spoken, where it is
    there. ``heart`` comes with the package. The others lie in `folder`, to which
    ``newsexport voices --get`` brings them; without it, in the folder ``hibari`` of that which the
    environment variable ``NEWSEXPORT_VOICES`` names, or where hibari itself keeps them.
    `speed` is from 0.59 to 2.35.
    """

    voice: str = ""
    speed: float = 1.0
    folder: str = field(default_factory=partial(kept_voices, "hibari"), compare=False, repr=False)

    @property
    def rate(self) -> int:
        """Samples a second."""
        return RATE

    @property
    def version(self) -> str:
        """The versions of all that computes, down to whose Fourier transform it is."""
        parts = ("hibari-tts", "onnxruntime", "numpy", "scipy")
        return " ".join([*(f"{part} {found}" for part in parts if (found := _version(part))), str(SCHEME)])

    @property
    def work(self) -> Work:
        """It computes, on one processor for each process."""
        return Work.COMPUTE

    def check(self) -> None:
        """Raise `SpeechError` when the package cannot be loaded, or has no such voice or speed."""
        _package()
        if not SLOWEST <= self.speed * PACE <= FASTEST:
            least, most = (round(bound / PACE, 2) for bound in (SLOWEST, FASTEST))
            raise SpeechError("hibari", f"speaks at {least} to {most} times its speed, not at {self.speed}")
        for name in cast(self.voice).names():
            self._file(name)

    @property
    def speedup(self) -> float:
        """A hundred times as fast as one listens."""
        return 100

    @property
    def destination(self) -> str:
        """Nobody: nothing leaves this machine."""
        return ""

    def speaker(self, language: str) -> str:
        """The voice of a kind of English."""
        return self._voice_for(language, Role.READER)

    def voices(self) -> Sequence[Voice]:
        """The voices that are there, in order of language. Raises `SpeechError` where the package is not."""
        _package()
        here = [name for name in _registry() if self._path(name).is_file()]
        return tuple(sorted(map(_voice, here), key=lambda voice: (voice.language, voice.name)))

    @property
    def home(self) -> Path:
        """The folder of the voices that were fetched."""
        from hibari.voices import cache_dir  # noqa: PLC0415 - heavy, and not everywhere

        return Path(self.folder or cache_dir())

    def offered(self, read: Callable[[str], bytes], wanted: str) -> Sequence[OfferedVoice]:  # noqa: ARG002 - its list comes with it
        """The voices that the package knows of beside the one in it, of a name or for a kind of English."""
        _package()
        from hibari.voices import BASE_URL  # noqa: PLC0415 - heavy, and not everywhere

        listed = ((name, one) for name, one in _registry().items() if not one.get("bundled"))
        offered = [
            OfferedVoice(
                _voice(name),
                LICENCE,
                RATE,
                (VoiceFile(one["file"], BASE_URL + one["file"], one["bytes"], f"sha256:{one['sha256']}"),),
            )
            for name, one in listed
            if name == wanted or is_within(one["language"], wanted)
        ]
        return sorted(offered, key=lambda one: (one.voice.language, one.voice.name))

    def say(self, utterance: Utterance) -> Speech:
        """Speak one utterance, and mark its words. Raises `SpeechError`."""
        name = self._voice_for(utterance.language, utterance.role)
        voice = loaded(str(self._file(name)), name, british=bool(_registry()[name]["british"]))
        harmless = replace(utterance, spoken=utterance.spoken.translate(MARKS))
        sending = engine_text(harmless, voice.inline)
        quotes = (replace(one, offset=sending.sent(one.offset)) for one in quotation_marks(utterance))
        samples, marks = voice.spoken(sending.text, self.speed * PACE, quotes)
        words = one_for_each_word(utterance.spoken, map(sending.original, marks))
        return Speech(pcm.to_bytes(samples), tuple(words))

    def _voice_for(self, language: str, role: Role) -> str:
        """The voice that was cast, else one of this kind of English, else the one in the package."""
        if primary(language) != "en":
            raise SpeechError("hibari", f"speaks English only, not {language!r}")
        named = cast(self.voice).named(language, role)
        wanted = language.lower().replace("_", "-")
        own = (one.name for one in self.voices() if one.language.lower() == wanted)
        return named or next(own, "heart")

    def _file(self, name: str) -> Path:
        _package()
        if name not in _registry():
            near = nearest(name, _registry())
            meant = f"; do you mean {near}?" if near else ""
            raise SpeechError("hibari", f"no voice named {name!r} (see: newsexport voices){meant}")
        path = self._path(name)
        if not path.is_file():
            raise SpeechError("hibari", f"{name} is not here yet; `newsexport voices --get {name}` brings it")
        return path

    def _path(self, name: str) -> Path:
        from hibari import voices  # noqa: PLC0415 - heavy, and not everywhere

        listed = _registry()[name]
        return Path(voices.ASSETS if listed.get("bundled") else self.home, listed["file"])


@cache
def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _package() -> None:
    """Raise `SpeechError` when the package, or the runtime it needs, cannot be loaded."""
    try:
        runtime()
        import hibari  # noqa: F401, PLC0415 - heavy, and not everywhere
    except ImportError as error:
        reason = (
            f"cannot be loaded here ({in_one_line(error)})" if _version("hibari-tts") else "is not installed"
        )
        raise SpeechError("hibari", reason, lasting=True) from error


def _registry() -> Mapping[str, Mapping[str, Any]]:
    from hibari.voices import VOICES  # noqa: PLC0415 - heavy, and not everywhere

    listed: Mapping[str, Mapping[str, Any]] = VOICES
    return listed


def _voice(name: str) -> Voice:
    listed = _registry()[name]
    title = f"{name.capitalize()} ({listed['accent']})"
    return Voice(
        name, listed["language"], title, offline=True, gender=Gender(listed["gender"]), quality=Quality.HIGH
    )
