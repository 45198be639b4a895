"""The options of a narration that are about its files: what kind, how many, and sounds of one's own."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer


@dataclass(frozen=True)
class SoundFiles:
    """What kind of files sound becomes, and what is heard around the words."""

    format: Annotated[
        str | None, typer.Option(metavar="KIND", help="mp3, m4b or opus.  [default: mp3, or as -o is named]")
    ] = None
    split: Annotated[
        str | None,
        typer.Option(metavar="BY", help="A file of each article or section, and a playlist of them."),
    ] = None
    intro: Annotated[Path | None, typer.Option(metavar="SOUND", help="A sound file that is heard first.")] = (
        None
    )
    outro: Annotated[Path | None, typer.Option(metavar="SOUND", help="A sound file that is heard last.")] = (
        None
    )
    jingle: Annotated[
        Path | None, typer.Option(metavar="SOUND", help="A sound file that is heard before each section.")
    ] = None
