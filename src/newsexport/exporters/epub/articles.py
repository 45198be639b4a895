"""An article as the pages of a book; the work that is done in parallel."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from newsexport.exporters.epub.contents import Turn
from newsexport.exporters.epub.flow import flow, page_break
from newsexport.exporters.epub.pages import Book
from newsexport.exporters.epub.pagination import Stretch, stretches
from newsexport.exporters.html.blocks import blocks, figure
from newsexport.exporters.html.inline import Setting
from newsexport.exporters.html.note_refs import Calls, numbered
from newsexport.exporters.html.xhtml import address, attribute, label, language_attributes, site, text
from newsexport.model import Article, figures
from newsexport.text.dates import dateline
from newsexport.text.wording import Wording, wording

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
class Sheet:
    """An article to set, and what it needs to know of the book around it.

    `pictures` are the files of its pictures by name, `places` those of the articles it
    links to, by the key of their address.
    """

    article: Article
    turn: Turn
    pictures: Mapping[str, str]
    places: Mapping[str, str]

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


def pages(sheet: Sheet, book: Book) -> Iterator[tuple[str, bytes]]:
    """Every page of an article with its file, and before it the codes that it shows with theirs."""
    article, leaf = sheet.article, sheet.turn.leaf
    cut = _fitted(stretches(article.body, leaf.measured), len(leaf.files))
    known = frozenset(note.id for note in article.notes)
    told = 0
    for number, (stretch, file) in enumerate(zip(cut, leaf.files, strict=True)):
        calls = Calls(known, told)
        setting = Setting(
            language=leaf.language,
            pictures=sheet.pictures,
            places=sheet.places,
            picture=wording(leaf.language).picture,
            calls=calls,
            links=book.links,
            called_as="noteref endnote" if book.kepub else "noteref",  # Kobo knows no other
        )
        values = {
            **_around(sheet, book),
            **_opening(sheet, setting, first=number == 0),
            "body": Markup(flow(stretch, leaf.number, setting)),  # noqa: S704 - escaped where it was made
            "notes": _notes(article, setting, book),
            "first": number == 0,
            "last": number == len(cut) - 1,
            "onward": "" if number == len(cut) - 1 else leaf.files[number + 1],
        }
        told = calls.last
        yield from _codes((*calls.links, article.url or ""), book)
        yield file, book.page("article", leaf.language, leaf.title, values)


def _fitted(cut: tuple[Stretch, ...], count: int) -> tuple[Stretch, ...]:
    """As many stretches as there are files: an article that is set as bare text may take more or fewer."""
    if len(cut) <= count:
        return cut + (Stretch(()),) * (count - len(cut))
    rest = tuple(block for stretch in cut[count - 1 :] for block in stretch.blocks)
    return (*cut[: count - 1], Stretch(rest))


def _codes(targets: Iterable[str], book: Book) -> Iterator[tuple[str, bytes]]:
    """The codes of these addresses, each with its file."""
    if book.codes:
        for target in targets:
            picture = code(target) if target else None
            if picture is not None:
                yield code_file(target), picture


def _around(sheet: Sheet, book: Book) -> dict[str, object]:
    turn = sheet.turn
    words = wording(turn.leaf.language)
    own = sheet.article.url or ""
    return {
        "section": turn.section,
        "section_file": turn.section_file,
        "before": turn.before,
        "after": turn.after,
        "sources": tuple(_sources(sheet.article, turn.leaf.language, words)),
        "code": code_file(own) if own and book.codes and code(own) else "",
    }


def _opening(sheet: Sheet, setting: Setting, *, first: bool) -> dict[str, object]:
    """What stands above the text, on an article's first page."""
    article, leaf = sheet.article, sheet.turn.leaf
    words = wording(leaf.language)
    names = tuple(name for name in map(label, article.byline) if name)
    published = article.published.date() if article.published else None
    return {
        "opening": Markup(page_break(leaf.number, 1)) if first else "",  # noqa: S704 - of numbers alone
        "headline": label(article.title, 1000) or leaf.title,
        "standfirst": label(article.standfirst, 2000),
        "byline": words.names(names) if names else "",
        "published": published,
        "dated": dateline(published, words.language) if published else "",
        "origin": _within(_origin(article), leaf.language, words.language),
        "facts": (
            words.reading_time(leaf.minutes),
            *words.standing(partial=article.partial, update=article.update),
        ),
        "lead": _lead(article, setting) if first else "",
    }


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
    name = label(named) or (site(target) if target else "")
    if not target:
        return name
    return Markup(f'<a href="{attribute(target)}">{text(name)}</a>')  # noqa: S704 - escaped just here


def _sources(article: Article, language: str, words: Wording) -> Iterator[Markup]:
    """The last lines of an article: where the original is, and where else the story stood."""
    if origin := _origin(article):
        yield Markup("{}: {}").format(words.source, _within(origin, language, words.language))
    others = (_linked(twin.url, twin.site) for twin in article.also_in)
    if named := [_within(other, language, words.language) for other in others if other]:
        yield Markup("{}: {}").format(words.also_in, escape(words.comma).join(named))


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
    calls = setting.calls
    while len(views) < calls.last - calls.before:
        number, key, is_note = list(calls.in_order())[len(views)]
        content = blocks(written[key], setting) if is_note else _address(key, book, wording(setting.language))
        views.append(NoteView(f"n{number}", Markup(numbered(content, number))))  # noqa: S704 - escaped above
    return views


def _address(target: str, book: Book, words: Wording) -> str:
    """A link as a note: whose it is, and the whole address, to be read, to be followed, and to be scanned."""
    line = f'<p>{text(site(target))}: <a class="address" href="{attribute(target)}">{text(target)}</a></p>'
    if not book.codes or code(target) is None:
        return line
    alt = attribute(f"{words.code}: {site(target)}")
    return f'{line}\n<div class="code"><img src="{code_file(target)}" alt="{alt}"/></div>'
