"""What a reader that sleeps missed waits for it, whatever becomes of the runs in between."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.newsexport.delivery.reading_devices import CrossPoint, Device, device

from newsexport.configuration.planning import read_plan
from newsexport.errors import DeliveryError, NothingToExportError, UsageError
from newsexport.events import Event, Lost, Omitted, ignore
from newsexport.net.retry import Timing
from newsexport.routine.deliveries import Deliveries
from newsexport.storage.folders import Folders
from newsexport.storage.old_issues import OLD

CONFIGURATION = """
[paper.morning]
sources = ["news"]

[[paper.morning.deliver]]
by = "crosspoint"
address = "{address}"
keep = 3

[[paper.morning.deliver]]
by = "folder"
path = "sync"

[[paper.morning.deliver]]
by = "crosspoint"
address = "{address}"
folder = "/Second"
"""

KILLED = """
import os, sys
from pathlib import Path
from newsexport.configuration.planning import read_plan
from newsexport.net.retry import Timing
from newsexport.routine.deliveries import Deliveries
from newsexport.storage.folders import Folders
room = Path(sys.argv[1])
paper = read_plan(room / "newsexport.toml").paper("morning")
dies = Timing(sleep=lambda _: os.kill(os.getpid(), 9))
list(Deliveries(paper, Folders(room / "cache", room / "state"), print, dies).bring([Path(sys.argv[2])]))
"""


def deliveries(room: Path, address: str, told: list[Event] | None = None) -> Deliveries:
    (room / "newsexport.toml").write_text(CONFIGURATION.format(address=address))
    paper = read_plan(room / "newsexport.toml").paper("morning")
    report = ignore if told is None else told.append
    return Deliveries(paper, Folders(room / "cache", room / "state"), report, Timing(sleep=lambda _: None))


def issue(room: Path, day: int) -> list[Path]:
    path = room / f"morning-2026-11-{day}.epub"
    path.write_bytes(f"of the {day}th".encode())
    return [path]


def there(reader: Device, folder: str = "newsexport") -> list[str]:
    return sorted(path.rpartition("-")[2] for path in reader.files if path.startswith(f"/{folder}/"))


def test_a_reader_gets_what_it_missed_while_it_slept_but_no_more_than_it_keeps(tmp_path: Path) -> None:
    told: list[Event] = []
    with device(CrossPoint) as reader:
        pass
    for day in (21, 22, 23, 24):
        arrived = list(deliveries(tmp_path, reader.address, told).bring(issue(tmp_path, day)))
        assert arrived == [str(tmp_path / f"sync/morning-2026-11-{day}.epub")]
    assert "; 3 files wait for the next run or `send --waiting`" in str(told[-2])
    assert Omitted("morning-2026-11-21.epub", OLD, "issue") in told
    with device(CrossPoint) as reader:
        late = deliveries(tmp_path, reader.address)
        assert len(list(late.bring(issue(tmp_path, 25)))) == 3 + 1 + 5
        assert there(reader) == ["23.epub", "24.epub", "25.epub"]
        assert there(reader, "Second") == ["21.epub", "22.epub", "23.epub", "24.epub", "25.epub"]
        reader.files.clear()
        assert list(late.bring(())) == []
        assert there(reader) == []


def test_what_waits_goes_out_without_a_new_issue_too(tmp_path: Path) -> None:
    with device(CrossPoint, breaks=[("/upload", "500")] * 8) as reader:
        late = deliveries(tmp_path, reader.address)
        list(late.bring(issue(tmp_path, 25)))
        assert there(reader) == there(reader, "Second") == []
        with pytest.raises(NothingToExportError), late.anyhow():
            raise NothingToExportError("nothing is new")
        assert there(reader) == there(reader, "Second") == ["25.epub"]


def test_a_run_that_is_killed_while_it_sends_loses_no_issue(tmp_path: Path) -> None:
    with device(CrossPoint, breaks=[("/upload", "cut")]) as reader:
        late = deliveries(tmp_path, reader.address)
        (file,) = issue(tmp_path, 25)
        done = subprocess.run([sys.executable, "-c", KILLED, tmp_path, file], check=False, timeout=60)
        assert done.returncode == -9
        file.unlink()
        assert there(reader) == []
        list(late.bring(issue(tmp_path, 26)))
        assert there(reader) == ["25.epub", "26.epub"]


def test_what_nobody_there_reads_does_not_wait_and_a_place_that_is_gone_has_nothing(tmp_path: Path) -> None:
    with device(CrossPoint) as reader:
        late, told = deliveries(tmp_path, reader.address), list[Event]()
        sound = tmp_path / "morning-2026-11-25.mp3"
        sound.write_bytes(b"sound")
        for event in list(deliveries(tmp_path, reader.address, told).bring([sound])):
            assert event.endswith(".mp3")
        assert [str(event) for event in told if isinstance(event, Lost)] != []
        assert late.waiting("crosspoint") == []
    with pytest.raises(DeliveryError, match=r"1 file waits for the next run"):
        late.bring_to("crosspoint", late.places()["crosspoint"], issue(tmp_path, 25))
    (tmp_path / "newsexport.toml").write_text('[paper.morning]\nsources = ["news"]\n')
    paper = read_plan(tmp_path / "newsexport.toml").paper("morning")
    list(Deliveries(paper, Folders(tmp_path / "cache", tmp_path / "state"), ignore).bring(()))
    assert late.waiting("crosspoint") == []


def test_a_password_that_is_missing_keeps_an_issue_waiting(tmp_path: Path) -> None:
    with device(CrossPoint) as reader:
        deliveries(tmp_path, reader.address)
    (tmp_path / "newsexport.toml").write_text(
        '[paper.morning]\nsources = ["news"]\n[[paper.morning.deliver]]\nby = "webdav"\n'
        'address = "https://cloud.invalid"\nuser = "ada"\npassword = { env = "NO_SUCH_VARIABLE" }\n'
    )
    paper = read_plan(tmp_path / "newsexport.toml").paper("morning")
    late = Deliveries(paper, Folders(tmp_path / "cache", tmp_path / "state"), ignore)
    with pytest.raises(UsageError, match=r"NO_SUCH_VARIABLE is not set.*; 1 file waits"):
        late.bring_to("webdav", late.places()["webdav"], issue(tmp_path, 25))
    assert [path.name for path in late.waiting("webdav")] == ["morning-2026-11-25.epub"]
