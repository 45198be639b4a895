"""Onto a medium: whole or not at all, read back, and nothing removed that is not ours."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.machine.system_tools import small_disk, strace

from newsexport.delivery import shelves
from newsexport.delivery.copying import copied
from newsexport.delivery.devices import recognised
from newsexport.errors import DeliveryError, UsageError
from newsexport.events import Event, Omitted
from newsexport.storage.old_issues import OLD

COPY = "import sys; from pathlib import Path; from newsexport.delivery.copying import copied; copied(Path(sys.argv[1]), Path(sys.argv[2]))"

COPYING = (sys.executable, "-c", COPY)
STRACE = ("-qq", "-f", "-o", "/dev/null")


@pytest.fixture
def medium(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, of two megabytes, as small as they come."""
    root = tmp_path / "medium"
    with small_disk(root, "size=2m"):
        yield root


@pytest.fixture
def kobo(medium: Path) -> Path:
    (medium / ".kobo").mkdir()
    (medium / ".kobo/version").touch()
    return medium


def book(folder: Path, name: str, content: bytes = b"book") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_an_issue_dated_by_a_wrong_clock_takes_nobodys_place(kobo: Path, tmp_path: Path) -> None:
    there: list[str] = []
    for day in ("2027-11-25", "2026-11-24", "2026-11-25", "2026-11-26", "1970-01-01"):
        to(kobo, [book(tmp_path, f"morning-{day}.epub", day.encode())], keep=2)
        there = sorted(path.name[8:18] for path in kobo.rglob("morning-*.epub"))
        assert day in there
    assert there == ["1970-01-01", "2026-11-25", "2026-11-26", "2027-11-25"]


def unheard(event: Event) -> None:
    """Nobody listens."""


def test_what_is_removed_is_counted(tmp_path: Path, kobo: Path) -> None:
    told: list[Event] = []
    device = recognised(kobo)
    assert device is not None
    for day in ("2026-11-23", "2026-11-24"):
        shelves.to_device(device, [book(tmp_path, f"morning-{day}.epub", day.encode())], 1, told.append)
    assert told == [Omitted("morning-2026-11-23.epub", OLD, "issue")]


def to(root: Path, files: list[Path], keep: int | None = None) -> list[Path]:
    device = recognised(root)
    assert device is not None
    return [one.path for one in shelves.to_device(device, files, keep, unheard)]


def test_a_kobo_gets_its_own_form_of_a_book_where_it_looks(kobo: Path, tmp_path: Path) -> None:
    files = [
        book(tmp_path, "morning-2026-11-25.3fa9c1d0.epub"),
        book(tmp_path, "morning-2026-11-25.0a1b2c3d.kepub.epub", b"kepub"),
        book(tmp_path, "morning-2026-11-25.99999999.mp3"),
    ]
    assert to(kobo, files) == [kobo / "newsexport/morning-2026-11-25.kepub.epub"]
    assert (kobo / "newsexport/morning-2026-11-25.kepub.epub").read_bytes() == b"kepub"


def test_a_kindle_is_told_that_its_books_come_by_mail(medium: Path, tmp_path: Path) -> None:
    (medium / "documents").mkdir()
    (medium / "documents/My Clippings.txt").touch()
    with pytest.raises(UsageError, match="by mail"):
        to(medium, [book(tmp_path, "a.epub")])


def test_a_newspaper_is_brought_where_there_is_no_book_of_the_same_issue(kobo: Path, tmp_path: Path) -> None:
    pdf = book(tmp_path, "morning-2026-11-25.3fa9c1d0.pdf", b"%PDF-")
    epub = book(tmp_path, "morning-2026-11-25.0a1b2c3d.epub")
    assert to(kobo, [pdf, epub]) == [kobo / "newsexport/morning-2026-11-25.epub"]
    other = book(tmp_path, "evening-2026-11-25.0a1b2c3d.pdf", b"%PDF-")
    assert to(kobo, [other]) == [kobo / "newsexport/evening-2026-11-25.pdf"]


def test_a_kindle_takes_a_newspaper_by_cable(medium: Path, tmp_path: Path) -> None:
    (medium / "documents").mkdir()
    (medium / "documents/My Clippings.txt").touch()
    assert to(medium, [book(tmp_path, "a.pdf", b"%PDF-")]) == [medium / "documents/a.pdf"]


def test_a_folder_with_nothing_mounted_is_refused(tmp_path: Path) -> None:
    (tmp_path / "place/.kobo").mkdir(parents=True)
    (tmp_path / "place/.kobo/version").touch()
    with pytest.raises(DeliveryError, match="nothing is mounted"):
        to(tmp_path / "place", [book(tmp_path, "a.epub")])


def test_old_issues_go_and_what_is_not_ours_stays(kobo: Path, tmp_path: Path) -> None:
    (kobo / "newsexport").mkdir()
    own = book(kobo / "newsexport", "morning-2020-01-01.epub", b"somebody's own")
    for day in ("23", "24", "25"):
        to(kobo, [book(tmp_path, f"morning-2026-11-{day}.epub", day.encode())], keep=2)
    names = sorted(path.name for path in (kobo / "newsexport").iterdir())
    assert names == ["morning-2020-01-01.epub", "morning-2026-11-24.epub", "morning-2026-11-25.epub"]
    assert own.read_bytes() == b"somebody's own"


def test_an_issue_that_somebody_changed_stays(kobo: Path, tmp_path: Path) -> None:
    (first,) = to(kobo, [book(tmp_path, "morning-2026-11-24.epub")])
    first.write_bytes(b"with notes in the margin")
    to(kobo, [book(tmp_path, "morning-2026-11-25.epub")], keep=1)
    assert first.read_bytes() == b"with notes in the margin"


def test_what_does_not_fit_is_told_before_anything_is_written(kobo: Path, tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match=r"too little room: [\d,]+ bytes are needed"):
        to(kobo, [book(tmp_path, "large.epub", bytes(3_000_000))])
    assert list((kobo / "newsexport").iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("call", ["write", "fsync", "rename", "openat"])
def test_a_medium_that_is_pulled_out_has_the_old_issue_or_the_new(
    call: str, kobo: Path, tmp_path: Path
) -> None:
    """strace has the k-th call on the medium fail, as one does when the cable is out; then kills at it."""
    source, target = book(tmp_path, "new.epub", b"new" * 700_00), kobo / "newsexport/a.epub"
    target.parent.mkdir()
    watched = (target.parent, target, target.with_name(".a.epub.part"))
    seen = [word for path in watched for word in ("-P", path)]
    for harm in ("error=EIO", "signal=SIGKILL"):
        for count in range(1, 4 if call != "openat" else 2):
            target.write_bytes(b"old")
            subprocess.run(
                [
                    strace(),
                    *STRACE,
                    *seen,
                    "-e",
                    f"inject={call}:{harm}:when={count}+",
                    *COPYING,
                    source,
                    target,
                ],
                capture_output=True,
                env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
                check=False,
            )
            assert target.read_bytes() in {b"old", source.read_bytes()}
    copied(source, target)
    assert target.read_bytes() == source.read_bytes()
    assert [path.name for path in target.parent.iterdir()] == ["a.epub"]


def test_the_list_of_ours_is_written_last_and_may_be_lost(kobo: Path, tmp_path: Path) -> None:
    to(kobo, [book(tmp_path, "morning-2026-11-24.epub")])
    told = json.loads((kobo / shelves.LIST).read_text())
    assert list(told) == ["newsexport/morning-2026-11-24.epub"]
    (kobo / shelves.LIST).write_text("{damaged")
    to(kobo, [book(tmp_path, "morning-2026-11-25.epub")], keep=1)
    assert (kobo / "newsexport/morning-2026-11-24.epub").exists()


def test_the_same_file_is_not_written_again(kobo: Path, tmp_path: Path) -> None:
    (there,) = to(kobo, [book(tmp_path, "morning-2026-11-24.epub")])
    before = there.stat().st_mtime_ns
    to(kobo, [tmp_path / "morning-2026-11-24.epub"])
    assert there.stat().st_mtime_ns == before
