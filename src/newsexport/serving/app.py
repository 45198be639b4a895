"""The ASGI application: a request comes in, is admitted, looked up, and answered."""

from __future__ import annotations

import asyncio
import io
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import assert_never

from newsexport.publishing.catalogue import FIELD
from newsexport.serving.admission import AccessPolicy, Admitted, Redirect, Refused, Verdict
from newsexport.serving.conversation import Conversation
from newsexport.serving.request import ClientRequest, Scope, read
from newsexport.serving.response_cache import ResponseCache, etag_of
from newsexport.serving.responses import (
    Readable,
    Receive,
    Response,
    Send,
    Transmission,
    made_answer,
    moved,
    refusal,
    stored_answer,
    unchanged_answer,
)
from newsexport.serving.routes import GeneratedResource, Resource, SearchResource, Servable, StoredResource

METHODS = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Served:
    """That a request was answered.

    `path` is what was looked up, without a token, and empty where nothing was. `sent` counts bytes of the
    body. `fault` says what went wrong on our side.
    """

    client: str
    method: str
    path: str
    status: int
    sent: int
    fault: str = ""


def _silent(served: Served) -> None:
    """Tells nobody."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class App:
    """Serves holdings through a door. Give it to any ASGI server.

    `heard` is told of every answer once it was sent or given up; `spoken` are protocols in which apps tell
    what was read.
    """

    holdings: Servable
    door: AccessPolicy = field(default_factory=AccessPolicy)
    heard: Callable[[Served], None] = _silent
    clock: Callable[[], datetime] = _now
    prints: ResponseCache = field(default_factory=ResponseCache)
    spoken: Conversation = field(default_factory=Conversation)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, from its head to the last byte of its answer."""
        if scope["type"] != "http":
            raise ValueError(f"cannot speak {scope['type']}")
        request = read(scope)
        verdict = self.door.admit(request)
        path = verdict.path if isinstance(verdict, Admitted) else ""
        answer, file, fault = await self._settled(request, verdict, receive)
        sending = Transmission(answer, file)
        with file:
            try:
                await sending.to(request, receive, send)
            finally:
                served = Served(request.client, request.method, path, answer.status, sending.sent, fault)
                self.heard(served)

    async def _settled(
        self, request: ClientRequest, verdict: Verdict, receive: Receive
    ) -> tuple[Response, Readable, str]:
        """What to say, the file it says it of, and what went wrong."""
        try:
            spoken = await self.spoken.answer(request, self.door, receive)
            answer = spoken or await self._answer(request, verdict)
        except Exception as error:  # noqa: BLE001 - one page that fails is no reason for others to
            return refusal(500), io.BytesIO(), f"{type(error).__name__}: {error}"
        return (*answer, "") if isinstance(answer, tuple) else (answer, io.BytesIO(), "")

    async def _answer(self, request: ClientRequest, verdict: Verdict) -> Response | tuple[Response, Readable]:
        match verdict:
            case Refused(status, reason):
                return refusal(status, reason)
            case Redirect(address):
                return moved(address)
            case Admitted() if request.method in METHODS:
                return await self._looked_up(request, verdict)
            case Admitted():
                return refusal(405, headers=(("allow", ", ".join(METHODS)),))
            case _:
                assert_never(verdict)

    async def _looked_up(
        self, request: ClientRequest, admitted: Admitted
    ) -> Response | tuple[Response, Readable]:
        resource = await asyncio.to_thread(self._found, admitted.path)
        match resource:
            case GeneratedResource():
                etag = etag_of(resource, admitted.site)
                if unchanged := unchanged_answer(request, resource, etag, self.clock()):
                    return unchanged
                printed = await self.prints.of(resource, admitted.site)
                return made_answer(request, resource, printed, self.clock())
            case SearchResource():
                return await self._sought(request, resource, admitted)
            case StoredResource():
                return await self._of_file(request, resource)
            case None if await asyncio.to_thread(self._found, f"{admitted.path}/"):
                return moved(admitted.site.address(f"{admitted.path}/"))
            case None:
                return refusal(404)
            case _:
                assert_never(resource)

    def _found(self, path: str) -> Resource | None:
        return self.holdings.table().find(path)

    async def _sought(self, request: ClientRequest, sought: SearchResource, admitted: Admitted) -> Response:
        made = sought.of(request.asked(FIELD))
        printed = await self.prints.sought(made, admitted.site)
        if printed is None:
            return refusal(503, "too many are looking for something just now", (("retry-after", "5"),))
        return made_answer(request, made, printed, self.clock())

    async def _of_file(
        self, request: ClientRequest, stored: StoredResource
    ) -> Response | tuple[Response, Readable]:
        file = await asyncio.to_thread(self.holdings.open, stored)
        if file is None:
            return refusal(404)
        modified = datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC)
        boundary = secrets.token_hex(16)
        return stored_answer(request, stored, modified, self.clock(), boundary), file
