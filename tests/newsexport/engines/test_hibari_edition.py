"""A whole edition by the embedded voices, through the command line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from newsexport.cli.app import app
from newsexport.engines.onnx_models import TELEMETRY
from newsexport.verify.files import verify

pytestmark = pytest.mark.slow
pytest.importorskip("hibari")


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEWSEXPORT_VOICES", str(tmp_path / "voices"))
    monkeypatch.delenv("NEWSEXPORT_PIPER_VOICES", raising=False)
    folder = tmp_path / "news"
    folder.mkdir()
    for number, place in enumerate(("Oldhaven", "Norwick", "Fenwater")):
        text = f"The ferry to {place}\n\nIt was so decided on Tuesday.\n\nNobody in {place} was surprised by it.\n"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    german = "Die Fähre fährt wieder\n\nSo wurde es am Dienstag in der Sitzung beschlossen und niemand war überrascht.\n"
    (folder / "9.txt").write_text(german, encoding="utf-8")
    return folder


def narrate(*options: str) -> str:
    result = CliRunner().invoke(app, ["audio", "news", "--offline", "--no-cache", *options])
    assert result.exit_code == 0, result.stderr
    return result.stderr


def test_nothing_is_reported_to_the_maker_of_the_runtime(news: Path) -> None:
    """Which else writes a number of the machine among the user's files, and opens connections."""
    home = news.parent / "home"
    home.mkdir()
    names = ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")
    environment = {**os.environ, **dict.fromkeys(names, str(home))}
    environment.pop(TELEMETRY, None)
    command = [
        sys.executable,
        "-m",
        "newsexport",
        "audio",
        "news",
        "--offline",
        "--workers",
        "2",
        "-o",
        "x.mp3",
    ]
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120)
    assert {path.name for path in home.iterdir()} <= {"newsexport"}


@pytest.mark.usefixtures("news")
def test_the_same_bytes_come_out_of_one_process_and_of_two_with_each_language_in_its_voice() -> None:
    told = narrate("--workers", "1", "-o", "one.mp3", "--transcript", "words")
    assert "en: heart (on this machine); de: espeak (on this machine)" in told.splitlines()
    narrate("--workers", "2", "-o", "two.mp3")
    assert Path("one.mp3").read_bytes() == Path("two.mp3").read_bytes()
    finding = verify(Path("one.mp3"))
    assert finding.faults == ()
    assert dict(finding.facts)["spoken by heart"] == "3 articles"
    assert dict(finding.facts)["spoken by espeak"] == "Die Fähre fährt wieder"
    words = Path("one.words.vtt").read_text("utf-8")
    assert words.count("<00:00:") > 30


def test_a_voice_that_cannot_be_loaded_is_replaced_and_that_is_told(news: Path) -> None:
    folder = news.parent / "voices" / "hibari"
    folder.mkdir(parents=True)
    (folder / "bf_emma.int8.onnx").write_bytes(b"no model")
    for workers in ("1", "2"):
        told = narrate("--voice", "emma", "--workers", workers, "-o", "news.mp3")
        (line,) = (line for line in told.splitlines() if "from here on" in line)
        assert line.startswith("engine hibari: emma cannot be loaded: ")
        assert line.endswith("; from here on en: espeak (on this machine)")
        assert "spoken by espeak: 4 articles" in told.splitlines()
    assert verify(Path("news.mp3")).faults == ()
