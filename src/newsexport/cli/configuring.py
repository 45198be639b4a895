"""Names and words to exporters: which option belongs to whom, and what its words mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from enum import Enum
from pathlib import Path
from typing import Any, get_args

from newsexport import plugins
from newsexport.cli.options import Settings
from newsexport.configuration.parameters import Kinds, Values, kind_of, kinds, made, meaning
from newsexport.errors import UsageError
from newsexport.protocols import Exporter


def configured(names: Sequence[str], options: Settings) -> dict[str, Exporter]:
    """The exporters of these names, each with those of the options that it takes.

    Raises:
        UsageError: an option that none of them takes, or a value that cannot be meant.
    """
    factories = {name: plugins.exporters[name] for name in names}
    takes = {name: kinds(factory) for name, factory in factories.items()}
    values: dict[str, Values] = {name: {} for name in names}
    for option, value in _given(options).items():
        takers = [name for name in names if option in takes[name]]
        if not takers:
            raise UsageError(f"--{option.replace('_', '-')} means nothing to {', '.join(names)}")
        for name in takers:
            values[name][option] = _chosen(value, takes[name][option], option)
    for setting in options.settings or ():
        _apply(setting, takes, values)
    for value in (value for given in values.values() for value in given.values()):
        if isinstance(value, Path) and value.exists() and not (value.is_file() or value.is_dir()):
            raise UsageError(f"{value}: is a device or a pipe, not a file")
    return {name: made(name, factory, values[name]) for name, factory in factories.items()}


def _chosen(value: object, kind: Any, option: str) -> object:
    """A word for one of several choices becomes that choice; other values are what they should be."""
    if isinstance(value, list):
        inner = next(iter(get_args(kind)), str)
        return tuple(meaning(one, inner, option) if isinstance(one, str) else one for one in value)
    is_choice = isinstance(kind, type) and issubclass(kind, Enum)
    return meaning(value, kind, option) if is_choice and isinstance(value, str) else value


def _given(options: Settings) -> dict[str, object]:
    values = {
        field.name: getattr(options, field.name) for field in fields(options) if field.name != "settings"
    }
    return {name: value for name, value in values.items() if value not in (None, [])}


def _apply(setting: str, takes: Mapping[str, Kinds], values: Mapping[str, Values]) -> None:
    """Note ``NAME=VALUE`` for every format that takes it, ``FORMAT.NAME=VALUE`` for that one."""
    path, equals, words = setting.partition("=")
    if not equals:
        raise UsageError(f"--set {setting}: expected NAME=VALUE or FORMAT.NAME=VALUE")
    path = path.strip().replace("-", "_")
    first, _, rest = path.partition(".")
    names, option = ([first], rest) if rest and first in takes else (list(takes), path)
    takers = [name for name in names if kind_of(option, takes[name]) is not None]
    if not takers:
        known = ", ".join(sorted({known for name in names for known in takes[name]}))
        raise UsageError(
            f"--set {setting}: {', '.join(names)} takes no such option (there is: {known or 'none'})"
        )
    for name in takers:
        values[name][option] = meaning(words, kind_of(option, takes[name]), f"{name}.{option}")
