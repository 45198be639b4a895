"""Which articles of a service are wanted: ``unread``, ``starred``, ``all``, ``tag/NAME``, ``since/DATE``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from urllib.parse import unquote

from newsexport.text.dates import parse_date
from newsexport.text.nearest import there_is

T = TypeVar("T")
# What asks a service: its name, of two letters or more (drives of Windows have one), and what is asked for.
REFERENCE = re.compile(r"(?P<name>[a-z0-9][a-z0-9_-]+):(?!//)(?P<words>.*)", re.IGNORECASE)
# What asks for what was put into the inbox.
INBOX = "inbox"
# The media type of records that come from a service itself or the inbox, not from a file.
RECORDS = "application/vnd.newsexport.saved+json"

# What services call the place that an article has among others; each service has one or two of them.
PLACES = ("category", "feed", "folder", "label", "list", "tag")
WORDS = ("unread", "starred", "all", *(f"{place}/NAME" for place in PLACES), "since/DATE")


class UnclearWordError(ValueError):
    """A word that stands for no choice."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is wanted, all of it at once. `place` is one of `PLACES`, and `name` which; both may be empty.

    `since` is when an article was saved, published or changed last, whatever the service goes by.
    """

    unread: bool = False
    starred: bool = False
    place: str = ""
    name: str = ""
    since: datetime | None = None

    @property
    def timestamp(self) -> int | None:
        """`since` in seconds."""
        return int(self.since.timestamp()) if self.since else None

    def among(self, found: Mapping[str, T]) -> T:
        """What is called as the place that is wanted, of what the service has by its names.

        Raises:
            UnclearWordError: nothing is called so.
        """
        named = {name.casefold(): one for name, one in found.items()}
        if self.name.casefold() not in named:
            raise UnclearWordError(f"there is no {self.place} {self.name!r}{there_is(self.name, found)}")
        return named[self.name.casefold()]

    def is_since(self, date: object) -> bool:
        """Whether a date as a service gives it is not before `since`, as far as either is known."""
        moment = parse_date(date) if isinstance(date, str) else None
        return self.since is None or moment is None or moment >= self.since


def choice_of(words: str) -> Choice:
    """What words with commas between them mean: what is unread, unless ``starred`` or ``all`` is among them.

    Raises:
        UnclearWordError: one of them means nothing.
    """
    found, said = Choice(), set[str]()
    for word in filter(None, (each.strip() for each in words.split(","))):
        kind, _, name = word.partition("/")
        kind, name = kind.lower(), unquote(name).strip()
        said.add(kind)
        if kind in PLACES and name:
            found = replace(found, place=kind, name=name)
        elif kind == "since" and name:
            found = replace(found, since=_moment(name))
        elif word.lower() not in {"unread", "starred", "all"}:
            hint = there_is(word, WORDS)
            raise UnclearWordError(f"{word!r} is nothing that can be asked for{hint}")
    return replace(found, unread="unread" in said or not said & {"starred", "all"}, starred="starred" in said)


def _moment(words: str) -> datetime:
    moment = parse_date(words)
    if moment is None:
        raise UnclearWordError(f"expected a date such as since/2026-11-23, not {words!r}")
    return moment
