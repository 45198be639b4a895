"""The commands that tell what is installed: formats, engines and voices."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial

from newsexport import plugins
from newsexport.cli.console import Console, printable
from newsexport.cli.exits import run
from newsexport.cli.options import Telling, VoiceChoice
from newsexport.cli.tables import Column, tabulated
from newsexport.configuration.option_kinds import defaults
from newsexport.errors import NewsExportError, SpeechError, UsageError
from newsexport.events import Noted
from newsexport.plugins import PluginError
from newsexport.protocols import ChecksReadiness, HasVoices
from newsexport.speech import MANY, Voice
from newsexport.text.languages import primary
from newsexport.work.containment import contained


@dataclass(frozen=True, slots=True)
class Format:
    """An exporter as the user sees it: `options` are names and defaults for ``--set``."""

    name: str
    suffix: str
    about: str
    options: dict[str, bool | float | str | None]


def show_formats(telling: Telling) -> None:
    """List every exporter with its suffix and options. Ends the run."""
    with run(telling) as console:
        facts = []
        for name in plugins.exporters:
            try:
                facts.append(_format(name))
            except NewsExportError as error:
                console.report(Noted(str(error)))
        console.show("\n".join(map(_format_text, facts)), {"formats": [asdict(each) for each in facts]})


def _format(name: str) -> Format:
    factory = plugins.exporters[name]
    with contained(lambda reason: PluginError(f"exporter {name}: {reason}"), quitting=True):
        try:
            suffix = factory().suffix
        except TypeError:  # it has options that must be given, on which its suffix may depend
            suffix = ""
        return Format(name, suffix, _about(factory), dict(defaults(factory)))


def _format_text(form: Format) -> str:
    lines = [f"{form.name}  {form.suffix}  {form.about}"]
    lines += [f"    --set {form.name}.{option}={_shown(value)}" for option, value in form.options.items()]
    return "\n".join(map(printable, lines))


def _shown(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _about(factory: Callable[..., object]) -> str:
    """The first sentence of its description."""
    return (inspect.getdoc(factory) or "").split("\n", 1)[0].split(". ", 1)[0].rstrip(".").replace("`", "")


def show_engines(telling: Telling) -> None:
    """List every engine and whether it can speak here and now. Ends the run."""
    with run(telling) as console:
        rows = [(name, *_engine(name)) for name in plugins.engines]
        table = tabulated(
            (Column("Engine"), Column("Ready"), Column("About", flexible=True)),
            rows,
            terminal=sys.stdout.isatty(),
        )
        facts = [{"name": name, "ready": ready == "yes", "about": about} for name, ready, about in rows]
        console.show(table, {"engines": facts})


def _engine(name: str) -> tuple[str, str]:
    try:
        factory = plugins.engines[name]
        with contained(partial(SpeechError, name), quitting=True):
            engine = factory()
            if isinstance(engine, ChecksReadiness):
                engine.check()
    except SpeechError as error:
        return "no", error.reason
    except NewsExportError as error:
        return "no", str(error)
    return "yes", _about(factory)


def show_voices(choice: VoiceChoice, telling: Telling) -> None:
    """List the voices of one engine or all, in order of language. Ends the run."""
    with run(telling) as console:
        names = [choice.engine] if choice.engine else list(plugins.engines)
        found = [
            (voice, name)
            for name in names
            for voice in _voices(name, console, named=bool(choice.engine))
            if not choice.language or primary(voice.language) in {primary(choice.language), MANY}
        ]
        if not found:
            raise UsageError("no voice speaks that" if choice.language else "no engine here lists voices")
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
            voices = engine.voices() if isinstance(engine, HasVoices) else None
        if voices is None and named:
            raise SpeechError(name, "lists no voices")
        yield from voices or ()
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
