"""What may stand in what: a grammar of pages, and the tables of one made ready to be looked up.

Elements are named with their namespace in front, as ElementTree names them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"
OPS = "{http://www.idpf.org/2007/ops}"
XML = "{http://www.w3.org/XML/1998/namespace}"
XLINK = "{http://www.w3.org/1999/xlink}"
SSML = "{http://www.w3.org/2001/10/synthesis}"
EVENTS = "{http://www.w3.org/2001/xml-events}"

Test = Callable[[str], object]
"""True, or something that counts as true, when a value of an attribute is allowed."""


@dataclass(frozen=True, slots=True)
class Content:
    """What an element may hold: these elements, and perhaps words.

    `order` is matched against the names of all children in order, each with a space after it; words
    between them stand there as ``#``. `own` elements are checked as the content of this element says;
    with `inherits`, what the parent may hold may stand here too.
    """

    names: frozenset[str] = frozenset()
    words: bool = False
    order: re.Pattern[str] | None = None
    inherits: bool = False
    anything: bool = False


@dataclass(frozen=True, slots=True)
class Attributes:
    """What attributes an element may have, what their values must pass, and which it must have."""

    tests: Mapping[str, Test | None] = field(default_factory=dict)
    required: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Grammar:
    """Content and attributes of every element; `flow` and `phrasing` are what bodies and lines may hold."""

    content: Mapping[str, Content]
    attributes: Mapping[str, Attributes]
    flow: frozenset[str]
    phrasing: frozenset[str]


def tags(names: str, namespace: str = XHTML) -> frozenset[str]:
    """Names in one string, each with the namespace in front."""
    return frozenset(namespace + name for name in names.split())


def words(text: str) -> list[str]:
    """The words of a list that is written as a line of them."""
    return text.split()


def one_of(*values: str) -> Test:
    """Allows these values and no other."""
    return frozenset(values).__contains__


def like(pattern: str) -> Test:
    """Allows what matches all of a pattern."""
    return re.compile(pattern, re.ASCII).fullmatch


def flag(name: str) -> Test:
    """An attribute that is either there or not: empty, or its own name."""
    return one_of("", name)


def ordered(pattern: str) -> re.Pattern[str]:
    """An order of children; see `Content`."""
    return re.compile(pattern)


def attributes(tests: Mapping[str, Test | None], required: Iterable[str] = ()) -> Attributes:
    """The attributes of one element."""
    return Attributes(dict(tests), frozenset(required))
