"""One tree of contents, and from it the two tables reading systems look for.

EPUB 3 systems read ``nav.xhtml``; older Kobo and Adobe software reads ``toc.ncx`` alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from newsexport.exporters.epub.blocks import Headline, outline
from newsexport.exporters.epub.layout import Layout
from newsexport.exporters.epub.xhtml import attribute, language_attributes, text


@dataclass(slots=True)
class Entry:
    """A line of the table of contents and those below it."""

    title: str
    href: str
    language: str
    below: list[Entry] = field(default_factory=list)


def contents(layout: Layout) -> list[Entry]:
    """Sections, in them articles, in them headings; never an empty tree.

    The articles of a section without a title stand where sections stand.
    """
    entries: list[Entry] = []
    for section in layout.sections:
        leaves = entries
        if section.file:
            entries.append(Entry(section.title, section.file, layout.language))
            leaves = entries[-1].below
        for leaf in section.leaves:
            entry = Entry(leaf.title, leaf.file, leaf.language)
            _grow(entry, outline(leaf.article.body).values())
            leaves.append(entry)
    return entries or [Entry(layout.title, layout.front, layout.language)]


def _grow(article: Entry, headlines: Iterable[Headline]) -> None:
    """Hang headings below their article, each below the last one of a higher level."""
    above = [article]
    for headline in headlines:
        entry = Entry(headline.title, f"{article.href}#{headline.id}", article.language)
        del above[headline.level - 1 :]
        above[-1].below.append(entry)
        above.append(entry)


def listed(entries: list[Entry], around: str) -> str:
    """The tree as nested ordered lists, as a navigation document has them."""
    return "<ol>\n" + "".join(_listed(entry, around) for entry in entries) + "</ol>\n"


def _listed(entry: Entry, around: str) -> str:
    spoken = language_attributes(entry.language, around)
    below = "\n" + listed(entry.below, around) if entry.below else ""
    return f'<li><a href="{entry.href}"{spoken}>{text(entry.title)}</a>{below}</li>\n'


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
