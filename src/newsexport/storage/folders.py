"""Where things are kept from one run to the next: folders that whoever runs it hands in."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from newsexport.storage.atomic import file_errors
from newsexport.storage.cache import FolderCache
from newsexport.storage.claims import Claims, Owner

if TYPE_CHECKING:  # loads a database
    from newsexport.storage.history import Seen
    from newsexport.storage.inbox import Inbox
    from newsexport.storage.outbox import Outbox


@dataclass(frozen=True, slots=True)
class Folders:
    """The two folders.

    What is in `cache` can be removed at any time; `state` is what was exported, published and mailed. Papers
    of one name that have several owners are kept apart; without an `owner` that of the first is meant.
    """

    cache: Path
    state: Path
    owner: Owner | None = None

    def owned_by(self, configuration: str, library: str) -> Folders:
        """The same for the papers of a configuration, whose library is at a place."""
        return replace(self, owner=Owner.of(configuration, library))

    def claim(self, paper: str) -> Owner | None:
        """Have what is kept of a paper be its owner's; whose paper of the same name there was before.

        Raises:
            OutputError: nothing can be written.
        """
        with file_errors(self.state):
            return self._claims.claim(paper, self.owner) if self.owner else None

    @property
    def _claims(self) -> Claims:
        return Claims(self.state / "papers")

    def papers(self) -> list[str]:
        """The papers of which something is kept for the owner, also such as are planned no more."""
        return self._claims.papers(self.owner) if self.owner else []

    def name(self, paper: str) -> str:
        """What is kept of a paper is called so: like the paper, but for a second one of that name."""
        return self._claims.name(paper, self.owner) if self.owner else paper

    def speech(self) -> FolderCache:
        """What was spoken before."""
        return FolderCache(self.cache)

    def seen(self) -> Seen:
        """What editions made with `new` had."""
        from newsexport.storage.history import Seen  # noqa: PLC0415 - as said above

        return Seen(self.state / "seen.sqlite3")

    def inbox(self) -> Inbox:
        """What was put aside to be printed."""
        from newsexport.storage.inbox import Inbox  # noqa: PLC0415 - as said above

        return Inbox(self.state / "inbox.sqlite3")

    def mailed(self) -> Path:
        """What was mailed to whom."""
        return self.state / "mailed.json"

    def reading(self) -> Path:
        """What was read and heard."""
        return self.state / "reading.sqlite3"

    def workshop(self, paper: str) -> Path:
        """Where the files of a paper are made."""
        return self.cache / "papers" / self.name(paper)

    def of_paper(self, paper: str, suffix: str) -> Path:
        """What is known of the runs of a paper: ``.json``, ``.lock``, or ``.sqlite3`` for what it had."""
        return self.state / "papers" / f"{self.name(paper)}{suffix}"

    def outbox(self, paper: str) -> Outbox:
        """What is still to be done where the articles of a paper are kept."""
        from newsexport.storage.outbox import Outbox  # noqa: PLC0415 - as said above

        return Outbox(self.of_paper(paper, ".outbox.sqlite3"))

    def index_of(self, library: str) -> Path:
        """Where the index of a library is kept, by the place of the library."""
        folder = self.cache / "libraries"
        with suppress(OSError):  # then it is kept nowhere
            folder.mkdir(parents=True, exist_ok=True)
        return (
            folder / f"{hashlib.sha256(library.encode('utf-8', 'surrogateescape')).hexdigest()[:16]}.sqlite"
        )
