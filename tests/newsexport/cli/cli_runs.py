"""A place of its own for every run of the command line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from newsexport.cli.app import app

HARBOUR = """The harbour opens again

After two years of work, ships are back.

The first ferry left at dawn, with the mayor on board and a band on the quay. Nobody was late, and nobody
had to wait.

"We had forgotten the noise," said Ann Other, who sells coffee by the gate.
"""
MARKET = """A market moves indoors

The traders of Long Street have a roof at last, and they are not sure that they like it.

Rain was part of the trade, they say, and so was complaining of it.
"""


def furnish(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in this folder: two sections of one article each, and a cache that no one else uses."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")  # 2026-01-01
    for name, text in {"news/1-port/harbour.txt": HARBOUR, "news/2-town/market.txt": MARKET}.items():
        path = folder / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")


def newsexport(*arguments: str, stdin: str | None = None) -> Result:
    """``newsexport("text", "news")``: what the command line answers."""
    result = CliRunner().invoke(app, list(arguments), input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result
