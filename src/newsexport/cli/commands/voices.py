"""The command `voices`: in which voices the engines can speak."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from newsexport import plugins
from newsexport.cli import completion
from newsexport.cli.command import command
from newsexport.cli.console import Console
from newsexport.cli.exits import reporting
from newsexport.cli.option_groups import Panel, Telling, option
from newsexport.cli.tables import Column, tabulated
from newsexport.errors import NewsExportError, SourceError, SpeechError, UsageError
from newsexport.events import Advanced, Finished, Noted, Started, Wrote
from newsexport.protocols import HasVoices, OffersVoices, TellsSpeaker
from newsexport.speech import MANY, OfferedVoice, Voice
from newsexport.storage.atomic import file_errors
from newsexport.text.languages import primary
from newsexport.work.containment import contained

FETCHING = "fetching"


@dataclass(frozen=True)
class VoiceChoice:
    """Which voices to list, or which to fetch."""

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
    get: Annotated[
        str,
        option(
            "Fetch this voice, or the only one of this language; tell which there are.",
            "--get",
            panel=Panel.CHOOSE,
            metavar="VOICE",
        ),
    ] = ""
    offline: Annotated[
        bool, option("Ask no service, and list none of its voices.", "--offline", panel=Panel.WEB)
    ] = False


@command(examples=("--language de", "--get emma"))
def voices(choice: VoiceChoice, telling: Telling) -> None:
    """List the voices of one engine or all, in order of language, or fetch one. Ends the run."""
    with reporting(telling) as console:
        if choice.get:
            fetch(choice, console)
            return
        names = [choice.engine] if choice.engine else list(plugins.engines)
        found = [
            (voice, name)
            for name in names
            for voice in _voices(name, console, choice)
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
        if not choice.engine:
            _tell_cast(choice, [voice.language for voice, _ in found], console)
        table = tabulated((*columns, *more), rows, terminal=sys.stdout.isatty())
        console.show(table, {"voices": list(_voice_facts(found))})


def _tell_cast(choice: VoiceChoice, languages: list[str], console: Console) -> None:
    """Who would speak which of the languages, as the first line of a run tells it."""
    from newsexport.narration.auditions import casting  # noqa: PLC0415 - keeps --help and completion fast
    from newsexport.narration.casting import AUTO  # noqa: PLC0415 - idem

    cast = casting(AUTO, {}, console.report, offline=choice.offline)
    wanted = [choice.language] if choice.language else sorted({*map(primary, languages)} - {MANY})
    cast.announce(wanted)


def fetch(choice: VoiceChoice, console: Console) -> None:
    """Fetch a voice into the folder of its engine.

    Raises:
        UsageError: the run is offline, or there is no such voice, or several.
        SourceError: no catalogue could be read, or it cannot be had, or is another file than it should be.
    """
    if choice.offline:
        raise UsageError(f"--get {choice.get}: has to ask the network, and the run is offline")
    names = [choice.engine] if choice.engine else list(plugins.engines)
    failures: list[str] = []
    offered = [pair for name in names for pair in _offered(name, failures, choice.get)]
    wanted = [pair for pair in offered if pair[0].voice.name == choice.get] or offered
    if failures and not wanted:
        raise SourceError(f"--get {choice.get}", "; ".join(failures))
    for failure in failures:
        console.report(Noted(failure))
    if not wanted:
        raise UsageError(f"--get {choice.get}: there is no such voice to be had, and none of such a language")
    told = [_offer_row(one, engine) for one, engine, _ in wanted]
    columns = ("Language", "Engine", "Voice", "Size", "Licence", "Rate", "From")
    if len(wanted) > 1:
        facts = [dict(zip(map(str.lower, columns), row, strict=True)) for row in told]
        table = tabulated(tuple(map(Column, columns)), told, terminal=sys.stdout.isatty())
        console.show(table, {"offered": facts})
        raise UsageError(f"--get {choice.get}: there are several; name one of these voices")
    (one, _, home), *_ = wanted
    needs = (f"{one.memory / 1e6:.0f} MB of memory for each process",) if one.memory else ()
    console.report(Noted(", ".join((*told[0], *needs))))
    _bring(one, home, console)


def _offered(name: str, failures: list[str], wanted: str) -> Iterator[tuple[OfferedVoice, str, Path]]:
    """What an engine has to offer under a name or for a language, and where it belongs; or why it cannot."""
    from newsexport.net.download import DownloadError, fetched  # noqa: PLC0415 - keeps --help fast

    try:
        with contained(partial(SpeechError, name), DownloadError, quitting=True):
            engine = plugins.engines[name]()
            if not isinstance(engine, OffersVoices):
                return
            found, home = engine.offered(fetched, wanted), engine.home
    except NewsExportError as error:
        failures.append(str(error))
    except DownloadError as error:
        failures.append(f"{name}: {error}")
    else:
        yield from ((one, name, home) for one in found)


def _offer_row(one: OfferedVoice, engine: str) -> tuple[str, ...]:
    size, host = f"{one.size / 1e6:.1f} MB", urlsplit(one.files[0].address).netloc
    return one.voice.language, engine, one.voice.name, size, one.licence, f"{one.rate} Hz", host


def _bring(one: OfferedVoice, folder: Path, console: Console) -> None:
    from newsexport.net.download import DownloadError, download  # noqa: PLC0415 - keeps --help fast

    def told(by: int) -> None:
        console.report(Advanced(FETCHING, by))

    console.report(Started(FETCHING, one.size, "bytes"))
    for file in one.files:
        target = folder / file.name
        try:
            with file_errors(target):
                download(file.address, target, file.size, file.digest, told)
        except DownloadError as error:
            raise SourceError(one.voice.name, str(error)) from error
    console.report(Finished(FETCHING))
    for file in one.files:
        console.report(Wrote(folder / file.name))


def _voice_row(voice: Voice, engine: str) -> tuple[str, ...]:
    online = "no" if voice.offline else "yes"
    return (voice.language, engine, voice.name, voice.title, voice.gender.value, _quality(voice), online)


def _quality(voice: Voice) -> str:
    return voice.quality.name.lower() if voice.quality else ""


def _voices(name: str, console: Console, choice: VoiceChoice) -> Iterator[Voice]:
    """The engine's voices; an engine that was not asked for by name may have none."""
    named = bool(choice.engine)
    try:
        with contained(partial(SpeechError, name), quitting=True):
            engine = plugins.engines[name]()
            if choice.offline and isinstance(engine, TellsSpeaker) and engine.destination:
                return  # some have to ask for their voices, and none could speak
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
