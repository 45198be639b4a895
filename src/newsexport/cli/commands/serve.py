"""The command `serve`: a library over HTTP until it is told to end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from newsexport.cli.command import command
from newsexport.cli.exits import reporting
from newsexport.cli.option_groups import Config, Panel, Telling, argument, option
from newsexport.configuration.names import INBOX_PORT, PORT


@dataclass(frozen=True)
class Hosting:
    """Which library to serve, to whom, and where. What is None was not told."""

    library: Annotated[
        Path | None,
        argument("Folder of the library.  [default: that of the configuration, or library]", "LIBRARY"),
    ] = None
    inbox: Annotated[
        bool,
        option(
            f"Serve the inbox in place of a library, for whoever has its token.  [port: {INBOX_PORT}]",
            "--inbox",
            panel=Panel.WEB,
        ),
    ] = False
    config: Config = None
    lan: Annotated[
        bool | None,
        option(
            "Let others in this network in who have the address with its token, or only this machine.",
            "--lan/--no-lan",
            panel=Panel.WEB,
        ),
    ] = None
    port: Annotated[
        int | None,
        option(
            f"Listen on this port; 0 is any that is free.  [default: {PORT}]",
            panel=Panel.WEB,
            min=0,
            max=65535,
            metavar="N",
        ),
    ] = None
    base: Annotated[
        str | None,
        option(
            "Name the address that a proxy in front gives it, such as https://paper.example.org/.",
            panel=Panel.WEB,
            metavar="URL",
        ),
    ] = None
    mdns: Annotated[
        bool | None,
        option(
            "Announce it in this network, or do not; needs newsexport[mdns].",
            "--mdns/--no-mdns",
            panel=Panel.WEB,
        ),
    ] = None
    new_token: Annotated[
        bool,
        option("Make a new token, and shut out whoever has the old address.", "--new-token", panel=Panel.WEB),
    ] = False
    connections: Annotated[
        int | None,
        option("Allow at most N connections at a time.  [default: 512]", panel=Panel.WEB, min=1, metavar="N"),
    ] = None
    progress: Annotated[
        bool | None,
        option(
            "Take what apps tell of reading and listening, with the token as their password.",
            "--progress/--no-progress",
            panel=Panel.WEB,
        ),
    ] = None


@command(examples=("library/ --lan", "--inbox --lan"))
def serve(hosting: Hosting, telling: Telling) -> None:
    """Serve a library, or the inbox. Ends with 0 when it is told to end, by Ctrl-C or by the system."""
    from newsexport.cli.hosting import host, host_inbox  # noqa: PLC0415 - keeps --help and completion fast

    with reporting(telling) as console:
        (host_inbox if hosting.inbox else host)(hosting, console, verbose=telling.verbose)
