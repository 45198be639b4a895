"""What a book's contents know: its sections, its articles and the files they fill.

An `ArticleEntry` is all that is kept of an article, so that a book of ten thousand articles needs
little more memory than its table of contents. File names are ours alone; nothing of an
article is in them. Those of articles are their numbers and those of pictures are made
from their bytes, so that a change to one article does not rename what belongs to another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from newsexport.exporters.epub.pagination import Measure
from newsexport.exporters.html.xhtml import attribute, language_attributes, text
from newsexport.text.wording import Wording, wording

# Where everything lies in the zip.
FOLDER = "EPUB"

FRONT, COVER, NAV = "title.xhtml", "cover.xhtml", "nav.xhtml"

# Articles on one page of a section's front, so that it stays a page.
SECTION_PAGE = 100


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where in the book something is: a file, or a place in it."""

    title: str
    href: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class ImageRef:
    """A picture that an article shows, if it can be had: its description, and whether it has a caption."""

    name: str
    alt: str
    captioned: bool


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """An article: what stands about it in contents, and the files it fills.

    `number` counts from 1 through the edition. `title` is never empty and fits on a line or
    two; `summary` is its standfirst or how it begins. `reference` is where it was read
    from; `headlines` and `pages` are places in its files; `measured` is what
    a look at its text gave.
    """

    number: int
    title: str
    summary: str
    language: str
    minutes: int
    url: str
    reference: str
    files: tuple[str, ...]
    headlines: tuple[Anchor, ...]
    pages: tuple[Anchor, ...]
    pictures: tuple[ImageRef, ...]
    measured: Measure
    tags: tuple[str, ...] = ()

    @property
    def weight(self) -> int:
        """About how many bytes it adds to the book, pictures left out."""
        return self.measured.weight

    @property
    def file(self) -> str:
        """The file it begins in."""
        return self.files[0]


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """A section as the book has it. One without a title has no pages of its own: `files` is empty."""

    number: int
    title: str
    entries: tuple[ArticleEntry, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """Its front page, and as many more as its headlines need."""
        if not self.title:
            return ()
        more = range(2, 1 + -(-len(self.entries) // SECTION_PAGE))
        return (f"s{self.number:02}.xhtml", *(f"s{self.number:02}-{page}.xhtml" for page in more))

    @property
    def file(self) -> str:
        """Its front page, or nothing."""
        return self.files[0] if self.title else ""


@dataclass(frozen=True, slots=True)
class Layout:
    """One book: a whole edition, or part `part` of the `parts` it was split into.

    `paper` is the title of the edition, `identity` its UUID; `authors` are named when it
    is a single article.
    """

    paper: str
    identity: str
    issued: date
    language: str
    chapters: tuple[SectionEntry, ...]
    authors: tuple[str, ...] = ()
    part: int = 1
    parts: int = 1

    @property
    def identifier(self) -> str:
        """A URN that is a function of title and date, so that a rebuilt book replaces the one on a device."""
        return f"urn:uuid:{self.identity}"

    @property
    def title(self) -> str:
        """The title of this book, which says which part it is when there are several."""
        return self.paper if self.parts == 1 else f"{self.paper} {self.part}/{self.parts}"

    @property
    def wording(self) -> Wording:
        """The words of the book as a whole."""
        return wording(self.language)

    @property
    def entries(self) -> tuple[ArticleEntry, ...]:
        """Every article in reading order."""
        return tuple(entry for chapter in self.chapters for entry in chapter.entries)

    def neighbours(self) -> Iterator[Neighbours]:
        """Every article with what stands around it, in reading order."""
        run = [(chapter, entry) for chapter in self.chapters for entry in chapter.entries]
        for number, (chapter, entry) in enumerate(run):
            before = run[number - 1][1] if number else None
            after = run[number + 1][1] if number + 1 < len(run) else None
            yield Neighbours(chapter.title, chapter.file, entry, before, after)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """An article, the section it stands in, and its neighbours."""

    section: str
    section_file: str
    entry: ArticleEntry
    before: ArticleEntry | None
    after: ArticleEntry | None


# One tree of contents, and from it the two tables reading systems look for.
#
# EPUB 3 systems read ``nav.xhtml``; older Kobo and Adobe software reads ``toc.ncx`` alone.


@dataclass(slots=True)
class TocEntry:
    """A line of the table of contents and those below it."""

    title: str
    href: str
    language: str
    below: list[TocEntry] = field(default_factory=list)


def contents(layout: Layout, depth: int = 6) -> list[TocEntry]:
    """Sections, in them articles, in them headings, at most so many levels; never an empty tree.

    The articles of a section without a title stand where sections stand.
    """
    lines: list[TocEntry] = []
    for chapter in layout.chapters:
        entries = lines
        if chapter.title:
            lines.append(TocEntry(chapter.title, chapter.file, layout.language))
            entries = lines[-1].below
        for entry in chapter.entries:
            line = TocEntry(entry.title, entry.file, entry.language)
            left = depth - (2 if chapter.title else 1)
            _grow(line, (place for place in entry.headlines if place.level - 1 <= left))
            entries.append(line)
    return lines or [TocEntry(layout.title, FRONT, layout.language)]


def _grow(article: TocEntry, headlines: Iterable[Anchor]) -> None:
    """Hang headings below their article, each below the last one of a higher level."""
    above = [article]
    for headline in headlines:
        line = TocEntry(headline.title, headline.href, article.language)
        del above[headline.level - 1 :]
        above[-1].below.append(line)
        above.append(line)


def targets(lines: list[TocEntry]) -> Iterator[str]:
    """Where the lines lead, all of them."""
    for line in lines:
        yield line.href
        yield from targets(line.below)


def listed(lines: list[TocEntry], around: str) -> str:
    """The tree as nested ordered lists, as a navigation document has them."""
    return "<ol>\n" + "".join(_listed(line, around) for line in lines) + "</ol>"


def _listed(line: TocEntry, around: str) -> str:
    spoken = language_attributes(line.language, around)
    below = "\n" + listed(line.below, around) if line.below else ""
    return f'<li><a href="{line.href}"{spoken}>{text(line.title)}</a>{below}</li>\n'


def pages(layout: Layout) -> str:
    """The page list as a navigation document has it, or nothing when there is no page."""
    items = "".join(
        f'<li><a href="{page.href}">{page.title}</a></li>\n'
        for entry in layout.entries
        for page in entry.pages
    )
    return f"<ol>\n{items}</ol>" if items else ""


def ncx(lines: list[TocEntry], title: str, language: str, identifier: str) -> bytes:
    """The same tree as EPUB 2 systems read it (OPF 2.0.1, section 2.4.1)."""
    numbers = count(1)
    points = "".join(part for line in lines for part in _points(line, numbers))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="{language}">\n'
        f'<head><meta name="dtb:uid" content="{attribute(identifier)}"/>'
        f'<meta name="dtb:depth" content="{max(map(_depth, lines))}"/>'
        '<meta name="dtb:totalPageCount" content="0"/><meta name="dtb:maxPageNumber" content="0"/></head>\n'
        f"<docTitle><text>{text(title)}</text></docTitle>\n"
        f"<navMap>\n{points}</navMap>\n</ncx>\n"
    ).encode()


def _points(line: TocEntry, numbers: Iterator[int]) -> Iterator[str]:
    number = next(numbers)
    yield (
        f'<navPoint id="n{number}" playOrder="{number}"><navLabel><text>{text(line.title)}</text></navLabel>'
        f'<content src="{line.href}"/>'
    )
    for inner in line.below:
        yield from _points(inner, numbers)
    yield "</navPoint>\n"


def _depth(line: TocEntry) -> int:
    return 1 + max(map(_depth, line.below), default=0)
