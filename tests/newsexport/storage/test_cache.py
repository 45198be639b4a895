"""A cache can lose what it was given but never return anything else."""

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsexport.storage.cache import DIGEST, FolderCache


@given(st.binary(max_size=2000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_what_was_put_is_what_is_got(tmp_path: Path, data: bytes) -> None:
    cache = FolderCache(tmp_path)
    cache.put("key", data)
    assert cache.get("key") == data
    assert cache.get("other") is None


@pytest.mark.parametrize("at", [0, 31, 32, 40, -1])
def test_a_damaged_entry_is_absent_and_removed(tmp_path: Path, at: int) -> None:
    cache = FolderCache(tmp_path)
    cache.put("key", b"some speech, encoded")
    (entry,) = tmp_path.glob("*/??/*")
    damaged = bytearray(entry.read_bytes())
    damaged[at] ^= 1
    entry.write_bytes(damaged)
    assert cache.get("key") is None
    assert not entry.exists()
    assert cache.damaged == {"key"}


DAMAGED_AT = """
import sys
import time
from pathlib import Path
from newsexport.storage.cache import DIGEST, FolderCache

def removed(event, args):
    if event == "os.remove":
        raise PermissionError

sys.addaudithook(removed)
print(FolderCache(Path(sys.argv[1])).get("key"))
"""


def test_a_damaged_entry_that_cannot_be_removed_is_absent_all_the_same(tmp_path: Path) -> None:
    FolderCache(tmp_path).put("key", b"some speech, encoded")
    (entry,) = tmp_path.glob("*/??/*")
    entry.write_bytes(entry.read_bytes()[:-1])
    command = [sys.executable, "-c", DAMAGED_AT, str(tmp_path)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "None\n"


def test_an_entry_cut_short_is_absent(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path)
    cache.put("key", b"some speech, encoded")
    (entry,) = tmp_path.glob("*/??/*")
    entry.write_bytes(entry.read_bytes()[:20])
    assert cache.get("key") is None


def test_pruning_removes_what_was_unused_for_longest(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path, limit=2 * 132)
    for age, key in enumerate(["new", "middle", "old"]):
        cache.put(key, bytes(100))
        newest = max(tmp_path.glob("*/??/*"), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, (1_000_000 - age, 1_000_000 - age))
    assert cache.get("old") is not None  # just used, so it stays
    cache.prune()
    assert [key for key in ("new", "middle", "old") if cache.get(key)] == ["new", "old"]


def test_it_is_looked_over_again_only_when_something_was_put_into_it(tmp_path: Path) -> None:
    cache, strict = FolderCache(tmp_path), FolderCache(tmp_path, limit=0)
    cache.put("first", b"speech")
    cache.tidy()
    strict.tidy()
    assert cache.get("first") == b"speech"  # nothing was put since
    cache.put("second", b"speech")
    strict.tidy()
    assert cache.get("first") is None
    assert cache.get("second") is None


def test_what_was_used_in_days_to_come_does_not_keep_others_out(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path, limit=3 * (DIGEST + 100))
    for key in ("a", "b", "c"):
        cache.put(key, bytes(100))
    for path in tmp_path.glob("*/??/*"):
        os.utime(path, (time.time() + 10**7,) * 2)
    cache.put("d", bytes(100))
    cache.prune()
    assert cache.get("d") == bytes(100)
    assert sum(cache.get(key) is not None for key in ("a", "b", "c")) == 2


def test_a_cache_that_cannot_write_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = FolderCache(tmp_path / "file")
    cache.put("key", b"data")
    assert cache.get("key") is None


def test_what_a_killed_run_left_half_written_goes_and_what_is_being_written_stays(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path)
    cache.put("key", b"speech")
    (entry,) = tmp_path.glob("*/??/*")
    abandoned, fresh = entry.with_name(".abandoned"), entry.with_name(".fresh")
    for draft in (abandoned, fresh):
        draft.write_bytes(b"half")
    with fresh.open("rb") as writing:
        fcntl.flock(writing, fcntl.LOCK_EX)
        cache.prune()
        assert not abandoned.exists()
        assert fresh.exists()
    cache.prune()
    assert not fresh.exists()
    assert cache.get("key") == b"speech"


CLEARED_AT = """
import sys
import time
from pathlib import Path
from newsexport.storage.cache import DIGEST, FolderCache

cache = FolderCache(Path(sys.argv[1]))
cleared = 0

def clear(event, args):
    global cleared
    if event == "fcntl.flock" and not cleared:
        cleared += 1
        cache.clear()

sys.addaudithook(clear)
cache.put("key", b"speech")
print(cleared, cache.get("key"))
"""


def test_an_entry_that_is_just_begun_is_kept_though_another_run_clears_up(tmp_path: Path) -> None:
    command = [sys.executable, "-c", CLEARED_AT, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "1 b'speech'\n"
    assert FolderCache(tmp_path).contents().entries == 1


def test_what_others_have_below_its_folder_is_none_of_its_business(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path, limit=0)
    others = [tmp_path / "papers/de/de-2026-11-25.epub", tmp_path / "papers/de/.newsexport-1/owner.lock"]
    for path in others:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"being made")
    assert cache.contents().entries == 0
    cache.prune()
    cache.clear()
    assert all(path.exists() for path in others)


def test_a_folder_in_the_place_of_an_entry_is_replaced(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path)
    cache.put("key", b"speech")
    (entry,) = tmp_path.glob("*/??/*")
    entry.unlink()
    (entry / "inside").mkdir(parents=True)
    assert cache.get("key") is None
    cache.put("key", b"speech")
    assert cache.get("key") == b"speech"


def test_an_address_is_a_key_like_any_other(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path)
    for address in (
        "https://example.org/a/b",
        "https://example.org/a/c",
        "../../etc/passwd",
        "robots.txt",
        "a/",
    ):
        cache.put(address, address.encode())
    assert cache.get("https://example.org/a/b") == b"https://example.org/a/b"
    assert cache.get("https://example.org/a/c") == b"https://example.org/a/c"
    assert {path.parent.parent for path in tmp_path.glob("*/??/*")} == {tmp_path / "entry"}
    assert cache.contents().entries == 5


def test_kinds_of_entries_are_told_apart(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path)
    for key in ("segment/a", "segment/b", "passage/a"):
        cache.put(key, key.encode())
    assert cache.contents().kinds == {"segment": 2, "passage": 1}
    assert cache.get("passage/a") == b"passage/a"


def test_a_cache_tells_what_it_holds_and_can_be_emptied(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path / "new")
    assert cache.contents().entries == 0
    assert cache.contents().oldest is None
    for key in ("one", "two"):
        cache.put(key, bytes(100))
    assert (cache.contents().entries, cache.contents().size) == (2, 264)
    assert cache.clear().entries == 2
    assert cache.contents().entries == 0
