"""What became of the last runs of a paper: kept in a small file, and only for people to ask.

Nothing depends on it. One that is damaged is set aside and told, and the next begins anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from newsexport.drafts import durable
from newsexport.errors import OutputError
from newsexport.events import Noted, Report

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
        told = json.loads(path.read_bytes())
        runs = tuple(_ran(each) for each in told["runs"])
        failing = {str(source): int(times) for source, times in told["failing"].items()}
    except FileNotFoundError:
        return Record()
    except (
        OSError,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        ArithmeticError,
        RecursionError,
    ) as error:
        aside = path.with_suffix(".damaged")
        with suppress(OSError):
            path.replace(aside)
        report(Noted(f"{path}: is damaged ({error}); it is set aside as {aside.name}"))
        return Record()
    return Record(runs, failing)


def remember(path: Path, record: Record) -> None:
    """Write the record; an older one stays until it is whole. Raises `OutputError`."""
    told = {"runs": [_told(ran) for ran in record.runs], "failing": dict(record.failing)}
    try:
        with durable(path) as draft:
            draft.write(json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace"))
    except OSError as error:
        raise OutputError(str(path), error.strerror or str(error)) from error


def _told(ran: Ran) -> dict[str, Any]:
    return {**asdict(ran), "began": ran.began.isoformat(), "ended": ran.ended.isoformat()}


def _ran(told: dict[str, Any]) -> Ran:
    left_out = tuple(LeftOut(**each) for each in told.get("left_out", ()))
    began, ended = datetime.fromisoformat(told["began"]), datetime.fromisoformat(told["ended"])
    ran = Ran(**{**told, "began": began, "ended": ended, "left_out": left_out})
    return replace(ran, published=tuple(ran.published), delivered=tuple(ran.delivered))
