"""Raindrop.io, by its own interface (``/rest/v1``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newsexport.net.secrets import Secret, revealed
from newsexport.sources.services.asking import Asking
from newsexport.sources.services.choice import Choice

BASE = "/rest/v1"
# Bookmarks asked for at a time; more are not given.
A_PAGE = 50
# What is in no collection, and what is in any.
UNSORTED, ALL = -1, 0


@dataclass(frozen=True, slots=True)
class Raindrop:
    """What was saved: ``starred`` (a favourite), ``list/NAME`` (a collection), ``tag/NAME``.

    All of it is unread. `since` is when it was saved. The service keeps no texts: the pages are fetched.
    """

    token: Secret
    address: str = "https://api.raindrop.io"
    unencrypted: bool = False

    places = ("list", "tag")

    def pages(self, asking: Asking, wanted: Choice) -> Iterator[list[dict[str, Any]]]:
        """The newest first."""
        asking = asking.showing({"Authorization": f"Bearer {revealed(self.token)}"})
        titles = _collections(asking)
        numbers = {title: number for number, title in titles.items()}
        within = wanted.among(numbers) if wanted.place == "list" else ALL
        number = 0
        while True:
            found = asking.json(
                f"{BASE}/raindrops/{within}",
                search=_search(wanted),
                sort="-created",
                nested="true" if within > ALL else None,
                perpage=A_PAGE,
                page=number,
            ).listed("items")
            items = [each.mapping() for each in found]
            yield [_record(each, titles) for each in items if _is_wanted(each, wanted)]
            if len(items) < A_PAGE or not wanted.is_since(items[-1].get("created")):
                return
            number += 1


def _collections(asking: Asking) -> dict[int, str]:
    """The collections, those within others as well, by their numbers. Raises `ServiceError`."""
    found = {UNSORTED: "Unsorted"}
    for path in ("/collections", "/collections/childrens"):
        for each in asking.json(f"{BASE}{path}").listed("items"):
            found[each.member("_id").whole()] = each.member("title").text()
    return found


def _search(wanted: Choice) -> str | None:
    """What would be typed into the app's field for it."""
    tag = f"#{wanted.name}" if wanted.place == "tag" else ""
    quoted = f'"{tag}"' if " " in tag else tag
    return " ".join(filter(None, ("❤️" if wanted.starred else "", quoted))) or None


def _is_wanted(bookmark: Mapping[str, Any], wanted: Choice) -> bool:
    """Again, as a search finds what is like what was looked for."""
    tags = bookmark.get("tags")
    names = {str(tag).casefold() for tag in tags} if isinstance(tags, list) else set()
    elsewhere = wanted.place == "tag" and wanted.name.casefold() not in names
    plain = wanted.starred and bookmark.get("important") is not True
    return not elsewhere and not plain and wanted.is_since(bookmark.get("created"))


def _record(bookmark: Mapping[str, Any], titles: Mapping[int, str]) -> dict[str, Any]:
    """A bookmark as `saved` takes it."""
    collection = bookmark.get("collection")
    within = collection.get("$id") if isinstance(collection, dict) else None
    return {
        "id": bookmark.get("_id"),
        "url": bookmark.get("link"),
        "title": bookmark.get("title"),
        "excerpt": bookmark.get("excerpt"),
        "note": bookmark.get("note"),
        "cover": bookmark.get("cover"),
        "tags": bookmark.get("tags"),
        "folder": titles.get(within or ALL, ""),
        "highlights": bookmark.get("highlights"),
    }
