"""The whole tool in three verbs: collect articles, arrange an edition, export it."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

from newsexport import plugins
from newsexport.errors import NothingToExportError, SourceError
from newsexport.events import Advanced, Finished, Lost, Noted, Report, Started, Wrote
from newsexport.job import Job
from newsexport.model import Article, Edition, Section, figures, plain_blocks, word_count
from newsexport.protocols import Exporter, ReadsEditions, Resource, Source
from newsexport.sources.language import detect
from newsexport.sources.pictures import why_missing
from newsexport.sources.references import files, resources
from newsexport.staging import staged

READING = "reading"

# The title of an edition of several articles that was given none.
UNTITLED = "News"

# Given to articles that name no section when others of the edition do.
UNSECTIONED = "News"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What the user asks of an edition.

    What is empty is taken from the saved edition that the articles are, or from the
    articles; an edition that has no date is of `today`.
    """

    today: date
    issued: date | None = None
    title: str = ""
    language: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Collected:
    """Articles that were read, and the saved edition they are, if they are one."""

    articles: tuple[Article, ...]
    edition: Edition | None = None


def collect(references: Sequence[str], report: Report, stdin: BinaryIO | None = None) -> Collected:
    """Read every article the references lead to.

    What cannot be read is reported as `Lost` and the rest is read on.

    Raises:
        NothingToExportError: not one article was found.
    """
    report(Started(READING))
    articles: dict[str, Article] = {}
    editions = []
    for one in _each(references, report, stdin or sys.stdin.buffer):
        editions.append(one.edition)
        for article in one.articles:
            twin = articles.setdefault(article.id, article)
            if twin is not article:
                report(Noted(f"{article.reference}: the same article as {twin.reference}, taken once"))
            report(Advanced(READING))
    report(Finished(READING))
    if not articles:
        raise NothingToExportError("nothing to export: no article could be read")
    return Collected(tuple(articles.values()), editions[0] if len(editions) == 1 else None)


def _each(references: Sequence[str], report: Report, stdin: BinaryIO) -> Iterator[Collected]:
    """What each resource holds, one after the other."""
    readers = [make() for make in plugins.sources.values()]
    for resource in resources(references, stdin):
        if isinstance(resource, SourceError):
            report(Lost(resource.reference, resource.reason))
            continue
        try:
            one = _read(resource, readers)
        except SourceError as error:
            report(Lost(error.reference, error.reason))
            continue
        for article in one.articles:
            _report_missing_pictures(article, resource, report)
        yield one


def _read(resource: Resource, readers: Sequence[Source]) -> Collected:
    sureness, reader = max(
        ((reader.accepts(resource), reader) for reader in readers), key=lambda choice: choice[0]
    )
    if sureness <= 0:
        raise SourceError(resource.reference, "no source reads this kind of file")
    articles = tuple(
        replace(article, section=resource.section) if resource.section and not article.section else article
        for article in reader.read(resource, files)
    )
    return Collected(articles, reader.edition(resource) if isinstance(reader, ReadsEditions) else None)


def _report_missing_pictures(article: Article, resource: Resource, report: Report) -> None:
    for figure in figures(article):
        if article.picture(figure.media) is None:
            reason = why_missing(figure.media, resource, files)
            report(Lost(article.reference, f"picture {figure.media}: {reason}", whole=False))


def arrange(collected: Collected, arrangement: Arrangement) -> Edition:
    """Put articles into sections, in the order in which each section is first named.

    Languages that articles do not give are detected, with the arrangement's as the
    fall-back; the edition's own is the one most of its words are in.
    """
    settled = [_settle(article, arrangement) for article in collected.articles]
    saved = collected.edition
    sections: dict[str, list[Article]] = {}
    for article in settled:
        sections.setdefault(article.section, []).append(article)
    if len(sections) > 1 and "" in sections:
        sections = {title or UNSECTIONED: inside for title, inside in sections.items()}
    return Edition(
        title=arrangement.title or (saved.title if saved else "") or _title(settled),
        issued=arrangement.issued or (saved.issued if saved else arrangement.today),
        language=arrangement.language or (saved.language if saved else "") or _main_language(settled),
        sections=tuple(Section(title, tuple(inside)) for title, inside in sections.items()),
    )


def _title(articles: Sequence[Article]) -> str:
    return articles[0].title if len(articles) == 1 else UNTITLED


def _settle(article: Article, arrangement: Arrangement) -> Article:
    language = article.language or detect(
        " ".join((article.title, article.standfirst, *plain_blocks(article.body))),
        arrangement.language or "en",
    )
    return replace(article, language=language, section=arrangement.section or article.section)


def _main_language(articles: Sequence[Article]) -> str:
    words: Counter[str] = Counter()
    for article in articles:
        words[article.language] += word_count(article)
    return words.most_common(1)[0][0]


def export(edition: Edition, exporter: Exporter, destination: Path, job: Job) -> Wrote:
    """Write the edition to `destination`, which then is the new file, whole, or the old one.

    Raises:
        OutputError: the file system refuses.
        NewsExportError: what the exporter raises.
    """
    with staged(destination) as draft:
        replaced = destination.exists()
        exporter.write(edition, draft, job)
    wrote = Wrote(destination, replaced)
    job.report(wrote)
    return wrote


def default_name(edition: Edition, suffix: str) -> str:
    """``title-2026-11-23.epub``: letters and digits of any script, safe on every file system.

    At most 120 bytes of title are kept, because names are limited to 255 bytes and a
    letter may take four.
    """
    words = re.findall(r"\w+", unicodedata.normalize("NFC", edition.title).lower())
    stem = "-".join(words).encode()[:120].decode(errors="ignore").strip("-_")
    return f"{stem or 'edition'}-{edition.issued.isoformat()}{suffix}"
