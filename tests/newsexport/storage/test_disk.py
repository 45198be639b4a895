"""What file systems refuse, and what is done about it; the other half is in tests/systems."""

import hashlib
import os
from pathlib import Path

import pytest
from tests.newsexport.storage.moments import MOMENTS

from newsexport.library.remote import store_at
from newsexport.library.store import FolderStore
from newsexport.storage.atomic import (
    drafted,
    identity,
    is_draft,
    is_reserved,
    lock,
    put_in_place,
    remove_abandoned,
    remove_if_unheld,
    sha256_of,
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


def test_a_draft_is_hidden_and_held_beside_its_place_and_takes_it_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "entry"
    for contents in (b"whole", b"again"):
        with drafted(path) as draft:
            draft.write(contents)
            (beside,) = (one for one in path.parent.iterdir() if one != path)
            assert is_draft(beside)
            assert not is_draft(path)
            remove_abandoned(beside)
            assert beside.exists(), "somebody is writing it"
        assert list(path.parent.iterdir()) == [path]
        assert path.read_bytes() == contents
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_draft_that_is_left_is_removed(tmp_path: Path) -> None:
    left = tmp_path / ".left"
    left.write_bytes(b"half")
    remove_abandoned(left)
    remove_abandoned(left)
    assert list(tmp_path.iterdir()) == []


def test_a_draft_that_another_run_took_for_abandoned_is_begun_again(tmp_path: Path) -> None:
    def take(_: str) -> None:
        for draft in tmp_path.iterdir():
            draft.unlink()

    with MOMENTS.heard("fcntl.flock", take), drafted(tmp_path / "entry") as draft:
        draft.write(b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["entry"]
    assert (tmp_path / "entry").read_bytes() == b"whole"


def test_a_lock_is_had_by_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.write_bytes(b"")
    with path.open("rb") as one, path.open("rb") as other:
        assert try_lock(one)
        assert not try_lock(other)
    assert not _is_held(path)


def test_the_digest_of_a_file_is_that_of_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"newsexport")
    assert sha256_of(tmp_path / "a") == hashlib.sha256(b"newsexport").hexdigest()


def test_what_is_put_in_place_replaces_what_was_there(tmp_path: Path) -> None:
    for name in ("draft", "target"):
        (tmp_path / name).write_bytes(name.encode())
    put_in_place(tmp_path / "draft", tmp_path / "target")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("target", b"draft")]


def test_a_file_is_written_out_and_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"bytes")
    sync(tmp_path / "a")
    sync(tmp_path)
    assert (tmp_path / "a").read_bytes() == b"bytes"


def test_a_numbered_file_is_known_by_its_drive_and_number_alone(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    (tmp_path / "b").hardlink_to(tmp_path / "a")
    status = (tmp_path / "a").stat()
    assert (
        identity(tmp_path / "a", status) == identity(tmp_path / "b", status) == (status.st_dev, status.st_ino)
    )
