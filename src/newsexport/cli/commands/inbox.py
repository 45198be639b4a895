"""The command `inbox`: what is put aside to be printed, and how to take it out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from newsexport.cli.command import command
from newsexport.cli.console import Console, printable
from newsexport.cli.context import find_configuration, user_folders
from newsexport.cli.exits import reporting
from newsexport.cli.option_groups import Config, Panel, Telling, option
from newsexport.cli.tables import Column, tabulated
from newsexport.configuration.names import INBOX_PORT
from newsexport.errors import UsageError
from newsexport.storage.inbox import Inbox, InboxEntry
from newsexport.text.counting import counted

COLUMNS = (
    Column("No", right=True),
    Column("Added"),
    Column("Title", flexible=True),
    Column("Address", flexible=True),
    Column("Tags"),
    Column("Tried", flexible=True),
)


@dataclass(frozen=True)
class Emptying:
    """What to do with what is in the inbox."""

    remove: Annotated[
        list[int] | None,
        option("Take out the one of this number; can be given several times.", metavar="NO"),
    ] = None
    fetch: Annotated[
        bool,
        option("Put letters into it that nobody has read in the mailbox of the configuration.", "--fetch"),
    ] = False
    clear: Annotated[bool, option("Take everything out.", "--clear")] = False
    token: Annotated[
        bool,
        option(
            "Show where `serve --inbox` takes things, with the token, and as a code.",
            "--token",
            panel=Panel.WEB,
        ),
    ] = False
    new_token: Annotated[
        bool,
        option(
            "The same with a new token, which a server takes once it is started again.",
            "--new-token",
            panel=Panel.WEB,
        ),
    ] = False
    lan: Annotated[
        bool | None,
        option(
            "With --token: tell the addresses for others in this network, as `serve --inbox --lan` does.",
            "--lan/--no-lan",
            panel=Panel.WEB,
        ),
    ] = None
    port: Annotated[
        int | None,
        option(
            f"With --token: the port of `serve --inbox`.  [default: {INBOX_PORT}]",
            panel=Panel.WEB,
            min=1,
            max=65535,
            metavar="N",
        ),
    ] = None
    config: Config = None
    path: Annotated[bool, option("Print where it is kept.", "--path")] = False


@command(examples=("--remove 3", "--token"))
def inbox(emptying: Emptying, telling: Telling) -> None:
    """List what is in the inbox, or take it out. Ends the run with its exit code."""
    from newsexport.sources.inbox import facts, shown  # noqa: PLC0415 - keeps --help and completion fast

    with reporting(telling) as console:
        _check(emptying)
        kept = user_folders().inbox()
        if emptying.token or emptying.new_token:
            _show_address(console, emptying)
        elif emptying.path:
            console.show(str(kept.path), {"path": str(kept.path)})
        elif emptying.fetch:
            for entry in _fetched(kept, emptying.config, console):
                console.show(f"added: {printable(shown(entry))}", facts(entry))
        elif emptying.clear:
            count = kept.clear()
            console.show(f"took out {counted(count, 'entry', 'entries')}", {"removed": count})
        elif emptying.remove:
            gone = kept.remove(emptying.remove)
            for entry in gone:
                console.show(f"took out: {printable(shown(entry))}", facts(entry))
            absent = sorted(set(emptying.remove) - {entry.id for entry in gone})
            if absent:
                raise UsageError(f"--remove {absent[0]}: there is no entry of this number")
        else:
            entries = kept.entries()
            console.show(_text(entries), {"entries": [facts(entry) for entry in entries]})


def _show_address(console: Console, emptying: Emptying) -> None:
    from newsexport.cli.commands.serve import Hosting  # noqa: PLC0415 - few ask for it
    from newsexport.cli.hosting import show_inbox_address  # noqa: PLC0415 - idem

    show_inbox_address(
        console,
        Hosting(config=emptying.config, lan=emptying.lan, port=emptying.port, new_token=emptying.new_token),
    )


def _check(emptying: Emptying) -> None:
    """Refuse what cannot be meant at once: nothing is taken out that somebody only wanted to look for."""
    asked = {
        "--token or --new-token": emptying.token or emptying.new_token,
        "--path": emptying.path,
        "--fetch": emptying.fetch,
        "--clear": emptying.clear,
        "--remove": bool(emptying.remove),
    }
    wanted = [name for name, is_wanted in asked.items() if is_wanted]
    if len(wanted) > 1:
        raise UsageError(f"{wanted[0]} and {wanted[1]} do not go together")
    if (emptying.lan is not None or emptying.port is not None) and wanted != ["--token or --new-token"]:
        raise UsageError("--lan and --port go with --token")


def _fetched(kept: Inbox, config: Path | None, console: Console) -> list[InboxEntry]:
    """Raises `UsageError`."""
    from newsexport.configuration.planning import read_mailbox  # noqa: PLC0415 - as above
    from newsexport.routine.inbox import fetch_letters  # noqa: PLC0415 - as above

    mailbox = read_mailbox(find_configuration(config))
    if mailbox is None:
        raise UsageError("--fetch: no mailbox is configured; it needs a table [inbox.imap]")
    return fetch_letters(kept, mailbox, datetime.now(UTC), console.report)


def _text(entries: Sequence[InboxEntry]) -> str:
    from newsexport.sources.inbox import shown  # noqa: PLC0415 - as above

    if not entries:
        return "nothing is in the inbox; `newsexport add ADDRESS` puts something in"
    rows = [
        (
            entry.id,
            entry.added.astimezone().date().isoformat(),
            shown(entry),
            _place(entry),
            ", ".join(entry.tags),
            f"{counted(entry.attempts, 'time')}: {entry.reason}" if entry.attempts else "",
        )
        for entry in entries
    ]
    totals = ("", "Total", counted(len(rows), "entry", "entries"), "", "", "")
    return tabulated(COLUMNS, rows, totals, terminal=sys.stdout.isatty())


def _place(entry: InboxEntry) -> str:
    from newsexport.storage.inbox import Saved  # noqa: PLC0415 - as above
    from newsexport.text.addresses import redacted  # noqa: PLC0415 - as above

    return redacted(entry.text) if entry.kind is Saved.ADDRESS else f"({entry.kind})"
