"""What file systems refuse, and what is done about it; the other half is in tests/systems."""

import os
from pathlib import Path

import pytest

from newsexport.library.remote import store_at
from newsexport.library.store import FolderStore
from newsexport.storage.atomic import (
    drafted,
    identity,
    is_reserved,
    lock,
    put_in_place,
    remove_if_unheld,
    sync,
    try_lock,
)


def test_names_of_devices_are_known_with_any_suffix() -> None:
    assert all(map(is_reserved, ("con", "AUX", "nul.xml", "Com1", "lpt9.tar.gz", "com³")))
    assert not any(map(is_reserved, ("console", "com", "com0x", "an.aux", "lpt10", "")))


def test_files_without_a_number_are_told_apart_by_their_paths(tmp_path: Path) -> None:
    told = []
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"")
        status = (tmp_path / name).stat()
        told.append(identity(tmp_path / name, os.stat_result((status.st_mode, 0, *tuple(status)[2:]))))
    assert told[0] != told[1]
    assert told[0][1] == str((tmp_path / "a").resolve())


def test_a_file_is_removed_when_nobody_holds_it_and_not_before(tmp_path: Path) -> None:
    path, done = tmp_path / "owner", []
    with path.open("wb") as held:
        lock(held)
        assert not remove_if_unheld(path, lambda: done.append("too early"))
    assert path.exists()
    assert remove_if_unheld(path, lambda: done.append("held" if _is_held(path) else "free"))
    assert not path.exists()
    assert done == ["held"]


def _is_held(path: Path) -> bool:
    with path.open("rb") as other:
        return not try_lock(other)


def test_a_folder_that_cannot_be_opened_is_no_reason_to_fail_but_a_file_is(tmp_path: Path) -> None:
    sync(tmp_path)
    with pytest.raises(FileNotFoundError):
        sync(tmp_path / "gone")


def test_what_is_refused_for_good_is_told(tmp_path: Path) -> None:
    (tmp_path / "draft").write_bytes(b"new")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        put_in_place(tmp_path / "draft", tmp_path / "folder", patience=0)


def test_the_error_of_a_draft_is_the_one_that_is_told(tmp_path: Path) -> None:
    def write_half() -> None:
        with drafted(tmp_path / "entry") as draft:
            draft.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_half()
    assert list(tmp_path.iterdir()) == []


def test_an_address_of_a_file_is_a_path(tmp_path: Path) -> None:
    place = tmp_path / "my papers"
    assert store_at(place.as_uri()) == FolderStore(place)
