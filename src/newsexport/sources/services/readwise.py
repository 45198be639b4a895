"""Readwise Reader, by its own interface (``/api/v3``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

from newsexport.interchange.json_reader import JsonValue
from newsexport.net.secrets import Secret, revealed
from newsexport.sources.services.asking import TOGETHER, Asking, ServiceError
from newsexport.sources.services.choice import Choice
from newsexport.sources.services.telling import GONE, After, Deed, Told, one_at_a_time
from newsexport.sources.services.texts import KnownTexts
from newsexport.text.addresses import is_web
from newsexport.text.dates import from_seconds

PATH = "/api/v3/list/"

# Where a document is that was not read; "feed" has what came by itself.
UNREAD = ("new", "later", "shortlist")
LOCATIONS = (*UNREAD, "feed", "archive")
# Numbers from this one on are moments in thousandths of seconds: as seconds they would be of the year 5138.
MILLISECONDS = 10**11
# Pages of marks that are asked for at most: the service takes 20 questions a minute.
MOST_PAGES = 20


@dataclass(frozen=True, slots=True)
class Readwise:
    """What was saved: ``unread`` (neither archived nor in the feed), ``starred`` (the shortlist).

    ``tag/NAME`` is a tag, ``list/NAME`` one of the locations: ``new``, ``later``, ``shortlist``, ``feed``,
    ``archive``. `since` is when it was changed.
    """

    token: Secret
    address: str = "https://readwise.io"
    unencrypted: bool = False

    places = ("list", "tag")
    deeds = (Deed.ARCHIVE, Deed.READ, Deed.TAG)

    def pages(self, asking: Asking, wanted: Choice) -> Iterator[list[dict[str, Any]]]:
        """A page of each location at a time."""
        asking = self._shown(asking)
        marked: Mapping[str, list[Any]] | None = None
        texts = KnownTexts(asking, "html_content", _version, lambda page: page.listed("results"))
        for location in _locations(wanted):
            query = {
                "location": location,
                "tag": wanted.name if wanted.place == "tag" else None,
                "updatedAfter": wanted.since.isoformat() if wanted.since else None,
                "pageCursor": None,
            }
            while True:
                page, found = texts.page(partial(_asked, asking, query))
                chosen = [each for each in found if _is_wanted(each)]
                marked = _marked(asking) if chosen and marked is None else marked
                yield [_record(each, (marked or {}).get(str(each.get("id")), [])) for each in chosen]
                if (cursor := _following(page, query["pageCursor"])) is None:
                    break
                query = {**query, "pageCursor": cursor}

    def told(self, asking: Asking, ids: Sequence[str], after: After) -> Iterator[Told]:
        """One at a time. Tags take the place of those that are there, which are asked for before."""
        asking = self._shown(asking)

        def change(one: str) -> None:
            changes: dict[str, object] = {"seen": True}
            if after.deed is Deed.TAG:
                found = asking.json(PATH, id=one).listed("results")
                if not found:
                    raise ServiceError(f"has no document {one}", min(GONE))
                changes = {"tags": list(dict.fromkeys((*_tags(found[0].mapping()), after.tag)))}
            elif after.deed is Deed.ARCHIVE:
                changes = {"location": "archive"}
            asking.changed("PATCH", f"/api/v3/update/{quote(one, safe='')}/", changes)

        return one_at_a_time(ids, change, lambda: asking.get("/api/v2/auth/"))

    def _shown(self, asking: Asking) -> Asking:
        return asking.showing({"Authorization": f"Token {revealed(self.token)}"})


def _tags(document: Mapping[str, Any]) -> list[str]:
    """The names of its tags, all of them."""
    tags = document.get("tags")
    told = tags if isinstance(tags, dict) else {}
    return [str(each.get("name") or name) if isinstance(each, dict) else name for name, each in told.items()]


def _locations(wanted: Choice) -> tuple[str | None, ...]:
    """The locations that have what is wanted; the service takes one at a time, or None for all."""
    if wanted.place == "list":
        return (wanted.among({location: location for location in LOCATIONS}),)
    if wanted.starred:
        return ("shortlist",)
    return UNREAD if wanted.unread else (None,)


def _version(document: Mapping[str, Any]) -> str:
    """What changes with the text, and not with how far it was read."""
    saved = document.get("saved_at") or document.get("created_at")
    return f"{document.get('id')}@{saved}/{document.get('word_count')}" if saved else ""


def _asked(asking: Asking, query: Mapping[str, str | None], whole: bool) -> JsonValue:  # noqa: FBT001 - as `Ask` has it
    return asking.json(PATH, limit=TOGETHER, withHtmlContent="true" if whole else None, **query)


def _following(page: JsonValue, cursor: str | None) -> str | None:
    """Where the list goes on, if it does."""
    following = page.mapping().get("nextPageCursor")
    return following if isinstance(following, str) and following != cursor else None


def _marked(asking: Asking) -> Mapping[str, list[Any]]:
    """What was marked, by the ids of where; each mark is a document of its own."""
    found: dict[str, list[Any]] = defaultdict(list)
    cursor: str | None = None
    for _ in range(MOST_PAGES):
        page = asking.json(PATH, category="highlight", limit=TOGETHER, pageCursor=cursor)
        for each in page.listed("results"):
            mark = each.mapping()
            found[str(mark.get("parent_id"))].append(
                {"text": mark.get("content"), "note": mark.get("notes"), "at": str(mark.get("created_at"))}
            )
        if (cursor := _following(page, cursor)) is None:
            break
    return {parent: sorted(marks, key=lambda mark: str(mark["at"])) for parent, marks in found.items()}


def _is_wanted(document: Mapping[str, Any]) -> bool:
    """Whether it is no mark or note of another."""
    return not document.get("parent_id")


def _record(document: Mapping[str, Any], marked: list[Any]) -> dict[str, Any]:
    """A document as `saved` takes it. One that came by mail has no address but that in Reader."""
    source = document.get("source_url")
    published = document.get("published_date")
    if isinstance(published, int):
        published = from_seconds(published // 1000 if published >= MILLISECONDS else published)
    return {
        "id": document.get("id"),
        "url": source if isinstance(source, str) and is_web(source) else "",
        "title": document.get("title"),
        "author": document.get("author"),
        "site_name": document.get("site_name"),
        "published": published,
        "summary": document.get("summary"),
        "content": document.get("html_content"),
        "image_url": document.get("image_url"),
        "tags": document.get("tags"),
        "notes": document.get("notes"),
        "highlights": marked,
    }
