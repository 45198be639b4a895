"""An article as the pages of a book; the work that is done in parallel."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from markupsafe import Markup, escape

from newsexport.exporters.epub.contents import Neighbours
from newsexport.exporters.epub.outline import page_id, page_label
from newsexport.exporters.epub.pages import Book
from newsexport.exporters.epub.pagination import PageBlocks, stretches
from newsexport.exporters.html.blocks import blocks, figure
from newsexport.exporters.html.following import Following
from newsexport.exporters.html.inline import Calls, Setting, inline, numbered
from newsexport.exporters.html.xhtml import address, attribute, label, language_attributes, text
from newsexport.model import Article, Heading, Span, figures
from newsexport.narration.following import Follower, HeardRange, heard_id
from newsexport.text.addresses import site_of
from newsexport.text.dates import dateline, full_dateline
from newsexport.text.wording import Wording, wording

# Characters of a headline that is set smaller.
LONG = 90

# The text of a page, its headings to be linked to, and where the pages of a printed book would begin.


def flow(stretch: PageBlocks, number: int, setting: Setting) -> str:
    """The blocks of one page of article `number`, one a line, and where its pages begin."""
    parts = []
    for place, block in enumerate(stretch.blocks):
        if page := stretch.breaks.get(place):
            parts.append(page_break(number, page))
        headline = stretch.headlines.get(place)
        if headline and isinstance(block, Heading):
            tag = f"h{headline.level}"
            parts.append(f'<{tag} id="{headline.id}">{inline(block.spans, setting)}</{tag}>')
        else:
            parts.append(blocks((block,), setting))
    return "\n".join(part for part in parts if part)


def page_break(number: int, page: int) -> str:
    """Where a page of the page list begins (EPUB Accessibility 1.1, section 3.4.1)."""
    return (
        f'<div id="{page_id(page)}" class="page" epub:type="pagebreak" role="doc-pagebreak" '
        f'aria-label="{page_label(number, page)}"></div>'
    )


# The address of a page as a picture that a telephone can read off the e-reader's screen.
#
# Someone who reads offline cannot follow a link; with a code beside it they can follow it
# on the telephone in their pocket.

# Pixels a module: 3 are read from a 300 ppi screen at arm's length, and readers shrink pictures.
SCALE = 4

# Modules of white around the code (ISO/IEC 18004:2015, section 6.3.8).
QUIET = 4

# 97 by 97 modules, 858 bytes at the lowest level: larger ones are not read from a 6-inch screen.
LARGEST = 20


def code_file(url: str) -> str:
    """The name of the file that holds the code of a URL."""
    return f"q{hashlib.sha256(url.encode()).hexdigest()[:16]}.png"


@lru_cache(maxsize=256)
def code(url: str) -> bytes | None:
    """The URL as a QR code, a PNG of one bit a pixel; None where it is too long for one.

    The code bears as much error correction as fits in the size that the URL needs.
    """
    import segno  # noqa: PLC0415 - few books have codes

    try:
        symbol = segno.make_qr(url, error="l", version=None, mode="byte", encoding="utf-8", boost_error=True)
    except segno.DataOverflowError:
        return None
    if int(symbol.version) > LARGEST:
        return None
    written = io.BytesIO()
    symbol.save(written, kind="png", scale=SCALE, border=QUIET)
    return written.getvalue()


@dataclass(frozen=True, slots=True)
class RenderJob:
    """An article to set, and what it needs to know of the book around it.

    `pictures` are the files of its pictures by name, `shapes` their classes, `places` those of the
    articles it links to, by the key of their address. `sentences` are what is heard of it, if it is,
    each in the pieces that are told apart.
    """

    article: Article
    neighbours: Neighbours
    pictures: Mapping[str, str]
    places: Mapping[str, str]
    sentences: tuple[tuple[str, ...], ...] = ()
    shapes: Mapping[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> int:
        """How many times a picture is shown: a leading one that the text shows again only there."""
        shown = sum(figure.media in self.pictures for figure in figures(self.article))
        lead = self.article.lead
        return shown - (lead is not None and lead.media in self.pictures and is_repeated(self.article))


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note as the template sets it."""

    id: str
    content: Markup


def pages(task: RenderJob, book: Book) -> Iterator[tuple[str, bytes]]:
    """Every page of an article with its file, and before it the codes that it shows with theirs."""
    article, entry = task.article, task.neighbours.entry
    cut = _fitted(stretches(article.body, entry.measured), len(entry.files))
    known = frozenset(note.id for note in article.notes)
    sound = Following(Follower(task.sentences), heard_named) if task.sentences else None
    told = 0
    for number, (stretch, file) in enumerate(zip(cut, entry.files, strict=True)):
        calls = Calls(known, told)
        setting = Setting(
            language=entry.language,
            pictures=task.pictures,
            shapes=task.shapes,
            places=task.places,
            picture=wording(entry.language).picture,
            calls=calls,
            links=book.links,
            called_as="noteref endnote" if book.kepub else "noteref",  # Kobo knows no other
            sound=sound,
        )
        values = {
            **_around(task, book),
            **_opening(task, setting, first=number == 0),
            "body": Markup(flow(stretch, entry.number, setting)),  # noqa: S704 - escaped where it was made
            "notes": _notes(article, replace(setting, sound=None), book),
            "first": number == 0,
            "last": number == len(cut) - 1,
            "onward": "" if number == len(cut) - 1 else entry.files[number + 1],
        }
        told = calls.last
        yield from _codes((*calls.links, article.url or ""), book)
        yield file, book.page("article", entry.language, entry.title, values)


def _fitted(cut: tuple[PageBlocks, ...], count: int) -> tuple[PageBlocks, ...]:
    """As many stretches as there are files: an article that is set as bare text may take more or fewer."""
    if len(cut) <= count:
        return cut + (PageBlocks(()),) * (count - len(cut))
    rest = tuple(block for stretch in cut[count - 1 :] for block in stretch.blocks)
    return (*cut[: count - 1], PageBlocks(rest))


def _codes(targets: Iterable[str], book: Book) -> Iterator[tuple[str, bytes]]:
    """The codes of these addresses, each with its file."""
    if book.codes:
        for target in targets:
            picture = code(target) if target else None
            if picture is not None:
                yield code_file(target), picture


def _around(task: RenderJob, book: Book) -> dict[str, object]:
    neighbours = task.neighbours
    words = wording(neighbours.entry.language)
    own = task.article.url or ""
    return {
        "section": neighbours.section,
        "section_file": neighbours.section_file,
        "before": neighbours.before,
        "after": neighbours.after,
        "sources": tuple(_sources(task.article, neighbours.entry.language, words)),
        "code": code_file(own) if own and book.codes and code(own) else "",
    }


def _opening(task: RenderJob, setting: Setting, *, first: bool) -> dict[str, object]:
    """What stands above the text, on an article's first page."""
    article, entry = task.article, task.neighbours.entry
    words = wording(entry.language)
    names = tuple(name for name in map(label, article.byline) if name)
    published = article.published.date() if article.published else None
    again = full_dateline(article.again, words.language) if article.again else ""
    headline = label(article.title, 1000) or entry.title
    return {
        "opening": Markup(page_break(entry.number, 1)) if first else "",  # noqa: S704 - of numbers alone
        "headline": _heard(headline, setting, first=first),
        "long": len(headline) > LONG,
        "standfirst": _heard(label(article.standfirst, 2000), setting, first=first),
        "byline": words.names(names) if names else "",
        "published": published,
        "dated": dateline(published, words.language) if published else "",
        "origin": _within(_origin(article), entry.language, words.language),
        "facts": (
            words.reading_time(entry.minutes),
            *words.standing(partial=article.partial, update=article.update, again=again),
        ),
        "lead": _lead(article, setting) if first else "",
    }


def heard_named(heard: HeardRange) -> str:
    """The attributes of what is heard, as the overlays know it."""
    return f'id="{heard_id(heard.sentence, heard.word)}"'


def _heard(line: str, setting: Setting, *, first: bool) -> Markup | str:
    """A line above the text, its sentences named where they are heard."""
    heard = first and line and setting.sound
    return Markup(inline((Span(line),), setting)) if heard else line  # noqa: S704 - escaped where it was made


def _origin(article: Article) -> Markup | str:
    """The site the article was published at, a link where we know the address."""
    return _linked(article.url or "", article.site or "")


def _within(name: Markup | str, language: str, around: str) -> Markup | str:
    """The name in its own language and direction, where the words around it are in another."""
    spoken = language_attributes(language, around)
    return Markup("<span{}>{}</span>").format(Markup(spoken), name) if name and spoken else name  # noqa: S704 - tags that were checked


def _linked(url: str, named: str) -> Markup | str:
    """The name as a link where the address is one; its host where there is no name."""
    target = address(url) if url else None
    name = label(named) or (site_of(target) if target else "")
    if not target:
        return name
    return Markup(f'<a href="{attribute(target)}">{text(name)}</a>')  # noqa: S704 - escaped just here


def _sources(article: Article, language: str, words: Wording) -> Iterator[Markup]:
    """The last lines of an article: where the original is, where else the story stood, and its tags."""
    if origin := _origin(article):
        yield Markup("{}: {}").format(words.source, _within(origin, language, words.language))
    others = (_linked(twin.url, twin.site) for twin in article.also_in)
    if named := [_within(other, language, words.language) for other in others if other]:
        yield Markup("{}: {}").format(words.also_in, escape(words.comma).join(named))
    if tags := tuple(filter(None, map(label, article.tags))):
        yield Markup("{}: {}").format(words.tags, escape(words.comma).join(tags))


def _lead(article: Article, setting: Setting) -> Markup | str:
    """The leading picture, unless the text shows it again."""
    lead = article.lead
    if lead is None or is_repeated(article):
        return ""
    return Markup(figure(lead, setting))  # noqa: S704 - escaped where it was made


def is_repeated(article: Article) -> bool:
    """Whether the text shows the leading picture again."""
    lead = article.lead
    return lead is not None and any(
        other.media == lead.media for other in figures(article) if other is not lead
    )


def _notes(article: Article, setting: Setting, book: Book) -> list[NoteView]:
    """The notes called on this page, those that notes call included; links among them as addresses."""
    written = {note.id: note.blocks for note in article.notes}
    views: list[NoteView] = []
    for number, key, is_note in setting.calls.reached():
        content = blocks(written[key], setting) if is_note else _address(key, book, wording(setting.language))
        views.append(NoteView(f"n{number}", Markup(numbered(content, number))))  # noqa: S704 - escaped above
    return views


def _address(target: str, book: Book, words: Wording) -> str:
    """A link as a note: whose it is, and the whole address, to be read, to be followed, and to be scanned."""
    line = f'<p>{text(site_of(target))}: <a class="address" href="{attribute(target)}">{text(target)}</a></p>'
    if not book.codes or code(target) is None:
        return line
    alt = attribute(f"{words.code}: {site_of(target)}")
    return f'{line}\n<div class="code"><img src="{code_file(target)}" alt="{alt}"/></div>'
