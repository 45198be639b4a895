"""Files of many records, some at a time, so that their size does not matter: mailboxes and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from newsexport.errors import SourceError
from newsexport.protocols import Resource

# Bytes of records that are read at a time.
PORTION = 1_000_000

LARGEST_MESSAGE, LARGEST_ROW = 100_000_000, 20_000_000
SEPARATOR = re.compile(rb"From \S+.*\d{4}\s*\Z")


def in_portions(
    beginning: Resource, records: Iterable[tuple[int, bytes] | SourceError], head: bytes = b""
) -> Iterator[Resource | SourceError]:
    """Records, each with how many it counts for, as resources of about a megabyte with the same head."""
    run: list[bytes] = []
    before = count = size = 0
    for record in records:
        lost = isinstance(record, SourceError)
        if run and (lost or size >= PORTION):
            yield replace(beginning, data=head + b"".join(run), before=before)
            run, before, size = [], count, 0
        if isinstance(record, SourceError):
            yield record
            before = count = count + 1
        else:
            run.append(record[1])
            count += record[0]
            size += len(record[1])
    if run:
        yield replace(beginning, data=head + b"".join(run), before=before)


def messages_of(lines: Iterable[bytes], reference: str) -> Iterator[tuple[int, bytes] | SourceError]:
    """Every message of a mailbox with the line that separates it; of one that is too large, that it is."""
    message: list[bytes] = []
    number, size, blank = 0, 0, True
    for line in lines:
        if blank and line.startswith(b"From ") and SEPARATOR.match(line):
            if message:
                yield 1, b"".join(message)
            message, size, number = [], 0, number + 1
        size += len(line)
        if size <= LARGEST_MESSAGE:
            message.append(line)
        elif message:
            message = []
            reason = f"is larger than {LARGEST_MESSAGE // 1_000_000} MB"
            yield SourceError(f"{reference} › message {number}", reason)
        blank = line in {b"\n", b"\r\n"}
    if message:
        yield 1, b"".join(message)


def rows_of(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Rows of a table with the number of their lines: a field in quotation marks may have several."""
    row: list[bytes] = []
    size, quoted = 0, False
    for line in lines:
        row.append(line)
        size += len(line)
        quoted ^= line.count(b'"') % 2 == 1
        if not quoted or size > LARGEST_ROW:  # nobody closes that quotation
            yield len(row), b"".join(row)
            row, size, quoted = [], 0, False
    if row:
        yield len(row), b"".join(row)
