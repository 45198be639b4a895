"""Raindrop.io, by its own interface (``/rest/v1``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from newsexport.net.secrets import Secret, revealed
from newsexport.sources.services.asking import Asking
from newsexport.sources.services.choice import Choice
from newsexport.sources.services.telling import After, Deed, Told, one_at_a_time

BASE = "/rest/v1"
# Bookmarks asked for at a time; more are not given.
A_PAGE = 50
# What is in no collection, and what is in any.
UNSORTED, ALL = -1, 0
# The collection of what was read.
ARCHIVE = "Archive"


@dataclass(frozen=True, slots=True)
class Raindrop:
    """What was saved: ``starred`` (a favourite), ``list/NAME`` (a collection), ``tag/NAME``.

    The service does not know what was read: ``unread`` is what does not lie in a collection called Archive.
    `since` is when it was saved. It keeps no texts: the pages are fetched.
    """

    token: Secret
    address: str = "https://api.raindrop.io"
    unencrypted: bool = False

    places = ("list", "tag")
    deeds = (Deed.ARCHIVE, Deed.TAG)

    def pages(self, asking: Asking, wanted: Choice) -> Iterator[list[dict[str, Any]]]:
        """The newest first."""
        asking = self._shown(asking)
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
            yield [_record(each, titles) for each in items if _is_wanted(each, wanted, titles)]
            if len(items) < A_PAGE or not wanted.is_since(items[-1].get("created")):
                return
            number += 1

    def told(self, asking: Asking, ids: Sequence[str], after: After) -> Iterator[Told]:
        """One at a time. Tags take the place of those that are there, which are asked for before."""
        asking = self._shown(asking)
        archive = _archive(asking) if after.deed is Deed.ARCHIVE else 0

        def change(one: str) -> None:
            path = f"{BASE}/raindrop/{quote(one, safe='')}"
            if archive:
                changes: dict[str, object] = {"collection": {"$id": archive}}
            else:
                tags = [tag.text() for tag in asking.json(path).member("item").listed("tags")]
                changes = {"tags": list(dict.fromkeys((*tags, after.tag)))}
            asking.changed("PUT", path, changes)

        return one_at_a_time(ids, change, lambda: asking.get(f"{BASE}/user"))

    def _shown(self, asking: Asking) -> Asking:
        return asking.showing({"Authorization": f"Bearer {revealed(self.token)}"})


def _archive(asking: Asking) -> int:
    """The number of the collection of what was read, which is made if need be. Raises `ServiceError`."""
    for number, title in _collections(asking).items():
        if _is_archive(title):
            return number
    made = asking.parsed(asking.changed("POST", f"{BASE}/collection", {"title": ARCHIVE}))
    return made.member("item").member("_id").whole()


def _is_archive(title: str) -> bool:
    return title.casefold() == ARCHIVE.casefold()


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


def _is_wanted(bookmark: Mapping[str, Any], wanted: Choice, titles: Mapping[int, str]) -> bool:
    """Again, as a search finds what is like what was looked for."""
    tags = bookmark.get("tags")
    names = {str(tag).casefold() for tag in tags} if isinstance(tags, list) else set()
    elsewhere = wanted.place == "tag" and wanted.name.casefold() not in names
    plain = wanted.starred and bookmark.get("important") is not True
    read = wanted.unread and wanted.place != "list" and _is_archive(_title(bookmark, titles))
    return not elsewhere and not plain and not read and wanted.is_since(bookmark.get("created"))


def _title(bookmark: Mapping[str, Any], titles: Mapping[int, str]) -> str:
    """What the collection is called that it lies in."""
    collection = bookmark.get("collection")
    within = collection.get("$id") if isinstance(collection, dict) else None
    return titles.get(within or ALL, "")


def _record(bookmark: Mapping[str, Any], titles: Mapping[int, str]) -> dict[str, Any]:
    """A bookmark as `saved` takes it."""
    return {
        "id": bookmark.get("_id"),
        "url": bookmark.get("link"),
        "title": bookmark.get("title"),
        "excerpt": bookmark.get("excerpt"),
        "note": bookmark.get("note"),
        "cover": bookmark.get("cover"),
        "tags": bookmark.get("tags"),
        "folder": _title(bookmark, titles),
        "highlights": bookmark.get("highlights"),
    }
