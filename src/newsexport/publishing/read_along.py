"""The text of an edition as HTML in which every sentence that is heard knows when."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from newsexport.exporters.html.blocks import blocks
from newsexport.exporters.html.following import Following, stretched
from newsexport.exporters.html.inline import Calls, Setting, WebSetting, inline, numbered
from newsexport.exporters.html.xhtml import language_attributes
from newsexport.interchange.json_reader import JsonError, JsonValue, document
from newsexport.library.issue import STORY
from newsexport.model import Article, Edition, Figure, Media, Span
from newsexport.narration.following import Follower, HeardRange
from newsexport.text.addresses import is_web
from newsexport.text.dates import dateline
from newsexport.text.languages import language_tag
from newsexport.text.quotation_marks import typographic
from newsexport.text.wording import Wording, wording

# When a sentence of a transcript begins and ends.
TIMES = ("startTime", "endTime")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as it was printed where it was spoken from, and when, in seconds.

    `words` are those whose time is known: where in the body each begins, and how long after the sentence.
    """

    body: str
    start: float
    end: float
    words: tuple[tuple[int, float], ...] = ()


def said(transcript: bytes) -> list[Said]:
    """The sentences of a Podcasting 2.0 transcript in JSON; none where it cannot be read."""
    try:
        return list(map(_said, document(transcript).member("segments").items()))
    except JsonError:
        return []


def _said(segment: JsonValue) -> Said:
    begin, end = (segment.member(time).number(0, 2**31) for time in TIMES)
    words = segment.optional("words", _timed, tuple[tuple[int, float], ...]())
    after = tuple((offset, second - begin) for offset, second in words)
    return Said(segment.member("body").raw_text(), begin, end, after)


def _timed(listed: JsonValue) -> tuple[tuple[int, float], ...]:
    pairs = (pair.items() for pair in listed.items())
    return tuple((int(offset.number(0, 2**31)), second.number(0, 2**31)) for offset, second in pairs)


# Bytes of pictures that a page carries; more would keep a telephone waiting.
MOST_PICTURES = 6_000_000
NO_FILES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article on a page: where it stands, and its text, in the language of a tag that is valid."""

    place: str
    title: str
    section: str
    html: Markup
    start: float | None
    language: str


def spoken(language: str, around: str) -> Markup:
    """The attributes of an element whose language may differ from the text around it; both are valid tags."""
    return _made(language_attributes(language, around, xml=False))


@dataclass(slots=True)
class _ArticlePage:
    """What a page is made with as it goes along: who follows the sound, and room for pictures.

    `files` are the addresses of pictures by their names; others are in the page, while there is `room`.
    `level` is that of the heading of an article: one below that of its section, if that has one.
    """

    sentences: Sequence[Said]
    follower: Follower
    media: Mapping[str, Media]
    language: str
    files: Mapping[str, str]
    level: int = 3
    room: int = MOST_PICTURES

    def named(self, heard: HeardRange) -> str:
        """The attributes of a sentence: when it is heard."""
        one = self.sentences[heard.sentence]
        return f'class="s" data-start="{one.start:.3f}" data-end="{one.end:.3f}"{_words(one)}'


def _words(one: Said) -> str:
    """When the words of a sentence are heard: letters and figures before each, and its millisecond."""
    listed = " ".join(
        f"{sum(map(str.isalnum, one.body[:offset]))}:{round(1000 * second)}" for offset, second in one.words
    )
    return f' data-words="{listed}"' if listed else ""


def told(
    edition: Edition, sentences: Sequence[Said], files: Mapping[str, str] = NO_FILES
) -> Iterator[ShownArticle]:
    """Every article in order, with the sentences that are heard; the first of a section has its name.

    `files` are the addresses of pictures that need not be carried in the page, by their names without suffix.
    """
    number, edition = 0, typographic(edition)
    follower = Follower([(one.body,) for one in sentences])
    page = _ArticlePage(sentences, follower, edition.media(), language_tag(edition.language, "en"), files)
    for section in edition.sections:
        page.level = 3 if section.title else 2
        for at, article in enumerate(section.articles):
            number += 1
            language = language_tag(article.language, page.language)
            place = f"{STORY}{number}"
            html, start = _article(replace(article, language=language), page, place)
            named = "" if at else section.title
            yield ShownArticle(place, article.title, named, html, start, language)


def _setting(article: Article, page: _ArticlePage, place: str) -> Setting:
    return Setting(
        language=article.language,
        pictures={},
        places={},
        picture="",
        calls=Calls(frozenset(note.id for note in article.notes), prefix=f"{place}-"),
        sound=Following(page.follower, page.named),
        web=WebSetting(image=lambda figure: _image(figure, page), level=page.level + 1),
    )


def _article(article: Article, page: _ArticlePage, place: str) -> tuple[Markup, float | None]:
    setting = _setting(article, page, place)
    stretches = page.follower.stretches(article.title)
    words = wording(article.language)
    title = stretched((Span(article.title),), stretches, setting, page.named)
    parts = [_heading(_made(title), "title", page.level)]
    if source := list(_source(article, words)):
        parts.append(Markup('<p class="by">{}</p>').format(Markup(" · ").join(source)))
    if article.standfirst:
        standfirst = inline((Span(article.standfirst),), setting)
        parts.append(Markup('<p class="standfirst">{}</p>').format(_made(standfirst)))
    lead = (article.lead,) if article.lead else ()
    parts.append(_made(blocks((*lead, *article.body), setting)))
    if article.tags:
        own = spoken(words.language, article.language)
        kept = words.comma.join(article.tags)
        parts.append(Markup('<p class="by"{}>{}: {}</p>').format(own, words.tags, kept))
    if notes := list(_notes(article, setting)):
        own = spoken(words.language, article.language)
        named = Markup("<span{}>{}</span>").format(own, words.notes) if own else words.notes
        listed = Markup('<ul class="notes">{}</ul>').format(Markup("").join(notes))
        parts += [_heading(named, "inner", page.level + 1), listed]
    return Markup("\n").join(parts), page.sentences[stretches[0].sentence].start if stretches else None


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


def _notes(article: Article, setting: Setting) -> Iterator[Markup]:
    """The notes that were called, and those that notes call, each behind the way back to its call."""
    written = {note.id: note.blocks for note in article.notes}
    prefix = setting.calls.prefix
    for number, name, _ in setting.calls.reached():
        content = numbered(blocks(written[name], setting), number, prefix)
        yield Markup('<li id="{}">{}</li>').format(f"{prefix}n{number}", _made(content))


def _made(html: str) -> Markup:
    """What the writer of blocks made, which escapes whatever comes from others."""
    return Markup(html)  # noqa: S704 - escaped where it was made


def _heading(content: Markup | str, kind: str, level: int) -> Markup:
    return Markup('<h{} class="{}">{}</h{}>').format(level, kind, content, level)


def _image(figure: Figure, page: _ArticlePage) -> Markup:
    """The picture from its own file, else in the page itself; its words where it is too much."""
    media = page.media.get(figure.media)
    source = _source_of(media, page) if media is not None else ""
    if media is not None and source:
        from newsexport.artwork.pictures import PictureError, size  # noqa: PLC0415 - loads Pillow

        with suppress(PictureError):
            width, height = size(media.data)
            shown = Markup('<img loading="lazy" alt="{}" width="{}" height="{}" src="{}">')
            return shown.format(figure.alt, width, height, source)
    return Markup("<p>[{}]</p>").format(figure.alt) if figure.alt else Markup("")


def _source_of(media: Media, page: _ArticlePage) -> str:
    """Where a picture is: the address of its file, or itself, if there is room."""
    if address := page.files.get(media.name.partition(".")[0]):
        return address
    data = media.data
    if len(data) * 4 // 3 > page.room:
        return ""
    page.room -= len(data) * 4 // 3
    return f"data:{media.media_type};base64,{base64.b64encode(data).decode()}"
