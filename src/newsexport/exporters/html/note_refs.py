"""The numbers of notes and links that stand behind an article, given as its text calls them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Links(StrEnum):
    """What becomes of links that lead out of the book."""

    INLINE = "inline"
    NOTES = "notes"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Call:
    """One place that calls a note. Only the `first` place has an id to come back to.

    `prefix` is what all ids of an article begin with, where a page has several articles.
    """

    number: int
    first: bool
    prefix: str = ""

    @property
    def note(self) -> str:
        """The id of the note."""
        return f"{self.prefix}n{self.number}"

    @property
    def place(self) -> str:
        """The id of the first place that calls it."""
        return f"{self.prefix}c{self.number}"


@dataclass(slots=True)
class Calls:
    """Numbers what is called on one page of an article, in the order in which it is called.

    `known` are the ids of the notes that the article has; a call of any other is none.
    Counting begins after `before`, the number of notes on the article's earlier pages.
    """

    known: frozenset[str]
    before: int = 0
    prefix: str = ""
    notes: dict[str, int] = field(default_factory=dict)
    links: dict[str, int] = field(default_factory=dict)

    def note(self, identifier: str) -> Call | None:
        """The article's note of that id is called here."""
        return self._call(self.notes, identifier) if identifier in self.known else None

    def link(self, address: str) -> Call:
        """A link to that address is called here."""
        return self._call(self.links, address)

    @property
    def last(self) -> int:
        """The highest number given so far."""
        return self.before + len(self.notes) + len(self.links)

    def _call(self, given: dict[str, int], key: str) -> Call:
        if key in given:
            return Call(given[key], first=False, prefix=self.prefix)
        given[key] = self.last + 1
        return Call(given[key], first=True, prefix=self.prefix)

    def in_order(self) -> Iterable[tuple[int, str, bool]]:
        """Number, key, and whether it is a note and no link, of everything called."""
        notes = ((number, key, True) for key, number in self.notes.items())
        links = ((number, key, False) for key, number in self.links.items())
        return sorted((*notes, *links))


def numbered(content: str, number: int, prefix: str = "") -> str:
    """A note begins with the way back to its call, where Kindle looks for it."""
    back = f'<a role="doc-backlink" href="#{prefix}c{number}">{number}</a> '
    return f"<p>{back}{content[3:]}" if content.startswith("<p>") else f"<p>{back}</p>\n{content}"
