"""Voices that are fetched: the whole program against a server on loopback, whose files are made of the embedded voice."""

import hashlib
import json
import os
import re
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme
from tests.newsexport.engines.google_server import trusted

from newsexport.net import download as downloads
from newsexport.net.download import DownloadError, download
from newsexport.speech import VOICES_VARIABLE

pytest.importorskip("hibari")
pytestmark = pytest.mark.slow

SIZE = 9_000_000
FILE = bytes(range(256)) * (SIZE // 256)
DIGEST = f"sha256:{hashlib.sha256(FILE).hexdigest()}"


@dataclass
class Shelf:
    """What a test sees of the server, and tells it."""

    address: str = ""
    ranges: list[str] = field(default_factory=list)
    body: bytes = FILE
    fails_after: int = 100
    parts: bool = True
    leads: str = ""


@contextmanager
def shelf(context: ssl.SSLContext) -> Iterator[Shelf]:
    told = Shelf()

    class Keeper(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.ranges.append(self.headers.get("Range", ""))
            if told.leads and not self.path.endswith("?there"):
                self.answer(302, b"", Location=told.leads)
            elif len(told.ranges) > told.fails_after:
                self.answer(404, b"")
            elif told.parts and (asked := re.fullmatch(r"bytes=(\d+)-(\d+)", told.ranges[-1])):
                self.answer(206, told.body[int(asked[1]) : int(asked[2]) + 1])
            else:
                self.answer(200, told.body)

        def answer(self, code: int, body: bytes, **headers: str) -> None:
            self.send_response(code)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Keeper) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        told.address = f"https://localhost:{server.server_address[1]}/voice.onnx"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield told
        server.shutdown()
        thread.join(10)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))
    with shelf(trusted(authority)) as told:
        yield told


def test_a_file_comes_in_portions_and_is_whole(kept: Shelf, tmp_path: Path) -> None:
    told: list[int] = []
    target = tmp_path / "here" / "voice.onnx"
    download(kept.address, target, len(FILE), DIGEST, told.append)
    assert target.read_bytes() == FILE
    assert sum(told) == len(FILE) and len(kept.ranges) == 3
    assert [path.name for path in target.parent.glob("[!.]*")] == ["voice.onnx"]


def test_what_broke_off_is_gone_on_with(kept: Shelf, tmp_path: Path) -> None:
    kept.fails_after = 1
    with pytest.raises(DownloadError, match="answers 404"):
        download(kept.address, tmp_path / "v", len(FILE), DIGEST)
    assert not (tmp_path / "v").exists()
    kept.fails_after = 100
    download(kept.address, tmp_path / "v", len(FILE), DIGEST)
    assert (tmp_path / "v").read_bytes() == FILE
    assert kept.ranges[2].startswith(f"bytes={downloads.PORTION}-"), (
        "the first portion is not asked for again"
    )


def test_a_server_without_portions_and_one_that_leads_elsewhere_will_do(kept: Shelf, tmp_path: Path) -> None:
    kept.parts = False
    kept.leads = f"{kept.address}?there"
    download(kept.address, tmp_path / "v", len(FILE), DIGEST)
    assert (tmp_path / "v").read_bytes() == FILE


@pytest.mark.parametrize("wrong", [FILE[:-1] + b"!", FILE[:1000], b""])
def test_another_file_than_was_promised_is_not_kept(kept: Shelf, tmp_path: Path, wrong: bytes) -> None:
    kept.body = wrong
    with pytest.raises(DownloadError, match=r"localhost:\d+ sent"):
        download(kept.address, tmp_path / "v", len(FILE), DIGEST)
    assert not (tmp_path / "v").exists()


def test_nothing_is_fetched_from_where_nobody_can_be_sure_who_it_is(kept: Shelf, tmp_path: Path) -> None:
    kept.leads = "http://localhost:1/voice.onnx"
    with pytest.raises(DownloadError, match="not https"):
        download(kept.address, tmp_path / "v", len(FILE), DIGEST)


# The program, with a package whose list leads to our server.

SITE = """
import json, os
from hibari import voices
told = json.loads(os.environ["TEST_VOICE"])
voices.BASE_URL = told.pop("base")
voices.VOICES["emma"].update(told)
"""


def newsexport(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "sitecustomize.py").write_text(SITE, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    environment.pop(VOICES_VARIABLE, None)
    command = [sys.executable, "-m", "newsexport", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_a_voice_is_fetched_and_found_from_then_on(
    kept: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hibari.voices import voice_path

    kept.body = Path(voice_path("heart", download_missing=False)).read_bytes()
    digest = hashlib.sha256(kept.body).hexdigest()
    base = kept.address.removesuffix("voice.onnx")
    monkeypatch.setenv("TEST_VOICE", json.dumps({"base": base, "bytes": len(kept.body), "sha256": digest}))
    refused = newsexport(tmp_path, "say", "Hello.", "--voice", "emma", "-o", str(tmp_path / "x.wav"))
    assert refused.returncode == 4 and "voices --get emma" in refused.stderr
    ended = newsexport(tmp_path, "voices", "--get", "emma")
    assert ended.returncode == 0, ended.stderr
    assert "en-GB, hibari, emma, 7.9 MB, Apache-2.0, 24000 Hz, localhost" in ended.stderr
    (file,) = (tmp_path / "data").rglob("*.onnx")
    assert file.relative_to(tmp_path / "data").parts[:3] == ("newsexport", "voices", "hibari")
    listed = newsexport(tmp_path, "voices", "--language", "en-GB", "--offline")
    assert "emma" in listed.stdout and "en: emma (on this machine)" in listed.stderr
    spoken = newsexport(tmp_path, "say", "A bath.", "--language", "en-GB", "-o", str(tmp_path / "y.wav"))
    assert spoken.returncode == 0, spoken.stderr


def test_what_cannot_be_had_is_refused_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_VOICE", json.dumps({"base": "https://localhost:1/"}))
    monkeypatch.setenv("NEWSEXPORT_PIPER_CATALOGUE", "https://localhost:1/voices.json")
    for arguments, told in (
        (("--get", "emma", "--offline"), "the run is offline"),
        (("--get", "en"), "there are several"),
        (("--get", "nobody"), "there is no such voice"),
    ):
        ended = newsexport(tmp_path, "voices", *arguments)
        assert ended.returncode == 2
        assert told in ended.stderr.splitlines()[-1]
