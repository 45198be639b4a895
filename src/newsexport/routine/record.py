"""What became of the last runs of a paper: kept in a small file, and only for people to ask.

Nothing depends on it. One that is damaged is set aside and told, and the next begins anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from newsexport.events import Noted, Report
from newsexport.interchange.json_reader import JsonError, JsonValue, document
from newsexport.library.timetable import Timetable
from newsexport.storage.atomic import durable, file_errors

# Runs that are remembered: a month and more of a daily.
KEPT = 40

# Codes of runs that asked every source: all is well, something left out, nothing to publish.
HEARD_ALL = (0, 1, 3)

# Failures of a source in a row after which it is said plainly.
PLAINLY = 3


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that is not in an issue, and why."""

    reference: str
    reason: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Ran:
    """One run. `issued` is the date of its issue, empty where there was none; `code` as the program ended.

    `counted` is what became of all that was found, in words, where something is missing.
    """

    began: datetime
    ended: datetime
    code: int
    issued: str = ""
    title: str = ""
    articles: int = 0
    message: str = ""
    left_out: tuple[LeftOut, ...] = ()
    published: tuple[str, ...] = ()
    delivered: tuple[str, ...] = ()
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """The last runs of a paper, the newest first, and how often in a row each source has failed."""

    runs: tuple[Ran, ...] = ()
    failing: Mapping[str, int] = field(default_factory=dict)

    def after(self, ran: Ran, sources: Sequence[str]) -> Record:
        """The record with one more run; a source that gave something has failed no more.

        A run that ended early has not asked every source: those it heard nothing of keep their number.
        """
        failed = {lost.reference for lost in ran.left_out if lost.whole} & set(sources)
        asked = sources if ran.code in HEARD_ALL else failed
        told = {source: self.failing.get(source, 0) + 1 if source in failed else 0 for source in asked}
        failing = {source: times for source in sources if (times := {**self.failing, **told}.get(source))}
        return Record((ran, *self.runs)[:KEPT], failing)

    def plainly(self) -> list[str]:
        """Sources that have failed so often in a row that somebody should look."""
        return [source for source, times in self.failing.items() if times >= PLAINLY]


def recall(path: Path, report: Report) -> Record:
    """The record in a file; an empty one where there is none, or none that can be read."""
    try:
        return _read_record(document(path.read_bytes()))
    except FileNotFoundError:
        return Record()
    except (OSError, JsonError) as error:
        aside = path.with_suffix(".damaged")
        with suppress(OSError):
            path.replace(aside)
        report(Noted(f"{path}: is damaged ({error}); it is set aside as {aside.name}"))
        return Record()


def remember(path: Path, record: Record) -> None:
    """Write the record; an older one stays until it is whole. Raises `OutputError`."""
    told = {"runs": list(map(run_facts, record.runs)), "failing": dict(record.failing)}
    with file_errors(path), durable(path) as draft:
        draft.write(json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace"))


def run_facts(ran: Ran) -> dict[str, Any]:
    """A run as JSON has it."""
    return {**asdict(ran), "began": ran.began.isoformat(), "ended": ran.ended.isoformat()}


def _read_record(record: JsonValue) -> Record:
    failing = record.member("failing").members()
    return Record(
        tuple(_read_run(each) for each in record.member("runs").items()),
        {source: times.whole(0) for source, times in failing},
    )


def _read_run(run: JsonValue) -> Ran:
    return Ran(
        began=_read_moment(run.member("began")),
        ended=_read_moment(run.member("ended")),
        code=run.member("code").whole(),
        issued=run.optional("issued", JsonValue.raw_text, ""),
        title=run.optional("title", JsonValue.raw_text, ""),
        articles=run.optional("articles", JsonValue.whole, 0),
        message=run.optional("message", JsonValue.raw_text, ""),
        left_out=tuple(_read_left_out(each) for each in run.listed("left_out")),
        published=_read_texts(run, "published"),
        delivered=_read_texts(run, "delivered"),
        counted=run.optional("counted", JsonValue.raw_text, ""),
    )


def _read_left_out(lost: JsonValue) -> LeftOut:
    reference, reason = lost.member("reference").raw_text(), lost.member("reason").raw_text()
    return LeftOut(reference, reason, lost.optional("whole", JsonValue.flag, default=True))


def _read_texts(run: JsonValue, name: str) -> tuple[str, ...]:
    return tuple(text.raw_text() for text in run.listed(name))


def _read_moment(moment: JsonValue) -> datetime:
    read = moment.parsed(datetime.fromisoformat, "a moment such as 2026-11-23T08:30:00+00:00")
    if read.tzinfo is None:
        raise moment.wrong("a moment with its offset from UTC")
    return read


# What comes next of a paper, and whether a run that should have begun has not.

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
