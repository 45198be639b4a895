"""Plug-ins that cannot be imported, made or trusted cost what was asked of them, and nothing else."""

import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

POINTS = """
[newsexport.sources]
absent = nowhere_to_be_found:Source
torn = strangers_torn:Source
quitting = strangers_quitting:Source
unmade = strangers:UnmadeSource
blind = strangers:BlindSource
panicking = strangers:PanickingSource
confused = strangers:ConfusedSource

[newsexport.exporters]
absent = nowhere_to_be_found:Exporter
failing = strangers:FailingExporter

[newsexport.engines]
absent = nowhere_to_be_found:Engine
hoarse = strangers:HoarseEngine
"""

STRANGERS = '''
from dataclasses import dataclass
from newsexport.engines.silent import SilentEngine
from newsexport.model import Article, Paragraph, Span
from newsexport.protocols import Entry


class PanicException(BaseException):
    """As the libraries written in Rust raise it."""


class UnmadeSource:
    def __init__(self):
        raise RuntimeError("no licence")


class BlindSource:
    def accepts(self, resource):
        raise KeyError("suffix")

    def read(self, resource):
        return iter(())


class PanickingSource:
    def accepts(self, resource):
        return 1.0 if resource.suffix == ".panic" else 0.0

    def read(self, resource):
        yield Article("Before the panic", (Paragraph((Span("Half\\ud800 a text\\x00."),)),), reference="p\\udcff")
        raise PanicException("called `Option::unwrap()` on a `None` value")


class ConfusedSource:
    def accepts(self, resource):
        return 1.0 if resource.suffix == ".confused" else 0.0

    def read(self, resource):
        return ["no article"]


class FailingExporter:
    suffix = ".fail"

    def write(self, edition, target, job):
        raise ZeroDivisionError("by nothing")


@dataclass(frozen=True)
class HoarseEngine(SilentEngine):
    def say(self, utterance):
        if "market" in utterance.spoken.lower():
            raise LookupError("no such sound")
        return super().say(utterance)
'''


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with two articles and a paper, and strangers that Python finds."""
    others = tmp_path / "others"
    (others / "strangers-1.0.dist-info").mkdir(parents=True)
    (others / "strangers-1.0.dist-info/METADATA").write_text(
        "Metadata-Version: 2.1\nName: strangers\nVersion: 1.0\n"
    )
    (others / "strangers-1.0.dist-info/entry_points.txt").write_text(POINTS)
    (others / "strangers.py").write_text(STRANGERS)
    (others / "strangers_torn.py").write_text("def (:\n")
    (others / "strangers_quitting.py").write_text("raise SystemExit(3)\n")
    news = tmp_path / "news"
    news.mkdir()
    (news / "harbour.txt").write_text(
        "The harbour opens\n\nThe first ferry left at dawn, with a band on the quay.\n"
    )
    (news / "market.txt").write_text(
        "A market moves indoors\n\nRain was part of the trade, the market says.\n"
    )
    (tmp_path / "newsexport.toml").write_text(
        dedent("""
            [library]
            folder = "library"
            [paper.daily]
            title = "Daily"
            guid = "0d8b4bb2-7f6e-4a4e-9d3e-2b6f3a1c9d10"
            sources = ["news"]
            formats = ["text", "failing"]
        """)
    )
    return tmp_path


def newsexport(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    homes = {
        name: str(place / name) for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "HOME")
    }
    return subprocess.run(
        [sys.executable, "-m", "newsexport", *arguments],
        cwd=place,
        env={**os.environ, **homes, "PYTHONPATH": str(place / "others")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ("text", "news", "-o", "out.txt"),
        ("epub", "news", "-o", "out.epub"),
        ("show", "news"),
        ("script", "news"),
        ("say", "--unknown", "news"),
    ],
    ids=lambda command: command[0],
)
def test_what_reads_goes_on_and_names_the_sources_that_cannot_be_used(
    place: Path, command: tuple[str, ...]
) -> None:
    done = newsexport(place, *command)
    assert done.returncode == 0, done.stderr
    assert "source absent (nowhere_to_be_found:Source) cannot be loaded" in done.stderr
    assert "source torn (strangers_torn:Source) cannot be loaded" in done.stderr
    assert "source quitting (strangers_quitting:Source) cannot be loaded" in done.stderr
    assert (
        "source unmade (strangers:UnmadeSource) cannot be used: failed: RuntimeError (no licence)"
        in done.stderr
    )
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("command", [("--help",), ("formats",), ("engines",), ("voices",), ("run", "--help")])
def test_what_lists_goes_on(place: Path, command: tuple[str, ...]) -> None:
    done = newsexport(place, *command)
    assert done.returncode == 0, done.stderr
    if "--help" not in command:
        assert "absent" in done.stdout + done.stderr


@pytest.mark.slow
def test_one_that_is_asked_for_by_name_is_refused_with_its_reason(place: Path) -> None:
    for command in (
        ("export", "--to", "absent", "news", "-o", "out/"),
        ("audio", "--engine", "absent", "news", "-o", "out.mp3"),
    ):
        done = newsexport(place, *command)
        assert done.returncode in {2, 4, 5}, done.stderr
        assert "(nowhere_to_be_found:" in done.stderr
        assert done.stderr.count("absent") == 1, "the name is told once"
        assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_source_that_panics_costs_its_input(place: Path) -> None:
    (place / "news/bad.panic").write_bytes(b"x")
    (place / "news/bad.confused").write_bytes(b"x")
    done = newsexport(place, "export", "--to", "json", "news", "-o", "out.json")
    assert done.returncode == 1, done.stderr
    assert "bad.panic: failed: PanicException (called `Option::unwrap()`" in done.stderr
    assert "bad.confused: failed: AssertionError" in done.stderr
    made = (place / "out.json").read_text(encoding="utf-8")
    assert "The harbour opens" in made
    assert "A market moves" in made
    assert "Half a text." in made


@pytest.mark.slow
def test_a_format_that_fails_costs_no_other(place: Path) -> None:
    done = newsexport(place, "export", "--to", "failing", "--to", "text", "news", "-o", "out/")
    assert done.returncode == 5, done.stderr
    assert "could not be made: failed: ZeroDivisionError (by nothing)" in done.stderr
    assert [path.suffix for path in (place / "out").iterdir()] == [".txt"]


@pytest.mark.slow
def test_in_a_run_the_other_formats_are_the_issue(place: Path) -> None:
    done = newsexport(place, "run")
    assert done.returncode == 1, done.stderr
    assert "could not be made: failed: ZeroDivisionError (by nothing)" in done.stderr
    assert list((place / "library").rglob("*.txt"))
    assert not list((place / "library").rglob("*.fail"))


@pytest.mark.slow
def test_a_plan_that_asks_for_one_that_cannot_be_loaded_is_refused_with_its_reason(place: Path) -> None:
    plan = place / "newsexport.toml"
    plan.write_text(plan.read_text().replace('"failing"', '"absent"'))
    done = newsexport(place, "run", "--dry-run")
    assert done.returncode == 2, done.stderr
    assert "newsexport.toml" in done.stderr
    assert "exporter absent (nowhere_to_be_found:Exporter) cannot be loaded" in done.stderr


@pytest.mark.slow
def test_an_engine_that_fails_at_one_article_costs_that_article(place: Path) -> None:
    done = newsexport(place, "audio", "--engine", "hoarse", "news", "-o", "out.mp3")
    assert done.returncode == 1, done.stderr
    assert "market.txt: engine HoarseEngine: failed: LookupError (no such sound)" in done.stderr
    assert (place / "out.mp3").stat().st_size > 1000
