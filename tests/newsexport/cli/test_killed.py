"""A run that is killed at any moment leaves an old file whole, and the next goes on from where it was."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.machine.system_tools import strace
from tests.newsexport.cli.cli_runs import furnish

# How many runs are killed at a random moment, and at how many calls of each kind; 0 is at all.
MOMENTS = int(os.environ.get("NEWSEXPORT_KILLS", "2"))
CALLS = int(os.environ.get("NEWSEXPORT_KILLED_CALLS", "1"))

WORKERS = 2
TARGET = Path("out/morning.mp3")
OLD = b"the edition of yesterday"

# Writes down what it is asked, and speaks a tone as long as the text. Where KILLED_AT says which
# call is the last, it kills the run that asked, with all its workers, before it speaks.
SPEAKER = """
import array, math, os, signal, sys, wave
text = sys.stdin.buffer.read()
with open(sys.argv[1], "ab", buffering=0) as log:
    log.write(text.replace(b"\\n", b" ") + b"\\n")
if open(sys.argv[1], "rb").read().count(b"\\n") >= int(os.environ.get("KILLED_AT", "1000000")):
    os.killpg(os.getpgid(os.getppid()), signal.SIGKILL)
tone = [int(9000 * math.sin(at / 9)) for at in range(1300 * len(text))]
with wave.open(sys.stdout.buffer, "wb") as sound:
    sound.setparams((1, 2, 22050, len(tone), "NONE", ""))
    sound.writeframes(array.array("h", tone).tobytes())
"""


@dataclass(frozen=True)
class Studio:
    """The command to be killed, what it makes when it is not, and how long that takes in seconds."""

    command: tuple[str, ...]
    whole: bytes
    seconds: float

    def once(self) -> None:
        done = subprocess.run(self.command, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stderr

    def check_old_or_new(self) -> None:
        assert TARGET.read_bytes() in (OLD, self.whole)

    def check_after_the_next_run(self) -> None:
        """Nothing but the new file is left, nothing in the cache is a draft, and little was spoken twice."""
        self.once()
        assert TARGET.read_bytes() == self.whole
        assert [path.name for path in TARGET.parent.iterdir()] == [TARGET.name]
        assert not [path for path in Path("cache").rglob(".*") if path.is_file()]
        assert spoken_twice() <= WORKERS


def spoken_twice() -> int:
    """How many calls of the program were for what it had been asked before, over all runs since `begin`."""
    said = Counter(Path("log").read_bytes().splitlines())
    return sum(said.values()) - len(said)


def begin() -> None:
    """As before the first run, with an older edition in the place of the new."""
    for folder in ("cache", "out"):
        shutil.rmtree(folder, ignore_errors=True)
    Path("log").unlink(missing_ok=True)
    TARGET.parent.mkdir()
    TARGET.write_bytes(OLD)


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with pytest.MonkeyPatch.context() as patch:
        place = tmp_path_factory.mktemp("killed")
        furnish(place, patch)
        yield never_killed(place)


@pytest.fixture(autouse=True)
def one_home(studio: Studio, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - after both
    """All runs are of one user, and find what those before them kept."""
    for variable, folder in (("XDG_CACHE_HOME", "cache"), ("XDG_CONFIG_HOME", "config")):
        monkeypatch.setenv(variable, str(Path(folder).absolute()))


def never_killed(place: Path) -> Studio:
    """What the runs to come are compared with."""
    Path("speaker.py").write_text(SPEAKER, encoding="utf-8")
    program = f"{sys.executable} -S {place}/speaker.py {place}/log"
    asked = (
        "--engine",
        "command",
        "--set",
        f"options.program={program}",
        "--workers",
        str(WORKERS),
        "-o",
        str(TARGET),
    )
    studio = Studio((sys.executable, "-m", "newsexport", "audio", "news", *asked), b"", 0)
    begin()
    started = time.monotonic()
    studio.once()
    return Studio(studio.command, TARGET.read_bytes(), time.monotonic() - started)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill it with all that it started, and wait for it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=60)


@pytest.mark.slow
def test_a_run_killed_at_a_random_moment_is_gone_on_from(studio: Studio) -> None:
    moments = random.Random(20260101)
    for _ in range(MOMENTS):
        begin()
        process = subprocess.Popen(
            studio.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(moments.uniform(0, studio.seconds))
        kill(process)
        studio.check_old_or_new()
        studio.check_after_the_next_run()


def killed_at(call: int, studio: Studio, *options: str) -> None:
    """Run it from the beginning; the program that speaks kills it when it is called for the so-manieth time."""
    begin()
    process = subprocess.Popen(
        [*studio.command, *options],
        env={**os.environ, "KILLED_AT": str(call)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert process.wait(timeout=120) == -signal.SIGKILL
    assert len(Path("log").read_bytes().splitlines()) >= call


def utterances(studio: Studio) -> int:
    """How many different ones the edition has."""
    begin()
    studio.once()
    return len(set(Path("log").read_bytes().splitlines()))


def called(studio: Studio, *options: str) -> int:
    """How many calls there were since `begin`, with those of a whole run now."""
    subprocess.run([*studio.command, *options], capture_output=True, check=True, timeout=120)
    assert TARGET.read_bytes() == studio.whole
    return len(Path("log").read_bytes().splitlines())


@pytest.mark.slow
def test_of_what_was_spoken_before_a_kill_each_worker_speaks_one_utterance_again_at_most(
    studio: Studio,
) -> None:
    # A worker speaks one utterance at a time and keeps it before the next, so what a kill takes
    # is the one it was at. Alone it was at the last that was asked for: that and no other comes
    # twice, wherever in an article it is. Of two the other may have just been done with its own.
    whole = utterances(studio)
    assert whole > 8
    for call in (*random.Random(20260101).sample(range(1, whole + 1), MOMENTS), whole):
        killed_at(call, studio, "--workers", "1")
        assert called(studio, "--workers", "1") == whole + 1, call
        killed_at(call, studio)
        assert whole < called(studio) <= whole + WORKERS, call


@pytest.mark.slow
def test_a_run_that_keeps_nothing_would_be_seen_to_speak_twice(studio: Studio) -> None:
    whole = utterances(studio)
    killed_at(5, studio, "--workers", "1", "--no-cache")
    assert called(studio, "--workers", "1", "--no-cache") == whole + 5
    assert spoken_twice() == 5 > WORKERS


def traced(studio: Studio, *options: str) -> int:
    """Run it under strace with these options; the exit code. Its one worker is the process that is traced."""
    process = subprocess.Popen(
        [strace(), "-qq", "-o", "trace", *options, *studio.command, "--workers", "1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    status = process.wait(timeout=120)
    kill(process)
    return status


@pytest.mark.slow
@pytest.mark.parametrize("call", ["write", "rename", "fsync"])
def test_a_run_killed_at_a_write_a_rename_or_a_sync_is_gone_on_from(studio: Studio, call: str) -> None:
    begin()
    assert traced(studio, "-e", f"trace={call}") == 0
    calls = range(1, Path("trace").read_text(encoding="utf-8").count(f"{call}(") + 1)
    assert calls
    for number in random.Random(20260101).sample(calls, min(CALLS, len(calls))) if CALLS else calls:
        begin()
        status = traced(studio, "-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={number}")
        assert status in (-signal.SIGKILL, 128 + signal.SIGKILL), (call, number)
        studio.check_old_or_new()
        studio.check_after_the_next_run()


@pytest.mark.slow
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
def test_a_disk_that_fails_at_the_sync_leaves_the_old_file(studio: Studio, error: str) -> None:
    begin()
    inject = ("-e", "trace=fsync", "-e", f"inject=fsync:error={error}")
    done = subprocess.run(
        [strace(), "-f", "-qq", "-o", "trace", *inject, *studio.command],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 6, done.stderr
    assert "Traceback" not in done.stderr
    assert TARGET.read_bytes() == OLD
    studio.check_after_the_next_run()
