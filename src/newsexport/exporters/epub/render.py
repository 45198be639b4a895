"""Articles to members of the zip: set, inspected and pressed, some at a time, in any process.

What comes back is bytes and what the contents must know of them; the articles, their
pages and the templates stay in the worker.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Self, TypeAlias
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from epubpreflight import CheckedPage, Severity, check_page
from newsexport.errors import ExportError
from newsexport.exporters.epub.articles import RenderJob, pages
from newsexport.exporters.epub.contents import FOLDER
from newsexport.exporters.epub.kepub import kepub_page
from newsexport.exporters.epub.pages import Book, environment
from newsexport.exporters.epub.pagination import measure
from newsexport.model import Article, Paragraph, Span, plain_blocks
from newsexport.work.containment import contained

# The zip that a book is: members pressed anywhere, written one after the other.
#
# `zipfile` writes the headers. It has no call for data that was deflated before, in a
# worker, so a member's data are put between its header and the directory here.

# What is compressed already is stored: it would only cost time.
STORED = (".jpg", ".png", ".mp3", "mimetype")


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


PAGE = ".xhtml"

# Bytes of articles that are worth a trip to a worker, and how many articles that is at the most.
BATCH_WEIGHT, BATCH_ARTICLES = 100_000, 32


Inspect: TypeAlias = Callable[[str, bytes], CheckedPage]


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles that follow each other, and the book they are for."""

    tasks: tuple[RenderJob, ...]
    book: Book


@dataclass(frozen=True, slots=True)
class Printed:
    """The pages of one article. `fault` is why it could not be set as it is, when it could not.

    `shown` is how many times they show a picture, `hidden` how many times they would have, set as it is.
    """

    members: tuple[Member, ...]
    inspected: tuple[CheckedPage, ...]
    fault: str = ""
    whole: bool = False
    shown: int = 0
    hidden: int = 0

    @property
    def told(self) -> str:
        """What became of the article and why, for people."""
        return f"{'left out of the book' if self.whole else 'set without its form'}: {self.fault}"


def batches(tasks: Iterable[RenderJob], book: Book) -> Iterator[Batch]:
    """The articles in batches of about the same weight."""
    run: list[RenderJob] = []
    weight = 0
    for task in tasks:
        run.append(task)
        weight += task.neighbours.entry.weight
        if weight >= BATCH_WEIGHT or len(run) == BATCH_ARTICLES:
            yield Batch(tuple(run), book)
            run, weight = [], 0
    if run:
        yield Batch(tuple(run), book)


def warm_up(_: None) -> None:
    """Load what articles are set with, which takes longer than to set a hundred."""
    environment(None).get_template("article.xhtml")


def print_batch(batch: Batch) -> tuple[Printed, ...]:
    """Print each article of a batch."""
    return tuple(print_article(task, batch.book) for task in batch.tasks)


def print_article(task: RenderJob, book: Book, inspect: Inspect = check_page) -> Printed:
    """The article as it is; when a page of it would not be sound, more and more plainly.

    First our own templates take the place of the user's, then its text alone stands for
    the article, and at last a page that says it is missing, so that no link leads nowhere.
    """
    fault = ""
    for attempt, in_book in _attempts(task, book):
        try:
            with contained(ExportError):
                printed = _printed(attempt, in_book, inspect)
        except ExportError as error:
            fault = fault or str(error)
            continue
        reason = refused(printed.inspected)
        if not reason:
            return replace(printed, fault=fault, hidden=task.shown - printed.shown) if fault else printed
        fault = fault or reason
    missing = _as_text(replace(task, article=replace(task.article, body=(), standfirst="")))
    return replace(
        _printed(missing, replace(book, templates=None), inspect), fault=fault, whole=True, hidden=task.shown
    )


def _attempts(task: RenderJob, book: Book) -> Iterator[tuple[RenderJob, Book]]:
    yield task, book
    ours = replace(book, templates=None)
    if book.templates is not None:
        yield task, ours
    yield _as_text(task), ours


def _printed(task: RenderJob, book: Book, inspect: Inspect) -> Printed:
    """Set, inspect, press. Raises `UsageError` when a user's template fails."""
    members: list[Member] = []
    inspected: list[CheckedPage] = []
    for file, data in pages(task, book):
        name = f"{FOLDER}/{file}"
        if file.endswith(PAGE):
            made = finished(data, book)
            inspected.append(inspect(name, made))
            members.append(pressed(name, made))
        else:
            members.append(pressed(name, data))
    return Printed(tuple(members), tuple(inspected), shown=task.shown)


def finished(page: bytes, book: Book) -> bytes:
    """The page in the form its device reads; one that is not well-formed stays as it is, to be refused."""
    with suppress(ExportError):
        return kepub_page(page) if book.kepub else page
    return page


def refused(inspected: Iterable[CheckedPage]) -> str:
    """The first reason for which a shop would refuse one of the pages, or nothing."""
    faults = (fault for page in inspected for fault in page.faults)
    return next((fault.message for fault in faults if fault.severity is Severity.REFUSED), "")


def _as_text(task: RenderJob) -> RenderJob:
    """The words of an article and nothing else."""
    article = _text_of(task.article)
    entry = replace(task.neighbours.entry, measured=measure(article.body))
    return replace(task, article=article, neighbours=replace(task.neighbours, entry=entry))


def _text_of(article: Article) -> Article:
    """The words of an article and nothing else."""
    body = tuple(Paragraph((Span(text),)) for text in plain_blocks(article.body))
    return replace(article, body=body, lead=None, media=(), notes=(), also_in=())
