"""A whole edition through the command line, the real gTTS client and a loopback service."""

import ssl
from pathlib import Path

import pytest
import trustme
from tests.newsexport.engines.google_server import google, status, trusted
from typer.testing import CliRunner

from newsexport.cli.app import app
from newsexport.verify.files import verify


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1")
    monkeypatch.chdir(tmp_path)
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    for name, title in (("a", "The ferry sails again"), ("b", "The bridge stays shut")):
        text = f"{title}\n\nIt was so decided on Tuesday.\n\nNobody was surprised.\n"
        Path("news").mkdir(exist_ok=True)
        Path("news", f"{name}.txt").write_text(text, encoding="utf-8")
    return trusted(authority)


def narrate(host: str, *options: str) -> tuple[int, str]:
    engine = [
        "--engine",
        "gtts",
        "--set",
        f"options.host={host}",
        "--set",
        f"options.ca={Path('ca.pem').absolute()}",
        *options,
    ]
    settings = ["--set", "options.pace=0", "--set", "options.backoff=0.01", "--no-cache", "-o", "out.mp3"]
    result = CliRunner().invoke(app, ["audio", "news", *engine, *settings])
    return result.exit_code, result.stderr


def test_an_edition_is_spoken_online(service: ssl.SSLContext) -> None:
    with google(service) as server:
        code, told = narrate(server.url)
    assert (code, told.count("Traceback")) == (0, 0)
    asked = " ".join(one.text for one in server.asked)
    assert "The ferry sails again" in asked
    assert "Nobody was surprised" in asked
    finding = verify(Path("out.mp3"))
    assert {fault.rule for fault in finding.faults} == {"chapters-few"}
    assert [title.text for title in finding.contents] == ["The ferry sails again", "The bridge stays shut"]


def test_a_service_that_takes_us_for_a_robot_from_the_start_ends_the_run_with_4(
    service: ssl.SSLContext,
) -> None:
    with google(service, [status(302, location="https://www.google.com/sorry/index")] * 40) as server:
        code, told = narrate(server.url)
    assert code == 4
    assert "newsexport: engine gtts: localhost" in told and "is blocking this address" in told
    assert not Path("out.mp3").exists()
    assert server.requests == 0
