"""Help that can be read: whole sentences, panels with what is used most first, examples, and values that complete."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from tests.newsexport.cli.cli_runs import furnish, newsexport

from newsexport.cli import completion
from newsexport.cli.app import NAMES, app
from newsexport.cli.option_groups import Panel

PROGRAM = typer.main.get_command(app)
COMMANDS = PROGRAM.every()  # type: ignore[attr-defined]  # a group, all commands loaded


def panels(command: str) -> dict[str, list[str]]:
    """The long names of options in each panel of a command's help, in order."""
    found: dict[str, list[str]] = {}
    for title, lines in re.findall(
        r"^(\w[\w ]*):\n((?:  .*\n|\n)*)", newsexport(command, "--help").stdout, re.MULTILINE
    ):
        found[title] = re.findall(r"^  (?:-\w, )?(--[\w-]+)", lines, re.MULTILINE)
    return found


def test_the_list_of_commands_has_whole_sentences_within_eighty_columns() -> None:
    told = newsexport("--help").stdout
    assert "..." not in told.partition("\n\n")[2]
    words = " ".join(told.split())
    assert [text for text in NAMES.values() if f"{text}" not in words] == []
    assert max(map(len, told.splitlines())) <= 80


@pytest.mark.parametrize("name", NAMES)
def test_the_help_of_a_command_fits_and_ends_with_two_examples(name: str) -> None:
    told = newsexport(name, "--help").stdout
    assert max(map(len, told.splitlines())) <= 80
    examples = told.rpartition("Examples:\n")[2].splitlines()
    assert len(examples) == 2
    for line in examples:
        typed = shlex.split(line.partition(" >> ")[0])
        assert typed[:2] == ["newsexport", name]
        with COMMANDS[name].make_context(name, typed[2:], resilient_parsing=False) as context:
            assert context.params


@pytest.mark.parametrize("name", ["epub", "audio", "text", "export"])
def test_ten_options_are_first_and_every_panel_is_in_its_place(name: str) -> None:
    found = panels(name)
    assert len(found[Panel.USED]) == 10
    order = [title for title in found if title != "Examples"]
    assert order == [str(panel) for panel in Panel if panel in order]
    every = [option for options in found.values() for option in options]
    assert len(every) == len(set(every))


def test_no_command_has_options_that_do_not_matter_to_it() -> None:
    of = {name: {flag for each in COMMANDS[name].params for flag in each.opts} for name in COMMANDS}
    speech = {"--engine", "--voice", "--speed", "--no-cache", "--lexicon", "--bitrate"}
    looks = {"--grey", "--picture-size", "--max-size", "--letter-pictures", "--css", "--for"}
    assert not of["epub"] & speech
    assert not of["text"] & (speech | looks)
    assert not of["audio"] & looks
    assert not of["show"] & looks
    assert of["export"] > (speech | looks)


def test_help_of_the_program_loads_no_command() -> None:
    code = (
        "import sys\nfrom newsexport.cli.app import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit:\n    pass\n"
        "print([name for name in sys.modules if 'cli.commands' in name or name == 'rich'], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    furnish(tmp_path, monkeypatch)
    Path("newsexport.toml").write_text(
        '[paper.morning]\nsources = ["news"]\n[paper.evening]\nsources = ["news"]\n'
    )


def completed(typed: str) -> list[str]:
    """What bash is told to complete a line with."""
    words = shlex.split(typed) + ([""] if typed.endswith(" ") else [])
    environment = {
        **os.environ,
        "_NEWSEXPORT_COMPLETE": "complete_bash",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(len(words) - 1),
    }
    done = subprocess.run(
        [sys.executable, "-c", "from newsexport.cli.app import app; app(prog_name='newsexport')"],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    return done.stdout.split()


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("newsexport ep", {"epub"}),
        ("newsexport epub --for k", {"kindle", "kobo"}),
        ("newsexport epub --style ", {"classic", "plain", "large-print"}),
        ("newsexport export --to epub,te", {"epub,text"}),
        ("newsexport audio --engine esp", {"espeak"}),
        ("newsexport audio --format m", {"mp3", "m4b"}),
        ("newsexport run ", {"morning", "evening"}),
        ("newsexport schedule mo", {"morning"}),
        ("newsexport schedule morning --for sys", {"systemd"}),
        ("newsexport verify --for kin", {"kindle"}),
        ("newsexport send --to ko", {"kobo"}),
    ],
)
def test_values_complete_in_the_shell(typed: str, values: set[str]) -> None:
    assert set(completed(typed)) >= values


@pytest.mark.usefixtures("place")
def test_voices_complete_of_the_engine_that_was_typed_before() -> None:
    found = completed("newsexport audio --engine espeak --voice en")
    assert found
    assert all(name.startswith("en") for name in found)


def test_what_completes_are_the_choices_there_are() -> None:
    for complete in (
        completion.links,
        completion.orders,
        completion.splits,
        completion.transcripts,
        completion.styles,
    ):
        assert len(complete("")) > 1
    assert completion.modes("f") == ["feed"]
    assert completion.sound_formats("o") == ["opus"]
