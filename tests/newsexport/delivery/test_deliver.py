"""Delivery as a call of the library: to folders and devices, and what a place means."""

from pathlib import Path

import pytest

from newsexport.delivery.deliver import (
    Destination,
    ToCrossPoint,
    ToDevice,
    ToFolder,
    ToMail,
    ToRemarkable,
    ToWebdav,
    deliver,
    destination_at,
    told,
)
from newsexport.delivery.mail import Ledger
from newsexport.errors import DeliveryError, UsageError
from newsexport.events import ignore


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "morning-2026-01-02.epub"
    path.write_bytes(b"book")
    return path


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "mailed.json")


def test_a_folder_gets_the_formats_it_is_for(tmp_path: Path, book: Path, ledger: Ledger) -> None:
    sound = book.with_suffix(".mp3")
    sound.write_bytes(b"sound")
    there = tmp_path / "reader"
    assert deliver(ToFolder(there, ("epub",)), [book, sound], ledger, ignore) == [str(there / book.name)]
    assert not (there / sound.name).exists()
    assert not ledger.path.exists()


def test_a_device_has_to_be_mounted_where_it_is_said_to_be(
    tmp_path: Path, book: Path, ledger: Ledger
) -> None:
    (tmp_path / "kobo/.kobo").mkdir(parents=True)
    (tmp_path / "kobo/.kobo/version").touch()
    with pytest.raises(DeliveryError, match="nothing is mounted there"):
        deliver(ToDevice(tmp_path / "kobo"), [book], ledger, ignore)


def test_a_place_is_a_device_or_a_folder_that_is_there_or_to_be_made(tmp_path: Path) -> None:
    (tmp_path / "kobo/.kobo").mkdir(parents=True)
    (tmp_path / "kobo/.kobo/version").touch()
    assert destination_at(str(tmp_path / "kobo"), 3) == ToDevice(tmp_path / "kobo", 3)
    assert destination_at(str(tmp_path)) == ToFolder(tmp_path)
    assert destination_at(f"{tmp_path}/new/") == ToFolder(tmp_path / "new")
    with pytest.raises(UsageError, match="end its name with / to have it made"):
        destination_at(str(tmp_path / "new"))
    with pytest.raises(UsageError, match=r"do you mean kobo\?"):
        destination_at("kobbo")


@pytest.mark.parametrize(
    ("destination", "words"),
    [
        (ToDevice(), "to the e-reader that is plugged in"),
        (ToDevice(Path("kobo")), "to the device at kobo"),
        (ToFolder(Path("sync")), "into sync"),
        (ToMail("ada@kindle.example", "a@b.example", "c"), "to ada@kindle.example by mail"),
        (ToCrossPoint(), "to the CrossPoint reader at http://crosspoint.local, into /newsexport"),
        (ToRemarkable(folder="News"), "to the reMarkable at http://10.11.99.1, into News"),
        (ToWebdav("https://cloud.example/dav"), "to https://cloud.example/dav"),
    ],
)
def test_where_files_go_is_told_in_words(destination: Destination, words: str) -> None:
    assert told(destination) == words
