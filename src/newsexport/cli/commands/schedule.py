"""The command `schedule`: what to hand to a scheduler."""

from __future__ import annotations

import shutil
import sys
from datetime import datetime

from newsexport.cli.config import found, plan, unplanned
from newsexport.cli.exits import run
from newsexport.cli.options import Telling
from newsexport.cli.prompts import meant
from newsexport.cli.routines import Scheduling
from newsexport.library.timetable import Timetable, days_of_week, time_of_day, timetable
from newsexport.routine.schedules import Schedule, snippet

# When a paper comes out of which neither its table nor an option says so.
USUAL = timetable("06:30")

# What comes with a system; of all others cron is known best.
OWN = {"darwin": "launchd", "win32": "windows"}


def show_schedule(scheduling: Scheduling, telling: Telling) -> None:
    """Print a snippet that can be used as it stands. Ends the run with its exit code."""
    with run(telling) as console:
        config = found(scheduling.config).resolve()
        papers = plan(config).papers
        if scheduling.name not in papers:
            raise unplanned(scheduling.name, papers)
        program = shutil.which("newsexport")
        command = (
            *((program,) if program else (sys.executable, "-m", "newsexport")),
            "run",
            scheduling.name,
            "--config",
            str(config),
        )
        planned = papers[scheduling.name]
        when = _when(scheduling, planned.timetable or USUAL)
        what = Schedule(scheduling.name, when, command, str(config.parent), planned.timezone)
        system = scheduling.scheduler or OWN.get(sys.platform, "cron")
        text = snippet(what, system, datetime.now().astimezone())
        console.show(text.rstrip("\n"), {"system": system, "text": text})


def _when(scheduling: Scheduling, planned: Timetable) -> Timetable:
    """What the options say, and of what they do not say what is planned."""
    return Timetable(
        meant("--at", scheduling.at, time_of_day) if scheduling.at else planned.at,
        meant("--on", scheduling.on, days_of_week) if scheduling.on else planned.days,
    )
