"""wallabag 2, by its own interface (``/api``, with a client of the user's own)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

from newsexport.interchange.json_reader import JsonValue
from newsexport.net.secrets import Secret, revealed
from newsexport.sources.services.asking import Asking
from newsexport.sources.services.choice import Choice
from newsexport.sources.services.telling import After, Deed, Told, one_at_a_time
from newsexport.sources.services.texts import KnownTexts

# Articles asked for at a time: each comes with all its text, which takes the server a while.
A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Wallabag:
    """What was saved to be read: ``unread``, ``starred``, ``tag/NAME``; `since` is when it was changed.

    `client` and its `client_secret` are made at the service under "API clients management".
    """

    address: str
    client: str
    client_secret: Secret
    user: str
    password: Secret
    unencrypted: bool = False

    places = ("tag",)
    deeds = (Deed.ARCHIVE, Deed.READ, Deed.TAG)

    def pages(self, asking: Asking, wanted: Choice) -> Iterator[list[dict[str, Any]]]:
        """The newest first; the records are those of its exports."""
        asking = self._shown(asking)
        texts = KnownTexts(asking, "content", _version, lambda page: page.member("_embedded").listed("items"))
        number = 1
        while True:
            found, items = texts.page(partial(_asked, asking, wanted, number))
            yield items
            if not items or number >= found.member("pages").whole():
                return
            number += 1

    def told(self, asking: Asking, ids: Sequence[str], after: After) -> Iterator[Told]:
        """One at a time; what is read is what is in the archive."""
        asking = self._shown(asking)
        told = {"tags": after.tag} if after.deed is Deed.TAG else {"archive": 1}

        def change(one: str) -> None:
            asking.changed("PATCH", f"/api/entries/{quote(one, safe='')}.json", told)

        return one_at_a_time(ids, change, lambda: asking.get("/api/entries.json", perPage=1, page=1))

    def _shown(self, asking: Asking) -> Asking:
        return asking.showing({"Authorization": f"Bearer {self._token(asking)}"})

    def _token(self, asking: Asking) -> str:
        """What lets in for an hour."""
        form = {
            "grant_type": "password",
            "client_id": self.client,
            "client_secret": revealed(self.client_secret),
            "username": self.user,
            "password": revealed(self.password),
        }
        answer = asking.parsed(asking.logged_in("/oauth/v2/token", form))
        return answer.member("access_token").raw_text()


def _asked(asking: Asking, wanted: Choice, number: int, whole: bool) -> JsonValue:  # noqa: FBT001 - as `Ask` has it
    return asking.json(
        "/api/entries.json",
        archive=0 if wanted.unread else None,
        starred=1 if wanted.starred else None,
        tags=wanted.name or None,
        since=wanted.timestamp,
        sort="created",
        order="desc",
        detail="full" if whole else "metadata",
        perPage=A_PAGE,
        page=number,
    )


def _version(entry: Mapping[str, Any]) -> str:
    changed = entry.get("updated_at")
    return f"{entry.get('id')}@{changed}" if changed else ""
