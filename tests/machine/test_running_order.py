"""The whole of the tests is run on all cores, its longest files first; what is named is run as it is asked for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
SLEEPY, QUICK = "b_sleepy/test_sleepy.py", "a_quick/test_quick.py"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of two tests under the conftest of this one, which knows one of them for long."""
    tests = tmp_path / "tests"
    for name in (SLEEPY, QUICK):
        (tests / name).parent.mkdir(parents=True)
        (tests / name).write_text(
            "import os\n\n\ndef test_it():\n    print(os.environ.get('PYTEST_XDIST_WORKER'))\n"
        )
    (tests / "conftest.py").write_bytes((TESTS / "conftest.py").read_bytes())
    (tests / "longest.txt").write_text(f"{SLEEPY}\n")
    (tmp_path / "pyproject.toml").write_text('[tool.pytest.ini_options]\ntestpaths = ["tests"]\n')
    return tmp_path


def outcome(project: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "pytest", "-v", "-rP", "-p", "no:cacheprovider", *arguments]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    done = subprocess.run(command, cwd=project, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_files_that_take_long_are_there() -> None:
    names = (TESTS / "longest.txt").read_text("utf-8").split()
    assert [name for name in names if not (TESTS / name).is_file()] == []
    assert len(set(names)) == len(names) > 10


@pytest.mark.slow
@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="there is one core")
def test_the_whole_is_run_by_several_workers(project: Path) -> None:
    told = outcome(project)
    assert "\ngw0\n" in told and "\ngw1\n" in told


@pytest.mark.slow
def test_a_worker_begins_with_what_takes_longest(project: Path) -> None:
    told = outcome(project, "-n", "1")
    assert told.index(f"PASSED tests/{SLEEPY}") < told.index(f"PASSED tests/{QUICK}")


@pytest.mark.slow
def test_a_folder_is_run_in_one_process(project: Path) -> None:
    told = outcome(project, "tests/a_quick")
    assert "\nNone\n" in told and "[gw0]" not in told


@pytest.mark.slow
def test_the_whole_can_be_run_in_one_process_as_well(project: Path) -> None:
    assert "[gw0]" not in outcome(project, "-n", "0")
