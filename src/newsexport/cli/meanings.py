"""What the words of wishes mean, typed as options or written in a configuration, checked alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newsexport.collecting.select import Sort, moment
from newsexport.configuration.option_kinds import member
from newsexport.errors import UsageError
from newsexport.net.cookies import Cookies
from newsexport.text.nearest import there_is

MODES = ("auto", "feed", "page")
UNITS = {"k": 10**3, "m": 10**6, "g": 10**9}
LEAST_SIZE = 10_000


def size(words: str) -> int:
    """The bytes that ``24MB`` or ``800k`` means.

    Raises:
        UsageError: no size, or one without a unit: nobody who writes 5 means five bytes.
    """
    found = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*([kmg]?)(?:i?b)?", words.strip().lower())
    if found is None:
        raise UsageError(f"expected a size such as 24MB, not {words!r}")
    if not found[2]:
        raise UsageError(f"expected a size with its unit, such as {found[1]}MB or {found[1]}k, not {words!r}")
    meant = int(float(found[1].replace(",", ".")) * UNITS[found[2]])
    if meant < LEAST_SIZE:
        raise UsageError(f"a book cannot be as small as {words}; at least {LEAST_SIZE // 1000}k")
    return meant


def mode(said: str) -> tuple[str, str]:
    """The feeds, by the beginning of their address, and what is taken of them: ``https://a.example=page``.

    Raises:
        UsageError: nothing that could be taken.
    """
    feed, _, taken = said.rpartition("=")
    if taken.lower() not in MODES:
        raise UsageError(f"expected auto, feed or page, not {taken!r}{there_is(taken, MODES)}")
    return feed, taken.lower()


def rules(folder: Path) -> Path:
    """A folder of rules for sites. Raises `UsageError` when it is none."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder")
    return folder


def _since(words: str) -> datetime:
    return moment(words, datetime.now(UTC))


def _sort(words: str) -> Sort:
    return member(Sort, words)


def _modes(said: Sequence[str]) -> list[tuple[str, str]]:
    return [mode(one) for one in said]


# Of those wishes that are words, whether they mean something.
MEANINGS: Mapping[str, Callable[[Any], object]] = {
    "since": _since,
    "sort": _sort,
    "max_size": size,
    "content": _modes,
    "rules": rules,
    "cookies": Cookies,
}
