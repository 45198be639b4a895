"""What a library of many issues costs: its feed, a page and its index when it is served, one issue more.

    python -m benchmarks library --issues 10000

The issues have thirty stories and files of some bytes each. Told are seconds, processor time and the most
memory of a process that makes the index, of one that has it and is asked for each of the three, and of one
that publishes another issue.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from newsexport.library.describing import Draft, kind_of
from newsexport.library.issue import Issue, IssueArticle, IssueFile, Paper, issue_id
from newsexport.library.library import Library
from newsexport.library.manifest import issue_json, paper_json
from newsexport.library.store import FolderStore
from newsexport.publishing.documents import Publications
from newsexport.publishing.pages import Pages
from newsexport.publishing.site import Site

PAPER = Paper("morning", "The Oldhaven Morning")
NEWEST = date(2026, 11, 25)
SECTIONS = ("Harbour", "Council", "Sport", "Culture", "Weather")
STORIES = 30
DAY = re.compile(r"\d{4}-\d\d-\d\d")
SITE = Site("http://localhost/")


def issue(back: int, root: Path) -> Issue:
    """The issue of so many days ago, with its files in their folder."""
    day = NEWEST - timedelta(days=back)
    folder = root / PAPER.key / day.isoformat()
    folder.mkdir(parents=True)
    files = []
    for end in (".epub", ".mp3", ".jpg", ".chapters.json", ".vtt"):
        data = f"{day} {end}".encode()
        digest = hashlib.sha256(data).hexdigest()
        role, media = kind_of(f"morning{end}")
        name = f"morning-{day}.{digest[:8]}{end}"
        (folder / name).write_bytes(data)
        files.append(IssueFile(name, role, media, len(data), digest, 1800.0 if end == ".mp3" else None))
    stories = tuple(
        IssueArticle(
            f"Story {number} of {day}, about the ferry",
            SECTIONS[number * len(SECTIONS) // STORIES],
            f"https://oldhaven.example/{day}/{number}",
            f"What happened {back} days ago, and who says so in all the words it takes. " * 2,
            400,
            60.0 * number,
        )
        for number in range(STORIES)
    )
    published = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
    number = issue_id(PAPER, day)
    return Issue(number, PAPER.key, PAPER.title, day, published, "en", "News", stories, tuple(files))


def write_library(root: Path, issues: int) -> None:
    """A library of so many issues."""
    for back in range(1, issues + 1):
        one = issue(back, root)
        (root / one.folder / "issue.json").write_bytes(issue_json(one))
        (root / one.folder / "index.html").write_bytes(b"as it was")
    (root / PAPER.key / "paper.json").write_bytes(paper_json(PAPER))


def publish(root: Path, staging: Path) -> None:
    """Publish the issue of the day after the newest."""
    newest = max(filter(DAY.fullmatch, os.listdir(root / PAPER.key)))  # noqa: PTH208 - only names, of 10,000
    one = issue((NEWEST - date.fromisoformat(newest)).days - 1, staging)
    paths = {file.name: staging / one.folder / file.name for file in one.files}
    pages = Publications(SITE, pages=Pages(SITE))
    Library(FolderStore(root), lambda _: None).publish(PAPER, Draft(one, paths), pages)


def serve(root: Path, kept: Path, paths: Sequence[str]) -> None:
    """Have what is served at these paths made, as the first who asks does."""
    from newsexport.serving.editions import served
    from newsexport.serving.routes import GeneratedResource

    table = served(root, lambda site: Publications(site, pages=Pages(site)), print, kept).table()
    for path in paths:
        resource = table.find(path)
        assert isinstance(resource, GeneratedResource)
        assert resource.make(SITE)


def command(*arguments: object) -> list[str]:
    """This script as a process of its own."""
    return [sys.executable, __file__, *map(str, arguments)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--issues", type=int, default=10_000)
    parser.add_argument("--serve", nargs="+", metavar=("LIBRARY", "INDEX"), help="one run, and its paths")
    parser.add_argument("--publish", type=Path, metavar="LIBRARY", help="one run")
    args = parser.parse_args()
    if args.serve:
        root, kept, *paths = args.serve
        serve(Path(root), Path(kept), paths)
    elif args.publish:
        with tempfile.TemporaryDirectory() as staging:
            publish(args.publish, Path(staging))
    else:
        measure(args.issues)


def measure(issues: int) -> None:
    from benchmarks.narration import measured

    with tempfile.TemporaryDirectory() as folder:
        root, kept = Path(folder, "library"), Path(folder, "index")
        write_library(root, issues)
        yesterday = (NEWEST - timedelta(days=1)).isoformat()
        runs = {
            "index made": command("--serve", root, kept),
            "index kept": command("--serve", root, kept),
            "its feed": command("--serve", root, kept, "morning/feed.xml"),
            "a page": command("--serve", root, kept, f"morning/{yesterday}/"),
            "its index": command("--serve", root, kept, ""),
            "first published": command("--publish", root),
            "one more": command("--publish", root),
        }
        subprocess.run([sys.executable, "-c", "import newsexport.serving.editions"], check=True)
        for name, run in runs.items():
            took = measured(run)
            print(
                f"{name:<16} {took.seconds:6.2f} s, {took.processor:6.2f} s of processor, "
                f"{took.memory / 1e6:.0f} MB",
                flush=True,
            )


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
