"""The command `status`: what became of the last runs, what needs somebody to look, what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from newsexport.cli.command import command
from newsexport.cli.commands.run import Papers
from newsexport.cli.console import printable
from newsexport.cli.context import find_configuration, user_folders
from newsexport.cli.exits import reporting
from newsexport.cli.option_groups import Telling
from newsexport.library.timetable import NAMES
from newsexport.text.counting import counted

if TYPE_CHECKING:
    from newsexport.configuration.plan import PaperPlan
    from newsexport.routine.record import Outlook, Ran, Record

SHOWN = 5


@command(examples=("", "morning --json"))
def status(papers: Papers, telling: Telling) -> None:
    """Tell of the papers that were named, or all. Ends the run with its exit code."""
    from newsexport.configuration.planning import read_plan  # noqa: PLC0415 - keeps --help and completion fast
    from newsexport.routine.lock import last_taken  # noqa: PLC0415 - as above
    from newsexport.routine.record import outlook, recall  # noqa: PLC0415 - as above

    with reporting(telling) as console:
        plan, folders = read_plan(find_configuration(papers.config)), user_folders()
        for name in papers.names or plan.papers:
            paper = plan.paper(name)
            record = recall(folders.of_paper(name, ".json"), console.report)
            now = datetime.now(UTC).astimezone(paper.zone)
            locked = last_taken(folders.of_paper(name, ".lock"))
            ahead = outlook(paper.paper.timetable, record, locked, now, paper.zone)
            lines = [*_past(paper, record, now), *_ahead(paper, ahead)]
            console.show("\n".join(map(printable, lines)), _facts(name, record, ahead))


def _past(paper: PaperPlan, record: Record, now: datetime) -> list[str]:
    lines = [f"{paper.paper.key}: {paper.paper.title}"]
    if not record.runs:
        return [*lines, f"  has not run yet; `newsexport run {paper.paper.key}` makes it"]
    lines += [line for ran in record.runs[:SHOWN] for line in _ran(ran, paper)]
    lines += [
        f"  {source} has failed {counted(record.failing[source], 'time')} in a row; somebody should look"
        for source in record.plainly()
    ]
    return [*lines, f"  the issue of today, {now.date()}, {_state(paper, record, now)}"]


def _state(paper: PaperPlan, record: Record, now: datetime) -> str:
    if any(ran.issued == now.date().isoformat() and not ran.message for ran in record.runs):
        return "is out"
    when = paper.paper.timetable
    if when and not when.is_on(now.date()):
        return "is not planned"
    return "is not out yet"


def _ahead(paper: PaperPlan, ahead: Outlook) -> Iterator[str]:
    if ahead.begun:
        yield f"  a run began {_moment(ahead.begun, paper)} and has not ended"
    if ahead.overdue:
        yield f"  overdue: no run has begun since {_moment(ahead.overdue, paper)}; does its scheduler run?"
    if ahead.due:
        yield f"  next: {_moment(ahead.due, paper)}"


def _moment(moment: datetime, paper: PaperPlan) -> str:
    """``Thursday 2026-11-26 06:15 Europe/Berlin``; without a zone, what this machine calls its own."""
    there = moment.astimezone(paper.zone)
    return f"{NAMES[there.weekday()]} {there:%Y-%m-%d %H:%M} {paper.timezone or there.tzname()}"


def _ran(ran: Ran, paper: PaperPlan) -> list[str]:
    zone = paper.zone
    began = (ran.began.astimezone(zone) if zone else ran.began).strftime("%Y-%m-%d %H:%M")
    seconds = max(0.0, (ran.ended - ran.began).total_seconds())  # a clock may have been put back meanwhile
    what = ran.message or f"{counted(ran.articles, 'article')} in {counted(len(ran.published), 'file')}"
    lines = [f"  {began}  {seconds:.0f} s  {what}"]
    lines += [f"    {ran.counted}"] if ran.counted else []
    return lines + [f"    left out: {lost.reference}: {lost.reason}" for lost in ran.left_out]


def _facts(name: str, record: Record, ahead: Outlook) -> dict[str, Any]:
    from newsexport.routine.record import PLAINLY, run_facts  # noqa: PLC0415 - as above

    return {
        "paper": name,
        "runs": list(map(run_facts, record.runs)),
        "failing": dict(record.failing),
        "plainly_after": PLAINLY,
        "begun": ahead.begun and ahead.begun.isoformat(),
        "overdue": ahead.overdue and ahead.overdue.isoformat(),
        "next": ahead.due and ahead.due.isoformat(),
    }
