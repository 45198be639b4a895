"""Audiobookshelf, asked for how far somebody is in podcasts (its API, ``/api/me`` and ``/api/items``).

It keeps sounds and no articles: it is no source of any.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from newsexport.interchange.json_reader import JsonError, JsonValue
from newsexport.net.secrets import Secret, revealed
from newsexport.sources.services.accounts import NO_ARTICLES, EpisodeProgress
from newsexport.sources.services.asking import Asking, ServiceError
from newsexport.sources.services.choice import Choice

# Podcasts that are looked into, those that were heard last.
MOST = 50
# Seconds.
LONGEST = 1e7


@dataclass(frozen=True, slots=True)
class Audiobookshelf:
    """A server of podcasts and audiobooks. The `token` is an API key, or that of a user."""

    address: str
    token: Secret
    unencrypted: bool = False

    places = ()

    def pages(self, asking: Asking, wanted: Choice) -> NoReturn:  # noqa: ARG002 - nothing can be asked for
        """It has no articles. Raises `ServiceError`."""
        raise ServiceError(NO_ARTICLES)

    def heard(self, asking: Asking) -> Iterator[EpisodeProgress]:
        """How far somebody is in the podcasts that were heard last; what is no episode is passed over."""
        asking = asking.showing({"Authorization": f"Bearer {revealed(self.token)}"})
        told = [each.mapping() for each in _progress(asking)]
        episodes = [each for each in told if each.get("episodeId") and each.get("libraryItemId")]
        episodes.sort(key=_last, reverse=True)
        items = list(dict.fromkeys(str(each["libraryItemId"]) for each in episodes))[:MOST]
        for item in items:
            known = _episodes(asking, item)
            for each in episodes:
                if each["libraryItemId"] == item and each["episodeId"] in known:
                    yield from _told(each, known[each["episodeId"]])


def _progress(asking: Asking) -> list[JsonValue]:
    """All that was begun; versions that have no address for it tell it with the user."""
    try:
        return asking.json("/api/me/progress").member("mediaProgress").items()
    except ServiceError as error:
        if error.status != 404:
            raise
    return asking.json("/api/me").member("mediaProgress").items()


def _last(progress: Any) -> float:
    last = progress.get("lastUpdate")
    return last if isinstance(last, int | float) else 0.0


def _episodes(asking: Asking, item: str) -> dict[str, JsonValue]:
    """The episodes of a podcast by their numbers there; none of one that was removed meanwhile."""
    if not item.replace("-", "").replace("_", "").isalnum():
        return {}
    try:
        found = asking.json(f"/api/items/{item}", expanded=1).member("media").listed("episodes")
    except ServiceError as error:
        if error.status in {403, 404}:
            return {}
        raise
    return {each.member("id").text(): each for each in found}


def _told(progress: Any, episode: JsonValue) -> Iterator[EpisodeProgress]:
    value = JsonValue(progress, "mediaProgress")
    try:
        length = value.optional("duration", lambda one: one.number(0, LONGEST), 0.0)
        at = value.optional("currentTime", lambda one: one.number(0, LONGEST), 0.0)
        if value.optional("isFinished", JsonValue.flag, default=False):
            at = length
        enclosure = episode.optional("enclosure", lambda one: one, JsonValue({}, ""))
        address = enclosure.optional("url", JsonValue.raw_text, "")
        yield EpisodeProgress(address, episode.optional("guid", JsonValue.text, ""), at, length)
    except JsonError:
        return
