"""Servers with OpenAI's speech interface: what is asked, what is heard, and what goes wrong."""

import json
import pickle
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Lock
from time import monotonic, sleep
from typing import Any

import pytest
from tests.newsexport.engines.openai_server import (
    RATE,
    SECONDS_PER_CHARACTER,
    Answer,
    Handler,
    encoded,
    hang,
    hang_up,
    openai,
    paused,
    sound,
    speak,
    status,
    stream,
    tone,
    trickle,
    wav,
)

from newsexport.engines.openai import OpenAIEngine
from newsexport.errors import SpeechError
from newsexport.net.retry import Timing
from newsexport.protocols import ChecksReadiness, HasVoices, SpeaksMany, SpeechEngine
from newsexport.speech import MANY, Gender, Role, Speech, Utterance

SENTENCE = "The ferry to the north bank runs again on Monday."
KEY = "sk-not-to-be-seen"


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


@pytest.fixture(autouse=True)
def no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NEWSEXPORT_OPENAI_KEY", "NEWSEXPORT_OPENAI_URL", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def engine(time: Time) -> OpenAIEngine:
    return OpenAIEngine(timeout=10, wait=time.wait())


def utterance(text: str = SENTENCE, language: str = "en", role: Role = Role.READER) -> Utterance:
    return Utterance(text, text, language, role)


def seconds(speech: Speech, rate: int = RATE) -> float:
    return len(speech.pcm) / 2 / rate


def refused(engine: OpenAIEngine, *script: Answer) -> str:
    """The one line that the user reads when the server answers like this."""
    with openai(script) as server, pytest.raises(SpeechError) as error:
        replace(engine, url=server.url).say(utterance())
    message = str(error.value)
    assert message.startswith("engine openai: ")
    assert "\n" not in message
    assert KEY not in message
    return message


WHOLE = SECONDS_PER_CHARACTER * len(SENTENCE) + 0.5


def test_a_sentence_is_asked_for_once_and_heard_in_full(engine: OpenAIEngine) -> None:
    with openai() as server:
        speech = replace(engine, url=server.url, voice="bella", model="kokoro", speed=1.2).say(utterance())
    (asked,) = server.asked
    assert asked == {
        "model": "kokoro", "input": SENTENCE, "voice": "bella", "response_format": "wav", "speed": 1.2,
    }  # fmt: skip
    assert server.keys == [None]
    assert seconds(speech) == pytest.approx(WHOLE, abs=0.001)


@pytest.mark.parametrize("form", ["wav", "pcm", "mp3", "flac", "opus", "aac"])
def test_every_format_is_heard_alike(engine: OpenAIEngine, form: str) -> None:
    with openai() as server:
        speech = replace(engine, url=server.url, format=form).say(utterance())
    assert server.asked[0]["response_format"] == form
    assert seconds(speech) == pytest.approx(WHOLE, abs=0.12)


def test_a_stream_of_unknown_length_is_heard_to_its_end(engine: OpenAIEngine) -> None:
    with openai([stream]) as server:
        assert seconds(replace(engine, url=server.url).say(utterance())) == pytest.approx(WHOLE, abs=0.001)


def test_another_rate_is_brought_to_the_own(engine: OpenAIEngine) -> None:
    body = wav(tone(SENTENCE, 44100), 44100)
    with openai([sound(body)]) as server:
        assert seconds(replace(engine, url=server.url).say(utterance())) == pytest.approx(WHOLE, abs=0.01)
    with openai() as server:
        lower = replace(engine, url=server.url, rate=16000, format="pcm")
        assert seconds(lower.say(utterance()), 16000) == pytest.approx(WHOLE, abs=0.01)


def test_sentences_come_in_order_from_no_more_requests_than_allowed(engine: OpenAIEngine) -> None:
    texts = ["word " * (3 + number % 7) for number in range(40)]
    with openai(latency=0.02) as server:
        one = replace(engine, url=server.url, at_once=5)
        with ThreadPoolExecutor(4) as articles:
            heard = articles.map(lambda _: list(one.say_many([utterance(text) for text in texts])), range(4))
            lengths = [[seconds(speech) for speech in speeches] for speeches in heard]
    assert lengths == [[pytest.approx(0.06 * len(text) + 0.5, abs=0.001) for text in texts]] * 4
    assert server.most == 5
    assert len(server.lines) == 5  # lines are kept open


STORY = [
    "The harbour council voted on Tuesday to pay for a new ferry, its mayor said.",
    "It was about time.",
    "The boat will cross the sound in twenty minutes, a third less than the one that it replaces, at night too.",
    "Rain is expected on the coast until the weekend.",
]


def spoken(speech: Speech) -> float:
    """Seconds from the first sound to the last."""
    loud = [at for at, value in enumerate(memoryview(speech.pcm).cast("h")) if abs(value) > 100]
    return (loud[-1] - loud[0]) / RATE


def told_apart(engine: OpenAIEngine, answer: Answer) -> int:
    """Requests that it takes to hear each sentence of a story in its own length."""
    with openai([answer] * 99) as server:
        speeches = list(replace(engine, url=server.url).say_many(list(map(utterance, STORY * 3))))
    commas = [0.15 * text.count(",") if answer in COMMAS else 0.0 for text in STORY * 3]
    lengths = [SECONDS_PER_CHARACTER * len(text) for text in STORY * 3]
    assert len(speeches) == len(lengths)
    for speech, length, comma in zip(speeches, lengths, commas, strict=True):
        assert spoken(speech) == pytest.approx(length + comma, abs=0.15)
    return len(server.asked)


COMMAS = (paused(0.4, 0.15), paused(0.16, 0.15), paused(0.0, 0.15))


def test_sentences_are_asked_for_together_and_told_apart_by_their_pauses(engine: OpenAIEngine) -> None:
    assert told_apart(engine, COMMAS[0]) == 1
    assert told_apart(replace(engine, pack=400), COMMAS[0]) == 3
    assert told_apart(replace(engine, pack=0), COMMAS[0]) == 12


def test_where_pauses_leave_a_doubt_sentences_are_asked_for_one_by_one(engine: OpenAIEngine) -> None:
    assert told_apart(engine, COMMAS[1]) == 1 + 12
    assert told_apart(engine, COMMAS[2]) == 1 + 12


def test_another_voice_or_a_line_without_an_end_is_asked_for_by_itself(engine: OpenAIEngine) -> None:
    lines = [
        utterance("News of the day", role=Role.ANNOUNCER),
        *map(utterance, STORY),
        utterance("Tag.", "de"),
    ]
    with openai([paused(0.4, 0.15)] * 9) as server:
        list(replace(engine, url=server.url, voice="bella,announcer=onyx").say_many(lines))
    asked = sorted(one["input"] for one in server.asked)
    assert asked == sorted(["News of the day", " ".join(STORY), "Tag."])


def test_after_a_failure_what_has_not_begun_is_not_asked_for(engine: OpenAIEngine) -> None:
    with openai([status(400, b'{"detail": "no such voice"}')], latency=0.02) as server:
        one = replace(engine, url=server.url, at_once=2, pack=0)
        with pytest.raises(SpeechError, match="answers 400 Bad Request: no such voice"):
            list(one.say_many([utterance()] * 50))
    assert len(server.asked) < 10


def test_the_key_comes_from_the_environment_and_is_shown_nowhere(
    engine: OpenAIEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSEXPORT_OPENAI_KEY", KEY)
    with openai() as server:
        one = replace(engine, url=server.url)
        one.say(utterance())
    assert server.keys == [f"Bearer {KEY}"]
    assert KEY not in repr(one) + repr(pickle.dumps(OpenAIEngine(url=server.url)))
    assert "refuses the key (401)" in refused(engine, status(401, f'{{"detail": "bad {KEY}"}}'.encode()))
    refused(engine, status(400, f'{{"detail": "bad {KEY}"}}'.encode()))


def test_a_key_of_openai_is_for_openai_alone(engine: OpenAIEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with openai() as server:
        replace(engine, url=server.url).say(utterance())
    assert server.keys == [None]


def test_a_key_is_not_sent_unencrypted_to_another_machine(
    engine: OpenAIEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSEXPORT_OPENAI_KEY", KEY)
    with pytest.raises(SpeechError, match=r"not sent to speech\.example unencrypted"):
        replace(engine, url="http://speech.example/v1").say(utterance())


def test_a_rest_that_is_asked_for_is_given(engine: OpenAIEngine, time: Time) -> None:
    with openai([status(429, Retry_After="7"), status(503)]) as server:
        assert replace(engine, url=server.url).say(utterance()).pcm
    assert len(server.asked) == 3
    assert time.slept == [7.0, 1.0]


@pytest.mark.slow
@pytest.mark.parametrize("told", [{}, {"Retry_After": "1"}], ids=["no pause is named", "a pause is named"])
def test_a_server_that_allows_few_requests_a_second_is_asked_so_and_nothing_is_lost(
    told: dict[str, str],
) -> None:
    due, lock = [0.0], Lock()

    def paced(handler: Handler, asked: dict[str, Any]) -> None:
        with lock:
            is_due = monotonic() >= due[0]
            if is_due:
                due[0] = monotonic() + 0.3
        (speak if is_due else status(429, b"", **told))(handler, asked)

    sentences = [utterance(f"This is sentence number {number}.") for number in range(16)]
    with openai([paced] * 2000) as server:
        spoken = list(OpenAIEngine(url=server.url, pack=0, attempts=1).say_many(sentences))
    assert len(spoken) == len(sentences) and all(speech.pcm for speech in spoken)
    assert len(server.asked) < 5 * len(sentences)


@pytest.mark.slow
def test_a_server_that_takes_one_at_a_time_is_asked_by_one() -> None:
    alone = Lock()

    def one_by_one(handler: Handler, asked: dict[str, Any]) -> None:
        if not alone.acquire(blocking=False):
            return status(429)(handler, asked)
        sleep(0.02)
        alone.release()
        return speak(handler, asked)

    sentences = [utterance(f"This is sentence number {number}.") for number in range(16)]
    with openai([one_by_one] * 2000) as server:
        spoken = list(OpenAIEngine(url=server.url, pack=0, attempts=1).say_many(sentences))
    assert len(spoken) == len(sentences) and all(speech.pcm for speech in spoken)
    assert len(server.asked) < 5 * len(sentences)


def test_a_server_that_is_always_asked_too_often_is_given_up_when_patience_ends(engine: OpenAIEngine) -> None:
    assert "429" in refused(replace(engine, patience=20.0), *[status(429)] * 500)


@pytest.mark.parametrize("fault", [status(500), hang_up, sound(b""), sound(wav(tone(SENTENCE))[:-999])])
def test_a_fault_that_passes_is_asked_again(engine: OpenAIEngine, fault: Answer) -> None:
    with openai([fault]) as server:
        assert replace(engine, url=server.url).say(utterance()).pcm
    assert len(server.asked) == 2


def test_a_line_that_was_closed_meanwhile_is_opened_anew_without_a_pause(
    engine: OpenAIEngine, time: Time
) -> None:
    def close_after(handler: object, asked: dict[str, object]) -> None:
        from tests.newsexport.engines.openai_server import speak

        speak(handler, asked)  # type: ignore[arg-type]
        handler.close_connection = True  # type: ignore[attr-defined]

    with openai([close_after]) as server:
        one = replace(engine, url=server.url, at_once=1)
        for _ in range(2):
            assert one.say(utterance()).pcm
    assert time.slept == []


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (status(401), "wants a key (401); it is taken from NEWSEXPORT_OPENAI_KEY"),
        (status(404, b'{"error": {"message": "model `tts-1` does not exist"}}'), "404 Not Found: model `tts-1` does not"),
        (status(302, Location="https://elsewhere.example/login"), "sends us on to elsewhere.example instead"),
        (status(308, Location="/v1/audio/speech"), "sends us round in circles"),
        (sound(b"<!doctype html><title>Welcome", "text/html; charset=utf-8"), "sent text/html instead of sound"),
        (sound(b"<!doctype html><title>Welcome"), "sent audio/wav instead of sound"),
        (sound(b'{"error": "busy"}', "application/json"), "sent application/json instead of sound"),
    ],
)  # fmt: skip
def test_a_fault_that_stays_is_told_at_once(
    engine: OpenAIEngine, time: Time, answer: Answer, told: str
) -> None:
    assert told in refused(engine, *[answer] * 9)
    assert time.slept == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (
            status(500, b'{"detail": "out of memory"}'),
            "500 Internal Server Error: out of memory (tried 2 times)",
        ),
        (sound(b""), "it is empty (tried 2 times)"),
        (sound(wav(tone(SENTENCE))[:-2000]), "it is cut short"),
        (sound(wav(b"")), "it holds no sound"),
        (sound(wav(tone(SENTENCE), 90)), "too long for it"),
        (sound(wav(tone("Hi."))), "too short for it"),
        (sound(wav(bytes(100_000))), "it is silent"),
        (sound(b"RIFF\0\0\0\0WAVEjunk"), "its header cannot be read"),
        (sound(b"\0\1\2\3" * 500), "it cannot be decoded"),
        (
            sound(encoded(tone(SENTENCE), "mp3", "libmp3lame")[:-7], "audio/mpeg"),
            "its last frame is cut short",
        ),
    ],
)
def test_a_sound_that_cannot_be_the_sentence_is_asked_for_again_then_told(
    engine: OpenAIEngine, answer: Answer, told: str
) -> None:
    assert told in refused(replace(engine, attempts=2), answer, answer)


@pytest.mark.parametrize(
    "answer",
    [
        hang,
        trickle(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"),
        trickle(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n"),
        trickle(b"HTTP/1.1 200 OK\r\nX-Slow: "),
    ],
    ids=["silence", "body", "chunk", "header"],
)
def test_a_server_that_never_comes_to_an_end_is_given_up(engine: OpenAIEngine, answer: Answer) -> None:
    assert "gave no whole answer within 0.4 s" in refused(replace(engine, timeout=0.4, attempts=1), answer)


def test_a_server_that_is_not_there_is_told(engine: OpenAIEngine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/v1"
    with pytest.raises(SpeechError, match=r"cannot be reached: Connection refused \(tried 5 times\)"):
        replace(engine, url=url).say(utterance())
    with pytest.raises(SpeechError, match="cannot be reached"):
        replace(engine, url=url).check()


def test_a_redirect_within_the_server_is_followed(engine: OpenAIEngine) -> None:
    with openai([status(307, Location="/other/speech")]) as server:
        assert replace(engine, url=server.url).say(utterance()).pcm
    assert server.paths == ["/v1/audio/speech", "/other/speech"]


@pytest.mark.parametrize("url", ["", "localhost:8880", "ftp://localhost/v1", "http://me:secret@localhost/v1"])
def test_an_address_that_cannot_be_is_told(engine: OpenAIEngine, url: str) -> None:
    with pytest.raises(SpeechError, match="url") as error:
        replace(engine, url=url).check()
    assert "secret" not in str(error.value)


def test_ready_is_a_server_that_answers(engine: OpenAIEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    with openai() as server:
        replace(engine, url=server.url).check()
        with pytest.raises(SpeechError, match="format must be one of wav, pcm"):
            replace(engine, url=server.url, format="wma").check()
        monkeypatch.setenv("NEWSEXPORT_OPENAI_URL", server.url)
        OpenAIEngine().check()


@pytest.mark.parametrize(
    "listed",
    [
        {"voices": ["af_bella", "bm_george", "nova"]},
        {"voices": [{"id": "af_bella"}, {"voice_id": "bm_george"}, {"name": "nova"}]},
        ["af_bella", "bm_george", "nova"],
    ],
)
def test_the_voices_of_a_server_are_listed(engine: OpenAIEngine, listed: object) -> None:
    with openai(listed=json.dumps(listed).encode()) as server:
        voices = replace(engine, url=server.url).voices()
    assert [(voice.name, voice.language, voice.gender) for voice in voices] == [
        ("bm_george", "en-GB", Gender.MALE),
        ("af_bella", "en-US", Gender.FEMALE),
        ("nova", MANY, Gender.UNKNOWN),
    ]


def test_a_server_without_a_list_has_no_voices_to_tell(engine: OpenAIEngine) -> None:
    with openai() as server:
        assert replace(engine, url=server.url).voices() == ()
    with openai(listed=b"[[") as server, pytest.raises(SpeechError, match="in a way unknown here"):
        replace(engine, url=server.url).voices()
    assert replace(engine, url="").voices() == ()


def voices_asked(engine: OpenAIEngine, utterances: Sequence[Utterance]) -> list[str]:
    with openai() as server:
        for one in utterances:
            replace(engine, url=server.url).say(one)
    return [asked["voice"] for asked in server.asked]


def test_a_cast_gives_each_language_and_role_its_voice(engine: OpenAIEngine) -> None:
    mixed = replace(engine, voice="bella,announcer=onyx,de=thorsten")
    asked = voices_asked(
        mixed,
        [utterance(), utterance(role=Role.ANNOUNCER), utterance(language="de-AT"), utterance(language="fr")],
    )
    assert asked == ["bella", "onyx", "thorsten", "bella"]


def test_what_has_no_letter_is_not_asked_for(engine: OpenAIEngine) -> None:
    with openai() as server:
        assert replace(engine, url=server.url).say(utterance("… – !")).pcm == b""
    assert server.asked == []


def test_it_is_an_engine_that_travels() -> None:
    engine = OpenAIEngine(url="http://localhost:8880/v1", voice="bella")
    shape: SpeechEngine = engine
    assert isinstance(shape, HasVoices)
    assert isinstance(shape, ChecksReadiness)
    assert isinstance(shape, SpeaksMany)
    assert pickle.loads(pickle.dumps(engine)) == engine
    assert repr(replace(engine, at_once=3, timeout=1)) == repr(engine)
    assert "bella" in repr(engine)
