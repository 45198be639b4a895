"""A book put together: every file written to its zip as it comes, and the package last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from epubpreflight import Severity, Vendor, check
from newsexport.events import Advanced, Lost, Made
from newsexport.exporters.epub import package
from newsexport.exporters.epub.archive import Archive, pressed
from newsexport.exporters.epub.articles import Sheet
from newsexport.exporters.epub.contents import (
    COVER,
    FRONT,
    NAV,
    Chapter,
    Layout,
    Leaf,
    contents,
    listed,
    ncx,
    pages,
    targets,
)
from newsexport.exporters.epub.device import Device, Needs
from newsexport.exporters.epub.images import Plates
from newsexport.exporters.epub.package import File, describe
from newsexport.exporters.epub.pages import Book, FrontMatter
from newsexport.exporters.epub.render import batches, print_batch
from newsexport.exporters.epub.zip_builder import Binder, media_type_of
from newsexport.job import Job, Work, inline
from newsexport.model import Article, figures, hrefs
from newsexport.text.addresses import same_story_key

STEP = "epub"
COVER_PICTURE, NCX = "cover-picture.jpg", "toc.ncx"

# Articles for which it is worth to start other processes.
MANY = 300

# Bytes of contents that are still comfortable to read as a page; longer ones are for the device's own menu.
READABLE = 200_000


@dataclass(frozen=True, slots=True)
class Volume:
    """What a book is made of beside its articles. `sheets` are style sheets and fonts by name."""

    layout: Layout
    device: Device
    plates: Plates
    sheets: Mapping[str, bytes]
    cover: bytes
    book: Book

    @property
    def needs(self) -> Needs:
        """What its device asks for."""
        return self.device.needs

    @property
    def pictures(self) -> dict[str, str]:
        """The file of each picture that an article of this book shows, by its name."""
        plates = self.plates.plates
        names = (shown.name for leaf in self.layout.leaves for shown in leaf.pictures)
        return {name: plates[name].file for name in names if name in plates}


def bind(volume: Volume, articles: Iterator[Article], path: Path, job: Job) -> None:
    """Write the book of these articles, then look it over as a shop would.

    An article that could not be set as it is, and what is found at last, is reported.

    Raises:
        UsageError: a template of the user's fails.
        OSError: the file system refuses.
    """
    page = _contents_page(volume.layout, volume.needs.depth)
    volume = replace(volume, book=replace(volume.book, contents=page))
    with Archive(path) as archive:
        archive.add(pressed("mimetype", package.MEDIA_TYPE))
        binder = Binder(archive, volume.book, job.report)
        _front(volume, binder)
        _articles(volume, articles, binder, job)
        _contents(volume, binder)
        for name, data in volume.sheets.items():
            binder.other(File(name, media_type_of(name)), data)
        files = (*binder.pages, *binder.others.values())
        language = volume.layout.language if volume.needs.takes(volume.layout.language) else "en"
        described = describe(volume.layout, files, language, vertical=volume.book.vertical)
        for name, data in described.documents():
            archive.add(pressed(name, data))
    for fault in check(path, Vendor(volume.device), binder.inspected):
        if fault.severity is not Severity.ADVICE:
            job.report(Lost(path.name, f"{fault.place}: {fault.message}", whole=False))


def _front(volume: Volume, binder: Binder) -> None:
    """Cover, pictures and title page."""
    layout, pictures = volume.layout, volume.pictures
    binder.other(File(COVER_PICTURE, "image/jpeg", ("cover-image",)), volume.cover)
    for name in pictures:
        plate = volume.plates.plates[name]
        binder.other(File(plate.file, plate.media_type, picture=name), volume.plates.data(plate))
    matter = FrontMatter(layout, volume.book, pictures)
    binder.draw(COVER, lambda book: matter.by(book).cover(COVER_PICTURE))
    binder.draw(FRONT, lambda book: matter.by(book).front())


def _contents(volume: Volume, binder: Binder) -> None:
    """Both tables of contents, of the places that there turned out to be."""
    layout = _corrected(volume.layout, binder)
    entries = contents(layout, volume.needs.depth)
    matter = FrontMatter(layout, volume.book, volume.pictures)
    binder.draw_contents(
        lambda book: matter.by(book).contents(entries),
        leading_to=frozenset(targets(entries)),
        read=volume.book.contents == NAV,
    )
    table = ncx(entries, layout.title, layout.language, layout.identifier)
    binder.other(File(NCX, package.NCX), table)


def _corrected(layout: Layout, binder: Binder) -> Layout:
    """The layout without the headings and pages of articles that had to be set without them."""
    places = (place for leaf in layout.leaves for place in (*leaf.headlines, *leaf.pages))
    if all(map(binder.there, places)):
        return layout
    chapters = (
        replace(chapter, leaves=tuple(_corrected_leaf(leaf, binder) for leaf in chapter.leaves))
        for chapter in layout.chapters
    )
    return replace(layout, chapters=tuple(chapters))


def _corrected_leaf(leaf: Leaf, binder: Binder) -> Leaf:
    return replace(
        leaf,
        headlines=tuple(filter(binder.there, leaf.headlines)),
        pages=tuple(filter(binder.there, leaf.pages)),
    )


def _contents_page(layout: Layout, depth: int) -> str:
    """Where readers find everything: the contents when they can be read as a page, else the title page."""
    length = len(listed(contents(layout, depth), layout.language)) + len(pages(layout))
    return NAV if length <= READABLE else FRONT


def _articles(volume: Volume, articles: Iterator[Article], binder: Binder, job: Job) -> None:
    """The front page of each section, and its articles as they come from the workers."""
    layout = volume.layout
    matter = FrontMatter(layout, volume.book, volume.pictures)
    how = job if len(layout.leaves) >= MANY else replace(job, executors=inline)
    runs = batches(_sheets(volume, articles), volume.book)
    printed = chain.from_iterable(how.each(print_batch, runs, Work.COMPUTE))
    for chapter in layout.chapters:
        for number, file in enumerate(chapter.files):
            binder.draw(file, partial(_section, matter, chapter, number))
        for leaf in chapter.leaves:
            article = next(printed)
            binder.printed(article)
            if article.fault:
                lost = Lost(leaf.reference, article.told, whole=article.whole, pictures=article.hidden)
                job.report(lost)
            job.report(Made(not article.whole, article.shown))
            job.report(Advanced(STEP))


def _section(matter: FrontMatter, chapter: Chapter, number: int, book: Book) -> bytes:
    return matter.by(book).section(chapter, number)


def _sheets(volume: Volume, articles: Iterator[Article]) -> Iterator[Sheet]:
    """Each article with what its pages need of the book, and without its pictures."""
    pictures = volume.pictures
    places = {same_story_key(leaf.url): leaf.file for leaf in volume.layout.leaves if leaf.url}
    hosts = {key.partition("/")[0] for key in places}
    for turn, article in zip(volume.layout.turns(), articles, strict=True):
        shown = {
            figure.media: pictures[figure.media] for figure in figures(article) if figure.media in pictures
        }
        near = (href for href in hrefs(article) if not hosts.isdisjoint(_hosts(href)))
        keys = set(map(same_story_key, near))
        linked = {key: places[key] for key in keys if places.get(key, turn.leaf.file) != turn.leaf.file}
        yield Sheet(replace(article, media=()) if article.media else article, turn, shown, linked)


def _hosts(href: str) -> tuple[str, ...]:
    """What may be the host in the key of a link: most links lead elsewhere, and need no key."""
    host = href.lower().partition("://")[2].partition("/")[0]
    return host, host.partition(".")[2]
