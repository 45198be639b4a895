"""The JSON Schema of a configuration, for editors, made of the same definitions that check one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from newsexport.configuration.option_kinds import Between, choices, if_given, is_group, kinds
from newsexport.configuration.plan import Names
from newsexport.configuration.planning import DESTINATIONS, LIBRARY, LISTED, NEEDED, PAPER
from newsexport.configuration.secrets import Secret

DRAFT = "https://json-schema.org/draft/2020-12/schema"

SECRET = {
    "anyOf": [
        {"type": "string"},
        {"type": "object", "properties": {"env": {"type": "string"}}, "required": ["env"]},
        {"type": "object", "properties": {"command": {"type": ["array", "string"]}}, "required": ["command"]},
        {"type": "object", "properties": {"keyring": {"type": "string"}}, "required": ["keyring"]},
    ]
}


def schema(names: Names) -> dict[str, Any]:
    """The schema of everything that a file may say."""
    wishes = {name: kind for name, kind in names.wishes.items() if name not in {*PAPER, *LISTED}}
    paper = {
        **_properties({**PAPER, **LISTED, **wishes}),
        **{name: _format(options) for name, options in names.formats.items()},
        "section": {"type": "array", "items": _section(wishes)},
        "deliver": {"type": "array", "items": {"anyOf": [_destination(by) for by in DESTINATIONS]}},
    }
    return {
        "$schema": DRAFT,
        "$id": "urn:newsexport:configuration:1",
        "title": "newsexport.toml",
        "type": "object",
        "additionalProperties": False,
        "required": ["paper"],
        "properties": {
            "library": _object(_properties(LIBRARY)),
            "serve": _object(_properties(names.serve)),
            "paper": {
                "type": "object",
                "minProperties": 1,
                "propertyNames": {"pattern": "^[a-z0-9-]+$"},
                "additionalProperties": _object(paper),
            },
        },
    }


def _section(wishes: Mapping[str, Any]) -> dict[str, Any]:
    known = {"title": str, "sources": tuple[str, ...], **wishes}
    return {**_object(_properties(known)), "required": ["title", "sources"]}


def _destination(by: str) -> dict[str, Any]:
    known = {**_properties(DESTINATIONS[by]), "by": {"const": by}}
    return {**_object(known), "required": ["by", *NEEDED[by]]}


def _format(options: Mapping[str, Any]) -> dict[str, Any]:
    return _object(_properties({name: kind for name, kind in options.items() if "." not in name}))


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": dict(properties)}


def _properties(known: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _kind(kind) for name, kind in known.items()}


def _kind(kind: Any) -> dict[str, Any]:
    if get_origin(kind) is Annotated:
        return _bounded(*get_args(kind))
    kind = if_given(kind)
    if kind == Secret:
        return SECRET
    if len(choices(kind)) > 1:
        return {"anyOf": [_kind(each) for each in choices(kind)]}
    return _one(kind)


def _one(kind: Any) -> dict[str, Any]:
    if is_group(kind):
        return _object(_properties({name: each for name, each in kinds(kind).items() if "." not in name}))
    if get_origin(kind) is not None:
        return _composed(get_origin(kind), get_args(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [choice.value for choice in kind]}
    return {"type": PLAIN[kind]} if kind in PLAIN else {}


def _bounded(kind: Any, bounds: Between) -> dict[str, Any]:
    told = {"minimum": bounds.low, "maximum": bounds.high}
    return {**_kind(kind), **{name: bound for name, bound in told.items() if bound is not None}}


def _composed(origin: Any, inner: tuple[Any, ...]) -> dict[str, Any]:
    """A list of something, or a table."""
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return {"type": "array", "items": _kind(next(iter(inner), str))}
    return {"type": "object"}


PLAIN = {str: "string", bool: "boolean", int: "integer", float: "number", Path: "string"}
