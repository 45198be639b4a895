"""The command `pdf`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from newsexport.cli import completion
from newsexport.cli.command import command
from newsexport.cli.option_groups import Inputs, Panel, Placing, Running, Settings, option
from newsexport.configuration.collecting_options import CollectingOptions


@dataclass(frozen=True)
class PdfOptions(Settings):
    """The look of a newspaper."""

    page: Annotated[
        str | None,
        option(
            "Set it for a4, letter, remarkable, remarkable-pro, phone or kobo.  [default: a4]",
            panel=Panel.LOOK,
            metavar="PAGE",
            autocompletion=completion.pages,
        ),
    ] = None
    links: Annotated[
        str | None,
        option(
            "Show links out of the edition inline, as notes, or not at all (none).  [default: inline]",
            panel=Panel.LOOK,
            metavar="HOW",
            autocompletion=completion.links,
        ),
    ] = None
    straight_quotes: Annotated[
        bool | None,
        option(
            "Leave quotation marks and apostrophes as they were typed.",
            "--straight-quotes",
            panel=Panel.LOOK,
        ),
    ] = None
    font_folder: Annotated[
        Path | None,
        option(
            "Draw what our fonts do not have with the fonts in this folder.",
            panel=Panel.LOOK,
            metavar="FOLDER",
        ),
    ] = None


@command(
    used_most="output page title since new max_articles minutes no_pictures",
    examples=("articles/ --page remarkable", "https://example.org/feed.xml --since 24h -o morning.pdf"),
)
def pdf(
    inputs: Inputs, reading: CollectingOptions, options: PdfOptions, placing: Placing, running: Running
) -> None:
    """Make a newspaper in columns."""
    from newsexport.cli.editions import export  # noqa: PLC0415 - keeps --help and completion fast

    export(["pdf"], inputs, reading, placing, options, running)
