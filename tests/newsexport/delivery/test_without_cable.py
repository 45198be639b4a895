"""To readers and servers in the network: whole or not at all, told in one line, and nobody else's file touched."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from tests.newsexport.delivery.reading_devices import CrossPoint, Device, Remarkable, device

from newsexport.delivery.crosspoint import HINT, CrossPointShelf
from newsexport.delivery.deliver import ToCrossPoint, ToRemarkable, deliver, destination_at
from newsexport.delivery.mail import Fate, Ledger
from newsexport.delivery.remarkable import Tablet, headers
from newsexport.delivery.remote import Remote
from newsexport.delivery.remote_shelf import Bringing, Holdings
from newsexport.errors import DeliveryError, UsageError
from newsexport.events import Event, Noted, Omitted, ignore
from newsexport.net.retry import Timing
from newsexport.storage.old_issues import OLD

AT_ONCE = Timing(sleep=lambda _: None)


def book(folder: Path, name: str, content: bytes = b"a book " * 40_000) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def remote(address: str, hint: str = "") -> Remote:
    return Remote(address, hint, timing=AT_ONCE, silence=0.4)


# A reader with CrossPoint.


@pytest.fixture
def reader() -> Iterator[Device]:
    with device(CrossPoint) as found:
        yield found


def bring(
    reader: Device, folder: Path, *files: Path, keep: int | None = None, told: list[Event] | None = None
) -> list[str]:
    shelf = CrossPointShelf(remote(reader.address, HINT), "/newsexport")
    report = ignore if told is None else told.append
    return Bringing(shelf, Holdings(folder / "held.json"), report).bring(files, keep)


def test_a_crosspoint_reader_gets_books_in_a_folder_that_is_made(reader: Device, tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "mailed.json")
    files = [book(tmp_path, "morning-2026-11-25.3fa9c1d0.epub"), book(tmp_path, "morning-2026-11-25.mp3")]
    told = deliver(ToCrossPoint(reader.address, "News/Daily/"), files, ledger, ignore)
    assert told == ["morning-2026-11-25.epub to /News/Daily on the CrossPoint reader (its size is right)"]
    assert reader.files == {"/News/Daily/morning-2026-11-25.epub": files[0].read_bytes()}
    with pytest.raises(UsageError, match=r"a CrossPoint reads none of morning-2026-11-25\.mp3"):
        deliver(ToCrossPoint(reader.address), files[1:], ledger, ignore)


@pytest.mark.parametrize("name", ["Größe 🐟 & Co-2026-11-25.epub", "Всё-2026-11-25.epub", "a+b%41=c.epub"])
def test_names_come_as_they_are_and_nothing_is_sent_twice(reader: Device, tmp_path: Path, name: str) -> None:
    file = book(tmp_path, name)
    for _ in range(2):
        assert bring(reader, tmp_path, file) == [name]
    assert list(reader.files) == [f"/newsexport/{name}"]
    assert reader.asked.count("POST /upload") == 1


@pytest.mark.parametrize(
    ("at", "what"),
    [
        *product(("/api/files", "/mkdir", "/upload", "/download"), ("500", "cut", "hang", "lost")),
        ("/upload", "half"),
    ],
)
def test_a_break_at_any_step_is_got_over(reader: Device, tmp_path: Path, at: str, what: str) -> None:
    new, old = book(tmp_path, "morning-2026-11-25.epub"), book(tmp_path, "evening-2026-11-25.epub")
    if at == "/download":
        bring(reader, tmp_path, old)
    reader.breaks = [(at, what), (at, what)]
    assert bring(reader, tmp_path, old, new) == [old.name, new.name]
    assert reader.breaks == [] or (at, what) == ("/mkdir", "lost")
    assert reader.files == {f"/newsexport/{file.name}": file.read_bytes() for file in (old, new)}


@pytest.mark.parametrize(
    ("breaks", "reason"),
    [
        ([("/upload", "full")], "Failed to write to SD card - disk may be full"),
        ([("/api/files", "500")] * 4, r"answers 500 \(Something broke\) \(tried 4 times\)"),
        ([("/upload", "half")] * 4, r"has 140,000 bytes of 280,000 when all were sent \(tried 4 times\)"),
    ],
)
def test_what_lasts_is_told_in_a_line_and_no_half_book_stays(
    reader: Device, tmp_path: Path, breaks: list[tuple[str, str]], reason: str
) -> None:
    reader.breaks = list(breaks)
    with pytest.raises(DeliveryError, match=reason) as error:
        bring(reader, tmp_path, book(tmp_path, "morning-2026-11-25.epub"))
    assert "\n" not in str(error.value)
    assert reader.files == {}
    assert bring(reader, tmp_path, tmp_path / "morning-2026-11-25.epub") == ["morning-2026-11-25.epub"]


def test_a_reader_that_sleeps_is_told_with_what_to_look_at(tmp_path: Path) -> None:
    with device(CrossPoint) as gone:
        pass
    with pytest.raises(DeliveryError, match=r"Connection refused \(tried 4 times\); is its file transfer on"):
        bring(gone, tmp_path, book(tmp_path, "morning-2026-11-25.epub"))


def test_old_issues_go_and_nobody_elses_file_is_removed_or_replaced(reader: Device, tmp_path: Path) -> None:
    told: list[Event] = []
    own = "/newsexport/morning-2020-01-01.epub"
    reader.folders.add("/newsexport")
    reader.files |= {own: b"somebody's", "/newsexport/morning-2026-11-25.epub": b"somebody's too"}
    for day in ("22", "23", "24", "25"):
        file = book(tmp_path, f"morning-2026-11-{day}.epub", day.encode())
        bring(reader, tmp_path, file, keep=2, told=told)
        if day == "23":
            reader.files["/newsexport/morning-2026-11-23.epub"] = b"with notes"
    assert reader.files == {
        own: b"somebody's",
        "/newsexport/morning-2026-11-25.epub": b"somebody's too",
        "/newsexport/morning-2026-11-25-2.epub": b"25",
        "/newsexport/morning-2026-11-24.epub": b"24",
        "/newsexport/morning-2026-11-23.epub": b"with notes",
    }
    assert Omitted("morning-2026-11-22.epub", OLD, "issue") in told
    assert Noted("morning-2026-11-23.epub is not as it was delivered, and stays") in told


def test_an_issue_that_was_made_again_takes_the_place_of_ours(reader: Device, tmp_path: Path) -> None:
    for content in (b"first", b"second", b"third"):
        bring(reader, tmp_path, book(tmp_path, "morning-2026-11-25.epub", content))
    assert reader.files == {"/newsexport/morning-2026-11-25.epub": b"third"}


def test_what_an_upload_left_when_all_went_dark_is_replaced(reader: Device, tmp_path: Path) -> None:
    file = book(tmp_path, "morning-2026-11-25.epub")
    reader.breaks = [("/upload", "cut")] * 4
    with pytest.raises(DeliveryError):
        bring(reader, tmp_path, file)
    reader.files["/newsexport/morning-2026-11-25.epub"] = file.read_bytes()[:1000]  # its battery was empty
    assert bring(reader, tmp_path, file) == [file.name]
    assert reader.files == {"/newsexport/morning-2026-11-25.epub": file.read_bytes()}


def test_an_early_crosspoint_knows_its_files_by_their_size(tmp_path: Path) -> None:
    with device(CrossPoint, early=True) as reader:
        for day in ("24", "25"):
            file = book(tmp_path, f"morning-2026-11-{day}.epub", day.encode())
            for _ in range(2):
                bring(reader, tmp_path, file, keep=1)
        assert reader.files == {"/newsexport/morning-2026-11-25.epub": b"25"}
        assert reader.asked.count("POST /upload") == 2


def test_what_is_no_crosspoint_gets_no_book(tmp_path: Path) -> None:
    with device(Remarkable) as other, pytest.raises(DeliveryError, match="answers 404"):
        bring(other, tmp_path, book(tmp_path, "a.epub"))


# A reMarkable.


@pytest.fixture
def tablet() -> Iterator[Device]:
    folder = {"ID": "f-1", "Parent": "", "VissibleName": "News", "Type": "CollectionType"}
    inner = {"ID": "f-2", "Parent": "f-1", "VissibleName": "Tägliches", "Type": "CollectionType"}
    with device(Remarkable, documents=[folder, inner]) as found:
        yield found


def send(
    tablet: Device,
    folder: Path,
    *files: Path,
    to: str = "",
    again: bool = False,
    told: list[Event] | None = None,
) -> list[str]:
    there = replace(remote(tablet.address), headers=headers(tablet.address))
    report = ignore if told is None else told.append
    return Tablet(there, to, Ledger(folder / "sent.json"), report).send(files, again=again)


def documents(tablet: Device) -> list[tuple[str, str]]:
    return [(one["Parent"], one["VissibleName"]) for one in tablet.documents if one["Type"] == "DocumentType"]


def test_a_remarkable_gets_a_book_in_the_folder_that_is_named(tablet: Device, tmp_path: Path) -> None:
    files = [book(tmp_path, "Größe 🐟-2026-11-25.epub"), book(tmp_path, "morning-2026-11-25.mp3")]
    ledger = Ledger(tmp_path / "mailed.json")
    told = deliver(ToRemarkable(tablet.address, "/News/Tägliches"), files, ledger, ignore)
    assert told == ["Größe 🐟-2026-11-25.epub to the reMarkable"]
    assert documents(tablet) == [("f-2", "Größe 🐟-2026-11-25")]
    assert list(tablet.files.values()) == [files[0].read_bytes()]
    with pytest.raises(DeliveryError, match="has no folder Old; it can only be made on the tablet"):
        send(tablet, tmp_path, files[0], to="News/Old")


def test_what_a_remarkable_was_sent_is_sent_again_only_when_asked(tablet: Device, tmp_path: Path) -> None:
    file, told = book(tmp_path, "morning-2026-11-25.epub"), list[Event]()
    assert send(tablet, tmp_path, file) == [file.name]
    tablet.documents[-1]["VissibleName"] = "Read and renamed"
    assert send(tablet, tmp_path, file, told=told) == []
    assert told == [Noted(f"{file.name} was sent to the reMarkable before; --resend sends it again")]
    assert send(tablet, tmp_path, file, again=True) == [file.name]
    assert len(documents(tablet)) == 2


@pytest.mark.parametrize("at", ["/documents/", "/upload"])
@pytest.mark.parametrize("what", ["500", "cut", "hang", "lost"])
def test_a_break_brings_nothing_twice(tablet: Device, tmp_path: Path, at: str, what: str) -> None:
    tablet.breaks = [(at, what), (at, what)]
    assert send(tablet, tmp_path, book(tmp_path, "morning-2026-11-25.epub"), to="News")
    assert documents(tablet) == [("f-1", "morning-2026-11-25")]


def test_an_upload_whose_answer_was_lost_for_good_is_found_the_next_time(
    tablet: Device, tmp_path: Path
) -> None:
    file = book(tmp_path, "morning-2026-11-25.epub")
    tablet.breaks = [("/upload", "lost")]

    class UnpluggedError(Exception):
        """The run is killed when the answer does not come."""

    def unplugged(_: float) -> None:
        raise UnpluggedError

    there = replace(remote(tablet.address), headers=headers(tablet.address), timing=Timing(sleep=unplugged))
    ledger = Ledger(tmp_path / "sent.json")
    with pytest.raises(UnpluggedError):
        Tablet(there, "", ledger, ignore).send([file])
    assert set(ledger.path.read_text().split('"')) >= {Fate.SENDING.value}
    assert send(tablet, tmp_path, file) == [file.name]
    assert len(documents(tablet)) == 1
    assert send(tablet, tmp_path, file) == []


def test_a_full_remarkable_says_so(tablet: Device, tmp_path: Path) -> None:
    tablet.breaks = [("/upload", "full")] * 4
    with pytest.raises(DeliveryError, match="No space left on device"):
        send(tablet, tmp_path, book(tmp_path, "a.epub"))
    assert documents(tablet) == []


# What is typed.


def test_a_device_without_a_cable_is_named_with_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert destination_at("crosspoint", 3) == ToCrossPoint(keep=3)
    assert destination_at("CrossPoint:192.168.1.20/News") == ToCrossPoint("http://192.168.1.20", "/News")
    for typed in ("crosspoint:http://192.168.1.20:8080/News", "crosspoint:192.168.1.20:8080/News"):
        assert destination_at(typed) == ToCrossPoint("http://192.168.1.20:8080", "/News")
    assert destination_at("crosspoint:https://reader.example") == ToCrossPoint("https://reader.example")
    assert destination_at("remarkable") == ToRemarkable()
    assert destination_at("remarkable:/News") == ToRemarkable(folder="/News")
    with pytest.raises(UsageError, match="--keep means nothing"):
        destination_at("remarkable", 3)
    with pytest.raises(UsageError, match=r"do you mean crosspoint\?"):
        destination_at("crospoint")
