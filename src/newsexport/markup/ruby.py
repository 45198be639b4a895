"""Readings beside a text (``ruby``): which belongs to which part of it.

HTML has had three forms: base and reading by turns, all bases and then all readings, and
either with parentheses (``rp``) for programs that know no ruby (WHATWG HTML, 4.5.10 to
4.5.12; HTML Ruby Markup Extensions, https://www.w3.org/TR/html-ruby-extensions/).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from newsexport.markup.inline import INVISIBLE
from newsexport.markup.parsing import Element

Part: TypeAlias = str | Element

OWN = frozenset(("rb", "rt", "rp", "rtc"))
READINGS = frozenset(("rt", "rtc"))


@dataclass(slots=True)
class Reading:
    """A part of the text, as strings and elements, and how it is read; empty when nothing says."""

    base: list[Part] = field(default_factory=list)
    text: str = ""


@dataclass(slots=True)
class _Unit:
    kind: str
    parts: list[Part]


def readings(ruby: Element) -> Iterator[Reading]:
    """The parts of a ``ruby`` element with their readings, in order; a reading of nothing is dropped."""
    group: list[_Unit] = []
    units = [unit for unit in _units(ruby, "rb") if unit.kind != "rp" and _has_text(unit.parts)]
    for unit, following in pairwise([*units, _Unit("rb", [])]):
        group.append(unit)
        if unit.kind in READINGS and following.kind not in READINGS:
            yield from _paired(group)
            group = []
    yield from _paired(group)


def _units(element: Element, kind: str) -> Iterator[_Unit]:
    """Runs of the same kind. Ends of such elements are often left out, which nests one in the other."""
    unit = _Unit(kind, [element.text or ""])
    for child in element:
        if child.tag in OWN:
            yield unit
            yield from _units(child, child.tag)
            unit = _Unit(kind, [])
        elif isinstance(child.tag, str):
            unit.parts.append(child)
        unit.parts.append(child.tail or "")
    yield unit


def _paired(group: list[_Unit]) -> Iterator[Reading]:
    """Bases with readings one by one when there are as many, else all with all."""
    bases = [unit.parts for unit in group if unit.kind not in READINGS]
    texts = [_text(unit.parts) for unit in group if unit.kind in READINGS]
    if len(bases) != len(texts):
        bases, texts = [[part for base in bases for part in base]], [" ".join(texts)]
    for base, text in zip(bases, texts, strict=True):
        if base:
            yield Reading(base, text)


def _text(parts: list[Part]) -> str:
    said = "".join(part if isinstance(part, str) else "".join(part.itertext()) for part in parts)
    return " ".join(INVISIBLE.sub("", said).split())


def _has_text(parts: list[Part]) -> bool:
    return any(not isinstance(part, str) or part.strip() for part in parts)
