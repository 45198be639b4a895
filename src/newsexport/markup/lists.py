"""The numbers that the items of a list bear."""

from __future__ import annotations

import re
from collections.abc import Mapping

NUMBER = re.compile(r"\s*([-+]?\d{1,6})(?!\d)")


def number_in(written: str | None, otherwise: int) -> int:
    """The number that an attribute begins with, as browsers read it."""
    found = NUMBER.match(written or "")
    return int(found[1]) if found else otherwise


def numbers_of(count: int, first: int, values: Mapping[int, str], *, downwards: bool) -> tuple[int, ...]:
    """The number of each of so many items: its value, or one more or less than before (HTML, 4.4.5)."""
    numbers: list[int] = []
    number = first
    for at in range(count):
        number = number_in(values.get(at), number)
        numbers.append(number)
        number += -1 if downwards else 1
    return tuple(numbers)
