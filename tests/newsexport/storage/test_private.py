"""What is kept of somebody is read by nobody else, whatever the mask says and earlier versions did."""

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.newsexport.cli.cli_runs import newsexport

from newsexport.delivery.mail import Fate, Ledger
from newsexport.delivery.remote_shelf import Holdings
from newsexport.routine.lock import alone
from newsexport.routine.record import Record, remember
from newsexport.serving.admission import kept_token
from newsexport.storage.atomic import durable
from newsexport.storage.folders import Folders
from newsexport.storage.history import Notes
from newsexport.storage.private import keep_private

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there modes tell nothing")


def test_all_that_is_kept_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    folders = Folders(tmp_path / "cache", tmp_path / "home/newsexport")
    before = os.umask(0)
    try:
        kept_token(folders.state / "serve-token")
        folders.seen().check()
        folders.seen().note(Notes((), ()))
        Ledger(folders.mailed()).note("ada@example.org", "3fa9", Fate.SENT)
        with alone(folders.of_paper("morning", ".lock")):
            remember(folders.of_paper("morning", ".json"), Record())
        with Holdings.at("place", folders.state / "delivered").held():
            folders.inbox().add([], datetime.now(UTC))
    finally:
        os.umask(before)
    known = rights(tmp_path / "home")
    assert len(known) > 10
    assert {name: mode for name, mode in known.items() if mode not in {0o600, 0o700}} == {}


def test_what_is_to_last_can_be_read_by_nobody_else(tmp_path: Path) -> None:
    with durable(tmp_path / "state/papers/entry") as draft:
        draft.write(b"whole")
    assert (tmp_path / "state/papers/entry").read_bytes() == b"whole"
    assert rights(tmp_path / "state") == {"state": 0o700, "papers": 0o700, "entry": 0o600}


def rights(folder: Path) -> dict[str, int]:
    return {path.name: path.lstat().st_mode & 0o777 for path in (folder, *folder.rglob("*"))}


def test_what_an_earlier_version_let_others_read_is_read_by_nobody_else(tmp_path: Path) -> None:
    state, mine = tmp_path / "newsexport", tmp_path / "mine"
    (state / "papers/morning.waiting").mkdir(parents=True)
    mine.write_text("my own")
    for name in ("papers/morning.waiting/issue.epub", "mailed.json", "seen.sqlite3"):
        (state / name).write_text("told")
    (state / "papers/link").symlink_to(mine)
    for path in (state, mine, *state.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    keep_private(state)
    known = rights(state)
    known.pop("link")
    assert {name for name, mode in known.items() if mode == 0o700} == {
        "newsexport",
        "papers",
        "morning.waiting",
    }
    assert {name for name, mode in known.items() if mode == 0o600} == {
        "issue.epub",
        "mailed.json",
        "seen.sqlite3",
    }
    assert mine.stat().st_mode & 0o777 == 0o644


def test_a_folder_of_the_user_that_a_link_leads_to_keeps_its_rights(tmp_path: Path) -> None:
    (tmp_path / "shared/papers").mkdir(parents=True)
    for name in ("shared/papers/morning.json", "shared/photo.jpg"):
        (tmp_path / name).write_text("told")
    for path in (tmp_path / "shared").rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    (tmp_path / "shared").chmod(0o755)
    (tmp_path / "newsexport").symlink_to("shared")
    keep_private(tmp_path / "newsexport")
    assert rights(tmp_path / "shared") == {
        "shared": 0o755,
        "papers": 0o700,
        "morning.json": 0o600,
        "photo.jpg": 0o644,
    }


def test_a_command_closes_the_folder_that_an_earlier_version_left_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    (tmp_path / "newsexport/papers").mkdir(parents=True)
    sqlite3.connect(tmp_path / "newsexport/seen.sqlite3").close()
    tmp_path.chmod(0o755)
    for path in tmp_path.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert newsexport("inbox").exit_code == 0
    assert rights(tmp_path) == {
        tmp_path.name: 0o755,
        "newsexport": 0o700,
        "papers": 0o700,
        "seen.sqlite3": 0o600,
    }
