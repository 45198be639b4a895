"""Times newsexport against what a user would pick instead, in one run, and prints a table.

    python benchmarks/run.py            # everything, a few minutes
    python benchmarks/run.py startup    # one of: startup, epub, audio, memory

Each pair is run in turns, A B A B …, so that a machine that slows down slows both. Times
are medians of whole processes; the ratio is the median of the ratios of the pairs.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

BIN = Path(sys.executable).parent
NEWSEXPORT = str(BIN / "newsexport")

STORY = (
    "The harbour council of {place} voted {count} to {less} on Tuesday to spend ${cost}m on a new ferry, "
    "its mayor said. The boat will carry {cars} cars and cross the sound in {minutes} minutes, a third less "
    "than the one it replaces, which has sailed since 1987. “Nobody will miss the noise,” said Ada Marsh, "
    "who runs the café on the pier."
)

# In one process: the seconds to read a folder, to export what was read, and to zip the same bytes.
STAGES = """
import sys, time, zipfile
from datetime import date
from pathlib import Path
from newsexport.exporters.epub.exporter import EpubExporter
from newsexport.job import Job
from newsexport.pipeline import Arrangement, arrange, collect, export
began = time.perf_counter()
edition = arrange(collect([sys.argv[1]], lambda event: None), Arrangement(date(2026, 11, 23)))
read = time.perf_counter()
export(edition, EpubExporter(), Path(sys.argv[2]), Job())
exported = time.perf_counter()
with zipfile.ZipFile(sys.argv[2]) as book:
    items = [(name, book.read(name)) for name in book.namelist()]
begin = time.perf_counter()
with zipfile.ZipFile(sys.argv[2] + ".zip", "w", zipfile.ZIP_DEFLATED, compresslevel=6) as out:
    for name, data in items:
        out.writestr(name, data)
print(read - began, exported - read, time.perf_counter() - begin)
"""


@dataclass(frozen=True)
class Run:
    """One finished process: seconds on the wall, and its largest resident set in bytes."""

    seconds: float
    memory: int


def measured(command: Sequence[str] | str) -> Run:
    """Run a command (a string is given to the shell) and wait for all of it."""
    shell = isinstance(command, str)
    begin = time.perf_counter()
    process = subprocess.Popen(command, shell=shell, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - begin
    if process.returncode:
        raise SystemExit(f"failed with {process.returncode}: {command}")
    return Run(seconds, usage.ru_maxrss * 1024)


def paired(ours: Sequence[str] | str, theirs: Sequence[str] | str, rounds: int) -> tuple[float, float, float]:
    """Median seconds of ours and of theirs, and the median ratio, after one round not counted."""
    runs = [(measured(ours).seconds, measured(theirs).seconds) for _ in range(rounds + 1)][1:]
    mine, other = zip(*runs, strict=True)
    return statistics.median(mine), statistics.median(other), statistics.median(a / b for a, b in runs)


def row(what: str, ours: str, theirs: str, figure: str) -> None:
    """Print a line of the table."""
    print(f"{what:<44} {ours:>12}   {theirs:<34} {figure}", flush=True)


def story(number: int, paragraphs: int) -> str:
    """A plain-text article unlike any of another number."""
    text = [
        STORY.format(
            place=f"Port {chr(65 + (number + at) % 26)}arrow",
            count=number % 9 + 2,
            less=at,
            cost=number % 40 + 1,
            cars=30 + at,
            minutes=10 + number % 30,
        )
        for at in range(paragraphs)
    ]
    return f"Council {number} votes for a new ferry\n\n" + "\n\n".join(text) + "\n"


def articles(folder: Path, count: int, paragraphs: int) -> Path:
    """Fill a folder with articles in four sections."""
    for number in range(count):
        section = folder / ("world", "business", "culture", "sport")[number % 4]
        section.mkdir(parents=True, exist_ok=True)
        (section / f"{number:04}.txt").write_text(story(number, paragraphs), encoding="utf-8")
    return folder


def startup(_: Path) -> None:
    """``--help`` against that of the command line of gTTS."""
    mine, other, ratio = paired([NEWSEXPORT, "--help"], [str(BIN / "gtts-cli"), "--help"], 15)
    row(
        "newsexport --help",
        f"{mine * 1000:.0f} ms",
        f"gtts-cli --help {other * 1000:.0f} ms",
        f"{ratio:.2f}×",
    )


def epub(folder: Path) -> None:
    """A thousand short articles, against zipping the same bytes and against pandoc."""
    inside = articles(folder / "thousand", 1000, 5)
    one = articles(folder / "one", 1, 5)
    book, small = folder / "book.epub", folder / "small.epub"
    make = [NEWSEXPORT, "epub", "--quiet", "-o", str(book), str(inside)]
    measured(make)
    rounds = []
    for _ in range(7):
        whole = measured(make)
        start = measured([NEWSEXPORT, "epub", "--quiet", "-o", str(small), str(one)])
        stages = [sys.executable, "-c", STAGES, str(inside), str(folder / "staged.epub")]
        told = subprocess.run(stages, check=True, capture_output=True, text=True).stdout
        rounds.append((whole.seconds, start.seconds, *map(float, told.split()), whole.memory))
    whole_s, start_s, read_s, export_s, zip_s, memory = (
        statistics.median(column) for column in zip(*rounds, strict=True)
    )
    row(
        f"1,000 articles to EPUB ({memory / 1e6:.0f} MB)",
        f"{whole_s:.2f} s",
        f"start-up {start_s:.2f} s, zip {zip_s:.2f} s",
        f"{statistics.median((one[0] - one[1]) / one[4] for one in rounds):.1f}× the zip, after start-up",
    )
    ratio = statistics.median(one[3] / one[4] for one in rounds)
    row("  of which exporting", f"{export_s:.2f} s", f"reading {read_s:.2f} s", f"{ratio:.1f}× the zip")
    if shutil.which("pandoc"):
        files = sorted(map(str, inside.rglob("*.txt")))
        theirs = [
            "pandoc",
            "-f",
            "markdown",
            "-o",
            str(folder / "p.epub"),
            "--metadata",
            "title=News",
            *files,
        ]
        mine, other, ratio = paired(make, theirs, 3)
        row("  the same", f"{mine:.2f} s", f"pandoc {other:.2f} s", f"{ratio:.2f}×")


def audio(folder: Path) -> None:
    """Thirty articles to MP3, against piping the same text through espeak-ng and lame."""
    inside = articles(folder / "thirty", 30, 7)
    target = folder / "episode.mp3"
    make = [
        NEWSEXPORT,
        "audio",
        "--quiet",
        "--no-cache",
        "--engine",
        "espeak",
        "-o",
        str(target),
        str(inside),
    ]
    measured(make)
    length = duration(target)
    for name, encoder in (
        ("lame", "lame --quiet -m m -b 64 - {}"),
        ("ffmpeg", "ffmpeg -v error -y -i - -b:a 64k {}"),
    ):
        if not (shutil.which("espeak-ng") and shutil.which(name)):
            row("30 articles to MP3", "", f"espeak-ng | {name}: not installed", "")
            continue
        piped = encoder.format(folder / f"{name}.mp3")
        theirs = f"cat {inside}/*/*.txt | espeak-ng -v en-us --stdin --stdout | {piped}"
        mine, other, ratio = paired(make, theirs, 3)
        row(
            f"30 articles to MP3 ({length / 60:.0f} min)",
            f"{mine:.1f} s",
            f"espeak-ng | {name} {other:.1f} s",
            f"{ratio:.2f}×, {length / mine:.0f}× real time",
        )


def memory(folder: Path) -> None:
    """Ten hours of narration: the largest resident set of any process."""
    inside = articles(folder / "hours", 200, 7)
    target = folder / "hours.mp3"
    run = measured(
        [
            NEWSEXPORT,
            "audio",
            "--quiet",
            "--no-cache",
            "--engine",
            "silent",
            "--speed",
            "1",
            "-o",
            str(target),
            str(inside),
        ]
    )
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    hours = duration(target) / 3600
    row(
        f"{hours:.1f} hours of audio",
        f"{run.seconds:.1f} s",
        f"{max(run.memory, children) / 1e6:.0f} MB at most",
        "",
    )


def duration(path: Path) -> float:
    """Seconds of sound in an MP3."""
    import av

    with av.open(str(path), "r") as container:
        return (container.duration or 0) / 1e6


BENCHMARKS: dict[str, Callable[[Path], None]] = {
    "startup": startup,
    "epub": epub,
    "audio": audio,
    "memory": memory,
}


def main(names: Sequence[str]) -> None:
    """Run the named benchmarks, or all."""
    for name in names or BENCHMARKS:
        with tempfile.TemporaryDirectory() as folder:
            BENCHMARKS[name](Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
