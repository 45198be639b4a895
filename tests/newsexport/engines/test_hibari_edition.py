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


def newsexport(folder: Path, *arguments: str) -> str:
    """What a run in a process of its own tells, which finds in `folder` what it imports first."""
    command = [sys.executable, "-m", "newsexport", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    ended = subprocess.run(
        command, env=environment, check=False, capture_output=True, text=True, encoding="utf-8", timeout=120
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stderr


def test_where_the_runtime_cannot_be_loaded_espeak_speaks_and_that_is_told(news: Path) -> None:
    (news.parent / "onnxruntime.py").write_text(
        "raise ImportError('GLIBC_9.99 not found')\n", encoding="utf-8"
    )
    told = newsexport(news.parent, "audio", "news", "--offline", "-o", "news.mp3")
    reason = "engine hibari: cannot be loaded here (GLIBC_9.99 not found)"
    assert f"en, de: espeak (on this machine) ({reason})" in told.splitlines()
    assert verify(Path("news.mp3")).faults == ()


STRANGER = """
from dataclasses import dataclass
from newsexport.job import Work
from newsexport.speech import Quality, Speech, Utterance, Voice

@dataclass(frozen=True)
class Engine:
    voice: str = ""
    rate: int = 16000
    version: str = "1"
    work: Work = Work.COMPUTE
    speedup: float = 50

    def voices(self):
        return [Voice("worf", "tlh", "Worf", offline=True, quality=Quality.HIGH)]

    def say(self, utterance: Utterance) -> Speech:
        return Speech(b"\\x00\\x20\\x00\\xe0" * 200 * len(utterance.spoken))
"""


def test_somebody_elses_engine_takes_part_by_what_it_declares(news: Path) -> None:
    here = news.parent
    (here / "stranger.py").write_text(STRANGER, encoding="utf-8")
    announced = here / "stranger-1.0.dist-info"
    announced.mkdir()
    (announced / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n", encoding="utf-8"
    )
    (announced / "entry_points.txt").write_text(
        "[newsexport.engines]\nstranger = stranger:Engine\n", encoding="utf-8"
    )
    (news / "a.txt").write_text(
        "language: tlh\n\nQapla\n\nHeghlu meH QaQ jajvam.\n\nbatlh Daqawlu taH.\n", encoding="utf-8"
    )
    told = newsexport(here, "audio", "news", "--offline", "--speed", "1.1", "-o", "news.mp3")
    assert "tlh: stranger (on this machine)" in told
    assert dict(verify(Path("news.mp3")).facts)["spoken by stranger"] == "Qapla"
