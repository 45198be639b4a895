"""The command `export`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from newsexport.cli import completion
from newsexport.cli.command import command
from newsexport.cli.commands.audio import AudioOptions
from newsexport.cli.commands.epub import EpubOptions
from newsexport.cli.commands.pdf import PdfOptions
from newsexport.cli.commands.text import TextOptions
from newsexport.cli.option_groups import Inputs, Panel, Placing, Speaking, option
from newsexport.configuration.collecting_options import CollectingOptions


@dataclass(frozen=True)
class Formats:
    """Which formats to make."""

    to: Annotated[
        list[str] | None,
        option(
            "Make these formats (`newsexport formats` lists them) or kinds of files, such as mp3; several "
            "with commas.  [default: what the name of -o says]",
            "--to",
            "-t",
            panel=Panel.PLACE,
            metavar="FORMAT",
            autocompletion=completion.formats,
        ),
    ] = None


@dataclass(frozen=True)
class EveryOption(EpubOptions, AudioOptions, PdfOptions, TextOptions):
    """The options of all built-in formats together."""


@command(
    used_most="to output device engine voice title since new max_articles minutes",
    examples=("articles/ --to epub,mp3,text -o out/", "articles/ --to json -o edition.json"),
)
def export(
    inputs: Inputs,
    formats: Formats,
    reading: CollectingOptions,
    options: EveryOption,
    placing: Placing,
    running: Speaking,
) -> None:
    """Make several formats."""
    from newsexport.cli.editions import export as export_formats  # noqa: PLC0415 - keeps --help fast

    export_formats(formats.to or [], inputs, reading, placing, options, running)
