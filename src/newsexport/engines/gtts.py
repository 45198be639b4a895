"""The online voice: Google Translate's, through the gTTS package.

gTTS knows the languages and writes the requests. Sending them is done here, because its
own way turns the check of certificates off, waits for ever, never asks twice, and sends
a sentence in up to six times as many requests as it needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import chain, islice
from urllib.parse import urljoin, urlsplit

from gtts import gTTS
from gtts.lang import tts_langs

from newsexport.audio.pcm import from_bytes, to_bytes, trim
from newsexport.audio.sound import DecodeError, decode
from newsexport.engines.google_calls import Piece, batch_request, batches, is_block, refusal, sounds_in
from newsexport.engines.sanity_check import UnfitSoundError, implausible
from newsexport.engines.service_limits import CircuitOpenError, ServiceState, state_of, threads_for
from newsexport.engines.split_text import pack
from newsexport.engines.voice_selection import cast
from newsexport.errors import SpeechError
from newsexport.job import Work
from newsexport.net.retry import PASSING, TOO_MANY, RequestError, RetryPolicy, Timing, retry_after
from newsexport.net.service_client import service_client
from newsexport.net.transport import HttpRequest, HttpResponse, Limits
from newsexport.speech import Quality, Role, Speech, Utterance, Voice
from newsexport.text.languages import primary

RATE = 24000
# Raised when the same text may sound different although gTTS is the same.
SCHEME = 1
# Silence kept on both sides of a cut within an utterance, in samples: together 0.12 s.
JOINT = round(0.06 * RATE)
# Below this speed Google's slow reading is asked for; there are only the two.
SLOW = 0.75

# Who speaks, and who gets the text.
GOOGLE = "Google"

HOST = "https://translate.google.{}"
# Seconds in which a host must answer for the engine to be ready.
READY = 3.0
# A hundred characters read slowly are some 150 kB of MP3, and a third more in base64.
LARGEST = 2_000_000

# Where Google reads a language with the accent of a region: domain and title (gTTS 2.5.4,
# documentation of the module, "Localized accents").
ACCENTS = {
    "en-AU": ("com.au", "English (Australia)"),
    "en-CA": ("ca", "English (Canada)"),
    "en-GB": ("co.uk", "English (United Kingdom)"),
    "en-IE": ("ie", "English (Ireland)"),
    "en-IN": ("co.in", "English (India)"),
    "en-NG": ("com.ng", "English (Nigeria)"),
    "en-US": ("com", "English (United States)"),
    "en-ZA": ("co.za", "English (South Africa)"),
    "es-ES": ("es", "Spanish (Spain)"),
    "es-MX": ("com.mx", "Spanish (Mexico)"),
    "es-US": ("us", "Spanish (United States)"),
    "fr-FR": ("fr", "French (France)"),
    "pt-BR": ("com.br", "Portuguese (Brazil)"),
}
# Tags that Google spells differently, or has only under a wider name.
SPELLINGS = {
    "cmn": "zh-CN",
    "fil": "tl",
    "he": "iw",
    "jv": "jw",
    "nb": "no",
    "nn": "no",
    "zh": "zh-CN",
    "zh-hans": "zh-CN",
    "zh-hant": "zh-TW",
    "zh-hk": "zh-TW",
    "zh-mo": "zh-TW",
    "zh-sg": "zh-CN",
}
DOMAIN = re.compile(r"[a-z]{2,3}(\.[a-z]{2})?")

# Batches one after another that were not answered as such, after which none is sent.
BATCHES_REFUSED = 2


class _BlockedError(Exception):
    """Google asks for a proof of being no robot; the message is how."""


class _NoBatchError(Exception):
    """What was asked for together is to be asked for one by one."""


@dataclass(frozen=True, slots=True)
class GttsEngine:
    """Google Translate's voice, over the network.

    `voice` is a language tag (``en``, ``en-GB``, ``pt-BR``) or a tag and the Google domain
    whose accent is wanted (``en@co.nz``), or several of them for languages and roles (see
    `voice_selection`); it speaks its own language, others speak theirs. Empty means by language.
    `speed` below 0.75 is Google's slow reading, anything else its normal one.

    `host` is another address, ``https://...``, to send the requests to, and `ca` a file of
    certificates to trust instead of the usual. All times are seconds: `timeout` for one
    request from beginning to end, `patience` for one request with all its repetitions (at
    most `attempts`) and pauses (`backoff`, doubling), `pace` between the beginnings of two
    requests of a process. No more than `at_once` are under way at once, and fewer as long
    as Google has too much. When it takes us for a robot, or has refused three times over,
    it is not asked again. What only changes how the voice is reached, not what is heard,
    takes no part in comparing engines or in their `repr`, by which speech is remembered.
    """

    voice: str = ""
    speed: float = 1.0
    host: str = ""
    ca: str = field(default="", compare=False, repr=False)
    timeout: float = field(default=15.0, compare=False, repr=False)
    attempts: int = field(default=4, compare=False, repr=False)
    patience: float = field(default=120.0, compare=False, repr=False)
    backoff: float = field(default=1.0, compare=False, repr=False)
    pace: float = field(default=0.5, compare=False, repr=False)
    at_once: int = field(default=4, compare=False, repr=False)
    wait: Timing = field(default_factory=Timing, compare=False, repr=False)

    @property
    def rate(self) -> int:
        """Samples a second, which is what Google sends."""
        return RATE

    @property
    def version(self) -> str:
        """The version of gTTS, and of what is done here with the text and the sound."""
        return f"{version('gTTS')}-{SCHEME}"

    @property
    def work(self) -> Work:
        """It waits for Google."""
        return Work.WAIT

    @property
    def speedup(self) -> float:
        """What a polite number of requests brings."""
        return 5

    @property
    def destination(self) -> str:
        """Google."""
        return GOOGLE

    def speaker(self, language: str) -> str:  # noqa: ARG002 - it is the same for all
        """Google, whose voices have no names."""
        return GOOGLE

    def voices(self) -> Sequence[Voice]:
        """Every language and accent that gTTS lists; the network is not asked."""
        renamed = {"iw": "he", "jw": "jv"}
        titles = {renamed.get(code, code): title for code, title in tts_langs().items() if code != "zh"}
        titles |= {tag: title for tag, (_, title) in ACCENTS.items()}
        return tuple(
            Voice(tag, tag, title, offline=False, quality=Quality.MEDIUM)
            for tag, title in sorted(titles.items())
        )

    def check(self) -> None:
        """Raise `SpeechError` when there is no such voice or no trusted host answers in 3 s."""
        (_, domain), *_ = [self._speaker(name) for name in cast(self.voice).names() or ("en",)]
        request = HttpRequest("HEAD", self._address(HOST.format(domain)))
        try:
            answer = self._send(request, READY)
        except RequestError as error:
            raise SpeechError("gtts", str(error)) from error
        if answer.status == TOO_MANY or is_block(answer):
            raise SpeechError("gtts", f"{host_of(request)} is blocking this address for too many requests")

    def say(self, utterance: Utterance) -> Speech:
        """Speak one utterance, with as many requests as it has pieces of 100 characters.

        What has no letter or digit in it is no sound at all.
        """
        return _joined([self._speak_one(piece) for piece in self._pieces(utterance)])

    def say_many(self, utterances: Sequence[Utterance]) -> Iterator[Speech]:
        """Speak utterances side by side; they come in order. Raises `SpeechError`.

        Several are asked for in one request, as Google's own page does it: the service
        takes calls in batches, and answers each with a sound of its own.
        """
        pieces = [self._pieces(utterance) for utterance in utterances]
        threads = threads_for(("gtts", self.host, self.wait), self.at_once)
        in_batches = list(batches(chain.from_iterable(pieces)))
        heard = chain.from_iterable(threads.each(self._speak_batch, in_batches))
        for own in pieces:
            yield _joined(list(islice(heard, len(own))))

    def _pieces(self, utterance: Utterance) -> list[Piece]:
        language, domain = self._speaker(self._voice_for(utterance.language, utterance.role))
        text = utterance.spoken.encode("utf-8", "replace").decode()  # half a surrogate pair cannot be sent
        return [Piece(piece, language, domain) for piece in pack(text, gTTS.GOOGLE_TTS_MAX_CHARS)]

    def _voice_for(self, language: str, role: Role) -> str:
        """The voice that was cast, if it speaks this language; else the language's own."""
        named = cast(self.voice).named(language, role)
        return named if named and _primary(named) == _primary(language) else language

    def _speaker(self, voice: str) -> tuple[str, str]:
        """Google's code for the language of a voice, and the domain for its accent."""
        tag, at, domain = voice.partition("@")
        language, own = _spoken_at(tag)
        if at and not DOMAIN.fullmatch(domain):
            raise SpeechError("gtts", f"no voice named {voice!r} (see: newsexport voices)")
        return language, domain or own

    def _address(self, url: str) -> str:
        """An address of Google's, or the same path at `host` if that is set."""
        if not self.host:
            return url
        if not self.host.startswith("https://"):
            raise SpeechError("gtts", f"host must begin with https://, not {self.host!r}")
        return urljoin(self.host, urlsplit(url).path)

    def _speak_batch(self, pieces: Sequence[Piece]) -> list[bytes]:
        """The PCM of pieces of one language, asked for together as long as that is answered."""
        service = self._service(host_of(self._request(pieces[0])))
        if len(pieces) > 1 and service.refused_batches < BATCHES_REFUSED:
            try:
                heard = self._speak(pieces)
            except _NoBatchError:
                service.refused_batches += 1
            else:
                service.refused_batches = 0
                return heard
        return list(map(self._speak_one, pieces))

    def _speak_one(self, piece: Piece) -> bytes:
        (pcm,) = self._speak((piece,))
        return pcm

    def _speak(self, pieces: Sequence[Piece]) -> list[bytes]:
        request = batch_request([self._request(piece) for piece in pieces])
        host, now = host_of(request), self.wait.clock
        service = self._service(host)
        policy = RetryPolicy(self.attempts, self.patience, self.backoff, self.pace)
        try:
            heard = policy.ask(lambda: self._sounds(request, pieces, service), service.pacer, self.wait)
        except CircuitOpenError as error:
            raise SpeechError("gtts", f"{host} is not asked any more: {error}", lasting=True) from error
        except _BlockedError as error:
            service.breaker.refused(str(error), now(), for_good=True)
            raise SpeechError("gtts", str(error), lasting=True) from error
        except RequestError as error:
            gone = error.passing or error.reason.startswith(host)
            if gone:  # not for want of sound for this text
                service.breaker.refused(error.reason, now(), for_good=error.too_many)
            lasting = gone and not isinstance(error, UnfitSoundError)
            raise SpeechError("gtts", error.reason, lasting=lasting) from error
        service.breaker.answered()
        return heard

    def _service(self, host: str) -> ServiceState:
        return state_of((host, self.wait), self.at_once)

    def _request(self, piece: Piece) -> HttpRequest:
        """What gTTS would send for a text that needs no further cutting."""
        speech = gTTS(
            text=piece.text,
            tld=piece.domain,
            lang=piece.language,
            slow=self.speed < SLOW,
            lang_check=False,
            pre_processor_funcs=[],
        )
        (prepared,) = speech._prepare_requests()  # noqa: SLF001 - only save() is public, and it sends unverified
        headers = {name: value for name, value in prepared.headers.items() if name != "Content-Length"}
        return HttpRequest(prepared.method, self._address(prepared.url), headers, prepared.body.encode())

    def _sounds(self, request: HttpRequest, pieces: Sequence[Piece], service: ServiceState) -> list[bytes]:
        """The PCM of each piece. Raises `RequestError`, or `_NoBatchError` where pieces fare better alone."""
        with service.limit.room():
            service.breaker.check(self.wait.clock())
            try:
                answer = self._send(request, self.timeout)
                self._refuse(answer, host_of(request))
                heard = [self._sound(*both) for both in zip(sounds_in(answer, pieces), pieces, strict=True)]
            except RequestError as error:
                if error.passing:
                    service.limit.narrow()
                if len(pieces) > 1 and not error.too_many and error.after is None:
                    raise _NoBatchError from error
                raise
        service.limit.widen()
        return heard

    def _refuse(self, answer: HttpResponse, host: str) -> None:
        """Raise what an answer without speech means."""
        if is_block(answer):
            reason = "is blocking this address for too many requests; try again in some hours"
            raise _BlockedError(f"{host} {reason}")
        if answer.status in PASSING:
            told = f"{host} answers {answer.status} {answer.phrase}".rstrip()
            after = retry_after(answer.headers, self.wait.now())
            raise RequestError(told, status=answer.status, after=after)
        if answer.status != 200:
            raise RequestError(refusal(answer, host), passing=False)

    def _sound(self, mp3: bytes, piece: Piece) -> bytes:
        try:
            pcm = decode(mp3, RATE)
        except DecodeError as error:
            raise UnfitSoundError(f"got no usable sound for {piece.text!r}: {error}") from error
        if fault := implausible(piece.text, pcm, RATE):
            raise UnfitSoundError(f"got a sound that cannot be {piece.text!r}: {fault}")
        return pcm

    def _send(self, request: HttpRequest, seconds: float) -> HttpResponse:
        """Send once, and follow no redirect. Raises `RequestError`."""
        return service_client(request.url, self.ca).send(request, Limits(LARGEST, seconds, silence=seconds))


def host_of(request: HttpRequest) -> str:
    """Host and port, as an error message names them."""
    return urlsplit(request.url).netloc


def _joined(parts: Sequence[bytes]) -> Speech:
    """The pieces of an utterance as one."""
    return Speech(parts[0] if len(parts) == 1 else b"".join(map(_trimmed, parts)))


def _spoken_at(tag: str) -> tuple[str, str]:
    """Google's code and domain for a BCP 47 tag: of all of it, or of ever fewer subtags."""
    codes = {code.lower(): code for code in tts_langs()}
    accents = {accent.lower(): domain for accent, (domain, _) in ACCENTS.items()}
    subtags = tag.replace("_", "-").lower().split("-")
    for length in range(len(subtags), 0, -1):
        shorter = "-".join(subtags[:length])
        if shorter in accents:
            return subtags[0], accents[shorter]
        if code := SPELLINGS.get(shorter) or codes.get(shorter):
            return code, "com"
    raise SpeechError("gtts", f"has no voice for the language {tag!r}")


def _primary(voice: str) -> str:
    """The language a voice or tag is of, whatever the region; old codes count as the new."""
    code, _ = _spoken_at(voice.partition("@")[0])
    return primary(code)


def _trimmed(pcm: bytes) -> bytes:
    return to_bytes(trim(from_bytes(pcm), JOINT))
