"""What is kept of reading."""

from __future__ import annotations

import stat
import threading
from datetime import date
from pathlib import Path

import pytest

from newsexport.errors import UsageError
from newsexport.reading import record as module
from newsexport.reading.places import Stretch, Whereabouts, of_sound, of_words
from newsexport.reading.record import BookPosition, HeardSpan, ReadingRecord

FOLDER = "morning/2026-11-23"
ARTICLES = ("a", "b", "c", "d")


@pytest.fixture
def record(tmp_path: Path) -> ReadingRecord:
    return ReadingRecord(tmp_path / "state" / "reading.sqlite3")


def known(record: ReadingRecord, name: str = "book.epub", *documents: str) -> None:
    places = of_words(ARTICLES, [100, 100, 100, 100])
    record.put_files(FOLDER, {f"{FOLDER}/{name}": (places, documents or ("one",))})


def at(percentage: float, device: str = "kobo", document: str = "one", told: int = 0) -> BookPosition:
    return BookPosition(document, f"at {percentage}", percentage, device, device, told)


def test_the_furthest_of_all_devices_counts_and_the_last_told_is_given(record: ReadingRecord) -> None:
    known(record)
    for position in (at(0.5), at(0.25), at(0.3, "phone")):
        record.put_position(position)
    assert record.reached(FOLDER) == {"a": 1.0, "b": 1.0}
    assert record.position("one") == at(0.3, "phone")
    record.put_position(at(0.1))
    assert record.position("one") == at(0.1)
    assert record.reached(FOLDER) == {"a": 1.0, "b": 1.0}


def test_the_furthest_place_counts_and_not_the_last_one(record: ReadingRecord) -> None:
    pages = Whereabouts(ARTICLES, tuple(Stretch(number, 10.0) for number in range(1, 5)))
    record.put_files(FOLDER, {f"{FOLDER}/book.epub": (pages, ("one",))})
    for fragment, percentage in ((3, 0.5), (2, 0.25)):
        place = f"/body/DocFragment[{fragment}]"
        record.put_position(BookPosition("one", place, percentage, "kobo", "kobo"))
    assert record.reached(FOLDER) == {"a": 1.0, "b": 1.0}


def test_a_book_made_anew_and_one_of_another_format_count_together(record: ReadingRecord) -> None:
    known(record, "before.epub", "old")
    known(record, "after.epub", "new")
    sound = of_sound(ARTICLES, [0.0, 10.0, 20.0, 30.0], 40.0)
    record.put_files(FOLDER, {f"{FOLDER}/a.mp3": (sound, ())})
    record.put_position(at(0.25, document="old"))
    record.put_spans(
        [HeardSpan(f"{FOLDER}/a.mp3", "phone", 20.0, 26.0), HeardSpan(f"{FOLDER}/a.mp3", "tab", 25.0, 30.0)]
    )
    assert record.reached(FOLDER) == {"a": 1.0, "c": pytest.approx(1.0)}
    assert record.known(FOLDER) == {f"{FOLDER}/{name}" for name in ("before.epub", "after.epub", "a.mp3")}


def test_nothing_is_known_of_an_issue_that_nobody_opened(record: ReadingRecord) -> None:
    assert record.reached(FOLDER) is None
    assert not record.path.exists()
    known(record)
    record.put_position(at(0.5, document="another"))
    assert record.reached(FOLDER) is None
    record.put_position(at(0.0))
    assert record.reached(FOLDER) == {}


def test_nobody_else_can_read_it(record: ReadingRecord) -> None:
    known(record)
    assert stat.S_IMODE(record.path.stat().st_mode) == 0o600


def test_it_does_not_grow_without_end(record: ReadingRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_POSITIONS", 3)
    monkeypatch.setattr(module, "MOST_FILES", 2)
    for number in range(6):
        record.put_position(at(0.5, document=f"{number}"))
        known(record, f"{number}.epub", f"document {number}")
    assert [record.position(f"{number}") is None for number in range(6)] == [True] * 3 + [False] * 3
    assert record.known(FOLDER) == {f"{FOLDER}/4.epub", f"{FOLDER}/5.epub"}


def test_what_came_again_is_counted_by_issues(record: ReadingRecord) -> None:
    record.put_carried("morning", date(2026, 11, 24), ["a", "b"])
    record.put_carried("morning", date(2026, 11, 24), ["a"])  # the issue was made anew
    record.put_carried("morning", date(2026, 11, 25), ["a"])
    assert record.carried("morning", date(2026, 11, 25)) == {"a": 1}
    assert record.carried("morning", date(2026, 11, 26)) == {"a": 2}
    assert record.carried("evening", date(2026, 11, 26)) == {}


def test_many_may_tell_at_once(record: ReadingRecord) -> None:
    known(record)
    tellers = [
        threading.Thread(target=record.put_position, args=(at(number / 10, f"device {number}"),))
        for number in range(8)
    ]
    for teller in tellers:
        teller.start()
    for teller in tellers:
        teller.join()
    assert record.reached(FOLDER) == {"a": 1.0, "b": 1.0, "c": pytest.approx(0.8)}


def test_what_is_no_record_is_told(record: ReadingRecord) -> None:
    record.path.parent.mkdir(parents=True)
    record.path.write_bytes(b"nothing of ours " * 100)
    with pytest.raises(UsageError, match="is damaged or no database"):
        record.position("one")
