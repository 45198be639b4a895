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
from cli_runs import furnish

# How many runs are killed at a random moment, and at how many calls of each kind; 0 is at all.
MOMENTS = int(os.environ.get("NEWSEXPORT_KILLS", "2"))
CALLS = int(os.environ.get("NEWSEXPORT_KILLED_CALLS", "1"))

WORKERS = 2
TARGET = Path("out/morning.mp3")
OLD = b"the edition of yesterday"

# Writes down what it is asked, and speaks a tone as long as the text.
SPEAKER = """
import array, math, sys, wave
text = sys.stdin.buffer.read()
with open(sys.argv[1], "ab", buffering=0) as log:
    log.write(text.replace(b"\\n", b" ") + b"\\n")
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
        said = Counter(Path("log").read_bytes().splitlines())
        assert sum(said.values()) - len(said) <= WORKERS, said


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


def strace() -> str:
    """Where it is. In continuous integration it must be there."""
    found = shutil.which("strace")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("strace is not installed")
        pytest.skip("strace is not installed")
    return found


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
