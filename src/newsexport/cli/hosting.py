"""The options of the command that serves a library."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from newsexport.cli.routines import Config

# No well-known service has it, and it needs no rights.
PORT = 8642


@dataclass(frozen=True)
class Hosting:
    """Which library to serve, to whom, and where."""

    library: Annotated[
        Path | None,
        typer.Argument(
            metavar="LIBRARY",
            help="Folder of the library.  [default: the configuration's, or library]",
            show_default=False,
        ),
    ] = None
    config: Config = None
    lan: Annotated[
        bool,
        typer.Option("--lan", help="Let others in this network in who have the address with its token."),
    ] = False
    port: Annotated[
        int, typer.Option(min=0, max=65535, metavar="N", help="Port to listen on; 0 is any that is free.")
    ] = PORT
    base: Annotated[
        str,
        typer.Option(
            metavar="URL", help="Address that a proxy in front gives it, as https://paper.example.org/."
        ),
    ] = ""
    mdns: Annotated[
        bool, typer.Option("--mdns", help="Announce it in this network; needs newsexport[mdns].")
    ] = False
    new_token: Annotated[
        bool, typer.Option("--new-token", help="Make a new token; who has the old address is let in no more.")
    ] = False
    connections: Annotated[
        int, typer.Option(min=1, metavar="N", help="How many may be connected at a time.")
    ] = 512
