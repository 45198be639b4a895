"""When a paper comes out: a time of day, on some days of the week, where the paper is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from newsexport.errors import UsageError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SETS = {"daily": DAYS, "weekdays": DAYS[:5], "weekends": DAYS[5:]}

CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Timetable:
    """At what time of day, and on which of `DAYS`, in their order; there is at least one."""

    at: time
    days: tuple[str, ...] = DAYS

    def following(self, now: datetime, zone: ZoneInfo | None) -> datetime:
        """The first moment after `now`, with the offset of the zone; None is the zone of this machine.

        A time that no clock shows that day, because clocks are put forward over it, is as much later as
        they are put; of a time that comes twice it is the first (RFC 5545, section 3.3.5).
        """
        now = now.astimezone(UTC)  # two datetimes of one zone are compared by their clocks alone
        return next(moment for moment in self._moments(now, zone, 1) if moment > now)

    def latest(self, now: datetime, zone: ZoneInfo | None) -> datetime:
        """The last moment that was not after `now`.

        A time that no clock showed is not counted: some schedulers run then (cron), some do not (systemd).
        """
        now = now.astimezone(UTC)
        shown = (moment for moment in self._moments(now, zone, -1) if moment.time() == self.at)
        return next(moment for moment in shown if moment <= now)

    def is_on(self, day: date) -> bool:
        """Whether the paper comes out on a day."""
        return DAYS[day.weekday()] in self.days

    def _moments(self, now: datetime, zone: ZoneInfo | None, step: int) -> Iterator[datetime]:
        """Moments from the day of `now` on, or back; one of a day that a zone leaves out is none."""
        today = now.astimezone(zone).date()
        for distance in count():
            day = today + timedelta(step * distance)
            moment = _moment(day, self.at, zone)
            if self.is_on(day) and moment.date() == day:
                yield moment


def _moment(day: date, at: time, zone: ZoneInfo | None) -> datetime:
    """The instant of a time of day, by way of UTC, so that its offset and its clock agree."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC).astimezone(zone)


def timetable(at: str, on: str = "daily") -> Timetable:
    """A timetable from a person's words: ``06:30`` and ``weekdays`` or ``mon,thu``. Raises `UsageError`."""
    return Timetable(time_of_day(at), days_of_week(on))


def time_of_day(words: str) -> time:
    """What ``6:30`` means.

    Raises:
        UsageError: it means no time.
    """
    clock = CLOCK.fullmatch(words.strip())
    if clock is None:
        raise UsageError(f"expected a time such as 06:30, not {words!r}")
    return time(int(clock[1]), int(clock[2]))


def days_of_week(words: str) -> tuple[str, ...]:
    """What ``daily``, ``weekdays``, ``weekends`` or ``mon, Thursday`` mean: some of `DAYS`, in their order.

    Raises:
        UsageError: they mean no days.
    """
    named = SETS.get(words.strip().lower()) or tuple(_day(word) for word in words.split(","))
    if "" in named:
        raise UsageError(f"expected daily, weekdays, weekends or days such as mon,thu, not {words!r}")
    return tuple(day for day in DAYS if day in named)


def _day(word: str) -> str:
    """A day by its name, or by the beginning of it from three letters on; empty where it is none."""
    word = word.strip().lower()
    found = (day for day, name in zip(DAYS, NAMES, strict=True) if name.lower().startswith(word))
    return next(found, "") if len(word) >= 3 else ""
