"""The text of an edition as HTML in which every sentence that is heard knows when."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from newsexport.exporters.html.blocks import blocks
from newsexport.exporters.html.inline import Calls, Setting, WebSetting, inline, linked, numbered
from newsexport.exporters.html.xhtml import language_attributes
from newsexport.interchange.json_reader import JsonError, document
from newsexport.model import Article, Edition, Figure, Media, Span, Spans, plain
from newsexport.text.addresses import is_web
from newsexport.text.dates import dateline
from newsexport.text.languages import language_tag
from newsexport.text.wording import Wording, wording

# Which stretch of printed text is heard when.
#
# What was said is told by a transcript, sentence by sentence, and what is printed by the
# edition; both are in the order of reading. What is spoken and not printed (a greeting, the
# name of a section) is passed over, and so is what is printed and not spoken (a caption, a
# list of figures).

# How many spoken sentences may be printed nowhere before a printed one is looked for elsewhere.
AHEAD = 6

# When a sentence of a transcript begins and ends.
TIMES = ("startTime", "endTime")

WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as it was printed where it was spoken from, and when, in seconds."""

    body: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class HeardRange:
    """The characters from `begin` up to `end` of a text, heard from `start` to `until`."""

    begin: int
    end: int
    start: float
    until: float


def said(transcript: bytes) -> list[Said]:
    """The sentences of a Podcasting 2.0 transcript in JSON; none where it cannot be read."""
    try:
        return [
            Said(one.member("body").raw_text(), *(one.member(time).number(0, 2**31) for time in TIMES))
            for one in document(transcript).member("segments").items()
        ]
    except JsonError:
        return []


class Follower:
    """Goes through texts and sentences side by side; each text is asked for once, in order."""

    def __init__(self, sentences: Sequence[Said]) -> None:
        self.sentences = [(one, [_bare(word) for word in one.body.split()]) for one in sentences]
        self.at = 0

    def stretches(self, text: str) -> list[HeardRange]:
        """What of the next text is heard when, in order; nothing overlaps."""
        return list(self._found(text))

    def _found(self, text: str) -> Iterator[HeardRange]:
        words = [(match.start(), match.end(), _bare(match.group())) for match in WORD.finditer(text)]
        bare = [word for _, _, word in words]
        position = 0
        while position < len(words):
            place = self._next(bare, position)
            if place is None:
                return
            number, first, count = place
            one = self.sentences[number][0]
            yield HeardRange(words[first][0], words[first + count - 1][1], one.start, one.end)
            self.at, position = number + 1, first + count

    def _next(self, bare: Sequence[str], position: int) -> tuple[int, int, int] | None:
        """The next sentence that is printed here: its number, its first word, how many it has."""
        for number in range(self.at, min(self.at + AHEAD, len(self.sentences))):
            said_words = self.sentences[number][1]
            count = len(said_words)
            for first in range(position, len(bare) - count + 1) if count else ():
                if bare[first] == said_words[0] and list(bare[first : first + count]) == said_words:
                    return number, first, count
        return None


def _bare(word: str) -> str:
    """A word without what stands around it: quotation marks are printed once and parted twice."""
    return re.sub(r"^\W+|\W+$", "", word) or word


# Bytes of pictures that a page carries; more would keep a telephone waiting.
MOST_PICTURES = 6_000_000


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

    `level` is that of the heading of an article: one below that of its section, if that has one.
    """

    follower: Follower
    media: Mapping[str, Media]
    language: str
    level: int = 3
    room: int = MOST_PICTURES


def told(edition: Edition, follower: Follower) -> Iterator[ShownArticle]:
    """Every article in order; the first of a section has its name."""
    number = 0
    page = _ArticlePage(follower, edition.media(), language_tag(edition.language, "en"))
    for section in edition.sections:
        page.level = 3 if section.title else 2
        for at, article in enumerate(section.articles):
            number += 1
            language = language_tag(article.language, page.language)
            place = f"story-{number}"
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
        web=WebSetting(
            run=lambda spans, setting: _followed(spans, setting, page.follower),
            image=lambda figure: _image(figure, page),
            level=page.level + 1,
        ),
    )


def _article(article: Article, page: _ArticlePage, place: str) -> tuple[Markup, float | None]:
    setting = _setting(article, page, place)
    stretches = page.follower.stretches(article.title)
    words = wording(article.language)
    title = _stretched((Span(article.title),), stretches, setting)
    parts = [_heading(_made(title), "title", page.level)]
    if source := list(_source(article, words)):
        parts.append(Markup('<p class="by">{}</p>').format(Markup(" · ").join(source)))
    if article.standfirst:
        standfirst = inline((Span(article.standfirst),), setting)
        parts.append(Markup('<p class="standfirst">{}</p>').format(_made(standfirst)))
    lead = (article.lead,) if article.lead else ()
    parts.append(_made(blocks((*lead, *article.body), setting)))
    if notes := list(_notes(article, setting)):
        own = spoken(words.language, article.language)
        named = Markup("<span{}>{}</span>").format(own, words.notes) if own else words.notes
        listed = Markup('<ul class="notes">{}</ul>').format(Markup("").join(notes))
        parts += [_heading(named, "inner", page.level + 1), listed]
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
    """The picture itself, so that the page asks nobody for it; its words where it is too much."""
    media = page.media.get(figure.media)
    if media is not None and len(media.data) * 4 // 3 <= page.room:
        page.room -= len(media.data) * 4 // 3
        data = base64.b64encode(media.data).decode()
        return Markup('<img loading="lazy" alt="{}" src="data:{};base64,{}">').format(
            figure.alt, media.media_type, data
        )
    return Markup("<p>[{}]</p>").format(figure.alt) if figure.alt else Markup("")


def _followed(spans: Spans, setting: Setting, follower: Follower) -> str:
    return _stretched(spans, follower.stretches(plain(spans)), setting)


def _stretched(spans: Spans, stretches: Sequence[HeardRange], setting: Setting) -> str:
    """The run with each sentence that is heard in an element of its own, and nothing else changed."""
    ends = [end for one in stretches for end in (one.begin, one.end)]
    between, *pairs = _cut(spans, ends)
    parts = [linked(between, setting)]
    for one, inside, after in zip(stretches, pairs[::2], pairs[1::2], strict=True):
        times = f'data-start="{one.start:.3f}" data-end="{one.until:.3f}"'
        parts.append(f'<span class="s" {times}>{linked(inside, setting)}</span>{linked(after, setting)}')
    return "".join(parts)


def _cut(spans: Spans, ends: Sequence[int]) -> list[Spans]:
    """A run cut at so many characters from its beginning, with one piece more than cuts.

    A call of a note, which has no characters, stays with what stands before it.
    """
    pieces: list[list[Span]] = [[] for _ in range(len(ends) + 1)]
    number, at = 0, 0
    for span in spans:
        if not span.text:
            pieces[number].append(span)
        begin = 0
        while begin < len(span.text):
            while number < len(ends) and ends[number] <= at + begin:
                number += 1
            end = min(len(span.text), ends[number] - at) if number < len(ends) else len(span.text)
            ruby = span.ruby if end - begin == len(span.text) else None
            note = span.note if end == len(span.text) else None
            pieces[number].append(replace(span, text=span.text[begin:end], ruby=ruby, note=note))
            begin = end
        at += len(span.text)
    return [tuple(piece) for piece in pieces]
