"""Linkwarden, by its own interface (``/api/v1``, from version 2.10 on)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newsexport.interchange.json_reader import JsonError, document
from newsexport.net.secrets import Secret, revealed
from newsexport.sources.services.asking import Asking, ServiceError, one_by_one
from newsexport.sources.services.choice import Choice

# What its archive calls the text of a page.
READABLE = 3


@dataclass(frozen=True, slots=True)
class Linkwarden:
    """What was saved: ``starred`` (pinned), ``list/NAME`` (a collection), ``tag/NAME``; all of it is unread.

    `since` is when it was saved.
    """

    address: str
    token: Secret
    unencrypted: bool = False

    places = ("list", "tag")

    def pages(self, asking: Asking, wanted: Choice) -> Iterator[list[dict[str, Any]] | ServiceError]:
        """The newest first, one at a time: the text of each is asked for, and one may be missing."""
        asking = asking.showing({"Authorization": f"Bearer {revealed(self.token)}"})
        found = (each for each in _listed(asking, wanted) if _is_in(each, wanted))
        yield from one_by_one(found, lambda each: _record(each, asking))


def _listed(asking: Asking, wanted: Choice) -> Iterator[Mapping[str, Any]]:
    cursor: int | None = None
    while True:
        pinned = "true" if wanted.starred else None
        found = asking.json("/api/v1/search", sort=0, pinnedOnly=pinned, cursor=cursor).member("data")
        page = [each.mapping() for each in found.listed("links")] if isinstance(found.value, dict) else []
        for each in page:
            if not wanted.is_since(each.get("createdAt")):
                return
            yield each
        following = found.mapping().get("nextCursor") if page else None
        if not isinstance(following, int) or following == cursor:
            return
        cursor = following


def _is_in(link: Mapping[str, Any], wanted: Choice) -> bool:
    """Whether a link is in the place that is wanted, by its name: the service knows places by number."""
    collection, tags = link.get("collection"), link.get("tags")
    inside = {"list": [collection], "tag": tags if isinstance(tags, list) else []}.get(wanted.place)
    names = {str(each.get("name")).casefold() for each in inside or () if isinstance(each, dict)}
    return inside is None or wanted.name.casefold() in names


def _record(link: Mapping[str, Any], asking: Asking) -> dict[str, Any]:
    """A link as `saved` takes it; its text is fetched, where the service made one of its page."""
    page: Mapping[str, Any] = {}
    if str(link.get("readable") or "").startswith("archives"):
        path = f"/api/v1/archives/{link.get('id')}?format={READABLE}"
        try:
            version = str(link.get("lastPreserved") or link.get("updatedAt") or "")
            page = document(asking.text(path, version).encode(), ours=False).mapping()
        except JsonError as error:
            raise ServiceError("its text is not what it should be") from error
    collection = link.get("collection")
    return {
        "id": link.get("id"),
        "url": link.get("url"),
        "title": link.get("name") or page.get("title"),
        "description": link.get("description"),
        "author": page.get("byline"),
        "site_name": page.get("siteName"),
        "published": page.get("publishedTime"),
        "lang": page.get("lang"),
        "content": page.get("content"),
        "tags": link.get("tags"),
        "folder": collection.get("name") if isinstance(collection, dict) else "",
    }
