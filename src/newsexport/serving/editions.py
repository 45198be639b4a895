"""A library in a folder, with its feeds, catalogues and pages, as something to serve."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from threading import Lock
from typing import TypeAlias

from newsexport.events import Event, Lost
from newsexport.library.issue import MANIFEST, PAGE, Issue, Paper
from newsexport.library.library import Holding, Library
from newsexport.library.store import FolderStore
from newsexport.publishing import opds1, opds2
from newsexport.publishing.artwork import SIDES, artwork, artwork_path
from newsexport.publishing.catalogue import SEARCH, Index, found, indexed
from newsexport.publishing.documents import Publications
from newsexport.publishing.site import Site
from newsexport.serving.files import Folder, MediaKind, kind_of, stored_files
from newsexport.serving.response_cache import NEUTRAL, filled
from newsexport.serving.routes import GeneratedResource, RouteTable, SearchResource, Servable, StoredResource

# A library in a folder that others publish into while it is served.

# A folder is looked at again after this many seconds at most; that takes a stat for each issue.
EVERY = 1.0

Stamp: TypeAlias = tuple[tuple[str, int, int, int], ...]


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
        self._stamp: Stamp | None = None
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
        stamp = tuple(sorted(_stamps(self._folder.root)))
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._table = self._load()
        except Exception as error:  # noqa: BLE001 - whoever listens now shall go on listening
            self._troubled(f"{self._folder.root}: {error}")


def _stamps(root: Path) -> Iterator[tuple[str, int, int, int]]:
    """Every manifest, and what describes a paper, each with what changes when it is replaced."""
    yield from _facts(root)
    for paper in _folders(root):
        yield from _facts(paper)
        for issue in _folders(paper):
            yield from _facts(issue, MANIFEST)


def _folders(parent: Path) -> Iterator[Path]:
    with suppress(OSError), os.scandir(parent) as entries:
        yield from (
            Path(entry.path)
            for entry in entries
            if not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)
        )


def _facts(folder: Path, only: str = "") -> Iterator[tuple[str, int, int, int]]:
    """Of the JSON files of a folder: name, time in nanoseconds, size, number."""
    found = folder.glob("*.json") if not only else iter((folder / only,))
    for path in found:
        with suppress(OSError):
            facts = path.lstat()
            yield str(path), facts.st_mtime_ns, facts.st_size, facts.st_ino


LARGEST_PICTURE = 8_000_000

# Where the catalogue is looked through, and who writes down what was found.
SEARCHES = {SEARCH + opds1.SUFFIX: opds1.listed, SEARCH + opds2.SUFFIX: opds2.listed}

PublishedOn: TypeAlias = Callable[[Site], Publications]


def served(root: Path, published: PublishedOn, troubled: Callable[[str], None]) -> Servable:
    """What there is to serve in the folder of a library, now and after each publishing.

    `published` makes feeds, catalogues and pages for those who reach the library under a site;
    `troubled` is told of what could not be read or made, and the rest is served.
    """
    folder = Folder.at(root)
    return WatchedFolder(folder, partial(_load, folder, published, troubled), troubled)


def _load(folder: Folder, published: PublishedOn, troubled: Callable[[str], None]) -> RouteTable:
    store = FolderStore(folder.root)
    held = Library(store, partial(_tell, troubled)).holdings()
    for link in folder.links():
        troubled(f"{folder.root}/{link}: is a link, and not served")
    changed = _changed(folder.root, held)
    made: dict[str, Callable[[Site], bytes]] = {}
    try:
        everything = replace(published(NEUTRAL), searchable=True).addressed(held)
        made |= {path: partial(_given, data, kind_of(path).type) for path, data in everything.items()}
    except Exception as error:  # noqa: BLE001 - books and episodes are there whatever cannot be made of them
        troubled(f"{folder.root}: {type(error).__name__}: {error}")
    index = cache(partial(indexed, held))  # made for the first who looks for something; one does at a time
    for holding in held:
        made |= _pictures(holding.paper, folder)
        for issue in holding.issues:
            made[f"{issue.folder}/{PAGE}"] = partial(_page, published, holding.paper, issue, store)
    kinds = {path: kind_of(path) for path in made} | {opds1.ROOT: MediaKind(opds1.root_type(held))}
    return RouteTable(
        {
            **stored_files(held),
            **{path: _made(kinds[path], make, changed) for path, make in made.items()},
            **{path: _sought(path, partial(_found, path, index, held), changed) for path in SEARCHES},
        }
    )


def _found(path: str, index: Callable[[], Index], held: Sequence[Holding], words: str, site: Site) -> bytes:
    return SEARCHES[path](found(index(), words), held, site, searchable=True)


def _pictures(paper: Paper, folder: Folder) -> dict[str, Callable[[Site], bytes]]:
    """The artwork of a paper, as it was published or else drawn, which takes a while, on request."""
    paths = [artwork_path(paper, side) for side in SIDES]
    return {path: partial(_picture, paper, folder, path) for path in paths}


def _picture(paper: Paper, folder: Folder, path: str, _: Site) -> bytes:
    picture = folder.read(path, LARGEST_PICTURE)
    return artwork(paper)[path] if picture is None else picture


def _given(data: bytes, media_type: str, site: Site) -> bytes:
    return filled(data, media_type, site)


def _made(kind: MediaKind, make: Callable[[Site], bytes], changed: datetime) -> GeneratedResource:
    return GeneratedResource(kind.type, make, changed, kind.policy)


def _sought(path: str, make: Callable[[str, Site], bytes], changed: datetime) -> SearchResource:
    kind = kind_of(path)
    return SearchResource(kind.type, make, changed, kind.policy)


def _page(published: PublishedOn, paper: Paper, issue: Issue, store: FolderStore, site: Site) -> bytes:
    return published(site).of_issue(paper, issue, store.read)[f"{issue.folder}/{PAGE}"]


def _changed(root: Path, held: Sequence[Holding]) -> datetime:
    """When the last issue came or went: a folder bears the time at which something in it did."""
    folders = {root, *(root / holding.paper.key for holding in held)}
    folders |= {root / issue.folder for holding in held for issue in holding.issues}
    return datetime.fromtimestamp(int(max(folder.stat().st_mtime for folder in folders)), UTC)


def _tell(troubled: Callable[[str], None], event: Event) -> None:
    if isinstance(event, Lost):
        troubled(f"{event.reference}: {event.reason}")
