"""Which service an export is of, by the names that only this one gives its columns or keys."""

from __future__ import annotations

from collections.abc import Iterable

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
