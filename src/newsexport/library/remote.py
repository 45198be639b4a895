"""A store elsewhere: a bucket, or a folder reached by SFTP or WebDAV, by whatever fsspec knows.

Needs the extra ``newsexport[remote]``. No such place has locks that all of them know, so
nothing here keeps other runs out; what nobody names yet is therefore left alone for an hour.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.request import url2pathname

from newsexport.errors import OutputError, UsageError
from newsexport.library.store import AbsentError, FolderState, FolderStore, Store, Stored
from newsexport.text.addresses import redacted

# Protocols by which an object appears at once when all of it has been sent; elsewhere it is
# sent under a hidden name, and then renamed.
AT_ONCE = {"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oci", "r2", "hf", "memory"}
PART = ".part-"
GRACE = 3600.0


def store_at(place: str) -> Store:
    """The store in a folder, or at an address such as ``s3://bucket/papers`` or ``sftp://host/papers``.

    Raises:
        UsageError: nothing that is installed knows such an address.
    """
    if "://" not in place:
        return FolderStore(Path(place))
    if place.startswith("file://"):
        return FolderStore(Path(url2pathname(place.removeprefix("file://"))))  # with its drive on Windows
    return RemoteStore.at(place)


@dataclass(frozen=True, slots=True)
class RemoteStore:
    """A store below `root` in a file system of fsspec; `shown` is what errors call it."""

    system: Any
    root: str
    shown: str

    @classmethod
    def at(cls, address: str) -> RemoteStore:
        """The store at an address. Raises `UsageError`."""
        try:
            from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra that few need
        except ImportError as error:
            raise UsageError(f"{redacted(address)}: needs `pip install 'newsexport[remote]'`") from error
        try:
            system, root = url_to_fs(address)
        except Exception as error:
            raise UsageError(f"{redacted(address)}: {error}") from error
        return cls(system, root.rstrip("/"), redacted(address))

    @property
    def grace(self) -> float:
        """An hour: what is younger may belong to a run that has not written its manifest yet."""
        return GRACE

    def beside(self, name: str) -> None:
        """There is no place on this machine."""

    def read(self, path: str) -> bytes:
        """All bytes of a file."""
        with self._told(path):
            data: bytes = self.system.cat_file(self._at(path))
            return data

    def open(self, path: str) -> BinaryIO:
        """A file for reading, which asks for what is read."""
        with self._told(path):
            file: BinaryIO = self.system.open(self._at(path), "rb")
            return file

    def write(self, path: str, data: bytes) -> None:
        """Put bytes at a path."""
        with self._told(path), self._arriving(path) as draft:
            self.system.pipe_file(draft, data)

    def write_all(self, files: Mapping[str, bytes]) -> None:
        """Put bytes at several paths."""
        for path, data in files.items():
            self.write(path, data)

    def put_all(self, files: Mapping[str, Path]) -> None:
        """Put copies of files at several paths."""
        for path, source in files.items():
            self.put(path, source)

    def put(self, path: str, source: Path) -> None:
        """Put a copy of a file at a path."""
        with self._told(path), self._arriving(path) as draft:
            self.system.put_file(str(source), draft)

    def copy(self, path: str, target: str) -> None:
        """Have a file at another path as well; where the place cannot copy, it is read and sent again."""
        with self._told(target), self._arriving(target) as draft:
            try:
                self.system.cp_file(self._at(path), draft)
            except NotImplementedError:
                with self.system.open(self._at(path), "rb") as source, self.system.open(draft, "wb") as copy:
                    shutil.copyfileobj(source, copy, 1 << 20)

    def told(self, path: str) -> Stored | None:
        """What a listing would tell of a file, or None where the place tells nothing of single ones."""
        try:
            with self._told(path):
                self.system.invalidate_cache()
                told = self.system.info(self._at(path))
        except OutputError:
            return None
        return Stored(path, int(told.get("size") or 0), _modified(told))

    def list(self, under: str = "", but: Container[str] = ()) -> Iterator[Stored]:  # noqa: ARG002 - all come at once
        """Every file but hidden ones."""
        for path, size, modified in self._found(under):
            if not any(part.startswith(".") for part in path.split("/")):
                yield Stored(path, size, modified)

    def folders(self) -> dict[str, FolderState]:
        """Nobody can tell."""
        return {}

    def remove(self, path: str) -> None:
        """Remove a file, and the folder that thereby becomes empty."""
        with self._told(path), suppress(FileNotFoundError):
            self.system.rm_file(self._at(path))
        if not self._is_at_once:
            folder = path.rpartition("/")[0]
            with suppress(Exception):  # it holds something still, or is none
                self.system.invalidate_cache()
                if folder and not self.system.ls(self._at(folder), detail=False):
                    self.system.rmdir(self._at(folder))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody is kept out."""
        yield

    def sweep(self, but: Container[str] = ()) -> None:  # noqa: ARG002 - as above
        """What runs that died were sending goes when it is old; where it appears at once nothing is left."""
        if self._is_at_once:
            return
        found = list(self._found())
        until = max((modified for _, _, modified in found), default=0.0) - GRACE
        for path, _, modified in found:
            if path.rpartition("/")[2].startswith(PART) and modified < until:
                self.remove(path)

    def room(self) -> int | None:
        """Nobody can tell."""
        return None

    @property
    def _is_at_once(self) -> bool:
        protocol = self.system.protocol
        return not AT_ONCE.isdisjoint({protocol} if isinstance(protocol, str) else protocol)

    def _at(self, path: str) -> str:
        return f"{self.root}/{path}"

    @contextmanager
    def _arriving(self, path: str) -> Iterator[str]:
        """Where to send it, so that it is seen at its path whole or not at all."""
        folder, _, name = self._at(path).rpartition("/")
        if self._is_at_once:
            yield self._at(path)
            return
        self.system.makedirs(folder, exist_ok=True)
        draft = f"{folder}/{PART}{secrets.token_hex(4)}-{name}"
        try:
            yield draft
            self._rename(draft, self._at(path))
        except BaseException:
            with suppress(Exception):
                self.system.rm_file(draft)
            raise

    def _rename(self, draft: str, path: str) -> None:
        client: Any = getattr(self.system, "client", None)
        if hasattr(client, "move"):  # WebDAV refuses to replace unless told (RFC 4918, section 9.9.3)
            client.move(draft, path, overwrite=True)
        else:
            self.system.mv(draft, path)

    def _found(self, under: str = "") -> Iterator[tuple[str, int, float]]:
        self.system.invalidate_cache()
        with self._told(under):
            try:
                found = self.system.find(self._at(under) if under else self.root, detail=True)
            except FileNotFoundError:
                return
        for path in sorted(found):
            told = found[path]
            inner = path.strip("/").removeprefix(self.root.strip("/")).lstrip("/")
            yield inner, int(told.get("size") or 0), _modified(told)

    @contextmanager
    def _told(self, path: str) -> Iterator[None]:
        """Every file system has errors of its own kind; to us the place refused."""
        where = f"{self.shown.rstrip('/')}/{path}"
        try:
            yield
        except FileNotFoundError as error:
            raise AbsentError(where, "is not there") from error
        except OutputError:
            raise
        except Exception as error:
            if _is_absence(error):
                raise AbsentError(where, "is not there") from error
            raise OutputError(where, str(error) or type(error).__name__) from error


def _is_absence(error: Exception) -> bool:
    """Whether a server says 404, which not every file system tells in Python's terms."""
    return getattr(getattr(error, "response", None), "status_code", None) == 404


def _modified(told: dict[str, Any]) -> float:
    """When a file was last written, by whatever name its file system has for that."""
    for name in ("mtime", "LastModified", "last_modified", "modified", "updated", "created"):
        value = told.get(name)
        if isinstance(value, datetime):
            return (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp()
        if isinstance(value, int | float):
            return float(value)
        if isinstance(value, str):
            with suppress(ValueError):
                return datetime.fromisoformat(value).timestamp()
    return 0.0
