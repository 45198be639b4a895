"""Saved pages to an EPUB, next to percollate: `python benchmarks/pages.py FOLDER [--pages 1000]`.

The folder holds folders of `source.html`. So many pages are made of them, each with words
of its own, so that no two tell the same. Time is that of the whole command, memory the
proportional share of all its processes. percollate reads fewer of the pages, because it
takes long; name it with `--percollate PATH` (it wants Chrome in PUPPETEER_EXECUTABLE_PATH).
Needs psutil.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import psutil

WORD = re.compile(rb"\b([a-z]{4,})\b")
TEXT = re.compile(rb">[^<]{40,}<")


def marked(mark: bytes, found: re.Match[bytes]) -> bytes:
    return WORD.sub(rb"\g<1>" + mark, found[0])


def make(sources: list[Path], count: int, folder: Path) -> list[Path]:
    pages = []
    for number in range(count):
        mark = b"q" + bytes(97 + int(digit) for digit in str(number))
        html = sources[number % len(sources)].read_bytes()
        html = re.sub(rb"(?i)<link[^>]*canonical[^>]*>|og:url", b"", html)
        html = TEXT.sub(partial(marked, mark), html)
        html = re.sub(rb"(?i)<title>", b"<title>%d " % number, html, count=1)
        pages.append(folder / f"{number:05}.html")
        pages[-1].write_bytes(html)
    return pages


def measured(*command: str | Path) -> tuple[float, float]:
    """Seconds, and megabytes at the most."""
    begun, peak = time.perf_counter(), 0
    run = psutil.Popen([*map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while run.poll() is None:
        total = 0
        for process in (run, *run.children(recursive=True)):
            try:
                total += process.memory_full_info().pss
            except psutil.Error:
                continue
        peak = max(peak, total)
        time.sleep(0.1)
    return time.perf_counter() - begun, peak / 1e6


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--pages", type=int, default=1000)
    options.add_argument("--percollate", type=Path)
    asked = options.parse_args()
    sources = sorted(asked.folder.glob("*/source.html"))
    newsexport = Path(sys.executable).with_name("newsexport")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pages").mkdir()
        pages = make(sources, asked.pages, folder / "pages")
        ours = (newsexport, "epub", folder / "pages", "--no-pictures", "-o", folder / "a.epub")
        show("newsexport", len(pages), *measured(*ours))
        if asked.percollate:
            some = pages[: max(10, asked.pages // 20)]
            theirs = (asked.percollate, "epub", "--no-sandbox", "-o", folder / "b.epub", *some)
            show("percollate", len(some), *measured(*theirs))


def show(name: str, count: int, seconds: float, megabytes: float) -> None:
    each = 1000 * seconds / count
    print(f"{name:12}{count:7} pages {seconds:8.1f} s {each:8.1f} ms a page {megabytes:7.0f} MB")


if __name__ == "__main__":
    main()
