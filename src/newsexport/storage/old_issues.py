"""The issues of a paper that lie in a folder, and which of them are old enough to go.

A daily paper delivered to a mounted e-reader or a synced folder would fill it within a
season. An issue says in its own package document what it belongs to, so nothing needs to
be remembered between runs, and a folder can be tidied whoever filled it. Whatever is not
certainly an older issue of the same paper made by newsexport stays: a folder of books is
somebody's library.
"""

from __future__ import annotations

import os
import re
import stat
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import IO, Any

from newsexport.errors import UsageError
from newsexport.events import Noted, Omitted, Report
from newsexport.storage.atomic import file_errors

GENERATOR = "newsexport"
SUFFIX = ".epub"  # that of .kepub.epub too

# Most bytes read of a list of contents of a zip, and of a document in it: several times
# those of an edition of 10,000 articles.
LONGEST_DIRECTORY = 4_000_000
LONGEST_DOCUMENT = 8_000_000
MOST_ELEMENTS = 1_000

# APPNOTE.TXT, sections 4.3.15 and 4.3.16: what a zip without a comment ends with.
END, END_LENGTH = b"PK\x05\x06", 22
ZIP64_LOCATOR, LOCATOR_LENGTH = b"PK\x06\x07", 20

CONTAINER = "META-INF/container.xml"
ROOT_FILE = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
META = "{http://www.idpf.org/2007/opf}meta"

# The date of an issue, and the number of a part of it, if there are several.
PLACE = re.compile(r"([0-9]{1,4})\.([0-9]{1,2})\.([0-9]{1,2})(?:\.[0-9]{1,4})?", re.ASCII)

# Why an issue goes, to be read behind a number.
OLD = "removed: only the newest are kept (keep)"

# Everything that reading a file which only looks like a book may end with.
UNREADABLE = (
    OSError,
    EOFError,
    LookupError,
    ValueError,
    OverflowError,
    RuntimeError,  # encrypted; NotImplementedError, an unknown compression, is one too
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,  # which lxml's is
)


@dataclass(frozen=True, slots=True)
class OldIssue:
    """A file that is an issue of a paper, or one part of it."""

    path: Path
    series: str
    issued: date


def expire(
    folder: Path,
    series: str,
    keep: int,
    report: Report,
    delivered: date | None = None,
    today: date = date.max,
) -> None:
    """Remove the issues of a series from a folder, all but those of its newest `keep` dates.

    Looks at files directly in the folder whose names end in ``.epub``, and reports every
    one it removes, or fails to. `delivered`, the date of an issue just put there, stays
    even where it is an old one made again. Dates later than that and `today`, which a clock that was
    wrong may have given, are not counted, and their issues stay.

    Raises:
        UsageError: `keep` is less than 1.
        OutputError: the folder cannot be listed.
    """
    found = (issue for issue in issues_in(folder) if issue.series == series)
    for issue in expired(found, keep, delivered, today):
        # Looked at again, as another program may have put a book in its place meanwhile.
        if issue_at(issue.path) != issue:
            continue
        try:
            issue.path.unlink()
        except OSError as error:
            report(Noted(f"could not remove the old issue {issue.path.name}: {error.strerror}"))
        else:
            report(Omitted(issue.path.name, OLD, "issue"))


def expired(
    issues: Iterable[OldIssue], keep: int, delivered: date | None = None, today: date = date.max
) -> tuple[OldIssue, ...]:
    """The issues older than the newest `keep` dates of their series, but for `delivered`.

    All files of one date are one issue: its parts, or copies under other names. Of dates later than
    both `delivered` and `today` none is counted, and all stay.

    Raises:
        UsageError: `keep` is less than 1.
    """
    if keep < 1:
        raise UsageError("at least one issue must be kept")
    known = max(today, delivered or date.min)
    shelf = defaultdict(list)
    for issue in issues:
        shelf[issue.series].append(issue)
    return tuple(
        issue
        for row in shelf.values()
        for issue in row
        if issue.issued <= known
        and issue.issued not in _newest(row, keep, known)
        and issue.issued != delivered
    )


def _newest(row: list[OldIssue], keep: int, today: date) -> list[date]:
    return sorted({issue.issued for issue in row if issue.issued <= today}, reverse=True)[:keep]


def issues_in(folder: Path) -> Iterator[OldIssue]:
    """The issues directly in a folder, by name. Raises `OutputError`."""
    with file_errors(folder):
        paths = sorted(path for path in folder.iterdir() if path.name.lower().endswith(SUFFIX))
    yield from filter(None, map(issue_at, paths))


def issue_at(path: Path) -> OldIssue | None:
    """The issue in a file; None for anything else, be it broken, hostile or no file at all."""
    try:
        with _opened(path) as file:
            said = _said(file)
    except UNREADABLE:
        return None
    return OldIssue(path, *said) if said else None


def _opened(path: Path) -> IO[bytes]:
    """The file, if it is one: no link, and nothing that blocks until somebody writes to it."""
    flags = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))
    if path.is_symlink():  # for systems without O_NOFOLLOW
        raise OSError("is a link")
    descriptor = os.open(path, os.O_RDONLY | flags)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError("is no file")
    return os.fdopen(descriptor, "rb")


def _said(file: IO[bytes]) -> tuple[str, date] | None:
    """The series and the date that a book gives, if newsexport made it."""
    if not _modest(file):
        return None
    with zipfile.ZipFile(file) as book:
        places = _elements(_document(book, CONTAINER), ROOT_FILE)
        package = _document(book, places[0].attrib["full-path"])
    return _series(_elements(package, META))


def _modest(file: IO[bytes]) -> bool:
    """Whether the zip's list of contents is of a size that an edition of ours could have.

    The list is read whole when a zip is opened, however long it says it is. Ours have
    neither a comment nor the larger records of ZIP64.
    """
    file.seek(-END_LENGTH - LOCATOR_LENGTH, os.SEEK_END)
    tail = file.read()
    end = tail[LOCATOR_LENGTH:]
    length = int.from_bytes(end[12:16], "little")
    return end.startswith(END) and not tail.startswith(ZIP64_LOCATOR) and length <= LONGEST_DIRECTORY


def _document(book: zipfile.ZipFile, name: str) -> bytes:
    """A document of the book, which must be of a modest size."""
    entry = book.getinfo(name)
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise ValueError("is compressed in a way of its own")
    with book.open(entry) as document:
        data = document.read(LONGEST_DOCUMENT + 1)
    if len(data) > LONGEST_DOCUMENT:
        raise ValueError("is longer than any of ours")
    return data


def _elements(document: bytes, name: str) -> list[Any]:
    """The elements of a name; a document type, and its entities, are refused."""
    from lxml import etree  # noqa: PLC0415 - few runs tidy a folder of books

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root: Any = etree.fromstring(document, parser)
    if root.getroottree().docinfo.doctype:
        raise ValueError("declares a document type")
    found = list(islice(root.iter(name), MOST_ELEMENTS + 1))
    if len(found) > MOST_ELEMENTS:
        raise ValueError("says more than any of ours")
    return found


def _series(metas: list[Any]) -> tuple[str, date] | None:
    """The collection of the kind ``series``, and the date that is the place in it (EPUB 3.3, section D.3)."""
    said = {(meta.get("refines"), meta.get("property")): (meta.text or "").strip() for meta in metas}
    ours = any(
        meta.get("name") == "generator" and meta.get("content", "").split()[:1] == [GENERATOR]
        for meta in metas
    )
    for meta in metas if ours else ():
        about = f"#{meta.get('id')}"
        if (
            meta.get("property") == "belongs-to-collection"
            and said.get((about, "collection-type")) == "series"
            and (place := PLACE.fullmatch(said.get((about, "group-position"), "")))
        ):
            year, month, day = map(int, place.groups())
            return (meta.text or "").strip(), date(year, month, day)
    return None
