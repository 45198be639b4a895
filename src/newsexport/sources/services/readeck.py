"""Readeck, by its own interface (``/api``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from newsexport.net.secrets import Secret, revealed
from newsexport.sources.services.asking import TOGETHER, Asking, ServiceError, one_by_one
from newsexport.sources.services.choice import Choice
from newsexport.sources.services.telling import After, Deed, Told, one_at_a_time

# Pages of a list of highlights that are asked for at most.
MOST_PAGES = 100
# How far something is that was read to its end, in per cent.
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Readeck:
    """What was saved to be read: ``unread``, ``starred`` (a favourite), ``label/NAME``.

    ``unread`` is what is not in the archive, and was not read to its end: else what was marked as read, once
    it was printed, would be printed again.

    `since` is when it was saved.
    """

    address: str
    token: Secret
    unencrypted: bool = False

    places = ("label",)
    deeds = (Deed.ARCHIVE, Deed.READ, Deed.TAG)

    def pages(self, asking: Asking, wanted: Choice) -> Iterator[list[dict[str, Any]] | ServiceError]:
        """The newest first, one at a time: the text of each is asked for, and one may be missing."""
        asking = self._shown(asking)
        marked = _marked(asking)
        query = {
            "is_archived": "false" if wanted.unread else None,
            "is_marked": "true" if wanted.starred else None,
            "labels": f'"{wanted.name}"' if wanted.place else None,
            "range_start": wanted.since.date().isoformat() if wanted.since else None,
            "sort": "-created",
        }
        found = (each for page in _listed(asking, "/api/bookmarks", **query) for each in page)
        loaded = (each for each in found if each.get("loaded") is not False)
        if wanted.unread:
            loaded = (each for each in loaded if each.get("read_progress") != WHOLE)
        yield from one_by_one(loaded, lambda each: _record(each, asking, marked.get(str(each.get("id")), [])))

    def told(self, asking: Asking, ids: Sequence[str], after: After) -> Iterator[Told]:
        """One at a time; what is read is so to its end, and stays where it is."""
        asking = self._shown(asking)
        told: object = {
            Deed.ARCHIVE: {"is_archived": True},
            Deed.READ: {"read_progress": WHOLE},
            Deed.TAG: {"add_labels": [after.tag]},
        }[after.deed]

        def change(one: str) -> None:
            asking.changed("PATCH", f"/api/bookmarks/{quote(one, safe='')}", told)

        return one_at_a_time(ids, change, lambda: asking.get("/api/bookmarks", limit=1, offset=0))

    def _shown(self, asking: Asking) -> Asking:
        return asking.showing({"Authorization": f"Bearer {revealed(self.token)}"})


def _listed(asking: Asking, path: str, **query: str | None) -> Iterator[list[Mapping[str, Any]]]:
    """The pages of a list."""
    offset = 0
    while True:
        page = asking.json(path, limit=TOGETHER, offset=offset, **query).items()
        yield [each.mapping() for each in page]
        offset += len(page)
        if len(page) < TOGETHER:
            return


def _marked(asking: Asking) -> Mapping[str, list[Any]]:
    """What was marked, by the ids of where."""
    found: dict[str, list[Any]] = defaultdict(list)
    pages = _listed(asking, "/api/bookmarks/annotations")
    for page, _ in zip(pages, range(MOST_PAGES), strict=False):
        for each in page:
            found[str(each.get("bookmark_id"))].insert(0, each)  # which come with the newest first
    return found


def _record(bookmark: Mapping[str, Any], asking: Asking, marked: list[Any]) -> dict[str, Any]:
    """A bookmark as `saved` takes it; its text is fetched."""
    text = ""
    if bookmark.get("has_article"):
        path = f"/api/bookmarks/{quote(str(bookmark.get('id')), safe='')}/article"
        text = asking.text(path, str(bookmark.get("updated") or ""))
    resources = bookmark.get("resources")
    picture = resources.get("image") if isinstance(resources, dict) else None
    return {
        "id": bookmark.get("id"),
        "url": bookmark.get("url"),
        "title": bookmark.get("title"),
        "site_name": bookmark.get("site_name"),
        "authors": bookmark.get("authors"),
        "published": bookmark.get("published"),
        "lang": bookmark.get("lang"),
        "description": bookmark.get("description"),
        "content": text,
        "image": picture.get("src") if isinstance(picture, dict) else "",
        "highlights": marked,
        "labels": bookmark.get("labels"),
    }
