"""Which names a configuration may use: those of our own options, and those of every installed format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, get_type_hints

from newsexport import plugins
from newsexport.configuration.collecting_options import OF_A_RUN, CollectingOptions
from newsexport.configuration.option_kinds import Between, kinds
from newsexport.plugins import PluginError
from newsexport.work.containment import contained

# Fields of exporters that a file calls as the command line does.
CALLED = {"for": "device"}

# No well-known service has it, and it needs no rights.
PORT = 8642
INBOX_PORT = 8643


@dataclass(frozen=True, slots=True)
class Service:
    """How a library is served: the table ``[serve]``."""

    lan: bool = False
    port: Annotated[int, Between(0, 65535)] = PORT
    base: str = ""
    mdns: bool = False
    connections: Annotated[int, Between(1)] = 512
    progress: bool = False


@dataclass(frozen=True, slots=True)
class InboxService:
    """How the inbox is served: the table ``[inbox]``."""

    lan: bool = False
    port: Annotated[int, Between(0, 65535)] = INBOX_PORT
    base: str = ""
    connections: Annotated[int, Between(1)] = 64


@dataclass(frozen=True, slots=True)
class Names:
    """What may be asked, by name and kind: of a paper, of each format, and of serving.

    `broken` are formats that cannot be made here, with the reason.
    """

    options: Mapping[str, Any]
    formats: Mapping[str, Mapping[str, Any]]
    serve: Mapping[str, Any]
    broken: Mapping[str, str] = field(default_factory=dict)


def known_names() -> Names:
    """Every name with its kind; the formats are those that are installed."""
    options = get_type_hints(CollectingOptions, include_extras=True)
    formats: dict[str, dict[str, Any]] = {}
    broken: dict[str, str] = {}
    for name in plugins.exporters:
        try:
            formats[name] = _options(name)
        except PluginError as error:
            broken[name] = str(error)
    return Names(
        {name: kind for name, kind in options.items() if name not in OF_A_RUN},
        formats,
        get_type_hints(Service, include_extras=True),
        broken,
    )


def _options(exporter: str) -> dict[str, Any]:
    factory = plugins.exporters[exporter]
    with contained(lambda reason: PluginError(f"exporter {exporter}: its options cannot be read: {reason}")):
        known = dict(kinds(factory))
    for called, option in CALLED.items():
        if option in known:
            known[called] = known[option]
    return known
