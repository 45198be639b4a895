"""Instapaper, by its interface of 2026 (``/api/2``), as its own client for Python speaks it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from newsexport.interchange.json_reader import JsonError, JsonValue, document
from newsexport.net.secrets import Secret, revealed
from newsexport.sources.services.asking import TOGETHER, Asking, ServiceError, one_by_one
from newsexport.sources.services.choice import Choice
from newsexport.sources.services.telling import After, Deed, Told, one_at_a_time
from newsexport.text.dates import from_seconds

BASE = "/api/2"
# It could not read the page, has read enough of them for now, or does so for another user alone.
UNPARSED = frozenset({400, 402, 403, 404, 422})


@dataclass(frozen=True, slots=True)
class Instapaper:
    """What was saved: ``unread`` (in Home), ``starred`` (liked), ``folder/NAME``, ``tag/NAME``.

    `since` is when it was saved or changed. The token is that of an application of one's own.
    """

    token: Secret
    address: str = "https://www.instapaper.com"
    unencrypted: bool = False

    places = ("folder", "tag")
    deeds = (Deed.ARCHIVE, Deed.TAG)

    def pages(self, asking: Asking, wanted: Choice) -> Iterator[list[dict[str, Any]] | ServiceError]:
        """The newest first, one at a time: the text of each is asked for, and one may be missing."""
        asking = self._shown(asking)
        folders = _folders(asking)
        found = (each for query in _queries(wanted, folders) for each in _listed(asking, query))
        chosen = (each for each in found if _is_wanted(each, wanted, folders))
        yield from one_by_one(chosen, lambda each: _record(each, asking, folders))

    def told(self, asking: Asking, ids: Sequence[str], after: After) -> Iterator[Told]:
        """One at a time."""
        asking = self._shown(asking)

        def change(one: str) -> None:
            bookmark = f"{BASE}/bookmarks/{quote(one, safe='')}"
            if after.deed is Deed.TAG:
                asking.changed("POST", f"{bookmark}/tags", {"add_tags": [{"name": after.tag}]})
            else:
                asking.changed("POST", f"{bookmark}/move", {"section": "archive"})

        return one_at_a_time(ids, change, lambda: asking.get(f"{BASE}/me"))

    def _shown(self, asking: Asking) -> Asking:
        return asking.showing({"Authorization": f"Bearer {revealed(self.token)}"})


def _folders(asking: Asking) -> dict[int, str]:
    """The folders by their numbers. Raises `ServiceError`."""
    found = asking.json(f"{BASE}/folders").listed("folders")
    return {each.member("id").whole(): each.member("title").text() for each in found}


def _queries(wanted: Choice, folders: Mapping[int, str]) -> list[dict[str, str | int]]:
    """The lists that have what is wanted: one of what changed, or those of the places."""
    numbers = {title: number for number, title in folders.items()}
    folder = wanted.among(numbers) if wanted.place == "folder" else 0
    if wanted.timestamp:
        return [{"since": wanted.timestamp}]
    if folder:
        return [{"folder_id": folder}]
    if wanted.place == "tag":
        return [{"tag": wanted.name}]
    if wanted.starred:
        return [{"section": "liked"}]
    if wanted.unread:
        return [{"section": "home"}]
    inside: list[dict[str, str | int]] = [{"folder_id": number} for number in folders]
    return [{"section": "home"}, {"section": "archive"}, *inside]


def _listed(asking: Asking, query: Mapping[str, str | int]) -> Iterator[Mapping[str, Any]]:
    """Every bookmark of a list; those that were deleted take room on a page of what changed."""
    offset = 0
    while True:
        page = asking.json(f"{BASE}/bookmarks", limit=TOGETHER, offset=offset, **query)
        found = [each.mapping() for each in page.listed("bookmarks")]
        yield from found
        gone = page.mapping().get("deleted_ids")
        count = len(found) + (len(gone) if isinstance(gone, list) else 0)
        offset += count
        if count < TOGETHER:
            return


def _is_wanted(bookmark: Mapping[str, Any], wanted: Choice, folders: Mapping[int, str]) -> bool:
    """Again: a list of what changed has all that did, and those of tags and folders what was read."""
    folder = folders.get(bookmark.get("folder_id") or 0, "")
    tags = [each.get("name") for each in bookmark.get("tags") or () if isinstance(each, dict)]
    inside: Mapping[str, list[Any]] = {"folder": [folder], "tag": tags, "": [wanted.name]}
    if wanted.name.casefold() not in {str(each).casefold() for each in inside[wanted.place]}:
        return False
    read = wanted.unread and (
        bookmark.get("archived") is True or bool(folder and not wanted.place and not wanted.starred)
    )
    return not read and not (wanted.starred and bookmark.get("liked") is not True)


def _record(bookmark: Mapping[str, Any], asking: Asking, folders: Mapping[int, str]) -> dict[str, Any]:
    """A bookmark as `saved` takes it; its text is made by the service, where it can, and asked for."""
    path = f"{BASE}/bookmarks/{bookmark.get('id')}"
    parsed = _parsed(asking, f"{path}/parse", bookmark.get("time"))
    about: Mapping[str, Any] = parsed.optional("metadata", JsonValue.mapping, {})
    author = about.get("author")
    content: Mapping[str, Any] = parsed.optional("content", JsonValue.mapping, {})
    progress = bookmark.get("progress")
    opened = progress.get("timestamp") if isinstance(progress, dict) else None
    # Nobody marks anything in what was not opened.
    marked = _asked(asking, f"{path}/highlights", opened).listed("highlights") if opened else []
    return {
        "id": bookmark.get("id"),
        "url": bookmark.get("url"),
        "title": bookmark.get("title") or about.get("title"),
        "site": bookmark.get("private_source"),
        "author": (author.get("name") if isinstance(author, dict) else None) or bookmark.get("author"),
        "published": from_seconds(bookmark.get("pubtime") or about.get("pubtime")),
        "description": bookmark.get("description"),
        "content": content.get("body"),
        "image": bookmark.get("image"),
        "folder": folders.get(bookmark.get("folder_id") or 0, ""),
        "tags": bookmark.get("tags"),
        "highlights": [each.value for each in marked],
    }


def _parsed(asking: Asking, path: str, version: object) -> JsonValue:
    """The text, and what the service knows of it; nothing where it has none, and the page is fetched."""
    try:
        return _asked(asking, path, version)
    except ServiceError as error:
        if error.status in UNPARSED:
            return JsonValue({}, path)
        raise


def _asked(asking: Asking, path: str, version: object) -> JsonValue:
    """What is at a path, asked for once in each version. Raises `ServiceError`."""
    try:
        return document(asking.text(path, str(version or "")).encode(), ours=False)
    except JsonError as error:
        raise ServiceError("its text is not what it should be") from error
