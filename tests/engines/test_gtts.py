"""The real gTTS package against a service on the loopback interface that speaks Google's protocol."""

import pickle
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from pathlib import Path

import pytest
import trustme
from google_server import (
    BOUND,
    RATE,
    SECONDS_PER_CHARACTER,
    Answer,
    envelope,
    google,
    hang,
    self_signed,
    sound,
    status,
    trickle,
    trusted,
)
from google_server import speech as mp3

from newsexport.engines.gtts import GttsEngine
from newsexport.engines.patience import Wait
from newsexport.errors import SpeechError
from newsexport.protocols import ChecksReadiness, HasVoices, SpeechEngine
from newsexport.speech import Utterance

SENTENCE = "The ferry to the north bank runs again on Monday."
NEWS = (
    "The council voted on Tuesday to close the old bridge for eighteen months, a decision that people "
    "on the north bank, who cross it every day, had fought since spring; the mayor said that nobody "
    "had wanted this, and promised that a ferry would run by the first of May."
)


@dataclass
class Time:
    """A clock that only sleeping moves, and a die that always shows the most."""

    at: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.at += seconds
        self.slept.append(seconds)

    def wait(self) -> Wait:
        return Wait(self.sleep, lambda: self.at, lambda: 1_800_000_000 + self.at, lambda: 1.0)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def service(authority: trustme.CA) -> ssl.SSLContext:
    return trusted(authority)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def engine(authority: trustme.CA, time: Time, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GttsEngine:
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1")
    ca = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(ca)
    return GttsEngine(ca=str(ca), pace=0, timeout=10, wait=time.wait())


def utterance(text: str, language: str = "en") -> Utterance:
    return Utterance(printed=text, spoken=text, language=language)


def refused(engine: GttsEngine, service: ssl.SSLContext, *script: Answer, text: str = SENTENCE) -> str:
    """The one line that the user reads when the service answers like this."""
    with google(service, script) as server, pytest.raises(SpeechError) as error:
        replace(engine, host=server.url).say(utterance(text))
    message = str(error.value)
    assert message.startswith("engine gtts: ")
    assert "\n" not in message
    return message


def test_a_sentence_is_asked_for_once_and_heard_in_full(engine: GttsEngine, service: ssl.SSLContext) -> None:
    with google(service) as server:
        speech = replace(engine, host=server.url).say(utterance(SENTENCE))
    (asked,) = server.asked
    assert (asked.text, asked.language, asked.slow) == (SENTENCE, "en", None)
    seconds = len(speech.pcm) / 2 / engine.rate
    # A quarter of a second of silence on each side, and up to 0.1 s of the encoder's.
    assert SECONDS_PER_CHARACTER * len(SENTENCE) + 0.5 == pytest.approx(seconds, abs=0.12)


def test_260_characters_take_at_most_four_requests(engine: GttsEngine, service: ssl.SSLContext) -> None:
    text = NEWS[:260]
    assert len(text) == 260
    with google(service) as server:
        speech = replace(engine, host=server.url).say(utterance(text))
    assert len(server.asked) <= 4
    assert all(len(asked.text) <= 100 for asked in server.asked)
    assert " ".join(asked.text for asked in server.asked) == text
    # The silence between the pieces is cut down to a breath.
    spoken = SECONDS_PER_CHARACTER * sum(len(asked.text) for asked in server.asked)
    assert spoken < len(speech.pcm) / 2 / RATE < spoken + 0.2 * len(server.asked)


def test_nothing_to_speak_is_nothing_sent(engine: GttsEngine, service: ssl.SSLContext) -> None:
    with google(service) as server:
        assert replace(engine, host=server.url).say(utterance("… – !")).pcm == b""
    assert server.asked == []


def test_a_self_signed_certificate_is_refused_before_anything_is_sent(
    engine: GttsEngine, tmp_path: Path
) -> None:
    with google(self_signed(tmp_path)) as server:
        for one in (engine, replace(engine, ca="")):
            with pytest.raises(SpeechError, match=r"TLS certificate of localhost:\d+ .*self-signed"):
                replace(one, host=server.url).say(utterance(SENTENCE))
            with pytest.raises(SpeechError, match="TLS certificate"):
                replace(one, host=server.url).check()
    assert server.asked == []


def test_a_certificate_for_another_host_is_refused(engine: GttsEngine, authority: trustme.CA) -> None:
    other = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("elsewhere.example").configure_cert(other)
    assert "TLS certificate" in refused(engine, other)


def test_the_certificates_of_the_environment_are_trusted(
    engine: GttsEngine, service: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", engine.ca)
    with google(service) as server:
        assert replace(engine, ca="", host=server.url).say(utterance(SENTENCE)).pcm


def test_an_address_without_tls_is_refused(engine: GttsEngine) -> None:
    with pytest.raises(SpeechError, match="must begin with https://"):
        replace(engine, host="http://localhost").say(utterance(SENTENCE))


def test_429_twice_then_success_waits_longer_each_time(
    engine: GttsEngine, service: ssl.SSLContext, time: Time
) -> None:
    with google(service, [status(429), status(429)]) as server:
        assert replace(engine, host=server.url).say(utterance(SENTENCE)).pcm
    assert [asked.text for asked in server.asked] == [SENTENCE] * 3
    assert time.slept == [2.0, 4.0]


def test_attempts_end(engine: GttsEngine, service: ssl.SSLContext) -> None:
    message = refused(engine, service, *[status(503)] * 9)
    assert "503 Service Unavailable (tried 4 times)" in message


def test_the_rest_that_is_asked_for_is_given(engine: GttsEngine, service: ssl.SSLContext, time: Time) -> None:
    date = formatdate(1_800_000_000 + 7 + 30, usegmt=True)
    script = [status(429, Retry_After="7"), status(503, Retry_After=date)]
    with google(service, script) as server:
        assert replace(engine, host=server.url).say(utterance(SENTENCE)).pcm
    assert time.slept == [7.0, 30.0]


def test_a_rest_longer_than_the_patience_is_told_and_not_taken(
    engine: GttsEngine, service: ssl.SSLContext, time: Time
) -> None:
    message = refused(engine, service, status(429, Retry_After="3600"))
    assert "asks to wait 3600 s, longer than the 120 s allowed" in message
    assert time.slept == []


def test_requests_keep_their_pace(engine: GttsEngine, service: ssl.SSLContext, time: Time) -> None:
    with google(service) as server:
        replace(engine, host=server.url, pace=0.5).say(utterance(NEWS))
    assert time.slept == [0.5] * (len(server.asked) - 1)


def test_a_service_that_never_answers_is_given_up(engine: GttsEngine, service: ssl.SSLContext) -> None:
    message = refused(replace(engine, timeout=0.3, attempts=2), service, hang, hang)
    assert "no whole answer within 0.3 s (tried 2 times)" in message


@pytest.mark.parametrize(
    "beginning",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n",
        b"HTTP/1.1 200 OK\r\nX-Slow: ",
    ],
    ids=["body", "chunk", "header"],
)
def test_a_trickle_of_bytes_is_cut_off(engine: GttsEngine, service: ssl.SSLContext, beginning: bytes) -> None:
    brief = replace(engine, timeout=0.5, attempts=1)
    with google(service, [trickle(beginning)]) as server:
        with pytest.raises(SpeechError, match=r"no whole answer within 0\.5 s"):
            replace(brief, host=server.url).say(utterance(SENTENCE))
        # The service was still sending when the line was cut.
        assert server.hung_up_on.wait(BOUND)


def test_a_hang_is_followed_by_another_attempt(engine: GttsEngine, service: ssl.SSLContext) -> None:
    with google(service, [hang]) as server:
        assert replace(engine, host=server.url, timeout=1).say(utterance(SENTENCE)).pcm
    assert len(server.asked) == 2


def test_a_block_is_told_at_once(engine: GttsEngine, service: ssl.SSLContext, time: Time) -> None:
    sorry = status(302, Location="https://www.google.com/sorry/index?continue=x")
    assert "blocking this address for too many requests" in refused(engine, service, sorry)
    assert time.slept == []


def test_other_redirects_are_not_followed(engine: GttsEngine, service: ssl.SSLContext) -> None:
    consent = status(302, Location="https://consent.example/m?continue=x")
    assert "sends us on to consent.example instead of speaking" in refused(engine, service, consent)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (status(403), "refuses to speak (403)"),
        (status(404), "answers 404 Not Found"),
        (status(200, envelope(None)), "got no sound for"),
        (status(200, b"<!doctype html><title>Before you continue"), "got a web page instead of sound"),
        (status(200, envelope('["@@@@"]')), "an answer that cannot be read"),
        (status(200, envelope("[]")), "an answer that cannot be read"),
        (status(200, envelope("[null]")), "an answer that cannot be read"),
        (status(200, sound(b"no MP3 at all" * 40)), "no usable sound"),
        (
            status(200, sound(b"")),
            "no usable sound for 'The ferry to the north bank runs again on Monday.': it is empty",
        ),
        (status(200, sound(mp3("Cut short.")[:-7])), "its last frame is cut short"),
        (status(200, b"x" * 2_000_001), "sent more than 2000000 bytes"),
    ],
    ids=[
        "403",
        "404",
        "no-sound",
        "page",
        "base64",
        "empty-list",
        "null",
        "garbage",
        "empty",
        "cut",
        "large",
    ],
)
def test_an_answer_without_speech_is_told_and_not_repeated(
    engine: GttsEngine, service: ssl.SSLContext, time: Time, answer: Answer, told: str
) -> None:
    assert told in refused(engine, service, answer)
    assert time.slept == []


def test_a_refused_connection_is_tried_again_then_told(engine: GttsEngine, time: Time) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    away = replace(engine, host=f"https://localhost:{port}", attempts=3)
    with pytest.raises(
        SpeechError, match=rf"localhost:{port} cannot be reached: .*refused \(tried 3 times\)"
    ):
        away.say(utterance(SENTENCE))
    assert len(time.slept) == 2
    with pytest.raises(SpeechError, match="cannot be reached"):
        away.check()


def test_a_missing_file_of_certificates_is_told(engine: GttsEngine, service: ssl.SSLContext) -> None:
    assert "CA certificate bundle" in refused(replace(engine, ca="/nowhere/ca.pem"), service)


def test_ready_is_a_host_that_answers_whatever_it_says(engine: GttsEngine, service: ssl.SSLContext) -> None:
    with google(service, [status(200), status(405)]) as server:
        replace(engine, host=server.url).check()
        replace(engine, host=server.url).check()


def test_not_ready_is_a_host_that_blocks_us(engine: GttsEngine, service: ssl.SSLContext) -> None:
    with google(service, [status(429)]) as server, pytest.raises(SpeechError, match="is blocking"):
        replace(engine, host=server.url).check()


def languages(engine: GttsEngine, service: ssl.SSLContext, tags: Sequence[str]) -> list[str]:
    with google(service) as server:
        for tag in tags:
            replace(engine, host=server.url).say(utterance("One.", tag))
    return [asked.language for asked in server.asked]


def test_languages_go_by_their_google_names(engine: GttsEngine, service: ssl.SSLContext) -> None:
    known = {
        "en-US": "en",
        "pt-BR": "pt",
        "pt-PT": "pt-PT",
        "fr-CA": "fr-CA",
        "de-CH-1996": "de",
        "zh-Hans": "zh-CN",
        "zh-Hant-TW": "zh-TW",
        "zh": "zh-CN",
        "he": "iw",
        "iw": "iw",
        "nb-NO": "no",
        "fil": "tl",
        "sr-Latn": "sr",
    }
    assert languages(engine, service, list(known)) == list(known.values())


def test_an_unknown_language_is_told_before_anything_is_sent(engine: GttsEngine) -> None:
    with pytest.raises(SpeechError, match="has no voice for the language 'tlh'"):
        engine.say(utterance("nuqneH", "tlh"))


def test_a_voice_speaks_its_own_language_and_no_other(engine: GttsEngine, service: ssl.SSLContext) -> None:
    assert languages(replace(engine, voice="fr-CA"), service, ["fr", "fr-FR", "de"]) == [
        "fr-CA",
        "fr-CA",
        "de",
    ]


def test_an_accent_is_another_domain_of_google() -> None:
    def domain(voice: str, language: str) -> str:
        engine = GttsEngine(voice=voice)
        return str(engine._request("One", *engine._speaker(engine._voice_for(language))).url).split("/")[2]  # noqa: SLF001 - where it goes without a loopback host

    assert domain("", "en") == "translate.google.com"
    assert domain("", "en-GB") == "translate.google.co.uk"
    assert domain("en-AU", "en-US") == "translate.google.com.au"
    assert domain("en@co.nz", "en") == "translate.google.co.nz"
    assert domain("en@co.nz", "de") == "translate.google.com"


@pytest.mark.parametrize("voice", ["en@evil.example/x", "en@", "en@x", "en@COM", "tlh"])
def test_an_impossible_voice_is_told(voice: str) -> None:
    with pytest.raises(SpeechError, match="no voice"):
        GttsEngine(voice=voice).check()


def test_slow_is_asked_for_below_three_quarters(engine: GttsEngine, service: ssl.SSLContext) -> None:
    with google(service) as server:
        for speed in (0.7, 0.75, 1.5):
            replace(engine, host=server.url, speed=speed).say(utterance("One."))
    assert [asked.slow for asked in server.asked] == [True, None, None]


def test_every_listed_voice_can_be_asked_for() -> None:
    engine = GttsEngine()
    voices = engine.voices()
    assert [voice.language for voice in voices] == sorted({voice.language for voice in voices})
    assert {"en-GB", "he", "pt-BR", "zh-TW"} <= {voice.name for voice in voices}
    for voice in voices:
        assert engine._speaker(voice.name)  # noqa: SLF001 - asked without a network


def test_it_is_an_engine_that_travels() -> None:
    engine = GttsEngine(voice="en-GB", host="https://localhost")
    shape: SpeechEngine = engine
    assert isinstance(shape, HasVoices)
    assert isinstance(shape, ChecksReadiness)
    copy = pickle.loads(pickle.dumps(engine))
    assert copy == engine
    # The copy waits in the same line, and what it says is remembered under the same key.
    assert copy.wait == engine.wait
    assert repr(replace(copy, pace=9, ca="other.pem")) == repr(engine)
    assert engine.version.startswith("2.")
