"""Zip and XML from anywhere, read without believing them.

An archive may claim small sizes and unpack to terabytes, and an XML document may define
entities that do; both are refused before they can.
"""

from __future__ import annotations

import posixpath
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from newsexport.verify.finding import UnreadableError

# More than any edition needs, less than any machine has.
LARGEST_MEMBER = 100_000_000
LARGEST_ARCHIVE = 2_000_000_000
# All that zipfile raises for a damaged or an encrypted member; NotImplementedError is a RuntimeError.
UNPACKING_ERRORS = (BadZipFile, KeyError, OSError, EOFError, zlib.error, RuntimeError)


class Archive:
    """A zip file whose members are read with a limit on their size.

    Raises:
        UnreadableError: it is no zip file.
    """

    def __init__(self, path: Path) -> None:
        try:
            self.zip = ZipFile(path)
        except (BadZipFile, ValueError, struct.error) as error:
            raise UnreadableError(f"not a readable zip file: {error}") from error
        self.names = frozenset(info.filename for info in self.zip.infolist() if not info.is_dir())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.zip.close()

    def read(self, name: str) -> bytes:
        """A member's bytes, their checksum checked. Raises `UnreadableError`."""
        try:
            with self.zip.open(name) as member:
                data = member.read(LARGEST_MEMBER + 1)
        except UNPACKING_ERRORS as error:
            raise UnreadableError(f"{name}: cannot be unpacked: {error}") from error
        if len(data) > LARGEST_MEMBER:
            raise UnreadableError(f"{name}: unpacks to more than {LARGEST_MEMBER // 1_000_000} MB")
        return data

    def faults(self) -> Iterator[str]:
        """What is wrong with it as a container (EPUB 3.3, section 4.2)."""
        infos = self.zip.infolist()
        yield from _first_faults(self, infos)
        if len({info.filename for info in infos}) < len(infos):
            yield "two of its files have the same name"
        if sum(info.file_size for info in infos) > LARGEST_ARCHIVE:
            yield f"it unpacks to more than {LARGEST_ARCHIVE // 1_000_000} MB"
            return
        for info in infos:
            yield from self._member_faults(info)

    def _member_faults(self, info: ZipInfo) -> Iterator[str]:
        name = info.filename
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            yield f"{name}: points outside of the book"
        if info.flag_bits & 1:
            yield f"{name}: is encrypted"
        elif info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            yield f"{name}: is compressed in a way readers do not know"
        elif not info.is_dir():
            try:
                self.read(name)
            except UnreadableError as error:
                yield str(error)


def _first_faults(archive: Archive, infos: list[ZipInfo]) -> Iterator[str]:
    """The first file must be `mimetype`, stored as it is, so that byte 38 tells what this is."""
    first = min(infos, key=lambda info: info.header_offset, default=None)
    if first is None or first.filename != "mimetype":
        yield "its first file is not mimetype"
        return
    if first.compress_type != ZIP_STORED or first.header_offset or first.extra:
        yield "its mimetype is not stored plainly at the start"
    if archive.read("mimetype") != b"application/epub+zip":
        yield "its mimetype is not application/epub+zip"


def parse(data: bytes) -> Element:
    """A document's root.

    Raises:
        UnreadableError: it is not well-formed, or defines entities of its own, which no
            book needs and which can be made to unpack to any size.
    """
    try:
        _refuse_entities(data)
        return fromstring(data)  # noqa: S314 - definitions of entities were just refused
    except UnreadableError:
        raise
    except (ParseError, expat.ExpatError, LookupError, ValueError) as error:
        raise UnreadableError(f"not well-formed: {error}") from error


def _refuse_entities(data: bytes) -> None:
    parser = expat.ParserCreate()

    def doctype(_name: str, _system: str | None, _public: str | None, internal: int) -> None:
        if internal:
            raise UnreadableError("its DOCTYPE defines things of its own")

    parser.StartDoctypeDeclHandler = doctype
    parser.Parse(data, True)  # noqa: FBT003 - the name of the argument is not part of expat's interface


def resolved(base: str, href: str) -> str:
    """The name in the archive that a relative address in the file `base` means."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), href))
