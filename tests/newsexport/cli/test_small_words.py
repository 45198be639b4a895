"""Small things that commands say: numbers that agree, lines that are lines, and what there is not."""

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.newsexport.cli.cli_runs import furnish, newsexport

from newsexport.cli.console import Lines
from newsexport.delivery import devices
from newsexport.events import Started
from newsexport.text.counting import agreeing, counted


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    furnish(tmp_path, monkeypatch)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@given(st.integers(0, 10**6), st.sampled_from(["article", "list", "page", "file", "character"]))
def test_numbers_agree_with_what_they_count(number: int, noun: str) -> None:
    assert counted(number, noun).endswith(noun if number == 1 else f"{noun}s")
    assert agreeing(number, f"{noun}s").endswith(noun if number == 1 else f"{noun}s")


def test_one_of_a_step_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines(lambda: 0.0)
    for total, unit in ((1, "lists"), (2, "lists"), (1, "entries"), (3, "")):
        lines.tell(Started("fetching", total, unit))
    assert capsys.readouterr().err.splitlines() == [
        "fetching (1 list)",
        "fetching (2 lists)",
        "fetching (1 entry)",
        "fetching (3)",
    ]
    assert counted(1, "entry", "entries") == "1 entry"
    assert counted(0, "entry", "entries") == "0 entries"


def test_a_lexicon_is_printed_as_one_that_can_be_read() -> None:
    Path("names.toml").write_text(
        '[[entry]]\nword = "Wexcombe"\nspoken = "Wex-kum"\n\n[[entry]]\nword = "Lindenau"\nspoken = "Lindeno"\n'
    )
    told = newsexport("lexicon", "names.toml").stdout
    assert "\\n" not in told
    assert [one["word"] for one in tomllib.loads(told)["entry"]] == ["Wexcombe", "Lindenau"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("say", "Hello", "-o", "x.ogg"), "speech is written as wav or mp3"),
        (("lexicon", "--starter", "-o", "x.json"), "a lexicon is written as toml, pls or xml"),
        (("init", "news", "--yes", "-o", "x.yaml"), "a configuration is written as toml"),
        (("say", "Hello", "-o", "news/"), "is a folder, not a file"),
    ],
)
def test_what_other_commands_write_is_what_its_name_says(typed: tuple[str, ...], told: str) -> None:
    result = newsexport(*typed)
    assert result.exit_code in {2, 6}
    assert told in result.stderr
    assert not list(Path().glob("x.*"))


def test_help_says_how_a_text_is_spoken() -> None:
    assert "speak it into a file with -o" in newsexport("say", "--help").stdout
    assert newsexport("say", "Hello", "-o", "hello.wav").exit_code == 0
    assert Path("hello.wav").read_bytes().startswith(b"RIFF")


@pytest.mark.skipif(bool(devices.plugged_in(devices.roots())), reason="a device is plugged in")
def test_that_nothing_is_plugged_in_is_told() -> None:
    listed = newsexport("send", "--devices")
    assert (listed.exit_code, listed.stdout) == (0, "")
    assert "no e-reader is plugged in" in listed.stderr
    events = [
        json.loads(line)["event"] for line in newsexport("send", "--devices", "--json").stdout.splitlines()
    ]
    assert events == ["noted", "ended"]


@pytest.mark.skipif(bool(devices.plugged_in(devices.roots())), reason="a device is plugged in")
@pytest.mark.parametrize(
    ("there", "told"),
    [
        ("kobo", "no Kobo is plugged in"),
        ("Kindle", "no Kindle is plugged in"),
        ("kobbo", "do you mean kobo?"),
        ("backup", "end its name with / to have it made"),
        ("/media/ada/KOBOeReader", "is the device plugged in"),
    ],
)
def test_what_is_not_there_is_not_made_into_a_folder(there: str, told: str) -> None:
    Path("book.epub").write_bytes(b"PK")
    result = newsexport("send", "book.epub", "--to", there)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not Path(there).exists()


def test_a_folder_takes_what_is_sent_when_it_is_there_or_written_as_one() -> None:
    Path("book.epub").write_bytes(b"PK")
    Path("kobo").mkdir()
    for there in ("kobo", "away/"):
        assert newsexport("send", "book.epub", "--to", there).exit_code == 0
        assert Path(there, "book.epub").exists()
