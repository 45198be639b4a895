"""An edition as the values that the template of a newspaper sets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from newsexport.artwork.image_limits import Fit
from newsexport.errors import ExportError
from newsexport.events import Lost, Report, ignore
from newsexport.exporters.epub.articles import is_repeated
from newsexport.exporters.html.inline import Links
from newsexport.exporters.html.xhtml import address, label, legal
from newsexport.exporters.pdf.content import Composition, Picture, Value, blocks, broken, figure, language
from newsexport.model import (
    Article,
    Block,
    Edition,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Section,
    figures,
    plain_blocks,
    walk,
)
from newsexport.text.addresses import same_story_key, site_of
from newsexport.text.counting import minutes_for, word_count
from newsexport.text.dates import dateline, full_dateline
from newsexport.text.languages import language_tag
from newsexport.text.wording import Wording, wording
from newsexport.work.containment import contained


class PageSize(StrEnum):
    """What a newspaper is printed on, or read on."""

    A4 = "a4"
    LETTER = "letter"
    REMARKABLE = "remarkable"
    REMARKABLE_PRO = "remarkable-pro"
    PHONE = "phone"
    KOBO = "kobo"

    @property
    def sheet(self) -> PageMeasures:
        """Its measures."""
        return SHEETS[self]


@dataclass(frozen=True, slots=True)
class PageMeasures:
    """The measures of a page: its sides, margins and gutters in millimetres, its text in points.

    `masthead` is the largest that the name of the paper is set, `inside` how many headlines fit on the front
    page. What is on `paper` cannot be tapped, and shows its addresses.
    """

    width: float
    height: float
    margin: float
    columns: int
    gutter: float
    size: float
    pitch: float
    masthead: float
    inside: int
    fit: Fit
    paper: bool = False

    @property
    def column(self) -> float:
        """The width of a column in points."""
        gutters = (self.columns - 1) * self.gutter
        return (self.width - 2 * self.margin - gutters) / self.columns * 72 / 25.4

    @property
    def body(self) -> float:
        """The height of a column in points."""
        return (self.height - 2 * self.margin) * 72 / 25.4 - 1.6 * self.pitch

    def room(self, points: float) -> int:
        """Letters beside each other in a table of this width."""
        return int(points / (0.8 * 0.5 * self.size))

    @property
    def values(self) -> Value:
        """What the template asks for."""
        return {
            "width": self.width,
            "height": self.height,
            "margin": self.margin,
            "columns": self.columns,
            "gutter": self.gutter,
            "size": self.size,
            "pitch": self.pitch,
            "masthead": self.masthead,
            "inside": self.inside,
            "body": round(self.body, 1),
            "tallest": round(self.body * 0.42, 1),
        }


# Screens of electronic ink have 226, 229 and 300 pixels an inch; colours are kept where they show them.
SHEETS = {
    PageSize.A4: PageMeasures(210, 297, 14, 3, 5.5, 9.2, 11.6, 62, 18, Fit(), paper=True),
    PageSize.LETTER: PageMeasures(215.9, 279.4, 14, 3, 5.5, 9.2, 11.6, 62, 18, Fit(), paper=True),
    PageSize.REMARKABLE: PageMeasures(157.8, 210.4, 9, 2, 5, 9.6, 12.2, 46, 8, Fit(1404, 1872, grey=True)),
    PageSize.REMARKABLE_PRO: PageMeasures(179.7, 239.6, 10, 2, 5.5, 10, 12.8, 52, 10, Fit(1620, 2160)),
    PageSize.PHONE: PageMeasures(68, 147, 4.5, 1, 4, 9.6, 12.6, 30, 0, Fit(1080, 1920)),
    PageSize.KOBO: PageMeasures(107, 142.3, 6, 1, 4, 9.8, 12.8, 40, 0, Fit(1264, 1680)),
}

# How much of an article is made: the first of a section, one with a picture or many words, a brief.
FIRST, FULL, BRIEF = 1, 2, 3
# Lines of a brief, of so many letters each.
LONGEST_BRIEF, LINE = 22, 36
# Words of headlines that may be wider than their room, and are divided by hyphens then.
WORD = re.compile(r"[A-Za-z\u00c0-\u058f\u1e00-\u1fff]{10,}")


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """The edition around an article: the numbers of all by their addresses, its language, who is told."""

    places: Mapping[str, int]
    language: str
    report: Report


@dataclass(frozen=True, slots=True)
class Newspaper:
    """What an edition is set with."""

    sheet: PageMeasures
    links: Links
    pictures: Mapping[str, Picture]

    def values(self, edition: Edition, report: Report = ignore) -> Value:
        """What the template reads; an article that cannot be told in its form is told as its words."""
        tag = language_tag(edition.language, "en")
        words = wording(tag)
        sections = [section for section in edition.sections if section.articles]
        articles = [article for section in sections for article in section.articles]
        places = {
            same_story_key(article.url): number for number, article in enumerate(articles, 1) if article.url
        }
        numbers = iter(range(1, len(articles) + 1))
        surroundings = EditionFacts(places, tag, report)
        told = [self._section(section, numbers, surroundings) for section in sections]
        paper = {
            "title": label(edition.title, 500) or words.untitled,
            "authors": [name for name in map(label, articles[0].byline) if name]
            if len(articles) == 1
            else [],
            "issued": {"year": edition.issued.year, "month": edition.issued.month, "day": edition.issued.day},
            "dated": dateline(edition.issued, tag),
            "count": words.count(len(articles)),
            "language": language(tag),
            "digits": list(words.digits),
            "contents": words.contents,
            "elsewhere": [],
            "returns": not self.sheet.paper and len(articles) > 1,
            "sheet": self.sheet.values,
        }
        return {"paper": paper, "sections": told}

    def _section(self, section: Section, numbers: Iterator[int], around: EditionFacts) -> Value:
        title = label(section.title)
        level = 2 if title else 1
        articles = [self._told(article, next(numbers), level, around) for article in section.articles]
        return arranged({"title": title, "articles": articles}, self.sheet.columns)

    def _told(self, article: Article, number: int, level: int, around: EditionFacts) -> Value:
        """The article, or its bare words where something in it cannot be told."""
        try:
            with contained(ExportError):
                return self._article(article, number, level, around)
        except ExportError as error:
            lost = sum(each.media in self.pictures for each in figures(article)) - is_repeated(article)
            told = f"set without its form: {error}"
            around.report(Lost(article.reference or article.title, told, whole=False, pictures=lost))
            bare = replace(article, body=(), notes=(), lead=None)
            return plainly(self._article(bare, number, level, around), article)

    def _article(self, article: Article, number: int, level: int, around: EditionFacts) -> Value:
        tag = language_tag(article.language, around.language)
        words = wording(tag)
        composition = Composition(
            number=number,
            language=tag,
            pictures=self.pictures,
            places={key: place for key, place in around.places.items() if place != number},
            picture=words.picture,
            notes={note.id: note.blocks for note in article.notes},
            links=self.links,
            room=self.sheet.room(self.sheet.column),
            wide=self.sheet.room(self.sheet.column * self.sheet.columns),
        )
        lead, body = self._led(article)
        title = label(article.title, 1000) or label(" ".join(plain_blocks(article.body[:3])), 80)
        names = tuple(filter(None, map(label, article.byline)))
        leading = figure(lead, composition) if lead else []
        return {
            "number": number,
            "level": level,
            "language": language(tag),
            "title": broken(title or words.untitled),
            "short": broken(label(title, 120) or words.untitled),
            "length": len(title),
            "long": sorted(set(WORD.findall(title))),
            "rank": FULL if leading or not _is_brief(article) else BRIEF,
            "standfirst": broken(label(article.standfirst, 2000)),
            "by": broken(words.names(names)) if names else "",
            "facts": list(_facts(article, words)),
            "lead": leading[0] if leading else None,
            "body": _levelled(blocks(body, composition), level),
            "sources": list(self._sources(article, words)),
            "shown": len(composition.shown),
        }

    def _led(self, article: Article) -> tuple[Figure | None, Sequence[Block]]:
        """The picture above the text and the rest of it: the leading one, or the first that stands in it."""
        again = [
            block for block in article.body if isinstance(block, Figure) and block.media in self.pictures
        ]
        lead = article.lead
        if lead is not None and lead.media in self.pictures:
            if all(other.media != lead.media for other in figures(article) if other is not lead):
                return lead, article.body
            again = [block for block in again if block.media == lead.media]
        if not again:
            return None, article.body
        at = next(at for at, block in enumerate(article.body) if block is again[0])
        return again[0], (*article.body[:at], *article.body[at + 1 :])

    def _sources(self, article: Article, words: Wording) -> Iterator[Value]:
        """Where the original is, where else the story stood, and its tags."""
        if article.url and (target := address(article.url)):
            shown = target if self.sheet.paper else label(article.site or "") or site_of(target)
            yield {"word": words.source, "links": [{"t": broken(shown), "u": target}]}
        twins = [(twin.site, address(twin.url)) for twin in article.also_in]
        others = [
            {"t": broken(label(site) or site_of(target)), "u": target} for site, target in twins if target
        ]
        if others:
            yield {"word": words.also_in, "links": others}
        if tags := [{"t": broken(tag)} for tag in map(label, article.tags) if tag]:
            yield {"word": words.tags, "links": tags}


def arranged(section: Value, columns: int) -> Value:
    """The section, its first article made much of, and briefs beside each other."""
    first, *others = section["articles"]
    articles = [{**first, "rank": FIRST}, *others]
    return {**section, "articles": articles, "rows": list(_rows(articles, columns))}


def _is_brief(article: Article) -> bool:
    """Whether it is so short that it can stand beside others, and holds nothing but text."""
    held = (*article.body, *(block for note in article.notes for block in note.blocks))
    if not all(isinstance(block, Paragraph | Heading | Listing | Quote) for block in walk(held)):
        return False
    return sum(1 + len(text) // LINE for text in plain_blocks(held)) <= LONGEST_BRIEF


def _rows(articles: list[Value], columns: int) -> Iterator[list[int]]:
    """The places of articles one below the other, and of briefs beside each other."""
    for brief, several in groupby(enumerate(articles), lambda placed: bool(placed[1]["rank"] == BRIEF)):
        row = [at for at, _ in several]
        across = columns if brief else 1
        yield from (row[at : at + across] for at in range(0, len(row), across))


def articles_of(values: Value) -> list[Value]:
    """The articles in what the template reads, in order."""
    return [article for section in values["sections"] for article in section["articles"]]


def alone(values: Value, section: Value, article: Value) -> Value:
    """One article as the whole of a paper, in which the others can be linked to."""
    elsewhere = [other["number"] for other in articles_of(values) if other is not article]
    paper = {**values["paper"], "elsewhere": elsewhere, "returns": False}
    return {"paper": paper, "sections": [{**section, "articles": [article], "rows": [[0]]}]}


def plainly(value: Value, article: Article) -> Value:
    """An article as its bare words."""
    every = (*article.body, *(block for note in article.notes for block in note.blocks))
    body = [{"k": "p", "s": [broken(legal(text))]} for text in plain_blocks(every) if text.strip()]
    return {**value, "lead": None, "body": body, "sources": [], "shown": 0, "rank": FULL}


def _facts(article: Article, words: Wording) -> Iterator[str]:
    if article.published:
        yield dateline(article.published.date(), words.language)
    if site := label(article.site or ""):
        yield broken(site)
    yield words.reading_time(minutes_for(word_count(article)))
    again = full_dateline(article.again, words.language) if article.again else ""
    yield from words.standing(partial=article.partial, update=article.update, again=again)


def _levelled(body: list[Value], level: int) -> list[Value]:
    """The headings of an article below its headline, none more than one level below the one before."""
    deepest = level
    told = []
    for value in body:
        if value["k"] == "h":
            deepest = min(level + value["level"] - 1, deepest + 1, 6)
            told.append({**value, "level": deepest})
        else:
            told.append(value)
    return told
