"""The text of an edition as HTML in which every sentence that is heard knows when."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import assert_never

from markupsafe import Markup, escape

from newsexport.addresses import is_web
from newsexport.dateline import dateline
from newsexport.exporters.epub.inline import ELEMENTS
from newsexport.languages import direction, is_within, language_tag
from newsexport.model import (
    Article,
    Block,
    Code,
    Edition,
    Figure,
    Heading,
    Listing,
    Media,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
)
from newsexport.publishing.pages.following import Follower, Stretch
from newsexport.wording import Wording, wording

# Bytes of pictures that a page carries; more would keep a telephone waiting.
MOST_PICTURES = 6_000_000


@dataclass(frozen=True, slots=True)
class Told:
    """An article on a page: where it stands, and its text, in the language of a tag that is valid."""

    place: str
    title: str
    section: str
    html: Markup
    start: float | None
    language: str


def spoken(language: str, around: str) -> Markup:
    """The attributes of an element whose language may differ from the text around it; both are valid tags."""
    if is_within(language, around):
        return Markup("")
    if direction(language) == direction(around):
        return Markup(' lang="{}"').format(language)
    return Markup(' lang="{}" dir="{}"').format(language, direction(language))


@dataclass(slots=True)
class _Setting:
    """What a page is made with as it goes along: who follows the sound, and room for pictures.

    `level` is that of the heading of an article: one below that of its section, if that has one.
    """

    follower: Follower
    media: Mapping[str, Media]
    language: str
    level: int = 3
    room: int = MOST_PICTURES
    shown: set[str] = field(default_factory=set)


def told(edition: Edition, follower: Follower) -> Iterator[Told]:
    """Every article in order; the first of a section has its name."""
    number = 0
    setting = _Setting(follower, edition.media(), language_tag(edition.language, "en"))
    for section in edition.sections:
        setting.level = 3 if section.title else 2
        for at, article in enumerate(section.articles):
            number += 1
            language = language_tag(article.language, setting.language)
            html, start = _article(replace(article, language=language), setting)
            named = "" if at else section.title
            yield Told(f"story-{number}", article.title, named, html, start, language)


def _article(article: Article, setting: _Setting) -> tuple[Markup, float | None]:
    stretches = setting.follower.stretches(article.title)
    words = wording(article.language)
    title = _stretched((Span(article.title),), stretches, article.language)
    parts = [_heading(title, "title", setting.level)]
    if source := list(_source(article, words)):
        parts.append(Markup('<p class="by">{}</p>').format(Markup(" · ").join(source)))
    if article.standfirst:
        standfirst = _run((Span(article.standfirst),), article, setting)
        parts.append(Markup('<p class="standfirst">{}</p>').format(standfirst))
    lead = (article.lead,) if article.lead else ()
    parts += [_block(block, article, setting) for block in (*lead, *article.body)]
    if article.notes:
        notes = Markup("").join(
            Markup("<li>{}</li>").format(_blocks(note.blocks, article, setting)) for note in article.notes
        )
        own = spoken(words.language, article.language)
        named = Markup("<span{}>{}</span>").format(own, words.notes) if own else words.notes
        parts.append(_heading(named, "inner", setting.level + 1) + Markup("<ol>{}</ol>").format(notes))
    return Markup("\n").join(parts), stretches[0].start if stretches else None


def _source(article: Article, words: Wording) -> Iterator[Markup]:
    """Who wrote it, where it stood, and when; our words in a language of their own if need be."""
    own = spoken(words.language, article.language)
    if article.byline:
        by = words.names(article.byline)
        yield Markup("<span{}>{}</span>").format(own, by) if own else escape(by)
    if article.site:
        yield escape(article.site)
    if article.url and is_web(article.url):
        yield Markup('<a rel="noreferrer" href="{}"{}>{}</a>').format(article.url, own, words.source)
    if article.published:
        day = article.published.date()
        printed = dateline(day, article.language)
        yield Markup('<time datetime="{}">{}</time>').format(day.isoformat(), printed)


def _blocks(blocks: Iterable[Block], article: Article, setting: _Setting) -> Markup:
    return Markup("\n").join(_block(block, article, setting) for block in blocks)


def _block(block: Block, article: Article, setting: _Setting) -> Markup:
    match block:
        case Paragraph(spans):
            made = _element("p", _run(spans, article, setting))
        case Heading(spans):
            made = _heading(_run(spans, article, setting), "inner", setting.level + 1)
        case Quote(blocks, attribution=attribution):
            made = _element("blockquote", _blocks(blocks, article, setting))
            if attribution:
                by = Markup("— ") + _run(attribution, article, setting)
                made = Markup('<figure class="quote">{}<figcaption>{}</figcaption></figure>').format(made, by)
        case Listing():
            made = _listing(block, article, setting)
        case Figure():
            made = _figure(block, article, setting)
        case Table():
            made = _table(block, article, setting)
        case Code(text):
            made = Markup('<pre tabindex="0"><code>{}</code></pre>').format(text)
        case Rule():
            made = Markup("<hr>")
        case _:
            assert_never(block)
    return made


def _element(name: str, content: Markup | str) -> Markup:
    """An element without attributes; `name` is one of ours."""
    return Markup(f"<{name}>{{}}</{name}>").format(content)  # noqa: S704 - what comes from others is the content


def _heading(content: Markup | str, kind: str, level: int) -> Markup:
    return Markup('<h{} class="{}">{}</h{}>').format(level, kind, content, level)


def _listing(listing: Listing, article: Article, setting: _Setting) -> Markup:
    items = (_blocks(item, article, setting) for item in listing.items)
    if not listing.ordered:
        return _element("ul", Markup("").join(_element("li", item) for item in items))
    values = [Markup(' value="{}"').format(number) for number in listing.numbers] or [Markup("")] * len(
        listing.items
    )
    inside = Markup("").join(
        Markup("<li{}>{}</li>").format(value, item) for value, item in zip(values, items, strict=True)
    )
    return Markup('<ol start="{}">{}</ol>').format(listing.start, inside)


def _figure(figure: Figure, article: Article, setting: _Setting) -> Markup:
    """The picture itself, so that the page asks nobody for it; its words where it is too much."""
    caption = _run(figure.caption, article, setting) if figure.caption else Markup("")
    media = setting.media.get(figure.media)
    picture = Markup("")
    if media is not None and len(media.data) * 4 // 3 <= setting.room:
        setting.room -= len(media.data) * 4 // 3
        data = base64.b64encode(media.data).decode()
        picture = Markup('<img loading="lazy" alt="{}" src="data:{};base64,{}">').format(
            figure.alt, media.media_type, data
        )
    elif figure.alt:
        picture = Markup("<p>[{}]</p>").format(figure.alt)
    if not picture and not caption:
        return Markup("")
    told_of = Markup("<figcaption>{}</figcaption>").format(caption) if caption else ""
    return Markup("<figure>{}{}</figure>").format(picture, told_of)


def _table(table: Table, article: Article, setting: _Setting) -> Markup:
    def row(cells: tuple[Spans, ...], name: str) -> Markup:
        return _element("tr", Markup("").join(_element(name, _run(each, article, setting)) for each in cells))

    caption = _element("caption", _run(table.caption, article, setting)) if table.caption else ""
    head = _element("thead", row(table.head, "th")) if table.head else ""
    body = _element("tbody", Markup("").join(row(cells, "td") for cells in table.rows))
    return Markup('<div class="table" tabindex="0"><table>{}{}{}</table></div>').format(caption, head, body)


def _run(spans: Spans, article: Article, setting: _Setting) -> Markup:
    text = "".join(span.text for span in spans)
    return _stretched(spans, setting.follower.stretches(text), article.language)


def _stretched(spans: Spans, stretches: Iterable[Stretch], language: str) -> Markup:
    """The run with each sentence that is heard in an element of its own, and nothing else changed."""
    parts: list[Markup] = []
    at = 0
    for stretch in stretches:
        parts.append(_inline(_cut(spans, at, stretch.begin), language))
        inside = _inline(_cut(spans, stretch.begin, stretch.end), language)
        parts.append(
            Markup('<span class="s" data-start="{:.3f}" data-end="{:.3f}">{}</span>').format(
                stretch.start, stretch.until, inside
            )
        )
        at = stretch.end
    parts.append(_inline(_cut(spans, at, sum(len(span.text) for span in spans)), language))
    return Markup("").join(parts)


def _cut(spans: Spans, begin: int, end: int) -> Iterator[Span]:
    """The characters of a run from `begin` up to `end`, with their marks."""
    at = 0
    for span in spans:
        first, last = max(begin - at, 0), min(end - at, len(span.text))
        if first < last:
            whole = first == 0 and last == len(span.text)
            ruby = span.ruby if whole else None
            yield Span(span.text[first:last], span.marks, span.href, span.language, ruby)
        at += len(span.text)


def _inline(spans: Iterator[Span], language: str) -> Markup:
    """Spans as HTML; neighbours with one target make one link."""
    parts = []
    for href, run in groupby(spans, key=lambda span: span.href):
        inside = Markup("").join(_marked(span, language) for span in run)
        if href and is_web(href):
            inside = Markup('<a rel="noreferrer" href="{}">{}</a>').format(href, inside)
        parts.append(inside)
    return Markup("").join(parts)


def _marked(span: Span, language: str) -> Markup:
    content = Markup("<br>").join(map(escape, span.text.split("\n")))
    if span.ruby:
        content = Markup("<ruby>{}<rt>{}</rt></ruby>").format(content, span.ruby)
    for mark, element in reversed(ELEMENTS):
        if mark in span.marks:
            content = _element(element, content)
    if own := spoken(language_tag(span.language or "", language), language):
        content = Markup("<span{}>{}</span>").format(own, content)
    return content
