"""The words of a language from the file beside its module, ``nl.toml``, as the values of a `Language`.

What a key means follows from the field that it fills: a list of words, a table ``sign = name``
with a name for one and for several, a pattern. Functions come from the module.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar, cast

from spokenform.word_lists import alike, listed, metric, pairs, several, short_months, shortened, words

T = TypeVar("T")
Named = dict[str, tuple[str, ...]]


def words_of(kind: type[T], module: str, **own: object) -> T:
    """A language of this kind: what its file has, and what its module gives as well.

    Abbreviations that a module makes come behind those of the file.
    """
    told = tomllib.loads(Path(module).with_suffix(".toml").read_text("utf-8"))
    types = {field.name: str(field.type) for field in fields(cast("Any", kind))}
    read = {name: READERS.get(types[name], _as_it_is)(value) for name, value in told.items()}
    if "abbreviations" in own:
        own["abbreviations"] = (*cast("Any", read.pop("abbreviations")), *cast("Any", own["abbreviations"]))
    return kind(**read, **own)


def _as_it_is(value: object) -> object:
    return value


def _forms(text: str) -> tuple[str, ...]:
    return tuple(text.split("/"))


def _table(value: str | dict[str, str]) -> Mapping[str, str]:
    return pairs(value) if isinstance(value, str) else value


def _named(value: str | dict[str, Any]) -> Named:
    """One table of names, or several laid upon each other: ``metric``, ``several``, ``alike``, ``named``."""
    if isinstance(value, str):
        return several(value)
    read: Named = {}
    for how, given in value.items():
        read |= TABLES[how](given)
    return read


def _patterns(entries: list[str | list[str]]) -> tuple[tuple[str, str], ...]:
    """Abbreviations in order: a table of those that end in a point, or a pattern and what it stands for."""
    read: list[tuple[str, str]] = []
    for entry in entries:
        read += shortened(entry) if isinstance(entry, str) else [(entry[0], entry[1])]
    return tuple(read)


TABLES: dict[str, Callable[[Any], Named]] = {
    "metric": lambda given: metric(*given),
    "several": several,
    "alike": alike,
    "named": lambda given: {sign: _forms(names) for sign, names in given.items()},
}
# What is read of a value, by the type of the field that it fills.
READERS: dict[str, Callable[[Any], object]] = {
    "frozenset[str]": words,
    "tuple[str, ...]": listed,
    "Names": _forms,
    "tuple[Names, ...]": lambda given: tuple(map(_forms, given)),
    "tuple[str, str]": tuple,
    "tuple[tuple[str, str], ...]": _patterns,
    "Mapping[str, int]": lambda given: short_months(given) if isinstance(given, str) else given,
    "Mapping[str, str]": _table,
    "Mapping[str, Names]": _named,
}
