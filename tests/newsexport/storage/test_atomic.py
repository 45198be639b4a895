"""Files appear whole or not at all, also when the process is killed."""

import os
import re
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from newsexport.errors import OutputError
from newsexport.storage.atomic import staged

WRITER = textwrap.dedent("""
    import sys, time
    from pathlib import Path
    from newsexport.storage.atomic import staged
    target = Path(sys.argv[1])
    with staged(target) as draft:
        with draft.open("wb") as file:
            for number in range(50):
                file.write(b"n" * 1000)
                if number == 25:
                    file.flush()
                    print("half way", flush=True)
                    if len(sys.argv) > 2:
                        time.sleep(60)
    print("done", flush=True)
""")


def test_the_target_and_its_companions_are_published_together(tmp_path: Path) -> None:
    with staged(tmp_path / "new" / "book.epub") as draft:
        draft.write_bytes(b"book")
        draft.with_suffix(".json").write_bytes(b"companion")
        assert not (tmp_path / "new" / "book.epub").exists()
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["book.epub", "book.json"]


@pytest.mark.parametrize("name", ["book.epub", "a-sound.mp3", "zebra.txt"])
def test_the_target_is_published_last(name: str, tmp_path: Path) -> None:
    # A companion that finds a folder in its place cannot be published, and stops those that come after it.
    target = tmp_path / name
    target.write_bytes(b"old")
    (tmp_path / "m.json").mkdir()

    def write() -> None:
        with staged(target) as draft:
            draft.write_bytes(b"new")
            (draft.parent / "m.json").write_bytes(b"companion")
            (draft.parent / "b.json").write_bytes(b"companion")

    with pytest.raises(OutputError, match=re.escape(str(target))):
        write()
    assert target.read_bytes() == b"old"
    assert (tmp_path / "b.json").read_bytes() == b"companion"
    (tmp_path / "m.json").rmdir()
    write()
    assert target.read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "b.json", "m.json"])


def test_an_error_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "book.epub"
    target.write_bytes(b"old")

    def write_half() -> None:
        with staged(target) as draft:
            draft.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_killed_run_leaves_the_old_file_and_the_next_clears_up(tmp_path: Path) -> None:
    target = tmp_path / "book.epub"
    target.write_bytes(b"old")
    write = [sys.executable, "-c", WRITER, str(target)]
    with subprocess.Popen([*write, "wait"], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"half way\n"
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
    assert target.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 2
    subprocess.run(write, check=True, capture_output=True)
    assert list(tmp_path.iterdir()) == [target]
    assert target.read_bytes() == b"n" * 50_000


ENDED_AT = textwrap.dedent(
    """
    import os, sys
    from pathlib import Path
    from newsexport.storage.atomic import staged

    target, last = Path(sys.argv[1]), int(sys.argv[2])
    removals = 0

    def ended(event, args):
        global removals
        if event in ("os.remove", "os.rmdir"):
            removals += 1
            if removals == last:
                os._exit(9)

    with staged(target) as draft:
        draft.write_text("new")
        (draft.parent / "chapters").mkdir()
        for name in "abc":
            (draft.parent / "chapters" / name).write_text(name)
            (draft.parent / f"{name}.txt").write_text(name)
        sys.addaudithook(ended)
        raise SystemExit(0)
    """
)


def test_a_run_ended_while_clearing_up_leaves_nothing_for_good(tmp_path: Path) -> None:
    target = tmp_path / "paper.txt"
    for last in range(1, 20):
        run = subprocess.run([sys.executable, "-c", ENDED_AT, str(target), str(last)], check=False)
        with staged(target) as draft:
            draft.write_text("next")
        assert [path.name for path in tmp_path.iterdir()] == ["paper.txt"], last
        if run.returncode == 0:
            break
    else:
        pytest.fail("clearing up did not end")
    assert last > 7


def test_what_a_living_run_is_writing_is_not_cleared(tmp_path: Path) -> None:
    first = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path / "a"), "wait"], stdout=subprocess.PIPE
    )
    with first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"half way\n"
        with staged(tmp_path / "b") as draft:
            draft.write_bytes(b"b")
        assert len(list(tmp_path.glob(".newsexport-*"))) == 1
        first.kill()


SWEPT_AT = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from newsexport.storage.atomic import OWNER, staged, sweep

    target, moment = Path(sys.argv[1]), sys.argv[2]
    swept = 0

    def begin_another(event, args):
        global swept
        if event == moment and not swept and (moment != "open" or str(args[0]).endswith(OWNER)):
            swept += 1
            sweep(target.parent)

    sys.addaudithook(begin_another)
    with staged(target) as draft:
        draft.write_text("new")
    print(swept)
    """
)


@pytest.mark.parametrize("moment", ["open", "fcntl.flock"])
def test_a_run_that_is_just_beginning_is_not_disturbed_by_one_that_clears_up(
    moment: str, tmp_path: Path
) -> None:
    # Another run sweeps right before this one makes its owner's file, or before it locks it.
    target = tmp_path / "paper.txt"
    command = [sys.executable, "-c", SWEPT_AT, str(target), moment]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("1\n", "")
    assert target.read_text("utf-8") == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_is_told_in_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    # A file size limit is a full disk that needs no privileges: the write fails half way.
    script = textwrap.dedent("""
        import resource, signal, sys
        from pathlib import Path
        from newsexport.errors import OutputError
        from newsexport.storage.atomic import staged
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
        try:
            with staged(Path(sys.argv[1])) as draft:
                draft.write_bytes(bytes(50_000))
        except OutputError as error:
            print(error)
    """)
    target = tmp_path / "book.epub"
    told = subprocess.run(
        [sys.executable, "-c", script, str(target)], capture_output=True, text=True, check=True
    )
    assert told.stdout == f"{target}: File too large\n"
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match=r"file/book\.epub"), staged(tmp_path / "file" / "book.epub"):
        pass
    with pytest.raises(OutputError, match="is a folder"), staged(tmp_path):
        pass


def test_files_have_the_permissions_any_new_file_has(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    with staged(tmp_path / "book.epub") as draft:
        draft.write_bytes(b"")
    assert (tmp_path / "book.epub").stat().st_mode == (tmp_path / "plain").stat().st_mode
