"""What gPodder makes of a feed: it subscribes, downloads, and keeps chapters.

    python tests/serving/gpodder.py http://localhost:8642/morning/feed.xml

gPodder is a program of its own (Debian: apt-get install --no-install-recommends gpodder). It is started
with a home that is removed afterwards.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Episode:
    """One episode as gPodder's database has it, and the file it downloaded."""

    title: str
    guid: str
    url: str
    size: int
    type: str
    seconds: int
    published: int
    chapters: tuple[tuple[float, str], ...]
    file: bytes


def subscribed(feed: str, home: Path) -> list[Episode]:
    """Subscribe to a feed and download all of it, newest first."""
    _gpo(home, "subscribe", feed)
    _gpo(home, "download", feed)
    with sqlite3.connect(home / "Database") as database:
        rows = database.execute(
            "select title, guid, url, file_size, mime_type, total_time, published, chapters, download_filename,"
            " (select download_folder from podcast where podcast.id = podcast_id)"
            " from episode order by published desc"
        ).fetchall()
    database.close()
    return [
        Episode(*row[:7], _chapters(row[7]), (home / "Downloads" / row[9] / row[8]).read_bytes())
        for row in rows
    ]


def _gpo(home: Path, *command: str) -> str:
    environment = os.environ | {"GPODDER_HOME": str(home), "LC_ALL": "C.UTF-8"}
    program = shutil.which("gpo")
    if program is None:
        raise FileNotFoundError("no gPodder: apt-get install --no-install-recommends gpodder")
    done = subprocess.run(
        [program, *command], env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    if done.returncode:
        raise RuntimeError(f"gpo {' '.join(command)}: {done.stdout}{done.stderr}")
    return done.stdout


def _chapters(written: str | None) -> tuple[tuple[float, str], ...]:
    return tuple((each["start"], each["title"]) for each in json.loads(written or "[]"))


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        for episode in subscribed(sys.argv[1], Path(home)):
            print(f"{episode.title}  {episode.guid}  {len(episode.file)} bytes  {episode.seconds} s")
            for start, title in episode.chapters:
                print(f"    {start:8.3f}  {title}")


if __name__ == "__main__":
    main()
