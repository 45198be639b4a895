"""What podcast apps tell of listening, by the APIs of gpodder.net and of Nextcloud's gPodder Sync.

https://gpoddernet.readthedocs.io/en/latest/api/reference/ and https://github.com/thrillfall/nextcloud-gpodder
give addresses and members. Only what was played of sounds of the library is kept, by their paths, so that
every app is given the addresses under which it reaches them. Other podcasts, and what an app subscribes to,
are taken and forgotten: nobody's subscriptions change.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from newsexport.interchange.json_reader import JsonError, JsonValue, document
from newsexport.reading.files import sound_at
from newsexport.reading.record import HeardSpan, ReadingRecord
from newsexport.serving.conversation import USER, Message, Password, said
from newsexport.serving.request import ClientRequest
from newsexport.serving.responses import Headers, Response

API = re.compile(
    r"api/2/(?P<what>auth|devices|sync-devices|subscriptions|episodes)/(?P<user>[^/]+?)(?:/(?P<rest>[^/]+))?\.json"
)
SIMPLE = re.compile(r"subscriptions/(?P<user>[^/]+?)(?:/[^/]+)?\.json")
NEXTCLOUD = "index.php/apps/gpoddersync/"

# Actions in one message, and those that are told at once.
MOST = 5000
# Seconds; nothing that is heard is so long.
LONGEST = 1e6
# Of a moment; more are no number of a database.
MOST_DIGITS = 18

ASKED: Headers = (("www-authenticate", f'Basic realm="{USER}", charset="UTF-8"'),)
COOKIE = "sessionid"

# What is said to whoever tells or asks of subscriptions and of devices, beside the time.
NOTHING_CHANGED: Mapping[str, object] = {"add": [], "remove": []}
TAKEN: Mapping[str, object] = {"update_urls": []}
FIXED: Mapping[tuple[str, str], Mapping[str, object]] = {
    ("GET", "subscriptions"): NOTHING_CHANGED,
    ("POST", "subscriptions"): TAKEN,
    ("POST", "subscription_change/create"): TAKEN,
    ("GET", "sync-devices"): {"synchronized": [], "not-synchronized": []},
}


@dataclass(frozen=True, slots=True)
class EpisodeActions:
    """What was heard, put down in a record.

    `has` tells whether there is a file at a path of the library; `now` gives seconds since 1970.
    """

    record: ReadingRecord
    password: Password
    has: Callable[[str], bool]
    now: Callable[[], float]

    def takes(self, path: str) -> bool:
        """Whether a path is one of the protocols'."""
        return bool(API.fullmatch(path) or SIMPLE.fullmatch(path) or path.startswith(NEXTCLOUD))

    def answer(self, message: Message) -> Response:
        """What either server would say."""
        named = API.fullmatch(message.path) or SIMPLE.fullmatch(message.path)
        if not self.is_known(message.request) or (named and named["user"] != USER):
            return said(401, {"message": "Unauthorized"}, ASKED)
        what = named.groupdict().get("what") or "simple" if named else message.path.removeprefix(NEXTCLOUD)
        answer = self._said(message, what, int(self.now()))
        return replace(answer, headers=answer.headers + self._session(message))

    def _said(self, message: Message, what: str, now: int) -> Response:
        match message.method, what:
            case ("POST", "auth"):
                return said(200, {})
            case ("POST", "episodes" | "episode_action/create"):
                return self._told(message, now)
            case ("GET", "episodes" | "episode_action"):
                return said(200, {"actions": list(self._actions(message)), "timestamp": now})
            case method, what if (method, what) in FIXED:
                return said(200, {**FIXED[method, what], "timestamp": now})
            case method, "devices" | "simple":
                return said(200, []) if method == "GET" else replace(said(200, ""), pieces=())
            case _:
                return said(404, {"message": "Not found"})

    def is_known(self, request: ClientRequest) -> bool:
        """Whether the token is shown, or what was given for it."""
        headers = request.headers
        cookies = dict(part.strip().partition("=")[::2] for part in headers.get("cookie", "").split(";"))
        return self.password.is_basic(headers.get("authorization", "")) or hmac.compare_digest(
            cookies.get(COOKIE, "").encode("utf-8", "replace"), self._ticket().encode()
        )

    def _ticket(self) -> str:
        """What an app that signed in has instead of the token; it follows from that, and ends with it."""
        return hmac.new(self.password.token.encode(), COOKIE.encode(), hashlib.sha256).hexdigest()

    def _session(self, message: Message) -> Headers:
        """What an app is given with each answer: gPodder gives its password three times, and no more."""
        secure = "; Secure" if message.site.base.startswith("https:") else ""
        ticket = f"{COOKIE}={self._ticket()}; Path=/; HttpOnly; SameSite=Strict{secure}"
        return (("set-cookie", ticket),)

    def _told(self, message: Message, at: int) -> Response:
        try:
            listed = document(message.body, ours=False).items()
        except JsonError as error:
            return said(400, {"message": str(error)})
        spans = [span for each in listed[:MOST] if (span := self._span(each, at))]
        if spans:
            self.record.put_spans(spans)
        return said(200, {"timestamp": at, "update_urls": []})

    def _span(self, action: JsonValue, at: int) -> HeardSpan | None:
        """What an action says was heard of a sound of ours; None for whatever else it is."""
        try:
            path = sound_at(action.member("episode").raw_text())
            if action.member("action").raw_text().lower() != "play" or not path or not self.has(path):
                return None
            begin = action.optional("started", _seconds, 0.0)
            end = action.member("position").number(0, LONGEST)
            total = action.optional("total", _seconds, 0.0)
            if begin >= end >= total > 0:  # what is marked as played, without being heard
                begin, end = 0.0, total
            feed = action.optional("podcast", JsonValue.text, "")
            return HeardSpan(
                path=path,
                device=action.optional("device", JsonValue.text, "")[:200],
                started=begin,
                ended=end,
                total=total,
                at=at,
                feed="/".join(urlsplit(feed).path.split("/")[-2:])[:200],
                guid=action.optional("guid", JsonValue.text, "")[:200],
            ) if end > begin else None  # fmt: skip
        except (JsonError, ValueError):
            return None

    def _actions(self, message: Message) -> Iterator[dict[str, object]]:
        since = message.request.asked("since")
        spans = self.record.spans(int(since[:MOST_DIGITS]) if since.isascii() and since.isdigit() else 0)
        for span in spans[-MOST:]:
            moment = datetime.fromtimestamp(span.at, UTC)
            yield {
                "podcast": message.site.address(span.feed),
                "episode": message.site.address(span.path),
                **({"guid": span.guid} if span.guid else {}),
                "device": span.device,
                "action": "play",
                "timestamp": f"{moment:%Y-%m-%dT%H:%M:%S}",
                "started": int(span.started),
                "position": int(span.ended),
                "total": int(span.total),
            }


def _seconds(value: JsonValue) -> float:
    """A time; apps send -1 for what they do not know."""
    return max(0.0, value.number(-1, LONGEST))
