"""A library in a folder, with its feeds, catalogues and pages, as something to serve."""

from __future__ import annotations

import hashlib
import io
import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TypeAlias

from newsexport.events import Event, Lost
from newsexport.library.entries import IssueEntry, latest_of, stamped
from newsexport.library.index import INDEX, LibraryIndex
from newsexport.library.issue import MANIFEST, PAGE, PAPER, Paper
from newsexport.library.library import Holding, holdings_of, is_manifest
from newsexport.library.store import FolderStore
from newsexport.publishing import opds1, opds2
from newsexport.publishing.artwork import SIDES, artwork, artwork_path
from newsexport.publishing.catalogue import SEARCH, found
from newsexport.publishing.documents import Publications, ours
from newsexport.publishing.site import Site
from newsexport.serving.files import Folder, MediaKind, kind_of, stored_file
from newsexport.serving.response_cache import NEUTRAL, filled
from newsexport.serving.routes import (
    GeneratedResource,
    Resource,
    RouteTable,
    SearchResource,
    Servable,
    StoredResource,
)

# A library in a folder that others publish into while it is served.

# A folder is looked at again after this many seconds at most; that takes a stat for each issue.
EVERY = 1.0


class WatchedFolder:
    """Holdings whose table is made again when a manifest has come, gone or changed.

    Files are published before the manifest that names them and removed after it, and a table is
    replaced as a whole: what is served is always one state of the library. Where a table cannot be made,
    the last one stays, and `troubled` is told why.
    """

    def __init__(
        self,
        folder: Folder,
        load: Callable[[], RouteTable],
        troubled: Callable[[str], None] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = folder
        self._load = load
        self._troubled = troubled
        self._clock = clock
        self._lock = Lock()
        self._due = clock()
        self._looked = False
        self._stamp = b""
        self._table = RouteTable({})

    def table(self) -> RouteTable:
        """What there is now, or was a moment ago; while somebody looks, others have what there was."""
        if self._lock.acquire(blocking=not self._looked):
            try:
                if self._clock() >= self._due:
                    self._look()
                    self._looked = True
                    self._due = self._clock() + EVERY
            finally:
                self._lock.release()
        return self._table

    def open(self, stored: StoredResource) -> io.FileIO | None:
        """The file as its manifest tells it."""
        return self._folder.open(stored)

    def _look(self) -> None:
        stamp = _stamp(self._folder.root)
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._table = self._load()
        except Exception as error:  # noqa: BLE001 - whoever listens now shall go on listening
            self._troubled(f"{self._folder.root}: {error}")


def _stamp(root: Path) -> bytes:
    """Another whenever a manifest of a paper or an issue has come, gone, or been replaced."""
    seen = hashlib.sha256()
    for paper in _folders(str(root)):
        for path in (f"{paper}/{PAPER}", *(f"{issue}/{MANIFEST}" for issue in _folders(paper))):
            with suppress(OSError):
                facts = os.lstat(path)
                seen.update(
                    f"{path} {facts.st_mtime_ns} {facts.st_size} {facts.st_ino}\n".encode("utf-8", "replace")
                )
    return seen.digest()


def _folders(parent: str) -> list[str]:
    with suppress(OSError), os.scandir(parent) as entries:
        inner = [e.path for e in entries if e.name[0] != "." and e.is_dir(follow_symlinks=False)]
        return sorted(inner)
    return []


LARGEST_PICTURE = 8_000_000

# Where the catalogue is looked through, and who writes down what was found.
SEARCHES: dict[str, Callable[..., bytes]] = {
    SEARCH + opds1.SUFFIX: opds1.listed,
    SEARCH + opds2.SUFFIX: opds2.listed,
}

PublishedOn: TypeAlias = Callable[[Site], Publications]


def served(
    root: Path, published: PublishedOn, troubled: Callable[[str], None], kept: Path | None = None
) -> Servable:
    """What there is to serve in the folder of a library, now and after each publishing.

    `published` makes feeds, catalogues and pages for those who reach the library under a site;
    `troubled` is told of what could not be read or made, and the rest is served. An index of the manifests
    is kept at `kept`, a file in another folder: nothing is written to the library.
    """
    folder = Folder.at(root)
    index = LibraryIndex(FolderStore(folder.root).read, [kept] if kept else [], folder.root / INDEX)
    editions = _Editions(folder, index, published(NEUTRAL), troubled)
    return WatchedFolder(folder, editions.table, troubled)


@dataclass(slots=True)
class _Editions:
    """What is made of a library and what lies in it; `times` are those of its folders."""

    folder: Folder
    index: LibraryIndex
    published: Publications
    troubled: Callable[[str], None]
    times: dict[str, int] = field(default_factory=dict)

    def table(self) -> RouteTable:
        """What there is now."""
        self.index.renew(filter(is_manifest, FolderStore(self.folder.root).manifests()))
        held = holdings_of(self.index, partial(_tell, self.troubled))
        before, self.times = self.times, self.folder.folders()
        for link in (
            link
            for path, at in self.times.items()
            if before.get(path) != at
            for link in self.folder.links(path)
        ):
            self.troubled(f"{self.folder.root}/{link}: is a link, and not served")
        return self._routes(held, datetime.fromtimestamp(max(self.times.values()) // 10**9, UTC))

    def _routes(self, held: Sequence[Holding], changed: datetime) -> RouteTable:
        made: dict[str, Resource] = {}
        everything = replace(self.published, searchable=True).addressed(held)
        for path, document in everything.recipes.items():
            kind = MediaKind(opds1.root_type(held)) if path == opds1.ROOT else kind_of(path)
            make = partial(_given, document.make, kind.type)
            made[path] = GeneratedResource(kind.type, make, changed, kind.policy, document.stamp)
        for holding in held:
            for path, picture in _pictures(holding.paper, self.folder).items():
                kind = kind_of(path)
                made[path] = GeneratedResource(kind.type, picture, changed, kind.policy)
        for path in SEARCHES:
            kind = kind_of(path)
            find = partial(_found, path, self.index, held)
            made[path] = SearchResource(kind.type, find, changed, kind.policy)
        return RouteTable(made, _Issues(self, held, changed).find)


class _Issues:
    """The files and the pages of issues, and what is newest at addresses that stay."""

    def __init__(self, editions: _Editions, held: Sequence[Holding], changed: datetime) -> None:
        self._editions = editions
        self._changed = changed
        self._papers = {holding.paper.key: holding.paper for holding in held}
        self._entries = {entry.folder: entry for holding in held for entry in holding.listed.entries}
        self._latest = {way: file for one in held for way, file in latest_of(one.listed.entries).items()}

    def find(self, path: str) -> Resource | None:
        """What a manifest names at that path, or the page of an issue."""
        if path in self._latest:
            stored = self.find(self._latest[path])
            return replace(stored, lasting=False) if isinstance(stored, StoredResource) else None
        folder, _, name = path.rpartition("/")
        entry = self._entries.get(folder)
        if entry is None:
            return None
        if name == PAGE:
            return self._page(entry)
        issue = self._editions.index.at(folder)
        return stored_file(issue, name) if issue else None

    def _page(self, entry: IssueEntry) -> GeneratedResource:
        kind, paper = kind_of(PAGE), self._papers[entry.paper]
        make = partial(_given, partial(self._made, paper, entry), kind.type)
        stamp = stamped(ours(), paper, entry.folder, entry.stamp)
        return GeneratedResource(kind.type, make, self._changed, kind.policy, stamp)

    def _made(self, paper: Paper, entry: IssueEntry) -> bytes:
        read = FolderStore(self._editions.folder.root).read
        made = self._editions.published.of_issue(paper, self._editions.index.issue(entry), read)
        return made[f"{entry.folder}/{PAGE}"]


def _found(path: str, index: LibraryIndex, held: Sequence[Holding], words: str, site: Site) -> bytes:
    return SEARCHES[path](found(index.matching, held, words), held, site, searchable=True)


def _pictures(paper: Paper, folder: Folder) -> dict[str, Callable[[Site], bytes]]:
    """The artwork of a paper, as it was published or else drawn, which takes a while, on request."""
    paths = [artwork_path(paper, side) for side in SIDES]
    return {path: partial(_picture, paper, folder, path) for path in paths}


def _picture(paper: Paper, folder: Folder, path: str, _: Site) -> bytes:
    picture = folder.read(path, LARGEST_PICTURE)
    return artwork(paper)[path] if picture is None else picture


def _given(make: Callable[[], bytes], media_type: str, site: Site) -> bytes:
    return filled(make(), media_type, site)


def _tell(troubled: Callable[[str], None], event: Event) -> None:
    if isinstance(event, Lost):
        troubled(f"{event.reference}: {event.reason}")
