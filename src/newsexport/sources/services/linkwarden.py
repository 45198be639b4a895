"""Linkwarden, by its own interface (``/api/v1``, from version 2.10 on)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from newsexport.interchange.json_reader import JsonError, document
from newsexport.net.secrets import Secret, revealed
from newsexport.sources.services.asking import REFUSED, Asking, ServiceError, one_by_one
from newsexport.sources.services.choice import Choice
from newsexport.sources.services.telling import After, Deed, Told, one_at_a_time

SEARCH = "/api/v1/search"
# What its archive calls the text of a page.
READABLE = 3
# What a change has to tell of a link that it does not change.
KEPT = ("id", "name", "url", "description", "icon", "iconWeight", "color", "collection")
NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class Linkwarden:
    """What was saved: ``starred`` (pinned), ``list/NAME`` (a collection), ``tag/NAME``; all of it is unread.

    `since` is when it was saved.
    """

    address: str
    token: Secret
    unencrypted: bool = False

    places = ("list", "tag")
    deeds = (Deed.TAG,)

    def pages(self, asking: Asking, wanted: Choice) -> Iterator[list[dict[str, Any]] | ServiceError]:
        """The newest first, one at a time: the text of each is asked for, and one may be missing."""
        asking = self._shown(asking)
        found = (each for each in _listed(asking, wanted) if _is_in(each, wanted))
        yield from one_by_one(found, lambda each: _record(each, asking))

    def told(self, asking: Asking, ids: Sequence[str], after: After) -> Iterator[Told]:
        """One at a time."""
        asking = self._shown(asking)

        def change(one: str) -> None:
            _tag(one, after.tag, asking)

        return one_at_a_time(ids, change, lambda: asking.get(SEARCH, sort=0))

    def _shown(self, asking: Asking) -> Asking:
        return asking.showing({"Authorization": f"Bearer {revealed(self.token)}"})


def _tag(one: str, tag: str, asking: Asking) -> None:
    """Add a tag to those of a link, which are told anew. Raises `ServiceError`."""
    path = f"/api/v1/links/{quote(one, safe='')}"
    try:
        found = asking.json(path).member("response")
    except ServiceError as error:
        if error.status in REFUSED:  # as it answers also for what is not there
            raise ServiceError(str(error), NOT_FOUND) from error
        raise
    names = [each.member("name").text() for each in found.member("tags").items()]
    if tag not in names:
        link = found.mapping()
        kept = {name: link.get(name) for name in KEPT if link.get(name) is not None}
        asking.changed("PUT", path, {**kept, "tags": [{"name": name} for name in (*names, tag)]})


def _listed(asking: Asking, wanted: Choice) -> Iterator[Mapping[str, Any]]:
    cursor: int | None = None
    while True:
        pinned = "true" if wanted.starred else None
        found = asking.json(SEARCH, sort=0, pinnedOnly=pinned, cursor=cursor).member("data")
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
