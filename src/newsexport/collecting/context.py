"""What gathering is done with, handed in by whoever runs it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from pathlib import Path

from newsexport.artwork.image_limits import Fit
from newsexport.collecting.parse import AHEAD
from newsexport.errors import SourceError
from newsexport.job import Inline, forget
from newsexport.model import Article
from newsexport.protocols import Request, Resource, Source, Web
from newsexport.shelf import TextShelf
from newsexport.sources.services.accounts import Accounts
from newsexport.storage.history import Seen


class OfflineWeb:
    """The web of a caller who wants nothing fetched."""

    def fetch(self, request: Request) -> Future[Resource]:
        """A future that says so."""
        refused: Future[Resource] = Future()
        refused.set_exception(SourceError(request.address, "nothing is fetched in this run"))
        return refused


@dataclass(frozen=True, slots=True)
class CollectingContext:
    """How articles and their pictures are got.

    `isolated` runs what parses and decodes bytes that nobody vouches for, `ahead` calls at a time; with
    our files, unless it is `distant`. `spool` is a folder for pictures until they are exported; without one
    they are kept in memory.
    `sources` takes the place of the installed ones. `fit` is the form of every picture,
    None leaves all pictures out. What `seen` knows is left out. Pictures are made
    smaller until a book of it all is about `most` bytes. The texts of many articles wait on the `shelf`.
    `accounts` are the services that may be asked, `near` is the web with those in it that are in a private
    network. Without `tags` articles have none. Of what is left out as `seen`, `met` is told.
    """

    web: Web = field(default_factory=OfflineWeb)
    isolated: Executor = field(default_factory=Inline)
    spool: Path | None = None
    sources: tuple[Source, ...] | None = None
    fit: Fit | None = field(default_factory=Fit)
    seen: Seen | None = None
    most: int | None = None
    shelf: TextShelf | None = None
    accounts: Accounts = field(default_factory=Accounts)
    met: Callable[[Article], object] = forget
    ahead: int = AHEAD
    distant: bool = False
    tags: bool = True
    near: Web | None = None

    def web_for(self, address: str, article: Article) -> Web:
        """Where a picture of an article is got: of one that a service keeps, also from that service."""
        origin = article.origin
        kept = self.near is not None and origin is not None and self.accounts.is_at(origin.place, address)
        return self.near if kept and self.near else self.web
