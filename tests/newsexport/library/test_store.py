"""Every place that a library can lie in keeps the same promises."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.newsexport.library.places import PLACES, place

from newsexport.errors import OutputError, UsageError
from newsexport.library.remote import store_at
from newsexport.library.store import AbsentError, FolderStore, Store


@pytest.fixture(params=PLACES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with place(request.param, tmp_path) as made:
        yield made


def test_what_is_written_is_read_listed_replaced_and_removed(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "source.mp3"
    source.write_bytes(b"sound" * 1000)
    with store.locked():
        assert list(store.list()) == []
        store.write("morning/paper.json", b"{}")
        store.put("morning/2026-11-25/über morgen.1a2b3c4d.mp3", source)
        store.write("morning/paper.json", b"{ }")
    assert [(one.path, one.size) for one in store.list()] == [
        ("morning/2026-11-25/über morgen.1a2b3c4d.mp3", 5000),
        ("morning/paper.json", 3),
    ]
    assert all(one.modified > 1_700_000_000 for one in store.list())
    assert store.read("morning/paper.json") == b"{ }"
    with store.open("morning/2026-11-25/über morgen.1a2b3c4d.mp3") as file:
        file.seek(4998)
        assert file.read() == b"nd"
    store.remove("morning/2026-11-25/über morgen.1a2b3c4d.mp3")
    store.remove("morning/2026-11-25/über morgen.1a2b3c4d.mp3")
    assert [one.path for one in store.list()] == ["morning/paper.json"]


def test_what_is_not_there_is_told_by_name(store: Store) -> None:
    with pytest.raises(AbsentError, match=r"morning/none\.xml"):
        store.read("morning/none.xml")


def test_what_cannot_be_brought_leaves_nothing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        store.put("morning/2026-11-25/a.1a2b3c4d.mp3", tmp_path / "none.mp3")
    assert list(store.list()) == []


@pytest.mark.parametrize("path", ["../a", "a/../../b", "/etc/a", "a//b", ".hidden", "a\\b", "a\0b", ""])
def test_a_folder_gives_nothing_that_lies_outside(tmp_path: Path, path: str) -> None:
    store = FolderStore(tmp_path / "library")
    with pytest.raises(OutputError):
        store.read(path)
    with pytest.raises(OutputError):
        store.write(path, b"")


def test_an_address_that_nothing_knows_is_refused_without_its_password() -> None:
    with pytest.raises(UsageError) as caught:
        store_at("gopher://reader:secret@oldhaven.example/papers")
    assert "secret" not in str(caught.value)
