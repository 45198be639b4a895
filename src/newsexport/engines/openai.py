"""Any server that speaks the way OpenAI's does: ``POST /v1/audio/speech``.

Kokoro-FastAPI, Speaches and LocalAI have it on one's own machine, OpenAI itself over the
network. Many requests at once, and several sentences in one where they can be told apart
again, hide what a server takes to begin.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from urllib.parse import urlsplit

from newsexport.audio.sound import DecodeError, heard, resampled
from newsexport.engines.captions import TimedWord, captioned, located
from newsexport.engines.sanity_check import UnfitSoundError, implausible
from newsexport.engines.service_limits import ConcurrencyLimit, state_of, threads_for
from newsexport.engines.split_audio import cut
from newsexport.engines.voice_selection import cast
from newsexport.errors import SpeechError
from newsexport.interchange.json_reader import JsonError, JsonValue, document
from newsexport.job import Work
from newsexport.net.retry import PASSING, RequestError, RetryPolicy, Timing, retry_after
from newsexport.net.service_client import ServiceClient, service_client
from newsexport.net.transport import HttpRequest, HttpResponse, Limits
from newsexport.speech import MANY, Gender, Quality, Role, Speech, Utterance, Voice
from newsexport.text.languages import primary

# Where the address and the key come from when no option tells.
URL_VARIABLE, KEY_VARIABLE = "NEWSEXPORT_OPENAI_URL", "NEWSEXPORT_OPENAI_KEY"
# The host whose key other programs keep in OPENAI_API_KEY; no other host is given that.
OPENAI = "api.openai.com"
# The voices of OpenAI's own service, which cannot be asked for them (its documentation, 2025-11).
OPENAI_VOICES = (
    "alloy", "ash", "ballad", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer", "verse"
)  # fmt: skip

# What bare samples come in (OpenAI, Text to speech: "24kHz 16-bit signed, low-endian").
BARE_RATE = 24000
FORMATS = ("wav", "pcm", "flac", "mp3", "opus", "aac")
# Seconds in which a server must answer for the engine to be ready.
READY = 5.0
# Seconds a letter below which a sound cannot be its text; models differ more than one voice does.
SHORTEST = 0.005
# An hour of speech as 24 kHz WAV is 173 MB; what is asked for at a time is a sentence or some.
LARGEST = 50_000_000
# Redirects within the server, such as from /v1/audio/speech/ to /v1/audio/speech.
REDIRECTS = 3
# Kokoro-FastAPI's own page for speech with times, beside ``/v1``, and what it is asked for: all at once, and
# without its own way of saying numbers, for that is done already, and its words would be others than ours.
CAPTIONED_SPEECH = "/dev/captioned_speech"
CAPTIONED = {"stream": False, "return_timestamps": True, "normalization_options": {"normalize": False}}
BUSY = 409  # which some servers answer while a model is being loaded

# Kokoro's names begin with a letter for the language and one for how the voice is heard.
KOKORO = dict(zip("abefhijpz", ["en-US", "en-GB", "es", "fr", "hi", "it", "ja", "pt-BR", "zh"], strict=True))

# After which every voice makes a pause.
_SENTENCE = re.compile(r"[.!?…。！？]['\"”’»)]*$")


def _default_url() -> str:
    return os.environ.get(URL_VARIABLE, "")


@dataclass(frozen=True, slots=True)
class OpenAIEngine:
    """A voice from any server with OpenAI's ``/v1/audio/speech``: Kokoro-FastAPI, Speaches, LocalAI, OpenAI.

    `url` is the server's address up to ``/v1``; without it that in the environment
    variable ``NEWSEXPORT_OPENAI_URL``. `voice` and `model` are names of the server's;
    voices can be cast by language and role (see `voice_selection`). `format` is what is asked
    for (`FORMATS`), `rate` what the speech is brought to, in samples a second.
    `instructions` tell how to speak, where the model listens to that. `language_field` is what the server
    calls the language of a text, where it wants to be told. With `captions` every word is marked in time:
    Kokoro-FastAPI's ``/dev/captioned_speech`` is asked, for each sentence by itself.

    The key, if the server wants one, is in ``NEWSEXPORT_OPENAI_KEY``, that of OpenAI also
    in ``OPENAI_API_KEY``; it is no field, so it is in no message, cache or process list,
    and it is not sent unencrypted to another machine.

    Sentences are asked for together up to `pack` characters, 0 for one by one (see
    `split_audio`). At most `at_once` requests are at the server at once, for all that a
    process narrates, and fewer, further apart, as long as it answers that they are too
    many (429). All times are seconds: `timeout` for one request from beginning to end, `patience` for one
    with all its repetitions (at most `attempts`) and pauses (`backoff`, doubling). What
    only changes how the voice is reached takes no part in comparing engines or in `repr`.
    """

    voice: str = "alloy"
    speed: float = 1.0
    url: str = field(default_factory=_default_url)
    model: str = "tts-1"
    format: str = "wav"
    instructions: str = ""
    rate: int = 24000
    pack: int = 1200
    captions: bool = False
    language_field: str = ""
    at_once: int = field(default=8, compare=False, repr=False)
    ca: str = field(default="", compare=False, repr=False)
    timeout: float = field(default=60.0, compare=False, repr=False)
    attempts: int = field(default=5, compare=False, repr=False)
    patience: float = field(default=300.0, compare=False, repr=False)
    backoff: float = field(default=0.5, compare=False, repr=False)
    wait: Timing = field(default_factory=Timing, compare=False, repr=False)

    @property
    def version(self) -> str:
        """What is done here with the sound; what the server runs is not known."""
        return "1"

    @property
    def work(self) -> Work:
        """It waits for a server."""
        return Work.WAIT

    @property
    def destination(self) -> str:
        """The server."""
        return urlsplit(self.url).netloc

    def speaker(self, language: str) -> str:
        """The voice that was named."""
        return cast(self.voice).named(language, Role.READER) or "alloy"

    def check(self) -> None:
        """Raise `SpeechError` when an option is wrong or no server answers in 5 s."""
        if self.format not in FORMATS:
            raise SpeechError("openai", f"format must be one of {', '.join(FORMATS)}, not {self.format!r}")
        if self.at_once < 1 or self.attempts < 1:
            raise SpeechError("openai", "at_once and attempts must be 1 or more")
        self._refuse_status(self._get("/models"))

    def voices(self) -> Sequence[Voice]:
        """The voices that the server lists; without an address, or a list, none."""
        if not self.url:
            return ()
        if urlsplit(self.url).hostname == OPENAI:
            return tuple(map(_voice, OPENAI_VOICES))
        reply = self._get("/audio/voices")
        if reply.status in {404, 405, 501}:
            return ()
        self._refuse_status(reply)
        try:
            listed = document(reply.body, ours=False)
            voices = listed.member("voices") if isinstance(listed.value, dict) else listed
            names = list(map(_name, voices.items()))
        except JsonError as error:
            raise SpeechError(
                "openai", f"{self._client().host} lists voices in a way unknown here"
            ) from error
        return tuple(sorted(map(_voice, filter(None, names)), key=lambda voice: (voice.language, voice.name)))

    def say(self, utterance: Utterance) -> Speech:
        """Speak one utterance. Raises `SpeechError`."""
        (speech,) = self.say_many((utterance,))
        return speech

    def say_many(self, utterances: Sequence[Utterance]) -> Iterator[Speech]:
        """Speak utterances side by side; they come in order. Raises `SpeechError`.

        Sentences that follow each other are asked for together, up to `pack` characters,
        and one by one where what comes cannot be cut for certain.
        """
        threads = threads_for((self.url, self.wait), self.at_once)
        return chain.from_iterable(threads.each(self._speak_pack, list(self._packs(utterances))))

    def _packs(self, utterances: Sequence[Utterance]) -> Iterator[tuple[Utterance, ...]]:
        pack: list[Utterance] = []
        for one in utterances:
            length = sum(len(other.spoken) + 1 for other in pack) + len(one.spoken)
            if pack and not (length <= self.pack and not self.captions and self._continues(pack[-1], one)):
                yield tuple(pack)
                pack = []
            pack.append(one)
        if pack:
            yield tuple(pack)

    def _continues(self, before: Utterance, after: Utterance) -> bool:
        """Whether one voice says both, with the pause of a sentence between."""
        voices = cast(self.voice)
        same = before.language == after.language and all(map(_is_speakable, (before.spoken, after.spoken)))
        named = (voices.named(one.language, one.role) for one in (before, after))
        return same and len(set(named)) == 1 and _SENTENCE.search(before.spoken) is not None

    def _speak_pack(self, pack: Sequence[Utterance]) -> list[Speech]:
        if len(pack) > 1:
            texts = [one.spoken for one in pack]
            pieces = cut(self._speak(pack[0], " ".join(texts)).pcm, texts, self.rate)
            if pieces:
                return list(map(Speech, pieces))
        return [self._speak(one, one.spoken) if _is_speakable(one.spoken) else Speech(b"") for one in pack]

    def _speak(self, utterance: Utterance, text: str) -> Speech:
        """The speech of a text, in the voice of an utterance."""
        text = text.encode("utf-8", "replace").decode().replace("\0", " ")
        wanted = {
            "model": self.model,
            "input": text,
            "voice": cast(self.voice).named(utterance.language, utterance.role) or "alloy",
            "response_format": self.format,
            "speed": self.speed,
            **({"instructions": self.instructions} if self.instructions else {}),
            **({self.language_field: primary(utterance.language)} if self.language_field else {}),
            **(CAPTIONED if self.captions else {}),
        }
        body = json.dumps(wanted, ensure_ascii=False).encode()
        service = state_of((self.url, self.wait), self.at_once, width=float(self.at_once))
        policy = RetryPolicy(self.attempts, self.patience, self.backoff, adapts=True)
        try:
            return policy.ask(
                lambda: self._speak_once(body, text, service.limit),
                service.pacer,
                self.wait,
                service.limit.room,
            )
        except RequestError as error:
            lasting = not isinstance(error, UnfitSoundError)
            raise SpeechError("openai", error.reason, lasting=lasting) from error

    def _speak_once(self, body: bytes, text: str, limit: ConcurrencyLimit) -> Speech:
        """`_sound`, which lets more or fewer requests be at the server afterwards."""
        try:
            speech = self._sound(body, text)
        except RequestError as error:
            if error.too_many:
                limit.narrow()
            raise
        limit.widen()
        return speech

    def _sound(self, body: bytes, text: str) -> Speech:
        """The speech of the answer. Raises `RequestError`, or `SpeechError` where asking again is no help."""
        reply = self._send("POST", CAPTIONED_SPEECH if self.captions else "/audio/speech", body, self.timeout)
        self._refuse_status(reply, passing=True)
        sound, words = self._captioned(reply) if self.captions else (self._sounding(reply), ())
        host, quoted = self._client().host, _shortened(text)
        try:
            pcm = self._decoded(sound)
        except DecodeError as error:
            raise UnfitSoundError(f"{host} sent no usable sound for {quoted!r}: {error}") from error
        if fault := implausible(text, pcm, self.rate, self.speed, shortest=SHORTEST):
            raise UnfitSoundError(f"{host} sent a sound that cannot be {quoted!r}: {fault}")
        return Speech(pcm, located(text, words, self.rate))

    def _captioned(self, reply: HttpResponse) -> tuple[bytes, Sequence[TimedWord]]:
        try:
            return captioned(reply.body)
        except JsonError as error:
            reason = f"{self._client().host} sent no captioned speech ({error}); without captions it may do"
            raise SpeechError("openai", reason) from error

    def _sounding(self, reply: HttpResponse) -> bytes:
        """What was sent, unless it is text."""
        kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind.startswith("text/") or kind.endswith("json") or reply.body.lstrip()[:1] in {b"<", b"{"}:
            host = self._client().host
            raise SpeechError("openai", f"{host} sent {kind or 'text'} instead of sound; is its url right?")
        return reply.body

    def _decoded(self, body: bytes) -> bytes:
        if self.format != "pcm" or body[:4] == b"RIFF":
            return heard(body, self.rate)
        if not body:
            raise DecodeError("it is empty")
        return resampled(body, BARE_RATE, self.rate)

    def _get(self, path: str) -> HttpResponse:
        """What the server tells of itself, asked for once. Raises `SpeechError`."""
        try:
            return self._send("GET", path, b"", READY)
        except RequestError as error:
            raise SpeechError("openai", error.reason) from error

    def _send(self, method: str, path: str, body: bytes, seconds: float) -> HttpResponse:
        client = self._client()
        headers = {"Accept": "*/*", "User-Agent": "newsexport"}
        if body:
            headers["Content-Type"] = "application/json"
        if key := self._key():
            if not client.is_private:
                reason = f"the key is not sent to {client.host} unencrypted; its url must begin with https://"
                raise SpeechError("openai", reason)
            headers["Authorization"] = f"Bearer {key}"
        base = urlsplit(self.url).path.rstrip("/")
        url = f"{client.origin}{base.removesuffix('/v1') if path == CAPTIONED_SPEECH else base}{path}"
        limits = Limits(LARGEST, seconds, silence=seconds)
        return client.send(HttpRequest(method, url, headers, body), limits, REDIRECTS)

    def _client(self) -> ServiceClient:
        if not self.url:
            hint = f"set its url option or {URL_VARIABLE}, such as http://localhost:8880/v1"
            raise SpeechError("openai", f"no server is named; {hint}")
        try:
            return service_client(self.url, self.ca)
        except RequestError as error:
            raise SpeechError("openai", error.reason) from error

    def _key(self) -> str:
        key = os.environ.get(KEY_VARIABLE, "")
        if not key and urlsplit(self.url).hostname == OPENAI:
            key = os.environ.get("OPENAI_API_KEY", "")
        if not key.isascii() or not key.isprintable():
            raise SpeechError("openai", f"the key in {KEY_VARIABLE} holds characters that no key has")
        return key.strip()

    def _refuse_status(self, reply: HttpResponse, *, passing: bool = False) -> None:
        """Raise what an answer that is no success means; a server without the page of models is one too."""
        host = self._client().host
        told = f"{host} answers {reply.status} {reply.phrase}".rstrip() + _explained(reply)
        if key := self._key():
            told = told.replace(key, "***")  # some servers quote it
        if reply.status in {401, 403}:
            wanted = f"{host} refuses the key" if key else f"{host} wants a key"
            raise SpeechError("openai", f"{wanted} ({reply.status}); it is taken from {KEY_VARIABLE}")
        if not passing:
            if reply.status >= 500:
                raise SpeechError("openai", told)
            return
        if reply.status in PASSING or reply.status == BUSY:
            raise RequestError(told, status=reply.status, after=retry_after(reply.headers, self.wait.now()))
        if reply.status != 200:
            raise SpeechError("openai", told)


def _is_speakable(text: str) -> bool:
    return any(map(str.isalnum, text))


def _explained(reply: HttpResponse) -> str:
    """What the server says of its refusal in one line: ``{"error": {"message": …}}`` or ``{"detail": …}``."""
    try:
        told = document(reply.body, ours=False).mapping()
    except JsonError:
        return ""
    error = told.get("error") or told.get("detail") or ""
    message = error.get("message") or "" if isinstance(error, dict) else error
    line = " ".join(str(message).split())
    return f": {_shortened(line, 200)}" if line else ""


def _shortened(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _name(listed: JsonValue) -> str:
    """The name of a voice in a list: a string, or an object with one of the usual members."""
    if not isinstance(listed.value, dict):
        return listed.text()
    return next(
        (listed.member(name).text() for name in ("id", "voice_id", "name") if listed.value.get(name)), ""
    )


def _voice(name: str) -> Voice:
    """What the name of a voice tells."""
    language, gender = MANY, Gender.UNKNOWN
    if name[2:3] == "_" and name[0] in KOKORO and name[1] in "fm":
        language = KOKORO[name[0]]
        gender = Gender.FEMALE if name[1] == "f" else Gender.MALE
    title = name.partition("_")[2].title() if language != MANY else name
    return Voice(name, language, title or name, offline=False, gender=gender, quality=Quality.HIGH)
