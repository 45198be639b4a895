"""An EPUB of many articles, next to pandoc and calibre: `python benchmarks/books.py [--articles 500 2000]`.

The input (`newsprint.py`) is the same for all: pandoc is given the Markdown files, in the
dialect it reads fastest, calibre the same words as pages in the order of a package
document. All run in turns, and the ratio is the median of the ratios of the rounds.
`largest` is the resident set of the largest process at its peak, `all` the peak of what
all processes of the command have in memory together, pages that they share counted once.
The last rows are of the stages in one process, and of zipping the files of the book again:
each compressed, at level 6, where it is compressed in the book.
With `--of pages` all but calibre are given the same words as small HTML pages instead, as calibre is in
any case. Competitors take long: `--alone` leaves them out. Needs psutil.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# In one process: seconds to collect, to arrange, to export, and to zip the same bytes; the
# largest resident set in kilobytes before and after exporting.
STAGES = """
import resource, sys, tempfile, time, zipfile
from datetime import date
from pathlib import Path
from newsexport.exporters.epub.exporter import EpubExporter
from newsexport.collecting.context import CollectingContext
from newsexport.job import Job
from newsexport.pipeline import Arrangement, arrange, collect, export
folder, book = sys.argv[1:]
moments = [time.perf_counter()]
with tempfile.TemporaryDirectory() as spool:
    collected = collect([folder], lambda event: None, CollectingContext(spool=Path(spool)))
    moments.append(time.perf_counter())
    edition = arrange(collected, Arrangement(date(2026, 11, 23)))
    moments.append(time.perf_counter())
    export(edition, EpubExporter(), Path(book), Job())
    moments.append(time.perf_counter())
with zipfile.ZipFile(book) as made:
    items = [(entry.filename, entry.compress_type, made.read(entry)) for entry in made.infolist()]
moments.append(time.perf_counter())
with zipfile.ZipFile(book + ".zip", "w", compresslevel=6) as out:
    for name, kind, data in items:
        out.writestr(name, data, kind)
moments.append(time.perf_counter())
print(*(moments[at + 1] - moments[at] for at in (0, 1, 2, 4)))
"""


@dataclass(frozen=True)
class Run:
    """One finished command: seconds on the wall, and of the processor in all its processes."""

    seconds: float
    processor: float


def measured(command: Sequence[str | Path]) -> Run:
    """Run a command and wait for all of it."""
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Run(seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def watched(command: Sequence[str | Path]) -> tuple[int, int]:
    """Run a command for its memory: bytes of the largest process, and of all, at their peaks.

    To look at memory takes time of the command's own, so such a run is not timed.
    """
    import psutil

    largest = together = 0
    run = psutil.Popen([*map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while run.poll() is None:
        sizes = []
        for process in (run, *run.children(recursive=True)):
            try:
                memory = process.memory_full_info()
            except psutil.Error:
                continue  # it has ended meanwhile
            sizes.append(memory.pss)
            largest = max(largest, memory.rss)
        together = max(together, sum(sizes))
        time.sleep(0.05)
    return largest, together


# What pandoc calls the forms of the input.
DIALECTS = {"markdown": ("md", "gfm"), "pages": ("html", "html")}


def commands(folder: Path, form: str, *, alone: bool) -> dict[str, list[str | Path]]:
    """What is run, by name; what is not installed is told and left out."""
    suffix, dialect = DIALECTS[form]
    written = sorted((folder / form).rglob(f"*.{suffix}"))
    given = [folder / form] if form == "markdown" else written  # beside pages lies calibre's list of them
    places = ":".join(map(str, dict.fromkeys(path.parent for path in written)))
    found: dict[str, list[str | Path]] = {
        "newsexport": [
            *(sys.executable, "-m", "newsexport", "epub", "--quiet"),
            *("-o", folder / "ours.epub", *given),
        ]
    }
    others: dict[str, list[str | Path]] = {
        "pandoc": [
            *("-f", dialect, f"--resource-path={places}", "--metadata", "title=News"),
            *("-o", folder / "pandoc.epub", *written),
        ],
        "ebook-convert": [folder / "pages" / "book.opf", folder / "calibre.epub"],
    }
    for name, arguments in {} if alone else others.items():
        if program := shutil.which(name):
            found[name] = [program, *arguments]
        else:
            print(f"{name}: not installed")
    return found


def compared(folder: Path, form: str, count: int, rounds: int, *, alone: bool) -> None:
    """A row for each command, run in turns."""
    asked = commands(folder, form, alone=alone)
    runs: dict[str, list[Run]] = {name: [] for name in asked}
    for _ in range(rounds):
        for name, command in asked.items():
            runs[name].append(measured(command))
    for name, some in runs.items():
        ratios = [
            theirs.seconds / ours.seconds for theirs, ours in zip(some, runs["newsexport"], strict=True)
        ]
        each = statistics.median(run.seconds for run in some)
        largest, together = watched(asked[name])
        row(
            f"{count:,} {name}",
            f"{each:.2f} s",
            f"{statistics.median(run.processor for run in some):.2f} s computing",
            f"{1000 * each / count:.2f} ms an article",
            f"largest {largest / 1e6:.0f} MB, all {together / 1e6:.0f} MB",
            f"{statistics.median(ratios):.2f}×",
        )


def staged(folder: Path, form: str, count: int, rounds: int) -> None:
    """Rows for the stages in one process, and how long zipping the same bytes takes."""
    command = [sys.executable, "-c", STAGES, str(folder / form), str(folder / "staged.epub")]
    told = [
        [float(figure) for figure in subprocess.check_output(command, text=True).split()]
        for _ in range(rounds)
    ]
    for name, seconds in zip(("collect", "arrange", "export", "zip"), zip(*told, strict=True), strict=True):
        row(f"{count:,}   {name}, one process", f"{statistics.median(seconds):.2f} s")
    ratio = statistics.median(export / zipped for _, _, export, zipped in told)
    row(f"{count:,}   export to zip", f"{ratio:.2f}×")


def row(what: str, *figures: str) -> None:
    """Print a line of the table."""
    print(f"{what:<32}" + "".join(f"{figure:>12}  " for figure in figures).rstrip(), flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--articles", type=int, nargs="+", default=[2000])
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument(
        "--of", choices=DIALECTS, default="markdown", help="what the articles are written in"
    )
    options.add_argument("--alone", action="store_true", help="newsexport only")
    options.add_argument("--folder", type=Path, help="keep the input here, and use what is here")
    asked = options.parse_args()
    from newsprint import newspaper

    for count in asked.articles:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(asked.folder or name, str(count))
            if not folder.exists():
                folder.mkdir(parents=True)
                newspaper(folder, count)
            compared(folder, asked.of, count, asked.rounds, alone=asked.alone)
            staged(folder, asked.of, count, asked.rounds)


if __name__ == "__main__":
    main()
