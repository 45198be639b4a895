"""The programs of the system that tests call: the only list of them.

    python3 tests/machine/system_tools.py

prints the Debian packages of those that are not on this machine, which `.ci/run` installs. Elsewhere
a test whose program is missing is skipped with the reason; in continuous integration it fails.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NoReturn


@dataclass(frozen=True)
class Tool:
    """A program: the packages of Debian it comes in, what for, what else it may be called, a variable that says where.

    Some lie in `folders` (a pattern) that are on nobody's path. What is started only `by_hand` is needed by a
    script that says so, and by no test.
    """

    packages: tuple[str, ...]
    purpose: str
    aliases: tuple[str, ...] = ()
    variable: str = ""
    folders: str = ""
    by_hand: bool = False


TOOLS: Mapping[str, Tool] = {
    "bash": Tool(("bash",), "runs a step of a workflow as GitHub does"),
    "chromium": Tool(
        ("chromium", "fonts-noto-core", "libatomic1"),  # the last for the Node that playwright brings
        "shows books and pages",
        ("chromium-browser", "google-chrome"),
        "CHROMIUM",
    ),
    "initdb": Tool(
        ("postgresql",), "makes a database for Tiny Tiny RSS", folders="/usr/lib/postgresql/*/bin"
    ),
    "dovecot": Tool(("dovecot-imapd",), "is a mailbox that letters are fetched from"),
    "mcopy": Tool(("mtools",), "puts files on a FAT file system without mounting it"),
    "mformat": Tool(("mtools",), "makes a FAT file system"),
    "mkdir": Tool(("coreutils",), "is typed in a guide"),
    "mount": Tool(("mount",), "makes a disk so small that it is full"),
    "pg_ctl": Tool(("postgresql",), "starts that database", folders="/usr/lib/postgresql/*/bin"),
    "php": Tool(("php-cli", "php-pgsql", "php-mbstring", "php-xml", "php-intl"), "runs Tiny Tiny RSS"),
    "psql": Tool(("postgresql",), "puts articles into that database", folders="/usr/lib/postgresql/*/bin"),
    "rsync": Tool(("rsync",), "is typed in a guide"),
    "sed": Tool(("sed",), "is typed in a guide"),
    "sh": Tool(("dash",), "takes what a guide or a crontab says"),
    "strace": Tool(("strace",), "kills a run at a chosen call of the kernel"),
    "systemd-analyze": Tool(("systemd",), "reads the calendar of a timer"),
    "tt-rss": Tool(
        (
            "tt-rss",
            "dbconfig-no-thanks",
            "php-cgi",
        ),  # the last two in place of a database server and of Apache
        "is asked as a service",
        ("update.php",),
        folders="/usr/share/tt-rss/www",
    ),
    "umount": Tool(("mount",), "takes such a disk away"),
    "gpo": Tool(("gpodder",), "subscribes to a feed as gPodder", by_hand=True),
    "luajit": Tool(("luajit",), "reads a catalogue as KOReader does", by_hand=True),
    "trang": Tool(("trang",), "turns the schema of OPDS into another form", by_hand=True),
}


class ToolMissingError(RuntimeError):
    """A program that a test asks for is not on this machine."""


def find(program: str) -> str:
    """Where a program of `TOOLS` is.

    Raises:
        ToolMissingError: it is not here.
    """
    tool = TOOLS[program]
    names = (os.environ.get(tool.variable), program, *tool.aliases)
    places = os.pathsep.join((os.environ.get("PATH", os.defpath), *_folders(tool.folders)))
    found = next((path for name in names if name and (path := shutil.which(name, path=places))), None)
    if found is None:
        raise ToolMissingError(
            f"no {program}, which {tool.purpose} (Debian: apt-get install {' '.join(tool.packages)})"
        )
    return found


def _folders(pattern: str) -> list[str]:
    """The folders that an absolute pattern is of, the newest version first."""
    return sorted(map(str, Path("/").glob(pattern.lstrip("/"))), reverse=True) if pattern else []


def needed(program: str) -> str:
    """Where a program of `TOOLS` is; without it the test ends here, as `lacking` says."""
    try:
        return find(program)
    except ToolMissingError as missing:
        lacking(str(missing))


def lacking(reason: str) -> NoReturn:
    """End a test for want of something on this machine: skipped, but failed in continuous integration."""
    import pytest

    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def strace() -> str:
    """Where strace is, if it is allowed to watch a process here; not every container lets it."""
    program = needed("strace")
    if refusal := _refusal_to_trace(program):
        lacking(f"strace may not watch a process here: {refusal}")
    return program


@cache
def _refusal_to_trace(program: str) -> str:
    command = [program, "-qq", "-f", "-o", os.devnull, sys.executable, "-c", ""]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return (done.stderr.strip().splitlines() or ["it says nothing"])[-1] if done.returncode else ""


@contextmanager
def small_disk(folder: Path, options: str) -> Iterator[Path]:
    """A file system of its own in that folder while the block lasts, of the size that tmpfs's `options` say."""
    mount, umount = needed("mount"), needed("umount")
    folder.mkdir(exist_ok=True)
    command = [mount, "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        lacking(f"no file system may be mounted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run([umount, "-l", str(folder)], check=True)


def resized(disk: Path, options: str) -> None:
    """Give a file system that `small_disk` made another size."""
    subprocess.run([needed("mount"), "-o", f"remount,{options}", str(disk)], check=True)


def missing_packages() -> list[str]:
    """The Debian packages of the programs that tests need and that are not here."""
    packages: dict[str, None] = {}
    for program, tool in TOOLS.items():
        if not tool.by_hand:
            try:
                find(program)
            except ToolMissingError:
                packages |= dict.fromkeys(tool.packages)
    return list(packages)


if __name__ == "__main__":
    for package in missing_packages():
        print(package)  # noqa: T201 - that is what it is for
