"""Voices of Piper's catalogue: the whole program against a catalogue on loopback, and what can go wrong on the way."""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.machine.system_tools import resized, small_disk
from tests.newsexport.engines.test_piper import build_voice

from newsexport.net.download import PORTION
from newsexport.speech import VOICES_VARIABLE

pytest.importorskip("piper")
pytestmark = pytest.mark.slow

NAME, OTHER = "de_DE-thor-high", "de_DE-thor-low"
CARD = "# Model card\n\n* Samplerate: 16,000Hz\n\n* License: CC0\n"
# However a test goes wrong, the server waits no longer than this for it.
BOUND = 20.0


@dataclass
class Host:
    """What a test sees of the server, and tells it."""

    address: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    cuts: bool = False
    wait_for: threading.Event | None = None

    @property
    def model(self) -> str:
        return f"/de/de_DE/thor/high/{NAME}.onnx"

    def ranges(self) -> list[str]:
        return [asked for path, asked in self.asked if path == self.model]


@contextmanager
def host() -> Iterator[Host]:
    told = Host()

    class Keeper(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            told.asked.append((self.path, self.headers.get("Range", "")))
            body, code = told.files.get(self.path, b""), 200 if self.path in told.files else 404
            if asked := re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", "")):
                first, last = map(int, asked.groups())
                body, code = body[first : last + 1], 206 if first < len(body) else 416
                if first and told.wait_for:
                    told.wait_for.wait(BOUND)
            self.send_response(code)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if told.cuts and len(body) > 100_000 and asked and int(asked[1]):
                self.wfile.write(body[:100_000])
                self.close_connection = True
                return
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Keeper) as server:
        told.address = f"http://127.0.0.1:{server.server_address[1]}/voices.json"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield told
        finally:
            if told.wait_for:
                told.wait_for.set()
            server.shutdown()
            thread.join(10)


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """Two German voices, the better of which has to be fetched in three portions."""
    import onnx

    for name in (NAME, OTHER):
        build_voice(tmp_path, name, espeak={"voice": "de"})
    large = onnx.load(str(tmp_path / f"{NAME}.onnx"))
    large.doc_string = "x" * (2 * PORTION + 1000)
    onnx.save(large, str(tmp_path / f"{NAME}.onnx"))
    with host() as told:
        listed = {}
        for name in (NAME, OTHER):
            place = f"de/de_DE/thor/{name.rpartition('-')[2]}"
            files = {
                f"{place}/{each}": (tmp_path / each).read_bytes()
                for each in (f"{name}.onnx", f"{name}.onnx.json")
            }
            files[f"{place}/MODEL_CARD"] = CARD.encode()
            told.files |= {f"/{path}": data for path, data in files.items()}
            listed[name] = {
                "files": {
                    path: {"size_bytes": len(data), "md5_digest": hashlib.md5(data).hexdigest()}
                    for path, data in files.items()
                }
            }
        told.files["/voices.json"] = json.dumps(listed).encode()
        monkeypatch.setenv("NEWSEXPORT_PIPER_CATALOGUE", told.address)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.delenv("NEWSEXPORT_PIPER_VOICES", raising=False)
        yield told


def command(tmp_path: Path, *arguments: str) -> tuple[list[str], dict[str, str]]:
    environment = os.environ | {"XDG_DATA_HOME": str(tmp_path / "data")}
    environment.pop(VOICES_VARIABLE, None)
    return [sys.executable, "-m", "newsexport", *arguments], environment


def newsexport(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    asked, environment = command(tmp_path, *arguments)
    return subprocess.run(asked, env=environment, capture_output=True, text=True, timeout=120, check=False)


def kept(tmp_path: Path) -> Path:
    return tmp_path / "data" / "newsexport" / "voices" / "piper"


def is_whole(tmp_path: Path, catalogue: Host) -> bool:
    folder = kept(tmp_path)
    names = sorted(path.name for path in folder.glob("[!.]*"))
    return (
        names == [f"{NAME}.onnx", f"{NAME}.onnx.json"]
        and (folder / f"{NAME}.onnx").read_bytes() == catalogue.files[catalogue.model]
    )


def test_voices_of_a_language_are_listed_and_one_is_fetched_and_speaks(
    catalogue: Host, tmp_path: Path
) -> None:
    several = newsexport(tmp_path, "voices", "--get", "de")
    assert several.returncode == 2
    assert several.stderr.splitlines()[-1].endswith("there are several; name one of these voices")
    assert not catalogue.ranges(), "nothing is fetched that nobody chose"
    rows = [line for line in several.stdout.splitlines() if "piper" in line]
    assert [re.split(r"\s{2,}", row.strip())[:6] for row in rows] == [
        ["de-DE", "piper", NAME, "8.0 MB", "CC0", "16000 Hz"],
        ["de-DE", "piper", OTHER, "0.0 MB", "CC0", "16000 Hz"],
    ]
    ended = newsexport(tmp_path, "voices", "--get", NAME)
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr.splitlines()[0].endswith(
        f"de-DE, piper, {NAME}, 8.0 MB, CC0, 16000 Hz, {catalogue.address[7:-12]}, 800 MB of memory for each process"
    )
    assert is_whole(tmp_path, catalogue)
    listed = newsexport(tmp_path, "voices", "--language", "de", "--offline")
    assert NAME in listed.stdout and f"de: {NAME} (on this machine)" in listed.stderr
    spoken = newsexport(
        tmp_path, "say", "Guten Tag.", "--language", "de", "--voice", NAME, "-o", str(tmp_path / "y.wav")
    )
    assert spoken.returncode == 0, spoken.stderr


def test_a_voice_that_is_not_here_yet_is_told_without_asking_anybody(catalogue: Host, tmp_path: Path) -> None:
    ended = newsexport(tmp_path, "say", "Guten Tag.", "--language", "de", "--voice", NAME, "-o", "x.wav")
    assert ended.returncode == 4
    assert f"{NAME} is not here yet; `newsexport voices --get {NAME}` may bring it" in ended.stderr
    assert not catalogue.asked


def test_offline_nothing_is_asked(catalogue: Host, tmp_path: Path) -> None:
    ended = newsexport(tmp_path, "voices", "--get", "de", "--offline")
    assert ended.returncode == 2 and not catalogue.asked
    assert ended.stderr.splitlines()[-1].endswith("has to ask the network, and the run is offline")


def test_what_breaks_off_in_the_middle_is_gone_on_with(catalogue: Host, tmp_path: Path) -> None:
    catalogue.cuts = True
    broken = newsexport(tmp_path, "voices", "--get", NAME)
    assert broken.returncode == 1 and NAME in broken.stderr.splitlines()[-1]
    assert [path.name for path in kept(tmp_path).glob("[!.]*")] == [f"{NAME}.onnx.part"]
    catalogue.cuts = False
    catalogue.asked.clear()
    assert newsexport(tmp_path, "voices", "--get", NAME).returncode == 0
    assert catalogue.ranges()[0].startswith(f"bytes={PORTION}-")
    assert is_whole(tmp_path, catalogue)


def test_a_process_that_is_killed_leaves_what_the_next_goes_on_with(catalogue: Host, tmp_path: Path) -> None:
    catalogue.wait_for = threading.Event()
    asked, environment = command(tmp_path, "voices", "--get", NAME)
    with subprocess.Popen(asked, env=environment, stderr=subprocess.DEVNULL) as process:
        until = time.monotonic() + BOUND
        while len(catalogue.ranges()) < 2 and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    assert [path.name for path in kept(tmp_path).glob("[!.]*")] == [f"{NAME}.onnx.part"]
    catalogue.wait_for.set()
    catalogue.asked.clear()
    assert newsexport(tmp_path, "voices", "--get", NAME).returncode == 0
    assert catalogue.ranges()[0].startswith(f"bytes={PORTION}-")
    assert is_whole(tmp_path, catalogue)


def test_two_that_fetch_at_once_end_with_one_file(catalogue: Host, tmp_path: Path) -> None:
    catalogue.wait_for = threading.Event()
    asked, environment = command(tmp_path, "voices", "--get", NAME)
    both = [subprocess.Popen(asked, env=environment, stderr=subprocess.DEVNULL) for _ in range(2)]
    threading.Timer(3.0, catalogue.wait_for.set).start()
    assert [process.wait(60) for process in both] == [0, 0]
    assert is_whole(tmp_path, catalogue)
    assert len(catalogue.ranges()) == 3, "the second waited for the first"


def test_the_beginning_of_another_file_costs_a_download_and_no_more(catalogue: Host, tmp_path: Path) -> None:
    kept(tmp_path).mkdir(parents=True)
    (kept(tmp_path) / f"{NAME}.onnx.part").write_bytes(b"?" * 5000)
    assert newsexport(tmp_path, "voices", "--get", NAME).returncode == 0
    assert is_whole(tmp_path, catalogue)


def test_a_voice_that_is_there_is_not_fetched_again_unless_it_is_another(
    catalogue: Host, tmp_path: Path
) -> None:
    newsexport(tmp_path, "voices", "--get", NAME)
    catalogue.asked.clear()
    assert newsexport(tmp_path, "voices", "--get", NAME).returncode == 0
    assert not catalogue.ranges()
    (kept(tmp_path) / f"{NAME}.onnx").write_bytes(b"an older one")
    assert newsexport(tmp_path, "voices", "--get", NAME).returncode == 0
    assert is_whole(tmp_path, catalogue)


@pytest.mark.parametrize("other", ["another hash", "longer", "shorter"])
def test_another_file_than_was_promised_is_not_kept(catalogue: Host, tmp_path: Path, other: str) -> None:
    right = catalogue.files[catalogue.model]
    wrong = {"another hash": right[:-1] + b"!", "longer": right + b"x", "shorter": right[:-7]}[other]
    listed = json.loads(catalogue.files["/voices.json"])
    if other == "longer":  # than the catalogue says, whose hash is that of what is sent
        told = listed[NAME]["files"][catalogue.model[1:]]
        told["md5_digest"] = hashlib.md5(wrong).hexdigest()
        catalogue.files["/voices.json"] = json.dumps(listed).encode()
    catalogue.files[catalogue.model] = wrong
    ended = newsexport(tmp_path, "voices", "--get", NAME)
    assert ended.returncode == 1
    last = ended.stderr.splitlines()[-1]
    assert f"{NAME}: 127.0.0.1" in last and "promised" in last
    assert not list(kept(tmp_path).glob("*.onnx"))
    assert "promised" not in newsexport(tmp_path, "voices", "--language", "de", "--engine", "piper").stdout


def test_a_disk_that_is_full_is_told_and_gone_on_with(catalogue: Host, tmp_path: Path) -> None:
    kept(tmp_path).parent.mkdir(parents=True)
    with small_disk(kept(tmp_path), "size=5m") as full:
        ended = newsexport(tmp_path, "voices", "--get", NAME)
        assert ended.returncode == 6
        assert f"{NAME}.onnx: No space left on device" in ended.stderr
        assert [path.name for path in full.glob("[!.]*")] == [f"{NAME}.onnx.part"]
        resized(full, "size=20m")
        assert newsexport(tmp_path, "voices", "--get", NAME).returncode == 0
        assert is_whole(tmp_path, catalogue)


def test_a_catalogue_that_cannot_be_had_is_told(catalogue: Host, tmp_path: Path) -> None:
    del catalogue.files["/voices.json"]
    ended = newsexport(tmp_path, "voices", "--get", "de")
    assert ended.returncode == 1
    assert re.search(r"--get de: piper: 127\.0\.0\.1:\d+ answers 404", ended.stderr.splitlines()[-1])
    assert newsexport(tmp_path, "voices", "--get", "en-GB").returncode == 2, (
        "hibari's are to be had all the same"
    )
