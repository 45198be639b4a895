"""``newsexport send``, to where no cable leads."""

from pathlib import Path

import pytest
from tests.newsexport.cli.cli_runs import newsexport
from tests.newsexport.delivery.reading_devices import CrossPoint, device
from tests.newsexport.library.places import webdav

CONFIGURATION = """
[paper.morning]
sources = ["news"]

[[paper.morning.deliver]]
by = "crosspoint"
address = "{address}"
"""


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "morning-2026-11-25.epub").write_bytes(b"a book")
    return tmp_path


def test_what_waits_is_sent_when_the_reader_is_on(room: Path) -> None:
    waiting = room / "state/newsexport/papers/morning.waiting/crosspoint"
    waiting.mkdir(parents=True)
    (room / "morning-2026-11-25.epub").rename(waiting / "morning-2026-11-25.epub")
    with device(CrossPoint) as reader:
        (room / "newsexport.toml").write_text(CONFIGURATION.format(address=reader.address))
        assert "1 file waits for crosspoint; `newsexport send --waiting`" in newsexport("status").stdout
        done = newsexport("send", "--waiting")
        assert (done.exit_code, list(reader.files.values())) == (0, [b"a book"])
        assert "morning-2026-11-25.epub to /newsexport" in done.stdout
        again = newsexport("send", "--waiting")
        assert again.exit_code == 0
        assert "nothing waits" in again.output
        assert "for crosspoint" not in newsexport("status").stdout
    assert newsexport("send", "a.epub", "--waiting").exit_code == 2


def test_an_address_is_a_webdav_folder_with_the_password_of_a_variable(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (room / "cloud").mkdir()
    with webdav(room / "cloud", {"ada": {"password": "sesame"}}) as address:
        typed = ("send", "morning-2026-11-25.epub", "--to", f"{address}/News/", "--user", "ada")
        assert newsexport(*typed).exit_code == 2
        monkeypatch.setenv("NEWSEXPORT_WEBDAV_PASSWORD", "open")
        wrong = newsexport(*typed)
        assert wrong.exit_code == 8
        assert "takes neither this name nor this password" in wrong.output
        monkeypatch.setenv("NEWSEXPORT_WEBDAV_PASSWORD", "sesame")
        assert newsexport(*typed).exit_code == 0
    assert (room / "cloud/News/morning-2026-11-25.epub").read_bytes() == b"a book"
