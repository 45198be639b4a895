"""Which engine `auto` takes, among the real ones."""

from pathlib import Path

import pytest

from newsexport.engines.espeak import EspeakEngine
from newsexport.errors import SpeechError, UsageError
from newsexport.events import Event, Noted, ignore
from newsexport.narration import engine_choice
from newsexport.narration.engine_choice import AUTO, choose_engine
from newsexport.protocols import SpeechEngine

NOWHERE = {"speed": 1.0}


def chosen(
    monkeypatch: pytest.MonkeyPatch, *order: str, languages: tuple[str, ...] = ()
) -> tuple[SpeechEngine, str]:
    """The engine that is taken when these are preferred in this order, and what is told of it."""
    monkeypatch.setattr(engine_choice, "PREFERRED", order)
    told: list[Event] = []
    engine = choose_engine(AUTO, NOWHERE, told.append, languages)
    (note,) = told
    assert isinstance(note, Noted)
    return engine, note.text


def test_the_first_that_speaks_every_language_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    engine, told = chosen(monkeypatch, "espeak", "silent", languages=("en-GB", "zh", "nn"))
    assert isinstance(engine, EspeakEngine)
    assert told == "speaking with espeak"


def test_a_language_that_the_first_has_no_voice_for_sends_to_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, told = chosen(monkeypatch, "espeak", "silent", languages=("en", "tlh"))
    assert told == "speaking with silent"
    _, told = chosen(monkeypatch, "espeak", languages=("en", "tlh"))
    assert told == "speaking with espeak"


def test_what_is_not_ready_is_told_unless_it_was_never_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NEWSEXPORT_PIPER_VOICES", str(tmp_path))
    _, told = chosen(monkeypatch, "openai", "piper", "espeak")
    assert told.startswith("speaking with espeak (engine openai: no server is named; ")
    assert "piper" not in told


def test_an_engine_that_is_named_is_taken_or_refused() -> None:
    with pytest.raises(SpeechError, match="no program is named"):
        choose_engine("command", {}, ignore)
    with pytest.raises(UsageError, match=r"takes no option 'programme'.*do you mean program"):
        choose_engine("command", {"programme": "say"}, ignore)
