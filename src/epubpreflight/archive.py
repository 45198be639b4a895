"""The zip file of a book, read without believing it.

An archive may claim small sizes and unpack to terabytes; what does is refused before it can.
"""

from __future__ import annotations

import struct
import unicodedata
import zlib
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

# More than any edition needs, less than any machine has.
LARGEST_MEMBER = 100_000_000
LARGEST_ARCHIVE = 2_000_000_000
# All that zipfile raises for a damaged or an encrypted member; NotImplementedError is a RuntimeError.
UNPACKING_ERRORS = (
    BadZipFile,
    KeyError,
    OSError,
    EOFError,
    zlib.error,
    RuntimeError,
    ValueError,
    struct.error,
)
# And for an archive whose directory is damaged, UnicodeDecodeError being a ValueError.
OPENING_ERRORS = (BadZipFile, ValueError, struct.error, EOFError, OverflowError, NotImplementedError)


class UnreadableError(ValueError):
    """Nothing more of the file can be read."""


class Archive:
    """A zip file whose members are read with a limit on their size; `name` is its own, if it has one.

    Raises:
        UnreadableError: it is no zip file.
        OSError: the file cannot be read.
    """

    def __init__(self, book: Path | str | bytes) -> None:
        self.book = Path(book) if isinstance(book, str) else book
        self.name = self.book.name if isinstance(self.book, Path) else ""
        self.misnamed = False
        try:
            self.zip = self._opened(self.book)
        except OPENING_ERRORS as error:
            raise UnreadableError(f"not a readable zip file: {error}") from error
        self.members = self.zip.infolist()
        self.by_name = {
            unicodedata.normalize("NFC", info.filename): info
            for info in reversed(self.members)
            if not info.is_dir()
        }
        self.names = frozenset(self.by_name)

    def _opened(self, book: Path | bytes) -> ZipFile:
        """Names without a mark of their encoding are read as UTF-8, which books have to use."""
        file = BytesIO(book) if isinstance(book, bytes) else book
        try:
            return ZipFile(file, metadata_encoding="utf-8")
        except UnicodeDecodeError:
            self.misnamed = True
            return ZipFile(file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.zip.close()

    def open(self) -> BinaryIO:
        """The bytes of the zip file itself."""
        return BytesIO(self.book) if isinstance(self.book, bytes) else self.book.open("rb")

    def read(self, name: str | ZipInfo) -> bytes:
        """A member's bytes, their checksum checked. Raises `UnreadableError`."""
        shown = name.filename if isinstance(name, ZipInfo) else name
        try:
            with self.zip.open(name if isinstance(name, ZipInfo) else self.by_name[name]) as member:
                data = member.read(LARGEST_MEMBER + 1)
        except UNPACKING_ERRORS as error:
            raise UnreadableError(f"{shown}: cannot be unpacked: {error}") from error
        if len(data) > LARGEST_MEMBER:
            raise UnreadableError(f"{shown}: unpacks to more than {LARGEST_MEMBER // 1_000_000} MB")
        return data

    def size(self, name: str) -> int:
        """How many bytes a member says it has."""
        return self.by_name[name].file_size if name in self.names else 0

    @property
    def outsized(self) -> bool:
        """Whether all of it together would unpack to more than is reasonable."""
        return sum(info.file_size for info in self.members) > LARGEST_ARCHIVE


def unusually_compressed(info: ZipInfo) -> bool:
    """Whether the file is compressed in a way that readers need not know (EPUB 3.3, section 4.2.4)."""
    return info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}
