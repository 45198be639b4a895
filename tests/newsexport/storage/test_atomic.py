"""Files appear whole or not at all, also when the process is killed."""

import os
import re
import signal
import subprocess
import sys
import textwrap
from functools import partial
from pathlib import Path

import pytest
from tests.newsexport.storage.moments import MOMENTS

from newsexport.errors import OutputError
from newsexport.storage.atomic import lock
from newsexport.storage.staging import OWNER, PREFIX, check, put_all, staged, sweep

WRITER = textwrap.dedent("""
    import sys, time
    from pathlib import Path
    from newsexport.storage.staging import staged
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
    from newsexport.storage.staging import staged

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


@pytest.mark.slow
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


@pytest.mark.parametrize("moment", ["open", "fcntl.flock"])
def test_a_run_that_is_just_beginning_is_not_disturbed_by_one_that_clears_up(
    moment: str, tmp_path: Path
) -> None:
    # Another run sweeps right before this one makes its owner's file, or before it locks it.
    target = tmp_path / "paper.txt"
    with MOMENTS.heard(moment, lambda _: sweep(tmp_path)) as told, staged(target) as draft:
        draft.write_text("new")
    assert [name for event, name in told if event == "open"].count(OWNER) > 1, "it began again"
    assert target.read_text("utf-8") == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_each_file_is_written_out_before_any_takes_its_place_and_their_folder_after(tmp_path: Path) -> None:
    with MOMENTS.heard() as told, staged(tmp_path / "a.epub") as draft:
        draft.write_bytes(b"book")
        (draft.parent / "b.json").write_bytes(b"companion")
        told.clear()
    # A file is opened to be written out, and so is a folder (fsync takes a descriptor).
    done = [one for one in told if one[0] != "fcntl.flock"][:5]
    assert sorted(done[:2]) == [("open", "a.epub"), ("open", "b.json")], "side by side"
    assert [event for event, _ in done[2:4]] == ["os.rename", "os.rename"]
    assert done[4] == ("open", tmp_path.name)


def test_several_files_take_their_places_once_all_of_them_are_written_out(tmp_path: Path) -> None:
    files = {
        tmp_path / "a" / "1.xml": b"one",
        tmp_path / "b" / "2.xml": b"two",
        tmp_path / "a" / "3.xml": b"3",
    }
    for folder in "ab":
        (tmp_path / folder).mkdir()
    (tmp_path / "a" / "1.xml").write_bytes(b"old")
    with MOMENTS.heard() as told:
        put_all({path: partial(_write, data) for path, data in files.items()})
    done = [one for one in told if one[1].endswith(".xml")]
    opened, renamed = (
        [at for at, (event, _) in enumerate(done) if event == of] for of in ("open", "os.rename")
    )
    assert len(opened) == 6, "each is written, and written out"
    assert max(opened) < min(renamed)
    assert [name for _, name in done[-3:]] == ["1.xml", "2.xml", "3.xml"], "in this order"
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == files


def test_of_several_files_none_is_replaced_where_one_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "1.xml").write_bytes(b"old")
    (tmp_path / "2.xml").mkdir()
    with pytest.raises(OutputError, match=r"2\.xml: is a folder"):
        put_all({tmp_path / name: partial(_write, b"new") for name in ("1.xml", "2.xml")})
    assert (tmp_path / "1.xml").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.xml", "2.xml"]


def _write(data: bytes, draft: Path) -> None:
    draft.write_bytes(data)


def leftover(folder: Path, *, owned: bool) -> Path:
    """What a killed run left: a file, a folder with another, a link, and perhaps its owner's file."""
    (folder / "chapters").mkdir(parents=True)
    (folder / "chapters" / "a").write_bytes(b"a")
    (folder / "a.txt").write_bytes(b"a")
    (folder / "link").symlink_to(folder.parent / "elsewhere")
    if owned:
        (folder / OWNER).write_bytes(b"")
    return folder


def test_only_what_nobody_owns_any_more_is_swept(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "mine").write_bytes(b"mine")
    (tmp_path / f"{PREFIX}link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / f"{PREFIX}file").write_bytes(b"")
    dead = leftover(tmp_path / f"{PREFIX}dead", owned=True)
    held = leftover(tmp_path / f"{PREFIX}held", owned=True)
    unknown = leftover(tmp_path / f"{PREFIX}unknown", owned=False)
    other = leftover(tmp_path / "other", owned=True)
    empty = tmp_path / f"{PREFIX}empty"
    empty.mkdir()
    with (held / OWNER).open("rb") as owner:
        lock(owner)
        sweep(tmp_path)
    assert not dead.exists()
    assert not empty.exists()
    for stays in (held, unknown, other):
        assert {path.name for path in stays.iterdir()} >= {"chapters", "a.txt", "link"}
    assert (tmp_path / f"{PREFIX}file").exists()
    assert (tmp_path / "elsewhere" / "mine").read_bytes() == b"mine"


def test_clearing_up_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter").write_bytes(b"mine")

    def write() -> None:
        with staged(tmp_path / "paper.txt") as draft:
            leftover(draft.parent / "parts", owned=False)
            (draft.parent / "link").symlink_to(tmp_path / "mine")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write()
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    assert (tmp_path / "mine" / "letter").read_bytes() == b"mine"


def test_a_full_disk_is_told_in_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    # A file size limit is a full disk that needs no privileges: the write fails half way.
    script = textwrap.dedent("""
        import resource, signal, sys
        from pathlib import Path
        from newsexport.errors import OutputError
        from newsexport.storage.staging import staged
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
    with pytest.raises(OutputError) as refused, staged(tmp_path):
        pass
    assert str(refused.value) == f"{tmp_path}: is a folder, not a file"
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OutputError) as refused, staged(tmp_path / "pipe"):
        pass
    assert str(refused.value) == f"{tmp_path / 'pipe'}: is a device or a pipe, not a file"


def test_whether_a_file_could_be_put_somewhere_is_found_out_without_writing(tmp_path: Path) -> None:
    (tmp_path / "old.epub").write_bytes(b"old")
    before = sorted(tmp_path.rglob("*"))
    check(tmp_path / "old.epub")
    check(tmp_path / "new" / "folder" / "book.epub")
    assert sorted(tmp_path.rglob("*")) == before
    below = tmp_path / "old.epub" / "book.epub"
    with pytest.raises(OutputError) as refused:
        check(below)
    # By its name where that can be asked for, by the system's words where it cannot.
    assert str(refused.value).startswith(f"{below}: ")
    with pytest.raises(OutputError) as refused:
        check(tmp_path)
    assert str(refused.value) == f"{tmp_path}: is a folder, not a file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="may write anywhere")
def test_a_folder_that_nobody_may_write_to_is_told_before_anything_is_made(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="cannot be written to"):
        check(tmp_path / "new" / "book.epub")


def test_a_relative_path_is_where_the_program_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    check(Path("new/folder/book.epub"))
    with staged(Path("new/folder/book.epub")) as draft:
        draft.write_bytes(b"book")
    assert (tmp_path / "new" / "folder" / "book.epub").read_bytes() == b"book"


def test_nothing_is_left_behind_though_somebody_removed_the_mark_of_the_owner(tmp_path: Path) -> None:
    with staged(tmp_path / "book.epub") as draft:
        draft.write_bytes(b"book")
        (draft.parent / OWNER).unlink()
    assert [path.name for path in tmp_path.iterdir()] == ["book.epub"]


def test_files_have_the_permissions_any_new_file_has(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    with staged(tmp_path / "book.epub") as draft:
        draft.write_bytes(b"")
    assert (tmp_path / "book.epub").stat().st_mode == (tmp_path / "plain").stat().st_mode
