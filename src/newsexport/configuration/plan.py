"""What a configuration asks for, as values.

Names are those of the command line and of the exporters' fields; they are handed in, so
that they are written down in one place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsexport.configuration.secrets import Secret
from newsexport.library.issue import Paper
from newsexport.library.library import EVERYTHING, Keep
from newsexport.library.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Section:
    """Sources whose articles stand in a section of one name, each list with wishes of its own."""

    title: str
    sources: tuple[str, ...]
    wishes: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ToDevice:
    """To the e-reader that is plugged in, or the one mounted at `path`; the newest `keep` issues stay."""

    path: Path | None = None
    keep: int | None = None


@dataclass(frozen=True, slots=True)
class ToFolder:
    """To a folder: of a player, or one that is synced."""

    path: Path
    formats: tuple[str, ...] = ()
    keep: int | None = None


@dataclass(frozen=True, slots=True)
class ToMail:
    """To an address, such as a Kindle's. `security` is ``tls`` or ``starttls``."""

    to: str
    sender: str
    host: str
    port: int = 465
    security: str = "tls"
    user: str = ""
    password: Secret | None = None


Destination = ToDevice | ToFolder | ToMail


@dataclass(frozen=True, slots=True)
class PaperPlan:
    """One paper: what it is made of, in what formats, and where it goes.

    `wishes` are those of the command line by their names; `formats` the options of each
    format by theirs. `timezone` decides what day it is; `timetable` when the paper comes out,
    where that is told.
    """

    paper: Paper
    timezone: str
    sections: tuple[Section, ...]
    wishes: Mapping[str, object]
    formats: Mapping[str, Mapping[str, object]]
    keep: Keep = EVERYTHING
    deliver: tuple[Destination, ...] = ()
    timetable: Timetable | None = None


@dataclass(frozen=True, slots=True)
class LibraryPlan:
    """Where issues are published: a folder or an address of fsspec, and where that is served.

    Feeds have one of each section beside them, or a season and a number with each episode, on request.
    """

    place: str
    base: str = ""
    section_feeds: bool = False
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a file asks for. `serve` are options of the command that serves, by their names."""

    library: LibraryPlan
    papers: Mapping[str, PaperPlan]
    serve: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Names:
    """What may be asked, by name and kind: of a paper, of each format, and of the command that serves.

    `meanings` raise `UsageError` or `ValueError` for words of a wish that mean nothing;
    `broken` are formats that cannot be made here, with the reason.
    """

    wishes: Mapping[str, Any]
    formats: Mapping[str, Mapping[str, Any]]
    serve: Mapping[str, Any]
    meanings: Mapping[str, Callable[[Any], object]] = field(default_factory=dict)
    broken: Mapping[str, str] = field(default_factory=dict)
