"""An online voice that is gone in the middle of an edition: the real client, a loopback service, the whole program."""

import json
import ssl
import subprocess
import sys
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import trustme
from tests.newsexport.engines.google_server import (
    Answer,
    Google,
    Handler,
    google,
    hang,
    speak,
    status,
    trusted,
)
from typer.testing import CliRunner

from newsexport.cli.app import app
from newsexport.library.describing import describe
from newsexport.library.issue import Paper
from newsexport.library.manifest import issue_json, read_issue
from newsexport.model import Article, Edition, Section
from newsexport.publishing.notes import notes_html, notes_text
from newsexport.verify.files import verify

pytestmark = pytest.mark.slow
pytest.importorskip("hibari")

GERMAN = {
    "a": "Die Fähre fährt wieder", "b": "Die Brücke bleibt zu", "c": "Der Rat tagt im Mai", "d": "Das Eis bricht",
    "e": "Der Markt zieht um",
}  # fmt: skip


def cut(handler: Handler, text: str) -> None:  # noqa: ARG001 - whatever is asked
    handler.connection.close()


def odd(handler: Handler, text: str) -> None:
    """A service that cannot say one text, and all others."""
    if any("Eis" in one for one in handler.texts):
        handler.reply(200, b"<html>no</html>")
    else:
        speak(handler, text)


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    Path("news").mkdir()
    for name, title in GERMAN.items():
        text = f"{title}\n\nSo wurde es am Dienstag in der Sitzung beschlossen.\n\nDas hat hier niemanden überrascht.\n"
        Path("news", f"{name}.txt").write_text(text, encoding="utf-8")
    english = "The ferry sails again\n\nIt was so decided on Tuesday. Nobody in the town was surprised.\n"
    Path("news", "z.txt").write_text(english, encoding="utf-8")
    return trusted(authority)


def arguments(server: Google, *options: str) -> list[str]:
    sets = {
        "host": server.url,
        "ca": str(Path("ca.pem").absolute()),
        "pace": 0,
        "backoff": 0.01,
        "at_once": 1,
    }
    settings = [word for name, value in sets.items() for word in ("--set", f"options.{name}={value}")]
    return ["audio", "news", *settings, "--workers", "2", "-o", "out.mp3", *options]


def narrate(server: Google, *options: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, arguments(server, *options))
    return result.exit_code, result.stderr


def narrate_anew(server: Google) -> tuple[int, str]:
    """In a process of its own, which has not heard of any refusal."""
    command = [sys.executable, "-m", "newsexport", *arguments(server, "--set", "options.attempts=1")]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return ended.returncode, ended.stderr


@pytest.mark.parametrize(
    ("gone", "reason"),
    [
        (status(429), "answers 429"),
        (status(429, retry_after="3600"), "answers 429"),
        (status(503), "answers 503"),
        (hang, "gave no whole answer"),
        (cut, "localhost"),
        (status(302, location="https://www.google.com/sorry/index"), "is blocking this address"),
        (status(403), "refuses to speak"),
    ],
)
def test_whoever_stops_answering_hands_over_for_whole_articles(
    service: ssl.SSLContext, gone: Answer, reason: str
) -> None:
    answered = 4
    with google(service, [status(200), *[speak] * answered, *[gone] * 400]) as server:
        code, told = narrate(server, "--set", "options.timeout=3", "--set", "options.attempts=2")
    assert code == 0, told
    assert "de: Google (your text is sent there)" in told and "en: heart (on this machine)" in told
    (line,) = (line for line in told.splitlines() if "from here on" in line)
    assert reason in line and line.endswith("from here on de: espeak (on this machine)")
    (told_at_the_end,) = (line for line in told.splitlines() if line.startswith("spoken by"))
    assert (
        "Google: " in told_at_the_end
        and "espeak: " in told_at_the_end
        and "heart: 1 article" in told_at_the_end
    )
    finding = verify(Path("out.mp3"))
    assert finding.faults == ()
    assert [title.text for title in finding.contents] == [*GERMAN.values(), "The ferry sails again"]


def test_what_was_spoken_stays_and_the_rest_is_asked_for_the_next_time(service: ssl.SSLContext) -> None:
    again = threading.Event()
    answered: list[str] = []

    def spoken(handler: Handler, text: str) -> None:
        answered.extend(handler.texts)
        speak(handler, text)

    def storm(handler: Handler, text: str) -> None:
        if handler.command == "HEAD":
            handler.reply(200)
        else:
            (speak if again.is_set() else status(429))(handler, text)

    with google(service, [status(200), *[spoken] * 2, *[storm] * 400]) as server:
        code, told = narrate_anew(server)
        assert code == 0 and "from here on" in told, told
        before = len(server.asked)
        again.set()
        code, told = narrate_anew(server)
        asked = {one.text for one in server.asked[before:]}
    assert code == 0 and "from here on" not in told, told
    assert answered and asked and not asked & set(answered)


def test_one_text_that_it_cannot_say_costs_one_article_its_voice(service: ssl.SSLContext) -> None:
    with google(service, [status(200), *[odd] * 400]) as server:
        code, told = narrate(server, "--set", "options.attempts=1")
    assert code == 0, told
    assert "Das Eis bricht: spoken by espeak (on this machine)" in told
    assert "from here on" not in told
    assert "spoken by Google: 4 articles; by espeak: 1 article; by heart: 1 article" in told


def test_the_engine_that_was_named_hands_over_to_this_machine(service: ssl.SSLContext) -> None:
    with google(service, [status(200), status(200), *[status(429)] * 400]) as server:
        code, told = narrate(server, "--engine", "gtts", "--set", "options.attempts=1")
    assert code == 0, told
    assert "from here on de: espeak (on this machine)" in told
    assert "spoken by espeak: 5 articles; by heart: 1 article" in told


def test_who_spoke_each_article_is_in_the_file_its_chapters_and_the_notes_of_the_issue(
    service: ssl.SSLContext,
) -> None:
    with google(service, [status(200), *[odd] * 400]) as server:
        code, told = narrate(server, "--set", "options.attempts=1", "--chapters-json", "--title", "Harbour")
    assert code == 0, told
    chapters = json.loads(Path("out.chapters.json").read_text("utf-8"))["chapters"]
    voices = {chapter["title"]: chapter.get("voice") for chapter in chapters}
    assert voices.pop("Das Eis bricht") == "espeak"
    assert voices.pop("The ferry sails again") == "heart"
    assert set(voices.values()) == {"Google"}
    facts = dict(verify(Path("out.mp3")).facts)
    assert facts["spoken by Google"] == "4 articles"
    assert facts["spoken by espeak"] == "Das Eis bricht"
    articles = [Article(title, (), language="de") for title in (*GERMAN.values(), "The ferry sails again")]
    edition = Edition("Harbour", date(2026, 11, 23), "de", (Section("", tuple(articles)),))
    made = [Path("out.mp3"), Path("out.chapters.json")]
    issue = describe(Paper("harbour", "Harbour"), edition, made, datetime(2026, 11, 23, tzinfo=UTC)).issue
    assert [story.voice for story in issue.stories] == [chapter["voice"] for chapter in chapters]
    notes = notes_text(issue.stories)
    assert "Das Eis bricht\n🎙\u00a0espeak" in notes and "Die Brücke bleibt zu\n🎙\u00a0Google" in notes
    assert "🎙\u00a0espeak" in notes_html(issue.stories, "de")
    assert "🎙" not in notes_text([story for story in issue.stories if story.voice == "Google"])
    assert read_issue(issue_json(issue), "issue.json") == issue
