"""``newsexport send``, to where no cable leads."""

import json
import os
from pathlib import Path

import pytest
from tests.newsexport.cli.cli_runs import newsexport
from tests.newsexport.delivery.reading_devices import CrossPoint, device
from tests.newsexport.library.places import webdav

from newsexport.delivery.deliver import ToCrossPoint
from newsexport.delivery.places import DeliveryPlace
from newsexport.delivery.waiting import put_aside

CONFIGURATION = """
[paper.morning]
sources = ["news"]

[[paper.morning.deliver]]
by = "crosspoint"
name = "kitchen"
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
    put_aside_for("http://kitchen.invalid", "kitchen", room)
    with device(CrossPoint) as reader:
        (room / "newsexport.toml").write_text(CONFIGURATION.format(address=reader.address))
        assert "1 file waits for kitchen; `newsexport send --waiting`" in newsexport("status").stdout
        done = newsexport("send", "--waiting")
        assert (done.exit_code, list(reader.files.values())) == (0, [b"a book"])
        assert "morning-2026-11-25.epub to /newsexport" in done.stdout
        again = newsexport("send", "--waiting")
        assert again.exit_code == 0
        assert "nothing waits" in again.output
        after = newsexport("status").stdout
        assert ("for kitchen" in after, "a run began" in after) == (False, False)
    assert newsexport("send", "a.epub", "--waiting").exit_code == 2


def test_what_waits_for_a_place_that_is_gone_is_sent_elsewhere_or_given_up_when_that_is_said(
    room: Path,
) -> None:
    put_aside_for("http://one.invalid", "", room)
    with device(CrossPoint) as reader:
        (room / "newsexport.toml").write_text(CONFIGURATION.format(address=reader.address))
        gone = "1 file waits for crosspoint http://one.invalid/newsexport, which is no longer in the config"
        assert gone in newsexport("status").stdout
        facts = json.loads(newsexport("status", "--json").stdout.splitlines()[0])
        assert facts["nowhere"] == {"crosspoint http://one.invalid/newsexport": ["morning-2026-11-25.epub"]}
        kept = newsexport("send", "--waiting")
        assert (kept.exit_code, gone in kept.output, reader.files) == (8, True, {})
        wrong = newsexport("send", "--waiting", "--to", "kitchn")
        assert (wrong.exit_code, "do you mean kitchen?" in wrong.output) == (2, True)
        put_aside_for("http://two.invalid", "", room)
        several = newsexport("send", "--waiting", "--to", "kitchen")
        assert (several.exit_code, "--waiting-for chooses one" in several.output) == (2, True)
        two = "crosspoint http://two.invalid/newsexport"
        dropped = newsexport("send", "--waiting-for", two, "--drop")
        assert (dropped.exit_code, reader.files) == (0, {})
        assert "left out: morning-2026-11-25.epub: 1 file given up" in dropped.output
        sent = newsexport("send", "--waiting", "--to", "kitchen")
        assert (sent.exit_code, list(reader.files.values())) == (0, [b"a book"])
        assert "nothing waits" in newsexport("send", "--waiting").output
    assert newsexport("send", "a.epub", "--drop").exit_code == 2


def test_what_waits_of_a_paper_that_is_gone_is_told_and_sent_where_that_is_said(room: Path) -> None:
    (room / "news").mkdir()
    (room / "news/a.txt").write_text("The ferry\n\nIt sails again at noon.\n")
    with device(CrossPoint) as reader:
        (room / "newsexport.toml").write_text(CONFIGURATION.format(address=reader.address))
        assert newsexport("run", "--no-deliver").exit_code == 0
        put_aside_for(reader.address, "kitchen", room)
        renamed = CONFIGURATION.replace("paper.morning", "paper.evening").format(address=reader.address)
        (room / "newsexport.toml").write_text(renamed)
        gone = "1 file waits for kitchen, of the paper morning, which is no longer in the configuration"
        assert gone in newsexport("status").stdout
        assert gone in newsexport("send", "--waiting").output
        assert reader.files == {}
        assert newsexport("send", "--waiting", "--to", "kitchen").exit_code == 0
        assert list(reader.files.values()) == [b"a book"]
        assert "paper morning" not in newsexport("status").stdout


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing keeps root from looking")
def test_a_folder_in_which_nobody_can_look_is_told(room: Path) -> None:
    (room / "state/newsexport").mkdir(parents=True)
    (room / "state/newsexport").chmod(0)
    for typed in ("status", "inbox", "send --waiting", "run --dry-run"):
        told = newsexport(*typed.split())
        assert (told.exit_code, "Permission denied" in told.output) == (6, True)
    (room / "state/newsexport").chmod(0o700)


def test_a_name_that_no_file_system_takes_is_told(room: Path) -> None:
    (room / "newsexport.toml").write_text(
        f'[library]\nfolder = "{"a" * 5000}"\n[paper.morning]\nsources = ["a.txt"]\ntext = {{}}\n'
    )
    (room / "a.txt").write_text("The ferry\n\nIt sails again at noon.\n")
    told = newsexport("run")
    assert (told.exit_code, "File name too long" in told.output) == (6, True)


def test_a_run_that_could_not_be_remembered_is_not_begun(room: Path) -> None:
    (room / "newsexport.toml").write_text('[paper.morning]\nsources = ["news"]\ntext = {}\n')
    (room / "news").mkdir()
    (room / "news/a.txt").write_text("The ferry\n\nIt sails again at noon.\n")
    (room / "state/newsexport/papers/morning.json").mkdir(parents=True)
    told = newsexport("run")
    assert (told.exit_code, "morning.json: is a folder" in told.output) == (6, True)
    assert not (room / "library/morning").exists()


def put_aside_for(address: str, name: str, room: Path) -> None:
    waiting = room / "state/newsexport/papers/morning.waiting"
    put_aside(waiting, DeliveryPlace(ToCrossPoint(address), name), room / "morning-2026-11-25.epub")


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
