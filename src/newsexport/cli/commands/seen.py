"""The command `seen`: what earlier editions had, and how to forget it."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from typing import Annotated

from newsexport.cli.command import command
from newsexport.cli.console import printable
from newsexport.cli.context import user_folders
from newsexport.cli.exits import reporting
from newsexport.cli.option_groups import Telling, option
from newsexport.cli.tables import Column, tabulated
from newsexport.collecting.select import moment
from newsexport.configuration.option_kinds import parse_named
from newsexport.storage.history import Remembered, Seen
from newsexport.text.counting import counted

COLUMNS = (Column("Exported"), Column("Edition"), Column("Title", flexible=True), Column("Address"))


@dataclass(frozen=True)
class Forgetting:
    """What to forget of what was exported."""

    forget: Annotated[
        str,
        option(
            "Forget what has TEXT in its title, address or edition; all forgets everything.", metavar="TEXT"
        ),
    ] = ""
    older_than: Annotated[
        str, option("Forget what was exported longer ago than 90d, or before a date.", metavar="WHEN")
    ] = ""
    path: Annotated[bool, option("Print where it is kept.", "--path")] = False


@command(examples=("", "--older-than 90d"))
def seen(forgetting: Forgetting, telling: Telling) -> None:
    """List what was exported, or forget some of it. Ends the run with its exit code."""
    with reporting(telling) as console:
        kept = user_folders().seen()
        if forgetting.path:
            console.show(str(kept.path), {"path": str(kept.path)})
        elif forgetting.forget or forgetting.older_than:
            count = _forgotten(kept, forgetting)
            console.show(f"forgot {counted(count, 'article')}", {"forgotten": count})
        else:
            remembered = kept.recall()
            console.show(_text(remembered), {"articles": [_facts(each) for each in remembered]})


def _forgotten(kept: Seen, forgetting: Forgetting) -> int:
    now = datetime.now().astimezone()
    asked = forgetting.older_than
    before = parse_named("--older-than", asked, partial(moment, now=now)) if asked else None
    pattern = "" if forgetting.forget == "all" else forgetting.forget
    return kept.forget(pattern, before)


def _facts(each: Remembered) -> dict[str, object]:
    return asdict(each) | {"exported": each.exported.isoformat()}


def _text(remembered: list[Remembered]) -> str:
    if not remembered:
        return "nothing was exported with --new yet"
    rows = [
        (
            each.exported.date().isoformat(),
            printable(each.edition),
            printable(each.title),
            printable(each.url or ""),
        )
        for each in remembered
    ]
    totals = ("Total", "", counted(len(rows), "article"), "")
    return tabulated(COLUMNS, rows, totals, terminal=sys.stdout.isatty())
