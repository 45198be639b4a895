"""One look at every article of an edition, of which only what contents need is kept."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from newsexport.errors import ExportError
from newsexport.exporters.epub.contents import Anchor, ArticleEntry, ImageRef, Layout, SectionEntry
from newsexport.exporters.epub.pagination import PageBlocks, measure, stretches
from newsexport.exporters.html.xhtml import label, legal
from newsexport.model import Article, Edition, figures, plain, plain_blocks
from newsexport.text.counting import count_words, minutes_for
from newsexport.text.languages import language_tag
from newsexport.text.plaintext import openings
from newsexport.text.wording import wording
from newsexport.work.containment import contained


def survey(edition: Edition) -> Layout:
    """The layout of the whole edition as one book."""
    language = language_tag(edition.language, "en")
    numbers = count(1)
    chapters: list[SectionEntry] = []
    alone: Article | None = None
    for section in edition.sections:
        entries = []
        for article in section.articles:
            entries.append(_outlined(article, next(numbers), language))
            alone = article
        if entries:
            chapters.append(SectionEntry(len(chapters) + 1, label(section.title), tuple(entries)))
    single = sum(len(chapter.entries) for chapter in chapters) == 1
    return Layout(
        paper=label(legal(edition.title), 500) or wording(language).untitled,
        identity=identity_of(edition),
        issued=edition.issued,
        language=language,
        chapters=tuple(chapters),
        authors=tuple(filter(None, map(label, alone.byline))) if alone and single else (),
    )


def identity_of(edition: Edition) -> str:
    """The UUID of the book of an edition: a function of its title and date."""
    return replace(edition, title=legal(edition.title)).id


def _outlined(article: Article, number: int, around: str) -> ArticleEntry:
    """What is kept of an article; of one that cannot be looked at, that of its bare words.

    Its pages cannot be made either then, and whoever makes them tells that.
    """
    try:
        with contained(ExportError):
            return outlined(article, number, around)
    except ExportError:
        return outlined(replace(article, body=(), lead=None, notes=()), number, around)


def outlined(article: Article, number: int, around: str) -> ArticleEntry:
    """What is kept of an article. One without a headline is called by its first words."""
    language = language_tag(article.language, around)
    named = label(article.title)
    title = named or label(" ".join(plain_blocks(article.body[:3])), 80) or wording(language).untitled
    measured = measure(article.body)
    cut = stretches(article.body, measured)
    files = (f"a{number:04}.xhtml", *(f"a{number:04}-{page}.xhtml" for page in range(2, len(cut) + 1)))
    return ArticleEntry(
        number=number,
        title=title,
        summary=_summary(article, named),
        language=language,
        minutes=minutes_for(count_words(article.standfirst) + sum(measured.words)),
        url=article.url or "",
        reference=article.reference or title,
        files=files,
        headlines=tuple(_headlines(cut, files)),
        pages=tuple(_pages(cut, files, number)),
        pictures=tuple(_shown(article)),
        measured=measured,
        tags=tuple(filter(None, map(label, article.tags))),
    )


def _summary(article: Article, named: str) -> str:
    """The standfirst, or else how the article begins, unless that is its title already."""
    if standfirst := label(article.standfirst, 400):
        return standfirst
    return next(filter(None, map(label, openings(article))), "") if named else ""


def _headlines(cut: Iterable[PageBlocks], files: Iterable[str]) -> Iterator[Anchor]:
    for stretch, file in zip(cut, files, strict=True):
        for headline in stretch.headlines.values():
            yield Anchor(headline.title, f"{file}#{headline.id}", headline.level)


def _pages(cut: Iterable[PageBlocks], files: tuple[str, ...], number: int) -> Iterator[Anchor]:
    """The pages of an article are numbered on their own, so that a longer one moves no other's.

    The first bears the number of the article, those after it a second number.
    """
    yield Anchor(str(number), f"{files[0]}#{page_id(1)}")
    for stretch, file in zip(cut, files, strict=True):
        for page in stretch.breaks.values():
            yield Anchor(page_label(number, page), f"{file}#{page_id(page)}")


def page_id(page: int) -> str:
    """The id of the place where a page of an article begins."""
    return f"p{page}"


def page_label(number: int, page: int) -> str:
    """What a page of an article is called."""
    return str(number) if page == 1 else f"{number}.{page}"


def _shown(article: Article) -> Iterator[ImageRef]:
    for figure in figures(article):
        yield ImageRef(figure.media, label(figure.alt, 500), bool(plain(figure.caption).strip()))


# What a book holds besides its articles: cover, front pages, contents, styles.
FIXED = 500_000


def volumes(layout: Layout, sizes: dict[str, int], most: int | None) -> tuple[Layout, ...]:
    """The layout as books of at most so many bytes, as long as single articles are smaller than that.

    `sizes` are those of the pictures by name. Articles stay whole and in order; a section
    that is cut goes on under its name. The parts have identifiers of their own.
    """
    if most is None:
        return (layout,)
    runs: list[list[tuple[SectionEntry, list[ArticleEntry]]]] = [[]]
    held, filled = set[str](), 0
    for chapter in layout.chapters:
        for one in chapter.entries:
            names = {shown.name for shown in one.pictures}
            added = one.weight + sum(sizes.get(name, 0) for name in names - held)
            if runs[-1] and filled + added > most - FIXED:
                runs.append([])
                held, filled = set(), 0
                added = one.weight + sum(sizes.get(name, 0) for name in names)
            if not runs[-1] or runs[-1][-1][0] is not chapter:
                runs[-1].append((chapter, []))
            runs[-1][-1][1].append(one)
            held |= names
            filled += added
    return tuple(_volume(layout, run, part, len(runs)) for part, run in enumerate(runs, 1))


def _volume(
    layout: Layout, run: list[tuple[SectionEntry, list[ArticleEntry]]], part: int, parts: int
) -> Layout:
    if parts == 1:
        return layout
    identity = str(uuid.uuid5(uuid.UUID(layout.identity), f"part {part} of {parts}"))
    chapters = tuple(replace(chapter, entries=tuple(entries)) for chapter, entries in run)
    return replace(layout, identity=identity, chapters=chapters, part=part, parts=parts)
