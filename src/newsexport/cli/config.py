"""The user's configuration: where it is, and what names it may use."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import platformdirs

from newsexport import plugins
from newsexport.cli.hosting import Hosting, Service
from newsexport.cli.meanings import MEANINGS
from newsexport.cli.options import Wishes
from newsexport.configuration.document import read
from newsexport.configuration.option_kinds import Between, kinds
from newsexport.configuration.plan import Names, Plan
from newsexport.configuration.planning import plan_of
from newsexport.errors import UsageError
from newsexport.plugins import PluginError
from newsexport.text.nearest import there_is
from newsexport.work.containment import contained

NAME = "newsexport.toml"

# Exporters' fields that a file calls as the command line does.
CALLED = {"for": "device"}

# Wishes that belong to one run, not to a paper.
OF_A_RUN = frozenset(("date", "offline", "section", "title", "language"))


def plan(config: Path | None) -> Plan:
    """The plan of the file that was named, or of the nearest there is.

    Raises:
        UsageError: there is none, or it cannot be meant.
    """
    return plan_of(read(found(config)), names())


def found(config: Path | None) -> Path:
    """The configuration: the one named, that of this folder, or the user's own. Raises `UsageError`."""
    if config is not None:
        return config
    own = platformdirs.user_config_path("newsexport") / NAME
    for path in (Path(NAME), own):
        if path.is_file():
            return path
    raise UsageError(f"there is no {NAME} here and no {own}; `newsexport init` writes one")


def unplanned(name: str, papers: Iterable[str]) -> UsageError:
    """What is told of a paper that the configuration does not have."""
    return UsageError(f"no paper {name!r} is planned{there_is(name, papers)}")


def names() -> Names:
    """The options of the command line and of all exporters, by name and kind."""
    wishes = {name: kind for name, kind in _asked(Wishes).items() if name not in OF_A_RUN}
    serve = {name: kind for name, kind in _asked(Hosting).items() if name in kinds(Service)}
    formats: dict[str, dict[str, Any]] = {}
    broken: dict[str, str] = {}
    for name in plugins.exporters:
        try:
            formats[name] = _options(name)
        except PluginError as error:
            broken[name] = str(error)
    return Names(wishes, formats, serve, MEANINGS, broken)


def _options(exporter: str) -> dict[str, Any]:
    factory = plugins.exporters[exporter]
    with contained(lambda reason: PluginError(f"exporter {exporter}: its options cannot be read: {reason}")):
        known = dict(kinds(factory))
    for called, field in CALLED.items():
        if field in known:
            known[called] = known[field]
    return known


def _asked(options: type) -> dict[str, Any]:
    """The options of a command by name and kind."""
    return {name: _bare(hint) for name, hint in get_type_hints(options, include_extras=True).items()}


def _bare(hint: Any) -> Any:
    """A kind without what typer is told beside it, but for the bounds of numbers."""
    if get_origin(hint) is not Annotated:
        return hint
    kind, told = get_args(hint)
    bounds = Between(told.min, told.max)
    return kind if bounds == Between() else Annotated[kind, bounds]
