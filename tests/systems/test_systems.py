"""The main jobs on every system; on Linux with the traits of Windows.

These tests use nothing that some system lacks, so they are the first to be run on a new one.
"""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest
from tests.systems.machines import PATIENCE, Machine, ctrl_break, interrupt

HELD = """
import sys, time
from pathlib import Path
from newsexport.{module} import {name}
with {name}(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep({seconds})
"""
KEPT_OPEN = """
import sys, time
from pathlib import Path
target = Path(sys.argv[1])
with target.open("rb"):
    print("held", flush=True)
    while not list(target.parent.glob(".newsexport-*/" + target.name)):
        time.sleep(0.01)
    time.sleep(1)  # by now another is about to put it in place
"""


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """With the traits of Windows on Linux, which all other tests are about; elsewhere as it is."""
    made = Machine(tmp_path, windows=sys.platform == "linux")
    made.story("The harbour opens", "The harbour of Norwick opened on Tuesday, its mayor said.")
    made.story("Η πόλη → θάλασσα", "Οι κάτοικοι της πόλης είδαν χθες τη θάλασσα από κοντά.", name="polis")
    return made


TRAITS = """
import os, sys, tempfile
from pathlib import Path
from newsexport.storage import atomic

def refused(call, *arguments):
    try:
        call(*arguments)
    except (OSError, ImportError, AttributeError) as error:
        return type(error).__name__
    return "allowed"

here = Path(tempfile.mkdtemp(dir="."))
(here / "Book.txt").write_text("é\\n")
reading = os.open(here / "Book.txt", os.O_RDONLY)
print(refused(os.open, here, os.O_RDONLY), refused(os.fsync, reading))
print(refused(os.unlink, here / "Book.txt"), refused(os.replace, here / "Book.txt", here / "b"))
(here / "other").write_text("")
print(refused(os.replace, here / "other", here / "BOOK.TXT"), refused(here.rename, "elsewhere"))
os.close(reading)
print(refused(os.rename, here / "other", here / "BOOK.TXT"), refused((here / "AUX.txt").touch))
print(refused((here / "a:b").write_bytes, b""), (here / "bOOK.TXT. ").exists(), (here / "Book.txt").read_bytes())
print(atomic.fcntl, atomic.os.name, atomic.msvcrt.__name__, hasattr(atomic.os, "fork"))
"""
TOLD = """\
PermissionError OSError
PermissionError PermissionError
PermissionError PermissionError
FileExistsError OSError
OSError True b'\\xe9\\r\\n'
None nt msvcrt False
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the traits are put upon Linux")
def test_the_traits_are_those_of_windows(machine: Machine) -> None:
    done = machine.done(machine.python("-c", TRAITS))
    assert done.out == TOLD, done.err


@pytest.mark.slow
def test_every_format_is_written_and_sound(machine: Machine) -> None:
    kinds = [word for kind in ("epub", "text", "json", "audio") for word in ("--to", kind)]
    done = machine.newsexport("export", "news", *kinds, "-o", "out/", "--engine", "espeak", "--title", "Day")
    assert done.code == 0, done.err
    made = sorted((machine.room / "out").iterdir())
    assert [path.suffix for path in made] == [".epub", ".json", ".mp3", ".txt"]
    names = [f"out/{path.name}" for path in made]
    assert machine.newsexport("verify", *names).code == 0
    text = made[-1].read_bytes()
    assert "Η πόλη → θάλασσα".upper() in text.decode("utf-8").upper()
    assert b"\r" not in text


@pytest.mark.slow
def test_a_console_without_the_letters_is_no_reason_to_fail(machine: Machine) -> None:
    shown = machine.newsexport("show", "news")
    assert shown.code == 0, shown.err
    greek = "Η πόλη → θάλασσα" if machine.encoding == "utf-8" else r"\u0397 \u03c0\u03cc\u03bb\u03b7"
    assert greek in shown.out
    for arguments in (("show", "τίποτα"), ("voices",)):
        done = machine.newsexport(*arguments)
        assert "Traceback" not in done.err
        assert done.out or done.err


@pytest.mark.slow
def test_a_paper_comes_out_day_after_day(machine: Machine) -> None:
    machine.configuration()
    first = machine.newsexport("run")
    assert first.code == 0, first.err
    assert {path.suffix for path in (machine.room / "player").iterdir()} >= {".epub", ".mp3"}
    machine.story("The bridge", "The bridge at Oldhaven was opened on Wednesday.", date="2026-11-25")
    second = machine.newsexport("run", SOURCE_DATE_EPOCH="1796083200")
    assert second.code == 0, second.err
    assert "could not remove" not in second.err
    issues = [path.name for path in (machine.room / "library" / "systems").iterdir() if path.is_dir()]
    assert len(issues) == 1
    left = [path.name for path in machine.room.rglob(".newsexport-*") if path.is_dir()]
    assert not left


@pytest.mark.slow
def test_a_library_is_served_and_the_server_ends_when_it_is_told_to(machine: Machine) -> None:
    machine.configuration()
    assert machine.newsexport("run").code == 0
    with machine.serving() as (process, address):
        with urllib.request.urlopen(f"{address}systems/feed.xml", timeout=PATIENCE) as answer:
            assert b"<rss" in answer.read(1000)
        interrupt(process)
        assert process.wait(PATIENCE) == 0


@pytest.mark.slow
def test_an_issue_that_somebody_is_hearing_goes_when_he_is_done(machine: Machine) -> None:
    machine.configuration()
    assert machine.newsexport("run").code == 0
    (sound,) = (machine.room / "library").glob("*/20*/*.mp3")
    machine.story("The bridge", "The bridge at Oldhaven was opened on Wednesday.", date="2026-11-25")
    with sound.open("rb"):
        done = machine.newsexport("run", SOURCE_DATE_EPOCH="1796083200")
        assert done.code == 0, done.err
        if machine.windows or sys.platform == "win32":
            assert f"could not remove {sound.relative_to(machine.room / 'library').as_posix()}" in done.err
            assert sound.exists()
    machine.story("The bridge", "The bridge at Oldhaven was closed again on Thursday.", date="2026-11-25")
    assert machine.newsexport("run", SOURCE_DATE_EPOCH="1796083200").code == 0
    assert not sound.exists()


@pytest.mark.slow
def test_a_second_run_is_told_that_there_is_one(machine: Machine) -> None:
    machine.configuration()
    assert machine.newsexport("run").code == 0
    (lock,) = machine.room.rglob("systems*.lock")
    holder = machine.python("-c", HELD.format(module="routine.lock", name="alone", seconds=60), str(lock))
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        assert machine.newsexport("run").code == 75
    finally:
        holder.kill()
        holder.communicate()
    assert machine.newsexport("run").code != 75


def test_what_a_killed_run_has_left_is_gone_after_the_next(machine: Machine) -> None:
    target = machine.room / "out" / "morning.txt"
    killed = machine.python(
        "-c", HELD.format(module="storage.staging", name="staged", seconds=60), str(target)
    )
    assert killed.stdout is not None
    assert killed.stdout.readline().strip() == b"held"
    working = list(target.parent.iterdir())
    assert len(working) == 1
    assert machine.newsexport("text", "news", "-o", "out/other.txt").code == 0
    assert sorted(target.parent.iterdir()) == sorted([*working, target.with_name("other.txt")])
    killed.kill()
    killed.communicate()
    assert machine.newsexport("text", "news", "-o", str(target)).code == 0
    assert sorted(path.name for path in target.parent.iterdir()) == ["morning.txt", "other.txt"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform not in {"linux", "win32"}, reason="Ctrl-Break is a key of Windows")
def test_ctrl_break_ends_a_run_and_leaves_nothing(machine: Machine) -> None:
    machine.story("Long", "One more sentence of a long day. " * 20_000)
    run = machine.python("-m", "newsexport", "audio", "news", "-o", "out/long.mp3", "--workers", "1")
    folder = machine.room / "out"
    until = time.monotonic() + PATIENCE
    while not (folder.is_dir() and any(folder.iterdir())):
        assert run.poll() is None
        assert time.monotonic() < until
        time.sleep(0.05)
    for _ in range(10):  # as somebody does who sees that it goes on
        ctrl_break(run)
        with suppress(subprocess.TimeoutExpired):
            run.wait(2)
            break
    done = machine.done(run)
    assert (done.code, "interrupted" in done.err) == (130, True), done.err
    assert list(folder.iterdir()) == []


@pytest.mark.slow
def test_a_file_that_is_just_being_read_is_replaced_a_moment_later(machine: Machine) -> None:
    target = machine.room / "morning.txt"
    assert machine.newsexport("text", "news", "-o", target.name).code == 0
    before = target.read_bytes()
    machine.story("The bridge", "The bridge at Oldhaven was opened on Wednesday.")
    reader = machine.python("-c", KEPT_OPEN, str(target))
    assert reader.stdout is not None
    assert reader.stdout.readline().strip() == b"held"
    try:
        done = machine.newsexport("text", "news", "-o", target.name)
    finally:
        reader.kill()
        reader.communicate()
    assert done.code == 0, done.err
    assert target.read_bytes() != before


@pytest.mark.slow
def test_files_are_brought_into_a_folder_and_none_replaces_another(machine: Machine) -> None:
    (machine.room / "other").mkdir()
    for name in ("morning.epub", "other/Morning.epub"):
        assert machine.newsexport("epub", "news", "-o", name, "--title", name[:5]).code == 0
    for _ in range(2):
        done = machine.newsexport("send", "morning.epub", "other/Morning.epub", "--to", "player/")
        assert done.code == 0, done.err
    names = sorted(path.name for path in (machine.room / "player").glob("*.epub"))
    assert names == ["Morning-2.epub", "morning.epub"]


@pytest.mark.slow
def test_many_files_are_read_by_processes(machine: Machine) -> None:
    for number in range(40):
        machine.story(
            f"Story {number}", f"Of the {number} boats, some were small. " * 1000, name=f"s{number}"
        )
    done = machine.newsexport("text", "news", "-o", "all.txt", "--workers", "2")
    assert done.code == 0, done.err
    text = (machine.room / "all.txt").read_text("utf-8").casefold()
    assert all(f"story {number}\n" in text for number in range(40))


@pytest.mark.slow
def test_a_name_is_one_that_every_system_takes(machine: Machine) -> None:
    done = machine.newsexport("text", "news", "--title", 'CON: a "new" paper? *. .', "-o", "out/")
    assert done.code == 0, done.err
    assert [path.name for path in (machine.room / "out").iterdir()] == ["con-a-new-paper-2026-11-30.txt"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the traits are put upon Linux")
def test_the_same_bytes_come_out_on_either(tmp_path: Path) -> None:
    made = {}
    for windows in (False, True):
        room = tmp_path / str(windows)
        room.mkdir()
        machine = Machine(room, windows)
        machine.story("The harbour opens", "The harbour of Norwick opened on Tuesday, its mayor said.")
        done = machine.newsexport(
            "export",
            "news",
            *("--to", "epub", "--to", "text", "--to", "json", "--to", "audio", "-o", "out/"),
            *("--engine", "espeak"),
        )
        assert done.code == 0, done.err
        made[windows] = {path.name: path.read_bytes() for path in (room / "out").iterdir()}
    assert len(made[True]) == 4
    assert made[True] == made[False]
