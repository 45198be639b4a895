"""Answers on their way, a chunk at a time, for as long as somebody takes them."""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeAlias

from newsexport.serving.request import Request
from newsexport.serving.responses import Answer

Message: TypeAlias = dict[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Readable: TypeAlias = io.FileIO | io.BytesIO

# After these nothing that may follow on the connection is worth reading. Nor is what follows a body:
# it might be part of it, by another reading of its length than ours (RFC 9112, section 11.2).
LAST_WORDS = frozenset({400, 421})

# Read and handed on at once; with what waits in the kernel, all that a listener takes of memory.
CHUNK = 32 * 1024


@dataclass(slots=True)
class Sending:
    """An answer and the file its stretches are of; `sent` counts what was handed over of its body."""

    answer: Answer
    file: Readable
    sent: int = 0

    async def to(self, request: Request, receive: Receive, send: Send) -> None:
        """Send all of it, or as much as the client waits for.

        Raises:
            EOFError: the file has become shorter; the client sees that its answer ends too early.
        """
        await send(
            {"type": "http.response.start", "status": self.answer.status, "headers": self._head(request)}
        )
        if request.method == "HEAD" or await self._body(receive, send):
            await send({"type": "http.response.body", "body": b""})

    def _head(self, request: Request) -> list[tuple[bytes, bytes]]:
        headers = [(name.encode(), value.encode("latin-1")) for name, value in self.answer.headers]
        if self.answer.status in LAST_WORDS or request.has_body:
            headers.append((b"connection", b"close"))
        if self.answer.status != 304:
            headers.append((b"content-length", b"%d" % self.answer.length))
        return headers

    async def _body(self, receive: Receive, send: Send) -> bool:
        """Send the body, and tell whether the client was there to its end."""
        gone = asyncio.ensure_future(_gone(receive))
        try:
            async for chunk in self._chunks():
                if gone.done():
                    return False
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
                self.sent += len(chunk)
            return not gone.done()
        finally:
            gone.cancel()
            with suppress(asyncio.CancelledError):
                await gone

    async def _chunks(self) -> AsyncIterator[bytes]:
        for piece in self.answer.pieces:
            if isinstance(piece, bytes):
                yield piece
                continue
            for start in range(piece.first, piece.last + 1, CHUNK):
                yield await self._chunk(start, min(CHUNK, piece.last + 1 - start))

    async def _chunk(self, start: int, count: int) -> bytes:
        chunk = _cached(self.file, start, count)
        if chunk is None:
            return await asyncio.to_thread(_read, self.file, start, count)
        await asyncio.sleep(0)  # others have their turn, and it shows whether the client has gone
        return chunk


def _cached(file: Readable, start: int, count: int) -> bytes | None:
    """So many bytes if the system has them in memory (Linux); None where a disk must be waited for.

    What many listen to is in memory, and handing a read to a thread costs more than the read.
    """
    if not hasattr(os, "RWF_NOWAIT"):
        return None
    chunk = bytearray(count)
    with suppress(OSError):  # it must be waited for, or the file system cannot tell
        if os.preadv(file.fileno(), [chunk], start, os.RWF_NOWAIT) == count:
            return bytes(chunk)
    return None


def _read(file: Readable, start: int, count: int) -> bytes:
    """Exactly so many bytes."""
    file.seek(start)
    chunk = file.read(count)
    if len(chunk) < count:
        raise EOFError(f"{count - len(chunk)} bytes less than there were")
    return chunk


async def _gone(receive: Receive) -> None:
    """Return when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
