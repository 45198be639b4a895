"""One article from what several places say of it: its list and its page, or page after page."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import count

from newsexport.errors import SourceError
from newsexport.model import Article, Block, Heading, Note, Spans, plain_blocks, respanned, reworded
from newsexport.protocols import Continued, Entry, Item
from newsexport.sources.highlights import annotated
from newsexport.text.addresses import redacted
from newsexport.text.counting import word_count
from newsexport.text.plaintext import beginnings


def as_listed(entry: Entry) -> Article:
    """The article as far as the list tells it."""
    known = entry.article
    return replace(
        known,
        title=known.title or redacted(entry.address),
        url=known.url or entry.address,
        reference=known.reference or redacted(entry.address),
        partial=True,
        notes=known.notes if known.body else (),
    )


def merged(entry: Entry, page: Article) -> Article:
    """The page's article with what only its list knew.

    A feed names its articles well and dates them to the second, so its word counts first;
    the title a person saved with an address is often that of the browser's window. Where
    the page shows less than the list did (a wall, a stub), the fuller body stays.
    """
    known = entry.article
    marked = () if known.body else known.notes  # what somebody marked before the text was there
    page = annotated(page, marked) if marked else page
    listed_is_fuller = word_count(known) > word_count(page)
    title = (page.title or known.title) if entry.chosen else (known.title or page.title)
    return replace(
        page,
        title=title,
        body=known.body if listed_is_fuller else page.body,
        notes=known.notes if listed_is_fuller else page.notes,
        partial=page.partial and (known.partial or not listed_is_fuller),
        standfirst=page.standfirst or _standfirst(known, page),
        byline=page.byline or known.byline,
        published=known.published or page.published,
        section=known.section or page.section,
        url=page.url or known.url or entry.address,
        site=page.site or known.site,
        language=page.language or known.language,
        lead=page.lead or known.lead,
        media=page.media + known.media,
        guid=known.guid or page.guid,
        tags=known.tags or page.tags,
        origin=known.origin,
    )


def _standfirst(known: Article, page: Article) -> str:
    """The list's summary, unless it is only how the article begins."""
    told = known.standfirst.rstrip(" .…[]")[:80]
    return "" if any(text.startswith(told) for text in beginnings(page.body)) else known.standfirst


def joined(article: Article, items: Sequence[Item]) -> tuple[Article, str | None]:
    """The article with its next page, and where the page after that is.

    Raises:
        SourceError: that page holds no article.
    """
    match list(items):
        case [Article() as page]:
            return _appended(article, page), None
        case [Continued(page, address)]:
            return _appended(article, page), address
        case [SourceError() as error]:
            raise error
        case _:
            raise SourceError(article.reference, "goes on at a page that is none of it")


def _appended(article: Article, page: Article) -> Article:
    """What is new on a further page: headings and pictures that every page repeats are left out."""
    known = set(article.body)
    fresh: list[Block] = [block for block in page.body if block not in known]
    if fresh and isinstance(first := fresh[0], Heading) and "".join(plain_blocks([first])) == article.title:
        fresh = fresh[1:]
    page = _renumbered(replace(page, body=tuple(fresh)), {note.id for note in article.notes})
    return replace(
        article,
        body=(*article.body, *page.body),
        media=article.media + page.media,
        partial=page.partial,
        notes=article.notes + page.notes,
    )


def _renumbered(page: Article, taken: AbstractSet[str]) -> Article:
    """The page with other ids for its notes than those that are taken."""
    free = (name for name in map(str, count(1)) if name not in taken)
    ids = {note.id: next(free) for note in page.notes}

    def renamed(spans: Spans) -> Spans:
        return tuple(replace(span, note=ids.get(span.note)) if span.note else span for span in spans)

    return replace(
        page,
        body=reworded(page, renamed),
        notes=tuple(Note(ids[note.id], respanned(note.blocks, renamed)) for note in page.notes),
    )
