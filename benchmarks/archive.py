"""An archive on a cluster, a stage at a time: `python -m benchmarks archive [--articles 400] [--of FOLDER]`.

A Dask scheduler and its workers run on this machine. Each format is made by the workers, and the processor
time is told that an article takes here, where editions are put together, and at the workers. From these two
follows how many workers one such loop keeps busy, and what an archive of ten million articles takes of
machines with so many cores: both are told, as computed. Needs psutil and newsexport[dask].
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from newsprint import newspaper

FORMATS = {"text": (), "json": (), "epub": (), "audio": ("--engine", "espeak", "--no-cache")}
ENDS = {"text": "txt", "json": "json", "epub": "epub", "audio": "mp3"}
READ = {".html", ".htm", ".md", ".txt"}
# Of so many articles one is spoken: that takes a hundred times as long as all else.
SPOKEN = 10
ARCHIVE = 10_000_000
CORES = 100


@dataclass(frozen=True)
class Cluster:
    """Where its scheduler is, and its workers, with whatever they have begun."""

    address: str
    workers: tuple[psutil.Process, ...]

    def processor(self) -> float:
        """Seconds of processor that the workers have had."""
        return sum(sum(one.cpu_times()[:2]) for one in self.workers)


@contextmanager
def cluster(folder: Path, count: int) -> Iterator[Cluster]:
    """A scheduler with so many workers of one thread."""
    file = folder / "scheduler.json"
    place = ("--scheduler-file", str(file), "--host", "127.0.0.1", "--no-dashboard")
    begun = [_begun(folder, "scheduler", "--port", "0", *place)]
    try:
        while not (file.exists() and "tcp://" in file.read_text("utf-8")):
            time.sleep(0.1)
        employed = ("worker", "--nthreads", "1", "--no-nanny", *place)
        begun += [_begun(folder, *employed) for _ in range(count)]
        address = file.read_text("utf-8").partition("tcp://")[2].partition('"')[0]
        yield Cluster(f"tcp://{address}", tuple(psutil.Process(one.pid) for one in begun[1:]))
    finally:
        for one in begun:
            one.kill()
            one.wait()


def _begun(folder: Path, *command: str) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    return subprocess.Popen([sys.executable, "-m", "dask", *command], cwd=folder, stdout=quiet, stderr=quiet)


def made(articles: Path, target: Path, options: Sequence[str]) -> tuple[float, float]:
    """Seconds by the clock and of processor here, for one edition."""
    before, at = os.times(), time.perf_counter()
    command = [sys.executable, "-m", "newsexport", "export", str(articles), "-o", str(target)]
    command += ["--offline", "--title", "News", *options]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = os.times()
    here = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - at, here


def measure(articles: Sequence[Path], folder: Path, workers: int) -> None:
    """A row for each format, and what follows from it."""
    print(
        f"{len(articles)} articles, {workers} workers; milliseconds of processor an article, and of the clock"
    )
    print("| format | here | at the workers | clock | workers for one loop | ten million articles |")
    print("|---|---|---|---|---|---|")
    with cluster(folder, workers) as there:
        dask = ("--dask", there.address)
        one = shelved(articles[:1], folder / "one")
        made(shelved(articles[:50], folder / "some"), folder / "first.epub", dask)  # what is needed is loaded
        nothing = made(one, folder / "one.txt", dask)[1]
        for kind, options in FORMATS.items():
            chosen = articles[:: SPOKEN if kind == "audio" else 1]
            place = shelved(chosen, folder / kind)
            before = there.processor()
            clock, here = made(place, folder / f"edition.{ENDS[kind]}", (*options, *dask))
            away = there.processor() - before
            own = max(here - nothing, 0.001)
            hours = (own + away) / len(chosen) * ARCHIVE / CORES / 3600
            cells = (f"{each / len(chosen) * 1000:.1f}" for each in (own, away, clock))
            print(f"| {kind} | {' | '.join(cells)} | {away / own:.0f} | {hours:.1f} h on {CORES} cores |")


def shelved(articles: Sequence[Path], folder: Path) -> Path:
    """A folder of these articles, with the pictures that lie beside them."""
    folder.mkdir()
    for article in articles:
        for file in article.parent.glob(f"{article.stem}.*"):
            shutil.copy(file, folder)
    return folder


def main() -> None:
    """Measure with invented articles, or with what lies in a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--of", type=Path, help="a folder of articles of your own")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "made")
        folder.mkdir()
        if not given.of:
            newspaper(folder, given.articles)
        place = given.of or folder / "pages"
        articles = [path for path in sorted(place.rglob("*")) if path.suffix in READ]
        measure(articles, Path(name), given.workers)


if __name__ == "__main__":
    main()
