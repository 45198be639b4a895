"""What may stand in what: which elements, in which order, with what attributes.

A `Grammar` is that of pages, which have a checker of their own; documents that are no pages are held to
their tables by `schema_notes`. Elements are named with their namespace in front, as ElementTree names them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from xml.etree.ElementTree import Element

from epubpreflight.rules import Note, Rule

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
    """What an element may contain: these elements, and text if `words`.

    `order` is matched against the names of all children in order, each with a space after it; text between
    them appears as ``#``. With `inherits`, what the parent may contain is allowed here too. The contents of
    an element that may contain `anything` are not checked.
    """

    names: frozenset[str] = frozenset()
    words: bool = False
    order: re.Pattern[str] | None = None
    inherits: bool = False
    anything: bool = False


@dataclass(frozen=True, slots=True)
class Attributes:
    """The attributes an element may have, the test of each one's value, and those it must have."""

    tests: Mapping[str, Test | None] = field(default_factory=dict)
    required: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Grammar:
    """Content and attributes of every element; `flow` and `phrasing` are HTML's kinds of content."""

    content: Mapping[str, Content]
    attributes: Mapping[str, Attributes]
    flow: frozenset[str]
    phrasing: frozenset[str]


def tags(names: str, namespace: str = XHTML) -> frozenset[str]:
    """Names in one string, each with the namespace in front."""
    return frozenset(namespace + name for name in names.split())


def words(text: str) -> list[str]:
    """The words of a list that is written as one string."""
    return text.split()


def one_of(*values: str) -> Test:
    """Allows these values and no other."""
    return frozenset(values).__contains__


def like(pattern: str) -> Test:
    """Allows what matches all of a pattern."""
    return re.compile(pattern, re.ASCII).fullmatch


# A letter beyond ASCII in a pattern, or a row of them.
_BEYOND = re.compile(r"(?:\\u[0-9a-f]{4}|\\U[0-9a-f]{8})(?:-(?:\\u[0-9a-f]{4}|\\U[0-9a-f]{8}))?")


@cache
def _compiled(pattern: str, *, beyond: bool) -> re.Pattern[str]:
    return re.compile(pattern if beyond else _BEYOND.sub("", pattern), re.ASCII)


def fits(pattern: str, value: str) -> bool:
    """Whether all of a value is as a pattern says whose sets name letters beyond ASCII.

    Those sets take milliseconds to compile, and most values have no such letter: for them they are left out.
    """
    return _compiled(pattern, beyond=not value.isascii()).fullmatch(value) is not None


def free(names: str) -> dict[str, Test | None]:
    """Attributes that may have any value."""
    return dict.fromkeys(names.split())


def flags(names: str) -> dict[str, Test | None]:
    """Attributes that are either there or not: empty, or their own name."""
    return {name: one_of("", name) for name in names.split()}


def ordered(pattern: str) -> re.Pattern[str]:
    """An order of children; see `Content`."""
    return re.compile(pattern)


def attributes(tests: Mapping[str, Test | None], required: Iterable[str] = ()) -> Attributes:
    """The attributes of one element."""
    return Attributes(dict(tests), frozenset(required))


SCRIPTING = frozenset({XHTML + "script", XHTML + "template"})


def local(tag: str) -> str:
    """The name without its namespace."""
    return tag.rpartition("}")[2]


def has_words(element: Element) -> bool:
    """Whether there is text between the children, or instead of them."""
    if element.text and not element.text.isspace():
        return True
    return any(child.tail and not child.tail.isspace() for child in element)


def sequence(element: Element, *, words: bool) -> str:
    """The names of the children in order, each with a space after it, and # for text between them."""
    parts = ["#"] if words and element.text and not element.text.isspace() else []
    for child in element:
        if child.tag not in SCRIPTING:
            parts.append(local(child.tag))
        if words and child.tail and not child.tail.isspace():
            parts.append("#")
    return "".join(f"{part} " for part in parts)


NCNAME: Test = partial(fits, r"\s*[A-Za-z_\u00c0-\uffff][\w.\-\u00b7\u00c0-\uffff]*\s*")
NMTOKENS: Test = re.compile(r"\s*[\w.:\-]+(?:\s+[\w.:\-]+)*\s*").fullmatch
NMTOKEN: Test = re.compile(r"\s*[\w.:\-]+\s*").fullmatch
MEDIA_TYPE: Test = like(r"(?s)[a-zA-Z0-9!#$&+\-^_]+/[a-zA-Z0-9!#$&+\-^_]+.*")
LANGUAGE: Test = like(r"|[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*")


def holds(namespace: str, order: str) -> Content:
    """The content of an element without text, by the order of its children; see `Content`.

    The names in `order` are those of the children, which are all of one namespace.
    """
    return Content(tags(" ".join(re.findall("[A-Za-z]+", order)), namespace), order=ordered(order))


def schema_notes(
    root: Element, contents: Mapping[str, Content], tables: Mapping[str, Attributes], rule: Rule
) -> Iterator[Note]:
    """Everything in which a document departs from its schema, each as a breach of `rule`."""
    stack: list[Element] = [root]
    number = -1
    while stack:
        element = stack.pop()
        number += 1
        content = contents.get(element.tag)
        if content is None:
            yield rule, number, (f"<{local(element.tag)}> is unknown",)
            number += sum(1 for _ in element.iter()) - 1
            continue
        if content.anything:
            number += sum(1 for _ in element.iter()) - 1
            continue
        yield from ((rule, number, (problem,)) for problem in _problems(element, content, tables))
        stack.extend(reversed(element))


def _problems(element: Element, content: Content, tables: Mapping[str, Attributes]) -> Iterator[str]:
    name = local(element.tag)
    for child in element:
        if child.tag not in content.names:
            yield f"<{local(child.tag)}> may not stand in <{name}>"
    if not content.words and has_words(element):
        yield f"words stand directly in <{name}>"
    sequence = "".join(f"{local(child.tag)} " for child in element if child.tag in content.names)
    if content.order is not None and not content.order.fullmatch(sequence):
        yield f"what <{name}> holds is incomplete, too much or in the wrong order"
    table = tables.get(element.tag, Attributes())
    for key, value in element.attrib.items():
        if key not in table.tests:
            yield f"<{name}> may not have the attribute {local(key)}"
        elif (test := table.tests[key]) is not None and not test(value.strip()):
            yield f"the {local(key)} of <{name}> cannot be “{value}”"
    for key in sorted(table.required - element.attrib.keys()):
        yield f"<{name}> must have the attribute {local(key)}"


def double_ids(root: Element) -> Iterator[tuple[int, str]]:
    """The number and the id of each element that repeats the id of an earlier one."""
    seen: set[str] = set()
    for number, element in enumerate(root.iter()):
        identifier = element.get("id")
        if identifier is None:
            continue
        identifier = " ".join(identifier.split())
        if identifier in seen:
            yield number, identifier
        seen.add(identifier)
