"""``newsexport say``: how a text is spoken, and what it sounds like."""

import io
import json
import wave
from pathlib import Path

import pytest
from tests.newsexport.cli.cli_runs import newsexport

from newsexport.verify.files import verify


def test_each_rule_is_shown_with_what_it_made() -> None:
    told = newsexport("say", "Dr. Osei paid $5").stdout.splitlines()
    assert told == [
        "Dr. Osei paid $5",
        "  say titles  Doctor Osei paid $5",
        "  say money   Doctor Osei paid five dollars",
        "= Doctor Osei paid five dollars",
    ]


def test_lines_in_are_objects_out() -> None:
    told = newsexport("say", "--json", "--language", "en-GB", stdin="a $5 note\n\nplain words\n").stdout
    objects = [json.loads(line) for line in told.splitlines()]
    assert [each["printed"] for each in objects] == ["a $5 note", "", "plain words"]
    assert [each["spoken"] for each in objects] == ["a five dollar note", "", "plain words"]
    assert objects[0]["rules"] == [
        {"rule": "say money", "before": "a $5 note", "after": "a five dollar note"}
    ]
    assert objects[2]["rules"] == []


def test_quietly_only_the_spoken_form_is_told() -> None:
    assert newsexport("say", "-q", "--language", "de", "am", "3. Mai").stdout == "am dritten Mai\n"


@pytest.mark.parametrize("name", ["word.wav", "word.mp3"])
def test_it_is_spoken_into_a_file(name: str, tmp_path: Path) -> None:
    done = newsexport("say", "Harbourne, 3-2.", "-o", str(tmp_path / name))
    assert done.exit_code == 0
    assert (tmp_path / name).stat().st_size > 5000
    assert str(tmp_path / name) in done.stdout


def test_a_wave_goes_to_standard_output_alone() -> None:
    sound = newsexport("say", "Harbourne", "-o", "-").stdout_bytes
    with wave.open(io.BytesIO(sound)) as read:
        assert (read.getnchannels(), read.getsampwidth()) == (1, 2)
        assert read.getnframes() > read.getframerate() // 4


def test_the_mp3_is_a_sound_one(tmp_path: Path) -> None:
    newsexport("say", "The mayor spoke.", "-o", str(tmp_path / "word.mp3"))
    faults = [fault for fault in verify(tmp_path / "word.mp3").faults if "frame" in str(fault)]
    assert faults == []


@pytest.mark.parametrize("arguments", [("x", "--language", "not a tag"), ("…", "-o", "dots.wav")])
def test_what_makes_no_sense_is_refused(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert newsexport("say", *arguments).exit_code == 2
    assert list(tmp_path.iterdir()) == []
