"""Disks that are full, for sound: file systems of a few kilobytes each, where it is written and where it is kept."""

import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest
from tests.machine.system_tools import small_disk
from tests.newsexport.cli.cli_runs import furnish, newsexport

OLD = b"the edition of yesterday"

# What is asked for, and what its file is called.
KINDS = {
    "mp3": (("--chapters-json", "--transcript", "words"), "morning.mp3"),
    "m4b": ((), "morning.m4b"),
    "opus": ((), "morning.opus"),
    "parts": (("--split", "article"), "morning.m3u8"),
}


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    furnish(tmp_path, monkeypatch)


def speak(target: Path, options: tuple[str, ...] = ()) -> tuple[int, list[str]]:
    """The exit code, and what is told beside progress."""
    asked = ("--engine", "silent", "--workers", "1", "-q", "-o", str(target), *options)
    done = newsexport("audio", "news", *asked)
    return done.exit_code, done.output.splitlines()


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_does_not_fit_leaves_the_old_one_and_nothing_else(kind: str) -> None:
    options, name = KINDS[kind]
    assert speak(Path("whole", name), options)[0] == 0
    whole = held(Path("whole"))
    needed = sum(map(len, whole.values())) // 1000 + 40
    codes = []
    for kilobytes in (4, 8, 12, *range(16, 2 * needed, needed // 8)):
        with small_disk(Path("full"), f"size={kilobytes}k") as full:
            (full / name).write_bytes(OLD)
            code, told = speak(full / name, options)
            codes.append(code)
            if code:
                assert (code, told[0]) == (6, f"newsexport: full/{name}: No space left on device")
                assert told[1:] == ["hint: --output chooses another place"]
                assert held(full) == {name: OLD}, kilobytes
            else:
                assert held(full) == whole, kilobytes
    assert codes == sorted(codes, reverse=True), "what fits, fits on a larger disk"
    assert codes.count(6) > 6
    assert codes[-1] == 0


@pytest.mark.slow
@pytest.mark.parametrize("files", range(1, 8))
def test_a_disk_with_no_room_for_another_name_is_full_as_well(files: int) -> None:
    with small_disk(Path("full"), f"nr_inodes={files}") as full:
        code, told = speak(full / "morning.mp3")
        if code:
            assert (code, told[0]) == (6, "newsexport: full/morning.mp3: No space left on device")
        assert list(held(full)) == ([] if code else ["morning.mp3"])
    assert bool(code) == (files < 5)


@pytest.mark.slow
def test_a_full_cache_costs_time_and_nothing_else() -> None:
    assert speak(Path("whole.mp3"))[0] == 0
    needed = sum(path.stat().st_size for path in Path("cache").rglob("*") if path.is_file()) // 1000
    for kilobytes in (4, 8, 12, *range(16, 2 * needed, needed // 8)):
        with small_disk(Path("cache"), f"size={kilobytes}k") as cache:
            assert speak(Path("out/morning.mp3")) == (0, ["out/morning.mp3"])
            assert speak(Path("out/morning.mp3")) == (0, ["out/morning.mp3 (replaced)"])
            assert Path("out/morning.mp3").read_bytes() == Path("whole.mp3").read_bytes(), kilobytes
            assert [path for path in cache.rglob("*") if path.is_file() and len(path.name) != 64] == []
        Path("out/morning.mp3").unlink()


def run(output: str, stdout: int | IO[bytes] = subprocess.PIPE) -> subprocess.CompletedProcess[bytes]:
    """A process of its own, which looks by itself where temporary files go."""
    command = [sys.executable, "-m", "newsexport", "audio", "news", "--engine", "silent", "-q", "-o", output]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, check=False, timeout=120)


@pytest.mark.slow
def test_a_full_folder_for_temporary_files_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    # What language an article is in is looked up in a model that is unpacked there.
    Path("news/brief.txt").write_text("Ships are back\n\nThe harbour of Oldhaven opens today.\n", "utf-8")
    with small_disk(Path("small").absolute(), "size=4k") as small:
        monkeypatch.setenv("TMPDIR", str(small))
        done, poured = run("morning.mp3"), run("-")
        assert list(small.iterdir()) == []
    assert done.stderr.decode().splitlines() == [
        f"newsexport: {small}: No space left on device",
        "hint: the variable TMPDIR names another folder for temporary files",
    ]
    assert poured.stderr == done.stderr
    assert (done.returncode, done.stdout) == (poured.returncode, poured.stdout) == (6, b"")
    assert not Path("morning.mp3").exists()


@pytest.mark.slow
def test_a_full_disk_behind_standard_output_is_told_as_that() -> None:
    with Path("/dev/full").open("wb") as full:
        done = run("-", stdout=full)
    assert done.returncode == 6
    assert done.stderr.decode().splitlines()[0] == "newsexport: standard output: No space left on device"
