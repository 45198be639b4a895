"""The shape of documents that are no pages: which elements, in which order, with what attributes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element

from epubpreflight.grammar import Attributes, Content, Test, like, ordered
from epubpreflight.page_findings import Note

NCNAME: Test = like(r"\s*[A-Za-z_\u00c0-\uffff][\w.\-\u00b7\u00c0-\uffff]*\s*")
NMTOKENS: Test = re.compile(r"\s*[\w.:\-]+(?:\s+[\w.:\-]+)*\s*").fullmatch
NMTOKEN: Test = re.compile(r"\s*[\w.:\-]+\s*").fullmatch
MEDIA_TYPE: Test = like(r"(?s)\s*[a-zA-Z0-9!#$&+\-^_]+/[a-zA-Z0-9!#$&+\-^_]+.*")
LANGUAGE: Test = like(r"\s*|\s*[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*\s*")

Noting = Callable[[int, str], Note]


def holds(names: frozenset[str], order: str = "", *, words: bool = False, anything: bool = False) -> Content:
    """The content of an element; see `Content`."""
    return Content(names, words, ordered(order) if order else None, anything=anything)


def shape_notes(
    root: Element, contents: Mapping[str, Content], tables: Mapping[str, Attributes], noting: Noting
) -> Iterator[Note]:
    """Everything in which a document departs from its shape; `noting` makes the note of it."""
    stack: list[Element] = [root]
    number = -1
    while stack:
        element = stack.pop()
        number += 1
        content = contents.get(element.tag)
        if content is None:
            yield noting(number, f"<{_local(element.tag)}> is unknown")
            number += sum(1 for _ in element.iter()) - 1
            continue
        if content.anything:
            number += sum(1 for _ in element.iter()) - 1
            continue
        yield from (noting(number, problem) for problem in _problems(element, content, tables))
        stack.extend(reversed(element))


def _problems(element: Element, content: Content, tables: Mapping[str, Attributes]) -> Iterator[str]:
    name = _local(element.tag)
    for child in element:
        if child.tag not in content.names:
            yield f"<{_local(child.tag)}> may not stand in <{name}>"
    if not content.words and _words(element):
        yield f"words stand directly in <{name}>"
    sequence = "".join(f"{_local(child.tag)} " for child in element if child.tag in content.names)
    if content.order is not None and not content.order.fullmatch(sequence):
        yield f"what <{name}> holds is incomplete, too much or in the wrong order"
    table = tables.get(element.tag, Attributes())
    for key, value in element.attrib.items():
        if key not in table.tests:
            yield f"<{name}> may not have the attribute {_local(key)}"
        elif (test := table.tests[key]) is not None and not test(value.strip()):
            yield f"the {_local(key)} of <{name}> cannot be “{value}”"
    for key in sorted(table.required - element.attrib.keys()):
        yield f"<{name}> must have the attribute {_local(key)}"


def _words(element: Element) -> bool:
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def double_ids(root: Element) -> Iterator[tuple[int, str]]:
    """The number and the id of each element whose id another one has before it."""
    seen: set[str] = set()
    for number, element in enumerate(root.iter()):
        identifier = element.get("id")
        if identifier is None:
            continue
        identifier = " ".join(identifier.split())
        if identifier in seen:
            yield number, identifier
        seen.add(identifier)
