"""The command `add`: addresses, notes and letters into the inbox, to be printed in the next issue."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from newsexport.cli.command import command
from newsexport.cli.console import printable
from newsexport.cli.context import user_folders
from newsexport.cli.exits import reporting
from newsexport.cli.option_groups import Panel, Telling, argument, option
from newsexport.errors import SourceError, UsageError
from newsexport.events import Lost
from newsexport.storage.inbox import Saved, Saving

STDIN = "-"


@dataclass(frozen=True)
class Adding:
    """What to put in, and what is said of it."""

    what: Annotated[
        list[str],
        argument("Addresses, or files: lists of addresses, notes, letters; - reads standard input.", "WHAT"),
    ]
    title: Annotated[
        str, option("Call it this, until its page says otherwise.", panel=Panel.EDITION, metavar="TEXT")
    ] = ""
    note: Annotated[
        str, option("Say this of it; it stands below the article.", panel=Panel.EDITION, metavar="TEXT")
    ] = ""
    tag: Annotated[
        list[str] | None,
        option("Give it this tag; can be given several times.", panel=Panel.EDITION, metavar="TEXT"),
    ] = None


@command(examples=("https://example.org/article --tag later", "- < addresses.txt"))
def add(adding: Adding, telling: Telling) -> None:
    """Put things into the inbox. Ends the run with its exit code."""
    from newsexport.sources.inbox import facts, shown  # noqa: PLC0415 - keeps --help and completion fast

    with reporting(telling) as console:
        if adding.title and len(adding.what) > 1:
            raise UsageError("--title: is the title of one; add the others by themselves")
        found = [one for what in adding.what for one in _savings(what, adding)]
        for error in (one for one in found if isinstance(one, SourceError)):
            console.report(Lost(error.subject, error.reason))
        savings = [one for one in found if isinstance(one, Saving)]
        for entry, is_new in user_folders().inbox().add(savings, datetime.now(UTC)) if savings else ():
            told = "added" if is_new else "there already"
            kind = "" if entry.kind is Saved.ADDRESS else f" ({entry.kind})"
            console.show(f"{told}: {printable(shown(entry))}{kind}", {**facts(entry), "new": is_new})


def _savings(what: str, adding: Adding) -> Iterator[Saving | SourceError]:
    """What is kept for one of the arguments. Raises `UsageError` for one that is nothing."""
    from newsexport.protocols import Resource  # noqa: PLC0415 - keeps --help and completion fast
    from newsexport.sources.inbox import Shared, saving_of, savings_in  # noqa: PLC0415 - idem
    from newsexport.storage.atomic import read_named  # noqa: PLC0415 - idem
    from newsexport.text.addresses import address_meant  # noqa: PLC0415 - idem

    said = Shared(title=adding.title, note=adding.note, tags=(*(adding.tag or ()),), origin="command line")
    if what == STDIN:
        yield from savings_in(Resource(STDIN, sys.stdin.buffer.read()), said)
    elif Path(what).is_file():
        yield from savings_in(Resource(what, read_named(Path(what))), said)
    elif address_meant(what):
        yield saving_of(replace(said, url=what))
    else:
        raise UsageError(
            f"{what[:100]!r} is neither an address nor a file; a note comes by standard input: add -"
        )
