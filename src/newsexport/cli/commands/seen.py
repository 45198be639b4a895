"""The command `seen`: what earlier editions had, and how to forget it."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import datetime
from functools import partial
from pathlib import Path

import platformdirs

from newsexport.cli.console import printable
from newsexport.cli.exits import run
from newsexport.cli.keeping import Forgetting
from newsexport.cli.options import Telling
from newsexport.cli.prompts import meant
from newsexport.cli.tables import Column, tabulated
from newsexport.collecting.select import moment
from newsexport.storage.history import Remembered, Seen
from newsexport.text.counting import counted

COLUMNS = (Column("Exported"), Column("Edition"), Column("Title", flexible=True), Column("Address"))


def memory() -> Seen:
    """The memory of this user."""
    return Seen(Path(platformdirs.user_state_dir("newsexport")) / "seen.sqlite3")


def show_seen(forgetting: Forgetting, telling: Telling) -> None:
    """List what was exported, or forget some of it. Ends the run with its exit code."""
    with run(telling) as console:
        seen = memory()
        if forgetting.path:
            console.show(str(seen.path), {"path": str(seen.path)})
        elif forgetting.forget or forgetting.older_than:
            count = _forgotten(seen, forgetting)
            console.show(f"forgot {counted(count, 'article')}", {"forgotten": count})
        else:
            remembered = seen.recall()
            console.show(_text(remembered), {"articles": [_facts(each) for each in remembered]})


def _forgotten(seen: Seen, forgetting: Forgetting) -> int:
    now = datetime.now().astimezone()
    asked = forgetting.older_than
    before = meant("--older-than", asked, partial(moment, now=now)) if asked else None
    pattern = "" if forgetting.forget == "all" else forgetting.forget
    return seen.forget(pattern, before)


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
