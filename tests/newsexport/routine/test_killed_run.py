"""Whole runs killed at any moment: NEWSEXPORT_RUN_KILLS is how many; each takes some seconds."""

from __future__ import annotations

import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

import pytest

from newsexport.library.index import INDEX

KILLS = int(os.environ.get("NEWSEXPORT_RUN_KILLS", "2"))
BASE = "https://paper.example.org/"
CONFIGURATION = f"""
[library]
folder = "library"
base = "{BASE}"

[paper.morning]
title = "The Oldhaven Morning"
timezone = "Europe/Berlin"
feed = "both"
sources = ["news"]
new = true
keep = 2

[paper.morning.epub]

[paper.morning.audio]
engine = "espeak"
"""
STORIES = {
    "harbour": "# The harbour opens\n\nThe ferry left Oldhaven at dawn, with a band on the quay.\n",
    "market": "# A market moves\n\nThe traders of Long Street have a roof at last.\n",
}
LATER = "# Rain is expected\n\nIt rains between Norwick and the cape until Friday.\n"
YESTERDAY, TODAY = "2026-11-24", "2026-11-25"

# The instants of publication differ from run to run; everything else must not.
INSTANT = re.compile(
    rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)"
    rb"|\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d (?:[+-]\d{4}|GMT)"
)
NAMED = re.compile(rf"{re.escape(BASE)}([^\s\"'<>)\\&]+)")


def start(root: Path, day: str) -> subprocess.Popen[bytes]:
    own = {f"XDG_{name}_HOME": str(root / name.lower()) for name in ("STATE", "CACHE", "CONFIG")}
    command = [sys.executable, "-m", "newsexport", "run", "morning", "--date", day, "--workers", "1"]
    return subprocess.Popen(
        command,
        cwd=root,
        env={**os.environ, **own},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def finish(root: Path, day: str) -> None:
    process = start(root, day)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said.decode()


def files(root: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted((root / "library").rglob("*")):
        if path.is_file() and not path.name.startswith(INDEX):
            yield path.relative_to(root / "library").as_posix(), path.read_bytes()


def tree(root: Path) -> dict[str, str]:
    """Every file there, hidden ones too but the index, and its hash without the instants of publication."""
    told = {}
    for name, data in files(root):
        is_document = name.endswith((".xml", ".json", ".html"))
        told[name] = hashlib.sha256(INSTANT.sub(b"", data) if is_document else data).hexdigest()
    return told


def check_what_is_named(root: Path) -> int:
    """Every file that feeds, catalogues and pages name is there in full; how many those are."""
    there = dict(files(root))
    named = {
        unquote(address.partition("#")[0].partition("?")[0])
        for name, data in there.items()
        if name.endswith((".xml", ".html")) or name.startswith("opds")
        for address in NAMED.findall(data.decode())
    }
    named = {name for name in named if not name.endswith("/")}  # a folder stands for its page
    for name in named:
        found = there.get(name)
        assert found is not None, f"{name} is named and not there"
        if part := re.search(r"\.([0-9a-f]{8})\.", name):
            assert hashlib.sha256(found).hexdigest().startswith(part[1]), f"{name} is not whole"
    return len(named)


def await_publishing(root: Path, process: subprocess.Popen[bytes]) -> None:
    """Until the first file of today's issue comes, or the run is over."""
    while process.poll() is None and not (root / "library" / "morning" / TODAY).exists():
        time.sleep(0.002)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A paper that came out yesterday, and has news today."""
    root = tmp_path_factory.mktemp("before") / "root"
    (root / "news").mkdir(parents=True)
    (root / "newsexport.toml").write_text(CONFIGURATION, "utf-8")
    for name, text in STORIES.items():
        (root / "news" / f"{name}.md").write_text(text, "utf-8")
    finish(root, YESTERDAY)
    (root / "news" / "rain.md").write_text(LATER, "utf-8")
    return root


@pytest.mark.slow
def test_a_run_killed_at_any_moment_is_made_up_for_by_the_next(before: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    shutil.copytree(before, whole)
    started = time.monotonic()
    finish(whole, TODAY)
    usual = time.monotonic() - started
    expected = tree(whole)
    assert check_what_is_named(whole) > 4
    dice = random.Random(os.environ.get("NEWSEXPORT_RUN_SEED", "kills"))
    for number in range(KILLS):
        root = tmp_path / f"{number}"
        shutil.copytree(before, root)
        process = start(root, TODAY)
        if number % 2:
            await_publishing(root, process)
            time.sleep(dice.uniform(0.0, 0.15) * usual)
        else:
            time.sleep(dice.uniform(0.3, 1.0) * usual)
        with suppress(ProcessLookupError):  # it was faster
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        assert check_what_is_named(root) > 4
        finish(root, TODAY)
        assert tree(root) == expected, f"killed for the {number + 1}. time"
        shutil.rmtree(root)


def test_a_file_that_is_cut_short_or_missing_would_be_seen(before: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(before, root)
    sound = min((root / "library").glob("morning/*/*.mp3"))
    sound.write_bytes(sound.read_bytes()[:-1])
    with pytest.raises(AssertionError, match="is not whole"):
        check_what_is_named(root)
    sound.unlink()
    with pytest.raises(AssertionError, match="is named and not there"):
        check_what_is_named(root)
