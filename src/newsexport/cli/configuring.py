"""Names and words to exporters: which option belongs to whom, and what its words mean.

An exporter's options are the parameters of whatever its entry point names, so those of
a stranger's plug-in are reachable like our own.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin

from newsexport import plugins
from newsexport.cli.options import Settings
from newsexport.errors import UsageError
from newsexport.protocols import Exporter

Kinds: TypeAlias = Mapping[str, Any]
Values: TypeAlias = dict[str, object]

TRUTH = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}
NONE = ("", "none")


def configured(names: Sequence[str], options: Settings) -> dict[str, Exporter]:
    """The exporters of these names, each with those of the options that it takes.

    Raises:
        UsageError: an option that none of them takes, or a value that cannot be meant.
    """
    factories = {name: plugins.exporters[name] for name in names}
    takes = {name: _kinds(factory) for name, factory in factories.items()}
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
    return {name: _made(name, factory, values[name]) for name, factory in factories.items()}


def parameters(factory: Callable[..., object]) -> Mapping[str, inspect.Parameter]:
    """The options of a plug-in by name, annotations resolved."""
    return inspect.signature(factory, eval_str=True).parameters


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


def defaults(factory: Callable[..., object]) -> Iterator[tuple[str, bool | float | str | None]]:
    """Every option that `--set` takes with its default, None where that cannot be written."""
    for name, parameter in parameters(factory).items():
        if _is_group(parameter.annotation):
            yield from ((f"{name}.{inner}", default) for inner, default in defaults(parameter.annotation))
        elif get_origin(parameter.annotation) is Mapping:
            yield f"{name}.NAME", None
        elif isinstance(parameter.default, (bool, int, float, str)):
            yield name, parameter.default
        else:
            yield name, None


def _is_group(kind: Any) -> bool:
    return isinstance(kind, type) and is_dataclass(kind)


def _kinds(factory: Callable[..., object]) -> Kinds:
    """The type of every option; those of an option that is a group of its own as ``group.name``."""
    kinds: dict[str, Any] = {}
    for name, parameter in parameters(factory).items():
        kinds[name] = parameter.annotation
        if _is_group(parameter.annotation):
            inside = _kinds(parameter.annotation)
            kinds.update((f"{name}.{inner}", kind) for inner, kind in inside.items())
    return kinds


def _kind(option: str, kinds: Kinds) -> Any:
    """The type of one option, or None when there is no such option.

    A mapping takes any name: the options of an engine are known to the engine alone.
    """
    group, dot, _ = option.partition(".")
    if option not in kinds and dot and get_origin(kinds.get(group)) is Mapping:
        return Any
    return kinds.get(option)


def _apply(setting: str, takes: Mapping[str, Kinds], values: Mapping[str, Values]) -> None:
    """Note ``NAME=VALUE`` for every format that takes it, ``FORMAT.NAME=VALUE`` for that one."""
    path, equals, words = setting.partition("=")
    if not equals:
        raise UsageError(f"--set {setting}: expected NAME=VALUE or FORMAT.NAME=VALUE")
    path = path.strip().replace("-", "_")
    first, _, rest = path.partition(".")
    names, option = ([first], rest) if rest and first in takes else (list(takes), path)
    takers = [name for name in names if _kind(option, takes[name]) is not None]
    if not takers:
        known = ", ".join(sorted({known for name in names for known in takes[name]}))
        raise UsageError(
            f"--set {setting}: {', '.join(names)} takes no such option (there is: {known or 'none'})"
        )
    for name in takers:
        values[name][option] = meaning(words, _kind(option, takes[name]), f"{name}.{option}")


def meaning(words: str, kind: Any, name: str) -> object:
    """What the words mean as a value of this type: text, number, yes or no, path, none, or several of one.

    Raises:
        UsageError: they mean nothing.
    """
    if get_origin(kind) is tuple:
        several = words.split(",") if words.strip().lower() not in NONE else []
        return tuple(meaning(word.strip(), get_args(kind)[0], name) for word in several)
    kinds = get_args(kind) if get_origin(kind) in {Union, UnionType} else (kind,)
    if NoneType in kinds and words.strip().lower() in NONE:
        return None
    for each in kinds:
        try:
            return _value(words, each)
        except (ValueError, KeyError):
            continue
    expected = " or ".join(map(_named, (each for each in kinds if each is not NoneType)))
    raise UsageError(f"{name}: {words!r} is not {expected}")


def _named(kind: Any) -> str:
    """A type for people: its choices, or its name."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "one of " + ", ".join(str(choice.value) for choice in kind)
    return getattr(kind, "__name__", str(kind))


def _value(words: str, kind: Any) -> object:
    if kind is Any:
        return meaning(words, int | float | bool | str, "")
    if kind is bool:
        return TRUTH[words.strip().lower()]
    if kind in {str, inspect.Parameter.empty}:
        return words
    if kind in {int, float, Path} or (isinstance(kind, type) and issubclass(kind, Enum)):
        value: object = kind(words)
        return value
    raise ValueError(kind)


def _made(name: str, factory: Callable[..., Exporter], values: Values) -> Exporter:
    try:
        return factory(**_grouped(factory, values))
    except (TypeError, ValueError) as error:
        raise UsageError(f"{name}: {error}") from error


def _grouped(factory: Callable[..., object], values: Values) -> Values:
    """The values with each ``group.name`` put into a group."""
    takes = parameters(factory)
    flat = {option: value for option, value in values.items() if "." not in option}
    groups: dict[str, Values] = {}
    for option, value in values.items():
        group, dot, name = option.partition(".")
        if dot:
            groups.setdefault(group, {})[name] = value
    for group, inner in groups.items():
        kind = takes[group].annotation
        flat[group] = kind(**_grouped(kind, inner)) if _is_group(kind) else inner
    return flat
