"""Plain text as people keep news in it: a headline, a blank line, paragraphs, a scraped footer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from newsexport.errors import SourceError
from newsexport.model import Article, Figure, Media, Span
from newsexport.protocols import Fetch, Resource
from newsexport.sources import frontmatter
from newsexport.sources.decoding import decode
from newsexport.sources.furniture import furnished, headline_of
from newsexport.sources.layout import blocks, headline
from newsexport.sources.pictures import figure

SUFFIXES = {".txt": 0.8, ".text": 0.8, "": 0.3}


@dataclass(frozen=True, slots=True)
class TextSource:
    """One article from each text file. `docs/articles.md` tells its form."""

    def accepts(self, resource: Resource) -> float:
        """By suffix; a file without one is probably text."""
        return SUFFIXES.get(resource.suffix, 0)

    def read(self, resource: Resource, fetch: Fetch) -> Iterator[Article]:
        """The article. Raises `SourceError` when there is no text in it."""
        about, text = frontmatter.split(decode(resource), resource.reference)
        title, rest = ("", text) if about.text("title") else headline(text)
        article = Article(title or about.text("title"), blocks(rest), reference=resource.reference)
        yield titled(furnished(about.complete(article)), about, resource, fetch)


def titled(article: Article, about: frontmatter.FrontMatter, resource: Resource, fetch: Fetch) -> Article:
    """The article with a headline in any case, and with the picture its front matter asks for."""
    title = " ".join((article.title or headline_of(article.body)).split())
    if not title:
        raise SourceError(resource.reference, "has no text")
    lead, media = _lead(about, resource, fetch)
    return replace(article, title=title, lead=lead, media=media + article.media)


def _lead(
    about: frontmatter.FrontMatter, resource: Resource, fetch: Fetch
) -> tuple[Figure | None, tuple[Media, ...]]:
    target = about.text("image")
    if not target:
        return None, ()
    caption = about.text("caption")
    return figure(target, resource, fetch, alt=about.text("alt"), caption=(Span(caption),) if caption else ())
