"""The books that are tried in readers, and the tools to try them with."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.machine.system_tools import ToolMissingError, lacking
from tests.newsexport.exporters.epub.epub_editions import EMPTY, RICH, RIGHT_TO_LEFT, SINGLE, made
from tests.newsexport.exporters.epub.hostile_editions import NASTY
from tests.readers.books.reading_tools import chromium, node_modules

SEEDS = Path(__file__).parents[3] / "seeds"

EDITIONS = {"rich": RICH, "nasty": NASTY, "single": SINGLE, "empty": EMPTY, "right to left": RIGHT_TO_LEFT}


@pytest.fixture(scope="session")
def tools() -> None:
    """A browser and the packages that run in it; without them there is nothing to test, but not in CI."""
    try:
        chromium()
        node_modules()
    except ToolMissingError as missing:
        lacking(str(missing))


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The books: those of the editions, and the sample articles as anybody would make a book of them."""
    books = {name: made(edition, tmp_path_factory.mktemp("shelf")) for name, edition in EDITIONS.items()}
    books["samples"] = tmp_path_factory.mktemp("shelf") / "samples.epub"
    command = [
        sys.executable,
        "-m",
        "newsexport",
        "epub",
        str(SEEDS),
        "--date",
        "2026-11-23",
        "--offline",
        "-q",
    ]
    subprocess.run([*command, "-o", str(books["samples"])], check=True)
    return books
