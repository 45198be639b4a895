"""Values of TOML as what options are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from newsexport.configuration.parameters import choices, if_given, member
from newsexport.configuration.secrets import Secret, secret


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
