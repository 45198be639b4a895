"""The ASGI application: a request comes in, is admitted, looked up, and answered."""

from __future__ import annotations

import asyncio
import io
import os
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias, assert_never

from newsexport.serving.answers import Answer, made_answer, moved, refusal, stored_answer
from newsexport.serving.door import Admitted, Door, Refused
from newsexport.serving.holdings import Holdings
from newsexport.serving.prints import Prints
from newsexport.serving.ranges import Stretch
from newsexport.serving.request import Request, Scope, read
from newsexport.serving.table import Made, Stored

Message: TypeAlias = dict[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]

METHODS = ("GET", "HEAD")

# After these nothing that may follow on the connection is worth reading. Nor is what follows a body:
# it might be part of it, by another reading of its length than ours (RFC 9112, section 11.2).
LAST_WORDS = frozenset({400, 421})

# Read and handed on at once; with what waits in the kernel, all that a listener takes of memory.
CHUNK = 64 * 1024


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

    `heard` is told of every answer once it was sent or given up.
    """

    holdings: Holdings
    door: Door = field(default_factory=Door)
    heard: Callable[[Served], None] = _silent
    clock: Callable[[], datetime] = _now
    prints: Prints = field(default_factory=Prints)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, from its head to the last byte of its answer."""
        if scope["type"] != "http":
            raise ValueError(f"cannot speak {scope['type']}")
        request = read(scope)
        admitted = self.door.admit(request)
        path = admitted.path if isinstance(admitted, Admitted) else ""
        file: io.FileIO | None = None
        fault = ""
        try:
            answer, file = await self._answer(request, admitted)
        except Exception as error:  # noqa: BLE001 - one page that fails is no reason for others to
            answer, fault = refusal(500), f"{type(error).__name__}: {error}"
        sent = 0
        try:
            sent = await _send(answer, file, request, receive, send)
        finally:
            if file:
                file.close()
            self.heard(Served(request.client, request.method, path, answer.status, sent, fault))

    async def _answer(
        self, request: Request, admitted: Admitted | Refused
    ) -> tuple[Answer, io.FileIO | None]:
        """What to say, and the file it says it of, which the caller closes."""
        if isinstance(admitted, Refused):
            return refusal(admitted.status, admitted.reason), None
        if request.method not in METHODS:
            return refusal(405, headers=(("allow", ", ".join(METHODS)),)), None
        table = await asyncio.to_thread(self.holdings.table)
        resource = table.find(admitted.path)
        match resource:
            case Made():
                printed = await asyncio.to_thread(self.prints.of, resource, admitted.site)
                return made_answer(request, resource, printed), None
            case Stored():
                return await self._of_file(request, resource)
            case None if table.find(f"{admitted.path}/"):
                return moved(admitted.site.address(f"{admitted.path}/")), None
            case None:
                return refusal(404, "there is nothing here"), None
            case _:
                assert_never(resource)

    async def _of_file(self, request: Request, stored: Stored) -> tuple[Answer, io.FileIO | None]:
        file = await asyncio.to_thread(self.holdings.open, stored)
        if file is None:
            return refusal(404, "there is nothing here"), None
        modified = datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC)
        boundary = secrets.token_hex(16)
        return stored_answer(request, stored, modified, self.clock(), boundary), file


async def _send(
    answer: Answer, file: io.FileIO | None, request: Request, receive: Receive, send: Send
) -> int:
    """Send an answer, and tell how many bytes of its body were handed over."""
    headers = [(name.encode(), value.encode("latin-1")) for name, value in answer.headers]
    if answer.status in LAST_WORDS or request.has_body:
        headers.append((b"connection", b"close"))
    if answer.status != 304:
        headers.append((b"content-length", b"%d" % answer.length))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    sent = 0
    if request.method != "HEAD":
        gone = asyncio.ensure_future(_gone(receive))
        try:
            sent = await _send_pieces(answer, file, gone, send)
        finally:
            gone.cancel()
            with suppress(asyncio.CancelledError):
                await gone
        if sent < answer.length:
            return sent  # nobody is there to be told of an end
    await send({"type": "http.response.body", "body": b""})
    return sent


async def _send_pieces(
    answer: Answer, file: io.FileIO | None, gone: asyncio.Future[None], send: Send
) -> int:
    sent = 0
    for piece in answer.pieces:
        whole = len(piece)
        done = 0
        while done < whole and not gone.done():
            if isinstance(piece, Stretch):
                assert file is not None
                chunk = await asyncio.to_thread(_read, file, piece.first + done, min(CHUNK, whole - done))
            else:
                chunk = piece
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
            done += len(chunk)
        sent += done
    return sent


def _read(file: io.FileIO, start: int, count: int) -> bytes:
    """Exactly so many bytes.

    Raises:
        EOFError: the file has become shorter; the client sees that its answer ends too early.
    """
    file.seek(start)
    chunk = file.read(count)
    if len(chunk) < count:
        raise EOFError(f"{count - len(chunk)} bytes less than there were")
    return chunk


async def _gone(receive: Receive) -> None:
    """Return when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
