"""The program as its users start it: a process of its own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.newsexport.cli.cli_runs import furnish

COMMAND = [sys.executable, "-m", "newsexport"]

# A program that speaks so slowly that it says nothing at all; it writes down which process it is.
SLOW = f"""#!{sys.executable}
import os, time
with open("begun", "a") as begun:
    print(os.getpid(), file=begun)
time.sleep(300)
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    furnish(tmp_path, monkeypatch)


def heeding() -> None:
    """Heed Ctrl-C, which a shell has its background jobs ignore, and them the programs they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.slow
def test_a_run_with_a_bad_file_ends_with_one_and_no_traceback() -> None:
    Path("news/broken.txt").write_bytes(b"\0\1\2\3" * 100)
    done = run("text", "news")
    assert (done.returncode, done.stdout) == (1, "dist/news-2026-01-01.txt\n")
    assert "left out: news/broken.txt: " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_speaking_in_processes_gives_the_bytes_of_speaking_inline() -> None:
    for workers, name in (("1", "inline.mp3"), ("2", "processes.mp3")):
        done = run("audio", "news", "--engine", "espeak", "--no-cache", "--workers", workers, "-o", name)
        assert done.returncode == 0, done.stderr
    assert Path("inline.mp3").read_bytes() == Path("processes.mp3").read_bytes()
    assert run("verify", "inline.mp3").returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_interrupted_run_leaves_nothing_behind(stop: signal.Signals, workers: str) -> None:
    for number in range(40):
        text = f"Headline number {number}\n\n" + f"Sentence {number} of a long text goes on. " * 200
        Path(f"news/{number}.txt").write_text(text, encoding="utf-8")
    arguments = ("audio", "news", "--engine", "silent", "--no-cache", "--workers", workers)
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heeding,  # noqa: PLW1509 - nothing of ours runs between fork and exec but this
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("speaking"):
            break
    process.send_signal(stop)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert output == ""
    assert "interrupted" in errors
    assert "Traceback" not in errors
    assert list(Path("dist").iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_the_slowest_program_that_speaks(stop: signal.Signals) -> None:
    slow = Path("slow").absolute()
    slow.write_text(SLOW, encoding="utf-8")
    slow.chmod(0o755)
    for number in range(3):
        Path(f"news/{number}.txt").write_text(f"Headline {number}\n\nA story, number {number}.\n", "utf-8")
    process = subprocess.Popen(
        [
            *COMMAND,
            "audio",
            "news",
            "--engine",
            "command",
            "--set",
            f"options.program={slow}",
            "--workers",
            "2",
        ],
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heeding,  # noqa: PLW1509 - idem
    )
    begun = Path("begun")
    for _ in range(600):
        if begun.exists() and len(begun.read_text("utf-8").split()) == 2:
            break
        time.sleep(0.05)
    process.send_signal(stop)
    _, errors = process.communicate(timeout=60)  # a fifth of what the program takes
    assert process.returncode == 130
    assert errors.splitlines()[-1].startswith("newsexport: interrupted")
    assert "Traceback" not in errors
    pids = [int(pid) for pid in begun.read_text("utf-8").split()]
    for _ in range(600):  # who is killed is gone when the system has cleared it away
        if not any(map(is_there, pids)):
            break
        time.sleep(0.05)
    assert [pid for pid in pids if is_there(pid)] == []


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [*COMMAND, "show", "news"], stdout=writer, stderr=subprocess.PIPE, text=True, check=False
        )
    finally:
        os.close(writer)
    assert "Traceback" not in done.stderr
    assert "unexpected" not in done.stderr


def test_completion_can_be_had_for_a_shell() -> None:
    done = run("--show-completion", "bash")
    assert "complete" in done.stdout
