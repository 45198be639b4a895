"""When a paper comes out, on every clock there is."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.errors import UsageError
from newsexport.library.timetable import DAYS, Timetable, days_of_week, time_of_day, timetable

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "America/Nuuk", "UTC"]
MINUTE = timedelta(minutes=1)

timetables = st.builds(
    Timetable,
    st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    st.sets(st.sampled_from(DAYS), min_size=1).map(lambda days: tuple(sorted(days, key=DAYS.index))),
)
# Half of them on days around which some clock is put forward or back, or a day is left out.
CHANGES = [date(2026, 3, 29), date(2026, 10, 25), date(2026, 3, 8), date(2026, 4, 5), date(2011, 12, 30)]
moments = st.one_of(
    st.integers(0, 30 * 365 * 24 * 60).map(
        lambda minutes: datetime(2005, 1, 1, tzinfo=UTC) + minutes * MINUTE
    ),
    st.builds(
        lambda day, minutes: datetime.combine(day, time(), UTC) + minutes * MINUTE,
        st.sampled_from(CHANGES),
        st.integers(-2000, 2000),
    ),
)


def clocks(moment: datetime, zone: ZoneInfo) -> datetime:
    """What the clocks of a zone show, and whether they do so for the second time (`fold`)."""
    return moment.astimezone(UTC).astimezone(zone)


def exists(day: date, at: time, zone: ZoneInfo) -> bool:
    """Whether the clocks of a zone show a time of a day: some instant near it is shown so."""
    near = datetime.combine(day, at, UTC)
    shifts = (clocks(near + timedelta(hours=hours), zone).utcoffset() for hours in (-26, 26))
    shown = (clocks(near - (shift or timedelta()), zone) for shift in shifts)
    return any((each.date(), each.time()) == (day, at) for each in shown)


@given(timetables, st.sampled_from(ZONES).map(ZoneInfo), moments)
def test_the_next_moment_is_the_first_that_the_clocks_show_on_a_wanted_day(
    when: Timetable, zone: ZoneInfo, now: datetime
) -> None:
    due = when.following(now.astimezone(zone), zone)
    shown = clocks(due, zone)
    assert due.astimezone(UTC) > now
    assert DAYS[shown.weekday()] in when.days
    assert shown.time() == when.at or not exists(shown.date(), when.at, zone)
    minute = now.replace(second=0, microsecond=0) + MINUTE
    while minute < due.astimezone(UTC):
        between = clocks(minute, zone)
        assert between.time() != when.at or not when.is_on(between.date()) or between.fold
        minute += MINUTE


@given(timetables, st.sampled_from(ZONES).map(ZoneInfo), moments)
def test_the_latest_moment_is_not_after_now_and_no_other_is_between(
    when: Timetable, zone: ZoneInfo, now: datetime
) -> None:
    latest = when.latest(now, zone).astimezone(UTC)
    assert latest <= now
    assert clocks(latest, zone).time() == when.at
    following = when.following(latest, zone)
    assert following.astimezone(UTC) > now or clocks(following, zone).time() != when.at


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-03-28T12:00+01:00", "2026-03-29T03:30:00+02:00"),  # no clock shows 02:30
        ("2026-03-29T12:00+02:00", "2026-03-30T02:30:00+02:00"),
        ("2026-10-24T12:00+02:00", "2026-10-25T02:30:00+02:00"),  # 02:30 comes twice
        ("2026-10-25T02:10+01:00", "2026-10-26T02:30:00+01:00"),  # between the two
        ("2026-11-25T02:30+01:00", "2026-11-26T02:30:00+01:00"),
    ],
)
def test_where_clocks_are_put_forward_or_back(now: str, due: str) -> None:
    moment = datetime.fromisoformat(now).astimezone(BERLIN)
    assert timetable("02:30").following(moment, BERLIN).isoformat() == due


def test_what_no_clock_showed_is_not_counted_as_the_latest() -> None:
    noon = datetime(2026, 3, 29, 12, tzinfo=BERLIN)
    assert timetable("02:30").latest(noon, BERLIN).isoformat() == "2026-03-28T02:30:00+01:00"


def test_a_day_that_a_zone_left_out_has_no_issue() -> None:
    apia = ZoneInfo("Pacific/Apia")  # went from the 29th of December 2011 to the 31st
    fridays = timetable("06:15", "fri")
    assert fridays.following(datetime(2011, 12, 28, tzinfo=UTC), apia).date() == date(2012, 1, 6)


def test_without_a_zone_it_is_the_clock_of_this_machine() -> None:
    due = timetable("06:15").following(datetime(2026, 11, 25, 12, tzinfo=UTC), None)
    assert due.astimezone().time() == time(6, 15)


def test_days_and_times_are_what_people_write() -> None:
    assert timetable("06:45") == Timetable(time(6, 45), DAYS)
    assert timetable("7:05", "Thursday, Mon,mon") == Timetable(time(7, 5), ("mon", "thu"))
    assert (days_of_week("weekdays"), days_of_week("Weekends")) == (DAYS[:5], DAYS[5:])


@pytest.mark.parametrize("at", ["25:00", "noon", "6", "06:60", "", "٠٦:٣٠"])
def test_what_means_no_time_is_refused(at: str) -> None:
    with pytest.raises(UsageError, match="expected a time such as 06:30, not"):
        time_of_day(at)


@pytest.mark.parametrize("on", ["someday", "", "mo", "monkey", "mon,,tue", "mon tue"])
def test_what_means_no_days_is_refused(on: str) -> None:
    with pytest.raises(UsageError, match="expected daily, weekdays, weekends or days"):
        days_of_week(on)
