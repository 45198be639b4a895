"""A cache that a disk has spoiled: the same bytes come out, what was damaged is mended, and it is said once."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.newsexport.cli.cli_runs import furnish

Harm = Callable[[bytes], bytes]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    furnish(tmp_path, monkeypatch)
    assert speak("first.mp3") == ""


def speak(output: str, *options: str, workers: int = 1) -> str:
    """What a run says on standard error besides its progress; with ``--json``, all it tells."""
    command = [sys.executable, "-m", "newsexport", "audio", "news", "--engine", "espeak", "-o", output]
    done = subprocess.run(
        [*command, "--workers", str(workers), *options],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    progress = ("reading", "speaking", "fetching")
    said = [line for line in done.stderr.splitlines(keepends=True) if not line.startswith(progress)]
    return "".join(said) + (done.stdout if "--json" in options else "")


def kept() -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in Path("cache").rglob("*") if path.is_file()}


def flipped(data: bytes) -> bytes:
    return data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]


def cut_short(data: bytes) -> bytes:
    return data[: len(data) // 2]


def emptied(data: bytes) -> bytes:
    return data[:0]


def spoil(entries: Iterator[Path], harm: Harm) -> int:
    """Damage them; how many they are."""
    found = list(entries)
    for path in found:
        path.write_bytes(harm(path.read_bytes()))
    return len(found)


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("harm", [flipped, cut_short, emptied])
def test_every_damaged_entry_is_mended_and_counted(harm: Harm, workers: int) -> None:
    whole = kept()
    assert {path.parent.parent.name for path in whole} == {"passage", "saying", "segment"}
    count = spoil(iter(whole), harm)
    said = speak("again.mp3", workers=workers)
    assert said == f"{count} damaged entries of the cache were made anew\n"
    assert Path("again.mp3").read_bytes() == Path("first.mp3").read_bytes()
    assert kept() == whole
    assert speak("third.mp3", workers=workers) == ""


@pytest.mark.slow
def test_one_that_workers_alone_come_to_read_is_told_as_well() -> None:
    for path in Path("cache").rglob("passage/??/*"):
        path.unlink()
    assert spoil(iter(sorted(Path("cache").rglob("segment/??/*"))[:1]), flipped) == 1
    assert speak("again.mp3", workers=2) == "1 damaged entry of the cache was made anew\n"
    assert Path("again.mp3").read_bytes() == Path("first.mp3").read_bytes()


@pytest.mark.slow
def test_programs_are_told_as_of_any_note_and_who_asked_for_quiet_is_not() -> None:
    whole = kept()
    count = spoil(iter(whole), flipped)
    notes = [json.loads(line) for line in speak("again.mp3", "--json").splitlines()]
    assert [event for event in notes if event["event"] == "noted"] == [
        {"event": "noted", "text": f"{count} damaged entries of the cache were made anew"}
    ]
    spoil(iter(whole), flipped)
    assert speak("again.mp3", "-q") == ""
    assert Path("again.mp3").read_bytes() == Path("first.mp3").read_bytes()
