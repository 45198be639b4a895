"""The command `voices`: in which voices the engines can speak."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from newsexport import plugins
from newsexport.cli import completion
from newsexport.cli.command import command
from newsexport.cli.console import Console
from newsexport.cli.exits import reporting
from newsexport.cli.option_groups import Panel, Telling, option
from newsexport.cli.tables import Column, tabulated
from newsexport.errors import NewsExportError, SpeechError, UsageError
from newsexport.events import Noted
from newsexport.protocols import HasVoices
from newsexport.speech import MANY, Voice
from newsexport.text.languages import primary
from newsexport.work.containment import contained


@dataclass(frozen=True)
class VoiceChoice:
    """Which voices to list."""

    language: Annotated[
        str, option("List only voices of this language, such as en.", panel=Panel.CHOOSE, metavar="TAG")
    ] = ""
    engine: Annotated[
        str,
        option(
            "List only voices of this engine.",
            panel=Panel.CHOOSE,
            metavar="NAME",
            autocompletion=completion.engines,
        ),
    ] = ""


@command(examples=("--language de", "--engine espeak"))
def voices(choice: VoiceChoice, telling: Telling) -> None:
    """List the voices of one engine or all, in order of language. Ends the run."""
    with reporting(telling) as console:
        names = [choice.engine] if choice.engine else list(plugins.engines)
        found = [
            (voice, name)
            for name in names
            for voice in _voices(name, console, named=bool(choice.engine))
            if not choice.language or primary(voice.language) in {primary(choice.language), MANY}
        ]
        if not found:
            raise UsageError(
                "no voice speaks that language" if choice.language else "no engine here lists voices"
            )
        found.sort(key=lambda pair: (pair[0].language, pair[1], -pair[0].quality, pair[0].name))
        rows = [_voice_row(voice, name) for voice, name in found]
        columns = (Column("Language"), Column("Engine"), Column("Voice"), Column("Name", flexible=True))
        more = (Column("Gender"), Column("Quality"), Column("Online"))
        table = tabulated((*columns, *more), rows, terminal=sys.stdout.isatty())
        console.show(table, {"voices": list(_voice_facts(found))})


def _voice_row(voice: Voice, engine: str) -> tuple[str, ...]:
    online = "no" if voice.offline else "yes"
    return (voice.language, engine, voice.name, voice.title, voice.gender.value, _quality(voice), online)


def _quality(voice: Voice) -> str:
    return voice.quality.name.lower() if voice.quality else ""


def _voices(name: str, console: Console, *, named: bool) -> Iterator[Voice]:
    """The engine's voices; an engine that was not asked for by name may have none."""
    try:
        with contained(partial(SpeechError, name), quitting=True):
            engine = plugins.engines[name]()
            found = engine.voices() if isinstance(engine, HasVoices) else None
        if found is None and named:
            raise SpeechError(name, "lists no voices")
        yield from found or ()
    except NewsExportError as error:
        if named:
            raise
        console.report(Noted(str(error)))


def _voice_facts(found: list[tuple[Voice, str]]) -> Iterator[dict[str, object]]:
    for voice, name in found:
        yield {
            "language": voice.language,
            "engine": name,
            "voice": voice.name,
            "name": voice.title,
            "gender": voice.gender.value,
            "quality": _quality(voice),
            "offline": voice.offline,
        }
