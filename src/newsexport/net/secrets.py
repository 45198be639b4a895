"""Passwords that stand elsewhere than in the file, and are never shown."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from newsexport.errors import UsageError

SECONDS = 30


@dataclass(frozen=True, slots=True)
class Literal:
    """The secret itself, which stands in the file."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FromEnvironment:
    """In a variable."""

    variable: str


@dataclass(frozen=True, slots=True)
class FromCommand:
    """The first line that a program prints; it is run as it stands, by no shell."""

    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FromKeyring:
    """In the keyring of the system, under a service and a name."""

    service: str
    name: str


Secret = Literal | FromEnvironment | FromCommand | FromKeyring


def secret(value: object) -> Secret:
    """What a file says of a secret: the text, or a table with ``env``, ``command`` or ``keyring``.

    Raises:
        ValueError: none of these.
    """
    match value:
        case str(text):
            return Literal(text)
        case {"env": str(variable), **rest} if not rest:
            return FromEnvironment(variable)
        case {"command": str(line), **rest} if not rest:
            return FromCommand(tuple(shlex.split(line)))
        case {"command": list(arguments), **rest} if not rest and all(
            isinstance(one, str) for one in arguments
        ):
            return FromCommand(tuple(arguments))
        case {"keyring": str(place), **rest} if not rest and "/" in place:
            service, _, name = place.partition("/")
            return FromKeyring(service, name)
        case _:
            raise ValueError('expected { env = "X" }, { command = ["…"] } or { keyring = "service/name" }')


def revealed(hidden: Secret, environment: Mapping[str, str] = os.environ) -> str:
    """The secret, fetched now.

    Raises:
        UsageError: it is not there; the message says where it should be, and nothing of what is.
    """
    match hidden:
        case Literal(text):
            return text
        case FromEnvironment(variable):
            if not environment.get(variable):
                raise UsageError(f"the variable {variable} is not set, which a password should be in")
            return environment[variable]
        case FromCommand(arguments):
            return _printed(arguments)
        case FromKeyring(service, name):
            return _kept(service, name)
        case _:
            assert_never(hidden)


def _printed(arguments: Sequence[str]) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - the user's own program, named in the user's own file
            arguments, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=True, text=True
        )
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise UsageError(f"{arguments[0]}: printed no password ({type(error).__name__})") from None
    first = done.stdout.splitlines()[:1]
    if not first or not first[0]:
        raise UsageError(f"{arguments[0]}: printed no password")
    return first[0]


def _kept(service: str, name: str) -> str:
    try:
        import keyring  # noqa: PLC0415 - an extra, for those who keep secrets so
    except ImportError as error:
        raise UsageError("keyring: `pip install 'newsexport[keyring]'` reads passwords from it") from error
    found: str | None = keyring.get_password(service, name)
    if found is None:
        raise UsageError(f"the keyring has nothing for {service}/{name}")
    return found


# The JSON Schema of a secret in a configuration.
SECRET_SCHEMA = {
    "anyOf": [
        {"type": "string"},
        {"type": "object", "properties": {"env": {"type": "string"}}, "required": ["env"]},
        {"type": "object", "properties": {"command": {"type": ["array", "string"]}}, "required": ["command"]},
        {"type": "object", "properties": {"keyring": {"type": "string"}}, "required": ["keyring"]},
    ]
}
