"""Judges many books, and ends badly if anything is wrong with any of them.

    python tests/readers/books/whole.py [--for TARGET]... [--skip JUDGE]... [--generated] [FILE-OR-FOLDER]...

A folder is made into one book, and so is each article in it; a finished .epub is taken as it is. ``--generated``
adds the editions of the tests: the hostile ones, the naughty strings, and one of 3,000 articles. Books are made by
the command line, once for each target, and judged by EPUBCheck, Ace, a reader in Chromium and MuPDF.
"""

import argparse
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from pathlib import Path

from tests.readers.books.ace import ace_on
from tests.readers.books.conformity import epubcheck_on
from tests.readers.books.findings import Finding, Judge
from tests.readers.books.making import generated, make_all
from tests.readers.books.mupdf import mupdf_on
from tests.readers.books.reader import reader_on

JUDGES: Mapping[str, Judge] = {
    "epubcheck": epubcheck_on,
    "ace": ace_on,
    "reader": reader_on,
    "mupdf": mupdf_on,
}

AT_ONCE = 8  # books handed to a judge, which may take long to start
SHOWN = 5  # messages of one judge on one book

Verdicts = dict[Path, dict[str, list[Finding]]]


def judged(name: str, books: Sequence[Path]) -> dict[Path, list[Finding]]:
    """What a judge finds; if it falls over, that is what is told of the books it had not come to."""
    found: dict[Path, list[Finding]] = {}
    try:
        found.update(JUDGES[name](books))
    except Exception as error:  # noqa: BLE001 - whatever it is, the other books are to be judged
        fell = Finding(name, f"fell over: {type(error).__name__}: {error}")
        found |= {book: [fell] for book in books if book not in found}
    return found


def judge_all(books: Sequence[Path], judges: Sequence[str], jobs: int) -> Verdicts:
    """Every book by every judge, ``jobs`` processes at a time; tells how far it is."""
    by_size = sorted(books, key=lambda book: book.stat().st_size)
    parts = [by_size[at : at + AT_ONCE] for at in range(0, len(by_size), AT_ONCE)]
    verdicts: Verdicts = defaultdict(dict)
    with ProcessPoolExecutor(jobs) as pool:
        under_way: dict[Future[dict[Path, list[Finding]]], str] = {
            pool.submit(judged, name, part): name for part in reversed(parts) for name in judges
        }
        for done, future in enumerate(as_completed(under_way), 1):
            for book, found in future.result().items():
                verdicts[book][under_way[future]] = found
            worst = [f"{book.stem}: {one}" for book, found in future.result().items() for one in found]
            tell(
                f"part {done} of {len(under_way)}: {under_way[future]} has {len(worst)} faults {worst[:1] or ''}"
            )
    return verdicts


def table(verdicts: Verdicts, judges: Sequence[str]) -> Iterator[str]:
    """A line for each book with how much each judge has against it, and some of it below."""
    width = max((len(book.stem) for book in verdicts), default=0)
    yield " ".join([f"{'':{width}}", *(f"{name:>9}" for name in judges)])
    for book in sorted(verdicts):
        found = verdicts[book]
        yield " ".join(
            [f"{book.stem:{width}}", *(f"{len(found.get(name, ())) or '-':>9}" for name in judges)]
        )
        for name in judges:
            told = found.get(name, [])
            yield from (f"    {name}: {str(one)[:220]}" for one in told[:SHOWN])
            if len(told) > SHOWN:
                yield f"    {name}: and {len(told) - SHOWN} more"


def kinds(verdicts: Verdicts) -> Iterator[str]:
    """The commonest faults over all books, by their first words."""
    counted = Counter(
        (name, re.sub(r"\d+", "N", " ".join(one.told.split()[:6])))
        for found in verdicts.values()
        for name, told in found.items()
        for one in told
    )
    for (name, words), count in counted.most_common(25):
        yield f"{count:6} {name}: {words}"


def tell(line: str) -> None:
    """Says how far the work is."""
    sys.stderr.write(f"{line}\n")


def asked() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("inputs", nargs="*", type=Path)
    parser.add_argument("--for", dest="targets", action="append", default=[], metavar="TARGET")
    parser.add_argument("--skip", action="append", default=[], choices=JUDGES)
    parser.add_argument("--generated", action="store_true", help="the editions of the tests too")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave the books in this new folder")
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time")
    return parser.parse_args()


def main() -> None:
    """Makes the books, has them judged, and prints what was found."""
    given = asked()
    judges = [name for name in JUDGES if name not in given.skip]
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = given.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        inputs = [*given.inputs, *(generated(folder) if given.generated else ())]
        books, missing = make_all(inputs, given.targets, folder, given.jobs)
        tell(f"made {len(books)} books in {time.monotonic() - started:.0f} s")
        verdicts = judge_all(books, judges, given.jobs)
    faults = sum(len(told) for found in verdicts.values() for told in found.values())
    lines = [*table(verdicts, judges), "", *(f"no book of {line}" for line in missing), "", *kinds(verdicts)]
    lines.append(f"{len(verdicts)} books, {faults} faults, {time.monotonic() - started:.0f} s")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.exit(1 if faults or not verdicts else 0)


if __name__ == "__main__":
    main()
