"""What a configuration asks for, as values.

Names are those of our own options and of the exporters' fields, see `newsexport.configuration.names`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from newsexport.configuration.document import Document
from newsexport.delivery.places import DeliveryPlace
from newsexport.errors import UsageError
from newsexport.library.issue import EVERYTHING, Keep, Paper
from newsexport.net.mailbox import Mailbox
from newsexport.reading.carrying import Carry
from newsexport.sources.services.accounts import ServiceAccount
from newsexport.sources.services.telling import After
from newsexport.text.nearest import there_is


@dataclass(frozen=True, slots=True)
class PlannedSection:
    """Sources whose articles stand in a section of one name, each list with options of its own.

    `after` is what is done with them where they are kept, None where the paper or the service says it.
    """

    title: str
    sources: tuple[str, ...]
    options: Mapping[str, object] = field(default_factory=dict)
    after: After | None = None


@dataclass(frozen=True, slots=True)
class PaperPlan:
    """One paper: what it is made of, in what formats, and where it goes.

    `options` are those of `CollectingOptions` by their names; `formats` the options of each
    format by theirs. `timezone` decides what day it is. `carry` is what
    comes again, None for nothing; `after_read` is done with an article where it is kept once it was read.
    """

    paper: Paper
    timezone: str
    sections: tuple[PlannedSection, ...]
    options: Mapping[str, object]
    formats: Mapping[str, Mapping[str, object]]
    keep: Keep = EVERYTHING
    deliver: tuple[DeliveryPlace, ...] = ()
    after: After | None = None
    carry: Carry | None = None
    after_read: After | None = None

    @property
    def zone(self) -> ZoneInfo | None:
        """Its time zone; None for that of this machine."""
        return ZoneInfo(self.timezone) if self.timezone else None


@dataclass(frozen=True, slots=True)
class LibraryPlan:
    """Where issues are published: a folder or an address of fsspec, and where that is served."""

    place: str
    base: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a file asks for, and the file.

    `serve` are fields of `Service` by their names, `inbox` those of `InboxService`; from `mailbox` letters
    come into the inbox.
    `services` are those whose articles may be asked for, `after` what is done with these when they are
    printed.
    """

    document: Document = field(repr=False)  # it may have secrets in it

    library: LibraryPlan
    papers: Mapping[str, PaperPlan]
    serve: Mapping[str, object] = field(default_factory=dict)
    inbox: Mapping[str, object] = field(default_factory=dict)
    mailbox: Mailbox | None = None
    services: Mapping[str, ServiceAccount] = field(default_factory=dict)
    after: Mapping[str, After] = field(default_factory=dict)

    def paper(self, name: str) -> PaperPlan:
        """The paper of that name. Raises `UsageError` if none is planned."""
        if name not in self.papers:
            raise UsageError(f"no paper {name!r} is planned{there_is(name, self.papers)}")
        return self.papers[name]
