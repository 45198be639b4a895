"""Which bytes a `Range` header asks for (RFC 9110, section 14).

A header that cannot be meant is ignored, as section 14.2 allows: the client then gets the whole,
which every client understands. Apps that play while they load repeat a refused range for ever.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# "first-last", "first-" or "-length" (section 14.1.1); digits are ASCII's.
SPEC = re.compile(r"(?P<first>[0-9]+)-(?P<last>[0-9]*)|-(?P<length>[0-9]+)", re.ASCII)

# Players ask for one range, readers of zip files for a handful; what asks for more is answered whole,
# because hundreds of small ranges cost a server more than they can be worth (section 17.15).
MOST = 16

# More digits than any file has bytes, and few enough for a number to be made of them.
DIGITS = 19


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes `first` to `last`, both included, counted from 0."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first + 1


def stretches(header: str, size: int) -> tuple[Stretch, ...] | None:
    """What is asked of a file of `size` bytes; None for all of it, nothing where no byte is there.

    Stretches that overlap are joined, others keep the order they were asked for in (section 15.3.7.2).
    An empty file has no part that a `Content-Range` could name, so it is always given whole.
    """
    unit, equals, listed = header.partition("=")
    if unit.strip().lower() != "bytes" or not equals or size == 0:
        return None
    specs = [spec for each in listed.split(",") if (spec := each.strip(" \t"))]
    matches = [SPEC.fullmatch(spec) for spec in specs]
    if not specs:
        return None
    asked: list[Stretch] = []
    for match in matches:
        if match is None or _backwards(match):
            return None
        if stretch := _stretch(match, size):
            asked.append(stretch)
    joined = _joined(asked)
    return joined if len(joined) <= MOST else None


def _backwards(match: re.Match[str]) -> bool:
    return bool(match["last"]) and _number(match["last"]) < _number(match["first"])


def _number(digits: str) -> int:
    return int(digits) if len(digits) <= DIGITS else 10**DIGITS


def _stretch(match: re.Match[str], size: int) -> Stretch | None:
    """The part of the file that one range names, None where it names nothing that is there."""
    if match["length"]:
        length = min(_number(match["length"]), size)
        return Stretch(size - length, size - 1) if length else None
    first = _number(match["first"])
    last = min(_number(match["last"]), size - 1) if match["last"] else size - 1
    return Stretch(first, last) if first < size else None


def _joined(asked: list[Stretch]) -> tuple[Stretch, ...]:
    in_order = sorted(asked, key=lambda stretch: stretch.first)
    joined: list[Stretch] = []
    for stretch in in_order:
        if joined and stretch.first <= joined[-1].last:
            joined[-1] = Stretch(joined[-1].first, max(joined[-1].last, stretch.last))
        else:
            joined.append(stretch)
    return tuple(asked) if len(joined) == len(asked) else tuple(joined)
