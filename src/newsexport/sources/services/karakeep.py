"""Karakeep, by its own interface (``/api/v1``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

from newsexport.interchange.json_reader import JsonValue
from newsexport.net.secrets import Secret, revealed
from newsexport.sources.services.asking import TOGETHER, Asking
from newsexport.sources.services.choice import Choice
from newsexport.sources.services.telling import After, Deed, Told, one_at_a_time
from newsexport.sources.services.texts import KnownTexts

BASE = "/api/v1"
# Pages of a list of highlights or tags that are asked for at most.
MOST_PAGES = 100


@dataclass(frozen=True, slots=True)
class Karakeep:
    """What was saved: ``unread`` (not archived), ``starred`` (a favourite), ``list/NAME``, ``tag/NAME``.

    `since` is when it was saved.
    """

    address: str
    token: Secret
    unencrypted: bool = False

    places = ("list", "tag")
    deeds = (Deed.ARCHIVE, Deed.TAG)

    def pages(self, asking: Asking, wanted: Choice) -> Iterator[list[dict[str, Any]]]:
        """The newest first; the records are those of its exports."""
        asking = self._shown(asking)
        path = _path(asking, wanted)
        marked: dict[str, list[Any]] = defaultdict(list)
        for page in _paged(asking, "/highlights"):
            for each in page.listed("highlights"):
                marked[str(each.mapping().get("bookmarkId"))].append(each.value)
        query = {
            "archived": "false" if wanted.unread else None,
            "favourited": "true" if wanted.starred else None,
        }
        texts = KnownTexts(asking, "content", _version, lambda page: page.listed("bookmarks"))
        cursor: str | None = None
        for _ in range(MOST_PAGES):
            page, found = texts.page(partial(_asked, asking, path, {**query, "cursor": cursor}))
            chosen = [each for each in found if _is_wanted(each, wanted)]
            yield [{**each, "highlights": marked[str(each.get("id"))]} for each in chosen]
            if wanted.since and found and not wanted.is_since(found[-1].get("createdAt")):
                return
            if (cursor := _following(page, cursor)) is None:
                return

    def told(self, asking: Asking, ids: Sequence[str], after: After) -> Iterator[Told]:
        """One at a time."""
        asking = self._shown(asking)

        def change(one: str) -> None:
            bookmark = f"{BASE}/bookmarks/{quote(one, safe='')}"
            if after.deed is Deed.TAG:
                asking.changed("POST", f"{bookmark}/tags", {"tags": [{"tagName": after.tag}]})
            else:
                asking.changed("PATCH", bookmark, {"archived": True})

        return one_at_a_time(ids, change, lambda: asking.get(f"{BASE}/bookmarks", limit=1))

    def _shown(self, asking: Asking) -> Asking:
        return asking.showing({"Authorization": f"Bearer {revealed(self.token)}"})


def _path(asking: Asking, wanted: Choice) -> str:
    """Where the bookmarks of a list or a tag are, or all of them."""
    if not wanted.place:
        return "/bookmarks"
    several = f"{wanted.place}s"
    found = {
        each.member("name").text(): each.member("id").text()
        for page in _paged(asking, f"/{several}")
        for each in page.listed(several)
    }
    return f"/{several}/{quote(wanted.among(found), safe='')}/bookmarks"


def _asked(asking: Asking, path: str, query: Mapping[str, str | None], whole: bool) -> JsonValue:  # noqa: FBT001 - as `Ask` has it
    content = "true" if whole else "false"
    return asking.json(f"{BASE}{path}", limit=TOGETHER, includeContent=content, **query)


def _version(bookmark: Mapping[str, Any]) -> str:
    """What changes with its content: when it was changed, as far as the service tells, and was crawled."""
    content = bookmark.get("content")
    crawled = content.get("crawledAt") if isinstance(content, Mapping) else None
    changed = bookmark.get("modifiedAt")
    return f"{bookmark.get('id')}@{changed}/{crawled}" if changed else ""


def _paged(asking: Asking, path: str) -> Iterator[JsonValue]:
    cursor: str | None = None
    for _ in range(MOST_PAGES):
        page = asking.json(f"{BASE}{path}", limit=TOGETHER, cursor=cursor)
        yield page
        if (cursor := _following(page, cursor)) is None:
            return


def _following(page: JsonValue, cursor: str | None) -> str | None:
    """Where the list goes on, if it does."""
    following = page.mapping().get("nextCursor")
    return following if isinstance(following, str) and following != cursor else None


def _is_wanted(bookmark: Mapping[str, Any], wanted: Choice) -> bool:
    """Again, as lists and tags are given whole, whatever is asked."""
    read = wanted.unread and bookmark.get("archived") is True
    plain = wanted.starred and bookmark.get("favourited") is not True
    return not read and not plain and wanted.is_since(bookmark.get("createdAt"))
