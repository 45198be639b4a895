"""Which article goes into which file of the book, and which picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from newsexport.artwork import pictures
from newsexport.events import Lost, Report
from newsexport.exporters.epub.xhtml import label, language_tag, legal
from newsexport.model import Article, Edition, Media, figures, plain_blocks, reading_minutes
from newsexport.wording import Wording, wording

FRONT = "title.xhtml"


@dataclass(frozen=True, slots=True)
class Leaf:
    """An article and the file it fills. `title` is never empty and fits on a line or two."""

    article: Article
    file: str
    title: str
    language: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Part:
    """A section. One without a title has no page of its own: `file` is empty."""

    title: str
    file: str
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and the file it fills."""

    file: str
    media: Media


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole book. File names are ours alone; nothing of an article is in them."""

    edition: Edition
    title: str
    language: str
    sections: tuple[Part, ...]
    pictures: dict[str, Picture]
    front: str = FRONT

    @property
    def identifier(self) -> str:
        """The edition's UUID as a URN, so that a rebuilt book replaces the one on a device."""
        return f"urn:uuid:{self.edition.id}"

    @property
    def wording(self) -> Wording:
        """The words of the book as a whole."""
        return wording(self.language)

    def leaves(self) -> Iterator[tuple[Part, Leaf]]:
        """Every article with its section, in reading order."""
        for section in self.sections:
            for leaf in section.leaves:
                yield section, leaf


def lay_out(edition: Edition, report: Report) -> Layout:
    """Give every article and picture its file. Pictures that are missing or unusable are told."""
    edition = replace(edition, title=legal(edition.title))
    language = language_tag(edition.language, "en")
    sections: list[Part] = []
    articles = 0
    for section in edition.sections:
        leaves = tuple(
            _leaf(article, articles + number, language) for number, article in enumerate(section.articles, 1)
        )
        articles += len(leaves)
        title = label(section.title)
        if leaves:
            sections.append(Part(title, f"s{len(sections) + 1:02}.xhtml" if title else "", leaves))
    title = label(edition.title, 500) or wording(language).untitled
    return Layout(edition, title, language, tuple(sections), _pictures(edition, report))


def _leaf(article: Article, number: int, language: str) -> Leaf:
    """An article without a headline is called by its first words."""
    own = language_tag(article.language, language)
    title = (
        label(article.title) or label(" ".join(plain_blocks(article.body[:3])), 80) or wording(own).untitled
    )
    return Leaf(article, f"a{number:04}.xhtml", title, own, reading_minutes(article))


def _pictures(edition: Edition, report: Report) -> dict[str, Picture]:
    """The pictures that are shown, by name, each once."""
    found: dict[str, Picture] = {}
    for article in edition.articles():
        for figure in figures(article):
            if figure.media in found:
                continue
            media = _usable(article, figure.media, report)
            if media is not None:
                suffix = ".png" if media.media_type == "image/png" else ".jpg"
                found[figure.media] = Picture(f"p{len(found) + 1:04}{suffix}", media)
    return found


def _usable(article: Article, name: str, report: Report) -> Media | None:
    """The picture in a form every device shows, or None and a word about why."""
    media = article.picture(name)
    if media is None:
        return None  # told when the article was read
    try:
        settled = pictures.settle(media.data)
    except pictures.PictureError as error:
        report(Lost(article.reference or article.title, f"picture {name} {error}", whole=False))
        return None
    return media if settled.name == media.name else settled  # the first may wait in a file
