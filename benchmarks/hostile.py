"""Whole commands over spoilt files of every kind, with what became of each: codes, seconds, memory.

    python benchmarks/hostile.py               # 5,000 files, by `export` and by `run`
    python benchmarks/hostile.py 400 another   # so many, by another seed

A command is given some dozens of files at once and one good article. It must end with 0 or 1, have the
good article in what it made, print no traceback, and keep each of its processes below 512 MB. What fails
is kept in a folder, whose name is printed, and the program ends with 1.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.hostile.mutating import mutants
from tests.hostile.samples import SAMPLES

NEWSEXPORT = str(Path(sys.executable).parent / "newsexport")
AT_ONCE = 40
MOST_MEGABYTES = 512
MOST_SECONDS = 60  # for all files of a command; one alone is given up after 20
GOOD = "The good article\n\nIt is whole, and in every edition that is made of this folder.\n"
PLAN = """[library]
folder = "library"
[paper.spoilt]
title = "Spoilt"
guid = "0d8b4bb2-7f6e-4a4e-9d3e-2b6f3a1c9d10"
sources = [{sources}]
formats = ["epub", "text"]
"""


@dataclass(frozen=True)
class Done:
    """One finished command."""

    code: int
    seconds: float
    megabytes: float
    told: str
    made: str

    @property
    def faults(self) -> list[str]:
        found = [f"exit {self.code}"] if self.code not in {0, 1} else []
        found += ["the good article is missing"] if "The good article" not in self.made else []
        found += ["a traceback"] if "Traceback" in self.told else []
        found += [f"{self.megabytes:.0f} MB"] if self.megabytes > MOST_MEGABYTES else []
        return found + ([f"{self.seconds:.0f} s"] if self.seconds > MOST_SECONDS else [])


def batches(count: int, seed: str) -> Iterator[list[tuple[str, bytes]]]:
    """The spoilt files by name, mixed, some dozens at a time."""
    each = -(-count // len(SAMPLES))
    files = [
        (f"{number:05}-{name}{suffix}", data)
        for name, (suffix, samples) in SAMPLES.items()
        for number, data in enumerate(mutants(samples, each, f"{seed} {name}"))
    ]
    random.Random(seed).shuffle(files)
    for begin in range(0, count, AT_ONCE):
        yield files[begin : min(begin + AT_ONCE, count)]


def done(folder: Path, *arguments: str) -> Done:
    """A command in a folder that is its home as well."""
    homes = {
        name: str(folder / name) for name in ("HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")
    }
    began = time.monotonic()
    with (folder / "told.txt").open("wb") as told:
        process = subprocess.Popen(
            [NEWSEXPORT, *arguments], cwd=folder, env={**os.environ, **homes}, stdout=told, stderr=told
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    made = "".join(path.read_text("utf-8", "replace") for path in folder.rglob("made*/**/*.txt"))
    made += "".join(path.read_text("utf-8", "replace") for path in folder.rglob("library/**/*.txt"))
    text = (folder / "told.txt").read_text("utf-8", "replace")
    return Done(process.returncode, time.monotonic() - began, usage.ru_maxrss / 1024, text, made)


def commands(folder: Path, files: list[tuple[str, bytes]]) -> Iterator[tuple[str, Done]]:
    """What `export` and `run` make of the files."""
    names = ["good.txt"]
    (folder / "good.txt").write_text(GOOD)
    for name, data in files:
        if data:
            (folder / name).write_bytes(data)
            names.append(name)
    (folder / "newsexport.toml").write_text(PLAN.format(sources=", ".join(f'"{name}"' for name in names)))
    formats = [word for name in ("epub", "text", "json") for word in ("--to", name)]
    yield "export", done(folder, "export", *formats, *names, "--offline", "-o", "made/")
    shutil.rmtree(folder / "made", ignore_errors=True)
    yield "run", done(folder, "run", "--offline")


def main(count: int = 5000, seed: str = "hostile") -> int:
    """Try them all; how many commands failed."""
    failed = 0
    slowest = largest = 0.0
    for number, files in enumerate(batches(count, seed)):
        folder = Path(tempfile.mkdtemp(prefix=f"hostile-{number:04}-"))
        kept = False
        for name, one in commands(folder, files):
            slowest, largest = max(slowest, one.seconds), max(largest, one.megabytes)
            if one.faults:
                (folder / f"{name}.told").write_text(one.told)
                print(f"{folder}: {name}: {', '.join(one.faults)}", flush=True)
                failed, kept = failed + 1, True
        if not kept:
            shutil.rmtree(folder)
    print(f"{count} files: {failed} commands failed; slowest {slowest:.1f} s, largest {largest:.0f} MB")
    return failed


if __name__ == "__main__":
    asked = sys.argv[1:]
    sys.exit(1 if main(int(asked[0]) if asked else 5000, *asked[1:]) else 0)
