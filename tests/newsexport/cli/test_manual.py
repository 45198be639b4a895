"""The manual and the program tell the same."""

import re
from pathlib import Path

import pytest
import typer

from newsexport.cli.app import app

MANUAL = Path(__file__).parents[3] / "docs" / "command-line.md"
COMMANDS = typer.main.get_command(app).every()  # type: ignore[attr-defined]  # a group, all commands loaded


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_manual_tells_of_every_command_and_option(name: str) -> None:
    manual = MANUAL.read_text(encoding="utf-8")
    assert f"`{name}" in manual
    for parameter in COMMANDS[name].params:
        for flag in (*parameter.opts, *parameter.secondary_opts):
            assert not flag.startswith("--") or f"{flag}" in manual, flag


def test_the_manual_tells_of_no_option_that_does_not_exist() -> None:
    parameters = [parameter for command in COMMANDS.values() for parameter in command.params]
    flags = {flag for each in parameters for flag in (*each.opts, *each.secondary_opts)}
    told = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", MANUAL.read_text(encoding="utf-8")))
    assert told - flags == {"--help", "--version", "--install-completion"}
