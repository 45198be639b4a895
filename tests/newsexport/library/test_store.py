"""Every place that a library can lie in keeps the same promises."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, ClassVar

import pytest
from fsspec.implementations.memory import MemoryFileSystem
from tests.newsexport.library.places import PLACES, place

from newsexport.errors import OutputError, UsageError
from newsexport.library.remote import RemoteStore, store_at
from newsexport.library.store import AbsentError, FolderStore, Store, Stored
from newsexport.storage.atomic import try_lock
from newsexport.storage.staging import PREFIX


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


@pytest.fixture
def folder(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "library")


def test_a_folder_shows_no_links_and_nothing_hidden_and_follows_none(
    folder: FolderStore, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_bytes(b"secret")
    folder.write("morning/b", b"b")
    folder.write("a", b"a")
    for link in ("morning/link", "z"):
        (folder.root / link).symlink_to(outside / "secret")
    (folder.root / "linked").symlink_to(outside)
    (folder.root / ".hidden").write_bytes(b"")
    (folder.root / "morning" / ".hidden").mkdir()
    assert [(one.path, one.size) for one in folder.list()] == [("a", 1), ("morning/b", 1)]
    for path in ("z", "linked/secret"):
        with pytest.raises(OutputError) as told:
            folder.read(path)
        assert str(told.value) == (
            f"{folder.root / path}: is a link, or lies behind one, and is not followed"
        )


def test_a_folder_behind_a_link_is_a_library_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    store = FolderStore(tmp_path / "link")
    store.write("a", b"a")
    assert store.read("a") == b"a"


def test_a_folder_goes_with_its_last_file_and_the_library_stays(folder: FolderStore) -> None:
    for path in ("morning/2026/a", "morning/2026/b", "c"):
        folder.write(path, b"")
    folder.remove("morning/2026/a")
    assert (folder.root / "morning" / "2026").is_dir()
    folder.remove("morning/2026/b")
    folder.remove("c")
    assert list(folder.root.iterdir()) == []


def test_what_a_folder_refuses_is_told_by_the_name_of_the_file(folder: FolderStore, tmp_path: Path) -> None:
    folder.write("morning/a", b"")
    for refused in (lambda: folder.read("morning"), lambda: folder.remove("morning")):
        with pytest.raises(OutputError) as told:
            refused()
        assert str(told.value) == f"{folder.root / 'morning'}: Is a directory"
    with pytest.raises(OutputError, match=r"morning/a: .*(exists|Not a directory)"):
        folder.write("morning/a/b/c", b"")
    with pytest.raises(AbsentError) as absent:
        folder.read("none")
    assert str(absent.value) == f"{folder.root / 'none'}: is not there"
    with pytest.raises(OutputError) as told:
        folder.read("a/../b")
    assert str(told.value) == "a/../b: is no name that a library gives"
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match=r"file: "), FolderStore(tmp_path / "file").locked():
        pass


def test_a_place_that_cannot_be_is_told() -> None:
    place = "x" * 300
    with pytest.raises(OutputError) as told:
        list(FolderStore(Path(place)).list())
    assert str(told.value) == f"{place}: File name too long"


def test_a_lock_that_cannot_be_had_is_told(folder: FolderStore) -> None:
    (folder.root / ".lock").mkdir(parents=True)
    with pytest.raises(OutputError) as told, folder.locked():
        pass
    assert str(told.value) == f"{folder.root / '.lock'}: Is a directory"


def test_a_library_that_is_not_there_yet_is_empty_and_has_room(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "new" / "library")
    assert list(store.list()) == []
    assert (store.room() or 0) > 0
    assert store.grace == 0
    assert list(tmp_path.iterdir()) == []


def test_a_folder_has_the_room_of_its_file_system(
    folder: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder.root).mkdir()
    free = shutil.disk_usage(folder.root).free
    assert folder.room() == pytest.approx(free, rel=0.2)
    monkeypatch.chdir(folder.root)
    assert FolderStore(Path("new/library")).room() == pytest.approx(free, rel=0.2)


def test_under_the_lock_what_killed_runs_left_is_swept_and_nothing_else(
    folder: FolderStore, tmp_path: Path
) -> None:
    folder.write("morning/2026/a", b"a")
    outside = tmp_path / f"{PREFIX}outside"
    outside.mkdir()
    (outside / "mine").write_bytes(b"")
    (folder.root / "link").symlink_to(tmp_path)
    for left in (folder.root / f"{PREFIX}1", folder.root / "morning" / "2026" / f"{PREFIX}2"):
        left.mkdir()
        (left / "half").write_bytes(b"half")
    (folder.root / "morning" / "empty").mkdir()
    (folder.root / ".git" / f"{PREFIX}3").mkdir(parents=True)
    with folder.locked():
        folder.sweep()
        there = {path.relative_to(folder.root).as_posix() for path in folder.root.rglob("*")}
        with (folder.root / ".lock").open("rb") as other:
            assert not try_lock(other)
    assert there == {
        ".git", f".git/{PREFIX}3", ".lock", "link", "morning", "morning/2026", "morning/2026/a"
    }  # fmt: skip
    assert (outside / "mine").exists()


def test_an_address_of_a_file_and_a_path_are_folders_and_others_are_not(tmp_path: Path) -> None:
    assert store_at(str(tmp_path)) == FolderStore(tmp_path)
    assert store_at(f"{tmp_path.as_uri()}/my%20papers") == FolderStore(tmp_path / "my papers")
    bucket = store_at("memory://library/papers/")
    assert isinstance(bucket, RemoteStore)
    assert (bucket.root, bucket.shown) == ("/library/papers", "memory://library/papers/")
    assert (bucket.grace, bucket.room()) == (3600, None)
    with pytest.raises(UsageError, match=r"^gopher://oldhaven\.example/papers: "):
        store_at("gopher://oldhaven.example/papers")


class Told(MemoryFileSystem):  # type: ignore[misc]
    """A bucket that tells of its files, or refuses, as others do."""

    protocol = "told"
    cachable = False
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]
    times: ClassVar[dict[str, object]] = {}
    refusal: Exception | None = None

    def find(self, path: str, **_: object) -> Any:
        found = super().find(path, detail=True)
        return {name: {"size": told["size"], **self.times} for name, told in found.items()}

    def cat_file(self, path: str, **_: object) -> Any:
        if self.refusal is not None:
            raise self.refusal
        return super().cat_file(path)


@pytest.fixture
def told() -> RemoteStore:
    Told.store.clear()
    return RemoteStore(Told(), "/library", "told://library/")


@pytest.mark.parametrize(
    ("times", "modified"),
    [
        ({}, 0.0),
        ({"mtime": 5}, 5.0),
        ({"mtime": None, "LastModified": datetime(1970, 1, 1, 1, tzinfo=UTC)}, 3600.0),
        ({"last_modified": datetime(1970, 1, 1, 1)}, 3600.0),  # noqa: DTZ001 - some tell no zone and mean UTC
        ({"modified": "1970-01-01T01:00:00+00:00"}, 3600.0),
        ({"modified": "yesterday", "updated": 7.5}, 7.5),
        ({"created": datetime(1970, 1, 1, 2, tzinfo=timezone(timedelta(hours=1)))}, 3600.0),
    ],
)
def test_when_a_file_was_written_is_told_in_many_ways(
    told: RemoteStore, times: dict[str, object], modified: float
) -> None:
    told.write("a", b"abc")
    Told.times = times
    assert list(told.list()) == [Stored("a", 3, modified)]


class Response:
    """As clients of HTTP hang it on their errors."""

    def __init__(self, status: int) -> None:
        self.status_code = status


class Refused(Exception):  # noqa: N818 - an error of somebody else's
    def __init__(self, words: str, status: int) -> None:
        super().__init__(words)
        self.response = Response(status)


@pytest.mark.parametrize(
    ("refusal", "kind", "words"),
    [
        (Refused("gone", 404), AbsentError, "told://library/a: is not there"),
        (FileNotFoundError("x"), AbsentError, "told://library/a: is not there"),
        (Refused("forbidden", 403), OutputError, "told://library/a: forbidden"),
        (TimeoutError(), OutputError, "told://library/a: TimeoutError"),
        (OutputError("told", "as it is"), OutputError, "told: as it is"),
    ],
)
def test_every_refusal_is_told_in_one_way(
    told: RemoteStore, refusal: Exception, kind: type[OutputError], words: str
) -> None:
    told.system.refusal = refusal
    with pytest.raises(OutputError) as caught:
        told.read("a")
    assert type(caught.value) is kind
    assert str(caught.value) == words


def test_elsewhere_a_file_is_sent_under_a_hidden_name_and_what_was_left_goes_when_it_is_old(
    told: RemoteStore,
) -> None:
    told.write("morning/a", b"a")
    told.system.pipe_file("/library/morning/.part-0a1b2c3d-b", b"half")
    told.system.pipe_file("/library/.hidden/c", b"c")
    assert [one.path for one in told.list()] == ["morning/a"]
    Told.times = {"mtime": 10_000}
    with told.locked():
        assert told.system.exists("/library/morning/.part-0a1b2c3d-b"), "no older than anything else"
    told.remove("none")


def test_parts_older_than_an_hour_are_removed_and_younger_ones_are_another_runs(tmp_path: Path) -> None:
    with place("local", tmp_path) as store:
        store.write("morning/2026/a", b"a")
        for name, age in ((".part-1-old", 3601), (".part-2-young", 3599), ("b", 9999)):
            path = tmp_path / "library" / "morning" / "2026" / name
            path.write_bytes(b"")
            os.utime(path, (1_800_000_000 - age, 1_800_000_000 - age))
        os.utime(tmp_path / "library" / "morning" / "2026" / "a", (1_800_000_000, 1_800_000_000))
        with store.locked():
            store.sweep()
            there = sorted(path.name for path in (tmp_path / "library" / "morning" / "2026").iterdir())
        assert there == [".part-2-young", "a", "b"]


def test_a_folder_elsewhere_goes_with_its_last_file(tmp_path: Path) -> None:
    with place("local", tmp_path) as store:
        store.write("morning/2026/a", b"a")
        store.write("morning/2026/b", b"b")
        store.remove("morning/2026/a")
        assert (tmp_path / "library" / "morning" / "2026").is_dir()
        store.remove("morning/2026/b")
        assert not (tmp_path / "library" / "morning" / "2026").exists()
        store.write("c", b"c")
        store.remove("c")
        assert (tmp_path / "library").is_dir()


def test_what_could_not_be_sent_leaves_no_part_behind(tmp_path: Path) -> None:
    with place("local", tmp_path) as store:
        with pytest.raises(OutputError):
            store.put("morning/a", tmp_path / "none")
        assert list((tmp_path / "library" / "morning").iterdir()) == []


def test_a_bucket_in_which_nothing_is_left_over_is_not_listed_for_it() -> None:
    class Counting(MemoryFileSystem):  # type: ignore[misc]
        listed: ClassVar[list[str]] = []

        def find(self, path: str, **how: Any) -> Any:
            self.listed.append(path)
            return super().find(path, **how)

    store = RemoteStore(Counting(skip_instance_cache=True), "/left-over", "memory")
    store.write("a", b"")
    store.sweep()
    assert Counting.listed == []
    assert [one.path for one in store.list()] == ["a"]
    assert Counting.listed == ["/left-over"]
    store.remove("a")
