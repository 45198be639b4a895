"""The command `readaloud`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from newsexport.cli.command import command
from newsexport.cli.commands.audio import SpeakingOptions
from newsexport.cli.commands.epub import EpubOptions
from newsexport.cli.option_groups import Inputs, Panel, Placing, Speaking, option
from newsexport.configuration.collecting_options import CollectingOptions


@dataclass(frozen=True)
class ReadAloudOptions(EpubOptions, SpeakingOptions):
    """The look of a book and the sound of its narration."""

    words: Annotated[
        bool | None,
        option("Mark word by word, where the voice tells its words.", "--words", panel=Panel.LOOK),
    ] = None


@command(
    used_most="output engine voice speed device title since new max_articles minutes",
    examples=("articles/ -o morning.readaloud.epub", "subscriptions.opml --since 24h --minutes 25"),
)
def readaloud(
    inputs: Inputs, reading: CollectingOptions, options: ReadAloudOptions, placing: Placing, running: Speaking
) -> None:
    """Make a book that is read aloud."""
    from newsexport.cli.editions import export  # noqa: PLC0415 - keeps --help and completion fast

    export(["readaloud"], inputs, reading, placing, options, running)
