"""What may be asked of the reading of articles: by options of a command, a configuration, or a program.

Each field has the name it has everywhere, and the kind by which words and values of TOML are checked.
What is left empty or None was not asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from newsexport.configuration.option_kinds import Between, Checked, member
from newsexport.errors import UsageError
from newsexport.text.nearest import there_is

MODES = ("auto", "feed", "page")
UNITS = {"k": 10**3, "m": 10**6, "g": 10**9}
LEAST_SIZE = 10_000


def parse_size(words: str) -> int:
    """The bytes that ``24MB`` or ``800k`` means.

    Raises:
        UsageError: no size, or one without a unit: nobody who writes 5 means five bytes.
    """
    found = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*([kmg]?)(?:i?b)?", words.strip().lower())
    if found is None:
        raise UsageError(f"expected a size such as 24MB, not {words!r}")
    if not found[2]:
        raise UsageError(f"expected a size with its unit, such as {found[1]}MB or {found[1]}k, not {words!r}")
    size = int(float(found[1].replace(",", ".")) * UNITS[found[2]])
    if size < LEAST_SIZE:
        raise UsageError(f"a book cannot be as small as {words}; at least {LEAST_SIZE // 1000}k")
    return size


def parse_mode(said: str) -> tuple[str, str]:
    """The feeds, by the beginning of their address, and what is taken of them: ``https://a.example=page``.

    Raises:
        UsageError: nothing that could be taken.
    """
    feed, _, taken = said.rpartition("=")
    if taken.lower() not in MODES:
        raise UsageError(f"expected auto, feed or page, not {taken!r}{there_is(taken, MODES)}")
    return feed, taken.lower()


def check_rules(folder: Path) -> Path:
    """A folder of rules for sites. Raises `UsageError` when it is none."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder")
    return folder


def _modes(said: Sequence[str]) -> list[tuple[str, str]]:
    return [parse_mode(one) for one in said]


# What is needed to check a value alone is imported there: --help shows all of these fields.


def _since(words: str) -> datetime:
    from newsexport.collecting.select import moment  # noqa: PLC0415 - as above

    return moment(words, datetime.now(UTC))


def _sort(words: str) -> object:
    from newsexport.collecting.select import Sort  # noqa: PLC0415 - as above

    return member(Sort, words)


def _cookies(path: Path) -> object:
    from newsexport.net.cookies import Cookies  # noqa: PLC0415 - as above

    return Cookies(path)


@dataclass(frozen=True)
class EditionOptions:
    """What the edition is called, what it says of itself, and whether articles have tags."""

    title: str = ""
    language: str = ""
    section: str = ""
    date: str = ""
    tags: bool = True


@dataclass(frozen=True)
class SelectionOptions:
    """Which of the articles are wanted."""

    new: bool = False
    since: Annotated[str, Checked(_since)] = ""
    max_articles: Annotated[int | None, Between(1)] = None
    minutes: Annotated[float | None, Between(1)] = None
    sort: Annotated[str, Checked(_sort)] = "input"


@dataclass(frozen=True)
class WebOptions:
    """How the web is visited. `timeout` is in seconds, `deadline` in minutes."""

    offline: bool = False
    allow_host: list[str] | None = None
    cookies: Annotated[Path | None, Checked(_cookies)] = None
    connections: Annotated[int, Between(1, 64)] = 8
    per_host: Annotated[int, Between(1, 8)] = 1
    timeout: Annotated[float, Between(1)] = 30.0
    deadline: Annotated[float, Between(0.05)] = 10.0
    content: Annotated[list[str] | None, Checked(_modes)] = None
    rules: Annotated[Path | None, Checked(check_rules)] = None


@dataclass(frozen=True)
class PictureOptions:
    """What becomes of pictures. `picture_size` is in pixels."""

    letter_pictures: bool = False
    max_size: Annotated[str, Checked(parse_size)] = ""
    no_pictures: bool = False
    grey: bool = False
    picture_size: Annotated[int | None, Between(100, 4000)] = None


@dataclass(frozen=True)
class CollectingOptions(PictureOptions, WebOptions, SelectionOptions, EditionOptions):
    """All of them."""


# What belongs to one run, and not to a paper.
OF_A_RUN = frozenset(("date", "offline", "section", "title", "language"))
