"""The command `status`: what became of the last runs, what needs somebody to look, what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from newsexport.cli.command import command
from newsexport.cli.commands.run import Papers
from newsexport.cli.console import Console, printable
from newsexport.cli.context import find_configuration, user_folders
from newsexport.cli.exits import reporting
from newsexport.cli.option_groups import Telling, option
from newsexport.library.timetable import NAMES
from newsexport.text.counting import counted

if TYPE_CHECKING:
    from newsexport.configuration.plan import PaperPlan
    from newsexport.reading.carrying import IssueReading
    from newsexport.routine.deliveries import Deliveries
    from newsexport.routine.reading_back import ReadingBack
    from newsexport.routine.record import Outlook, Ran, Record

SHOWN = 5


@dataclass(frozen=True)
class Looking(Papers):
    """What is to be told of papers."""

    reading: Annotated[
        bool,
        option("Tell what was read and heard of the latest issues instead.", "--reading"),
    ] = False


@command(examples=("morning --json", "--reading"))
def status(papers: Looking, telling: Telling) -> None:
    """Tell of the papers that were named, or all. Ends the run with its exit code."""
    from newsexport.configuration.planning import read_plan  # noqa: PLC0415 - keeps --help and completion fast
    from newsexport.routine.afterwards import waiting  # noqa: PLC0415 - as above
    from newsexport.routine.deliveries import Deliveries, told_of  # noqa: PLC0415 - as above
    from newsexport.routine.lock import last_taken  # noqa: PLC0415 - as above
    from newsexport.routine.owners import dropped, owned  # noqa: PLC0415 - as above
    from newsexport.routine.reading_back import ReadingBack  # noqa: PLC0415 - as above
    from newsexport.routine.record import outlook, recall  # noqa: PLC0415 - as above
    from newsexport.routine.run import local_now  # noqa: PLC0415 - as above

    with reporting(telling) as console:
        plan = read_plan(find_configuration(papers.config))
        folders = owned(plan, user_folders())
        for name in papers.names or plan.papers:
            paper = plan.paper(name)
            if papers.reading:
                _tell_reading(ReadingBack(plan, paper, folders, console.report, local_now), console)
                continue
            record = recall(folders.of_paper(name, ".json"), console.report)
            now = datetime.now(UTC).astimezone(paper.zone)
            locked = last_taken(folders.of_paper(name, ".lock"))
            ahead = outlook(paper.paper.timetable, record, locked, now, paper.zone)
            left = list(waiting(folders.outbox(name)))
            deliveries = Deliveries.of(plan, paper, folders, console.report)
            kept, strays = deliveries.all_waiting(), deliveries.strays()
            undelivered = [*_kept(kept), *(f"  {told_of(stray)}" for stray in strays)]
            lines = [*_past(paper, record, now), *_left(left), *undelivered, *_ahead(paper, ahead)]
            facts = _facts(name, record, ahead)
            facts["waiting"] = [{"place": place, "is": what, "articles": many} for place, what, many in left]
            facts["undelivered"] = {place: [path.name for path in files] for place, files in kept.items()}
            facts["nowhere"] = {stray.told: [path.name for path in stray.files] for stray in strays}
            console.show("\n".join(map(printable, lines)), facts)
        if not (papers.names or papers.reading):
            for gone in dropped(plan, folders):
                _tell_strays(Deliveries.of(plan, gone, folders, console.report), console)


def _tell_strays(deliveries: Deliveries, console: Console) -> None:
    """What waits of a paper that the configuration has no more."""
    from newsexport.routine.deliveries import told_of  # noqa: PLC0415 - as above

    key, strays = deliveries.paper.paper.key, deliveries.strays()
    for stray in strays:
        facts = {"paper": key, "nowhere": {stray.told: [path.name for path in stray.files]}}
        console.show(printable(told_of(stray, key)), facts)


def _tell_reading(back: ReadingBack, console: Console) -> None:
    """What was read of the latest issues, article by article."""
    paper = back.paper.paper
    lines = [f"{paper.key}: {paper.title}"]
    if not back.is_wanted:
        lines.append("  nothing is put down; progress = true in [serve] or carry in the paper has it so")
    latest = back.latest() if back.is_wanted else []
    for each in latest:
        lines += [f"  {each.issue.issued}  {_how_far(each)}"]
        lines += [
            f"    {_share(share):>5}  {title}" for title, share in each.articles if each.shares is not None
        ]
    issues = [
        {
            "issued": each.issue.issued.isoformat(),
            "opened": each.shares is not None,
            "articles": [{"title": title, "read": round(share, 3)} for title, share in each.articles],
        }
        for each in latest
    ]
    console.show("\n".join(map(printable, lines)), {"paper": paper.key, "issues": issues})


def _how_far(each: IssueReading) -> str:
    if each.shares is None:
        return f"{counted(len(each.articles), 'article')}; nobody opened it"
    read = sum(share == 1 for _, share in each.articles)
    begun = sum(0 < share < 1 for _, share in each.articles)
    return f"{read} of {counted(len(each.articles), 'article')} read, {begun} in part"


def _share(share: float) -> str:
    """``read``, ``40 %`` or ``not``."""
    return "read" if share == 1 else f"{int(100 * share)} %" if share else "not"


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


def _left(left: Sequence[tuple[str, str, int]]) -> Iterator[str]:
    for place, what, number in left:
        yield f"  still to be {what}: {counted(number, 'article')} of {place}; the next run tries again"


def _kept(kept: Mapping[str, Sequence[Path]]) -> Iterator[str]:
    from newsexport.routine.deliveries import waits  # noqa: PLC0415 - as above

    for place, files in kept.items():
        them = "it" if len(files) == 1 else "them"
        yield f"  {waits(files)} for {place}; `newsexport send --waiting` sends {them}"


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
