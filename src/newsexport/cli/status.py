"""The command `status`: what became of the last runs, and what needs somebody to look."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from newsexport.cli.exits import run
from newsexport.cli.options import Telling
from newsexport.cli.planning import plan
from newsexport.cli.reporting import printable
from newsexport.cli.routines import Papers
from newsexport.cli.running import state_folder, zone_of
from newsexport.configuration.plan import PaperPlan
from newsexport.errors import UsageError
from newsexport.routine.record import PLAINLY, Ran, Record, recall

SHOWN = 5


def show_status(papers: Papers, telling: Telling) -> None:
    """Tell of the papers that were named, or all. Ends the run with its exit code."""
    with run(telling) as console:
        planned = plan(papers.config).papers
        for name in papers.names or planned:
            if name not in planned:
                raise UsageError(f"no paper {name!r} is planned (there is: {', '.join(planned)})")
            record = recall(state_folder() / f"{name}.json", console.report)
            console.show("\n".join(map(printable, _lines(planned[name], record))), _facts(name, record))


def _lines(paper: PaperPlan, record: Record) -> list[str]:
    lines = [f"{paper.paper.key}: {paper.paper.title}"]
    if not record.runs:
        return [*lines, f"  has not run yet; `newsexport run {paper.paper.key}` makes it"]
    lines += [line for ran in record.runs[:SHOWN] for line in _ran(ran, paper)]
    lines += [
        f"  {source} has failed {record.failing[source]} times in a row; somebody should look"
        for source in record.plainly()
    ]
    now = datetime.now(zone_of(paper)).astimezone(zone_of(paper))
    due = (
        "is out"
        if record.runs[0].issued == now.date().isoformat() and not record.runs[0].message
        else "is not out yet"
    )
    return [*lines, f"  the issue of today, {now.date()}, {due}"]


def _ran(ran: Ran, paper: PaperPlan) -> list[str]:
    zone = zone_of(paper)
    began = (ran.began.astimezone(zone) if zone else ran.began).strftime("%Y-%m-%d %H:%M")
    seconds = (ran.ended - ran.began).total_seconds()
    what = ran.message or f"{ran.articles} articles in {len(ran.published)} files"
    lines = [f"  {began}  {seconds:.0f} s  {what}"]
    return lines + [f"    left out: {lost.reference}: {lost.reason}" for lost in ran.left_out]


def _facts(name: str, record: Record) -> dict[str, Any]:
    runs = [
        {**asdict(ran), "began": ran.began.isoformat(), "ended": ran.ended.isoformat()} for ran in record.runs
    ]
    return {"paper": name, "runs": runs, "failing": dict(record.failing), "plainly_after": PLAINLY}
