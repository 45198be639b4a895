"""What people saved in read-later services and browsers: one record to an article, or to where it is.

The services name the same things differently; here are all their names. A date on which
something was saved is not the date on which it was published, and is not taken for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from newsexport.addresses import is_web, site_of
from newsexport.dates import parse_date
from newsexport.errors import SourceError
from newsexport.extraction.sitename import without_site_behind
from newsexport.languages import is_tag
from newsexport.model import Article, Block, Figure, Note, figures
from newsexport.protocols import Entry, Item
from newsexport.sources.highlights import from_records, marking, notes_of
from newsexport.wordcount import word_count

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
        return Entry(url, replace(article, title=title, partial=bool(body)), chosen=True)
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
