"""The command `init`: a first configuration from a few answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from newsexport.cli import completion
from newsexport.cli.command import command
from newsexport.cli.exits import reporting
from newsexport.cli.option_groups import Panel, Telling, argument, either, option
from newsexport.exporters.epub.device import Device


@dataclass(frozen=True)
class InitOptions:
    """What a first configuration says. What is not told is asked for, on a terminal."""

    sources: Annotated[
        list[str] | None, argument("Feeds, pages, files, folders, or an OPML of them.", "SOURCE")
    ] = None
    title: Annotated[str, option("Title of the paper.", panel=Panel.EDITION, metavar="TEXT")] = ""
    to: Annotated[
        list[str] | None,
        option(
            "Make these formats.  [default: epub, audio]",
            "--to",
            "-t",
            panel=Panel.EDITION,
            metavar="FORMAT",
            autocompletion=completion.formats,
        ),
    ] = None
    device: Annotated[
        str,
        option(
            f"Make the book for {either(Device)}.",
            "--for",
            panel=Panel.EDITION,
            metavar="DEVICE",
            autocompletion=completion.devices,
        ),
    ] = ""
    at: Annotated[
        str,
        option("Say when it comes out, in the time zone of the paper.", panel=Panel.EDITION, metavar="HH:MM"),
    ] = ""
    on: Annotated[
        str,
        option(
            "Say on which days: daily, weekdays, weekends, or such as mon,thu.",
            "--on",
            panel=Panel.EDITION,
            metavar="DAYS",
        ),
    ] = ""
    base: Annotated[
        str,
        option("Say at which address the library will be served.", panel=Panel.PLACE, metavar="ADDRESS"),
    ] = ""
    deliver: Annotated[
        str,
        option(
            "Deliver books to a device, a folder or by mail.",
            panel=Panel.PLACE,
            metavar="HOW",
            autocompletion=completion.destinations,
        ),
    ] = ""
    output: Annotated[
        str,
        option("Write this file.", "--output", "-o", panel=Panel.PLACE, metavar="FILE", show_default=True),
    ] = "newsexport.toml"
    yes: Annotated[bool, option("Ask nothing.", "--yes", "-y")] = False
    schema: Annotated[bool, option("Print the JSON Schema of a configuration, for editors.", "--schema")] = (
        False
    )


@command(
    examples=("", 'subscriptions.opml --title "The Morning" --at 06:30'),
)
def init(options: InitOptions, telling: Telling) -> None:
    """Write a configuration that can be run, or print what one may say. Ends with its exit code."""
    from newsexport.cli.first_answers import write  # noqa: PLC0415 - keeps --help and completion fast

    with reporting(telling, placed=True) as console:
        write(options, console)
