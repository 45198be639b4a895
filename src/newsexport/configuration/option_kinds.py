"""The options of a plug-in or a command by name, and each kind of value once: as words, in TOML, as a schema.

An exporter's options are the parameters of whatever its entry point names, so those of
a stranger's plug-in are reachable like our own, from the command line and from a file.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, is_dataclass
from enum import Enum
from functools import partial, reduce
from operator import or_
from pathlib import Path
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, TypeVar, Union, get_args, get_origin

from newsexport.errors import UsageError
from newsexport.net.secrets import SECRET_SCHEMA, Secret, secret
from newsexport.text.nearest import nearest

if TYPE_CHECKING:
    from newsexport.protocols import Exporter

Kinds: TypeAlias = Mapping[str, Any]
Values: TypeAlias = dict[str, object]
E = TypeVar("E", bound=Enum)
T = TypeVar("T")
W = TypeVar("W")

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

    @property
    def schema(self) -> dict[str, Any]:
        """The same for editors."""
        bounds = {"minimum": self.low, "maximum": self.high}
        return {name: bound for name, bound in bounds.items() if bound is not None}


@dataclass(frozen=True, slots=True)
class Checked:
    """What words or values have to mean something to, beside their kind in ``Annotated``.

    `check` raises `UsageError` or `ValueError` for what means nothing.
    """

    check: Callable[[Any], object]
    schema: Mapping[str, Any] = field(default_factory=dict)


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


def about(factory: Callable[..., object]) -> str:
    """The first sentence of the description of a plug-in."""
    return (inspect.getdoc(factory) or "").split("\n", 1)[0].split(". ", 1)[0].rstrip(".").replace("`", "")


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


# The kinds of values, each once.


@dataclass(frozen=True, slots=True)
class OptionKind:
    """One kind of value: how words and values of TOML become one, and its JSON Schema.

    Both raise `ValueError` or `TypeError` with what was expected. Paths of TOML start from the folder that
    is handed in.
    """

    from_words: Callable[[str], object]
    from_toml: Callable[[Any, Path], object]
    schema: Mapping[str, Any] = field(default_factory=dict)


TRUTH = {
    **dict.fromkeys(("true", "yes", "on", "1"), True),
    **dict.fromkeys(("false", "no", "off", "0"), False),
}


def _truth(words: str) -> bool:
    if words.strip().lower() not in TRUTH:
        raise ValueError("expected yes or no")
    return TRUTH[words.strip().lower()]


def _anything(words: str) -> object:
    return parse_option(words, int | float | bool | str, "")


def _no_words(words: str) -> object:
    raise ValueError(f"expected a table of a configuration, not {words!r}")


def _typed(kind: type, expected: str) -> Callable[[Any, Path], object]:
    """Values of TOML that are of a type as they are; a truth is no number."""

    def from_toml(value: object, _: Path) -> object:
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise TypeError(f"expected {expected}")
        return value

    return from_toml


def _number(value: object, folder: Path) -> float:
    _typed(int | float, "a number")(value, folder)  # type: ignore[arg-type]  # isinstance takes it
    return float(value)  # type: ignore[arg-type]  # as just seen


def _path(value: object, folder: Path) -> Path:
    path = str(_typed(str, "a path")(value, folder))
    if "\0" in path:
        raise ValueError("expected a path, which has no such character in it")
    return folder / Path(path).expanduser()


TEXT = OptionKind(str, _typed(str, "a text in quotes"), {"type": "string"})
KINDS: Mapping[Any, OptionKind] = {
    str: TEXT,
    inspect.Parameter.empty: OptionKind(str, TEXT.from_toml),
    bool: OptionKind(_truth, _typed(bool, "true or false"), {"type": "boolean"}),
    int: OptionKind(int, _typed(int, "a whole number"), {"type": "integer"}),
    float: OptionKind(float, _number, {"type": "number"}),
    Path: OptionKind(Path, _path, {"type": "string"}),
    Any: OptionKind(_anything, lambda value, _: value),
    Secret: OptionKind(_no_words, lambda value, _: secret(value), SECRET_SCHEMA),
}


def _option_kind(kind: Any) -> OptionKind:
    """The row of a kind; of an enumeration one of its choices."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        choose: Callable[..., object] = partial(member, kind)
        return OptionKind(choose, lambda value, _: choose(value), {"enum": [one.value for one in kind]})
    return KINDS.get(kind, OptionKind(_no_words, TEXT.from_toml))


def parse_option(words: str, kind: Any, name: str) -> object:
    """What the words mean as a value of this kind: text, number, yes or no, path, none, or several of one.

    Raises:
        UsageError: they mean nothing.
    """
    if get_origin(kind) is tuple:
        several = words.split(",") if words.strip().lower() not in NONE else []
        return tuple(parse_option(word.strip(), get_args(kind)[0], name) for word in several)
    kinds_of_it = choices(kind)
    if NoneType in kinds_of_it and words.strip().lower() in NONE:
        return None
    kinds_of_it = tuple(each for each in kinds_of_it if each is not NoneType)
    for each in kinds_of_it:
        with suppress(ValueError):
            return _option_kind(each).from_words(words)
    expected = " or ".join(map(_named, kinds_of_it))
    raise UsageError(f"{name}: {words!r} is not {expected}{_nearest(words, kinds_of_it)}")


def parse_named(option: str, words: W, parse: Callable[[W], T]) -> T:
    """What the words of an option mean.

    Raises:
        UsageError: they mean nothing; it names the option.
    """
    try:
        return parse(words)
    except (UsageError, ValueError) as error:
        raise UsageError(f"{option}: {error}") from error


def parse_value(value: object, kind: Any, folder: Path) -> Any:
    """A value of TOML as one of a kind; relative paths start from `folder`.

    Raises:
        ValueError, TypeError, UsageError: with what was expected.
    """
    if get_origin(kind) is Annotated:
        kind, *checks = get_args(kind)
        parsed = parse_value(value, kind, folder)
        for each in checks:
            each.check(parsed)
        return parsed
    kind = if_given(kind)
    if kind in KINDS:
        return KINDS[kind].from_toml(value, folder)
    *others, last = choices(kind)
    for each in others:
        with suppress(ValueError, TypeError):
            return parse_value(value, each, folder)
    if not _is_sequence(last):
        return _option_kind(last).from_toml(value, folder)
    if not isinstance(value, list):
        raise TypeError("expected a list")
    return tuple(parse_value(each, next(iter(get_args(last)), str), folder) for each in value)


def schema_of(kind: Any) -> dict[str, Any]:
    """The JSON Schema of a kind of value."""
    if get_origin(kind) is Annotated:
        kind, *checks = get_args(kind)
        return reduce(lambda schema, each: {**schema, **each.schema}, checks, schema_of(kind))
    kind = if_given(kind)
    if kind in KINDS:
        return dict(KINDS[kind].schema)
    if len(choices(kind)) > 1:
        return {"anyOf": [schema_of(each) for each in choices(kind)]}
    if is_group(kind):
        return object_schema({name: each for name, each in kinds(kind).items() if "." not in name})
    if _is_sequence(kind):
        return {"type": "array", "items": schema_of(next(iter(get_args(kind)), str))}
    return {"type": "object"} if get_origin(kind) else dict(_option_kind(kind).schema)


def object_schema(known: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a table with keys of these kinds, and no others."""
    properties = {name: schema_of(kind) for name, kind in known.items()}
    return {"type": "object", "additionalProperties": False, "properties": properties}


def member(kind: type[E], words: object) -> E:
    """The choice that a word means, in whatever case. Raises `ValueError` with what there is."""
    for one in kind:
        if isinstance(words, str) and str(one.value).casefold() == words.strip().casefold():
            return one
    raise ValueError(f"{words!r} is not {_named(kind)}{_nearest(words, (kind,))}")


def _nearest(words: object, kinds: Iterable[Any]) -> str:
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


def _is_sequence(kind: Any) -> bool:
    origin = get_origin(kind)
    return isinstance(origin, type) and issubclass(origin, Sequence)


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
