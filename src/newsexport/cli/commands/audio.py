"""The command `audio`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from newsexport.cli import completion
from newsexport.cli.command import command
from newsexport.cli.option_groups import (
    Inputs,
    Lexicons,
    Panel,
    Placing,
    Settings,
    Speaking,
    WordsOnly,
    collecting_options,
    option,
)


@dataclass(frozen=True)
class SpeakingOptions(Settings):
    """Who speaks, and how it sounds."""

    engine: Annotated[
        str | None,
        option(
            "Speak with this engine; `newsexport engines` lists them.  [default: auto]",
            panel=Panel.SOUND,
            metavar="NAME",
            autocompletion=completion.engines,
        ),
    ] = None
    voice: Annotated[
        str | None,
        option(
            "Speak with this voice of the engine; `newsexport voices` lists them.",
            panel=Panel.SOUND,
            metavar="NAME",
            autocompletion=completion.voices,
        ),
    ] = None
    speed: Annotated[
        float | None,
        option("Speak at this speed; 2 is twice as fast.  [default: 1]", panel=Panel.SOUND, metavar="NUMBER"),
    ] = None
    lexicon: Lexicons = None
    bitrate: Annotated[
        int | None,
        option(
            "Encode at so many kilobits a second.  [default: 64; for Opus 32]",
            panel=Panel.SOUND,
            metavar="NUMBER",
        ),
    ] = None
    loudness: Annotated[
        float | None,
        option("Bring it to this loudness.  [default: -16]", panel=Panel.SOUND, metavar="LUFS"),
    ] = None
    peak: Annotated[
        float | None,
        option("Keep the true peak below this.  [default: -1]", panel=Panel.SOUND, metavar="DBTP"),
    ] = None


@dataclass(frozen=True)
class AudioOptions(SpeakingOptions):
    """The sound of a narration, and its files."""

    format: Annotated[
        str | None,
        option(
            "Make mp3, m4b or opus.  [default: mp3, or what the name of -o says]",
            panel=Panel.SOUND,
            metavar="KIND",
            autocompletion=completion.sound_formats,
        ),
    ] = None
    split: Annotated[
        str | None,
        option(
            "Make a file of each article or section, and a playlist of them.",
            panel=Panel.PLACE,
            metavar="BY",
            autocompletion=completion.splits,
        ),
    ] = None
    script: Annotated[
        Path | None,
        option(
            "Speak this script as it stands; `newsexport script` writes one.",
            panel=Panel.READ,
            metavar="FILE",
        ),
    ] = None
    cover: Annotated[
        Path | None,
        option(
            "Use this picture as the cover; one is drawn if none is given.",
            panel=Panel.SOUND,
            metavar="PICTURE",
        ),
    ] = None
    intro: Annotated[
        Path | None, option("Play this sound file at the beginning.", panel=Panel.SOUND, metavar="SOUND")
    ] = None
    outro: Annotated[
        Path | None, option("Play this sound file at the end.", panel=Panel.SOUND, metavar="SOUND")
    ] = None
    jingle: Annotated[
        Path | None, option("Play this sound file before each section.", panel=Panel.SOUND, metavar="SOUND")
    ] = None
    transcript: Annotated[
        list[str] | None,
        option(
            "Write what is said with its times beside the sound: vtt, words, srt, json or text; can be "
            "given several times.",
            panel=Panel.PLACE,
            metavar="KIND",
            autocompletion=completion.transcripts,
        ),
    ] = None
    chapters_json: Annotated[
        bool | None,
        option("Write the chapters beside the sound as JSON.", "--chapters-json", panel=Panel.PLACE),
    ] = None


@dataclass(frozen=True)
class ChapterPictures:
    """The pictures that players show with the chapters."""

    no_pictures: Annotated[
        bool, option("Show no pictures with the chapters.", "--no-pictures", panel=Panel.SOUND)
    ] = False


@command(
    used_most="output engine voice speed format title since new max_articles minutes",
    examples=("articles/ -o morning.mp3", "subscriptions.opml --since 24h --minutes 25 --engine espeak"),
)
def audio(
    inputs: Inputs,
    reading: WordsOnly,
    pictures: ChapterPictures,
    options: AudioOptions,
    placing: Placing,
    running: Speaking,
) -> None:
    """Make a narration."""
    from newsexport.cli.editions import export  # noqa: PLC0415 - keeps --help and completion fast

    export(["audio"], inputs, collecting_options(reading, pictures), placing, options, running)
