"""The embedded voice for English: hibari, a small neural model that comes in its wheel.

It speaks about a hundred times as fast as one listens, on one core and without a network. Its
package is known to this module alone, and of it only what turns text into sounds, sounds into
spectra and spectra into samples.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from newsexport.audio import pcm
from newsexport.engines.espeak import EspeakEngine
from newsexport.engines.onnx_models import Element, runtime, with_output
from newsexport.engines.phonemes import misaki
from newsexport.engines.voice_selection import cast, kept_voices
from newsexport.engines.word_marks import engine_text, one_for_each_word
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
    WordMark,
)
from newsexport.text.languages import is_within, primary
from newsexport.text.nearest import nearest

if TYPE_CHECKING:
    from hibari.g2p import G2P
    from onnxruntime import InferenceSession

RATE = 24000
# Raised when the same text may sound different although the package is the same.
SCHEME = 4
# Of the voices as of the package (its README and the cards of the models).
LICENCE = "Apache-2.0"
# What the model takes for its speed.
SLOWEST, FASTEST = 0.5, 2.0
# The speed of the model that is speed 1: heard as 150 to 165 words a minute of news, without the pauses
# between sentences (benchmarks/prosody.py); its own is some 180. Below 0.81
# short sounds become half as long again, all at once.
PACE = 0.85

# How many units of 25 ms each sound lasts, as the models of 0.2 call it within.
DURATIONS, UNIT = "/Cast_32_output_0", RATE // 40
# How many samples earlier a sound is heard than the durations say. Kokoro, from which this model learnt,
# counts 75 ms (`join_timestamps` in its pipeline.py); an aligner finds 80 here, give or take 20.
EARLY = round(0.08 * RATE)
# Sounds that are spoken at once: some twenty seconds. Beyond, memory grows and nothing is gained.
LONGEST = 300
# Silence kept on both sides of a cut within an utterance, in samples.
JOINT = round(0.06 * RATE)
# What begins the noise in the voice, the same for each utterance.
SEED = 0

# A pronunciation as the package takes it within a text; the word itself is not spoken.
INLINE = re.compile(r"\[[^\]]+\]\(/[^)]*/\)")
# Marks that sound as those that its rules know; of the same length, so that words stay where they are.
MARKS = str.maketrans("’‘[]\0", "''() ")


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
        voice = loaded(str(self._file(name := self._voice_for(utterance.language, utterance.role))), name)
        harmless = replace(utterance, spoken=utterance.spoken.translate(MARKS))
        sending = engine_text(harmless, voice.inline)
        samples, marks = voice.spoken(sending.text, self.speed * PACE)
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
        reason = f"cannot be loaded here ({_line(error)})" if _version("hibari-tts") else "is not installed"
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


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


@dataclass(frozen=True, slots=True)
class TokenSound:
    """What is said for the characters at `offset` of a text, in the model's alphabet, and what parts it."""

    offset: int
    length: int
    phonemes: str
    spaced: bool = True

    @property
    def signs(self) -> str:
        """The phonemes with the space behind them."""
        return self.phonemes + " " * self.spaced


@dataclass(frozen=True)
class Speaker:
    """A loaded voice. `marks_words` when its model tells how long each sound lasts."""

    session: InferenceSession
    g2p: G2P
    alphabet: Mapping[str, int]
    british: bool
    marks_words: bool

    def inline(self, ipa: str) -> str | None:
        """A transcription as the package takes it within a text, None when it is no IPA."""
        said = misaki(ipa, british=self.british)
        return f"[x](/{said}/)" if said else None

    def spoken(self, text: str, speed: float) -> tuple[pcm.Samples, list[WordMark]]:
        """What is heard of a text, and where each of its words begins in it."""
        pieces = divided(self._sounds(text))
        parts: list[pcm.Samples] = []
        marks: list[WordMark] = []
        at = 0
        for piece in pieces:
            samples, begins = self._synthesized(piece, speed)
            first, last = pcm.bounds(samples, JOINT) if len(pieces) > 1 else (0, len(samples))
            marks += (
                WordMark(one.offset, one.length, at + max(0, begin - first))
                for one, begin in zip(piece, begins, strict=False)
                if any(map(str.isalpha, one.phonemes))
            )
            parts.append(pcm.faded(samples[first:last], JOINT) if len(pieces) > 1 else samples)
            at += last - first
        return np.concatenate(parts) if parts else pcm.silence(UNIT), marks

    def _sounds(self, text: str) -> list[TokenSound]:
        """The sounds of each word and mark, in order."""
        g2p = self.g2p
        found: list[TokenSound] = []
        at = 0
        for token in g2p.phonemize_tokens(g2p.tokenize(text)):
            begin = text.find(token.text, at)
            end = begin + len(token.text)
            if inline := INLINE.match(text, begin - 1) if begin else None:
                begin, end = inline.span()
            at = max(at, end) if begin >= 0 else at
            found.append(TokenSound(max(0, begin), end - begin, token.phonemes or "", bool(token.whitespace)))
        heard = [one for one in found if one.phonemes]
        if not heard and any(map(str.isalnum, text)):  # signs that it passes over, such as ½ by itself
            heard = [TokenSound(0, len(text), _by_espeak(text, british=self.british), spaced=False)]
        return heard

    def _numbers(self, signs: str) -> list[int]:
        return [self.alphabet[sign] for sign in signs if sign in self.alphabet]

    def _synthesized(self, sounds: Sequence[TokenSound], speed: float) -> tuple[pcm.Samples, list[int]]:
        """The samples of some sounds, and the one that each begins with, where the model tells."""
        from hibari import dsp  # noqa: PLC0415 - heavy, and not everywhere

        signs = "".join(one.signs for one in sounds).rstrip()
        said = [0, *self._numbers(signs), 0]
        given = {"ids": np.asarray([said], np.int64), "speed": np.asarray([speed], np.float32)}
        outputs = self.session.run(None, given)
        *spectra, units = outputs if self.marks_words else (*outputs, np.zeros(0, np.int64))
        samples: pcm.Samples = dsp.synth(*(one[0] for one in spectra), np.random.default_rng(SEED))
        ends = [0, *accumulate(units.ravel().tolist())]
        counts = accumulate((len(self._numbers(one.signs)) for one in sounds), initial=1)
        return samples, [max(0, int(ends[count]) * UNIT - EARLY) for count in counts if count < len(ends)]


@cache
def loaded(path: str, name: str) -> Speaker:
    """A voice, loaded once for each process, on one thread: other processors have articles of their own."""
    from hibari.g2p import G2P  # noqa: PLC0415 - heavy, and not everywhere

    british = bool(_registry()[name]["british"])
    try:
        session, marks_words = _session(Path(path).read_bytes())
        g2p = G2P(british=british)
        net = g2p.oov  # its rules ask espeak for what they cannot read
        g2p._oov = lambda word: net(word) or _by_espeak(word, british=british)  # noqa: SLF001 - given when made, it would be loaded twice
    except Exception as error:  # the runtime has an error of its own for every way a file can be wrong
        raise SpeechError("hibari", f"{name} cannot be loaded: {_line(error)}", lasting=True) from error
    return Speaker(session, g2p, _alphabet(), british, marks_words)


def _session(model: bytes) -> tuple[InferenceSession, bool]:
    """The model, and whether it tells how long each sound lasts; one that cannot speaks all the same.

    Memory is given back after each sentence, which takes no longer and saves a sixth of the process.
    """
    onnxruntime = runtime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    options.log_severity_level = 4
    make = partial(onnxruntime.InferenceSession, sess_options=options, providers=["CPUExecutionProvider"])
    try:
        return make(with_output(model, DURATIONS, Element.INT64)), True
    except Exception:  # noqa: BLE001 - the runtime's error for a value that there is not
        return make(model), False


@cache
def _alphabet() -> Mapping[str, int]:
    from hibari.tts import ASSETS  # noqa: PLC0415 - heavy, and not everywhere

    numbers: Mapping[str, int] = json.loads(Path(ASSETS, "vocab.json").read_bytes())
    return numbers


def _by_espeak(word: str, *, british: bool) -> str:
    """What is said for a word in a script that the package does not know."""
    language = "en-GB" if british else "en-US"
    return misaki(EspeakEngine().transcribed(word, language), british=british) or ""


def divided(sounds: Sequence[TokenSound]) -> list[Sequence[TokenSound]]:
    """The sounds in pieces that are spoken at once, each about as long as the others.

    A cut comes at the end of a clause where one is near the middle, else between words.
    """
    ends = list(accumulate(len(one.signs) for one in sounds))
    cuts = [at for at in range(1, len(sounds)) if sounds[at - 1].spaced]
    if not ends or ends[-1] <= LONGEST or not cuts:
        return [sounds] if sounds else []

    def unfitness(at: int) -> float:
        clause = sounds[at - 1].phonemes[-1] in ",;:—.!?…)”"
        return abs(ends[at - 1] / ends[-1] - 0.5) + (0.0 if clause else 0.25)

    middle = min(cuts, key=unfitness)
    return [*divided(sounds[:middle]), *divided(sounds[middle:])]
