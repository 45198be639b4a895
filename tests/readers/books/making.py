"""Books to be judged, made by the command line as anybody would make them."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random

sys.path.append(str(Path(__file__).parents[2] / "epub"))  # pytest does the same, this is for the command line

from tests.newsexport.exporters.epub.epub_editions import EMPTY, RICH, RIGHT_TO_LEFT, SINGLE, made
from tests.newsexport.exporters.epub.hostile_editions import NASTY, Lot
from tests.newsexport.exporters.epub.large_editions import large
from tests.newsexport.exporters.epub.naughty_strings import NAUGHTY

from newsexport.exporters.json import JsonExporter
from newsexport.job import Job

READ = frozenset({".html", ".htm", ".xhtml", ".md", ".txt", ".mhtml", ".eml", ".docx", ".odt"})
"""Files in a folder that are made books of their own: those that hold one article by their nature."""

LOTS = 12  # editions drawn by lot


@dataclass(frozen=True, slots=True)
class Wanted:
    """A book to be made, and for which device."""

    source: Path
    book: Path
    target: str | None

    def make(self) -> str | None:
        """Makes the book; what the command line says if there is none in the end."""
        command = [sys.executable, "-m", "newsexport", "epub", str(self.source), "-o", str(self.book)]
        command += ["--offline", "--date", "2026-11-23", *(("--for", self.target) if self.target else ())]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        return None if self.books() else told.stderr.strip()

    def books(self) -> list[Path]:
        """What was made: the book, or the parts that it was split into."""
        return sorted(self.book.parent.glob(f"{self.book.name.removesuffix('.epub')}*.epub"))


def generated(folder: Path) -> Iterator[Path]:
    """The editions of the tests: as JSON where JSON can hold them, else as books."""
    plain = {
        "rich": RICH,
        "single": SINGLE,
        "right-to-left": RIGHT_TO_LEFT,
        "naughty": NAUGHTY,
        "large": large(3000),
    }
    for name, edition in plain.items():
        path = folder / f"{name}.json"
        JsonExporter().write(edition, path, Job())
        yield path
    lots = {f"lot-{seed}": Lot(Random(seed)).edition() for seed in range(LOTS)}
    for name, edition in {"nasty": NASTY, "empty": EMPTY, **lots}.items():
        yield made(edition, folder).rename(folder / f"{name}.epub")


def sources(given: Path) -> list[Path]:
    """What books are made of: the file or folder itself, and each file in the folder that holds an article."""
    inner = sorted(path for path in given.rglob("*") if path.suffix.lower() in READ) if given.is_dir() else []
    return [given, *inner]


def make_all(inputs: list[Path], targets: list[str], folder: Path, jobs: int) -> tuple[list[Path], list[str]]:
    """The books made of the inputs for each of the targets, and what could not be made with the reason."""
    ready = [path for path in inputs if path.suffix == ".epub"]
    wanted: list[Wanted] = []
    devices: list[str | None] = [*targets] or [None]
    for source in (source for path in inputs if path.suffix != ".epub" for source in sources(path)):
        for target in devices:
            shelf = folder / f"{len(wanted):04}"  # of its own, for books may come in parts
            name = f"{source.parent.name}-{source.stem}{f'-{target}' if target else ''}.epub"
            shelf.mkdir()
            wanted.append(Wanted(source, shelf / name, target))
    with ThreadPoolExecutor(jobs) as pool:
        told = list(pool.map(Wanted.make, wanted))
    missing = [f"{one.source}: {said}" for one, said in zip(wanted, told, strict=True) if said is not None]
    return ready + [book for one in wanted for book in one.books()], missing
