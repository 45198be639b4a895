"""The online voice: Google Translate's, through the gTTS package.

gTTS knows the languages and writes the requests. Sending them is done here, because its
own way turns the check of certificates off, waits for ever, never asks twice, and sends
a sentence in up to six times as many requests as it needs.
"""

from __future__ import annotations

import base64
import json
import re
import socket
import ssl
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from gtts import gTTS
from gtts.lang import tts_langs
from requests.adapters import HTTPAdapter
from urllib3 import HTTPSConnectionPool
from urllib3.connection import HTTPSConnection

from newsexport.audio.decode import DecodeError, decode
from newsexport.audio.pcm import from_bytes, to_bytes, trim
from newsexport.engines.clauses import pack
from newsexport.engines.patience import Patience, Turns, UnavailableError, Wait, retry_after
from newsexport.errors import SpeechError
from newsexport.job import Work
from newsexport.languages import primary
from newsexport.speech import Speech, Utterance, Voice

RATE = 24000
# Raised when the same text may sound different although gTTS is the same.
SCHEME = 1
# Silence kept on both sides of a cut within an utterance, in samples: together 0.12 s.
JOINT = round(0.06 * RATE)
# Below this speed Google's slow reading is asked for; there are only the two.
SLOW = 0.75

HOST = "https://translate.google.{}"
# Seconds in which a host must answer for the engine to be ready.
READY = 3.0
# A hundred characters read slowly are some 150 kB.
LARGEST_ANSWER = 2_000_000
PASSING = {429, 500, 502, 503, 504}

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

# The second string of the answer's envelope: ["wrb.fr","jQ1olc","[\"...\"]",...
_PAYLOAD = re.compile(rb'"jQ1olc",("[^"\\]*(?:\\.[^"\\]*)*")')

# One line of turns for each service and each way of waiting, whichever engine asks.
_TURNS: dict[tuple[str, Wait], Turns] = {}


@dataclass(frozen=True, slots=True)
class GttsEngine:
    """Google Translate's voice, over the network.

    `voice` is a language tag (``en``, ``en-GB``, ``pt-BR``) or a tag and the Google domain
    whose accent is wanted (``en@co.nz``); it speaks its own language, others speak
    theirs. Empty means by language. `speed` below 0.75 is Google's slow reading, anything
    else its normal one.

    `host` is another address, ``https://...``, to send the requests to, and `ca` a file of
    certificates to trust instead of the usual. All times are seconds: `timeout` for one
    request from beginning to end, `patience` for one request with all its repetitions (at
    most `attempts`) and pauses (`backoff`, doubling), `pace` between the beginnings of two
    requests of a process. What only changes how the voice is reached does not take part
    in comparing engines.
    """

    voice: str = ""
    speed: float = 1.0
    host: str = field(default="", compare=False)
    ca: str = field(default="", compare=False)
    timeout: float = field(default=15.0, compare=False)
    attempts: int = field(default=4, compare=False)
    patience: float = field(default=120.0, compare=False)
    backoff: float = field(default=1.0, compare=False)
    pace: float = field(default=0.5, compare=False)
    wait: Wait = field(default_factory=Wait, compare=False, repr=False)

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

    def voices(self) -> Sequence[Voice]:
        """Every language and accent that gTTS lists; the network is not asked."""
        renamed = {"iw": "he", "jw": "jv"}
        titles = {renamed.get(code, code): title for code, title in tts_langs().items() if code != "zh"}
        titles |= {tag: title for tag, (_, title) in ACCENTS.items()}
        return tuple(
            Voice(name=tag, language=tag, title=title, offline=False) for tag, title in sorted(titles.items())
        )

    def check(self) -> None:
        """Raise `SpeechError` when there is no such voice or no trusted host answers in 3 s."""
        _, domain = self._speaker(self.voice or "en")
        request = requests.Request("HEAD", self._at(HOST.format(domain))).prepare()
        try:
            answer = self._send(request, READY)
        except UnavailableError as error:
            raise SpeechError("gtts", str(error)) from error
        if answer.status == 429 or answer.is_block:
            raise SpeechError("gtts", f"{_host(request)} is blocking this address for too many requests")

    def say(self, utterance: Utterance) -> Speech:
        """Speak one utterance, with as many requests as it has pieces of 100 characters.

        What has no letter or digit in it is no sound at all.
        """
        language, domain = self._speaker(self._voice_for(utterance.language))
        text = utterance.spoken.encode("utf-8", "replace").decode()  # half a surrogate pair cannot be sent
        spoken = [self._piece(piece, language, domain) for piece in pack(text, gTTS.GOOGLE_TTS_MAX_CHARS)]
        return Speech(spoken[0] if len(spoken) == 1 else b"".join(map(_trimmed, spoken)))

    def _voice_for(self, language: str) -> str:
        """The voice that was chosen, if it speaks this language; else the language's own."""
        if not self.voice:
            return language
        return self.voice if _primary(self.voice) == _primary(language) else language

    def _speaker(self, voice: str) -> tuple[str, str]:
        """Google's code for the language of a voice, and the domain for its accent."""
        tag, at, domain = voice.partition("@")
        language, own = _spoken_at(tag)
        if at and not DOMAIN.fullmatch(domain):
            raise SpeechError("gtts", f"no voice named {voice!r} (see: newsexport voices)")
        return language, domain or own

    def _at(self, url: str) -> str:
        """The address at our host, if there is one, instead of Google's."""
        if not self.host:
            return url
        if not self.host.startswith("https://"):
            raise SpeechError("gtts", f"host must begin with https://, not {self.host!r}")
        return urljoin(self.host, urlsplit(url).path)

    def _piece(self, text: str, language: str, domain: str) -> bytes:
        """The PCM of one piece of text."""
        request = self._request(text, language, domain)
        turns = _TURNS.setdefault((_host(request), self.wait), Turns())
        patience = Patience(self.attempts, self.patience, self.backoff, self.pace)
        try:
            return patience.ask(lambda: self._heard(request, text), turns, self.wait)
        except UnavailableError as error:
            raise SpeechError("gtts", str(error)) from error

    def _request(self, text: str, language: str, domain: str) -> requests.PreparedRequest:
        """What gTTS would send for a text that needs no further cutting."""
        speech = gTTS(
            text=text,
            tld=domain,
            lang=language,
            slow=self.speed < SLOW,
            lang_check=False,
            pre_processor_funcs=[],
        )
        prepared: list[requests.PreparedRequest] = speech._prepare_requests()  # noqa: SLF001 - only save() is public, and it sends unverified
        (request,) = prepared
        request.url = self._at(str(request.url))
        return request

    def _heard(self, request: requests.PreparedRequest, text: str) -> bytes:
        """The PCM of the answer. Raises `SpeechError`, or `UnavailableError` when that may pass."""
        answer = self._send(request, self.timeout)
        host = _host(request)
        if answer.status in PASSING:
            after = retry_after(answer.headers.get("Retry-After"), self.wait.now())
            raise UnavailableError(f"{host} answers {answer.status} {answer.phrase}".rstrip(), after)
        if answer.status != 200:
            raise SpeechError("gtts", _refusal(answer, host))
        try:
            return decode(_audio(answer, text), RATE)
        except DecodeError as error:
            raise SpeechError("gtts", f"{host} sent no usable sound for {text!r}: {error}") from error

    def _send(self, request: requests.PreparedRequest, timeout: float) -> Answer:
        """Send once; the answer is whole, and here within `timeout` seconds."""
        host = _host(request)
        line = _Line()
        try:
            return line.send(request, timeout, self.ca)
        except (requests.RequestException, OSError) as error:
            cause = _root(error)
            if isinstance(cause, ssl.SSLCertVerificationError):
                reason = f"the TLS certificate of {host} is not to be trusted: {cause.verify_message}"
                raise SpeechError("gtts", reason) from error
            if line.overdue or isinstance(error, requests.Timeout):
                raise UnavailableError(f"{host} gave no whole answer within {timeout:g} s") from error
            if isinstance(error, (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
                raise UnavailableError(f"{host} cannot be reached: {_told(cause)}") from error
            raise SpeechError("gtts", f"cannot ask {host}: {_told(cause)}") from error


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer of at most `LARGEST_ANSWER` bytes."""

    status: int
    phrase: str
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def is_block(self) -> bool:
        """Whether this is the way to the page where one shows not to be a robot."""
        return "/sorry" in self.headers.get("Location", "")


class _Line:
    """One request over one connection, which is cut when the time is over.

    The time-outs of requests are for a single read, and start anew with each byte that
    trickles in. Only shutting the socket down ends a request for certain.
    """

    def __init__(self) -> None:
        self.overdue = False
        self.sockets: list[socket.socket] = []

    def send(self, request: requests.PreparedRequest, timeout: float, ca: str) -> Answer:
        """The answer, redirects included, or what requests raises; `ca` may be empty."""
        watch = threading.Timer(timeout, self._cut)
        watch.daemon = True
        watch.start()
        try:
            with requests.Session() as session:
                session.mount("https://", _Adapter(self))
                settings = session.merge_environment_settings(request.url, {}, True, ca or None, None)  # noqa: FBT003 - all five are positional there
                with session.send(request, timeout=timeout, allow_redirects=False, **settings) as response:
                    phrase, body = response.reason or "", _body(response)
            if self.overdue:  # headers that were cut off look as if they had ended
                raise requests.Timeout
            return Answer(response.status_code, phrase, response.headers, body)
        finally:
            watch.cancel()

    def opened(self, sock: socket.socket) -> None:
        """Remember the socket, or shut it at once when it comes too late."""
        self.sockets.append(sock)
        if self.overdue:
            self._cut()

    def _cut(self) -> None:
        self.overdue = True
        for sock in self.sockets:
            with suppress(OSError):  # it may be closed already
                # Not the method of SSLSocket, which takes the TLS state from under the reader.
                socket.socket.shutdown(sock, socket.SHUT_RDWR)


class _Adapter(HTTPAdapter):
    """Tells a line of every TLS connection it opens, directly or through a proxy."""

    def __init__(self, line: _Line) -> None:
        class Connection(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                line.opened(self.sock)

        class Pool(HTTPSConnectionPool):
            ConnectionCls = Connection

        self._pools = {"https": Pool}
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = self._pools
        return manager


def _body(response: requests.Response) -> bytes:
    body = bytearray()
    for chunk in response.iter_content(65536):
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise SpeechError(
                "gtts", f"{urlsplit(response.url).netloc} sent more than {LARGEST_ANSWER} bytes"
            )
    return bytes(body)


def _audio(answer: Answer, text: str) -> bytes:
    """The MP3 in an answer: base64, in a JSON list, in a string of another JSON list."""
    payload = _PAYLOAD.search(answer.body)
    if not payload:
        page = answer.body.lstrip()[:1] == b"<"
        reason = "a web page instead of sound (it may ask whether you are a robot)" if page else "no sound"
        raise SpeechError("gtts", f"got {reason} for {text!r}")
    try:
        encoded, *_ = json.loads(json.loads(payload[1]))
        return base64.b64decode(encoded, validate=True)
    except (ValueError, TypeError) as error:
        raise SpeechError("gtts", f"got an answer that cannot be read for {text!r}") from error


def _refusal(answer: Answer, host: str) -> str:
    if answer.is_block:
        return f"{host} is blocking this address for too many requests; try again in some hours"
    if 300 <= answer.status < 400:
        elsewhere = urlsplit(answer.headers.get("Location", "")).netloc or "another page"
        return f"{host} sends us on to {elsewhere} instead of speaking"
    if answer.status == 403:
        return f"{host} refuses to speak (403); its interface may have changed, a newer gTTS may help"
    return f"{host} answers {answer.status} {answer.phrase}".rstrip()


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


def _host(request: requests.PreparedRequest) -> str:
    return urlsplit(str(request.url)).netloc


def _root(error: BaseException) -> BaseException:
    """What was raised first: the libraries between wrap it up to four times."""
    while inner := error.__cause__ or error.__context__:
        error = inner
    return error


def _told(cause: BaseException) -> str:
    """One line for a person: the system's own words where there are any."""
    return (isinstance(cause, OSError) and cause.strerror) or str(cause) or type(cause).__name__
