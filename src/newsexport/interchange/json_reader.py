"""The one reader of JSON that nobody vouches for: within bounds, and every complaint says where.

A document is parsed whole by `document`, and then taken apart value by value; nothing is
believed of it that was not asked for by a method of `JsonValue`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from newsexport.errors import SourceError, SubjectError
from newsexport.text.plaintext import storable

if TYPE_CHECKING:
    from newsexport.protocols import Resource

T = TypeVar("T")

LANGUAGE = re.compile(r"(?:[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)?")

# Bytes. The largest there is for good reason is an edition with all its pictures.
LARGEST = 500_000_000


class JsonError(SubjectError, ValueError):
    """JSON that is not what it should be. `subject` tells where, as in ``sections[0].articles[2].title``."""

    def __str__(self) -> str:
        # A path is made of names from the document, which may try to steer a terminal.
        path = "".join(character if character.isprintable() else "?" for character in self.subject)
        return f"{path}: {self.reason}" if path else self.reason


def document(data: bytes, largest: int = LARGEST, *, ours: bool = True) -> JsonValue:
    """The value of a JSON document in UTF-8, 16 or 32.

    One that is not `ours` is by a program that may be a little off: of members that an object
    has twice, the last counts.

    Raises:
        JsonError: it has more than `largest` bytes, is not JSON, is nested beyond what can be
            read, or an object of it has a member twice.
    """
    if len(data) > largest:
        raise JsonError("", f"is larger than {largest // 1_000_000} MB")
    return JsonValue(_parsed(data, ours=ours), "")


def load(resource: Resource) -> Any:
    """The value of a JSON document by a program we do not know.

    Raises:
        SourceError: it is not JSON, or is nested beyond what can be read.
    """
    try:
        return _parsed(resource.data.removeprefix(b"\xef\xbb\xbf"), ours=False)
    except JsonError as error:
        raise SourceError(resource.reference, error.reason) from error


def _parsed(data: bytes, *, ours: bool) -> Any:
    try:
        return json.loads(data, object_pairs_hook=_each_once if ours else None)
    except JsonError:
        raise
    except RecursionError as error:
        raise JsonError("", "is nested too deeply") from error
    except ValueError as error:  # also of encodings, and of numbers beyond any use
        raise JsonError("", f"is not JSON: {str(error)[:100]}") from error


def _each_once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(members)
    if len(made) < len(members):
        names = [name for name, _ in members]
        twice = next(name for name in made if names.count(name) > 1)
        raise JsonError("", f"has the member {twice[:40]!r} twice in one object")
    return made


@dataclass(frozen=True, slots=True)
class JsonValue:
    """A value of a document and where it stands. Every method raises `JsonError` with that place."""

    value: Any
    path: str

    def error(self, reason: str) -> JsonError:
        """A complaint about this value."""
        return JsonError(self.path, reason)

    def wrong(self, expected: str) -> JsonError:
        """The complaint that this value should be something else."""
        return self.error(f"must be {expected}")

    def member(self, name: str) -> JsonValue:
        """A member of an object, which must be there and not null."""
        inner = JsonValue(self.mapping().get(name), f"{self.path}.{name}" if self.path else name)
        if inner.value is None:
            raise inner.error("is missing")
        return inner

    def optional(self, name: str, read: Callable[[JsonValue], T], default: T) -> T:
        """A member as `read` has it, or the default where it is missing or null."""
        return default if self.mapping().get(name) is None else read(self.member(name))

    def only(self, *names: str) -> None:
        """Refuse other members, so that a misspelt name is told instead of ignored."""
        for name in self.mapping():
            if name not in names and not name.startswith("x-"):
                raise JsonError(f"{self.path}.{name}".lstrip("."), "is not a member we know")

    def members(self) -> list[tuple[str, JsonValue]]:
        """All members of an object, none of them null."""
        return [(name, self.member(name)) for name in self.mapping()]

    def items(self) -> list[JsonValue]:
        """The items of a list."""
        if not isinstance(self.value, list):
            raise self.wrong("a list")
        return [JsonValue(value, f"{self.path}[{at}]") for at, value in enumerate(self.value)]

    def listed(self, name: str) -> list[JsonValue]:
        """The items of a member; none where it is missing or null."""
        return [] if self.mapping().get(name) is None else self.member(name).items()

    def mapping(self) -> Mapping[str, Any]:
        """An object as it stands."""
        if not isinstance(self.value, dict):
            raise self.wrong("an object")
        return self.value

    def text(self) -> str:
        """A text, without the characters that most formats cannot hold: half of a pair, a control."""
        return storable(self.raw_text())

    def raw_text(self) -> str:
        """A text with all its characters."""
        if not isinstance(self.value, str):
            raise self.wrong("a text")
        return self.value

    def language(self) -> str:
        """A language tag, which may be empty."""
        if not LANGUAGE.fullmatch(self.text()):
            raise self.wrong("a language tag such as en or pt-BR")
        return self.text()

    def whole(self, lowest: int = -(2**31), highest: int = 2**31) -> int:
        """A whole number within bounds."""
        if type(self.value) is not int or not lowest <= self.value <= highest:
            raise self.wrong("a whole number" + (f" from {lowest} to {highest}" if highest < 2**31 else ""))
        return self.value

    def number(self, lowest: float, highest: float) -> float:
        """A number within bounds; a whole one stays whole."""
        is_number = isinstance(self.value, int | float) and not isinstance(self.value, bool)
        if not is_number or not lowest <= self.value <= highest:
            raise self.wrong(f"a number from {lowest:g} to {highest:g}")
        return self.value  # type: ignore[no-any-return]

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.wrong("true or false")
        return self.value

    def parsed(self, parse: Callable[[str], T], expected: str) -> T:
        """What `parse` makes of a text; it raises `ValueError` for what it is not."""
        try:
            return parse(self.text())
        except ValueError as error:
            raise self.wrong(expected) from error
