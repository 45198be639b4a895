"""The options of the command that serves a library."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any

import typer

from newsexport.cli.routines import Config

# No well-known service has it, and it needs no rights.
PORT = 8642


@dataclass(frozen=True)
class Hosting:
    """Which library to serve, to whom, and where. What is None was not told."""

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
        bool | None,
        typer.Option(
            "--lan/--no-lan", help="Let others in this network in who have the address with its token."
        ),
    ] = None
    port: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=65535,
            metavar="N",
            help=f"Port to listen on; 0 is any that is free.  [default: {PORT}]",
        ),
    ] = None
    base: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="Address that a proxy in front gives it, as https://paper.example.org/."
        ),
    ] = None
    mdns: Annotated[
        bool | None,
        typer.Option("--mdns/--no-mdns", help="Announce it in this network; needs newsexport[mdns]."),
    ] = None
    new_token: Annotated[
        bool, typer.Option("--new-token", help="Make a new token; who has the old address is let in no more.")
    ] = False
    connections: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="How many may be connected at a time.  [default: 512]"),
    ] = None


@dataclass(frozen=True, slots=True)
class Service:
    """How a library is served. The table ``[serve]`` of a configuration has these names."""

    lan: bool = False
    port: int = PORT
    base: str = ""
    mdns: bool = False
    connections: int = 512


def service(hosting: Hosting, planned: Mapping[str, Any]) -> Service:
    """What the options say, and of what they do not say what is planned."""
    told = {each.name: getattr(hosting, each.name) for each in fields(Service)}
    return Service(**{**planned, **{name: value for name, value in told.items() if value is not None}})
