"""What speaks as Google Reader did: FreshRSS, The Old Reader, Inoreader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsexport.net.secrets import Secret, revealed
from newsexport.sources.services.asking import TOGETHER, Asking, ServiceError
from newsexport.sources.services.choice import Choice
from newsexport.sources.services.telling import After, Deed, Told, many_at_a_time

# What lets a client change things for a while.
PERMIT = "/reader/api/0/token"
STATE = "user/-/state/com.google/"


@dataclass(frozen=True, slots=True)
class GoogleReader:
    """A reader of feeds: ``unread``, ``starred``, ``label/NAME`` or ``folder/NAME``.

    `since` is when the reader got it. The address is that before ``/reader/api/0``: of FreshRSS it ends in
    ``/api/greader.php``. Inoreader wants the number and key of an `app` too.
    """

    address: str
    user: str
    password: Secret
    app: str = ""
    app_key: Secret | None = None
    unencrypted: bool = False

    places = ("label", "folder", "category", "tag")
    deeds = (Deed.READ, Deed.TAG)

    def pages(self, asking: Asking, wanted: Choice) -> Iterator[list[dict[str, Any]]]:
        """The newest first, as its exports have them."""
        asking = self._shown(asking)
        stream = f"user/-/label/{wanted.name}" if wanted.place else f"{STATE}reading-list"
        continuation: str | None = None
        while True:
            found = asking.json(
                "/reader/api/0/stream/contents",
                s=f"{STATE}starred" if wanted.starred and not wanted.place else stream,
                xt=f"{STATE}read" if wanted.unread else None,
                ot=wanted.timestamp,
                n=TOGETHER,
                output="json",
                c=continuation,
            )
            items = [dict(each.mapping()) for each in found.listed("items")]
            yield [item for item in items if _is_wanted(item, wanted)]
            following = found.mapping().get("continuation")
            if not items or not following or str(following) == continuation:
                return
            continuation = str(following)

    def told(self, asking: Asking, ids: Sequence[str], after: After) -> Iterator[Told]:
        """Many at a time; those that are not there any more are passed over."""
        asking = self._shown(asking)
        permit = asking.get(PERMIT).body.decode("utf-8", "replace").strip()
        said = f"{STATE}read" if after.deed is Deed.READ else f"user/-/label/{after.tag}"

        def change(run: Sequence[str]) -> None:
            asking.posted(
                "/reader/api/0/edit-tag", [("T", permit), ("a", said), *(("i", one) for one in run)]
            )

        yield from many_at_a_time(ids, TOGETHER, change, lambda: asking.get(PERMIT))

    def _shown(self, asking: Asking) -> Asking:
        if self.app_key is not None:
            asking = asking.showing({"AppId": self.app, "AppKey": revealed(self.app_key)})
        return asking.showing({"Authorization": f"GoogleLogin auth={self._token(asking)}"})

    def _token(self, asking: Asking) -> str:
        form = {
            "Email": self.user,
            "Passwd": revealed(self.password),
            "service": "reader",
            "client": "newsexport",
        }
        answer = asking.logged_in("/accounts/ClientLogin", form).body.decode("utf-8", "replace")
        lines = (line.partition("=") for line in answer.splitlines())
        for name, _, value in lines:
            if name == "Auth" and value.strip():
                return value.strip()
        raise ServiceError("its answer to the password lets nobody in; is its address right?")


def _is_wanted(item: Mapping[str, Any], wanted: Choice) -> bool:
    """Again: a stream is of a label or of what is starred, and some servers keep what was read in it."""
    listed = item.get("categories")
    states = (
        {str(each).rpartition("/com.google/")[2] for each in listed} if isinstance(listed, list) else set()
    )
    return not (wanted.unread and "read" in states) and not (wanted.starred and "starred" not in states)
