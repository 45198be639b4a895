"""Spans as XHTML: marks, links, languages, readings beside the text, and calls of notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby
from typing import Protocol

from newsexport.exporters.html.xhtml import address, attribute, is_seen, language_attributes, text
from newsexport.model import Figure, Mark, Span, Spans, Table
from newsexport.text.addresses import same_story_key
from newsexport.text.languages import language_tag

# The numbers of notes and links that stand behind an article, given as its text calls them.


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

    def reached(self) -> Iterator[tuple[int, str, bool]]:
        """The same, what is called meanwhile included: a note that is set may call further ones."""
        told = 0
        while told < self.last - self.before:
            yield list(self.in_order())[told]
            told += 1


def numbered(content: str, number: int, prefix: str = "") -> str:
    """A note begins with the way back to its call, where Kindle looks for it."""
    back = f'<a role="doc-backlink" href="#{prefix}c{number}">{number}</a> '
    return f"<p>{back}{content[3:]}" if content.startswith("<p>") else f"<p>{back}</p>\n{content}"


# Outermost first, so that equal marks always nest alike.
ELEMENTS = (
    (Mark.STRUCK, "del"),
    (Mark.INSERTED, "ins"),
    (Mark.STRONG, "strong"),
    (Mark.EMPHASIS, "em"),
    (Mark.LOWERED, "sub"),
    (Mark.RAISED, "sup"),
    (Mark.CODE, "code"),
)

# Indents that a telephone still has room for.
DEEP = 4

# Content that shows nothing.
BLANK = re.compile(r"(?:\s|<br/>)*")


@dataclass(frozen=True, slots=True)
class WebSetting:
    """What a page of the web does in its own way.

    `image` sets a picture or what stands in its place (nothing where nothing does); `level` is
    that of the headings within an article.
    """

    image: Callable[[Figure], str]
    level: int


class FollowsSound(Protocol):
    """Sets what is heard, asked for everything on a page in order."""

    def run(self, spans: Spans, setting: Setting) -> str:
        """A run of spans."""
        ...

    def rows(self, table: Table, language: str) -> list[str]:
        """The attributes of each row of a table, each behind a space."""
        ...


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds the text of an article.

    `pictures` gives the file of a picture by its name and `shapes` its class, `places` the file of another
    article of the book by its address, `picture` the word that stands for a picture nobody
    described. `calls` numbers what the text calls; `links` is what becomes of links that
    lead out of the book; `called_as` the ``epub:type`` of a call. `depth` is how many
    quotations and lists stand around. `sound` is what the page follows, if it follows one. `web` is
    there on a page of the web, which has no attributes of EPUB.
    """

    language: str
    pictures: Mapping[str, str]
    places: Mapping[str, str]
    picture: str
    calls: Calls
    links: Links = Links.INLINE
    called_as: str = "noteref"
    depth: int = 0
    sound: FollowsSound | None = None
    web: WebSetting | None = None
    shapes: Mapping[str, str] = field(default_factory=dict)

    @property
    def inside(self) -> Setting:
        """One quotation or list further in."""
        return replace(self, depth=self.depth + 1)

    @property
    def deep(self) -> str:
        """A class for what is so far in that another indent would leave no room for words."""
        return ' class="deep"' if self.depth >= DEEP else ""


def inline(spans: Spans, setting: Setting) -> str:
    """A run of spans, as the page around it sets them."""
    return setting.sound.run(spans, setting) if setting.sound else linked(spans, setting)


def linked(spans: Spans, setting: Setting) -> str:
    """Spans in their elements; neighbours with the same target make one link."""
    if len(spans) == 1 and not (spans[0].href or spans[0].language or spans[0].note):
        return _marked(spans[0])
    return "".join(_linked(href, tuple(run), setting) for href, run in groupby(spans, lambda span: span.href))


def _linked(href: str | None, spans: Spans, setting: Setting) -> str:
    content = "".join(_spoken(spans, setting))
    if not href or not any(is_seen(span.text) for span in spans):
        return content
    inside = setting.places.get(same_story_key(href)) if setting.places else None
    target = inside or address(href)
    if not target or "<a " in content:  # a link has no place in a link: the call of a note is one
        return content
    if inside or setting.links is Links.INLINE:
        private = ' rel="noreferrer"' if setting.web else ""
        return f'<a href="{attribute(target)}"{private}>{content}</a>'
    noted = setting.links is Links.NOTES
    return content + called(setting.calls.link(target), setting) if noted else content


def called(call: Call, setting: Setting) -> str:
    """The number that leads to a note."""
    place = f' id="{call.place}"' if call.first else ""
    kind = "" if setting.web else f' epub:type="{setting.called_as}"'
    return f'<a{place}{kind} role="doc-noteref" class="call" href="#{call.note}">{call.number}</a>'


def _spoken(spans: Spans, setting: Setting) -> Iterator[str]:
    for language, run in groupby(spans, lambda span: span.language):
        content = "".join(_called(span, setting) for span in run)
        tag = language_tag(language or "", setting.language)
        attributes = language_attributes(tag, setting.language, xml=setting.web is None)
        yield f"<span{attributes}>{content}</span>" if attributes and content else content


def _called(span: Span, setting: Setting) -> str:
    call = setting.calls.note(span.note) if span.note else None
    return _marked(span) + (called(call, setting) if call else "")


def _marked(span: Span) -> str:
    content = _lines(span.text)
    if not content:
        return content
    if span.ruby:
        content = f"<ruby>{content}<rt>{text(span.ruby)}</rt></ruby>"
    if span.marks:
        for mark, element in reversed(ELEMENTS):
            if mark in span.marks:
                content = f"<{element}>{content}</{element}>"
    return content


def _lines(value: str) -> str:
    escaped = text(value)
    return escaped.replace("\n", "<br/>") if "\n" in escaped else escaped
