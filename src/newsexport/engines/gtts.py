"""The online voice: Google Translate's, through the gTTS package.

gTTS knows the languages and writes the requests. Sending them is done here, because its
own way turns the check of certificates off, waits for ever, never asks twice, and sends
a sentence in up to six times as many requests as it needs.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from urllib.parse import urljoin, urlsplit

import requests
from gtts import gTTS
from gtts.lang import tts_langs

from newsexport.audio.decode import DecodeError, decode
from newsexport.audio.pcm import from_bytes, to_bytes, trim
from newsexport.engines.clauses import pack
from newsexport.engines.line import Answer, RefusedError, host_of, send
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
    requests of a process. What only changes how the voice is reached, not what is heard,
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
        if answer.status == 429 or _is_block(answer):
            raise SpeechError("gtts", f"{host_of(request)} is blocking this address for too many requests")

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
        turns = _TURNS.setdefault((host_of(request), self.wait), Turns())
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
        host = host_of(request)
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
        """Send once. Raises `SpeechError`, or `UnavailableError` when the fault may pass."""
        try:
            return send(request, timeout, self.ca)
        except RefusedError as error:
            raise SpeechError("gtts", str(error)) from error


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


def _is_block(answer: Answer) -> bool:
    """Whether this is the way to the page where one shows not to be a robot."""
    return "/sorry" in answer.headers.get("Location", "")


def _refusal(answer: Answer, host: str) -> str:
    if _is_block(answer):
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
