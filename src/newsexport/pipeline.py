"""The whole tool in three verbs: collect articles, arrange an edition, export it."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from newsexport.collecting.clean_links import SecretRemover, cleaned, in_language
from newsexport.collecting.context import CollectingContext
from newsexport.collecting.fetch import FetchContext, Find
from newsexport.collecting.inputs import Lead, resources
from newsexport.collecting.merge import as_listed
from newsexport.collecting.parse import Readers, valid
from newsexport.collecting.picture_sizes import within
from newsexport.collecting.pictures import FEW, Illustrator
from newsexport.collecting.select import ArticleFilter, Selection, distinct
from newsexport.collecting.tally import Tally, nothing
from newsexport.errors import ExportError, SourceError
from newsexport.events import ARTICLE, PICTURE, Noted, Omitted, Report, Wrote
from newsexport.job import Job
from newsexport.model import Article, Edition, Section, figures, pictured, plain_blocks
from newsexport.protocols import Continued, Entry, Exporter, NamesExports, NamesParts, ReadsEditions, Resource
from newsexport.shelf import ROOM
from newsexport.sources.language import detect, forget_model
from newsexport.storage.staging import staged
from newsexport.text.addresses import is_web
from newsexport.text.counting import word_count
from newsexport.text.plaintext import storable
from newsexport.text.wording import wording
from newsexport.work.containment import contained, lost_alone


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
    """Articles that were read, and the saved edition they are, if they are one.

    `title` is what the one list calls itself that all of them come from, empty where there are several.
    `folded` are articles that one of them stands for, each after that one. `listed` are the
    ids of those of which only a list has told yet: their pages were not fetched.
    """

    articles: tuple[Article, ...]
    edition: Edition | None = None
    folded: tuple[tuple[Article, Article], ...] = ()
    listed: frozenset[str] = frozenset()
    title: str = ""


def collect(
    references: Sequence[str],
    report: Report,
    means: CollectingContext | None = None,
    wanted: Selection | None = None,
) -> Collected:
    """Read every article the references lead to that is wanted, in full and with its pictures.

    What cannot be read is reported as `Lost` and the rest is read on. Without `means`
    nothing is fetched, and everything is parsed in this process.

    Raises:
        NothingReadError: not one article could be read.
        NothingToExportError: there is none, or none that is new or wanted.
    """
    means, wanted, tally = means or CollectingContext(), wanted or Selection(), Tally(report)
    discretion = SecretRemover.about(references)
    sieve = ArticleFilter(wanted, means.seen, tally, means.met)

    def likely(finds: list[Find]) -> list[Find]:
        return sieve.likely(finds, lambda find: discretion.kept(_as_found(find)))

    found = _found(references, tally, means, likely)
    there_was = len(found.finds) + tally.gone(ARTICLE)
    finds = likely(found.finds)
    before = tally.gone(ARTICLE)
    read = [discretion.kept(cleaned(article)) for article in _gathering(means, tally).completed(finds)]
    # A page may turn out to hold several articles.
    there_was += max(0, len(read) + tally.gone(ARTICLE) - before - len(finds))
    merged = distinct(read, tally)
    articles = sieve.wanted_of(merged.articles)
    if not means.tags:
        articles = untagged(articles, tally)
    counted = tally.settled(ARTICLE, there_was, len(articles))
    if not articles:
        raise nothing(counted, "nothing to export")
    illustrated = _illustrated(articles, means, tally)
    kept = {article.id for article in articles} if merged.folded else ()
    folded = tuple((one, twin) for one, twin in merged.folded if one.id in kept)
    return Collected(illustrated, found.edition, folded, title=found.title)


def _illustrated(articles: Sequence[Article], means: CollectingContext, tally: Tally) -> tuple[Article, ...]:
    """The articles with their pictures, no more of them than there is room for."""
    shown = sum(1 for article in articles for _ in figures(article))
    there_were = shown + tally.gone(PICTURE)  # pixels go when a page is read
    illustrated = tuple(Illustrator(means, tally, many=shown > FEW).illustrated(articles))
    if means.most is not None:
        illustrated = within(illustrated, means.most, means, tally)
    tally.settled(PICTURE, there_were, sum(map(pictured, illustrated)))
    return illustrated


def untagged(articles: Sequence[Article], report: Report) -> list[Article]:
    """The articles without their tags, how many of which that are is told."""
    if left_out := sum(len(article.tags) for article in articles):
        report(Omitted("", "not wanted (--no-tags)", "tag", left_out))
    return [replace(article, tags=()) if article.tags else article for article in articles]


def glance(
    references: Sequence[str],
    report: Report,
    means: CollectingContext | None = None,
    wanted: Selection | None = None,
) -> Collected:
    """What the references lead to, each article as far as its list tells it.

    Lists are opened, pages and pictures not fetched.

    Raises:
        NothingToExportError: not one article was found.
    """
    means, tally = means or CollectingContext(), Tally(report)
    found = _found(references, tally, means)
    there_was = len(found.finds) + tally.gone(ARTICLE)
    discretion = SecretRemover.about(references)
    listed = [discretion.kept(cleaned(_as_found(find))) for find in found.finds]
    sieve = ArticleFilter(wanted or Selection(), means.seen, tally)
    articles = sieve.wanted_of(distinct(listed, tally).articles)
    counted = tally.settled(ARTICLE, there_was, len(articles))
    if not articles:
        raise nothing(counted, "nothing to show")
    told = frozenset(
        article.id for find, article in zip(found.finds, listed, strict=True) if isinstance(find, Entry)
    )
    return Collected(tuple(articles), found.edition, listed=told, title=found.title)


def _gathering(means: CollectingContext, report: Report) -> FetchContext:
    where = means.isolated, means.ahead
    readers = Readers(means.sources, *where) if means.sources else Readers.installed(*where)
    return FetchContext(readers, means.web, report, means.spool, means.shelf)


def _common_name(articles: Iterable[Article]) -> str:
    """The paper, feed or letter that all of the articles are from, if that is one with a name of its own."""
    names = {(article.site or "").strip() for article in articles}
    (name,) = names if len(names) == 1 else ("",)
    return "" if is_web(f"https://{name}") and "." in name and " " not in name else name


@dataclass(frozen=True, slots=True)
class _Found:
    """What references lead to: every article, the saved edition they are, and what they call themselves."""

    finds: list[Find]
    edition: Edition | None
    title: str


def _found(
    references: Sequence[str],
    report: Report,
    means: CollectingContext,
    wanted: Callable[[list[Find]], list[Find]] = list,
) -> _Found:
    gathering = _gathering(means, report)
    alone: list[Resource | Entry] = []

    def watched() -> Iterator[Lead]:
        for lead in resources(references, sys.stdin.buffer, means.accounts):
            further = isinstance(lead, Resource) and lead.before > 0  # of a file that has begun
            if not isinstance(lead, SourceError | Omitted) and not further:
                alone[1:] = [lead]  # the first, and whether there is another
            yield lead

    finds = gathering.found(watched(), wanted)
    own = alone[0] if len(alone) == 1 else None
    service = _service(own, gathering.readers) if own else ""
    title = service or _common_name(map(_as_found, finds))
    return _Found(finds, _edition(own, gathering.readers) if own else None, title)


def _edition(lead: Resource | Entry, readers: Readers) -> Edition | None:
    """The saved edition a file is, when it is one that can be read."""
    if isinstance(lead, Entry):
        return None
    try:
        source = readers.of(lead)
        with lost_alone(lead.reference):
            return valid(source.edition(lead)) if isinstance(source, ReadsEditions) else None
    except SourceError:
        return None  # told when its articles are read


def _service(lead: Resource | Entry, readers: Readers) -> str:
    """The service that exported a file, if it is the export of one."""
    if isinstance(lead, Entry):
        return ""
    try:
        source = readers.of(lead)
    except SourceError:
        return ""
    return source.service(lead) if isinstance(source, NamesExports) else ""


def _as_found(find: Find) -> Article:
    match find:
        case Entry():
            return replace(as_listed(find), notes=find.article.notes)
        case Continued(article=article):
            return article
        case _:
            return find


def arrange(collected: Collected, arrangement: Arrangement) -> Edition:
    """Put articles into sections, in the order in which each section is first named.

    Languages that articles do not give are detected, with the arrangement's as the
    fall-back; the edition's own is the one most of its words are in. In that an edition of
    several articles without a title is called "News", and so are articles without a section
    where others have one.
    """
    settled = [_settle(article, arrangement) for article in collected.articles]
    if len(settled) > ROOM:  # their memory is needed, and they took longer than loading it again will
        forget_model()
    saved = collected.edition
    language = arrangement.language or (saved.language if saved else "") or _main_language(settled)
    untitled = wording(language).news
    mixed = len({article.section for article in settled}) > 1
    sections: dict[str, list[Article]] = {}
    for article in settled:
        title = article.section or (untitled if mixed else "")
        sections.setdefault(title, []).append(article)
    return Edition(
        title=storable(arrangement.title)
        or (saved.title if saved else "")
        or (settled[0].title if len(settled) == 1 else collected.title or untitled),
        issued=arrangement.issued or (saved.issued if saved else arrangement.today),
        language=language,
        sections=tuple(Section(title, tuple(inside)) for title, inside in sections.items()),
    )


def _settle(article: Article, arrangement: Arrangement) -> Article:
    language = article.language or detect(
        " ".join((article.title, article.standfirst, *plain_blocks(article.body))),
        arrangement.language or "en",
    )
    section = storable(arrangement.section) or article.section
    return replace(in_language(article, language), section=section)


def _main_language(articles: Sequence[Article]) -> str:
    if len(languages := {article.language for article in articles}) == 1:
        return languages.pop()
    words: Counter[str] = Counter()
    for article in articles:
        words[article.language] += word_count(article)
    return words.most_common(1)[0][0]


def export(edition: Edition, exporter: Exporter, destination: Path, job: Job) -> Wrote:
    """Write the edition to `destination`, which then is the new file, whole, or the old one.

    Raises:
        OutputError: the file system refuses.
        ExportError: the exporter failed in a way it does not tell.
        NewsExportError: what the exporter raises.
    """
    before = _parts(exporter, destination)
    tally = Tally(job.report, destination.name)
    with staged(destination) as draft:
        replaced = destination.exists()
        with contained(partial(_unmade, destination), OSError):
            exporter.write(edition, draft, replace(job, report=tally))
    articles = tuple(edition.articles())
    for thing, found in ((ARTICLE, len(articles)), (PICTURE, sum(map(pictured, articles)))):
        tally.settled(thing, found, tally.put(thing, found))
    wrote = Wrote(destination, replaced)
    job.report(wrote)
    _remove(before - _parts(exporter, destination), job.report)
    return wrote


def _unmade(destination: Path, reason: str) -> ExportError:
    return ExportError(f"{destination.name} could not be made: {reason}")


def _parts(exporter: Exporter, finished: Path) -> frozenset[Path]:
    return frozenset(exporter.parts_of(finished)) if isinstance(exporter, NamesParts) else frozenset()


def _remove(parts: Iterable[Path], report: Report) -> None:
    """Remove parts of the file that was replaced which the new one does not have."""
    for path in sorted(parts):
        try:
            path.unlink()
        except OSError as error:
            report(Noted(f"could not remove the old part {path.name}: {error.strerror}"))
        else:
            report(Noted(f"removed the old part {path.name}"))


def default_name(edition: Edition, suffix: str) -> str:
    """``title-2026-11-23.epub``: letters and digits of any script, safe on every file system.

    At most 120 bytes of title are kept, because names are limited to 255 bytes and a
    letter may take four.
    """
    words = re.findall(r"\w+", unicodedata.normalize("NFC", edition.title).lower())
    stem = "-".join(words).encode()[:120].decode(errors="ignore").strip("-_")
    return f"{stem or 'edition'}-{edition.issued.isoformat()}{suffix}"
