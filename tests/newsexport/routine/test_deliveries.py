"""What a reader that sleeps missed waits for it, whatever becomes of the runs in between."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.newsexport.delivery.reading_devices import CrossPoint, Device, device

from newsexport.configuration.planning import read_plan
from newsexport.delivery.waiting import put_aside
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
name = "first"
address = "{address}"
keep = 3

[[paper.morning.deliver]]
by = "folder"
path = "sync"

[[paper.morning.deliver]]
by = "crosspoint"
name = "second"
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


def planned(room: Path, *places: str, told: list[Event] | None = None) -> Deliveries:
    """With other places in the configuration, each what stands under its heading."""
    heading = "[[paper.morning.deliver]]\n"
    tables = "".join(f"{heading}{place}\n" for place in places)
    (room / "newsexport.toml").write_text(f'[paper.morning]\nsources = ["news"]\n{tables}')
    plan = read_plan(room / "newsexport.toml")
    report = ignore if told is None else told.append
    late = Deliveries.of(plan, plan.paper("morning"), Folders(room / "cache", room / "state"), report)
    return replace(late, timing=Timing(sleep=lambda _: None))


def crosspoint(address: str, name: str = "") -> str:
    called = f'name = "{name}"\n' if name else ""
    return f'by = "crosspoint"\n{called}address = "{address}"'


def names(late: Deliveries) -> dict[str, list[str]]:
    return {place: [path.name for path in files] for place, files in late.all_waiting().items()}


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


def test_what_nobody_there_reads_does_not_wait(tmp_path: Path) -> None:
    with device(CrossPoint) as reader:
        late, told = deliveries(tmp_path, reader.address), list[Event]()
        sound = tmp_path / "morning-2026-11-25.mp3"
        sound.write_bytes(b"sound")
        for event in list(deliveries(tmp_path, reader.address, told).bring([sound])):
            assert event.endswith(".mp3")
        assert [str(event) for event in told if isinstance(event, Lost)] != []
        assert late.all_waiting() == {}
    with pytest.raises(DeliveryError, match=r"1 file waits for the next run"):
        late.bring_to(late.paper.deliver[0], issue(tmp_path, 25))


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
        late.bring_to(late.paper.deliver[0], issue(tmp_path, 25))
    assert names(late) == {"webdav ada https://cloud.invalid": ["morning-2026-11-25.epub"]}


def test_what_waits_goes_to_the_place_it_was_promised_to_wherever_that_stands_now(tmp_path: Path) -> None:
    with device(CrossPoint) as one, device(CrossPoint) as other:
        pass
    list(planned(tmp_path, crosspoint(one.address), crosspoint(other.address)).bring(issue(tmp_path, 25)))
    told: list[Event] = []
    with device(CrossPoint) as other:
        only = planned(tmp_path, crosspoint(other.address), told=told)
        list(only.bring(()))
        assert there(other) == []
        assert [str(event) for event in told if "no longer in the configuration" in str(event)] != []
        assert [[path.name for path in stray.files] for stray in only.strays()] == [
            ["morning-2026-11-25.epub"],
            ["morning-2026-11-25.epub"],
        ]
    back = planned(tmp_path, crosspoint(other.address), crosspoint(one.address.upper() + "/"))
    assert names(back) == {f"crosspoint {one.address}/newsexport": ["morning-2026-11-25.epub"]}


@pytest.mark.parametrize(
    ("before", "after", "stays"),
    [
        ('by = "mail"\nto = "ada@a.example"', 'by = "mail"\nto = "bob@a.example"', False),
        ('by = "mail"\nto = "ada@a.example"', 'by = "mail"\nto = "ada@A.example"\nport = 25', True),
        (
            'by = "mail"\nname = "ada"\nto = "ada@a.example"',
            'by = "mail"\nname = "ada"\nto = "a@b.example"',
            True,
        ),
        (
            'by = "mail"\nname = "ada"\nto = "ada@a.example"',
            'by = "mail"\nname = "bob"\nto = "b@a.example"',
            False,
        ),
        ('by = "mail"\nto = "ada@a.example"', 'by = "mail"\nname = "ada"\nto = "ada@a.example"', True),
        ('by = "mail"\nname = "ada"\nto = "ada@a.example"', 'by = "mail"\nto = "ada@a.example"', True),
        (
            'by = "webdav"\naddress = "https://c.invalid/dav/"\nuser = "ada"',
            'by = "webdav"\naddress = "https://c.invalid/dav"\nuser = "bob"',
            False,
        ),
        ('by = "device"\npath = "/media/ada"', 'by = "device"\npath = "/media/bob"', False),
        ('by = "device"\nkeep = 3', 'by = "device"\nkeep = 4', True),
        (crosspoint("http://h.invalid"), crosspoint("http://h.invalid") + '\nfolder = "/Other"', False),
        ('by = "remarkable"', 'by = "remarkable"\naddress = "http://10.0.0.9"', False),
    ],
)
def test_a_place_is_known_by_its_address_or_the_name_that_it_was_given(
    tmp_path: Path, before: str, after: str, *, stays: bool
) -> None:
    mail = '\nsender = "x@a.example"\nhost = "127.0.0.1"'
    before, after = (each + mail if '"mail"' in each else each for each in (before, after))
    put_aside(
        tmp_path / "state/papers/morning.waiting",
        planned(tmp_path, before).paper.deliver[0],
        *issue(tmp_path, 25),
    )
    late = planned(tmp_path, after)
    assert [len(late.all_waiting()), len(late.strays())] == [int(stays), int(not stays)]


def test_of_two_that_have_changed_names_each_gets_what_was_promised_to_its_address(tmp_path: Path) -> None:
    room = tmp_path / "state/papers/morning.waiting"
    kitchen, bed = "http://kitchen.invalid", "http://bed.invalid"
    put_aside(room, planned(tmp_path, crosspoint(kitchen, "one")).paper.deliver[0], *issue(tmp_path, 25))
    put_aside(room, planned(tmp_path, crosspoint(bed, "two")).paper.deliver[0], *issue(tmp_path, 26))
    late = planned(tmp_path, crosspoint(kitchen, "two"), crosspoint(bed, "one"))
    assert names(late) == {"two": ["morning-2026-11-25.epub"], "one": ["morning-2026-11-26.epub"]}


def test_what_an_earlier_version_put_aside_goes_out_only_where_it_is_certain_for_whom(tmp_path: Path) -> None:
    aside = tmp_path / "state/papers/morning.waiting/crosspoint"
    aside.mkdir(parents=True)
    one, other = crosspoint("http://one.invalid"), crosspoint("http://other.invalid")
    planned(tmp_path, one)
    (aside / "morning-2026-11-25.epub").write_bytes(b"a book")
    later = (tmp_path / "newsexport.toml").stat().st_ctime + 10
    os.utime(aside / "morning-2026-11-25.epub", (later, later))
    late = Deliveries.of(
        plan := read_plan(tmp_path / "newsexport.toml"),
        plan.paper("morning"),
        Folders(tmp_path, tmp_path / "state"),
        ignore,
    )
    assert names(late) == {"crosspoint http://one.invalid/newsexport": ["morning-2026-11-25.epub"]}
    assert [stray.told for stray in planned(tmp_path, one, other).strays()] == ["crosspoint"]
    os.utime(aside / "morning-2026-11-25.epub", (1, 1))
    assert [stray.told for stray in planned(tmp_path, one).strays()] == ["crosspoint"]


def test_what_is_not_sent_there_any_more_is_told(tmp_path: Path) -> None:
    cloud = 'by = "webdav"\naddress = "http://127.0.0.1:9/dav"\n'
    list(planned(tmp_path, cloud).bring(issue(tmp_path, 25)))
    told: list[Event] = []
    late = planned(tmp_path, cloud + 'formats = ["mp3"]', told=told)
    assert list(late.bring(())) == []
    assert [event.reference for event in told if isinstance(event, Omitted)] == ["morning-2026-11-25.epub"]
    assert (late.all_waiting(), late.strays()) == ({}, [])
