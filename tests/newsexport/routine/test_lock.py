"""One run at a time, whatever becomes of it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from newsexport.errors import BusyError
from newsexport.routine.lock import alone

HOLD = "import sys, time; from pathlib import Path; from newsexport.routine.lock import alone\nwith alone(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(60)\n"


def test_a_second_run_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "morning.lock"
    with alone(path), pytest.raises(BusyError, match="another run of morning"), alone(path):
        pass
    assert BusyError.exit_code == 75


def test_one_that_may_wait_gets_its_turn(tmp_path: Path) -> None:
    path = tmp_path / "morning.lock"
    holding = alone(path)
    holding.__enter__()
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            holding.__exit__(None, None, None)

    with alone(path, wait=10, clock=lambda: sum(slept), sleep=sleep):
        assert len(slept) == 3


def test_the_lock_of_a_killed_run_is_free(tmp_path: Path) -> None:
    path = tmp_path / "morning.lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BusyError), alone(path):
            pass
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
    with alone(path):
        pass
