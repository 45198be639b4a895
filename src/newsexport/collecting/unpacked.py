"""An export that somebody unpacked: its folder as the archive it was, so that its files are read together."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Iterator, Sequence

from newsexport.errors import SourceError
from newsexport.sources.exports import METADATA, PART

# What lies beside the tables of an export, and says that a folder is one.
OMNIVORE = frozenset(("content", "highlights"))
POCKET = frozenset(("annotations", "collections"))

MOST_FILES = 10_000
LARGEST = 200_000_000


def is_export(names: Sequence[str], folders: Sequence[str]) -> bool:
    """Whether the names in a folder are those of an export that was an archive."""
    return (any(map(METADATA.search, names)) and not OMNIVORE.isdisjoint(folders)) or (
        any(map(PART.search, names)) and not POCKET.isdisjoint(folders)
    )


def packed(folder: str, read: Callable[[str], bytes]) -> tuple[bytes, list[SourceError]]:
    """The files of a folder as a ZIP, by their names below it, and why some are not in it; `read` opens one.

    Raises:
        SourceError: they are too large together.
    """
    data = io.BytesIO()
    left, errors = LARGEST, list[SourceError]()
    with zipfile.ZipFile(data, "w") as archive:
        for name, _ in zip(_below(folder), range(MOST_FILES), strict=False):
            try:
                content = read(name)
            except SourceError as error:
                errors.append(error)
                continue
            left -= len(content)
            if left < 0:
                raise SourceError(folder, f"is an export of more than {LARGEST // 1_000_000} MB")
            archive.writestr(zipfile.ZipInfo(name.replace(os.sep, "/")), content)
    return data.getvalue(), errors


def _below(folder: str) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if not name.startswith("."):
                yield os.path.relpath(os.path.join(place, name), folder)  # noqa: PTH118 - as typed
