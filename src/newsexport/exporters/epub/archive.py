"""The zip that a book is: members pressed anywhere, written one after the other.

`zipfile` writes the headers. It has no call for data that was deflated before, in a
worker, so a member's data are put between its header and the directory here.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

# What is compressed already is stored: it would only cost time.
STORED = (".jpg", ".png", "mimetype")


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a zip as it will lie there; `size` and `checksum` are those of the bytes it was made of."""

    name: str
    data: bytes = field(repr=False)
    size: int
    checksum: int
    deflated: bool


def pressed(name: str, data: bytes) -> Member:
    """The member of that name. The same bytes give the same member, with any one build of zlib."""
    if name.endswith(STORED):
        return Member(name, data, len(data), zlib.crc32(data), deflated=False)
    press = zlib.compressobj(6, zlib.DEFLATED, -15)  # raw, as a zip has it
    return Member(name, press.compress(data) + press.flush(), len(data), zlib.crc32(data), deflated=True)


class Archive:
    """A zip being written, in which nothing depends on the day, the machine or the user."""

    def __init__(self, path: Path) -> None:
        self.zip = ZipFile(path, "w")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.zip.close()

    def add(self, member: Member) -> None:
        """Write a member. Raises `OSError`."""
        entry = ZipInfo(member.name)  # dated 1 January 1980, the first day a zip can tell
        entry.create_system = 3  # Unix, wherever it was made
        entry.external_attr = 0o100644 << 16
        entry.compress_type = ZIP_DEFLATED if member.deflated else ZIP_STORED
        entry.CRC, entry.file_size, entry.compress_size = member.checksum, member.size, len(member.data)
        out = self.zip.fp
        if out is None:
            raise ValueError("the archive is closed")
        out.seek(self.zip.start_dir)
        entry.header_offset = out.tell()
        out.write(entry.FileHeader())
        out.write(member.data)
        self.zip.filelist.append(entry)
        self.zip.NameToInfo[entry.filename] = entry
        self.zip.start_dir = out.tell()
        self.zip._didModify = True  # type: ignore[attr-defined]  # noqa: SLF001 - has `close` write the directory
