"""Lists, and the numbers that their items bear."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from newsexport.markup.inline import Run
from newsexport.markup.parsing import Element
from newsexport.model import Block, Listing, Paragraph, Span

NUMBER = re.compile(r"\s*([-+]?\d{1,6})(?!\d)")


def listing(element: Element, items: Sequence[tuple[Block, ...]], values: Mapping[int, str]) -> Listing:
    """The items of a list as it has them; `values` are the numbers that some of them bear by themselves."""
    if element.tag != "ol":
        return Listing(tuple(items))
    downwards = element.get("reversed") is not None
    first = _number_in(element.get("start"), len(items) if downwards else 1)
    numbers = _numbers_of(len(items), first, values, downwards=downwards)
    counted = numbers == tuple(range(first, first + len(items)))
    return Listing(tuple(items), ordered=True, start=first, numbers=() if counted else numbers)


def loose(text: str | None, look: Span) -> list[tuple[Block, ...]]:
    """Text that stands in a list without being an item."""
    run = Run()
    run.add(text or "", look)
    return [(Paragraph(spans),) for spans in run.taken()]


def _number_in(written: str | None, otherwise: int) -> int:
    """The number that an attribute begins with, as browsers read it."""
    found = NUMBER.match(written or "")
    return int(found[1]) if found else otherwise


def _numbers_of(count: int, first: int, values: Mapping[int, str], *, downwards: bool) -> tuple[int, ...]:
    """The number of each of so many items: its value, or one more or less than before (HTML, 4.4.5)."""
    numbers: list[int] = []
    number = first
    for at in range(count):
        number = _number_in(values.get(at), number)
        numbers.append(number)
        number += -1 if downwards else 1
    return tuple(numbers)
