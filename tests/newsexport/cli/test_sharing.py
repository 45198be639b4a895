"""Runs that share a cache at the same moment: each has the bytes of one that is alone."""

import json
import random
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.newsexport.cli.cli_runs import furnish, newsexport

COMMAND = (sys.executable, "-m", "newsexport")
SPEAKING = (*COMMAND, "audio", "news", "--engine", "espeak", "--json")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An edition that takes long enough to be spoken by two at once, and what it becomes alone."""
    folder = tmp_path_factory.mktemp("alone") / "place"
    folder.mkdir()
    words = random.Random(20260101)
    with pytest.MonkeyPatch.context() as patch:
        furnish(folder, patch)
        for number in range(12):
            told = ["".join(words.choices("aeiou", k=1) + words.choices("bdlmnrst", k=2)) for _ in range(80)]
            lines = [" ".join(told[first : first + 8]).capitalize() + "." for first in range(0, 80, 8)]
            Path(f"news/{number}.txt").write_text(f"Day {number}\n\n" + "\n\n".join(lines), "utf-8")
        patch.setenv("XDG_CACHE_HOME", str(folder / "own"))
        run("alone.mp3")
        yield folder


@pytest.fixture(autouse=True)
def place(alone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """All of that once more, and an empty cache."""
    folder = tmp_path / "place"
    shutil.copytree(alone, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    return folder


def start(output: str) -> subprocess.Popen[str]:
    command = (*SPEAKING, "--workers", "2", "-o", output)
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run(output: str) -> list[dict[str, object]]:
    """What a whole run tells."""
    return finished(start(output))


def finished(process: subprocess.Popen[str]) -> list[dict[str, object]]:
    told, errors = process.communicate(timeout=120)
    assert process.returncode == 0, told + errors
    assert errors == ""
    return [json.loads(line) for line in told.splitlines()]


def spoken_anew(events: list[dict[str, object]]) -> int:
    """How many passages were not only looked up."""
    advanced = [event for event in events if event["event"] == "advanced" and event["step"] == "speaking"]
    assert len(advanced) > 12
    return sum(not event["remembered"] for event in advanced)


def held(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
@pytest.mark.parametrize("outputs", [("first.mp3", "second.mp3"), ("both.mp3", "both.mp3")])
def test_two_runs_at_once_share_a_cache_and_a_third_speaks_nothing(
    outputs: tuple[str, str], place: Path
) -> None:
    told = [finished(process) for process in [start(output) for output in outputs]]
    assert all(map(spoken_anew, told)), "they were not at work at once"
    for output in outputs:
        assert Path(output).read_bytes() == Path("alone.mp3").read_bytes()
    assert {path.name for path in place.glob("*.mp3")} == {"alone.mp3", *outputs}
    assert list(place.glob(".*")) == []
    assert held(place / "cache") == held(place / "own")
    facts = json.loads(newsexport("cache", "--json").stdout.splitlines()[0])
    assert facts["entries"] == len(held(place / "cache"))
    assert spoken_anew(run("third.mp3")) == 0
    assert Path("third.mp3").read_bytes() == Path("alone.mp3").read_bytes()


@contextmanager
def clearing() -> Iterator[list[int]]:
    """``newsexport cache --clear`` again and again while the block lasts; how much each removed."""
    over = threading.Event()
    removed: list[int] = []

    def clear() -> None:
        while not over.is_set():
            command = [*COMMAND, "cache", "--clear", "--json"]
            done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
            removed.append(json.loads(done.stdout.splitlines()[0])["entries"])

    loop = threading.Thread(target=clear)
    loop.start()
    try:
        yield removed
    finally:
        over.set()
        loop.join()


@pytest.mark.slow
def test_a_cache_may_be_cleared_while_a_run_uses_it(place: Path) -> None:
    shutil.copytree(place / "own", place / "cache")
    full = len(held(place / "cache"))
    with clearing() as removed:
        run("beside.mp3")
    assert Path("beside.mp3").read_bytes() == Path("alone.mp3").read_bytes()
    assert len(removed) > 2
    assert sum(removed) > full, "nothing that was written meanwhile was removed"
    assert all(len(Path(name).name) == 64 for name in held(place / "cache"))
