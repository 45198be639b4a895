"""The voices of Microsoft Edge's "Read aloud", over the network, through the edge-tts package.

The service is meant for the browser, and nobody promised it to anybody else: it changes now and then, and
refuses some addresses. So this engine speaks where it was asked for by name, and never by itself.
The package, an extra of that name, makes the connections, with certificates checked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from itertools import chain, pairwise
from typing import Any, TypeVar

import langcodes
import numpy as np

from newsexport.audio.pcm import QUIET, from_bytes
from newsexport.audio.sound import DecodeError, decode
from newsexport.engines.captions import TimedWord, located
from newsexport.engines.sanity_check import UnfitSoundError, implausible
from newsexport.engines.service_limits import ServiceState, state_of, threads_for
from newsexport.engines.voice_selection import cast
from newsexport.errors import SpeechError
from newsexport.job import Work
from newsexport.net.retry import PASSING, RequestError, RetryPolicy, Timing
from newsexport.speech import Gender, Quality, Role, Speech, Utterance, Voice
from newsexport.text.languages import alike
from newsexport.work.containment import in_one_line

T = TypeVar("T")

# What is sent back: mono MP3 of this rate (edge-tts 7.3, communicate.py).
RATE = 24000
# Raised when the same text may sound different although edge-tts is the same.
SCHEME = 1
MICROSOFT = "Microsoft"
# Times come in units of 100 ns.
UNITS = 10_000_000
# Seconds that a sound comes late behind its times: what an MP3 encoder and its decoder take to begin, where
# no header tells (LAME, "Technical FAQ": 576 and 529 samples).
LATE = 1105 / RATE
# Seconds before its first word at which a sentence is cut from the one before, and that are quiet there.
BEFORE, SILENT = 0.1, 0.02
# Seconds in which the service must list its voices for the engine to be ready.
READY = 10.0
SLOWEST, FASTEST = 0.5, 2.0
GENDERS = {"Male": Gender.MALE, "Female": Gender.FEMALE}


@dataclass(frozen=True, slots=True)
class EdgeEngine:
    """The voices of Microsoft Edge's "Read aloud", over the network. Only where it is asked for by name.

    `voice` is a name such as ``en-GB-SoniaNeural`` or several of them for languages and roles (see
    `voice_selection`); it speaks its own language, one called Multilingual any. Empty means the first
    of each language. `speed` is from 0.5 to 2.

    Sentences are asked for together up to `pack` bytes and cut where the service says that the next
    begins. At most `at_once` connections are open. All times are seconds: `timeout` for one request,
    `patience` for one with all its repetitions (at most `attempts`) and pauses (`backoff`, doubling).
    """

    voice: str = ""
    speed: float = 1.0
    pack: int = 1500
    at_once: int = field(default=2, compare=False, repr=False)
    timeout: float = field(default=60.0, compare=False, repr=False)
    attempts: int = field(default=3, compare=False, repr=False)
    patience: float = field(default=120.0, compare=False, repr=False)
    backoff: float = field(default=1.0, compare=False, repr=False)
    wait: Timing = field(default_factory=Timing, compare=False, repr=False)

    @property
    def rate(self) -> int:
        """Samples a second, which is what the service sends."""
        return RATE

    @property
    def version(self) -> str:
        """The version of edge-tts, and of what is done here with the sound; of the service none is known."""
        try:
            return f"{version('edge-tts')}-{SCHEME}"
        except PackageNotFoundError:
            return ""

    @property
    def work(self) -> Work:
        """It waits for a service."""
        return Work.WAIT

    @property
    def destination(self) -> str:
        """Microsoft."""
        return MICROSOFT

    def speaker(self, language: str) -> str:
        """The voice of a language."""
        return self._voice_for(language, Role.READER)

    def check(self) -> None:
        """Raise `SpeechError` when the package is missing, or the service is silent or has no such voice."""
        known = {voice.name for voice in self.voices()}
        for name in cast(self.voice).names():
            if name not in known:
                raise SpeechError("edge", f"no voice named {name!r} (see: newsexport voices --engine edge)")

    def voices(self) -> Sequence[Voice]:
        """Every voice of the service, which is asked for them; of a language the fittest for news first."""
        return _listed(_package().voices.VOICE_LIST)

    def say(self, utterance: Utterance) -> Speech:
        """Speak one utterance, and mark its words. Raises `SpeechError`."""
        (speech,) = self.say_many((utterance,))
        return speech

    def say_many(self, utterances: Sequence[Utterance]) -> Iterator[Speech]:
        """Speak utterances, several with one request; they come in order. Raises `SpeechError`."""
        threads = threads_for(("edge", self.wait), self.at_once)
        return chain.from_iterable(threads.each(self._speak_pack, list(self._packs(utterances))))

    def _packs(self, utterances: Sequence[Utterance]) -> Iterator[tuple[Utterance, ...]]:
        pack: list[Utterance] = []
        for one in utterances:
            size = sum(len(other.spoken.encode("utf-8", "replace")) + 1 for other in (*pack, one))
            if pack and (size > self.pack or self._voice_of(one) != self._voice_of(pack[0])):
                yield tuple(pack)
                pack = []
            pack.append(one)
        if pack:
            yield tuple(pack)

    def _speak_pack(self, pack: Sequence[Utterance]) -> list[Speech]:
        speakable = [one for one in pack if any(map(str.isalnum, one.spoken))]
        if len(speakable) == len(pack) > 1:
            together = self._speak(" ".join(one.spoken for one in pack), self._voice_of(pack[0]))
            if pieces := _cut(together, [one.spoken for one in pack]):
                return pieces
        return [
            self._speak(one.spoken, self._voice_of(one)) if one in speakable else Speech(b"") for one in pack
        ]

    def _voice_of(self, utterance: Utterance) -> str:
        return self._voice_for(utterance.language, utterance.role)

    def _voice_for(self, language: str, role: Role) -> str:
        """The voice that was cast, if it speaks this language; else its first, at home before abroad."""
        named = cast(self.voice).named(language, role)
        if named and ("Multilingual" in named or alike(named) == alike(language)):
            return named
        own = [voice for voice in self.voices() if alike(voice.language) == alike(language)]
        if not own:
            raise SpeechError("edge", f"has no voice for the language {language!r}")
        wanted = langcodes.get(language).maximize().territory
        return next((one for one in own if one.language.endswith(f"-{wanted}")), own[0]).name

    def _speak(self, text: str, voice: str) -> Speech:
        text = text.encode("utf-8", "replace").decode().replace("\0", " ")
        service = state_of(("edge", self.wait), self.at_once, width=float(self.at_once))
        policy = RetryPolicy(self.attempts, self.patience, self.backoff, adapts=True)
        try:
            return policy.ask(
                lambda: self._speak_once(text, voice, service), service.pacer, self.wait, service.limit.room
            )
        except RequestError as error:
            lasting = not isinstance(error, UnfitSoundError)
            raise SpeechError("edge", error.reason, lasting=lasting) from error

    def _speak_once(self, text: str, voice: str, service: ServiceState) -> Speech:
        """The speech of one answer. Raises `RequestError`."""
        try:
            mp3, words = _answered(_heard(text, voice, self.speed), self.timeout)
            pcm = decode(mp3, RATE)
        except RequestError as error:
            if error.too_many:
                service.limit.narrow()
            raise
        except DecodeError as error:
            raise UnfitSoundError(f"got no usable sound for {text[:60]!r}: {error}") from error
        service.limit.widen()
        if fault := implausible(text, pcm, RATE, self.speed):
            raise UnfitSoundError(f"got a sound that cannot be {text[:60]!r}: {fault}")
        return Speech(pcm, located(text, words, RATE))


async def _heard(text: str, voice: str, speed: float) -> tuple[bytes, list[TimedWord]]:
    """The MP3 of a text and when its words begin, as the package gets them."""
    rate = round(100 * (min(FASTEST, max(SLOWEST, speed)) - 1))
    asked = _package().Communicate(text, voice, rate=f"{rate:+d}%", boundary="WordBoundary")
    sound: list[bytes] = []
    words: list[TimedWord] = []
    async for part in asked.stream():
        if part["type"] == "audio":
            sound.append(part["data"])
        elif part["type"] == "WordBoundary":
            words.append(TimedWord(part["text"], part["offset"] / UNITS + LATE))
    return b"".join(sound), words


def _answered(asking: Coroutine[Any, Any, T], seconds: float) -> T:
    """What the service answers within so many seconds. Raises `RequestError`."""
    import aiohttp  # noqa: PLC0415 - an extra, and heavy
    from edge_tts.exceptions import EdgeTTSException, NoAudioReceived  # noqa: PLC0415 - idem

    try:
        return asyncio.run(asyncio.wait_for(asking, seconds))
    except TimeoutError as error:
        raise RequestError(f"{MICROSOFT} does not answer within {seconds:g} s", late=True) from error
    except aiohttp.ClientResponseError as error:
        told = f"{MICROSOFT} answers {error.status} {error.message}".rstrip()
        passing = error.status in PASSING
        hint = "" if passing else "; it may refuse this address, or a newer edge-tts may help"
        raise RequestError(told + hint, passing=passing, status=error.status) from error
    except (aiohttp.ClientError, OSError) as error:
        cause = getattr(error, "os_error", getattr(error, "certificate_error", error))
        raise RequestError(f"{MICROSOFT} cannot be reached: {in_one_line(cause)}") from error
    except NoAudioReceived as error:
        raise UnfitSoundError(f"{MICROSOFT} sent no sound") from error
    except (
        EdgeTTSException,
        ValueError,
        LookupError,
        TypeError,
    ) as error:  # whatever it makes of other answers
        told = f"{MICROSOFT} answers in a way unknown here ({in_one_line(error)}); a newer edge-tts may help"
        raise RequestError(told, passing=False) from error


def _cut(speech: Speech, texts: Sequence[str]) -> list[Speech]:
    """The speech of each text; nothing when it is not plain where each begins."""
    begins = [0]
    for text in texts[:-1]:
        begins.append(begins[-1] + len(text) + 1)
    samples = from_bytes(speech.pcm)
    cuts: list[int] = [0]
    for begin, text in zip(begins[1:], texts[1:], strict=True):
        first = next((at for at, sign in enumerate(text, begin) if sign.isalnum()), begin)
        word = next((one for one in speech.words if one.offset <= first < one.offset + one.length), None)
        at = word.sample - round(BEFORE * RATE) if word else 0
        around = samples[max(0, at - round(SILENT * RATE)) : at + round(SILENT * RATE)]
        if word is None or at <= cuts[-1] or not around.size or np.abs(around).max() > QUIET:
            return []
        cuts.append(at)
    pieces = []
    for (first, last), begin, text in zip(pairwise([*cuts, len(samples)]), begins, texts, strict=True):
        words = (
            replace(one, offset=one.offset - begin, sample=one.sample - first)
            for one in speech.words
            if begin <= one.offset < begin + len(text)
        )
        pieces.append(Speech(speech.pcm[2 * first : 2 * last], tuple(words)))
    return pieces


def _package() -> Any:
    try:
        import edge_tts  # noqa: PLC0415 - an extra, and heavy
        import edge_tts.voices  # noqa: PLC0415 - idem
    except ImportError as error:
        raise SpeechError("edge", "is not installed; pip install 'newsexport[edge]' brings it") from error
    return edge_tts


@cache
def _listed(address: str) -> tuple[Voice, ...]:  # noqa: ARG001 - whose list it is that is remembered
    """The voices of the service, which is asked once for each process. Raises `SpeechError`."""
    try:
        told = _answered(_package().list_voices(), READY)
        return tuple(map(_voice, sorted(told, key=_fitness)))
    except (RequestError, KeyError, TypeError) as error:
        raise SpeechError("edge", f"lists no voices: {in_one_line(error)}") from error


def _voice(told: dict[str, Any]) -> Voice:
    name, language = told["ShortName"], told["Locale"]
    title = name.removeprefix(f"{language}-").removesuffix("Neural")
    gender = GENDERS.get(told.get("Gender", ""), Gender.UNKNOWN)
    return Voice(name, language, title, offline=False, gender=gender, quality=Quality.HIGH)


def _fitness(told: dict[str, Any]) -> tuple[object, ...]:
    """In order of language; what is made for news before the rest, and for cartoons behind it."""
    kinds = told["VoiceTag"]["ContentCategories"]
    name = told["ShortName"]
    return told["Locale"], "Cartoon" in kinds, "News" not in kinds, "Multilingual" in name, name
