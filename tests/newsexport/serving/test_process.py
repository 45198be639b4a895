"""The command as its users start it: a process of its own, ended by a signal."""

import hashlib
import json
import os
import pty
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.newsexport.serving.serving_rigs import publish
from tests.newsexport.serving.test_koreader import KoReader
from typer.testing import CliRunner

from newsexport.cli.app import app

COMMAND = [sys.executable, "-m", "newsexport", "serve"]
LONG = 30_000_000

CONFIGURATION = """
[library]
folder = "{folder}"

[paper.morning]
title = "Morning"
at = "06:15"
sources = ["articles"]

[paper.morning.epub]
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = tmp_path / "library"
    publish(root, "morning", {"morning.3fa9c1d0.mp3": os.urandom(LONG)})
    return root


def heeding() -> None:
    """Heed Ctrl-C, which a shell has its background jobs ignore, and them the programs they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@dataclass
class Started:
    process: subprocess.Popen[str]
    told: dict[str, Any]

    @property
    def address(self) -> str:
        """The address on this machine."""
        return str(self.told["addresses"][-1])

    def end(self, sign: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """The exit code, and everything that was told after the addresses."""
        self.process.send_signal(sign)
        output, errors = self.process.communicate(timeout=60)
        return self.process.returncode, output + errors


def started(library: Path, *arguments: str) -> AbstractContextManager[Started]:
    return started_as([*COMMAND, str(library), "--port", "0", "--json", *arguments])


@contextmanager
def started_as(command: list[str]) -> Iterator[Started]:
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heeding,  # noqa: PLW1509 - nothing of ours runs between fork and exec but this
    )
    assert process.stdout is not None
    with process:
        try:
            yield Started(process, json.loads(process.stdout.readline()))
        finally:
            process.kill()


def get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=60) as response:
        return bytes(response.read())


@pytest.mark.slow
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_told_with_listeners_attached(library: Path, sign: signal.Signals) -> None:
    with started(library) as server:
        port = server.told["port"]
        listeners = []
        for _ in range(20):
            listener = socket.create_connection(("127.0.0.1", port), timeout=60)
            listener.sendall(
                b"GET /morning/2026-11-25/morning.3fa9c1d0.mp3 HTTP/1.1\r\nHost: localhost\r\n\r\n"
            )
            assert listener.recv(1000)
            listeners.append(listener)
        idle = socket.create_connection(("127.0.0.1", port), timeout=60)
        code, told = server.end(sign)
        for each in (*listeners, idle):
            each.close()
    assert code == 0
    assert "Traceback" not in told and "Exception" not in told


def test_on_this_machine_there_is_no_token_and_nobody_else(library: Path) -> None:
    with started(library) as server:
        port = server.told["port"]
        assert server.told["addresses"] == [f"http://localhost:{port}/"]
        assert get(server.address).startswith(b"<!DOCTYPE html>")
        listening = Path("/proc/net/tcp").read_text("utf-8")
        bound = [line.split()[1] for line in listening.splitlines() if f":{port:04X} 00000000:0000" in line]
        assert bound == [f"0100007F:{port:04X}"]


@pytest.mark.slow
def test_with_lan_a_token_is_needed_that_stays_the_same(library: Path, tmp_path: Path) -> None:
    token_file = tmp_path / "state" / "newsexport" / "serve-token"
    with started(library, "--lan", "--verbose") as server:
        token = token_file.read_text().strip()
        assert stat.S_IMODE(token_file.stat().st_mode) == 0o600
        assert all(address.endswith(f"/{token}/") for address in server.told["addresses"])
        get(server.address)
        for wrong in (f"/{token}x/", f"/{token[:-1]}/", "/"):
            with pytest.raises(urllib.error.HTTPError, match="404"):
                get(f"http://localhost:{server.told['port']}{wrong}")
        _, told = server.end()
    assert "GET" in told
    assert token not in told and token[:-1] not in told
    with started(library, "--lan") as server:
        assert server.address.endswith(f"/{token}/")
    with started(library, "--lan", "--new-token") as server:
        assert token not in server.address


def test_behind_a_proxy_a_token_is_needed_too(library: Path) -> None:
    with started(library, "--base", "https://paper.example.org") as server:
        first, here = server.told["addresses"]
        token = re.fullmatch(r"https://paper\.example\.org/([\w-]+)/", first)
        assert token
        asked = urllib.request.Request(here, headers={"Host": "paper.example.org"})
        assert f"https://paper.example.org/{token[1]}/".encode() in get_of(asked)


def get_of(request: urllib.request.Request) -> bytes:
    with urllib.request.urlopen(request, timeout=60) as response:
        return bytes(response.read())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--base", "paper.example.org"], "is no address"),
        (["--base", "ftp://paper.example.org/"], "is no address"),
        (["--base", "https://paper.example.org/?a=b"], "is no address"),
        (["--base", "https://[paper/"], "is no address"),
        (["--base", "https://paper.example.org:port/"], "is no address"),
        (["--mdns"], "goes with --lan"),
        (["--lan", "--no-lan", "--mdns"], "goes with --lan"),
    ],
)
def test_what_makes_no_sense_is_told_in_one_line(library: Path, arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(app, ["serve", str(library), "--port", "0", *arguments])
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_library_that_is_not_there_and_a_port_that_is_taken(library: Path) -> None:
    done = CliRunner().invoke(app, ["serve", "nowhere"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("newsexport: nowhere: there is no such folder")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = CliRunner().invoke(app, ["serve", str(library), "--port", port])
    assert (done.exit_code, done.stdout) == (2, "")
    told = f"newsexport: port {port}: something else listens there already; --port chooses another\n"
    assert done.stderr == told


@pytest.mark.slow
def test_apps_tell_it_what_was_read_where_that_is_wanted(library: Path, tmp_path: Path) -> None:
    state = tmp_path / "state" / "newsexport"
    with started(library, "--progress") as server:
        token = (state / "serve-token").read_text().strip()
        assert server.address == f"http://localhost:{server.told['port']}/"  # which may be read without it
        key = hashlib.md5(token.encode()).hexdigest()
        assert KoReader(server.told["port"], key=key).push()[0] == 200
        assert KoReader(server.told["port"], key="").push()[0] == 401
        _, told = server.end()
    assert token not in told
    assert stat.S_IMODE((state / "reading.sqlite3").stat().st_mode) == 0o600
    with started(library) as server:
        assert KoReader(server.told["port"], key=key).push()[0] == 405


@pytest.mark.slow
def test_what_is_published_while_it_serves_is_served(library: Path) -> None:
    with started(library) as server:
        assert b"Evening" not in get(server.address)
        publish(library, "evening", {"evening.9c1d03fa.mp3": b"sound"})
        page = b""
        for _ in range(600):
            if b"Evening" in (page := get(server.address)):
                break
            time.sleep(0.05)
        assert b"Evening" in page
        assert get(f"{server.address}evening/2026-11-25/evening.9c1d03fa.mp3") == b"sound"


# A character of the code on a terminal is two modules, one above the other; drawn is what is light.
LIGHT = {" ": (0, 0), "\u2580": (255, 0), "\u2584": (0, 255), "\u2588": (255, 255)}


@pytest.mark.slow
@pytest.mark.parametrize(("what", "kept"), [("", "serve-token"), ("--inbox", "inbox-token")])
def test_a_telephone_reads_the_address_off_the_terminal(
    library: Path, tmp_path: Path, what: str, kept: str
) -> None:
    import zxingcpp

    ours, theirs = pty.openpty()
    command = [*COMMAND, what or str(library), "--lan", "--port", "0"]
    process = subprocess.Popen(command, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = ""
    try:
        with os.fdopen(ours, encoding="utf-8", newline="\r\n") as terminal:
            while not shown.endswith("\u2580\u2580\r\n"):
                shown += terminal.readline()
    finally:
        process.terminate()
        process.wait(60)
    lines = shown.split("\r\n")
    drawn = [line for line in lines if line and set(line) <= set(LIGHT)]
    rows = [[LIGHT[character][half] for character in line] for line in drawn for half in (0, 1)]
    picture = Image.new("L", (len(rows[0]), len(rows)))
    picture.putdata([value for row in rows for value in row])
    (found,) = zxingcpp.read_barcodes(picture.resize((picture.width * 4, picture.height * 4), 0))
    assert found.text == lines[0]
    assert f"/{(tmp_path / 'state' / 'newsexport' / kept).read_text().strip()}/" in found.text


@pytest.mark.slow
def test_the_library_is_that_of_the_configuration(library: Path, tmp_path: Path) -> None:
    configuration = tmp_path / "newsexport.toml"
    configuration.write_text(CONFIGURATION.format(folder=library.as_posix()))
    command = [*COMMAND, "--config", str(configuration), "--port", "0", "--json"]
    with started_as(command) as server:
        assert b"Morning" in get(server.address)
        assert b'rrule="FREQ=DAILY"' in get(f"{server.address}morning/feed.xml")
    configuration.write_text("[library]\nfolder = 7\n")
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "newsexport.toml" in done.stdout and "folder" in done.stdout


@pytest.mark.slow
def test_the_configuration_says_how_it_is_served_unless_an_option_does(library: Path, tmp_path: Path) -> None:
    configuration = tmp_path / "newsexport.toml"
    wanted = '[serve]\nport = 0\nlan = true\nbase = "https://paper.example.org/news"\n'
    configuration.write_text(wanted + CONFIGURATION.format(folder=library.as_posix()))
    command = [*COMMAND, "--config", str(configuration), "--json"]
    with started_as(command) as server:
        token = (tmp_path / "state" / "newsexport" / "serve-token").read_text().strip()
        assert server.told["addresses"][0] == f"https://paper.example.org/news/{token}/"
        assert server.address.endswith(f"/{token}/")
        assert server.told["port"] not in {0, 8642}
    with started_as([*command, "--no-lan", "--base", ""]) as server:
        assert server.told["addresses"] == [f"http://localhost:{server.told['port']}/"]
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        configuration.write_text(configuration.read_text().replace("port = 0", f"port = {port}"))
        done = CliRunner().invoke(app, ["serve", "--config", str(configuration)])
        assert f"port {port}: something else listens there" in done.stderr
        with started_as([*command, "--port", "0"]) as server:
            assert server.told["port"] != port
        with started(library) as server:  # a folder that is named is served as the options say
            assert len(server.told["addresses"]) == 1
