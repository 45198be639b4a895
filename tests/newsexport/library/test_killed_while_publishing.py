"""Runs killed while they publish. NEWSEXPORT_KILLS is how many of each kind; 250 take some minutes."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from tests.machine.system_tools import strace
from tests.newsexport.library import publishing_run
from tests.newsexport.library.publishing_run import publish

from newsexport.library.index import INDEX
from newsexport.library.store import FolderStore

KILLS = int(os.environ.get("NEWSEXPORT_KILLS", "3"))
RUN = Path(publishing_run.__file__)
DAYS = [f"2026-11-{day}" for day in (21, 22, 23, 24, 25)]
# Each call by which a file comes to be, to be whole, or to go.
CALLS = (
    "openat",
    "write",
    "fsync",
    "rename",
    "unlink",
    "unlinkat",
    "mkdir",
    "rmdir",
    "copy_file_range",
    "linkat",
    "sendfile",
)


def run(root: Path, day: str, contents: str, *before: str) -> subprocess.Popen[bytes]:
    command = [*before, sys.executable, str(RUN), str(root), day, contents]
    return subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)


def finish(root: Path, day: str, contents: str) -> None:
    process = run(root, day, contents)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said.decode()


def tree(root: Path) -> dict[str, str]:
    """Every file there, staging and hidden ones too, and its hash; but the index, which has times in it."""
    folder = root / "library"
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        if path.is_file()
        else ""
        for path in sorted(folder.rglob("*"))
        if not path.name.startswith(INDEX)
    }


def check_what_is_named(root: Path) -> int:
    """Every file that a feed names is there in full; how many those are."""
    count = 0
    for feed in (root / "library/opds.xml", root / "library/morning/feed.xml"):
        for line in feed.read_text().splitlines() if feed.exists() else ():
            name, size, digest = line.split()
            data = (root / "library" / name).read_bytes()
            assert (len(data), hashlib.sha256(data).hexdigest()) == (int(size), digest), name
            count += 1
    whole = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (root / "library").rglob("*.*.*")}
    for latest in (root / "library/morning").glob("latest.*"):
        assert hashlib.sha256(latest.read_bytes()).hexdigest() in whole, (
            f"{latest.name} is no file of an issue"
        )
    return count


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of as many days as are kept."""
    root = tmp_path_factory.mktemp("before")
    for day in DAYS[:-1]:
        publish(FolderStore(root / "library"), root / "staging", date.fromisoformat(day), "first")
    return root


@pytest.fixture(scope="module")
def after(before: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """What an undisturbed run makes of it: with a new issue, and with the newest made again."""
    trees = {}
    for day, contents in CASES:
        root = tmp_path_factory.mktemp("after") / "root"
        shutil.copytree(before, root)
        finish(root, day, contents)
        trees[day] = tree(root)
    return trees


CASES = [(DAYS[-1], "first"), (DAYS[-2], "second")]


@pytest.mark.slow
@pytest.mark.parametrize(("day", "contents"), CASES, ids=["a new issue", "an issue made again"])
def test_a_run_killed_at_any_moment_leaves_no_feed_that_names_what_is_not_there(
    before: Path, after: dict[str, dict[str, str]], tmp_path: Path, day: str, contents: str
) -> None:
    dice = random.Random(f"{day} {KILLS}")
    started = time.monotonic()
    shutil.copytree(before, tmp_path / "whole")
    finish(tmp_path / "whole", day, contents)
    usual = time.monotonic() - started
    for number in range(KILLS):
        root = tmp_path / f"{number}"
        shutil.copytree(before, root)
        process = run(root, day, contents)
        time.sleep(dice.uniform(0.5, 1.05) * usual)  # before that, Python is starting
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        assert check_what_is_named(root) > 0
        finish(root, day, contents)
        assert tree(root) == after[day]
        shutil.rmtree(root)


@pytest.mark.slow
def test_where_a_file_can_have_one_name_only_what_is_newest_is_a_copy(
    before: Path, after: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    root = tmp_path / "root"
    shutil.copytree(before, root)
    refused = run(
        root, *CASES[0], strace(), "-qq", "-f", "-o", os.devnull, "-e", "inject=linkat,link:error=EPERM"
    )
    _, said = refused.communicate(timeout=60)
    assert refused.returncode == 0, said.decode()
    latest = root / "library/morning/latest.epub"
    assert latest.stat().st_nlink == 1
    assert tree(root) == after[DAYS[-1]]
    made = latest.stat().st_mtime_ns
    finish(root, *CASES[0])
    assert (latest.stat().st_nlink, latest.stat().st_mtime_ns) == (1, made), "a copy of it is as good"


@pytest.mark.slow
@pytest.mark.parametrize(("day", "contents"), CASES, ids=["a new issue", "an issue made again"])
def test_a_run_killed_at_any_call_of_the_kernel_is_finished_by_the_next(
    before: Path, after: dict[str, dict[str, str]], tmp_path: Path, day: str, contents: str
) -> None:
    points = _points(before, tmp_path, day, contents)
    chosen = random.Random(f"{day} {KILLS}").sample(points, min(KILLS, len(points)))
    for number, (call, when) in enumerate(chosen):
        root = tmp_path / f"{number}"
        shutil.copytree(before, root)
        inject = f"inject={call}:signal=SIGKILL:when={when}"
        process = run(root, day, contents, strace(), "-qq", "-f", "-o", os.devnull, "-e", inject)
        process.communicate()
        assert process.returncode != 0, f"{call} {when} was not reached"
        check_what_is_named(root)
        finish(root, day, contents)
        assert tree(root) == after[day], f"{call} {when}"
        shutil.rmtree(root)


def _points(before: Path, tmp_path: Path, day: str, contents: str) -> list[tuple[str, int]]:
    """Each call that a run makes once it has locked the library, and the how-manieth of its kind it is.

    strace counts the calls of each thread by themselves. Which of some threads writes out which file is
    chance; that one of them writes out a first is not.
    """
    root, log = tmp_path / "traced", tmp_path / "log"
    shutil.copytree(before, root)
    process = run(
        root, day, contents, strace(), "-qq", "-f", "-o", str(log), "-e", f"trace={','.join(CALLS)}"
    )
    _, said = process.communicate()
    assert process.returncode == 0, said.decode()
    points, counts, locked, first = dict[tuple[str, int], None](), Counter[tuple[str, str]](), False, ""
    for line in log.read_text(errors="replace").splitlines():
        thread, rest = line.split(maxsplit=1)
        call = rest.partition("(")[0]
        first = first or thread
        if call in CALLS:
            counts[thread, call] += 1
            locked = locked or "library/.lock" in line
            if locked and (thread == first or (call, counts[thread, call]) == ("fsync", 1)):
                points[call, counts[thread, call]] = None
    return list(points)
