"""The package document, by EbookLib; the only module that knows it.

EbookLib writes the package well. Its chapters (`EpubHtml`) are parsed again and lose
text on the way, its navigation is not valid for every tree, its zip bears the time of
day, and `write_epub` keeps write errors to itself. So the files of the book are plain
items without content, and of its writer only the two documents are taken that say what
lies where.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from ebooklib import epub

from newsexport.exporters.epub.contents import COVER, FOLDER, FRONT, NAV, ArticleEntry, Layout
from newsexport.text.dates import dateline
from newsexport.text.languages import primary
from newsexport.text.wording import AccessibilityWords, direction

# What a book says about itself: title, series, contents, and whom it is accessible to.

# Headlines in the description: a shop shows a screenful; tags, of all articles: a shelf for each.
HEADLINES, SUBJECTS = 40, 40


def describe(
    layout: Layout,
    files: tuple[BookFile, ...],
    language: str,
    *,
    vertical: bool = False,
    narrators: tuple[str, ...] = (),
) -> Package:
    """The package of these files, in a language that its device takes.

    The title of a book with several articles bears its date, because on the shelf of a
    device the issues of a paper are told apart by nothing else.
    """
    day, words, entries = layout.issued, layout.wording, layout.entries
    several = len(entries) != 1
    read = {file.name for file in files if file.in_spine}
    downwards = vertical and primary(layout.language) in {"ja", "zh"}
    return Package(
        identifier=layout.identifier,
        title=f"{layout.title}{words.comma}{dateline(day, layout.language)}" if several else layout.title,
        language=language,
        direction="rtl" if downwards else direction(layout.language),
        issued=day,
        creators=layout.authors or (layout.paper,),
        description="\n".join(entry.title for entry in entries[:HEADLINES]),
        subjects=_subjects(entries),
        files=files,
        guide=tuple(
            post
            for post in (
                Guidepost("cover", words.cover, COVER),
                Guidepost("toc", words.contents, NAV),
                Guidepost("text", layout.title, FRONT),
            )
            if post.file in read
        ),
        properties=tuple(_accessibility(layout, files)),
        narrators=narrators,
        series=Series(layout.paper, day, layout.part if layout.parts > 1 else None) if several else None,
    )


def _subjects(entries: Iterable[ArticleEntry]) -> tuple[str, ...]:
    """The tags that most articles have, each once, in the order in which they come."""
    tags = [tag for entry in entries for tag in entry.tags]
    first = {tag.casefold(): tag for tag in reversed(tags)}
    counted = Counter(map(str.casefold, tags))
    most = {key for key, _ in counted.most_common(SUBJECTS)}
    return tuple(first[key] for key in counted if key in most)


def _accessibility(layout: Layout, files: tuple[BookFile, ...]) -> Iterator[tuple[str, str]]:
    """The discovery metadata of EPUB Accessibility 1.1, section 2.2, true of this very book.

    Described means by its alternative text; with a caption in its place a picture can
    still be done without, and is not claimed to be described.
    """
    pictures = frozenset(file.picture for file in files)
    spoken = any(file.heard for file in files)
    shown = [shown for entry in layout.entries for shown in entry.pictures if shown.name in pictures]
    described = all(picture.alt for picture in shown)
    told = all(picture.alt or picture.captioned for picture in shown)
    yield "schema:accessMode", "textual"
    if spoken:
        yield "schema:accessMode", "auditory"
        yield "schema:accessibilityFeature", "synchronizedAudioText"
    if shown:
        yield "schema:accessMode", "visual"
        yield "schema:accessModeSufficient", "textual,visual"
    if told:
        yield "schema:accessModeSufficient", "textual"
    for feature in ("structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"):
        yield "schema:accessibilityFeature", feature
    if layout.entries:
        yield "schema:accessibilityFeature", "pageNavigation"
        yield "schema:accessibilityFeature", "pageBreakMarkers"
        yield "pageBreakSource", "none"  # the breaks are those of no printed paper
    if shown and described:
        yield "schema:accessibilityFeature", "alternativeText"
    yield "schema:accessibilityHazard", "none"
    yield (
        "schema:accessibilitySummary",
        _summary(layout.wording.accessibility, pictures=len(shown), described=described),
    )


def _summary(words: AccessibilityWords, *, pictures: int, described: bool) -> str:
    told = (words.described if described else words.undescribed) if pictures else words.text_only
    return f"{told} {words.ways}"


MEDIA_TYPE = b"application/epub+zip"
XHTML = "application/xhtml+xml"
NCX = "application/x-dtbncx+xml"
CSS = "text/css"


@dataclass(frozen=True, slots=True)
class BookFile:
    """One file of the book. A page that is not `read` in its turn is not part of the spine.

    `picture` is the name by which figures know the picture it is, if it is one of theirs; `overlay`
    the file that tells how a page is heard, and `heard` how many milliseconds that takes.
    """

    name: str
    media_type: str
    properties: tuple[str, ...] = ()
    read: bool = True
    picture: str = ""
    overlay: str = ""
    heard: int = 0

    @property
    def id(self) -> str:
        """Its id in the package: it begins with a letter, and EbookLib's spine looks for ``ncx``."""
        if self.media_type == NCX:
            return "ncx"
        return _id(self.name)

    @property
    def in_spine(self) -> bool:
        """Whether it is read in its turn."""
        return self.media_type == XHTML and self.read


def _id(name: str) -> str:
    stem = name.partition(".")[0]
    return stem if stem[:1].isalpha() else f"f{stem}"


@dataclass(frozen=True, slots=True)
class Guidepost:
    """A place that older systems look for: the cover, the contents, where reading begins."""

    kind: str
    title: str
    file: str


@dataclass(frozen=True, slots=True)
class Series:
    """The paper a book is an issue of: its title, the day of the issue, and which part of it this is."""

    title: str
    day: date
    part: int | None = None

    @property
    def position(self) -> str:
        """``2026.11.23``, as EPUB 3.3 has it (appendix D.3.8): numbers that rise from issue to issue."""
        day = f"{self.day.year}.{self.day.month}.{self.day.day}"
        return f"{day}.{self.part}" if self.part else day

    @property
    def index(self) -> str:
        """``20261123``, as calibre has it: one number that rises from issue to issue."""
        day = f"{self.day:%Y%m%d}"
        return f"{day}.{self.part:02}" if self.part else day


@dataclass(frozen=True, slots=True)
class Package:
    """A book: what is said about it, and its files, the pages among them in reading order.

    `identifier` is a URN; `properties` are further metadata by their EPUB 3 name, which
    may come several times.
    """

    identifier: str
    title: str
    language: str
    direction: str
    issued: date
    creators: tuple[str, ...]
    description: str
    files: tuple[BookFile, ...]
    guide: tuple[Guidepost, ...]
    properties: tuple[tuple[str, str], ...] = ()
    series: Series | None = None
    narrators: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()

    def documents(self) -> Iterator[tuple[str, bytes]]:
        """The container and the package document, with their names in the zip."""
        # EbookLib writes it with strftime, which gives no valid date before the year 1000.
        modified = datetime.combine(max(self.issued, date(1000, 1, 1)), time())
        yield from _Writer(self._book(), modified).documents()

    def _book(self) -> epub.EpubBook:
        book = epub.EpubBook()
        book.FOLDER_NAME = FOLDER
        book.set_unique_metadata("OPF", "generator", "", {"name": "generator", "content": "newsexport"})
        book.set_identifier(self.identifier)
        book.set_title(self.title)
        book.set_language(self.language)
        book.set_direction(self.direction)
        self._describe(book)
        items = [(file, book.add_item(_item(file))) for file in self.files]
        book.spine = [item for file, item in items if file.in_spine]
        book.guide = [{"type": post.kind, "title": post.title, "href": post.file} for post in self.guide]
        return book

    def _describe(self, book: epub.EpubBook) -> None:
        for number, creator in enumerate(self.creators, 1):
            book.add_metadata("DC", "creator", creator, {"id": f"creator{number}"})
        book.add_metadata("DC", "publisher", "newsexport")
        book.add_metadata("DC", "date", self.issued.isoformat())
        for subject in self.subjects:
            book.add_metadata("DC", "subject", subject)
        if self.description:
            book.add_metadata("DC", "description", self.description)
        for name, value in self.properties:
            book.add_metadata("OPF", name, value, {"property": name})
        if any(file.heard for file in self.files):
            self._time(book)
        if self.series:
            _join(book, self.series)
        # Order matters to Nook: the name stands before the content.
        book.add_metadata("OPF", "cover", "", {"name": "cover", "content": "cover-picture"})

    def _time(self, book: epub.EpubBook) -> None:
        """How long everything is heard, and how its text is marked meanwhile (EPUB 3.3, section 9.3.5)."""
        overlays = [file for file in self.files if file.heard]
        for file in overlays:
            told = {"property": DURATION, "refines": f"#{file.id}"}
            book.add_metadata("OPF", "media", clock(file.heard), told)
        total = sum(file.heard for file in overlays)
        book.add_metadata("OPF", "media", clock(total), {"property": DURATION})
        book.add_metadata("OPF", "media", ACTIVE, {"property": "media:active-class"})
        for narrator in self.narrators:
            book.add_metadata("OPF", "media", narrator, {"property": "media:narrator"})


DURATION = "media:duration"

# The class of what is being heard; assets/epub/readaloud.css says how it looks.
ACTIVE = "-epub-media-overlay-active"


def clock(milliseconds: int) -> str:
    """A time as media overlays have it: ``12.345s``."""
    return f"{milliseconds // 1000}.{milliseconds % 1000:03}s"


def _join(book: epub.EpubBook, series: Series) -> None:
    """Issues of one series are stacked by systems that know collections.

    KOReader, PocketBook and calibre read calibre's own two names, all others EPUB's.
    """
    for value, attributes in (
        (series.title, {"property": "belongs-to-collection", "id": "series"}),
        ("series", {"refines": "#series", "property": "collection-type"}),
        (series.position, {"refines": "#series", "property": "group-position"}),
        ("", {"name": "calibre:series", "content": series.title}),
        ("", {"name": "calibre:series_index", "content": series.index}),
    ):
        book.add_metadata("OPF", "series", value, attributes)


def _item(file: BookFile) -> epub.EpubItem:
    item = epub.EpubItem(file.id, file.name, file.media_type)
    item.properties = file.properties
    item.media_overlay = _id(file.overlay) if file.overlay else None
    return item


class _Writer(epub.EpubWriter):  # type: ignore[misc]  # EbookLib has no types
    """EbookLib's writer, of which the documents about the book are kept and nothing is written."""

    def __init__(self, book: epub.EpubBook, modified: datetime) -> None:
        super().__init__("", book, {"mtime": modified})
        self.out = self
        self.written: list[tuple[str, bytes]] = []

    def documents(self) -> list[tuple[str, bytes]]:
        self._write_container()
        self._write_opf()
        return self.written

    def _write_opf_file(self, root: Any) -> None:
        """What EbookLib leaves out: the language of the package's own words."""
        root.set("{http://www.w3.org/XML/1998/namespace}lang", self.book.language)
        super()._write_opf_file(root)

    def writestr(self, name: str, data: bytes | str) -> None:
        self.written.append((name, data.encode() if isinstance(data, str) else data))
