"""Where a library lies: a store of named bytes, each there in full or not at all."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from newsexport.errors import OutputError
from newsexport.library.issue import MANIFEST, PAPER
from newsexport.storage.atomic import file_errors, lock, sync
from newsexport.storage.staging import PREFIX, put_all

LOCK = ".lock"


class AbsentError(OutputError):
    """There is nothing of that name in the store."""


class Stored(NamedTuple):
    """What a listing tells of a file: `size` in bytes, `modified` in seconds since 1970."""

    path: str
    size: int
    modified: float


class FolderState(NamedTuple):
    """When something in an issue's folder last came or went, and what is told of the manifest in it."""

    changed: float
    modified: float
    size: int


class Store(Protocol):
    """Named bytes. Names are relative paths with ``/`` between their parts.

    Every method raises `OutputError` when the place refuses; reading what is not there
    raises `AbsentError`, removing it does nothing.
    """

    @property
    def grace(self) -> float:
        """Seconds for which a file that nothing names may be another run's; 0 where runs are kept apart."""
        ...

    def beside(self, name: str) -> Path | None:
        """Where a file of this machine's own can be kept with what is stored; None where there is none."""
        ...

    def read(self, path: str) -> bytes:
        """All bytes of a file."""
        ...

    def open(self, path: str) -> BinaryIO:
        """A file for reading, which can seek. The caller closes it."""
        ...

    def write(self, path: str, data: bytes) -> None:
        """Put bytes at a path, where the old ones or the new are found at any instant."""
        ...

    def write_all(self, files: Mapping[str, bytes]) -> None:
        """Put bytes at several paths, as `write` does at each."""
        ...

    def put(self, path: str, source: Path) -> None:
        """Put a copy of a file at a path, where all of it is found or nothing."""
        ...

    def put_all(self, files: Mapping[str, Path]) -> None:
        """Put copies of files at several paths, as `put` does at each."""
        ...

    def copy(self, path: str, target: str) -> None:
        """Have what is at a path at another as well, all of it or what was there before."""
        ...

    def list(self, under: str = "", but: Container[str] = ()) -> Iterator[Stored]:
        """Every file, or all in a folder, in order of their paths; none that begins with a dot.

        Those in folders in `but` may be left out.
        """
        ...

    def folders(self) -> Mapping[str, FolderState]:
        """The folders of issues that have a manifest; none where the place cannot tell of folders."""
        ...

    def told(self, path: str) -> Stored | None:
        """What a listing would tell of a file; None where there is none."""
        ...

    def remove(self, path: str) -> None:
        """Remove a file, and the folders that thereby become empty."""
        ...

    def locked(self) -> AbstractContextManager[None]:
        """Keep other writers out, where the place can."""
        ...

    def sweep(self, but: Container[str] = ()) -> None:
        """Remove leftovers of writers that died, which are not in the folders in `but`."""
        ...

    def room(self) -> int | None:
        """How many bytes more would fit; None where nobody can tell."""
        ...


# Files that are written at once; some have two megabytes.
AT_ONCE = 24


def renew(store: Store, files: Iterable[tuple[str, bytes]]) -> None:
    """Write what is not there in these bytes already, several at once. Raises `OutputError`."""
    waiting: dict[str, bytes] = {}
    for path, data in files:
        if not _is_there(store, path, data):
            waiting[path] = data
        if len(waiting) == AT_ONCE:
            store.write_all(waiting)
            waiting = {}
    store.write_all(waiting)


def _is_there(store: Store, path: str, data: bytes) -> bool:
    with suppress(AbsentError):
        return store.read(path) == data
    return False


@dataclass(frozen=True, slots=True)
class FolderStore:
    """A store in a folder, which is made when first written to. Links in it are not followed for reading."""

    root: Path

    @property
    def grace(self) -> float:
        """None is needed under a lock."""
        return 0.0

    def beside(self, name: str) -> Path:
        """In the folder itself; a name that begins with a dot is not listed."""
        return self.root / name

    def read(self, path: str) -> bytes:
        """All bytes of a file."""
        with self.open(path) as file:
            return file.read()

    def open(self, path: str) -> BinaryIO:
        """A file for reading."""
        place = self._at(path)
        with file_errors(place):
            try:
                if place.resolve() != self.root.resolve() / path:
                    raise OutputError(str(place), "is a link, or lies behind one, and is not followed")
                return place.open("rb")
            except FileNotFoundError as error:
                raise AbsentError(str(place), "is not there") from error

    def write(self, path: str, data: bytes) -> None:
        """Put bytes at a path: synced, then renamed into place."""
        self.write_all({path: data})

    def write_all(self, files: Mapping[str, bytes]) -> None:
        """Put bytes at several paths: all are synced, then renamed into place, in this order."""
        self._put_all({path: partial(_write, data) for path, data in files.items()})

    def put(self, path: str, source: Path) -> None:
        """Put a copy of a file at a path: synced, then renamed into place."""
        self.put_all({path: source})

    def put_all(self, files: Mapping[str, Path]) -> None:
        """Put copies of files at several paths: all are synced, then renamed into place, in this order."""
        self._put_all({path: partial(shutil.copyfile, source) for path, source in files.items()})

    def _put_all(self, files: Mapping[str, Callable[[Path], object]]) -> None:
        places = {self._at(path): write for path, write in files.items()}
        for folder in dict.fromkeys(place.parent for place in places):
            self._make_folders(folder)
        put_all(places)

    def copy(self, path: str, target: str) -> None:
        """Give a file a second name, or copy it where the file system knows one name of a file only.

        No file is ever written into, so that what is seen under either name stays whole. A copy bears the
        time of the original.
        """
        self._put_all({target: partial(_link, self._at(path))})

    def list(self, under: str = "", but: Container[str] = ()) -> Iterator[Stored]:
        """Every file but hidden ones, and none in folders in `but`. Links are not followed."""
        with file_errors(self.root):
            yield from self._listed(f"{under}/" if under else "", but)

    def folders(self) -> dict[str, FolderState]:
        """The folders of issues that have a manifest, by two questions to the system for each."""
        issues = (f"{paper}/{issue}" for paper in _inner(self.root) for issue in _inner(self.root / paper))
        root = str(self.root)
        return {issue: state for issue in issues if (state := _state_of(f"{root}/{issue}"))}

    def told(self, path: str) -> Stored | None:
        """What a listing would tell of a file."""
        return next(self._facts(path), None)

    def manifests(self) -> Iterator[Stored]:
        """What would be listed of `paper.json` and `issue.json` where papers and issues lie."""
        for paper in _inner(self.root):
            yield from self._facts(f"{paper}/{PAPER}")
        for folder, state in self.folders().items():
            yield Stored(f"{folder}/{MANIFEST}", state.size, state.modified)

    def _facts(self, path: str) -> Iterator[Stored]:
        told = _facts_of(f"{self.root}/{path}")
        if told and stat.S_ISREG(told.st_mode):
            yield Stored(path, told.st_size, told.st_mtime)

    def _listed(self, folder: str, but: Container[str]) -> Iterator[Stored]:
        if not (self.root / folder).is_dir():
            return
        with os.scandir(f"{self.root}/{folder}") as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name[0] == ".":
                    continue
                if entry.is_dir(follow_symlinks=False):
                    inner = f"{folder}{entry.name}"
                    if inner not in but:
                        yield from self._listed(f"{inner}/", but)
                elif entry.is_file(follow_symlinks=False):
                    told = entry.stat(follow_symlinks=False)
                    yield Stored(f"{folder}{entry.name}", told.st_size, told.st_mtime)

    def remove(self, path: str) -> None:
        """Remove a file, and folders that become empty."""
        with file_errors(self._at(path)):
            self._at(path).unlink(missing_ok=True)
        for folder in self._at(path).parents:
            if folder == self.root or not folder.is_relative_to(self.root):
                break
            with suppress(OSError):  # it holds something still
                folder.rmdir()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Wait for other runs on this machine, by a lock that the kernel drops when one dies."""
        self._make_folders(self.root)
        with file_errors(self.root / LOCK):
            held = (self.root / LOCK).open("ab")
            lock(held)
        with held:
            yield

    def sweep(self, but: Container[str] = ()) -> None:
        """Remove what runs that were killed were staging; under the lock nobody else stages here."""
        self._sweep("", but)

    def _sweep(self, under: str, but: Container[str]) -> None:
        folder = f"{self.root}/{under}"
        with os.scandir(folder) as entries:
            listed = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]
        for name in [name for name, is_folder in listed if is_folder]:
            if name.startswith(PREFIX):
                shutil.rmtree(f"{folder}{name}", ignore_errors=True)
            elif name[0] != "." and f"{under}{name}" not in but:
                self._sweep(f"{under}{name}/", but)
        if under and all(is_folder for _, is_folder in listed):
            with suppress(OSError):  # it holds something, as it should
                Path(folder).rmdir()

    def room(self) -> int | None:
        """What is free on the file system for one without privileges."""
        near = next(path for path in (self.root, *self.root.absolute().parents) if path.exists())
        try:
            return shutil.disk_usage(near).free
        except OSError:
            return None

    def _at(self, path: str) -> Path:
        parts = path.split("/")
        if not all(
            part and not part.startswith(".") and "\\" not in part and "\0" not in part for part in parts
        ):
            raise OutputError(path, "is no name that a library gives")
        return self.root.joinpath(*parts)

    def _make_folders(self, folder: Path) -> None:
        """Make a folder and those above it, so that they outlast a loss of power with what is put in them."""
        if folder.is_dir():
            return
        if folder.parent != folder:
            self._make_folders(folder.parent)
        with file_errors(folder):
            folder.mkdir(exist_ok=True)
            sync(folder.parent)


def _link(path: Path, draft: Path) -> None:
    try:
        draft.hardlink_to(path)
    except OSError:
        shutil.copy2(path, draft)


def _write(data: bytes, draft: Path) -> None:
    draft.write_bytes(data)


def _state_of(folder: str) -> FolderState | None:
    try:
        told, manifest = os.lstat(folder), os.lstat(f"{folder}/{MANIFEST}")
    except OSError:
        return None
    if not stat.S_ISREG(manifest.st_mode):
        return None
    return FolderState(told.st_mtime, manifest.st_mtime, manifest.st_size)


def _facts_of(place: str) -> os.stat_result | None:
    with suppress(OSError):
        return os.lstat(place)
    return None


def _inner(folder: Path) -> list[str]:
    """The names of the folders in a folder."""
    with suppress(OSError), os.scandir(folder) as entries:
        return sorted(
            entry.name for entry in entries if entry.name[0] != "." and entry.is_dir(follow_symlinks=False)
        )
    return []
