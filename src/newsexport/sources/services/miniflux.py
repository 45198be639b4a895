"""Miniflux, by its own interface (``/v1``, from version 2.0.49 on)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from newsexport.net.secrets import Secret, revealed
from newsexport.sources.services.asking import TOGETHER, Asking
from newsexport.sources.services.choice import Choice
from newsexport.sources.services.telling import After, Deed, Told, many_at_a_time

# Articles that are changed at a time.
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Miniflux:
    """A reader of feeds: ``unread``, ``starred``, ``category/NAME``, ``tag/NAME``.

    `since` is when an article was changed.
    """

    address: str
    token: Secret
    unencrypted: bool = False

    places = ("category", "tag")
    deeds = (Deed.READ,)

    def pages(self, asking: Asking, wanted: Choice) -> Iterator[list[dict[str, Any]]]:
        """The newest first; what comes in meanwhile moves nothing."""
        asking = self._shown(asking)
        category = _category(asking, wanted) if wanted.place == "category" else None
        before: int | None = None
        while True:
            found = asking.json(
                "/v1/entries",
                status="unread" if wanted.unread else None,
                starred="true" if wanted.starred else None,
                category_id=category,
                tags=wanted.name if wanted.place == "tag" else None,
                changed_after=wanted.timestamp,
                order="id",
                direction="desc",
                limit=TOGETHER,
                before_entry_id=before,
            )
            entries = [each.mapping() for each in found.listed("entries")]
            yield list(map(_record, entries))
            last = entries[-1].get("id") if entries else None
            if len(entries) < TOGETHER or not isinstance(last, int):
                return
            before = last

    def told(self, asking: Asking, ids: Sequence[str], after: After) -> Iterator[Told]:  # noqa: ARG002 - it is to be read
        """Many at a time; those that are not there any more are passed over."""
        asking = self._shown(asking)

        def change(run: Sequence[str]) -> None:
            asking.changed(
                "PUT",
                "/v1/entries",
                {"entry_ids": [int(one) for one in run if one.isdecimal()], "status": "read"},
            )

        return many_at_a_time(ids, AT_ONCE, change, lambda: asking.get("/v1/categories"))

    def _shown(self, asking: Asking) -> Asking:
        return asking.showing({"X-Auth-Token": revealed(self.token)})


def _category(asking: Asking, wanted: Choice) -> int:
    """The number of the category that is wanted."""
    found = {
        each.member("title").text(): each.member("id").whole()
        for each in asking.json("/v1/categories").items()
    }
    return wanted.among(found)


def _record(entry: Any) -> dict[str, Any]:
    """An entry as `saved` takes it; the text is that of the feed, which may break off."""
    feed = entry.get("feed")
    feed = feed if isinstance(feed, dict) else {}
    category = feed.get("category")
    return {
        "id": entry.get("id"),
        "url": entry.get("url"),
        "title": entry.get("title"),
        "author": entry.get("author"),
        "published_at": entry.get("published_at"),
        "content": entry.get("content"),
        "site": feed.get("title"),
        "tags": entry.get("tags"),
        "folder": category.get("title") if isinstance(category, dict) else "",
        "cut": True,
    }
