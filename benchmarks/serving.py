"""What a server costs while many listen: memory, processor, and whether anybody waits.

`newsexport serve` serves a library with one sound of random bytes; so many listeners in another
process read it at a megabyte a second each, or as fast as they can with --rate 0, for so many
seconds. Told are what arrived, the most memory that the server had (VmHWM), its processor time
and the files it has open at the end.

    python benchmarks/serving.py --listeners 200 --rate 1000000 --seconds 20
    python benchmarks/serving.py --aborts 1000
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

SIZE = 300_000_000
PATH = "morning/2026-11-25/morning.3fa9c1d0.mp3"
ASK = f"GET /{PATH} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


@dataclass
class Counted:
    bytes: int = 0
    bites: int = 0
    late: int = 0


async def listener(port: int, rate: int, until: float, counted: Counted) -> None:
    """Read at a steady rate, in bites of a quarter second, and begin again at the end of the file."""
    while time.monotonic() < until:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 18)
        writer.write(ASK)
        due = time.monotonic()
        while time.monotonic() < until:
            due, got = due + 0.25, 0
            bite = rate // 4 or 1 << 20
            while got < bite and (chunk := await reader.read(min(1 << 16, bite - got))):
                got += len(chunk)
            counted.bytes += got
            if got < bite:
                break
            pause = due - time.monotonic()
            counted.bites += 1
            counted.late += bool(rate) and pause < 0
            if rate and pause > 0:
                await asyncio.sleep(pause)
        writer.close()


async def listen_all(port: int, listeners: int, rate: int, seconds: float) -> Counted:
    counted = Counted()
    until = time.monotonic() + seconds
    await asyncio.gather(*(listener(port, rate, until, counted) for _ in range(listeners)))
    return counted


def abort(port: int, times: int) -> None:
    for number in range(times):
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(ASK)
            connection.recv(1 + number % 100_000)


def facts(pid: int) -> str:
    status = dict(
        line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line
    )
    ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    seconds = (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")
    files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    most = int(status["VmHWM"].split()[0]) / 1000
    return f"most memory {most:.0f} MB, processor {seconds:.1f} s, {files} open"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--listeners", type=int, default=200)
    parser.add_argument("--rate", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--aborts", type=int, default=0)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        publish(Path(folder))
        measure(args, folder)


def publish(root: Path) -> None:
    """A library with one issue of one sound."""
    from newsexport.library.issue import FileRole, Issue, IssueFile, Paper
    from newsexport.library.manifest import issue_json, paper_json

    target = root / PATH
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        for _ in range(SIZE // 1_000_000):
            file.write(os.urandom(1_000_000))
    paper = Paper("morning", "Morning")
    sound = IssueFile(target.name, FileRole.SOUND, "audio/mpeg", SIZE, hashlib.sha256().hexdigest(), 3600)
    day = datetime(2026, 11, 25, tzinfo=UTC)
    issue = Issue(str(uuid4()), "morning", "Morning", day.date(), day, "en", "", (), (sound,))
    (root / "morning" / "paper.json").write_bytes(paper_json(paper))
    (target.parent / "issue.json").write_bytes(issue_json(issue))


def measure(args: argparse.Namespace, folder: str) -> None:
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "newsexport",
        "serve",
        folder,
        "--port",
        str(port),
        "--connections",
        "2000",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        print(f"at rest: {facts(process.pid)}")
        begun = time.monotonic()
        if args.aborts:
            abort(port, args.aborts)
            time.sleep(1)
            print(f"{args.aborts} left in the middle: {facts(process.pid)}")
        else:
            counted = asyncio.run(listen_all(port, args.listeners, args.rate, args.seconds))
            took = time.monotonic() - begun
            print(f"{args.listeners} listeners, {counted.bytes / took / 1e6:.0f} MB/s in all, ", end="")
            print(f"{counted.late} of {counted.bites} bites late: {facts(process.pid)}")
    finally:
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        code = process.wait(20)
        print(f"ended with {code} after {time.monotonic() - begun:.1f} s")


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return


if __name__ == "__main__":
    main()
