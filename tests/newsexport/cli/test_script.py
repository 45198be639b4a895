"""``newsexport script``, and the road from an edited script to what is heard."""

import json
from pathlib import Path

import pytest
from tests.newsexport.cli.cli_runs import furnish, newsexport


@pytest.fixture(autouse=True)
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    furnish(tmp_path, monkeypatch)
    return tmp_path


def test_a_script_shows_what_is_printed_beside_what_is_said() -> None:
    told = newsexport("script", "news").stdout.splitlines()
    assert "# article: The harbour opens again" in told
    assert "announcer  en     1.20 s  Thursday, 1 January 2026." in told
    assert any(line.endswith("says  Thursday, the first of January twenty twenty-six.") for line in told)


def test_as_json_each_utterance_is_a_line() -> None:
    told = map(json.loads, newsexport("script", "news", "--json").stdout.splitlines())
    lines = [each for each in told if each["event"] == "result"]
    (opening,) = [each for each in lines if each["printed"] == "A market moves indoors"]
    assert opening["article"] == "A market moves indoors"
    assert (opening["role"], opening["language"], opening["pause"]) == ("announcer", "en", 1.0)
    assert opening["chapters"] == [{"title": "A market moves indoors", "level": "article"}]


@pytest.mark.slow
def test_an_edited_script_is_spoken_as_it_stands(room: Path) -> None:
    assert newsexport("script", "news", "-o", "day.script.json").exit_code == 0
    script = room / "day.script.json"
    script.write_text(
        script.read_text("utf-8").replace("Nobody was late", "No one came late, not one"), "utf-8"
    )
    options = ("--engine", "silent", "--json", "--no-cache")
    edited = newsexport("audio", "day.script.json", "-o", "edited.mp3", *options)
    assert edited.exit_code == 0
    plain = newsexport("audio", "news", "-o", "plain.mp3", *options)
    assert characters(edited.stdout) - characters(plain.stdout) == len("No one came late, not one") - len(
        "Nobody was late"
    )
    named = newsexport("audio", "news", "--script", "day.script.json", "-o", "named.mp3", *options)
    assert characters(named.stdout) == characters(edited.stdout)


def characters(told: str) -> int:
    """How much was spoken."""
    events = (each for each in map(json.loads, told.splitlines()) if each.get("step") == "speaking")
    return sum(each["by"] for each in events if each["event"] == "advanced")


def test_a_script_that_cannot_be_read_is_told_in_one_line(room: Path) -> None:
    (room / "bad.json").write_text("{}", "utf-8")
    refused = newsexport("audio", "news", "--script", "bad.json", "--engine", "silent")
    assert refused.exit_code == 2
    assert "bad.json: is no script" in refused.stderr


def test_pronunciations_come_from_named_files_and_else_from_the_users_own(room: Path) -> None:
    (room / "names.toml").write_text('[[entry]]\nword = "Ann"\nspoken = "Ahn"\n', "utf-8")
    assert newsexport("say", "-q", "--lexicon", "names.toml", "Ann Other").stdout == "Ahn Other\n"
    own = room / "config" / "newsexport" / "lexicon.toml"
    own.parent.mkdir(parents=True)
    own.write_text('[[entry]]\nword = "Other"\nspoken = "Uther"\n', "utf-8")
    assert newsexport("say", "-q", "Ann Other").stdout == "Ann Uther\n"
    assert "says  We had forgotten the noise, said Ann Uther" in newsexport("script", "news").stdout


def test_a_lexicon_that_cannot_be_meant_is_told_with_file_and_entry(room: Path) -> None:
    (room / "names.toml").write_text('[[entry]]\nword = "Ann"\nspokn = "Ahn"\n', "utf-8")
    refused = newsexport("audio", "news", "--engine", "silent", "--lexicon", "names.toml")
    assert refused.exit_code == 2
    assert "names.toml: entry 1 (Ann): 'spokn' means nothing" in refused.stderr


def test_unknown_names_are_listed_to_be_pasted() -> None:
    told = newsexport("say", "--unknown", "news").stdout
    assert 'word = "Other"' in told
    listed = [
        json.loads(line) for line in newsexport("say", "--unknown", "news", "--json").stdout.splitlines()
    ]
    assert {"name": "Other", "language": "en", "count": 1, "places": ["The harbour opens again"]} in listed
