"""The files of a library that can be asked for, as its manifests name them."""

from __future__ import annotations

import io
import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from newsexport.library.issue import MANIFEST, FileRole, Issue, IssueFile
from newsexport.publishing import catalogue, opds1, opds2
from newsexport.publishing.pages import POLICY
from newsexport.serving.routes import StoredResource

# What is made on request: its media type, and what a browser may do with it.

# What a page says of itself, and what only a header can.
PAGES = f"{POLICY}; frame-ancestors 'none'"
NOTHING = "default-src 'none'; frame-ancestors 'none'"


# A page of a list of issues, as `catalogue.shelf_path` names it.
LIST = re.compile(r"(^|/)opds-[^/]*\.xml$|/opds\.xml$")


@dataclass(frozen=True, slots=True)
class MediaKind:
    """A media type, and a Content-Security-Policy."""

    type: str
    policy: str = NOTHING


# By the end of a path, the first that fits.
KINDS: tuple[tuple[str, MediaKind], ...] = (
    (".html", MediaKind("text/html; charset=utf-8", PAGES)),
    (opds1.ROOT, MediaKind(opds1.NAVIGATION)),
    (catalogue.DESCRIPTION, MediaKind(catalogue.DESCRIPTION_TYPE)),
    (".xml", MediaKind("application/rss+xml; charset=utf-8")),
    (opds2.SUFFIX, MediaKind(opds2.TYPE)),
    (".css", MediaKind("text/css; charset=utf-8")),
    (".js", MediaKind("text/javascript; charset=utf-8")),
    (".jpg", MediaKind("image/jpeg")),
    ("", MediaKind("application/octet-stream", "default-src 'none'; sandbox")),
)


def kind_of(path: str) -> MediaKind:
    """The kind of what is made at a path."""
    if LIST.search(path):
        return MediaKind(opds1.LIST)
    return next(kind for end, kind in KINDS if path.endswith(end))


# `type/subtype` and parameters (RFC 9110, section 8.3.1), in characters that may stand in a header.
TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(; ?[\w-]+=[\w.+-]+)*", re.ASCII)
# What is kept needs no name that tells it from what it will be tomorrow.
HASH = re.compile(r"\.[0-9a-f]{8}(?=\.|$)")

UNKNOWN = "application/octet-stream"

# What may come up in a browser's window or an app; everything else is downloaded.
SHOWN = frozenset(
    {
        FileRole.SOUND,
        FileRole.TEXT,
        FileRole.EDITION,
        FileRole.CHAPTERS,
        FileRole.TRANSCRIPT,
        FileRole.COVER,
        FileRole.THUMBNAIL,
        FileRole.PICTURE,
    }
)

# What a browser would take for a page or a drawing, which can hold scripts.
ACTIVE = re.compile(r"(html|xml|svg|javascript|ecmascript)", re.IGNORECASE)


def stored_file(issue: Issue, name: str) -> StoredResource | None:
    """A file that the manifest of an issue names.

    A name that is not that of one file in the folder of its issue is left out, whoever wrote it.
    """
    file = next((file for file in issue.files if file.name == name), None)
    return _stored(issue, file) if file and plain(name) else None


def plain(name: str) -> bool:
    """Whether this names a published file in the folder it stands in: not hidden, not unfinished."""
    return (
        name.isprintable()
        and not name.startswith((".", "~"))
        and not name.endswith((".part", ".tmp", ".lock", "~"))
        and not set(name) & set("/\\:")
        and name not in {"", MANIFEST}
    )


def _stored(issue: Issue, file: IssueFile) -> StoredResource:
    shown = file.role in SHOWN and not ACTIVE.search(file.type)
    return StoredResource(
        path=f"{issue.folder}/{file.name}",
        type=media_type(file.type),
        size=file.size,
        sha256=file.sha256,
        download="" if shown else HASH.sub("", file.name),
    )


def media_type(declared: str) -> str:
    """A type fit for a header; texts are UTF-8, as everything this program writes."""
    if not TYPE.fullmatch(declared):
        return UNKNOWN
    return f"{declared}; charset=utf-8" if declared.startswith("text/") and ";" not in declared else declared


# The files of a library in a folder of this machine.

# How deep folders of issues lie.
ISSUES = 2


@dataclass(frozen=True, slots=True)
class Folder:
    """The root of a library, with no symbolic link in it."""

    root: Path

    @classmethod
    def at(cls, root: Path) -> Folder:
        """The folder; the way to it may have symbolic links, what is in it may not."""
        return cls(root.resolve())

    def open(self, stored: StoredResource) -> io.FileIO | None:
        """A file as its manifest tells it; None where it is another, no file, or elsewhere."""
        file = self._opened(stored.path)
        if file and os.fstat(file.fileno()).st_size != stored.size:
            file.close()
            return None
        return file

    def read(self, path: str, most: int) -> bytes | None:
        """All of a file of at most so many bytes, which no manifest tells of; None where there is none."""
        file = self._opened(path)
        if file is None:
            return None
        with file:
            content = file.read(most + 1)
        return content if len(content) <= most else None

    def folders(self) -> dict[str, int]:
        """The root, ``""``, and the folders of papers and issues, with when something in each changed."""
        found = {"": self.root.stat().st_mtime_ns}
        inner = [""]
        for _ in range(ISSUES):
            inner = [path for outer in inner for path in self._inner(outer)]
            for path in inner:
                with suppress(OSError):
                    found[path] = os.lstat(f"{self.root}/{path}").st_mtime_ns
        return found

    def _inner(self, outer: str) -> list[str]:
        with suppress(OSError), os.scandir(f"{self.root}/{outer}") as entries:
            names = [e.name for e in entries if e.name[0] != "." and e.is_dir(follow_symlinks=False)]
            return [f"{outer}/{name}" if outer else name for name in sorted(names)]
        return []

    def links(self, folder: str) -> list[str]:
        """The links in one of those, which are not followed; relative to the root."""
        with suppress(OSError), os.scandir(f"{self.root}/{folder}") as entries:
            links = [entry.name for entry in entries if entry.is_symlink() and entry.name[0] != "."]
            return [f"{folder}/{name}" if folder else name for name in sorted(links)]
        return []

    def _opened(self, relative: str) -> io.FileIO | None:
        path = self.root / relative
        try:
            if path.parent.resolve() != path.parent:
                return None
            # without waiting, or a pipe in the place of a file would hold us for ever
            flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
            descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
        except (OSError, ValueError):
            return None
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            return io.FileIO(descriptor, "r")
        os.close(descriptor)
        return None
