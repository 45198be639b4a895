"""Folders in which nothing changed are not looked into when another issue is published."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.newsexport.library.publishing_run import Lines, publish

from newsexport.library.index import INDEX
from newsexport.library.issue import Keep
from newsexport.library.library import Library
from newsexport.library.store import FolderStore
from newsexport.storage.staging import PREFIX

DAY = date(2026, 11, 25)
OLD = "morning/2026-11-24"
STRAY = f"{OLD}/morning-2026-11-24.0a1b2c3d.epub"
LONG_AGO = 1_700_000_000


def aged(store: FolderStore, *names: str, folder: str = OLD) -> None:
    """As if these had last changed long ago, and the folder they are in."""
    for name in names:
        os.utime(store.root / folder / name, (LONG_AGO, LONG_AGO))
    os.utime(store.root / folder, (LONG_AGO, LONG_AGO))


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    """A library of two issues, all in whose older folder was found to be as it should be."""
    made = FolderStore(tmp_path / "library")
    publish(made, tmp_path / "staging", DAY - timedelta(days=1), "news")
    aged(made, "issue.json", "index.html")
    publish(made, tmp_path / "staging", DAY, "news")
    return made


def put(store: FolderStore, path: str, data: bytes = b"left over") -> None:
    (store.root / path).write_bytes(data)


def test_a_folder_as_old_as_it_was_is_looked_into_on_request_alone(
    store: FolderStore, tmp_path: Path
) -> None:
    put(store, STRAY)
    (store.root / OLD / f"{PREFIX}1").mkdir()
    aged(store)
    publish(store, tmp_path / "staging", DAY + timedelta(days=1), "news")
    assert (store.root / STRAY).exists()
    assert (store.root / OLD / f"{PREFIX}1").exists()
    Library(store, print).refresh(Lines())
    assert not (store.root / STRAY).exists()
    assert not (store.root / OLD / f"{PREFIX}1").exists()


def test_what_came_or_went_in_a_folder_is_seen(store: FolderStore, tmp_path: Path) -> None:
    put(store, STRAY)
    store.remove(f"{OLD}/index.html")
    (store.root / OLD / f"{PREFIX}1").mkdir()
    publish(store, tmp_path / "staging", DAY + timedelta(days=1), "news")
    assert not (store.root / STRAY).exists()
    assert not (store.root / OLD / f"{PREFIX}1").exists()
    assert store.read(f"{OLD}/index.html")


def test_a_manifest_changed_in_its_place_is_seen_and_what_it_names_no_more_goes(
    store: FolderStore, tmp_path: Path
) -> None:
    manifest = store.read(f"{OLD}/issue.json")
    put(store, STRAY)
    put(store, f"{OLD}/index.html", b"of before")
    aged(store, "index.html")
    put(store, f"{OLD}/issue.json", manifest.replace(b"The ferry", b"A ferry"))
    aged(store)
    publish(store, tmp_path / "staging", DAY + timedelta(days=1), "news")
    assert store.read(f"{OLD}/index.html") != b"of before"
    assert not (store.root / STRAY).exists()


def test_an_old_folder_whose_issue_is_kept_no_longer_goes_whole(store: FolderStore, tmp_path: Path) -> None:
    publish(store, tmp_path / "staging", DAY + timedelta(days=1), "news", Keep(issues=2))
    assert not (store.root / OLD).exists()


def test_what_is_newest_may_lie_in_a_folder_that_is_not_looked_into(
    store: FolderStore, tmp_path: Path
) -> None:
    aged(store, "issue.json", "index.html", folder="morning/2026-11-25")
    publish(store, tmp_path / "staging", DAY - timedelta(days=2), "news")
    (store.root / "morning" / "latest.epub").unlink()
    publish(store, tmp_path / "staging", DAY - timedelta(days=3), "news")
    assert store.read("morning/latest.epub")


def test_an_index_that_a_disk_has_spoilt_is_made_anew_and_the_issue_is_published(
    store: FolderStore, tmp_path: Path
) -> None:
    kept = store.root / INDEX
    data = kept.read_bytes()
    kept.write_bytes(data[:4096] + b"\xaa" * (len(data) - 4096))
    publish(store, tmp_path / "staging", DAY + timedelta(days=1), "news")
    lines = store.read("opds.xml").decode().splitlines()
    assert {line.split("/")[1] for line in lines} == {"2026-11-24", "2026-11-25", "2026-11-26"}
