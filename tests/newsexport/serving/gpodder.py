"""What gPodder makes of a feed: it subscribes, downloads, and keeps chapters.

    python tests/newsexport/serving/gpodder.py http://localhost:8642/morning/feed.xml

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
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any


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
    with closing(sqlite3.connect(home / "Database")) as database, database:
        rows = database.execute(
            "select title, guid, url, file_size, mime_type, total_time, published, chapters,"
            " (select download_folder from podcast where podcast.id = podcast_id), download_filename"
            " from episode order by published desc"
        ).fetchall()
    database.close()
    return [_episode(row, home / "Downloads") for row in rows]


def _episode(row: tuple[Any, ...], downloads: Path) -> Episode:
    title, guid, url, size, type_, seconds, published, chapters, *place = row
    file = downloads.joinpath(*place).read_bytes()
    return Episode(title, guid, url, size, type_, seconds, published, _chapters(chapters), file)


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
            lines = [f"{episode.title}  {episode.guid}  {len(episode.file)} bytes  {episode.seconds} s"]
            lines += [f"    {start:8.3f}  {title}" for start, title in episode.chapters]
            sys.stdout.write("\n".join((*lines, "")))


if __name__ == "__main__":
    main()
