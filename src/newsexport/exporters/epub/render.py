"""Articles to members of the zip: set, inspected and pressed, some at a time, in any process.

What comes back is bytes and what the contents must know of them; the articles, their
pages and the templates stay in the worker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TypeAlias

from epubpreflight import CheckedPage, Severity, check_page
from newsexport.errors import ExportError
from newsexport.exporters.epub.archive import Member, pressed
from newsexport.exporters.epub.articles import RenderJob, pages
from newsexport.exporters.epub.contents import FOLDER
from newsexport.exporters.epub.kepub import kepub_page
from newsexport.exporters.epub.pages import Book
from newsexport.exporters.epub.pagination import measure
from newsexport.model import Article, Paragraph, Span, plain_blocks
from newsexport.work.containment import contained

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
