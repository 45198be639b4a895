"""One tree of contents, and from it the two tables reading systems look for.

EPUB 3 systems read ``nav.xhtml``; older Kobo and Adobe software reads ``toc.ncx`` alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from newsexport.exporters.epub.layout import FRONT, Layout, Place
from newsexport.exporters.html.xhtml import attribute, language_attributes, text


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
