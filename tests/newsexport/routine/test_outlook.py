"""What comes next of a paper, and when it is said to be late."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from newsexport.library.timetable import timetable
from newsexport.routine.lock import alone, last_taken
from newsexport.routine.record import Outlook, Ran, Record, outlook

BERLIN = ZoneInfo("Europe/Berlin")
DAILY = timetable("06:15")


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=BERLIN)


def ran(words: str) -> Record:
    return Record((Ran(at(words), at(words) + timedelta(minutes=5), 0),))


@pytest.mark.parametrize(
    ("last", "now", "overdue"),
    [
        ("2026-11-25 06:15:03", "2026-11-25 12:00", None),
        ("2026-11-25 06:15:03", "2026-11-26 07:14", None),  # not by more than an hour
        ("2026-11-25 06:15:03", "2026-11-26 07:16", "2026-11-26T06:15:00+01:00"),
        ("2026-11-25 05:00:00", "2026-11-25 12:00", "2026-11-25T06:15:00+01:00"),
        ("2026-11-23 06:15:03", "2026-11-26 06:20", "2026-11-25T06:15:00+01:00"),  # that of yesterday
        ("2026-11-26 06:15:03", "2026-11-26 06:20", None),
    ],
)
def test_a_paper_is_overdue_when_no_run_has_begun_since_it_was_due(
    last: str, now: str, overdue: str | None
) -> None:
    found = outlook(DAILY, ran(last), None, at(now), BERLIN).overdue
    assert (found and found.isoformat()) == overdue


def test_a_run_in_days_to_come_hides_no_delay_and_is_not_under_way() -> None:
    record = Record((*ran("2027-11-25 06:15:03").runs, *ran("2026-11-24 06:15:03").runs))
    now = at("2026-11-26 12:00")
    assert outlook(DAILY, record, None, now, BERLIN).overdue == at("2026-11-26 06:15")
    taken = outlook(DAILY, ran("2026-11-26 06:15:03"), at("2027-11-25 06:15"), now, BERLIN)
    assert (taken.begun, taken.overdue) == (None, None)
    assert outlook(DAILY, ran("2027-11-25 06:15:03"), None, now, BERLIN).overdue is None


def test_an_hour_is_an_hour_where_clocks_are_put_forward() -> None:
    night, now = timetable("01:45"), at("2026-03-29 03:30")  # three quarters of an hour later
    assert outlook(night, ran("2026-03-28 01:45"), None, now, BERLIN).overdue is None


def test_no_paper_is_overdue_on_a_day_on_which_none_is_planned() -> None:
    weekdays = timetable("06:15", "weekdays")
    friday, sunday = ran("2026-11-27 06:15:03"), at("2026-11-29 12:00")
    assert outlook(weekdays, friday, None, sunday, BERLIN) == Outlook(due=at("2026-11-30 06:15"))


def test_a_run_that_has_not_ended_is_told_and_is_not_late() -> None:
    found = outlook(
        DAILY, ran("2026-11-24 06:15:03"), at("2026-11-25 06:15:02"), at("2026-11-25 12:00"), BERLIN
    )
    assert (found.begun, found.overdue) == (at("2026-11-25 06:15:02"), None)


def test_a_paper_that_has_never_run_or_has_no_timetable_is_not_late() -> None:
    now = at("2026-11-25 12:00")
    assert outlook(DAILY, Record(), None, now, BERLIN) == Outlook(due=at("2026-11-26 06:15"))
    assert outlook(None, ran("2026-11-20 06:15"), None, now, BERLIN) == Outlook()


def test_a_lock_bears_the_time_at_which_it_was_last_taken(tmp_path: Path) -> None:
    path = tmp_path / "morning.lock"
    assert last_taken(path) is None
    with alone(path):
        pass
    first = last_taken(path)
    assert first is not None
    now = datetime.now(UTC)
    assert abs(now - first) < timedelta(minutes=5)
    long_ago = now - timedelta(days=3)
    os.utime(path, (long_ago.timestamp(), long_ago.timestamp()))
    with alone(path):
        again = last_taken(path)
    assert again is not None and again > long_ago + timedelta(days=2)
