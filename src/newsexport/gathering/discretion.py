"""What a reader is trusted with and an edition is not: the secrets in the addresses that were asked for.

An address such as ``https://paper.example.org/feed?token=…`` is its owner's alone. What is read
there names it again: as where an article was published, as part of its guid, in its links.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from newsexport.addresses import secret_parts, without_parts
from newsexport.model import Article, Spans, respanned


@dataclass(frozen=True, slots=True)
class Discretion:
    """Leaves those parameters out of articles, each as it stands in an address: ``token=…``."""

    parts: frozenset[str]

    @classmethod
    def about(cls, references: Iterable[str]) -> Discretion:
        """As far as the references that somebody asked for have secrets."""
        return cls(frozenset().union(*map(secret_parts, references)))

    def kept(self, article: Article) -> Article:
        """The article with nothing in it that the references keep secret."""
        if not self.parts:
            return article
        return replace(
            article,
            url=self._without(article.url) if article.url else None,
            guid=self._without(article.guid),
            body=respanned(article.body, self._discreet),
            notes=tuple(
                replace(note, blocks=respanned(note.blocks, self._discreet)) for note in article.notes
            ),
        )

    def _discreet(self, spans: Spans) -> Spans:
        return tuple(replace(span, href=self._without(span.href)) if span.href else span for span in spans)

    def _without(self, address: str) -> str:
        return without_parts(address, self.parts)
