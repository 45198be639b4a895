"""A book put together: every file written to its zip as it comes, and the package last."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from epubpreflight import CheckedPage, Severity, Vendor, check, check_page, sharing
from newsexport.artwork.pictures import size as picture_size
from newsexport.events import Advanced, Lost, Made, Report
from newsexport.exporters.epub import package
from newsexport.exporters.epub.articles import RenderJob
from newsexport.exporters.epub.contents import (
    COVER,
    FOLDER,
    FRONT,
    NAV,
    Anchor,
    ArticleEntry,
    Layout,
    SectionEntry,
    contents,
    listed,
    ncx,
    pages,
    targets,
)
from newsexport.exporters.epub.device import Device, Needs
from newsexport.exporters.epub.images import BookImages
from newsexport.exporters.epub.package import CSS, XHTML, BookFile, describe
from newsexport.exporters.epub.pages import Book, FrontPages
from newsexport.exporters.epub.render import (
    PAGE,
    Archive,
    Printed,
    batches,
    finished,
    pressed,
    print_batch,
    refused,
    warm_up,
)
from newsexport.job import Job, Work, inline
from newsexport.model import Article, hrefs
from newsexport.text.addresses import same_story_key

if TYPE_CHECKING:  # what is heard of books is loaded for those that are heard
    from newsexport.exporters.epub.overlays import Recital

# Files on their way into a book, and what is known of them.

MEDIA_TYPES = {
    ".css": CSS,
    ".ttf": "font/ttf",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".mp3": "audio/mpeg",
    ".smil": "application/smil+xml",
}


@dataclass(slots=True)
class BookWriter:
    """Writes files into the zip as they come, and keeps what the package will say of them.

    `pages` are in reading order; `inspected` is what was found in each, by its name in the zip, and
    `held` what those of articles have in common.
    """

    archive: Archive
    book: Book
    report: Report
    pages: list[BookFile] = field(default_factory=list)
    others: dict[str, BookFile] = field(default_factory=dict)
    inspected: dict[str, CheckedPage] = field(default_factory=dict)
    held: dict[Hashable, Any] = field(default_factory=dict)

    def draw(self, file: str, page: Callable[[Book], bytes]) -> None:
        """A page that stands before articles, as the user's template has it, or else as ours has."""
        data = self._drawn(file, page)
        self.pages.append(BookFile(file, XHTML, ("svg",) if b"<svg" in data else ()))

    def draw_contents(self, page: Callable[[Book], bytes], leading_to: frozenset[str], *, read: bool) -> None:
        """The navigation document: written last, read before the articles or behind many."""
        self._drawn(NAV, page, leading_to)
        articles = sum(page.name.startswith("a") for page in self.pages)
        at = 2 if articles <= LISTED else len(self.pages)
        self.pages.insert(at, BookFile(NAV, XHTML, ("nav",), read))

    def other(self, file: BookFile, data: bytes) -> None:
        """Anything that is no page; the same name is the same file and written once."""
        if file.name not in self.others:
            self.others[file.name] = file
            self.archive.add(pressed(f"{FOLDER}/{file.name}", data))

    def printed(self, printed: Printed) -> None:
        """The pages of an article, and the codes on them."""
        for member in printed.members:
            name = member.name.removeprefix(f"{FOLDER}/")
            if name.endswith(PAGE):
                self.pages.append(BookFile(name, XHTML))
            elif name in self.others:
                continue
            else:
                self.others[name] = BookFile(name, media_type_of(name))
            self.archive.add(member)
        self.inspected.update((page.name, sharing(page, self.held)) for page in printed.inspected)

    def there(self, place: Anchor) -> bool:
        """Whether a place in an article is where contents lead to."""
        file, _, identifier = place.href.partition("#")
        return identifier in self.inspected[f"{FOLDER}/{file}"].ids

    def _drawn(self, file: str, page: Callable[[Book], bytes], leading_to: Iterable[str] = ()) -> bytes:
        name = f"{FOLDER}/{file}"
        data, inspected = self._made(name, page, self.book)
        links = {link.address for link in inspected.links}
        fault = refused((inspected,))
        if not fault and not links.issuperset(leading_to):
            fault = "not all articles are in it"
        if fault and self.book.templates is not None:
            told = f"{file} is made by our own template: {fault}"
            self.report(Lost(str(self.book.templates), told, whole=False))
            data, inspected = self._made(name, page, replace(self.book, templates=None))
        self.inspected[name] = inspected
        self.archive.add(pressed(name, data))
        return data

    def _made(self, name: str, page: Callable[[Book], bytes], book: Book) -> tuple[bytes, CheckedPage]:
        data = finished(page(book), book)
        return data, check_page(name, data)


def media_type_of(name: str) -> str:
    """The media type of a file of ours that is no page, by its suffix."""
    return MEDIA_TYPES[name[name.rindex(".") :]]


# Pages of articles whose contents stand before them; longer ones are looked up, and not leafed through.
LISTED = 60

STEP = "epub"
COVER_PICTURE, NCX = "cover-picture.jpg", "toc.ncx"

# Articles for which it is worth to start other processes.
MANY = 300

# Bytes of contents that are still comfortable to read as a page; longer ones are for the device's own menu.
READABLE = 200_000


@dataclass(frozen=True, slots=True)
class Volume:
    """What a book is made of beside its articles. `sheets` are style sheets and fonts by name.

    `recital` is what is heard of it, where it is read aloud.
    """

    layout: Layout
    device: Device
    images: BookImages
    sheets: Mapping[str, bytes]
    cover: bytes
    book: Book
    recital: Recital | None = None

    @property
    def needs(self) -> Needs:
        """What its device asks for."""
        return self.device.needs

    @property
    def shapes(self) -> dict[str, str]:
        """The class of each picture that has one, by its name."""
        return {name: image.shape for name, image in self.images.images.items() if image.shape}

    @property
    def pictures(self) -> dict[str, str]:
        """The file of each picture that an article of this book shows, by its name."""
        images = self.images.images
        names = (shown.name for entry in self.layout.entries for shown in entry.pictures)
        return {name: images[name].file for name in names if name in images}


def pressing(count: int, job: Job, *, with_files: bool) -> AbstractContextManager[Job]:
    """The job with whoever will set so many articles called before there is anything to set."""
    return nullcontext(job) if count < MANY else job.begun(_setting(with_files=with_files), warm_up, None)


def _setting(*, with_files: bool) -> Work:
    """What setting articles is, with files where templates are the user's own."""
    return Work.COMPUTE_WITH_FILES if with_files else Work.COMPUTE


def bind(volume: Volume, articles: Iterator[Article], path: Path, job: Job) -> None:
    """Write the book of these articles, then look it over as a shop would.

    An article that could not be set as it is, and what is found at last, is reported.

    Raises:
        UsageError: a template of the user's fails.
        OSError: the file system refuses.
    """
    for fault in check(path, Vendor(volume.device), _written(volume, articles, path, job)):
        if fault.severity is not Severity.ADVICE:
            job.report(Lost(path.name, f"{fault.place}: {fault.message}", whole=False))


def _written(volume: Volume, articles: Iterator[Article], path: Path, job: Job) -> dict[str, CheckedPage]:
    """What was found in each page of the book. All else that was known of its files goes: it is much."""
    page = _contents_page(volume.layout, volume.needs.depth)
    volume = replace(volume, book=replace(volume.book, contents=page))
    with Archive(path) as archive:
        archive.add(pressed("mimetype", package.MEDIA_TYPE))
        writer = BookWriter(archive, volume.book, job.report)
        _front(volume, writer)
        _articles(volume, articles, writer, job)
        _contents(volume, writer)
        for name, data in volume.sheets.items():
            writer.other(BookFile(name, media_type_of(name)), data)
        if volume.recital:
            _overlay(volume.layout, volume.recital, writer)
        files = (*writer.pages, *writer.others.values())
        language = volume.layout.language if volume.needs.takes(volume.layout.language) else "en"
        narrators = volume.recital.narrators if volume.recital else ()
        described = describe(
            volume.layout, files, language, vertical=volume.book.vertical, narrators=narrators
        )
        for name, data in described.documents():
            archive.add(pressed(name, data))
    return writer.inspected


def _front(volume: Volume, writer: BookWriter) -> None:
    """Cover, pictures and title page."""
    layout, pictures = volume.layout, volume.pictures
    writer.other(BookFile(COVER_PICTURE, "image/jpeg", ("cover-image",)), volume.cover)
    for name in pictures:
        image = volume.images.images[name]
        writer.other(BookFile(image.file, image.media_type, picture=name), volume.images.data(image))
    matter = FrontPages(layout, volume.book, pictures, volume.shapes)
    size = picture_size(volume.cover)
    writer.draw(COVER, lambda book: matter.by(book).cover(COVER_PICTURE, size))
    writer.draw(FRONT, lambda book: matter.by(book).front())


def _contents(volume: Volume, writer: BookWriter) -> None:
    """Both tables of contents, of the places that there turned out to be."""
    layout = _corrected(volume.layout, writer)
    lines = contents(layout, volume.needs.depth)
    matter = FrontPages(layout, volume.book, volume.pictures)
    writer.draw_contents(
        lambda book: matter.by(book).contents(lines),
        leading_to=frozenset(targets(lines)),
        read=volume.book.contents == NAV,
    )
    table = ncx(lines, layout.title, layout.language, layout.identifier)
    writer.other(BookFile(NCX, package.NCX), table)


def _overlay(layout: Layout, recital: Recital, writer: BookWriter) -> None:
    """The sound of every article, and for every page how it is heard."""
    from newsexport.exporters.epub.overlays import (  # noqa: PLC0415 - as said above
        clips_of,
        overlay_file,
        smil,
        sound_file,
    )

    for entry in layout.entries:
        if entry.number in recital.readings:
            name = sound_file(entry.number)
            writer.other(BookFile(name, media_type_of(name)), recital.sound(entry.number))
    spine = {file.name: writer.inspected[f"{FOLDER}/{file.name}"].ids for file in writer.pages if file.read}
    for page, clips in clips_of(layout, recital, spine).items():
        name = overlay_file(page)
        length = sum(clip.end - clip.begin for clip in clips)
        writer.other(BookFile(name, media_type_of(name), heard=length), smil(page, clips))
    writer.pages = [
        replace(file, overlay=name) if (name := overlay_file(file.name)) in writer.others else file
        for file in writer.pages
    ]


def _corrected(layout: Layout, writer: BookWriter) -> Layout:
    """The layout without the headings and pages of articles that had to be set without them."""
    places = (place for entry in layout.entries for place in (*entry.headlines, *entry.pages))
    if all(map(writer.there, places)):
        return layout
    chapters = (
        replace(chapter, entries=tuple(_corrected_entry(entry, writer) for entry in chapter.entries))
        for chapter in layout.chapters
    )
    return replace(layout, chapters=tuple(chapters))


def _corrected_entry(entry: ArticleEntry, writer: BookWriter) -> ArticleEntry:
    return replace(
        entry,
        headlines=tuple(filter(writer.there, entry.headlines)),
        pages=tuple(filter(writer.there, entry.pages)),
    )


def _contents_page(layout: Layout, depth: int) -> str:
    """Where readers find everything: the contents when they can be read as a page, else the title page."""
    length = len(listed(contents(layout, depth), layout.language)) + len(pages(layout))
    return NAV if length <= READABLE else FRONT


def _articles(volume: Volume, articles: Iterator[Article], writer: BookWriter, job: Job) -> None:
    """The front page of each section, and its articles as they come from the workers."""
    layout = volume.layout
    matter = FrontPages(layout, volume.book, volume.pictures, volume.shapes)
    how = job if len(layout.entries) >= MANY else replace(job, executors=inline)
    runs = batches(_render_jobs(volume, articles), volume.book)
    work = _setting(with_files=volume.book.templates is not None)
    printed = chain.from_iterable(how.each(print_batch, runs, work))
    for chapter in layout.chapters:
        for number, file in enumerate(chapter.files):
            writer.draw(file, partial(_section, matter, chapter, number))
        for entry in chapter.entries:
            article = next(printed)
            writer.printed(article)
            if article.fault:
                lost = Lost(entry.reference, article.told, whole=article.whole, pictures=article.hidden)
                job.report(lost)
            job.report(Made(not article.whole, article.shown))
            job.report(Advanced(STEP))
    writer.held.clear()


def _section(matter: FrontPages, chapter: SectionEntry, number: int, book: Book) -> bytes:
    return matter.by(book).section(chapter, number)


def _render_jobs(volume: Volume, articles: Iterator[Article]) -> Iterator[RenderJob]:
    """Each article with what its pages need of the book, and without its pictures."""
    pictures, shapes = volume.pictures, volume.shapes
    places = {same_story_key(entry.url): entry.file for entry in volume.layout.entries if entry.url}
    hosts = {key.partition("/")[0] for key in places}
    for neighbours, article in zip(volume.layout.neighbours(), articles, strict=True):
        names = (picture.name for picture in neighbours.entry.pictures)
        shown = {name: pictures[name] for name in names if name in pictures}
        near = (href for href in hrefs(article) if not hosts.isdisjoint(_hosts(href)))
        keys = set(map(same_story_key, near))
        linked = {
            key: places[key]
            for key in keys
            if places.get(key, neighbours.entry.file) != neighbours.entry.file
        }
        told = volume.recital.sentences(neighbours.entry.number) if volume.recital else ()
        bare = replace(article, media=()) if article.media else article
        formed = {name: shapes[name] for name in shapes.keys() & shown.keys()}
        yield RenderJob(bare, neighbours, shown, linked, told, formed)


def _hosts(href: str) -> tuple[str, ...]:
    """What may be the host in the key of a link: most links lead elsewhere, and need no key."""
    host = href.lower().partition("://")[2].partition("/")[0]
    return host, host.partition(".")[2]
