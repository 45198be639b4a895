"""Exports of read-later services that are archives of several files which belong together.

Omnivore's: ``metadata_*.json`` with a record for each page, ``content/SLUG.html`` with its
text, ``highlights/SLUG.md``. Pocket's: ``part_*.csv``, ``annotations/*.json`` with what was
marked by address, ``collections/*.json``. The files of either are told by these names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from newsexport.errors import SourceError
from newsexport.interchange.json_reader import load
from newsexport.model import Article, Note
from newsexport.protocols import Continued, Entry, Item, Resource
from newsexport.sources.decoding import decode
from newsexport.sources.highlights import from_markdown, from_records, marking, notes_of
from newsexport.sources.page import PageSource
from newsexport.sources.saved_records import saved
from newsexport.text.addresses import same_story_key

METADATA = re.compile(r"(?:^|/)metadata_[\w-]+\.json$")
CONTENT = re.compile(r"(?:^|/)content/([^/]+)\.x?html?$")
HIGHLIGHTS = re.compile(r"(?:^|/)highlights/([^/]+)\.md$")
PART = re.compile(r"(?:^|/)part_\d+\.csv$")
MARKED = re.compile(r"(?:^|/)annotations/[^/]+\.json$")
COLLECTION = re.compile(r"(?:^|/)collections/[^/]+\.json$")


def service_named(names: Sequence[str]) -> str:
    """The service whose export has files of these names; empty when it is neither."""
    if any(map(METADATA.search, names)) and any(
        CONTENT.search(name) or HIGHLIGHTS.search(name) for name in names
    ):
        return "Omnivore"
    marked = any(MARKED.search(name) or COLLECTION.search(name) for name in names)
    return "Pocket" if marked and any(map(PART.search, names)) else ""


# What lies beside the tables of an export, and says that a folder is one.
OMNIVORE = frozenset(("content", "highlights"))
POCKET = frozenset(("annotations", "collections"))


def is_export(names: Sequence[str], folders: Sequence[str]) -> bool:
    """Whether the names in a folder are those of an export that was an archive."""
    return (any(map(METADATA.search, names)) and not OMNIVORE.isdisjoint(folders)) or (
        any(map(PART.search, names)) and not POCKET.isdisjoint(folders)
    )


Open = Callable[[str], Resource]


@dataclass(slots=True)
class Export:
    """The files of an export, and which of them have been read as a part of another."""

    names: Sequence[str]
    opened: Open
    used: set[str] = field(default_factory=set)

    def records(self) -> Iterator[Item]:
        """Every page of an Omnivore export, its text and its highlights with it. Those files are used up."""
        for name in self._named(METADATA):
            self.used.add(name)
            try:
                resource = self.opened(name)
                document = load(resource)
            except SourceError as error:
                yield error
                continue
            for record in document if isinstance(document, list) else ():
                if isinstance(record, Mapping):
                    yield from self._record(record, resource)

    def marked(self) -> Mapping[str, tuple[Note, ...]]:
        """The notes of Pocket's annotations by the address they belong to. Those files are used up."""
        found: dict[str, tuple[Note, ...]] = {}
        if not self._named(PART):
            return found
        for name in self._named(MARKED):
            try:
                document = load(self.opened(name))
            except (SourceError, ValueError):
                continue  # read, and told, like any other file
            self.used.add(name)
            for record in document if isinstance(document, list) else ():
                if isinstance(record, Mapping) and isinstance(record.get("url"), str):
                    notes = notes_of(from_records(record.get("highlights")))
                    found[same_story_key(record["url"])] = (
                        found.get(same_story_key(record["url"]), ()) + notes
                    )
        return found

    def is_list(self, name: str) -> bool:
        """Whether a file is one of Pocket's lists of what is saved anyway, which may be empty."""
        return COLLECTION.search(name) is not None and bool(self._named(PART))

    def unclaimed(self, name: str) -> bool:
        """Whether it is a file of highlights whose page no record names."""
        return HIGHLIGHTS.search(name) is not None and bool(self._named(METADATA))

    def _named(self, form: re.Pattern[str]) -> list[str]:
        return [name for name in self.names if form.search(name)]

    def _record(self, record: Mapping[str, Any], resource: Resource) -> Iterator[Item]:
        slug = record.get("slug")
        content, marks = self._of(CONTENT, slug), self._of(HIGHLIGHTS, slug)
        item = saved(record, resource.section, resource.reference)
        try:
            if content and not isinstance(item, Continued):
                item = self._kept(item, record, content)
            if marks and isinstance(item, Article | Entry):
                item = marking(item, notes_of(from_markdown(decode(self.opened(marks)))))
        except SourceError as error:
            yield error
        if item is not None:
            yield item

    def _of(self, form: re.Pattern[str], slug: object) -> str:
        """The file of this form for a slug, which is used up; nothing when there is none."""
        name = next(
            (name for name in self._named(form) if (found := form.search(name)) and found[1] == slug), ""
        )
        self.used.update({name} - {""})
        return name

    def _kept(
        self, item: Article | Entry | SourceError | None, record: Mapping[str, Any], name: str
    ) -> Article | Entry | SourceError | None:
        """The record with the text that was kept of its page, wherever that was."""
        match item:
            case Article():
                known = item
            case Entry(article=article):
                known = article
            case _:
                title = record.get("title")
                known = Article(title if isinstance(title, str) else "", ())
        resource = self.opened(name)
        page = _page(replace(resource, address=known.url or ""), record)
        if not page.body:
            return item
        return replace(
            page,
            title=known.title if known.title not in {"", known.url} else page.title,
            byline=known.byline or page.byline,
            published=known.published or page.published,
            section=known.section or ("" if resource.section == "content" else resource.section),
            url=known.url or page.url,
            site=page.site or known.site,
            reference=known.reference or resource.reference,
            language=page.language or known.language,
            lead=page.lead or known.lead,
            tags=known.tags,
        )


def _page(resource: Resource, record: Mapping[str, Any]) -> Article:
    """The text that was kept: a whole page, or what the service had already taken from one."""
    if b"readability-page" not in resource.data:
        try:
            match next(PageSource().read(resource)):
                case Article() as article:
                    return article
                case Continued(article):
                    return replace(article, partial=True)
                case _:
                    pass
        except SourceError:
            pass
    item = saved({**record, "content": decode(resource)}, "", resource.reference)
    return item.article if isinstance(item, Entry) else item if isinstance(item, Article) else Article("", ())
