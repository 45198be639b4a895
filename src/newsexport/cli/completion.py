"""What a shell completes: the values that an option can have. Each looks only where they are written down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Any, get_args

import typer

from newsexport.errors import NewsExportError

# What is completed is imported when it is: every command names these functions, and few runs complete.

Completer = Callable[[str], list[str]]


def _starting(values: Iterable[object], incomplete: str) -> list[str]:
    return [str(value) for value in values if str(value).startswith(incomplete)]


def _of_option(exporter: str, option: str) -> Completer:
    """The choices that an option of an exporter has."""

    def complete(incomplete: str) -> list[str]:
        from newsexport import plugins  # noqa: PLC0415 - as above
        from newsexport.configuration.option_kinds import choices, kinds  # noqa: PLC0415 - as above

        kind = kinds(plugins.exporters[exporter])[option]
        every = [inner for each in choices(kind) for inner in (each, *get_args(each))]
        enums = [each for each in every if isinstance(each, type) and issubclass(each, Enum)]
        return _starting((one.value for enum in enums for one in enum), incomplete)

    return complete


devices = _of_option("epub", "device")
links = _of_option("epub", "links")
pages = _of_option("pdf", "page")
styles = _of_option("epub", "style")
sound_formats = _of_option("audio", "format")
splits = _of_option("audio", "split")
transcripts = _of_option("audio", "transcript")


def orders(incomplete: str) -> list[str]:
    """How articles can be sorted."""
    from newsexport.collecting.select import Sort  # noqa: PLC0415 - as above

    return _starting(Sort, incomplete)


def modes(incomplete: str) -> list[str]:
    """Where articles of feeds can be taken from."""
    from newsexport.configuration.collecting_options import MODES  # noqa: PLC0415 - as above

    return _starting(MODES, incomplete)


def shops(incomplete: str) -> list[str]:
    """Shops and readers that a book can be checked for."""
    from epubpreflight import Vendor  # noqa: PLC0415 - as above

    return _starting(Vendor, incomplete)


def schedulers(incomplete: str) -> list[str]:
    """Systems that a schedule can be written for."""
    return _starting(("cron", "systemd", "launchd", "windows", "github"), incomplete)


def formats(incomplete: str) -> list[str]:
    """Formats and kinds of files; of several with commas the last."""
    from newsexport import plugins  # noqa: PLC0415 - as above
    from newsexport.exporters.format_choice import suffixes_of  # noqa: PLC0415 - as above

    before, comma, last = incomplete.rpartition(",")
    known = dict.fromkeys(plugins.exporters)
    for name in plugins.exporters:
        with suppress(NewsExportError):
            known |= dict.fromkeys(suffix.removeprefix(".") for suffix in suffixes_of(name))
    return [f"{before}{comma}{name}" for name in _starting(known, last)]


def engines(incomplete: str) -> list[str]:
    """Engines that are installed."""
    from newsexport import plugins  # noqa: PLC0415 - as above

    return _starting(("auto", *plugins.engines), incomplete)


def voices(ctx: typer.Context, incomplete: str) -> list[str]:
    """Voices of the engine that was named before, or of all that are here and offline."""
    from newsexport import plugins  # noqa: PLC0415 - as above

    named = str(ctx.params.get("engine"))
    return _starting(
        _voices(plugins.engines, [named] if named in plugins.engines else plugins.engines), incomplete
    )


def _voices(engines: Any, names: Iterable[str]) -> Iterator[str]:
    from newsexport.protocols import HasVoices  # noqa: PLC0415 - as above

    for name in names:
        with suppress(Exception):  # whatever ails an engine, the others complete
            engine = engines[name]()
            if isinstance(engine, HasVoices):
                yield from (voice.name for voice in engine.voices())


def papers(ctx: typer.Context, incomplete: str) -> list[str]:
    """Papers of the configuration that was named, or else is found."""
    from newsexport.cli.context import find_configuration  # noqa: PLC0415 - as above
    from newsexport.configuration.document import read  # noqa: PLC0415 - as above

    named = ctx.params.get("config")
    with suppress(NewsExportError):
        planned = read(find_configuration(Path(named) if named else None)).values.get("paper", {})
        return _starting(planned if isinstance(planned, dict) else (), incomplete)
    return []


def destinations(incomplete: str) -> list[str]:
    """How a paper can be delivered."""
    return _starting(("device", "folder", "mail", "crosspoint", "remarkable", "webdav"), incomplete)


def places(incomplete: str) -> list[str]:
    """The kinds of devices that files can be sent to; a shell completes folders besides."""
    from newsexport.delivery.devices import DeviceKind  # noqa: PLC0415 - as above

    return _starting((str(kind).lower() for kind in DeviceKind), incomplete)
