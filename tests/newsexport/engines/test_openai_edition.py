"""A whole edition through the command line and a loopback server."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.newsexport.engines.openai_server import BOUND, Service, hang, openai, paused
from typer.testing import CliRunner

from newsexport.cli.app import app
from newsexport.verify.files import verify


@pytest.fixture(autouse=True)
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("news").mkdir()
    for name, title in (("a", "The ferry sails again"), ("b", "The bridge stays shut")):
        text = f"{title}\n\nIt was so decided on Tuesday. Nobody was surprised.\n\nRain is expected on the coast.\n"
        Path("news", f"{name}.txt").write_text(text, encoding="utf-8")


def command(server: Service, *more: str) -> list[str]:
    return [
        "audio",
        "news",
        "--engine",
        "openai",
        "--set",
        f"options.url={server.url}",
        "-o",
        "out.mp3",
        *more,
    ]


def test_an_edition_is_spoken_by_a_server() -> None:
    with openai([paused(0.4, 0.15)] * 99) as server:
        result = CliRunner().invoke(app, command(server, "--no-cache"))
    assert result.exit_code == 0, result.stderr
    finding = verify(Path("out.mp3"))
    assert {fault.rule for fault in finding.faults} == {"chapters-few"}
    assert [title.text for title in finding.contents] == ["The ferry sails again", "The bridge stays shut"]
    asked = " ".join(one["input"] for one in server.asked)
    assert "It was so decided on Tuesday. Nobody was surprised." in asked


@pytest.mark.slow
def test_an_interrupted_run_does_not_wait_for_the_server() -> None:
    with openai([hang] * 99) as server:
        run = subprocess.Popen(
            [sys.executable, "-m", "newsexport", *command(server)],
            stderr=subprocess.PIPE,
            env={**os.environ, "XDG_CACHE_HOME": str(Path.cwd())},
            # A shell has its background jobs ignore Ctrl-C, and them what they start.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - as small as can be
        )
        for _ in range(500):
            if server.asked:
                break
            time.sleep(0.02)
        run.send_signal(signal.SIGINT)
        # The server answers nobody before its bound or the end of this block.
        _, told = run.communicate(timeout=BOUND - 1)
    assert run.returncode == 130
    assert b"interrupted" in told
    assert not Path("out.mp3").exists()
