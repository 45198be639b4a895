"""What a book's contents know: its sections, its articles and the files they fill.

A `Leaf` is all that is kept of an article, so that a book of ten thousand articles needs
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
class Place:
    """Where in the book something is: a file, or a place in it."""

    title: str
    href: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that an article shows, if it can be had: its description, and whether it has a caption."""

    name: str
    alt: str
    captioned: bool


@dataclass(frozen=True, slots=True)
class Leaf:
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
    headlines: tuple[Place, ...]
    pages: tuple[Place, ...]
    pictures: tuple[Shown, ...]
    measured: Measure

    @property
    def weight(self) -> int:
        """About how many bytes it adds to the book, pictures left out."""
        return self.measured.weight

    @property
    def file(self) -> str:
        """The file it begins in."""
        return self.files[0]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section as the book has it. One without a title has no pages of its own: `files` is empty."""

    number: int
    title: str
    leaves: tuple[Leaf, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """Its front page, and as many more as its headlines need."""
        if not self.title:
            return ()
        more = range(2, 1 + -(-len(self.leaves) // SECTION_PAGE))
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
    chapters: tuple[Chapter, ...]
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
    def leaves(self) -> tuple[Leaf, ...]:
        """Every article in reading order."""
        return tuple(leaf for chapter in self.chapters for leaf in chapter.leaves)

    def turns(self) -> Iterator[Turn]:
        """Every article with what stands around it, in reading order."""
        run = [(chapter, leaf) for chapter in self.chapters for leaf in chapter.leaves]
        for number, (chapter, leaf) in enumerate(run):
            before = run[number - 1][1] if number else None
            after = run[number + 1][1] if number + 1 < len(run) else None
            yield Turn(chapter.title, chapter.file, leaf, before, after)


@dataclass(frozen=True, slots=True)
class Turn:
    """An article, the section it stands in, and its neighbours."""

    section: str
    section_file: str
    leaf: Leaf
    before: Leaf | None
    after: Leaf | None


# One tree of contents, and from it the two tables reading systems look for.
#
# EPUB 3 systems read ``nav.xhtml``; older Kobo and Adobe software reads ``toc.ncx`` alone.


@dataclass(slots=True)
class Entry:
    """A line of the table of contents and those below it."""

    title: str
    href: str
    language: str
    below: list[Entry] = field(default_factory=list)


def contents(layout: Layout, depth: int = 6) -> list[Entry]:
    """Sections, in them articles, in them headings, at most so many levels; never an empty tree.

    The articles of a section without a title stand where sections stand.
    """
    entries: list[Entry] = []
    for chapter in layout.chapters:
        leaves = entries
        if chapter.title:
            entries.append(Entry(chapter.title, chapter.file, layout.language))
            leaves = entries[-1].below
        for leaf in chapter.leaves:
            entry = Entry(leaf.title, leaf.file, leaf.language)
            left = depth - (2 if chapter.title else 1)
            _grow(entry, (place for place in leaf.headlines if place.level - 1 <= left))
            leaves.append(entry)
    return entries or [Entry(layout.title, FRONT, layout.language)]


def _grow(article: Entry, headlines: Iterable[Place]) -> None:
    """Hang headings below their article, each below the last one of a higher level."""
    above = [article]
    for headline in headlines:
        entry = Entry(headline.title, headline.href, article.language)
        del above[headline.level - 1 :]
        above[-1].below.append(entry)
        above.append(entry)


def targets(entries: list[Entry]) -> Iterator[str]:
    """Where the entries lead, all of them."""
    for entry in entries:
        yield entry.href
        yield from targets(entry.below)


def listed(entries: list[Entry], around: str) -> str:
    """The tree as nested ordered lists, as a navigation document has them."""
    return "<ol>\n" + "".join(_listed(entry, around) for entry in entries) + "</ol>"


def _listed(entry: Entry, around: str) -> str:
    spoken = language_attributes(entry.language, around)
    below = "\n" + listed(entry.below, around) if entry.below else ""
    return f'<li><a href="{entry.href}"{spoken}>{text(entry.title)}</a>{below}</li>\n'


def pages(layout: Layout) -> str:
    """The page list as a navigation document has it, or nothing when there is no page."""
    items = "".join(
        f'<li><a href="{page.href}">{page.title}</a></li>\n' for leaf in layout.leaves for page in leaf.pages
    )
    return f"<ol>\n{items}</ol>" if items else ""


def ncx(entries: list[Entry], title: str, language: str, identifier: str) -> bytes:
    """The same tree as EPUB 2 systems read it (OPF 2.0.1, section 2.4.1)."""
    numbers = count(1)
    points = "".join(part for entry in entries for part in _points(entry, numbers))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="{language}">\n'
        f'<head><meta name="dtb:uid" content="{attribute(identifier)}"/>'
        f'<meta name="dtb:depth" content="{max(map(_depth, entries))}"/>'
        '<meta name="dtb:totalPageCount" content="0"/><meta name="dtb:maxPageNumber" content="0"/></head>\n'
        f"<docTitle><text>{text(title)}</text></docTitle>\n"
        f"<navMap>\n{points}</navMap>\n</ncx>\n"
    ).encode()


def _points(entry: Entry, numbers: Iterator[int]) -> Iterator[str]:
    number = next(numbers)
    yield (
        f'<navPoint id="n{number}" playOrder="{number}"><navLabel><text>{text(entry.title)}</text></navLabel>'
        f'<content src="{entry.href}"/>'
    )
    for inner in entry.below:
        yield from _points(inner, numbers)
    yield "</navPoint>\n"


def _depth(entry: Entry) -> int:
    return 1 + max(map(_depth, entry.below), default=0)
