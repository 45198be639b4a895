"""What was made here, as an input again: an edition saved as JSON, as it was, or the script of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from newsexport.errors import SourceError
from newsexport.interchange import InterchangeError, from_json
from newsexport.model import Article, Edition
from newsexport.protocols import Item, Resource

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


# A script, so that a command that reads articles takes one: ``newsexport audio day.script.json``.

SUFFIX = ".script.json"


@dataclass(frozen=True, slots=True)
class ScriptSource:
    """Scripts that the script exporter wrote, as articles of what is printed in them."""

    def accepts(self, resource: Resource) -> float:
        """By the name that scripts have."""
        return 1.0 if resource.reference.lower().endswith(SUFFIX) else 0.0

    def read(self, resource: Resource) -> Iterator[Item]:
        """Its articles, in order. Raises `SourceError`."""
        edition = self.edition(resource)
        for section in edition.sections:
            for article in section.articles:
                yield replace(
                    article, section=section.title, reference=article.reference or resource.reference
                )

    def edition(self, resource: Resource) -> Edition:
        """The edition it is the script of, as far as a script has it. Raises `SourceError`."""
        from newsexport.sources.script_edition import edition_of  # noqa: PLC0415 - few inputs are scripts

        return edition_of(resource)
