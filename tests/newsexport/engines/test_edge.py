"""The voices of Microsoft Edge: the real client of edge-tts, and its service on loopback."""

import pickle
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import trustme

pytest.importorskip("edge_tts")
import edge_tts.communicate
import edge_tts.voices
from aiohttp import web
from tests.newsexport.cli.cli_runs import newsexport
from tests.newsexport.engines.edge_server import (
    RATE,
    VOICES,
    WORD,
    Answer,
    Asked,
    Service,
    edge,
    hang,
    hang_up,
    otherwise,
    refuse,
    silent,
    speak,
    turn,
)
from tests.newsexport.engines.google_server import trusted

from newsexport.engines.edge import EdgeEngine
from newsexport.errors import SpeechError
from newsexport.net.retry import Timing
from newsexport.protocols import Auditions, ChecksReadiness, HasVoices, SpeaksMany, SpeechEngine, TellsSpeaker
from newsexport.speech import Gender, Quality, Role, Speech, Utterance
from newsexport.verify.files import verify

SENTENCES = ("The ferry sails again.", "Nobody “was” surprised, he said.", "It’s 4 o'clock, R&D says.")


def lead(monkeypatch: pytest.MonkeyPatch, address: str, secure: str = "") -> None:
    """Have the package ask a server of ours: its addresses are constants."""
    token = "TrustedClientToken=x"
    monkeypatch.setattr(edge_tts.communicate, "WSS_URL", f"ws{secure}://{address}/edge/v1?{token}")
    monkeypatch.setattr(
        edge_tts.voices, "VOICE_LIST", f"http{secure}://{address}/voices/list?{token.lower()}"
    )


@contextmanager
def serving(monkeypatch: pytest.MonkeyPatch, *script: Answer) -> Iterator[Service]:
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1")
    with edge(script) as service:
        lead(monkeypatch, f"127.0.0.1:{service.port}")
        yield service


def engine(**options: object) -> EdgeEngine:
    """One that does not wait, with a state of its own."""
    slept: list[float] = []
    return EdgeEngine(wait=Timing(slept.append), **options)  # type: ignore[arg-type]


def utterance(text: str, language: str = "en-US", role: Role = Role.READER) -> Utterance:
    return Utterance(text, text, language, role)


def onsets(speech: Speech) -> list[float]:
    """The seconds at which the tones of words begin."""
    samples = np.abs(np.frombuffer(speech.pcm, "<i2").astype(float))
    frame = round(0.005 * RATE)
    loud = samples[: len(samples) // frame * frame].reshape(-1, frame).max(axis=1) > 2500
    return [at * 0.005 for at in np.flatnonzero(loud) if not loud[max(0, at - 6) : at].any()]


def test_every_word_is_marked_where_it_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(monkeypatch) as service:
        speech = engine().say(utterance(SENTENCES[1]))
    assert [SENTENCES[1][one.offset : one.offset + one.length] for one in speech.words] == [
        "Nobody", "“was", "surprised", "he", "said"
    ]  # fmt: skip
    assert [one.sample / RATE for one in speech.words] == pytest.approx(onsets(speech), abs=0.02)
    (asked,) = service.asked
    assert asked.voice == "Microsoft Server Speech Text to Speech Voice (en-US, AriaNeural)"
    assert asked.rate == "+0%"


def test_sentences_go_together_and_are_cut_where_the_next_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(monkeypatch) as service:
        together = list(engine().say_many(list(map(utterance, SENTENCES))))
        assert [one.text for one in service.asked] == [" ".join(SENTENCES)]
        alone = [engine(pack=0).say(utterance(text)) for text in SENTENCES]
    for text, one, other in zip(SENTENCES, together, alone, strict=True):
        words = [text[mark.offset : mark.offset + mark.length] for mark in one.words]
        assert words == [text[mark.offset : mark.offset + mark.length] for mark in other.words]
        assert len(words) == len(onsets(one))
        assert [mark.sample / RATE for mark in one.words] == pytest.approx(onsets(one), abs=0.02)


def run_together(text: str) -> Answer:
    """A voice that makes no pause between sentences."""

    async def answer(socket: web.WebSocketResponse, asked: Asked) -> None:  # noqa: ARG001 - whatever is asked
        words = text.split()
        count = round(WORD * len(words) * RATE)
        pcm = (9000 * np.sin(2 * np.pi * 330 / RATE * np.arange(count))).astype("<i2").tobytes()
        await turn(socket, pcm, [(word.strip(".,"), WORD * at) for at, word in enumerate(words)])

    return answer


def test_where_no_pause_is_heard_sentences_are_asked_for_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ("The ferry sails.", "Nobody was surprised.")
    with serving(monkeypatch, run_together(" ".join(texts))) as service:
        speeches = list(engine().say_many(list(map(utterance, texts))))
    assert [one.text for one in service.asked] == [" ".join(texts), *texts]
    assert [len(one.words) for one in speeches] == [3, 3]


def test_what_says_nothing_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(monkeypatch) as service:
        speeches = list(engine().say_many([utterance("…"), utterance("Yes."), utterance("—")]))
    assert [bool(one.pcm) for one in speeches] == [False, True, False]
    assert [one.text for one in service.asked] == ["Yes."]


def test_voices_are_listed_and_the_fittest_of_a_language_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(monkeypatch) as service:
        one = engine()
        voices = one.voices()
        assert sorted(voice.name for voice in voices) == sorted(str(told["ShortName"]) for told in VOICES)
        assert all(voice.quality is Quality.HIGH and not voice.offline for voice in voices)
        assert [voice.gender for voice in voices if voice.language == "fr-FR"] == [Gender.MALE]
        speakers = {tag: one.speaker(tag) for tag in ("en", "en-US", "en-GB", "de", "de-AT", "fr-CA")}
        one.check()
    assert service.listed == 1, "it is asked once"
    assert speakers == {
        "en": "en-US-AriaNeural",
        "en-US": "en-US-AriaNeural",
        "en-GB": "en-GB-SoniaNeural",
        "de": "de-DE-KatjaNeural",
        "de-AT": "de-AT-IngridNeural",
        "fr-CA": "fr-FR-HenriNeural",
    }


def test_a_voice_that_is_named_speaks_its_language_and_a_multilingual_one_any(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with serving(monkeypatch):
        one = engine(voice="en-GB-SoniaNeural,announcer=en-US-EmmaMultilingualNeural")
        assert (one.speaker("en-US"), one.speaker("de")) == ("en-GB-SoniaNeural", "de-DE-KatjaNeural")
        speech = one.say(utterance("Guten Tag.", "de", Role.ANNOUNCER))
        assert speech.pcm
        with pytest.raises(SpeechError, match="has no voice for the language 'pl'"):
            one.say(utterance("Dzień dobry.", "pl"))
        with pytest.raises(SpeechError, match="no voice named 'en-GB-NobodyNeural'"):
            engine(voice="en-GB-NobodyNeural").check()


@pytest.mark.parametrize(("speed", "rate"), [(1.5, "+50%"), (0.8, "-20%"), (9.0, "+100%"), (0.1, "-50%")])
def test_the_speed_is_asked_for(monkeypatch: pytest.MonkeyPatch, speed: float, rate: str) -> None:
    with serving(monkeypatch) as service:
        try:
            engine(speed=speed, attempts=1).say(utterance("The ferry sails again."))
        except SpeechError as error:
            assert "a sound that cannot be" in str(error), "the server does not speak faster"
    assert service.asked[0].rate == rate


@pytest.mark.parametrize("answer", [hang_up, refuse(503), refuse(429)])
def test_what_passes_is_asked_for_again(monkeypatch: pytest.MonkeyPatch, answer: Answer) -> None:
    with serving(monkeypatch, answer) as service:
        assert engine().say(utterance(SENTENCES[0])).words
    assert service.asked


@pytest.mark.parametrize(
    ("answer", "told", "lasting"),
    [
        (
            refuse(403),
            "Microsoft answers 403 .*it may refuse this address, or a newer edge-tts may help",
            True,
        ),
        (refuse(404), "Microsoft answers 404 .*a newer edge-tts may help", True),
        (refuse(500), r"Microsoft answers 500 .*\(tried 3 times\)", True),
        (otherwise, "Microsoft answers in a way unknown here .*a newer edge-tts may help", True),
        (silent, "Microsoft sent no sound", False),
        (hang_up, "Microsoft sent no sound", False),
        (hang, "Microsoft does not answer within 0.5 s", True),
    ],
)
def test_a_refusal_is_told_in_a_line(
    monkeypatch: pytest.MonkeyPatch, answer: Answer, told: str, *, lasting: bool
) -> None:
    with serving(monkeypatch, *[answer] * 9), pytest.raises(SpeechError, match=f"edge: {told}") as error:
        engine(timeout=0.5).say(utterance(SENTENCES[0]))
    assert error.value.lasting is lasting
    assert "\n" not in str(error.value)


def test_a_service_that_is_not_there_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    lead(monkeypatch, "127.0.0.1:9")
    with pytest.raises(SpeechError, match="edge: lists no voices: Microsoft cannot be reached: ") as error:
        engine().check()
    assert " object " not in str(error.value)


@pytest.mark.parametrize("is_trusted", [True, False])
def test_certificates_are_checked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, is_trusted: bool
) -> None:
    monkeypatch.setenv("NO_PROXY", "localhost")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with edge((), trusted(authority)) as service:
        lead(monkeypatch, f"localhost:{service.port}", secure="s")
        if is_trusted:
            ours = ssl.create_default_context(cafile=str(tmp_path / "ca.pem"))
            for module in (edge_tts.communicate, edge_tts.voices):
                monkeypatch.setattr(module, "_SSL_CTX", ours)
            assert engine().say(utterance(SENTENCES[0])).words
        else:
            with pytest.raises(SpeechError, match=r"cannot be reached: .*[Cc]ertificate") as error:
                engine(voice="en-US-AriaNeural").say(utterance(SENTENCES[0]))
            assert " object " not in str(error.value)
            assert not service.asked


@pytest.mark.slow
def test_an_edition_says_where_its_text_goes_and_the_next_voice_takes_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    Path("news").mkdir()
    for name, title in (
        ("a", "The ferry sails again"),
        ("b", "The bridge stays shut"),
        ("c", "Rain is expected"),
    ):
        text = f"{title}\n\nIt was so decided on Tuesday. Nobody was surprised.\n"
        Path("news", f"{name}.txt").write_text(text, encoding="utf-8")
    with serving(monkeypatch, *[speak] * 2, *[refuse(403)] * 99) as service:
        done = newsexport(
            "audio", "news", "--engine", "edge", "--transcript", "vtt", "-o", "out.mp3", "--no-cache"
        )
    assert done.exit_code == 0, done.output
    assert service.asked
    assert "en: en-US-AriaNeural (your text is sent to Microsoft)" in done.stderr
    assert "edge: Microsoft answers 403" in done.stderr
    assert verify(Path("out.mp3")).faults == ()


def test_it_is_an_engine_that_travels_and_never_auditions() -> None:
    one = EdgeEngine("en-US-AriaNeural")
    shape: SpeechEngine = one
    assert all(
        isinstance(shape, ability) for ability in (HasVoices, ChecksReadiness, SpeaksMany, TellsSpeaker)
    )
    assert not isinstance(shape, Auditions)
    assert pickle.loads(pickle.dumps(one)) == one
    assert replace(one, timeout=1.0) == one
    assert one.destination == "Microsoft"
