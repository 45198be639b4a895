"""The JSON Schema of a configuration, for editors, made of the same definitions that check one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newsexport.configuration.names import Names
from newsexport.configuration.option_kinds import needed, object_schema
from newsexport.configuration.planning import (
    DESTINATIONS,
    INBOX_SERVICE,
    LIBRARY,
    LISTED,
    MAILBOX,
    NEEDED,
    PAPER,
    SECTION,
)
from newsexport.configuration.services import SERVICES
from newsexport.net.mailbox import Mailbox
from newsexport.sources.services.accounts import KINDS as SERVICE_KINDS

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema(names: Names) -> dict[str, Any]:
    """The schema of everything that a file may say."""
    options = {name: kind for name, kind in names.options.items() if name not in {*PAPER, *LISTED}}
    paper = object_schema({**PAPER, **LISTED, **options})
    paper["properties"] |= {
        **{name: _format(options) for name, options in names.formats.items()},
        "section": {"type": "array", "items": _section(options)},
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
            "library": object_schema(LIBRARY),
            "serve": object_schema(names.serve),
            "inbox": _inbox(),
            "service": {
                "type": "object",
                "propertyNames": {"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]+$"},
                "additionalProperties": {"anyOf": [_service(kind) for kind in SERVICES]},
            },
            "paper": {
                "type": "object",
                "minProperties": 1,
                "propertyNames": {"pattern": "^[a-z0-9-]+$"},
                "additionalProperties": paper,
            },
        },
    }


def _inbox() -> dict[str, Any]:
    table = object_schema(INBOX_SERVICE)
    mailbox = {**object_schema(MAILBOX), "required": list(needed(Mailbox))}
    return {**table, "properties": {**table["properties"], "imap": mailbox}}


def _section(options: Mapping[str, Any]) -> dict[str, Any]:
    return {**object_schema({**SECTION, **options}), "required": ["title", "sources"]}


def _service(kind: str) -> dict[str, Any]:
    table = object_schema(SERVICES[kind])
    return {
        **table,
        "properties": {**table["properties"], "kind": {"const": kind}},
        "required": list(needed(SERVICE_KINDS[kind])),
    }


def _destination(by: str) -> dict[str, Any]:
    table = object_schema(DESTINATIONS[by])
    return {
        **table,
        "properties": {**table["properties"], "by": {"const": by}},
        "required": ["by", *NEEDED[by]],
    }


def _format(options: Mapping[str, Any]) -> dict[str, Any]:
    return object_schema({name: kind for name, kind in options.items() if "." not in name})
