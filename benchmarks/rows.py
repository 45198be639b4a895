"""The rows of the table: what newsexport does beside what a user would take instead, or beside the bare work.

A row runs both in turns, A B A B …, so that a machine that slows down slows both; its figures are medians,
and its ratios the medians of the ratios of the pairs. They can be compared with those of another run on
another machine, which seconds cannot.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import books, library, narration
from benchmarks.narration import Run, measured, narrating, piping, write_article, write_edition
from benchmarks.newsprint import newspaper

from newsexport.engines.espeak import WORDS_PER_MINUTE

NEWSEXPORT = (sys.executable, "-m", "newsexport")

# What a book of one text is made with, loaded and left.
LOADED = "import typer, lxml.etree, PIL.Image, jinja2, zipfile"

# Zips what is in a book again, compressed as it is there, and writes a text as often as a book has articles.
ZIPPED = """
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as book, zipfile.ZipFile(sys.argv[1] + ".zip", "w") as out:
    for one in book.infolist():
        out.writestr(one.filename, book.read(one), one.compress_type, 6)
"""

# Speaks texts and codes them, with the libraries that newsexport speaks and codes with.
SPOKEN = """
import sys, wave
from pathlib import Path
import lameenc
from newsexport.engines.espeak import EspeakEngine
from newsexport.speech import Utterance
encoder = lameenc.Encoder()
encoder.silence()
encoder.set_channels(1)
encoder.set_in_sample_rate(22050)
encoder.set_bit_rate(64)
encoder.set_quality(5)
for path in sorted(Path(sys.argv[1]).rglob("*.txt")):
    for line in path.read_text().splitlines():
        if line:
            encoder.encode(EspeakEngine().say(Utterance(line, line, "en")).pcm)
encoder.flush()
"""


@dataclass(frozen=True)
class Row:
    """What was measured, ours first, and by what of it the row is told: one of `BY`."""

    name: str
    what: str
    against: str
    runs: tuple[tuple[Run, Run], ...]
    by: str
    more_is_better: bool = False

    def ratios(self) -> dict[str, float]:
        """Ours divided by theirs, or theirs by ours where more is better, of each thing measured."""
        found = {}
        for by in BY:
            pairs = [(getattr(ours, by), getattr(theirs, by)) for ours, theirs in self.runs]
            quotients = [b / a if self.more_is_better else a / b for a, b in pairs]
            found[by] = round(statistics.median(quotients), 3)
        return found

    def medians(self, which: int) -> dict[str, float]:
        """What was measured of ours (0) or of theirs (1)."""
        return {by: round(statistics.median(getattr(pair[which], by) for pair in self.runs), 3) for by in BY}


BY = ("seconds", "processor", "memory")


def paired(
    ours: Sequence[str] | str, theirs: Sequence[str] | str, rounds: int, cold: Path | None = None
) -> tuple[tuple[Run, Run], ...]:
    """Runs of both in turns, after one that is not counted; with nothing in the cache where one is given."""
    found = []
    for _ in range(rounds + 1):
        if cold:
            shutil.rmtree(cold, ignore_errors=True)
        found.append((measured(ours, cold), measured(theirs)))
    return tuple(found[1:])


def start(folder: Path, rounds: int) -> Iterator[Row]:
    """A book of one short text, beside loading the libraries it is made with."""
    write_article(folder / "one", 0, 0)
    (text,) = (folder / "one").rglob("*.txt")
    make = [*NEWSEXPORT, "epub", "-q", "-o", str(folder / "one.epub"), str(text)]
    runs = paired(make, [sys.executable, "-c", LOADED], rounds)
    yield Row("start", "one text to EPUB", "loading what it is made with", runs, "processor")


def book(folder: Path, rounds: int, articles: int = 1000) -> Iterator[Row]:
    """Many texts to one book, beside zipping it again, and beside pandoc where that is installed."""
    write_edition(folder / "news", articles)
    target = folder / "book.epub"
    make = [*NEWSEXPORT, "epub", "-q", "-o", str(target), str(folder / "news")]
    measured(make)
    runs = paired(make, [sys.executable, "-c", ZIPPED, str(target)], rounds)
    yield Row("book", f"{articles} texts to EPUB", "zipping the book again", runs, "processor")
    if shutil.which("pandoc"):
        files = sorted(map(str, (folder / "news").rglob("*.txt")))
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
        runs = paired(make, theirs, rounds)
        yield Row("pandoc", f"{articles} texts to EPUB", "pandoc", runs, "seconds", more_is_better=True)


def small_pages(folder: Path, rounds: int) -> Iterator[Row]:
    """Many small pages to one book, beside pandoc and calibre where they are installed."""
    yield from _bound(folder, rounds, "pages")


def illustrated(folder: Path, rounds: int) -> Iterator[Row]:
    """Many articles in Markdown with pictures to one book, beside the same."""
    yield from _bound(folder, rounds, "markdown")


def _bound(folder: Path, rounds: int, form: str, articles: int = 2000) -> Iterator[Row]:
    newspaper(folder, articles)
    asked = books.commands(folder, form, alone=False)
    ours = [str(part) for part in asked.pop("newsexport")]
    for name, theirs in asked.items():
        runs = paired(ours, [str(part) for part in theirs], rounds)
        what = f"{articles} articles ({form}) to EPUB"
        yield Row(f"{form}-{name}", what, name, runs, "seconds", more_is_better=True)


def growth(folder: Path, rounds: int) -> Iterator[Row]:
    """What ten times as many articles need of memory, format by format."""
    for name, count in (("few", 400), ("many", 4000)):
        write_edition(folder / name, count)
    for form in ("epub", "text", "json"):
        many, few = (
            [*NEWSEXPORT, form, "-q", "-o", str(folder / f"{name}.{form}"), str(folder / name)]
            if form != "json"
            else [*NEWSEXPORT, "export", "-q", "-o", str(folder / f"{name}.json"), str(folder / name)]
            for name in ("many", "few")
        )
        runs = paired(many, few, rounds)
        yield Row(f"growth-{form}", f"4000 texts to {form}", "400 texts", runs, "memory")


def sound(folder: Path, rounds: int, articles: int = 30) -> Iterator[Row]:
    """Articles to MP3 by espeak, beside espeak-ng piped into lame, or the same libraries alone."""
    news = folder / "news"
    write_edition(news, articles)
    ours = narrating(news, folder / "news.mp3")
    what = f"{articles} texts to MP3"
    runs = paired(ours, [sys.executable, "-c", SPOKEN, str(news)], rounds, folder / "cache")
    yield Row("sound", what, "the same voice and coder alone", runs, "processor")
    if shutil.which("espeak-ng") and shutil.which("lame"):
        theirs = piping(news, folder / "p.mp3", WORDS_PER_MINUTE)
        runs = paired(ours, theirs, rounds, folder / "cache")
        peer = f"espeak-ng -s {WORDS_PER_MINUTE} | lame -q 5"
        yield Row("pipe", what, peer, runs, "seconds", more_is_better=True)


def changed(folder: Path, rounds: int, articles: int = 30) -> Iterator[Row]:
    """The same edition with a sentence changed, beside all of it spoken anew."""
    news, cache = folder / "news", folder / "cache"
    write_edition(news, articles)
    (text,) = news.rglob("0001.txt")
    before = text.read_text("utf-8")
    runs = []
    for number in range(rounds):
        shutil.rmtree(cache, ignore_errors=True)
        text.write_text(before, encoding="utf-8")
        cold = measured(narrating(news, folder / "news.mp3"), cache)
        text.write_text(f"{before}\nNumber {number} came later, and is new.\n", encoding="utf-8")
        runs.append((measured(narrating(news, folder / "news.mp3"), cache), cold))
    yield Row("changed", f"{articles} texts to MP3, a sentence new", "all of them", tuple(runs), "seconds")


def hour(folder: Path, rounds: int) -> Iterator[Row]:
    """One article of an hour on two processors, beside one."""
    size, narration.CHARACTERS = narration.CHARACTERS, 54_000
    try:
        write_article(folder / "long", 0, 0)
    finally:
        narration.CHARACTERS = size
    one, two = (
        narrating(folder / "long", folder / "long.mp3", "--no-cache", "--workers", count) for count in "12"
    )
    runs = paired(two, one, rounds)
    yield Row("hour", "an hour's article, two workers", "one worker", runs, "seconds", more_is_better=True)


def helped(folder: Path, rounds: int) -> Iterator[Row]:  # noqa: ARG001 - as all rows are called
    """``--help``, beside that of the command line of gTTS where that is installed."""
    gtts = Path(sys.executable).with_name("gtts-cli")
    if gtts.exists():
        runs = paired([*NEWSEXPORT, "--help"], [str(gtts), "--help"], rounds)
        yield Row("help", "newsexport --help", "gtts-cli --help", runs, "processor")


def served(folder: Path, rounds: int, issues: int = 10_000) -> Iterator[Row]:
    """The feed of a large library, and one issue more in it, beside the same in a library of ten issues."""
    roots = folder / "large", folder / "small"
    for root, size in zip(roots, (issues, 10), strict=True):
        library.write_library(root, size)
    large, small = (
        library.command("--serve", root, root.with_suffix(".sqlite"), "morning/feed.xml") for root in roots
    )
    yield Row(
        "served", f"the feed of {issues} issues", "of 10 issues", paired(large, small, rounds), "processor"
    )
    large, small = (library.command("--publish", root) for root in roots)
    yield Row(
        "published", f"an issue more in {issues}", "in 10 issues", paired(large, small, rounds), "processor"
    )


def few(rows: Callable[..., Iterator[Row]], articles: int) -> Callable[[Path, int], Iterator[Row]]:
    """The same of fewer articles."""
    return lambda folder, rounds: rows(folder, rounds, articles)


ROWS: dict[str, Callable[[Path, int], Iterator[Row]]] = {
    "start": start,
    "help": helped,
    "book": book,
    "small-pages": small_pages,
    "illustrated": illustrated,
    "growth": growth,
    "sound": sound,
    "changed": changed,
    "hour": hour,
    "served": served,
}

# Of these a minute suffices.
SHORT: dict[str, Callable[[Path, int], Iterator[Row]]] = {
    "start": start,
    "book": few(book, 100),
    "sound": few(sound, 4),
    "changed": few(changed, 4),
    "served": few(served, 300),
}


def commit() -> str:
    """What is measured; empty where there is no git."""
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip()
