"""The whole tool in three verbs: collect articles, arrange an edition, export it."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

from newsexport import plugins
from newsexport.errors import NothingToExportError, SourceError
from newsexport.events import Advanced, Finished, Lost, Noted, Report, Started, Wrote
from newsexport.job import Job
from newsexport.model import Article, Edition, Section, plain_blocks, word_count
from newsexport.protocols import Exporter, Resource, Source
from newsexport.sources.language import detect
from newsexport.sources.references import files, resources
from newsexport.staging import staged

READING = "reading"

# Given to articles that name no section when others of the edition do.
UNSECTIONED = "News"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What the user asks of an edition; what is empty is taken from the articles."""

    issued: date
    title: str = ""
    language: str = ""
    section: str = ""


def collect(references: Sequence[str], report: Report, stdin: BinaryIO | None = None) -> tuple[Article, ...]:
    """Read every article the references lead to.

    What cannot be read is reported as `Lost` and the rest is read on.

    Raises:
        NothingToExportError: not one article was found.
    """
    report(Started(READING))
    readers = {name: make() for name, make in plugins.sources.items()}
    articles: dict[str, Article] = {}
    for article in _articles(references, readers, report, stdin or sys.stdin.buffer):
        twin = articles.setdefault(article.id, article)
        if twin is not article:
            report(Noted(f"{article.reference}: the same article as {twin.reference}, taken once"))
        report(Advanced(READING))
    report(Finished(READING))
    if not articles:
        raise NothingToExportError("nothing to export: no article could be read")
    return tuple(articles.values())


def _articles(
    references: Sequence[str], readers: dict[str, Source], report: Report, stdin: BinaryIO
) -> Iterator[Article]:
    for found in resources(references, stdin):
        if isinstance(found, SourceError):
            report(Lost(found.reference, found.reason))
            continue
        try:
            yield from _read(found, readers.values())
        except SourceError as error:
            report(Lost(error.reference, error.reason))


def _read(resource: Resource, readers: Iterable[Source]) -> Iterator[Article]:
    certainty, _, reader = max(
        ((reader.accepts(resource), -order, reader) for order, reader in enumerate(readers)),
        key=lambda choice: choice[:2],
    )
    if certainty <= 0:
        raise SourceError(resource.reference, "no source reads this kind of file")
    for article in reader.read(resource, files):
        yield replace(article, section=article.section or resource.section)


def arrange(articles: Iterable[Article], arrangement: Arrangement) -> Edition:
    """Put articles into sections, in the order in which each section is first named.

    Languages that articles do not give are detected, with the arrangement's as the
    fall-back; the edition's own is the one most of its words are in.
    """
    settled = [_settle(article, arrangement) for article in articles]
    sections: dict[str, list[Article]] = {}
    for article in settled:
        sections.setdefault(article.section, []).append(article)
    if len(sections) > 1 and "" in sections:
        sections = {title or UNSECTIONED: inside for title, inside in sections.items()}
    return Edition(
        title=arrangement.title or (settled[0].title if len(settled) == 1 else "News"),
        issued=arrangement.issued,
        language=arrangement.language or _main_language(settled),
        sections=tuple(Section(title, tuple(inside)) for title, inside in sections.items()),
    )


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
    replaced = destination.exists()
    with staged(destination) as draft:
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
