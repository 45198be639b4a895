"""The real gTTS package against a service on the loopback interface that speaks Google's protocol."""

import pickle
import re
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from pathlib import Path

import pytest
import trustme
from gtts import gTTS
from tests.newsexport.engines.google_server import (
    BOUND,
    RATE,
    SECONDS_PER_CHARACTER,
    Answer,
    Handler,
    envelope,
    google,
    hang,
    only_one,
    self_signed,
    slowly,
    sound,
    speak,
    status,
    trickle,
    trusted,
)
from tests.newsexport.engines.google_server import speech as mp3

from newsexport.engines.gtts import GttsEngine
from newsexport.engines.service_limits import ConcurrencyLimit
from newsexport.errors import SpeechError
from newsexport.model import Article, Paragraph, Span
from newsexport.narration.options import Direction
from newsexport.narration.script import narrated
from newsexport.net.retry import Timing
from newsexport.protocols import ChecksReadiness, HasVoices, SpeaksMany, SpeechEngine
from newsexport.speech import Utterance

SENTENCE = "The ferry to the north bank runs again on Monday."
NEWS = (
    "The council voted on Tuesday to close the old bridge for eighteen months, a decision that people "
    "on the north bank, who cross it every day, had fought since spring; the mayor said that nobody "
    "had wanted this, and promised that a ferry would run by the first of May."
)


NEWS_SENTENCES = (
    "The harbour council voted on Tuesday, by seven votes to two, to spend more on ferry number {number}. "
    "Its mayor, Ada Marsh, said that nobody would miss the noise: it had woken the town since 1987. "
    "The boat will carry 60 cars, cross the sound in twenty minutes, and sail at night too. "
    "Rain is expected on the coast until the weekend. Two schools near the old bridge stay shut. "
    "Engineers, who looked at its foundations on Monday, found cracks; they will report in May. "
    "Traders at the fish market (there are forty) said that prices had not changed much. "
    "The railway, for its part, will run one train more. Tickets cost what they did."
)


@dataclass
class Time:
    """A clock that only sleeping moves, and a die that always shows the most."""

    at: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.at += seconds
        self.slept.append(seconds)

    def wait(self) -> Timing:
        return Timing(self.sleep, lambda: self.at, lambda: 1_800_000_000 + self.at, lambda: 1.0)


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
            with pytest.raises(SpeechError, match=r"localhost:\d+ has a TLS certificate .*self-signed"):
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
    now = formatdate(1_800_000_000 + 7, usegmt=True)
    script = [status(429, Retry_After="7"), status(503, Date=now, Retry_After=date)]
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
        (status(200, b"x" * 2_000_001), "sent more than 2 MB"),
    ],
    ids=[
        "403",
        "404",
        "no-sound",
        "page",
        "base64",
        "empty-list",
        "null",
        "large",
    ],
)
def test_an_answer_without_speech_is_told_and_not_repeated(
    engine: GttsEngine, service: ssl.SSLContext, time: Time, answer: Answer, told: str
) -> None:
    assert told in refused(engine, service, answer)
    assert time.slept == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (status(200, sound(b"no MP3 at all" * 40)), "no usable sound for 'The ferry to the north bank"),
        (status(200, sound(b"")), "it is empty (tried 4 times)"),
        (status(200, sound(mp3(SENTENCE)[:-7])), "its last frame is cut short (tried 4 times)"),
        (status(200, sound(mp3("Cut."))), "0.2 s of sound are too short for it (tried 4 times)"),
        (status(200, sound(mp3(SENTENCE * 9))), "s of sound are too long for it"),
        (status(200, sound(mp3(""))), "it is silent"),
    ],
    ids=["garbage", "empty", "cut", "short", "long", "silent"],
)
def test_a_sound_that_cannot_be_the_text_is_asked_for_again_then_told(
    engine: GttsEngine, service: ssl.SSLContext, answer: Answer, told: str
) -> None:
    with google(service, [answer]) as server:
        assert replace(engine, host=server.url).say(utterance(SENTENCE)).pcm
    assert told in refused(engine, service, *[answer] * 4)


CAPTCHA = b"<html><title>Sorry...</title>Our systems have detected unusual traffic from your network."


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ([status(302, Location="https://www.google.com/sorry/index")], "is blocking this address"),
        ([status(429, CAPTCHA)], "is blocking this address"),
        ([status(200, CAPTCHA)], "is blocking this address"),
        ([status(429)] * 4, "answers 429 Too Many Requests (tried 4 times)"),
    ],
    ids=["redirect", "page with 429", "page with 200", "429 alone"],
)
def test_who_is_taken_for_a_robot_asks_no_more(
    engine: GttsEngine, service: ssl.SSLContext, answers: list[Answer], told: str
) -> None:
    with google(service, answers) as server:
        one = replace(engine, host=server.url)
        with pytest.raises(SpeechError, match=re.escape(told)):
            one.say(utterance(SENTENCE))
        asked = len(server.asked)
        for _ in range(5):
            with pytest.raises(SpeechError, match=f"is not asked any more: .*{re.escape(told)}"):
                one.say(utterance("Another sentence."))
    assert len(server.asked) == asked == len(answers)


def test_a_service_that_refused_three_times_over_is_asked_no_more_for_a_while(
    engine: GttsEngine, service: ssl.SSLContext, time: Time
) -> None:
    with google(service, [status(503)] * 2 + [status(404)]) as server:
        one = replace(engine, host=server.url, attempts=1)
        for told in ("answers 503", "answers 503", "answers 404", "is not asked any more: .* answers 404"):
            with pytest.raises(SpeechError, match=told):
                one.say(utterance(SENTENCE))
        assert len(server.asked) == 3
        time.at += 901
        assert one.say(utterance(SENTENCE)).pcm


def test_one_refusal_among_answers_changes_nothing(engine: GttsEngine, service: ssl.SSLContext) -> None:
    with google(service, [status(404), speak] * 4) as server:
        one = replace(engine, host=server.url)
        for _ in range(4):
            with pytest.raises(SpeechError, match="answers 404"):
                one.say(utterance(SENTENCE))
            assert one.say(utterance(SENTENCE)).pcm


def test_sentences_come_in_order_and_never_more_than_four_at_once(
    engine: GttsEngine, service: ssl.SSLContext
) -> None:
    texts = [f"Sentence {'on ' * (number % 5)}the ferry." for number in range(24)]
    with google(service, [slowly] * 24) as server:
        speeches = list(replace(engine, host=server.url).say_many([utterance(text) for text in texts * 3]))
    lengths = [len(speech.pcm) / 2 / RATE for speech in speeches]
    assert lengths == [pytest.approx(SECONDS_PER_CHARACTER * len(text) + 0.5, abs=0.12) for text in texts * 3]
    assert 2 <= server.most <= 4


def test_a_service_that_has_too_much_is_asked_by_one_at_a_time() -> None:
    limit = ConcurrencyLimit(4)
    widths = []
    for step in (
        limit.widen,
        limit.widen,
        limit.widen,
        limit.widen,
        limit.widen,
        limit.narrow,
        limit.narrow,
        limit.narrow,
    ):
        step()
        widths.append(int(limit.width))
    assert widths == [2, 2, 2, 3, 3, 1, 1, 1]


@pytest.mark.slow
def test_twenty_articles_take_at_most_a_third_of_the_requests_of_gtts_itself(
    engine: GttsEngine, service: ssl.SSLContext
) -> None:
    articles = [news_article(number) for number in range(20)]
    passages = [list(narrated(article, Direction())) for article in articles]
    spoken = [one for each in passages for passage in each for one in passage.utterances]
    with google(service) as server:
        for speech in replace(engine, host=server.url).say_many(spoken):
            assert speech.pcm
    texts = map(text_of, articles)
    alone = sum(len(gTTS(text)._tokenize(text)) for text in texts)  # noqa: SLF001 - the requests of its save()
    assert [one.text for one in server.asked if len(one.text) > 100] == []
    assert server.requests * 3 <= alone


def text_of(article: Article) -> str:
    """What one would hand to gTTS."""
    return "\n\n".join(
        (article.title, *(spans_text(block.spans) for block in article.body if isinstance(block, Paragraph)))
    )


def spans_text(spans: tuple[Span, ...]) -> str:
    return "".join(span.text for span in spans)


def news_article(number: int) -> Article:
    """An article of nine sentences about an invented place."""
    sentences = re.findall(r"[^.]+\.", NEWS_SENTENCES.format(number=number))
    body = tuple(
        Paragraph((Span("".join(sentences[at : at + 3]).strip()),)) for at in range(0, len(sentences), 3)
    )
    return Article(f"Ferry number {number} sails again from Norwick", body, language="en")


def test_a_service_that_takes_one_call_at_a_time_is_asked_so(
    engine: GttsEngine, service: ssl.SSLContext
) -> None:
    texts = [f"This is sentence number {number} of the morning." for number in range(40)]
    with google(service, [only_one] * 60) as server:
        speeches = list(replace(engine, host=server.url).say_many([utterance(text) for text in texts]))
    assert [len(speech.pcm) > 0 for speech in speeches] == [True] * 40
    # The batches that were under way when the first was refused, and each sentence once.
    assert 40 < server.requests <= 40 + 5


def test_sounds_of_a_batch_find_their_sentences_in_whatever_order_they_come(
    engine: GttsEngine, service: ssl.SSLContext
) -> None:
    def backwards(handler: Handler, text: str) -> None:  # noqa: ARG001 - all texts of the batch
        handler.texts.reverse()
        handler.names.reverse()
        speak(handler, "")

    texts = ["One.", "A sentence of middling length.", "Then a sentence that goes on for rather longer."]
    with google(service, [backwards]) as server:
        speeches = list(replace(engine, host=server.url).say_many([utterance(text) for text in texts]))
    assert server.requests == 1
    lengths = [len(speech.pcm) / 2 / RATE for speech in speeches]
    assert lengths == [pytest.approx(SECONDS_PER_CHARACTER * len(text) + 0.5, abs=0.12) for text in texts]


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
    assert "the certificates in /nowhere/ca.pem cannot be read: No such file" in refused(
        replace(engine, ca="/nowhere/ca.pem"), service
    )


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
        return str(engine._request(engine._pieces(utterance("One", language))[0]).url).split("/")[2]  # noqa: SLF001 - where it goes without a loopback host

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
    assert isinstance(shape, SpeaksMany)
    copy = pickle.loads(pickle.dumps(engine))
    assert copy == engine
    # The copy waits in the same line, and what it says is remembered under the same key.
    assert copy.wait == engine.wait
    assert repr(replace(copy, pace=9, ca="other.pem")) == repr(engine)
    assert engine.version.startswith("2.")
