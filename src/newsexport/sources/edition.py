"""An edition saved as JSON: an input again, with its sections, order and pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from newsexport.errors import SourceError
from newsexport.interchange import InterchangeError, from_json
from newsexport.model import Article, Edition
from newsexport.protocols import Resource

MARKER = b'"newsexport"'


@dataclass(frozen=True, slots=True)
class EditionSource:
    """The articles of an edition in the form of `newsexport.interchange`."""

    def accepts(self, resource: Resource) -> float:
        """Certain when the marker of the form is among the first bytes, whatever the suffix."""
        start = resource.data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
        if start.startswith(b"{") and MARKER in start:
            return 1
        return 0.1 if resource.suffix == ".json" else 0

    def read(self, resource: Resource) -> Iterator[Article]:
        """The articles in order; each carries the title of its section."""
        saved = self.edition(resource)
        for section in saved.sections:
            for article in section.articles:
                yield replace(
                    article,
                    section=section.title or article.section,
                    reference=article.reference or resource.reference,
                )

    def edition(self, resource: Resource) -> Edition:
        """The whole edition, with its title, date and language. Raises `SourceError`."""
        try:
            return from_json(resource.data)
        except InterchangeError as error:
            raise SourceError(resource.reference, f"is no edition: {error}") from error
