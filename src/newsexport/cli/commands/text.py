"""The command `text`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from newsexport.cli.command import command
from newsexport.cli.option_groups import (
    Inputs,
    Panel,
    Placing,
    Running,
    Settings,
    WordsOnly,
    collecting_options,
    option,
)


@dataclass(frozen=True)
class TextOptions(Settings):
    """The look of a text file."""

    width: Annotated[
        int | None,
        option("Wrap lines at so many columns.  [default: 72]", panel=Panel.LOOK, metavar="COLUMNS"),
    ] = None
    straight_quotes: Annotated[
        bool | None,
        option(
            "Leave quotation marks and apostrophes as they were typed.",
            "--straight-quotes",
            panel=Panel.LOOK,
        ),
    ] = None


@command(
    used_most="output width title since new max_articles minutes sort language date",
    examples=("articles/ -o morning.txt", "https://example.org/feed.xml --max-articles 5 -o -"),
)
def text(
    inputs: Inputs, reading: WordsOnly, options: TextOptions, placing: Placing, running: Running
) -> None:
    """Make a text file."""
    from newsexport.cli.editions import export  # noqa: PLC0415 - keeps --help and completion fast

    export(["text"], inputs, collecting_options(reading), placing, options, running)
