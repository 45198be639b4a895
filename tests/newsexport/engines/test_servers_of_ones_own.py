"""The recipes of docs/engines.md, each tried against a server that answers as the documentation of the real one says."""

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.newsexport.cli.cli_runs import newsexport
from tests.newsexport.engines.openai_server import RATE, Answer, Handler, openai, sound, status, tone, wav

from newsexport.engines.openai import OpenAIEngine
from newsexport.errors import SpeechError
from newsexport.speech import Utterance, WordMark

DOCS = Path(__file__).parents[3] / "docs" / "engines.md"
# Seconds that the tone of a word lasts here, and the silence before the first.
WORD, BEFORE = 0.3, 0.25


def kokoro(handler: Handler, asked: dict[str, Any]) -> None:
    """Kokoro-FastAPI: README, "Timestamps (word level)", and ``CaptionedSpeechResponse`` in its schemas.py."""
    assert handler.path == "/dev/captioned_speech"
    assert asked["stream"] is False, "a stream is one JSON document a line"
    assert asked["normalization_options"] == {"normalize": False}
    words = re.findall(r"\w+(?:['’]\w+)*|[^\w\s]", asked["input"])
    spoken = [word for word in words if word[0].isalnum()]
    times, at = [], BEFORE
    for word in words:
        end = at + (WORD if word[0].isalnum() else 0.0)
        times.append({"word": word, "start_time": at, "end_time": end})
        at = end
    around = bytes(2 * round(BEFORE * RATE))
    body = around + tone("x" * len(spoken), quiet=0)[: 2 * round(WORD * RATE * len(spoken))]
    body += bytes(2 * round(WORD * RATE * len(spoken)) - len(body) + len(around)) + around
    told = {
        "audio": base64.b64encode(wav(body, length=0xFFFFFFFF - 36)).decode(),
        "audio_format": "audio/wav",
        "timestamps": times,
    }
    handler.reply(200, json.dumps(told).encode(), {"Content-Type": "application/json"})


def supertonic(handler: Handler, asked: dict[str, Any]) -> None:
    """supertonic-server 0.2: ``SpeechRequest`` and ``create_speech`` in its server.py, ``build_wav_header``."""
    languages = {"en", "de", "fr"}
    if asked["response_format"] not in {"pcm", "wav", "mp3"} or not 0.5 <= asked["speed"] <= 2.0:
        handler.reply(422, b'{"detail": [{"type": "literal_error", "msg": "Input should be"}]}')
    elif asked.get("lang", "en") not in languages:
        detail = json.dumps({"detail": f"Unknown language {asked['lang']!r}."}).encode()
        handler.reply(400, detail, {"Content-Type": "application/json"})
    else:
        body = wav(tone(asked["input"], rate=44100), rate=44100, length=0xFFFFFFFF - 36)
        handler.reply(200, body, {"Content-Type": "audio/wav", "X-Sample-Rate": "44100", "X-Voice": "F1"})


def recipe(name: str) -> str:
    """The table that stands under a heading of the page about engines."""
    section = DOCS.read_text(encoding="utf-8").partition(f"\n### {name}\n")[2]
    found = re.search(r"```toml\n(.*?)```", section, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, folder in (("STATE", "state"), ("CACHE", "cache"), ("DATA", "data")):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / folder))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    stories = {
        "a": ("en", "The ferry sails again", "It was so decided on Tuesday. Nobody was surprised by it."),
        "b": ("de", "Die Fähre fährt wieder", "Das wurde am Dienstag beschlossen. Niemand war überrascht."),
    }
    for name, (language, title, text) in stories.items():
        story = f"---\ntitle: {title}\nlanguage: {language}\ndate: 2026-11-24\n---\n{text}\n"
        (tmp_path / "news" / f"{name}.md").write_text(story, encoding="utf-8")
    return tmp_path


def published(paper: Path, name: str, answer: Answer, listed: bytes | None = None) -> list[dict[str, Any]]:
    """What the server of a recipe was asked, when a paper was made with it."""
    with openai([answer] * 99, listed=listed) as server:
        table = re.sub(r"http://localhost:\d+/v1", server.url, recipe(name))
        head = '[library]\nfolder = "library"\n[paper.morning]\ntitle = "The Morning"\nsources = ["news"]\n'
        Path("newsexport.toml").write_text(head + table, encoding="utf-8")
        done = newsexport("run", "morning", "--date", "2026-11-25")
    assert done.exit_code == 0, done.output
    assert list((paper / "library").rglob("*.mp3"))
    return server.asked


@pytest.mark.slow
def test_kokoro_speaks_its_languages_and_tells_when_every_word_comes(paper: Path) -> None:
    names = ["af_heart", "ff_siwis", "ef_dora"]
    listed = json.dumps({"voices": [{"id": name, "name": name} for name in names]}).encode()
    asked = published(paper, "Kokoro-FastAPI", kokoro, listed)
    assert "Nobody was surprised by it." in [one["input"] for one in asked], "a sentence at a time"
    assert {one["voice"] for one in asked} == {"af_heart"}
    assert {one["model"] for one in asked} == {"kokoro"}
    assert not any("Niemand" in one["input"] for one in asked), "it has no German voice"


@pytest.mark.slow
def test_supertonic_is_told_the_language_of_every_text(paper: Path) -> None:
    asked = published(paper, "supertonic-server", supertonic)
    told = {
        (one["lang"], one["voice"])
        for one in asked
        if "Tuesday" in one["input"] or "Dienstag" in one["input"]
    }
    assert told == {("en", "F1"), ("de", "M1")}


def said(text: str, *script: Answer, language: str = "en") -> tuple[WordMark, ...]:
    with openai(script) as server:
        engine = OpenAIEngine(url=server.url, captions=True, attempts=1)
        return engine.say(Utterance(text, text, language)).words


def test_words_are_marked_where_the_server_says() -> None:
    text = "“It didn't,” he said (twice)."
    marks = said(text, kokoro)
    assert [text[one.offset : one.offset + one.length] for one in marks] == [
        "“It", "didn't", "he", "said", "(twice"
    ]  # fmt: skip
    assert [one.sample for one in marks] == [round((BEFORE + WORD * number) * RATE) for number in range(5)]


def answered(timestamps: object, **more: object) -> Answer:
    told = {"audio": base64.b64encode(wav(tone("A ferry ran."))).decode(), "timestamps": timestamps, **more}
    return sound(json.dumps(told).encode(), "application/json")


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        (["A", "vessel", "ran"], ["A", "ran"]),
        (["A", "a", "ferry", "ran"], ["A", "ferry", "ran"]),
        (["er", "ran"], ["ran"]),
        (["A", "FERRY", "ran."], ["A", "ferry", "ran"]),
        ([], []),
    ],
)
def test_what_is_said_otherwise_than_it_is_written_marks_nothing(words: list[str], marked: list[str]) -> None:
    times = [{"word": word, "start_time": 0.1 * at, "end_time": 0.1 * at} for at, word in enumerate(words, 1)]
    found = said("A ferry ran.", answered(times))
    assert ["A ferry ran."[one.offset : one.offset + one.length] for one in found] == marked


def test_words_that_no_space_parts_are_found_one_behind_the_other() -> None:
    text = "今日は雨です。"
    times = [
        {"word": word, "start_time": 0.1 * at, "end_time": 0.2}
        for at, word in enumerate(("今日", "は", "雨", "です"))
    ]
    found = said(text, answered(times), language="ja")
    assert [one.offset for one in found] == [0, 2, 3, 4]


def test_a_voice_without_times_speaks_all_the_same() -> None:
    assert said("A ferry ran.", answered(None)) == ()


@pytest.mark.parametrize(
    "answer",
    [
        sound(wav(tone("A ferry ran."))),
        sound(b'{"detail": "no"}', "application/json"),
        answered([{"word": "A", "start_time": "soon"}]),
        answered([], audio="not base64!"),
    ],
)
def test_an_answer_that_is_no_captioned_speech_is_told(answer: Answer) -> None:
    with pytest.raises(SpeechError, match=r"openai: 127\.0\.0\.1:\d+ sent no captioned speech \("):
        said("A ferry ran.", answer)


def test_a_server_that_has_no_captions_is_told() -> None:
    with pytest.raises(SpeechError, match="answers 404 Not Found: Not Found"):
        said("A ferry ran.", status(404, b'{"detail": "Not Found"}', Content_Type="application/json"))
