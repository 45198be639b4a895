"""The command `run`: papers made, published and delivered as their configuration says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

from newsexport.cli import completion
from newsexport.cli.command import command
from newsexport.cli.console import Console, printable
from newsexport.cli.context import find_configuration, parse_date, user_folders
from newsexport.cli.exits import raise_gravest, reporting
from newsexport.cli.option_groups import Config, Panel, Telling, Workers, argument, option
from newsexport.configuration.document import ConfigurationError
from newsexport.text.addresses import redacted
from newsexport.text.counting import counted

if TYPE_CHECKING:
    from newsexport.configuration.plan import PaperPlan, Plan
    from newsexport.routine import PaperRun
    from newsexport.routine.reading_back import Foreseen
    from newsexport.storage.folders import Folders

# Titles that are told of articles.
SHOWN = 7


@dataclass(frozen=True)
class Papers:
    """Which papers of which configuration."""

    names: Annotated[
        list[str] | None,
        argument(
            "Papers of the configuration; all if none is named.", "PAPER", autocompletion=completion.papers
        ),
    ] = None
    config: Config = None


@dataclass(frozen=True)
class Issuing(Papers):
    """How a paper is made now."""

    date: Annotated[
        str,
        option(
            "Date the issue.  [default: today, in the time zone of the paper]",
            panel=Panel.EDITION,
            metavar="YYYY-MM-DD",
        ),
    ] = ""
    offline: Annotated[
        bool,
        option("Fetch nothing: use files, and what an earlier run fetched.", "--offline", panel=Panel.WEB),
    ] = False
    no_deliver: Annotated[
        bool, option("Publish the issue, but deliver it nowhere.", "--no-deliver", panel=Panel.PLACE)
    ] = False
    dry_run: Annotated[bool, option("Check the configuration, and show what would be done.", "--dry-run")] = (
        False
    )
    wait: Annotated[
        float,
        option("Wait at most so long for another run of the paper to end.", min=0, metavar="SECONDS"),
    ] = 0.0
    workers: Workers = None


@command(examples=("", "morning --dry-run"))
def run(issuing: Issuing, telling: Telling) -> None:
    """Make the papers that were named, or all. Ends with the gravest of their codes."""
    from newsexport.configuration.planning import read_plan  # noqa: PLC0415 - keeps --help and completion fast
    from newsexport.routine import RunOptions, run_paper  # noqa: PLC0415 - as above

    with reporting(telling) as console:
        plan = read_plan(find_configuration(issuing.config))
        papers = [plan.paper(name) for name in issuing.names or plan.papers]
        if issuing.dry_run:
            _rehearse(papers, plan, parse_date(issuing.date) if issuing.date else None, console)
            return
        failures: list[Exception] = []
        for paper in papers:
            try:
                options = RunOptions(
                    issued=parse_date(issuing.date) if issuing.date else None,
                    wait=issuing.wait,
                    offline=issuing.offline,
                    workers=issuing.workers,
                    deliver=not issuing.no_deliver,
                )
                made = run_paper(plan, paper.paper.key, user_folders(), options, console.report)
                _tell(made, plan, console, quiet=telling.quiet)
            except Exception as error:  # noqa: BLE001 - whatever it is, the other papers come out none the less
                failures.append(error)
        raise_gravest(failures, console)


def _tell(made: PaperRun, plan: Plan, console: Console, *, quiet: bool) -> None:
    """What cron mails; nothing, where quiet was asked for and all is well."""
    issue, ran = made.issue, made.ran
    if quiet and not ran.left_out:
        return
    place = f"{redacted(plan.library.place).rstrip('/')}/{issue.folder}"
    lines = [
        f"{issue.title}, {issue.issued}: {counted(len(issue.stories), 'article')}",
        *(f"  {place}/{file.name}" for file in issue.files if not file.article),
    ]
    if alone := {file.article for file in issue.files if file.article}:
        lines.append(f"  {place}/: {counted(len(alone), 'article')} with a sound of its own")
    lines += [f"  delivered {line}" for line in ran.delivered]
    lines += [f"  left out: {lost.reference}: {lost.reason}" for lost in ran.left_out]
    lines += [f"  {ran.counted}"] if ran.counted else []
    facts = {
        "paper": issue.paper,
        "issued": issue.issued.isoformat(),
        "articles": len(issue.stories),
        "files": [file.name for file in issue.files],
        "left_out": [lost.reference for lost in ran.left_out],
        "counted": ran.counted,
    }
    console.show("\n".join(map(printable, lines)), facts)


def _rehearse(papers: Sequence[PaperPlan], plan: Plan, issued: date | None, console: Console) -> None:
    """Show what would be done, and then all that would go wrong. Raises `ConfigurationError`."""
    from newsexport.routine.owners import owned  # noqa: PLC0415 - as above
    from newsexport.routine.rehearsal import faults  # noqa: PLC0415 - as above

    folders = owned(plan, user_folders())
    for paper in papers:
        _tell_plan(paper, plan, folders, issued, console)
    wrong = [fault for paper in papers for fault in faults(plan, paper)]
    if wrong:
        raise ConfigurationError("\n".join(dict.fromkeys(wrong)))


def _tell_plan(paper: PaperPlan, plan: Plan, folders: Folders, issued: date | None, console: Console) -> None:
    from newsexport.delivery.deliver import told  # noqa: PLC0415 - as above
    from newsexport.routine.afterwards import intended, told_done, waiting  # noqa: PLC0415 - as above

    afterwards = [(what, redacted(source)) for what, source in intended(plan, paper)]
    left = list(waiting(folders.outbox(paper.paper.key)))
    foreseen = _foreseen(paper, plan, folders, issued, console)
    sources = [redacted(source) for section in paper.sections for source in section.sources]
    facts = {
        "paper": paper.paper.key,
        "sources": sources,
        "formats": list(paper.formats),
        "afterwards": [{"source": source, "is": what} for what, source in afterwards],
        "waiting": [{"place": place, "is": what, "articles": many} for place, what, many in left],
        "again": None if foreseen is None else list(foreseen.again),
        "read": None
        if foreseen is None
        else [
            {"place": place, "is": told_done(place, after), "titles": list(titles)}
            for (place, after), titles in foreseen.read.items()
        ],
    }
    lines = [
        f"{paper.paper.key}: {paper.paper.title}",
        *(f"  reads {source}" for source in sources),
        f"  makes {', '.join(paper.formats)}",
        f"  publishes to {redacted(plan.library.place)}",
        *(f"  delivers {told(place.destination)}" for place in paper.deliver),
        *(f"  then what was printed of {source} is {what}" for what, source in afterwards),
        *(f"  still to be {what}: {counted(number, 'article')} of {place}" for place, what, number in left),
        *_of_reading(paper, foreseen),
    ]
    console.show("\n".join(map(printable, lines)), facts)


def _foreseen(
    paper: PaperPlan, plan: Plan, folders: Folders, issued: date | None, console: Console
) -> Foreseen | None:
    """What would come of what was read; None where the library would have to be asked over the network."""
    from newsexport.routine.reading_back import Foreseen, ReadingBack  # noqa: PLC0415 - as above
    from newsexport.routine.run import local_now  # noqa: PLC0415 - as above

    if not (paper.carry or paper.after_read):
        return Foreseen()
    if "://" in plan.library.place:
        return None
    back = ReadingBack(plan, paper, folders, console.report, local_now)
    return back.foreseen(issued or local_now().astimezone(paper.zone).date())


def _of_reading(paper: PaperPlan, foreseen: Foreseen | None) -> Iterator[str]:
    from newsexport.routine.afterwards import told_done  # noqa: PLC0415 - as above

    if foreseen is None:
        yield "  what was read of earlier issues is not looked at now: the library is not on this machine"
        return
    if paper.carry:
        most = paper.carry.most
        told = _titles(foreseen.again[:most]) or "nothing"
        left = len(foreseen.again) - most
        room = f", and has no room for {counted(left, 'article')} more (carry_most)" if left > 0 else ""
        yield f"  has again, of what was not read in earlier issues: {told}{room}"
    for (place, after), titles in foreseen.read.items():
        yield f"  then what was read of {place} is {told_done(place, after)}: {_titles(titles)}"


def _titles(titles: Sequence[str]) -> str:
    """``2 articles (One; Two)``; empty for none."""
    shown = "; ".join([*titles[:SHOWN], *(["…"] if len(titles) > SHOWN else [])])
    return f"{counted(len(titles), 'article')} ({shown})" if titles else ""
