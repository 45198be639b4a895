"""The options of a plug-in, by name, and what words mean as values of them.

An exporter's options are the parameters of whatever its entry point names, so those of
a stranger's plug-in are reachable like our own, from the command line and from a file.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, is_dataclass
from enum import Enum
from functools import reduce
from operator import or_
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, TypeAlias, TypeVar, Union, get_args, get_origin

from newsexport.configuration.secrets import Secret, secret
from newsexport.errors import UsageError
from newsexport.protocols import Exporter
from newsexport.text.nearest import nearest

Kinds: TypeAlias = Mapping[str, Any]
Values: TypeAlias = dict[str, object]
E = TypeVar("E", bound=Enum)

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


@dataclass(frozen=True, slots=True)
class Between:
    """The bounds of a number, both among what it may be, beside its kind in ``Annotated``."""

    low: float | None = None
    high: float | None = None

    def check(self, number: float) -> None:
        """Raise `ValueError` for a number that is too small or too large."""
        if self.low is not None and number < self.low:
            raise ValueError(f"expected {self.low} or more")
        if self.high is not None and number > self.high:
            raise ValueError(f"expected {self.high} or less")


def parameters(factory: Callable[..., object]) -> Mapping[str, inspect.Parameter]:
    """The options of a plug-in by name, annotations resolved."""
    return inspect.signature(factory, eval_str=True).parameters


def defaults(factory: Callable[..., object]) -> Iterator[tuple[str, bool | float | str | None]]:
    """Every option that `--set` takes with its default, None where that cannot be written."""
    for name, parameter in parameters(factory).items():
        if is_group(parameter.annotation):
            yield from ((f"{name}.{inner}", default) for inner, default in defaults(parameter.annotation))
        elif get_origin(parameter.annotation) is Mapping:
            yield f"{name}.NAME", None
        elif isinstance(parameter.default, (bool, int, float, str)):
            yield name, parameter.default
        else:
            yield name, None


def is_group(kind: Any) -> bool:
    """Whether an option is a group of others, such as ``pauses``."""
    return isinstance(kind, type) and is_dataclass(kind)


def kinds(factory: Callable[..., object]) -> Kinds:
    """The type of every option; those of an option that is a group of its own as ``group.name``."""
    found: dict[str, Any] = {}
    for name, parameter in parameters(factory).items():
        found[name] = parameter.annotation
        if is_group(parameter.annotation):
            inside = kinds(parameter.annotation)
            found.update((f"{name}.{inner}", kind) for inner, kind in inside.items())
    return found


def needed(factory: Callable[..., object]) -> tuple[str, ...]:
    """The names of the options that have no default."""
    takes = parameters(factory).items()
    return tuple(name for name, parameter in takes if parameter.default is inspect.Parameter.empty)


def if_given(kind: Any) -> Any:
    """The type of an option that may be missing, where it is not."""
    given = [each for each in choices(kind) if each is not NoneType]
    return reduce(or_, given) if given else kind


def choices(kind: Any) -> tuple[Any, ...]:
    """The types of which a value may have any one."""
    return get_args(kind) if get_origin(kind) in {Union, UnionType} else (kind,)


def kind_of(option: str, known: Kinds) -> Any:
    """The type of one option, or None when there is no such option.

    A mapping takes any name: the options of an engine are known to the engine alone.
    """
    group, dot, _ = option.partition(".")
    if option not in known and dot and get_origin(known.get(group)) is Mapping:
        return Any
    return known.get(option)


def meaning(words: str, kind: Any, name: str) -> object:
    """What the words mean as a value of this type: text, number, yes or no, path, none, or several of one.

    Raises:
        UsageError: they mean nothing.
    """
    if get_origin(kind) is tuple:
        several = words.split(",") if words.strip().lower() not in NONE else []
        return tuple(meaning(word.strip(), get_args(kind)[0], name) for word in several)
    kinds_of_it = choices(kind)
    if NoneType in kinds_of_it and words.strip().lower() in NONE:
        return None
    for each in kinds_of_it:
        try:
            return _value(words, each)
        except (ValueError, KeyError):
            continue
    kinds_of_it = tuple(each for each in kinds_of_it if each is not NoneType)
    expected = " or ".join(map(_named, kinds_of_it))
    raise UsageError(f"{name}: {words!r} is not {expected}{_meant(words, kinds_of_it)}")


def member(kind: type[E], words: object) -> E:
    """The choice that a word means, in whatever case. Raises `ValueError` with what there is."""
    for one in kind:
        if isinstance(words, str) and str(one.value).casefold() == words.strip().casefold():
            return one
    raise ValueError(f"{words!r} is not {_named(kind)}{_meant(words, (kind,))}")


def _meant(words: object, kinds: Iterable[Any]) -> str:
    """The choice that is most like a word, as the end of a message."""
    enums = (kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Enum))
    known = [str(one.value) for kind in enums for one in kind]
    near = nearest(str(words), known)
    return f"; do you mean {near}?" if near else ""


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
    if isinstance(kind, type) and issubclass(kind, Enum):
        return member(kind, words)
    if kind in {int, float, Path}:
        value: object = kind(words)
        return value
    raise ValueError(kind)


def made(name: str, factory: Callable[..., Exporter], values: Values) -> Exporter:
    """The exporter with these options, those of groups under ``group.name``. Raises `UsageError`."""
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
        flat[group] = kind(**_grouped(kind, inner)) if is_group(kind) else inner
    return flat


# Values of TOML as what options are.


def meant(value: object, kind: Any, folder: Path) -> Any:
    """A value as one of a kind; relative paths start from `folder`.

    Raises:
        ValueError, TypeError: with what was expected.
    """
    if get_origin(kind) is Annotated:
        kind, bounds = get_args(kind)
        number = meant(value, kind, folder)
        bounds.check(number)
        return number
    kind = if_given(kind)
    if kind == Secret:
        return secret(value)
    *others, last = choices(kind)
    for each in others:
        with suppress(ValueError, TypeError):
            return meant(value, each, folder)
    return _one(value, last, folder)


def _one(value: object, kind: Any, folder: Path) -> Any:
    if _is_sequence(kind):
        inner = next(iter(get_args(kind)), str)
        return tuple(meant(each, inner, folder) for each in _as(value, list, "a list"))
    if kind is Path:
        return folder / Path(_as(value, str, "a path")).expanduser()
    if isinstance(kind, type) and issubclass(kind, Enum):
        return member(kind, value)
    return PLAIN.get(kind, _text)(value)


def _text(value: object) -> Any:
    return _as(value, str, "a text in quotes")


def _truth(value: object) -> Any:
    return _as(value, bool, "true or false")


def _whole(value: object) -> Any:
    if isinstance(value, bool):
        raise TypeError("expected a whole number")
    return _as(value, int, "a whole number")


def _number(value: object) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("expected a number")
    return float(value)


def _anything(value: object) -> Any:
    return value


PLAIN: Mapping[Any, Callable[[object], Any]] = {
    bool: _truth,
    int: _whole,
    float: _number,
    Any: _anything,
}


def _is_sequence(kind: Any) -> bool:
    origin = get_origin(kind)
    return isinstance(origin, type) and issubclass(origin, Sequence)


def _as(value: object, kind: type, expected: str) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"expected {expected}")
    return value
