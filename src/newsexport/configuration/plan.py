"""What a configuration asks for, as values.

Names are those of our own options and of the exporters' fields, see `newsexport.configuration.names`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from newsexport.configuration.document import Document
from newsexport.delivery.deliver import Destination
from newsexport.errors import UsageError
from newsexport.library.issue import Paper
from newsexport.library.library import EVERYTHING, Keep
from newsexport.library.timetable import Timetable
from newsexport.publishing.documents import Broadcast
from newsexport.text.nearest import there_is


@dataclass(frozen=True, slots=True)
class PlannedSection:
    """Sources whose articles stand in a section of one name, each list with options of its own."""

    title: str
    sources: tuple[str, ...]
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PaperPlan:
    """One paper: what it is made of, in what formats, and where it goes.

    `options` are those of `ReadingOptions` by their names; `formats` the options of each
    format by theirs. `timezone` decides what day it is; `timetable` when the paper comes out,
    where that is told.
    """

    paper: Paper
    timezone: str
    sections: tuple[PlannedSection, ...]
    options: Mapping[str, object]
    formats: Mapping[str, Mapping[str, object]]
    keep: Keep = EVERYTHING
    deliver: tuple[Destination, ...] = ()
    timetable: Timetable | None = None

    @property
    def zone(self) -> ZoneInfo | None:
        """Its time zone; None for that of this machine."""
        return ZoneInfo(self.timezone) if self.timezone else None


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
    """All that a file asks for, and the file. `serve` are fields of `Service` by their names."""

    document: Document = field(repr=False)  # it may have secrets in it

    library: LibraryPlan
    papers: Mapping[str, PaperPlan]
    serve: Mapping[str, object] = field(default_factory=dict)

    def paper(self, name: str) -> PaperPlan:
        """The paper of that name. Raises `UsageError` if none is planned."""
        if name not in self.papers:
            raise UsageError(f"no paper {name!r} is planned{there_is(name, self.papers)}")
        return self.papers[name]

    def broadcasts(self) -> Mapping[str, Broadcast]:
        """How each paper is published as a podcast, by its key."""
        numbered, section_feeds = self.library.numbered, self.library.section_feeds
        return {
            key: Broadcast(numbered, section_feeds, when=paper.timetable)
            for key, paper in self.papers.items()
        }
