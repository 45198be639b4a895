"""What comes next of a paper, and whether a run that should have begun has not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from newsexport.library.timetable import Timetable
from newsexport.routine.record import Record

# Schedulers begin a little late, and machines that slept make up for it when they wake.
LATE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Outlook:
    """`due` is when the paper comes out next, `overdue` when it last should have and no run has begun since.

    `begun` is when a run began that has not ended. Each is None where there is none.
    """

    due: datetime | None = None
    overdue: datetime | None = None
    begun: datetime | None = None


def outlook(
    when: Timetable | None, record: Record, locked: datetime | None, now: datetime, zone: ZoneInfo | None
) -> Outlook:
    """The outlook of a paper from its record and the time at which a run last took its lock.

    A paper that has never run is not overdue: nobody knows since when it should. Moments to come, at
    which a clock was wrong, tell nothing.
    """
    last = record.runs[0] if record.runs else None
    locked = locked if locked and locked <= now else None
    begun = locked if locked and (last is None or locked > last.ended) else None
    if when is None:
        return Outlook(begun=begun)
    latest = when.latest(now.astimezone(UTC) - LATE, zone)
    began = [ran.began for ran in record.runs if ran.began <= now]
    known = [*began, *([locked] if locked else [])]
    overdue = latest if began and max(known) < latest else None
    return Outlook(when.following(now, zone), overdue, begun)
