"""The command `schedule`: what to hand to a scheduler."""

from __future__ import annotations

import shutil
import sys
from datetime import datetime

from newsexport.cli.exits import run
from newsexport.cli.options import Telling
from newsexport.cli.planning import found, plan
from newsexport.cli.routines import Scheduling
from newsexport.errors import UsageError
from newsexport.routine.schedules import schedule, snippet


def show_schedule(scheduling: Scheduling, telling: Telling) -> None:
    """Print a snippet that can be used as it stands. Ends the run with its exit code."""
    with run(telling) as console:
        config = found(scheduling.config).resolve()
        papers = plan(config).papers
        if scheduling.name not in papers:
            raise UsageError(f"no paper {scheduling.name!r} is planned (there is: {', '.join(papers)})")
        program = shutil.which("newsexport")
        command = (
            *((program,) if program else (sys.executable, "-m", "newsexport")),
            "run",
            scheduling.name,
            "--config",
            str(config),
        )
        zone = papers[scheduling.name].timezone
        what = schedule(scheduling.name, scheduling.at, scheduling.on, command, str(config.parent), zone)
        text = snippet(what, scheduling.scheduler, datetime.now().astimezone())
        console.show(text.rstrip("\n"), {"system": scheduling.scheduler, "text": text})
