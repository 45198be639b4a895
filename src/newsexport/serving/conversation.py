"""What apps tell the server, where that is wanted: who may, how much of it, and how often.

The library is read by whoever has its address. What is told here is written down, so that it takes the token
itself, in the way that each protocol has for a password.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import hmac
import json
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from newsexport.errors import UsageError
from newsexport.publishing.site import Site
from newsexport.serving.admission import AccessPolicy
from newsexport.serving.request import ClientRequest
from newsexport.serving.responses import GUARDED, Headers, Receive, Response, refusal

# By which apps are signed in; the password is the token.
USER = "newsexport"

# Bytes of what is told at once, with the token at its head and without: a thousand episodes take a third of
# the first.
LARGEST, LARGEST_UNKNOWN = 1_000_000, 200_000
# Seconds in which it must have come.
PATIENCE = 20.0
# Requests within a minute, of all who have the token together, and of each address that has not shown it; an
# e-reader tells its position twice at most.
PER_MINUTE = 240
# Clients that are remembered for that.
CLIENTS = 1000


@dataclass(frozen=True, slots=True)
class Message:
    """What a client tells or asks.

    `path` is relative to the library's root, which lies at `site`; `body` is all that followed the head.
    """

    request: ClientRequest
    path: str
    site: Site
    body: bytes = b""

    @property
    def method(self) -> str:
        """Of HTTP."""
        return self.request.method


class SpokenProtocol(Protocol):
    """A protocol that apps speak."""

    def takes(self, path: str) -> bool:
        """Whether a path is one of the protocol's."""
        ...

    def is_known(self, request: ClientRequest) -> bool:
        """Whether the token is shown before the body, in a form of the protocol."""
        ...

    def answer(self, told: Message) -> Response:
        """What is said to it. Called from threads."""
        ...


@dataclass(slots=True)
class Allowance:
    """How often each client may come within a minute."""

    most: int = PER_MINUTE
    clock: Callable[[], float] = time.monotonic
    spent: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def takes(self, client: str) -> bool:
        """Whether it may come once more, which counts."""
        now = self.clock()
        used, at = self.spent.pop(client, (0.0, now))
        used = max(0.0, used - (now - at) * self.most / 60)
        allowed = used + 1 <= self.most
        self.spent[client] = (used + 1 if allowed else used, now)
        if len(self.spent) > CLIENTS:
            self.spent.popitem(last=False)
        return allowed


@dataclass(frozen=True, slots=True)
class Conversation:
    """The protocols that are spoken beside the library, none unless that was asked for.

    Those who show the token count as one for the `allowance`, whatever address they come from, and strangers
    use up nothing of it; `largest` tells how many bytes may follow the head of either.
    """

    protocols: Sequence[SpokenProtocol] = ()
    allowance: Allowance = field(default_factory=Allowance)
    largest: tuple[int, int] = (LARGEST, LARGEST_UNKNOWN)

    async def answer(self, request: ClientRequest, door: AccessPolicy, receive: Receive) -> Response | None:
        """What is said to a request; None where it belongs to no protocol, and so to the library."""
        known = door.known(request) if self.protocols else None
        spoken = next((one for one in self.protocols if known and one.takes(known.path)), None)
        if spoken is None or known is None:
            return None
        is_known = spoken.is_known(request)
        if not self.allowance.takes("" if is_known else request.client):
            return refusal(429, headers=(("retry-after", "60"),))
        body = await _body(request, receive, self.largest[not is_known])
        if isinstance(body, Response):
            return body
        try:
            return await asyncio.to_thread(spoken.answer, Message(request, known.path, known.site, body))
        except UsageError as error:
            return refusal(503, str(error))


async def _body(request: ClientRequest, receive: Receive, largest: int) -> bytes | Response:
    """All that follows the head, if that is not too much and comes in time."""
    if not request.has_body:
        return b""
    announced = request.headers.get("content-length", "0")
    if announced.isascii() and announced.isdigit() and (len(announced) > 9 or int(announced) > largest):
        return refusal(413)
    body = bytearray()
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while (message := await receive())["type"] == "http.request":
                body += message.get("body", b"")
                if len(body) > largest:
                    return refusal(413)
                if not message.get("more_body"):
                    return bytes(body)
    return refusal(408)


def said(status: int, value: Any, headers: Headers = ()) -> Response:
    """A value as JSON."""
    kind = (("content-type", "application/json; charset=utf-8"), ("cache-control", "no-store"))
    return Response(status, kind + GUARDED + headers, (json.dumps(value).encode(),))


@dataclass(frozen=True, slots=True)
class Password:
    """The token as a password, in the forms that protocols send it in."""

    token: str = field(repr=False)

    def is_key(self, user: str, key: str) -> bool:
        """Whether a key is the MD5 of the token, which KOReader sends in its place."""
        ours = hashlib.md5(self.token.encode(), usedforsecurity=False).hexdigest()
        return _equal(key.lower(), ours) and _equal(user, USER)

    def is_basic(self, header: str) -> bool:
        """Whether an `Authorization` is that of our user (RFC 7617)."""
        scheme, _, given = header.partition(" ")
        if scheme.lower() != "basic":
            return False
        try:
            user, _, password = base64.b64decode(given.strip(), validate=True).decode("utf-8").partition(":")
        except (binascii.Error, ValueError):
            return False
        return _equal(password, self.token) and _equal(user, USER)


def _equal(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
