"""Files as they are opened: never more of them than is sound, unpacked, those of many records in portions."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from newsexport import plugins
from newsexport.errors import SourceError
from newsexport.protocols import ReadsInPortions, Resource

# Bytes of a file that is read whole. What reads it has less memory than three times that.
LARGEST = 200_000_000

# Bytes after which it is asked whether a file can be read in portions.
LITTLE = 1_000_000

# What a compressed file begins with.
GZIP = b"\x1f\x8b\x08"

# Text shrinks to a twentieth, letters that are all alike to a three-hundredth, zeros to a thousandth.
RATIO, HARMLESS = 500, 20_000_000
MOST_MEMBERS = 10_000
CHUNK = 65_536

# What is longer is handed on in pieces.
LONGEST_LINE = 20_000_000


def opened(resource: Resource, file: BinaryIO, largest: int = LARGEST) -> Iterator[Resource | SourceError]:
    """The resource with what is in its file: whole, or portion by portion where its source reads it so.

    What is read whole has at most `largest` bytes.

    Raises:
        SourceError: it is empty, damaged, too large, or compressed beyond what is honest.
    """
    start = file.read(CHUNK)
    if not start:
        raise SourceError(resource.reference, "is empty")
    if start.startswith(GZIP):
        file = _inflating(start, file, resource.reference)
        start = file.read(CHUNK)
    if len(start) == CHUNK:
        start += file.read(LITTLE - CHUNK)
    if len(start) == LITTLE:
        portions = _portions(replace(resource, data=start), file)
        if portions is not None:
            yield from portions
            return
        start += file.read(max(largest + 1 - LITTLE, 0))
    yield replace(resource, data=_bounded(start, resource.reference, largest))


def unpacked(resource: Resource) -> Resource:
    """The resource, what was compressed (gzip) as it was before. Raises `SourceError`."""
    if not resource.data.startswith(GZIP):
        return resource
    data = _inflating(b"", io.BytesIO(resource.data), resource.reference).read(LARGEST + 1)
    return replace(resource, data=_bounded(data, resource.reference, LARGEST))


def _inflating(start: bytes, file: BinaryIO, reference: str) -> BinaryIO:
    return io.BufferedReader(_Inflated(start, file, reference), 4 * CHUNK)


def _bounded(data: bytes, reference: str, largest: int) -> bytes:
    if len(data) > largest:
        raise SourceError(reference, f"is larger than {largest // 1_000_000} MB")
    return data


def _portions(beginning: Resource, rest: BinaryIO) -> Iterator[Resource | SourceError] | None:
    try:
        source, _ = plugins.surest(plugins.sources.made({}).values(), beginning)
    except SourceError:
        return None
    lines = _lines(beginning.data, rest)
    return source.portions(beginning, lines) if isinstance(source, ReadsInPortions) else None


def _lines(start: bytes, rest: BinaryIO) -> Iterator[bytes]:
    """The lines of what begins so, with their ends."""
    for line in io.BytesIO(start):
        whole = line.endswith(b"\n")
        yield line if whole else line + rest.readline(LONGEST_LINE)
    while line := rest.readline(LONGEST_LINE):
        yield line


class _Inflated(io.RawIOBase):
    """What was compressed in a file that begins so, as it comes (RFC 1952). Reading raises `SourceError`."""

    def __init__(self, start: bytes, file: BinaryIO, reference: str) -> None:
        self._file = file
        self._reference = reference
        self._ahead = start
        self._taken, self._given, self._members = len(start), 0, 1
        self._inflate = zlib.decompressobj(wbits=31)
        self._done = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # takes any buffer
        """Fill as much of the buffer as there is at hand; 0 at the end."""
        data = b""
        while not data and not self._done:
            data = self._next(len(buffer))
        self._given += len(data)
        if self._given > HARMLESS and self._given > RATIO * self._taken:
            raise self._wrong("is compressed beyond what is honest")
        buffer[: len(data)] = data
        return len(data)

    def _next(self, most: int) -> bytes:
        """So many bytes at most; none also where a member ends, behind which there may be another."""
        if len(self._ahead) < len(GZIP):
            more = self._file.read(CHUNK)
            self._taken += len(more)
            self._ahead += more
        if self._inflate.eof:
            self._begin_another()
            return b""
        if not self._ahead:
            raise self._wrong("is gzip data that breaks off")
        try:
            data = self._inflate.decompress(self._ahead, most)
        except zlib.error as error:
            raise self._wrong("is damaged gzip data") from error
        self._ahead = self._inflate.unconsumed_tail or self._inflate.unused_data
        return data

    def _begin_another(self) -> None:
        """Begin the next member; what follows the last is padding."""
        self._done = not self._ahead.startswith(GZIP)
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise self._wrong(f"is gzip data of more than {MOST_MEMBERS} members")
        self._inflate = zlib.decompressobj(wbits=31)

    def _wrong(self, reason: str) -> SourceError:
        return SourceError(self._reference, reason)
