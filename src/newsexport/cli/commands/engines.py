"""The command `engines`: who can speak here and now."""

from __future__ import annotations

import sys
from functools import partial

from newsexport import plugins
from newsexport.cli.command import command
from newsexport.cli.exits import reporting
from newsexport.cli.option_groups import Telling
from newsexport.cli.tables import Column, tabulated
from newsexport.configuration.option_kinds import about
from newsexport.errors import NewsExportError, SpeechError
from newsexport.protocols import ChecksReadiness
from newsexport.work.containment import contained


@command(examples=("", "--json"))
def engines(telling: Telling) -> None:
    """List every engine and whether it can speak here and now. Ends the run."""
    with reporting(telling) as console:
        rows = [(name, *_engine(name)) for name in plugins.engines]
        table = tabulated(
            (Column("Engine"), Column("Ready"), Column("About", flexible=True)),
            rows,
            terminal=sys.stdout.isatty(),
        )
        facts = [{"name": name, "ready": ready == "yes", "about": what} for name, ready, what in rows]
        console.show(table, {"engines": facts})


def _engine(name: str) -> tuple[str, str]:
    try:
        factory = plugins.engines[name]
        with contained(partial(SpeechError, name), quitting=True):
            engine = factory()
            if isinstance(engine, ChecksReadiness):
                engine.check()
    except SpeechError as error:
        return "no", error.reason
    except NewsExportError as error:
        return "no", str(error)
    return "yes", about(factory)
