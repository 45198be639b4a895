"""What people saved in read-later services and browsers: one record to an article, or to where it is.

The services name the same things differently; here are all their names. A date on which
something was saved is not the date on which it was published, and is not taken for it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from newsexport.errors import SourceError
from newsexport.events import Cause, omit
from newsexport.extraction.headlines import without_site_behind
from newsexport.interchange.json_reader import load
from newsexport.model import Article, Block, Figure, Note, figures
from newsexport.protocols import Entry, Item, Resource
from newsexport.sources.decoding import decode, is_binary
from newsexport.sources.highlights import from_records, marking, notes_of
from newsexport.text.addresses import is_web, names_feed, site_of
from newsexport.text.counting import word_count
from newsexport.text.dates import parse_date
from newsexport.text.languages import is_tag

# Which service an export is of, by the names that only this one gives its columns or keys.

# Names that together are those of one service, in small letters, as its exports have them.
SERVICES: tuple[tuple[str, frozenset[str]], ...] = (
    ("Pocket", frozenset(("title", "url", "time_added", "tags", "status"))),
    ("Instapaper", frozenset(("url", "title", "selection", "folder", "timestamp"))),
    ("Raindrop.io", frozenset(("id", "title", "note", "excerpt", "url", "folder", "tags", "created"))),
    ("Readwise Reader", frozenset(("title", "url", "document tags", "saved date", "reading progress"))),
    ("Matter", frozenset(("title", "author", "publisher", "url", "word count", "in queue"))),
    ("Omnivore", frozenset(("slug", "title", "url", "state", "savedat"))),
    ("wallabag", frozenset(("is_archived", "is_starred", "title", "url", "domain_name"))),
    ("Pinboard", frozenset(("href", "description", "extended", "hash", "toread"))),
)


def service_of(names: Iterable[str]) -> str:
    """The service whose names are all among these; empty when it is none we know."""
    there = {name.strip().strip('"').lower() for name in names}
    return next((service for service, own in SERVICES if own <= there), "")


URLS = ("url", "href", "article__url", "link", "uri", "resolved_url", "given_url", "page_url", "source_url",
        "adresse", "lien", "enlace")  # fmt: skip
TITLES = ("title", "name", "article__title", "resolved_title", "given_title", "titel", "titre", "título")
CONTENTS = ("content", "html", "content_html")
EXCERPTS = ("excerpt", "article__excerpt", "summary", "selection", "extended", "description")
DATES = ("published_at", "publishedat", "published_date", "article__published", "publication_date")
AUTHORS = ("published_by", "author", "byline", "article__author", "authors")
SITES = ("site_name", "sitename", "site")
PICTURES = ("preview_picture", "image", "cover", "image_url", "thumbnail")
MARKED = ("annotations", "highlights")
FOLDERS = ("folder", "collection", "category", "ordner", "dossier")

# Folders that only say whether something was read.
STATES = frozenset(
    ("unread", "archive", "archived", "read", "unsorted", "starred", "later", "new", "shortlist", "feed")
)

# A saved text shorter than this is a summary, not the article.
WHOLE = 60  # words


def is_record(value: Any) -> bool:
    """Whether it is an object with an address, as anything saved has."""
    return (
        isinstance(value, Mapping)
        and _first({str(name).lower(): each for name, each in value.items()}, URLS) != ""
    )


def saved(record: Mapping[str, Any], section: str, reference: str) -> Item | None:
    """The article of a record, or where it is; None for one that says nothing.

    A record with a title but without an address of the web is a `SourceError`.
    """
    fields = {str(name).strip().lower(): value for name, value in record.items()}
    item = _item(fields, section, reference)
    marked = next((found for name in MARKED if (found := from_records(fields.get(name)))), ())
    return marking(item, notes_of(marked)) if item is not None else None


def _item(fields: Mapping[str, Any], section: str, reference: str) -> Item | None:
    url = _first(fields, URLS)
    title = without_site_behind(_title(fields), (_first(fields, SITES), site_of(url)))
    title = "" if is_web(title) else title  # Pocket names what it could not open by its address
    if not is_web(url):
        return SourceError(reference, f"{title[:100]}: has no address of the web") if title else None
    body, notes = _body(_first(fields, CONTENTS), url)
    published = _first(fields, DATES)
    language = _first(fields, ("language", "lang")).replace("_", "-")
    article = Article(
        title or url,
        body,
        standfirst="" if body else _excerpt(fields, title),
        byline=tuple(_authors(fields)),
        published=parse_date(published) if published else None,
        section=section or _folder(fields),
        url=url,
        site=_first(fields, SITES) or site_of(url),
        reference=url,
        language=language if is_tag(language) else "",
        notes=notes,
    )
    if word_count(replace(article, standfirst="")) < WHOLE:
        listed = not body and names_feed(url)  # some keep feeds among their articles
        return Entry(url, replace(article, title=title, partial=bool(body)), chosen=True, many=listed)
    picture = _first(fields, PICTURES)
    if is_web(picture) and next(figures(article), None) is None:
        article = replace(article, lead=Figure(picture))
    return article


def listed(records: Iterable[Mapping[str, Any]], section: str, reference: str) -> Iterable[Item]:
    """What each record is, in order."""
    return (item for record in records if (item := saved(record, section, reference)) is not None)


def _title(fields: Mapping[str, Any]) -> str:
    """The title; Pinboard and Delicious call it the description of an address."""
    from newsexport.markup import text  # noqa: PLC0415 - loads the parser

    return text(_first(fields, TITLES) or (_first(fields, ("description",)) if "href" in fields else ""))


def _excerpt(fields: Mapping[str, Any], title: str) -> str:
    from newsexport.markup import text  # noqa: PLC0415 - loads the parser

    excerpt = text(_first(fields, EXCERPTS))
    return "" if excerpt == title else excerpt


def _body(html: str, url: str) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    from newsexport.markup import MarkupError, blocks_and_notes, parse, prepared  # noqa: PLC0415 - loads the parser

    if not html.strip():
        return (), ()
    try:
        return blocks_and_notes(prepared(parse(f"<html><body>{html}</body></html>"), url), url)
    except MarkupError:
        return (), ()


def _authors(fields: Mapping[str, Any]) -> list[str]:
    for name in AUTHORS:
        value = fields.get(name)
        names = value if isinstance(value, list) else str(value).split(",") if value else []
        found = [str(each).strip() for each in names if isinstance(each, str) and each.strip()]
        if found:
            return found
    return []


def _folder(fields: Mapping[str, Any]) -> str:
    folder = _first(fields, FOLDERS).strip("/ ").rpartition("/")[2]
    return "" if folder.lower() in STATES else folder


def _first(fields: Mapping[str, Any], names: Iterable[str]) -> str:
    """The first of these fields that holds a text."""
    values = (fields.get(name) for name in names)
    return next((value.strip() for value in values if isinstance(value, str) and value.strip()), "")


# Exports in CSV: Pocket, Instapaper, Readwise Reader, Raindrop, wallabag, or a table of one's own.

DELIMITERS = (",", ";", "\t", "|")
SUFFIXES = frozenset((".csv", ".tsv"))
GUESS = 0.1  # a table without addresses is refused in words that say so
LONGEST_FIELD = 5_000_000


@dataclass(frozen=True, slots=True)
class SavedCsvSource:
    """Whatever has an address in a table whose first row names the columns."""

    isolated: ClassVar[bool] = True

    def accepts(self, resource: Resource) -> float:
        """When the first line names a column of addresses among others; hardly by the suffix alone."""
        if is_binary(resource.data):
            return 0
        first = resource.data[:2000].split(b"\n", 1)[0].decode("utf-8-sig", "replace")
        return 0.95 if _delimiter(first) else GUESS if resource.suffix in SUFFIXES else 0

    def service(self, resource: Resource) -> str:
        """By the names of the columns."""
        first = resource.data[:2000].split(b"\n", 1)[0].decode("utf-8-sig", "replace")
        delimiter = _delimiter(first)
        return service_of(first.rstrip("\r").split(delimiter)) if delimiter else ""

    def read(self, resource: Resource) -> Iterator[Item]:
        """What was saved, in order. Raises `SourceError`."""
        text = decode(resource)
        delimiter = _delimiter(text.split("\n", 1)[0])
        if not delimiter:
            raise SourceError(resource.reference, "has no column of addresses")
        csv.field_size_limit(LONGEST_FIELD)
        rows = csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter, restkey="")
        count = 0
        try:
            for row in rows:
                item = saved(row, resource.section, f"{resource.reference}:{rows.line_num}")
                if item is not None:
                    count += 1
                    yield item
        except csv.Error as error:
            yield SourceError(f"{resource.reference}:{rows.line_num}", f"is no table from here on: {error}")
        if not count:
            raise SourceError(resource.reference, "lists no address")


def _delimiter(first: str) -> str:
    """What divides the columns of a first line, one of which is of addresses; nothing when none is."""
    for delimiter in DELIMITERS:
        columns = [column.strip().strip('"').lower() for column in first.rstrip("\r").split(delimiter)]
        if len(columns) > 1 and any(column in URLS for column in columns):
            return delimiter
    return ""


# Exports in JSON: of wallabag, Omnivore, Pinboard, Delicious, Readability, Readwise, Firefox, Chrome.

KEYS = re.compile(rb'"(?:url|href|article__url|uri|resolved_url|given_url)"\s*:', re.IGNORECASE)

KEY = re.compile(rb'"([a-zA-Z_]{2,20})"\s*:')

# Names of the containers that browsers have for bookmarks of no folder.
ROOTS = frozenset(
    ("bookmark_bar", "other", "synced", "roots", "bookmarks", "results", "items", "list", "children")
)
DEEPEST = 50


@dataclass(frozen=True, slots=True)
class SavedJsonSource:
    """Whatever has an address in a JSON document; the folders of browsers are sections."""

    isolated: ClassVar[bool] = True

    def accepts(self, resource: Resource) -> float:
        """When it begins as JSON does and names addresses."""
        start = resource.data[:50_000].lstrip(b"\xef\xbb\xbf \t\r\n")
        if not start.startswith((b"[", b"{")) or b'"newsexport"' in start[:200]:
            return 0
        return 0.6 if KEYS.search(start) else 0.2 if resource.suffix == ".json" else 0

    def service(self, resource: Resource) -> str:
        """By the keys of the first records."""
        return service_of(key.decode() for key in KEY.findall(resource.data[:50_000]))

    def read(self, resource: Resource) -> Iterator[Item]:
        """What was saved, in order. Raises `SourceError`."""
        document = load(resource)
        count = 0
        for item in _walk(document, resource.section, resource.reference, 0):
            count += 1
            yield item
        if not count:
            raise SourceError(resource.reference, "holds nothing that was saved: no record has an address")


def _walk(value: Any, section: str, reference: str, depth: int) -> Iterator[Item]:
    if depth > DEEPEST:
        inside = isinstance(value, list | dict) and bool(value)
        omit(f"within more than {DEEPEST} others", Cause.LIMIT, "folder of what was saved", int(inside))
        return
    if isinstance(value, list):
        for each in value:
            yield from _walk(each, section, reference, depth + 1)
    elif is_record(value):
        item = saved(value, section, reference)
        if item is not None:
            yield item
    elif isinstance(value, dict):
        name = value.get("title") or value.get("name")
        folder = name.strip() if isinstance(name, str) and "children" in value and depth > 1 else ""
        for key in value:
            if isinstance(value[key], list | dict) and (key in ROOTS or depth == 0):
                yield from _walk(value[key], folder or section, reference, depth + 1)
