"""The program as its users start it, on this machine as it is or with the traits of another."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TRAITS = Path(__file__).with_name("traits")

# Seconds after which a test gives up; nothing here takes a tenth of that.
PATIENCE = 120

CONFIGURATION = """\
[library]
folder = "library"

[paper.systems]
title = "The Morning"
timezone = "Europe/Berlin"
sources = ["news"]
keep = 1

[paper.systems.epub]

[paper.systems.audio]
engine = "espeak"

[[paper.systems.deliver]]
by = "folder"
path = "player"
"""
STORY = "---\r\ntitle: {title}\r\ndate: {date}\r\n---\r\n\r\n{text}\r\n"


@dataclass(frozen=True, slots=True)
class Done:
    """What a run left: its exit code and what it printed, as a console of the system shows it."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Machine:
    """A place to run the program in; `windows` puts the traits of Windows on Python."""

    room: Path
    windows: bool

    @property
    def encoding(self) -> str:
        """That of a console to which output is redirected there."""
        return "cp1252" if self.windows or sys.platform == "win32" else "utf-8"

    def environment(self, **more: str) -> dict[str, str]:
        """What every process is started with: folders of its own, time zones from the package alone."""
        here = {f"XDG_{kind}_HOME": str(self.room / kind.lower()) for kind in ("STATE", "CACHE", "CONFIG")}
        lane = {"PYTHONPATH": str(TRAITS)} if self.windows else {}
        console = {"PYTHONUTF8": "0", "PYTHONIOENCODING": self.encoding, "PYTHONTZPATH": ""}
        return {**os.environ, **here, **lane, **console, "SOURCE_DATE_EPOCH": "1795996800", **more}

    def python(self, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
        """A Python there, whose output can be read."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=self.room,
            env=self.environment(**more),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            creationflags=getattr(
                subprocess, "CREATE_NEW_PROCESS_GROUP", 0
            ),  # so that it alone is interrupted
        )

    def done(self, process: subprocess.Popen[bytes]) -> Done:
        """What it leaves when it ends, line ends as they are in Python."""
        out, err = process.communicate(timeout=PATIENCE)
        told = [part.decode(self.encoding).replace("\r\n", "\n") for part in (out, err)]
        return Done(process.returncode, *told)

    def newsexport(self, *arguments: str, **more: str) -> Done:
        """``newsexport("text", "news")``, to its end."""
        return self.done(self.python("-m", "newsexport", *arguments, **more))

    def story(self, title: str, text: str, name: str = "", date: str = "2026-11-24") -> None:
        """An article as an editor of Windows saves it: a mark at the beginning, two characters at line ends."""
        path = self.room / "news" / f"{name or title}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(STORY.format(title=title, text=text, date=date).encode("utf-8-sig"))

    def configuration(self) -> None:
        """A plan, saved in the same way."""
        text = CONFIGURATION.replace("\n", "\r\n")
        (self.room / "newsexport.toml").write_bytes(text.encode("utf-8-sig"))

    @contextmanager
    def serving(self) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
        """A server of the library as long as the block lasts, and its address on this machine."""
        process = self.python("-m", "newsexport", "serve", "--port", "0", "--json")
        assert process.stdout is not None
        try:
            told = json.loads(process.stdout.readline())
            yield process, f"http://127.0.0.1:{told['port']}/"
        finally:
            process.kill()
            process.communicate()


def interrupt(process: subprocess.Popen[bytes]) -> None:
    """What a terminal does for Ctrl-C; on Windows, where that is for all at the console, Ctrl-Break."""
    if sys.platform == "win32":
        process.send_signal(signal.CTRL_BREAK_EVENT)
    else:
        process.send_signal(signal.SIGINT)


def ctrl_break(process: subprocess.Popen[bytes]) -> None:
    """Ctrl-Break, by the number that it has there, as the traits imitate it."""
    if sys.platform == "win32":
        process.send_signal(signal.CTRL_BREAK_EVENT)
    else:
        process.send_signal(21)
