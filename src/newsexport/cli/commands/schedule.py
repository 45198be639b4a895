"""The command `schedule`: what to hand to a scheduler."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from newsexport.cli import completion
from newsexport.cli.command import command
from newsexport.cli.context import find_configuration
from newsexport.cli.exits import reporting
from newsexport.cli.option_groups import Config, Panel, Telling, argument, option
from newsexport.configuration.option_kinds import parse_named
from newsexport.library.timetable import Timetable, days_of_week, time_of_day, timetable

# When a paper comes out of which neither its table nor an option says so.
USUAL = timetable("06:30")

# What comes with a system; of all others cron is known best.
OWN = {"darwin": "launchd", "win32": "windows"}


@dataclass(frozen=True)
class Scheduling:
    """When a paper comes out, and who sees to it."""

    name: Annotated[str, argument("A paper of the configuration.", "PAPER", autocompletion=completion.papers)]
    at: Annotated[
        str,
        option(
            "Make it at this time of day, in the time zone of the paper.  [default: the paper's, or 06:30]",
            panel=Panel.CHOOSE,
            metavar="HH:MM",
        ),
    ] = ""
    on: Annotated[
        str,
        option(
            "Make it on these days: daily, weekdays, weekends, or such as mon,thu.  "
            "[default: the paper's, or daily]",
            "--on",
            panel=Panel.CHOOSE,
            metavar="DAYS",
        ),
    ] = ""
    scheduler: Annotated[
        str,
        option(
            "Write it for cron, systemd, launchd, windows or github.  [default: what this machine has]",
            "--for",
            panel=Panel.CHOOSE,
            metavar="SYSTEM",
            autocompletion=completion.schedulers,
        ),
    ] = ""
    config: Config = None


@command(examples=("morning", "morning --at 06:15 --on weekdays --for systemd"))
def schedule(scheduling: Scheduling, telling: Telling) -> None:
    """Print a snippet that can be used as it stands. Ends the run with its exit code."""
    from newsexport.configuration.planning import read_plan  # noqa: PLC0415 - keeps --help and completion fast
    from newsexport.routine.schedules import Schedule, snippet  # noqa: PLC0415 - as above

    with reporting(telling) as console:
        config = find_configuration(scheduling.config).resolve()
        paper = read_plan(config).paper(scheduling.name)
        program = shutil.which("newsexport")
        words = (
            *((program,) if program else (sys.executable, "-m", "newsexport")),
            "run",
            scheduling.name,
            "--config",
            str(config),
        )
        when = _when(scheduling, paper.paper.timetable or USUAL)
        what = Schedule(scheduling.name, when, words, str(config.parent), paper.timezone)
        system = scheduling.scheduler or OWN.get(sys.platform, "cron")
        text = snippet(what, system, datetime.now().astimezone())
        console.show(text.rstrip("\n"), {"system": system, "text": text})


def _when(scheduling: Scheduling, planned: Timetable) -> Timetable:
    """What the options say, and of what they do not say what is planned."""
    return Timetable(
        parse_named("--at", scheduling.at, time_of_day) if scheduling.at else planned.at,
        parse_named("--on", scheduling.on, days_of_week) if scheduling.on else planned.days,
    )
