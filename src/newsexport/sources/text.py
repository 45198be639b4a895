"""Plain text as people keep news in it: a headline, a blank line, paragraphs, a scraped footer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from newsexport.errors import SourceError
from newsexport.model import Article, Figure, Span
from newsexport.protocols import Resource
from newsexport.sources import front_matter
from newsexport.sources.bylines import fields_lifted, headline_of
from newsexport.sources.decoding import decode
from newsexport.sources.layout import blocks, headline

SUFFIXES = {".txt": 0.8, ".text": 0.8, "": 0.3}


@dataclass(frozen=True, slots=True)
class TextSource:
    """One article from each text file. `docs/articles.md` tells its form."""

    parallel: ClassVar[bool] = True

    def accepts(self, resource: Resource) -> float:
        """By suffix, or by what the server said; a file without a suffix is probably text."""
        if resource.address:
            return 0.5 if resource.media_type.lower().startswith("text/plain") else 0
        return SUFFIXES.get(resource.suffix, 0)

    def read(self, resource: Resource) -> Iterator[Article]:
        """The article. Raises `SourceError` when there is no text in it."""
        about, text = front_matter.split(decode(resource), resource.reference)
        title, rest = ("", text) if about.text("title") else headline(text)
        article = Article(title or about.text("title"), blocks(rest), reference=resource.reference)
        yield titled(fields_lifted(about.complete(article)), about)


def titled(article: Article, about: front_matter.FrontMatter) -> Article:
    """The article with a headline in any case, and with the picture its front matter asks for."""
    title = " ".join((article.title or headline_of(article.body)).split())
    if not title:
        raise SourceError(article.reference, "has no text")
    return replace(article, title=title, lead=_lead(about))


def _lead(about: front_matter.FrontMatter) -> Figure | None:
    target, caption = about.text("image"), about.text("caption")
    return Figure(target, about.text("alt"), (Span(caption),) if caption else ()) if target else None
