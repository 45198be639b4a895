"""The options of the command that brings finished files to where they are read."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer


@dataclass(frozen=True)
class Dispatch:
    """What goes where."""

    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE", help="Finished files.", show_default=False)
    ] = None
    to: Annotated[
        str,
        typer.Option(
            metavar="PLACE",
            help="A folder, a device's root or an address to mail to; else what is plugged in.",
        ),
    ] = ""
    keep: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Keep the newest N issues there of those we brought."),
    ] = None
    resend: Annotated[bool, typer.Option("--resend", help="Mail again what was mailed before.")] = False
    devices: Annotated[bool, typer.Option("--devices", help="List the devices that are plugged in.")] = False
    sender: Annotated[
        str, typer.Option("--from", metavar="ADDRESS", help="Your own address, to mail from.")
    ] = ""
    host: Annotated[str, typer.Option(metavar="NAME", help="The server that takes your mail.")] = ""
    port: Annotated[int | None, typer.Option(help="Its port.  [default: 465; 587 with --starttls]")] = None
    starttls: Annotated[bool, typer.Option("--starttls", help="Begin in the clear, then TLS.")] = False
    user: Annotated[str, typer.Option(metavar="NAME", help="Name to sign in with.  [default: as --from]")] = (
        ""
    )
