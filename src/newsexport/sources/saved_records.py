"""What people saved in read-later services and browsers: one record to an article, or to where it is.

The services name the same things differently; here are all their names. A date on which
something was saved is not the date on which it was published, and is not taken for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from newsexport.errors import SourceError
from newsexport.extraction.site_names import without_site_behind
from newsexport.model import Article, Block, Figure, Note, Paragraph, Span, figures, plain_blocks
from newsexport.protocols import Entry, Item, Resource
from newsexport.sources.feed_item import CUT
from newsexport.sources.highlights import Highlight, from_records, marking, notes_of
from newsexport.sources.tags import tags_in
from newsexport.text.addresses import is_web, names_feed, site_of
from newsexport.text.counting import first_words, word_count
from newsexport.text.dates import dated, from_seconds
from newsexport.text.languages import is_tag
from newsexport.text.people import people_in

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
    ("Karakeep", frozenset(("bookmarks", "createdat", "tags", "content", "note"))),
    ("Linkwarden", frozenset(("collections", "links", "collectionid", "ownerid"))),
    ("Pinboard", frozenset(("href", "description", "extended", "hash", "toread"))),
)


def service_of(names: Iterable[str]) -> str:
    """The service whose names are all among these; empty when it is none we know."""
    there = {name.strip().strip('"').lower() for name in names}
    return next((service for service, own in SERVICES if own <= there), "")


URLS = ("source_url", "url", "href", "article__url", "link", "uri", "resolved_url", "given_url", "page_url",
        "sourceurl", "adresse", "lien", "enlace")  # fmt: skip
TITLES = ("title", "name", "article__title", "resolved_title", "given_title", "titel", "titre", "título")
CONTENTS = ("content", "html", "html_content", "content_html", "htmlcontent")
EXCERPTS = ("excerpt", "article__excerpt", "summary", "selection", "extended", "description")
DATES = ("published_at", "publishedat", "published_date", "datepublished", "article__published", "published",
         "date_published", "publication_date")  # fmt: skip
AUTHORS = ("published_by", "author", "byline", "article__author", "authors")
SITES = ("site_name", "sitename", "site", "publisher")
PICTURES = ("preview_picture", "image", "cover", "image_url", "imageurl", "thumbnail")
MARKED = ("annotations", "highlights")
NOTES = ("note", "notes", "document note")
FOLDERS = ("folder", "collection", "category", "ordner", "dossier")

# Folders that only say whether something was read.
STATES = frozenset(
    ("unread", "archive", "archived", "read", "unsorted", "unorganized", "starred", "later", "new",
     "shortlist", "feed", "rss", "article", "email")
)  # fmt: skip

# A saved text shorter than this is a summary, not the article.
WHOLE = 60  # words


# What a record is not that holds others, whatever address it has.
HOLDS = ("items", "children", "links", "bookmarks", "collections")

# What Karakeep and Linkwarden call what is no page: a note of one's own; files, which they do not export.
TEXT, ASSET = "text", "asset"
FILES = frozenset((ASSET, "pdf", "image"))


def is_record(value: Any) -> bool:
    """Whether it is an object with an address, as anything saved has, or what Karakeep keeps beside pages."""
    if not isinstance(value, Mapping) or any(isinstance(value.get(name), list) for name in HOLDS):
        return False
    fields = _fields(value)
    kind = _first(fields, ("type",))
    return bool(_first(fields, URLS)) or kind == TEXT or kind in FILES or _is_reader_item(value)


def saved(record: Mapping[str, Any], section: str, reference: str) -> Item | None:
    """The article of a record, or where it is; None for one that says nothing.

    A record with a title but with neither an address of the web nor a text is a `SourceError`.
    """
    fields = _fields(record)
    item = _item(fields, section, reference)
    marked = next((found for name in MARKED if (found := from_records(fields.get(name)))), ())
    said = _first(fields, NOTES)
    remarks = (
        (Highlight("", said),) if said and said not in {_first(fields, (name,)) for name in EXCERPTS} else ()
    )
    return marking(item, notes_of((*marked, *remarks))) if item is not None else None


def _fields(record: Mapping[str, Any]) -> dict[str, Any]:
    """The fields by their names in small letters, beside them what Karakeep and readers of feeds nest."""
    fields = {str(name).strip().lower(): value for name, value in record.items()}
    if _is_reader_item(fields):
        return fields | _of_reader(fields)
    inner = fields.pop("content") if isinstance(fields.get("content"), Mapping) else {}
    if "createdat" in fields and fields.get("content", "") is None:  # Karakeep, of a file
        inner = {"type": ASSET}
    if "type" not in inner:
        return fields
    return {str(name).lower(): value for name, value in inner.items()} | {
        name: value for name, value in fields.items() if value
    }


def _is_reader_item(fields: Mapping[str, Any]) -> bool:
    """Whether it is an item as Google Reader gave it, and FreshRSS, Inoreader and others after it."""
    texts = _mappings([fields.get("content"), fields.get("summary")])
    links = _hrefs(fields.get("canonical")) or _hrefs(fields.get("alternate"))
    return bool(links) or any(isinstance(each.get("content"), str) for each in texts)


def _of_reader(fields: Mapping[str, Any]) -> dict[str, Any]:
    texts = [each.get("content") for each in _mappings([fields.get("content"), fields.get("summary")])]
    origin = fields.get("origin")
    enclosed = _mappings(fields.get("enclosure"))
    pictures = [each for each in enclosed if str(each.get("type")).startswith("image/")]
    labels = [*filter(None, map(_label, _list(fields.get("categories"))))]
    return {
        "url": next(iter(_hrefs(fields.get("canonical")) + _hrefs(fields.get("alternate"))), ""),
        "content": max((text for text in texts if isinstance(text, str)), key=len, default=""),
        "summary": "",
        "published_at": from_seconds(fields.get("published")),
        "site": origin.get("title") if isinstance(origin, Mapping) else "",
        "folder": next(iter(labels), ""),
        "tags": labels[1:],
        "image": next(iter(_hrefs(pictures)), ""),
        "cut": True,
    }


def _label(category: object) -> str:
    """The folder that a category such as ``user/1005/label/News`` stands for."""
    return category.partition("/label/")[2] if isinstance(category, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [each for each in _list(value) if isinstance(each, Mapping)]


def _hrefs(value: object) -> list[str]:
    return [each["href"] for each in _mappings(value) if isinstance(each.get("href"), str)]


def _item(fields: Mapping[str, Any], section: str, reference: str) -> Item | None:
    url = _first(fields, URLS)
    url = url if is_web(url) else ""
    title = without_site_behind(_title(fields), (_first(fields, SITES), site_of(url)))
    title = "" if is_web(title) else title  # Pocket names what it could not open by its address
    body, notes = _body(_first(fields, CONTENTS), url, title)
    rough = () if body else _lines(_first(fields, ("textcontent",)))
    published = _first(fields, DATES)
    language = _first(fields, ("language", "lang")).replace("_", "-")
    article = Article(
        title or first_words(" ".join(plain_blocks(body))) or url,
        body or rough,
        standfirst="" if body or rough else _excerpt(fields, title),
        byline=tuple(_authors(fields)),
        published=dated(published) if published else None,
        section=section or _folder(fields),
        url=url or None,
        site=_first(fields, SITES) or site_of(url) or None,
        reference=url or reference,
        language=language if is_tag(language) else "",
        notes=notes,
        tags=tags_in(fields),
    )
    short = bool(rough) or word_count(replace(article, standfirst="")) < WHOLE or _is_cut(fields, body)
    if not url and short:
        return _without_address(fields, article, title, reference)
    if short:
        listed = not body and names_feed(url)  # some keep feeds among their articles
        return Entry(url, replace(article, title=title, partial=bool(article.body)), chosen=True, many=listed)
    picture = _first(fields, PICTURES)
    if is_web(picture) and next(figures(article), None) is None:
        article = replace(article, lead=Figure(picture))
    return article


def _is_cut(fields: Mapping[str, Any], body: tuple[Block, ...]) -> bool:
    """Whether the text of a feed breaks off, as summaries do; services keep theirs whole."""
    return "cut" in fields and CUT.search(next(reversed(list(plain_blocks(body))), "")) is not None


def _without_address(fields: Mapping[str, Any], known: Article, title: str, reference: str) -> Item | None:
    """A note that somebody wrote there, in Markdown; else what is missing."""
    from newsexport.sources.markdown import MarkdownSource  # noqa: PLC0415 - few keep notes among their pages

    kind = _first(fields, ("type",))
    if kind == TEXT and (text := _first(fields, ("text",))):
        try:
            note = next(MarkdownSource().read(Resource(reference, text.encode("utf-8", "replace"))))
        except SourceError as error:
            return error
        tags = known.tags or note.tags
        return replace(note, title=title or note.title, section=known.section, tags=tags)
    if kind in FILES:
        named = title or _first(fields, ("filename",)) or "one of them"
        return SourceError(reference, f"{named[:100]}: is a file, which the export does not hold")
    return SourceError(reference, f"{title[:100]}: has no address of the web") if title else None


def _lines(text: str) -> tuple[Block, ...]:
    """Paragraphs of a text that was kept to be searched, not to be read."""
    return tuple(Paragraph((Span(line.strip()),)) for line in text.splitlines() if line.strip())


def _title(fields: Mapping[str, Any]) -> str:
    """The title; Pinboard and Delicious call it the description of an address."""
    from newsexport.markup import text  # noqa: PLC0415 - loads the parser

    return text(_first(fields, TITLES) or (_first(fields, ("description",)) if "href" in fields else ""))


def _excerpt(fields: Mapping[str, Any], title: str) -> str:
    from newsexport.markup import text  # noqa: PLC0415 - loads the parser

    excerpt = text(_first(fields, EXCERPTS))
    return "" if excerpt == title else excerpt


def _body(html: str, url: str, title: str) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    """The text that was kept; none where what was kept is a wall, so that the page is asked for again."""
    from newsexport.extraction.refusing import refused  # noqa: PLC0415 - loads the parser
    from newsexport.markup import MarkupError, blocks_and_notes, parse, prepared  # noqa: PLC0415 - loads the parser

    if not html.strip():
        return (), ()
    try:
        body, notes = blocks_and_notes(prepared(parse(f"<html><body>{html}</body></html>"), url), url)
    except MarkupError:
        return (), ()
    return ((), ()) if url and refused(title, body) else (body, notes)


def _authors(fields: Mapping[str, Any]) -> list[str]:
    for name in AUTHORS:
        value = fields.get(name)
        names = value if isinstance(value, list) else [value]
        found = [person for each in names if isinstance(each, str) for person in people_in(each)]
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
