"""Who says what, by what the user wrote."""

import os
import pickle
from contextvars import Context
from pathlib import Path

import pytest

from newsexport.cli.context import tell_voices_folder
from newsexport.engines.piper import PiperEngine
from newsexport.engines.voice_selection import cast
from newsexport.speech import VOICES_VARIABLE, Role


@pytest.mark.parametrize(
    ("voice", "language", "role", "named"),
    [
        ("", "en", Role.READER, ""),
        ("bella", "en", Role.READER, "bella"),
        ("bella", "de", Role.ANNOUNCER, "bella"),
        ("bella, de=thorsten", "de-AT", Role.READER, "thorsten"),
        ("bella,de=thorsten", "fr", Role.READER, "bella"),
        ("de=thorsten", "fr", Role.READER, ""),
        ("bella,announcer=onyx", "en", Role.ANNOUNCER, "onyx"),
        ("bella,announcer=onyx", "en", Role.READER, "bella"),
        ("en=bella,announcer=onyx", "en", Role.ANNOUNCER, "bella"),
        ("en=bella,en/announcer=onyx", "en-GB", Role.ANNOUNCER, "onyx"),
        ("en=bella,en-GB=george", "en-GB", Role.READER, "george"),
        ("en=bella,en-GB=george", "en-US", Role.READER, "bella"),
        ("en=bella,en-GB=george,en-GB/announcer=emma", "en-gb", Role.ANNOUNCER, "emma"),
    ],
)
def test_the_most_exact_part_of_a_cast_speaks(voice: str, language: str, role: Role, named: str) -> None:
    assert cast(voice).named(language, role) == named


def test_every_voice_of_a_cast_is_named_once() -> None:
    assert cast("a,de=b,announcer=a,,fr/announcer=c").names() == ("a", "b", "c")


def test_the_folder_of_fetched_voices_is_handed_in_and_the_environment_stays_as_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(VOICES_VARIABLE)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    before = dict(os.environ)
    handed_in = Context()
    handed_in.run(tell_voices_folder)
    assert dict(os.environ) == before
    engine = handed_in.run(PiperEngine)
    assert Path(engine.fetched).name == "piper"
    assert pickle.loads(pickle.dumps(engine)).fetched == engine.fetched  # as it goes into another process
    assert "fetched" not in repr(engine)
    monkeypatch.setenv(VOICES_VARIABLE, str(tmp_path))
    assert handed_in.run(PiperEngine).fetched == str(tmp_path / "piper")
    monkeypatch.delenv(VOICES_VARIABLE)
    assert not Context().run(PiperEngine).fetched
