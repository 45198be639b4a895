"""What is said to a request: status, headers, and which bytes follow.

Nothing here opens or sends anything.
"""

from __future__ import annotations

import asyncio
import io
import os
import re
import unicodedata
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from typing import Any, TypeAlias
from urllib.parse import quote

from newsexport.serving.request import (
    ByteRange,
    ClientRequest,
    Outcome,
    Validators,
    continues,
    outcome,
    stretches,
)
from newsexport.serving.response_cache import CachedBody
from newsexport.serving.routes import GeneratedResource, StoredResource

# The header that gives a download its name (RFC 6266).

# What may stand in a value as it is (RFC 8187, section 3.2.1), less what `quote` keeps anyway.
KEPT = "!#$&+^`|"


def attachment(name: str) -> str:
    """`Content-Disposition` for a file of this name, in ASCII whatever the name holds.

    Old clients read the plain `filename`, all others the encoded one that follows it.
    """
    visible = "".join(character for character in name if unicodedata.category(character)[0] != "C")
    plain = unicodedata.normalize("NFKD", visible).encode("ascii", "ignore").decode()
    safe = "".join(character if character not in '"\\/%' else "_" for character in plain) or "file"
    return f"attachment; filename=\"{safe}\"; filename*=UTF-8''{quote(visible, safe=KEPT)}"


Piece: TypeAlias = bytes | ByteRange
Headers: TypeAlias = tuple[tuple[str, str], ...]

# A name bears the hash of what it names, so that what lies under it never changes (RFC 8246).
FOR_EVER = "private, max-age=31536000, immutable"
ASK_AGAIN = "private, no-cache"

# For everything: nothing is guessed, nobody is told where a reader came from, nobody frames it.
GUARDED: Headers = (
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
)

# A file of an issue may do nothing in a browser. What is only seen or heard has no scripts, and a browser
# would not play it in a sandbox.
INERT = "default-src 'none'; sandbox"
PERCEIVED = "default-src 'none'; img-src 'self'; media-src 'self'"

# A weight that says "not at all" (RFC 9110, section 12.4.2).
NOTHING = re.compile(r"q=0(\.0{0,3})?")


@dataclass(frozen=True, slots=True)
class Response:
    """A response; `pieces` are bytes, and stretches of the file that is being served."""

    status: int
    headers: Headers
    pieces: tuple[Piece, ...] = ()

    @property
    def length(self) -> int:
        """How many bytes the pieces have together."""
        return sum(map(len, self.pieces))


def refusal(status: int, reason: str = "", headers: Headers = ()) -> Response:
    """An answer that says why there is no other."""
    words = f"{reason or HTTPStatus(status).phrase}\n".encode()
    plain = (("content-type", "text/plain; charset=utf-8"), ("cache-control", "no-store"))
    return Response(status, plain + GUARDED + headers, (words,))


def moved(address: str) -> Response:
    """Where to look instead: an address of this library."""
    return refusal(301, headers=(("location", address),))


def made_answer(
    request: ClientRequest, made: GeneratedResource, printed: CachedBody, now: datetime
) -> Response:
    """A page, a feed or a catalogue, compressed for those who can read that."""
    zipped = printed.compressed is not None and _takes_gzip(request.headers)
    validators, headers = _made_headers(made, _zipped(printed.etag) if zipped else printed.etag, now)
    if early := _early(request, validators, headers, now):
        return early
    coding = (("content-encoding", "gzip"),) if zipped else ()
    body = printed.compressed if zipped and printed.compressed else printed.body
    return Response(200, (("content-type", made.type), *coding, *headers), (body,))


def unchanged_answer(
    request: ClientRequest, made: GeneratedResource, etag: str, now: datetime
) -> Response | None:
    """The answer to a client that says it has the very same, as its tag tells before it is made."""
    if not etag or "if-none-match" not in request.headers or "if-match" in request.headers:
        return None
    for tag in (etag, *((_zipped(etag),) if _takes_gzip(request.headers) else ())):
        validators, headers = _made_headers(made, tag, now)
        if outcome(request.headers, validators, now) is Outcome.NOT_MODIFIED:
            return Response(304, headers)
    return None


def _zipped(etag: str) -> str:
    return f'{etag[:-1]}-gzip"'


def _made_headers(made: GeneratedResource, etag: str, now: datetime) -> tuple[Validators, Headers]:
    # Never later than now (RFC 9110, section 8.8.2.1): a date that stays ahead would hide every change.
    validators = Validators(etag, min(made.modified, now).replace(microsecond=0))
    return validators, (
        *_validated(validators),
        ("cache-control", ASK_AGAIN),
        ("vary", "Accept-Encoding"),
        ("content-security-policy", made.policy),
        *GUARDED,
    )


def stored_answer(
    request: ClientRequest, stored: StoredResource, modified: datetime, now: datetime, boundary: str
) -> Response:
    """A file, or the parts of it that were asked for.

    `modified` is when the file was last written, `boundary` what parts several ranges.
    """
    validators = Validators(f'"{stored.sha256[:32]}"', min(modified, now).replace(microsecond=0))
    headers = (
        *_validated(validators),
        ("cache-control", FOR_EVER if stored.lasting else ASK_AGAIN),
        ("accept-ranges", "bytes"),
        ("content-security-policy", _policy(stored)),
        *((("content-disposition", attachment(stored.download)),) if stored.download else ()),
        *GUARDED,
    )
    if early := _early(request, validators, headers, now):
        return early
    typed = (("content-type", stored.type), *headers)
    asked = request.headers.get("range") if request.method == "GET" else None
    if asked is None or not continues(request.headers.get("if-range"), validators, now):
        return _whole(stored, typed)
    match stretches(asked, stored.size):
        case None:
            return _whole(stored, typed)
        case ():
            return Response(416, (("content-range", f"bytes */{stored.size}"), *headers))
        case (stretch,):
            return Response(206, (("content-range", _named(stretch, stored)), *typed), (stretch,))
        case several:
            parted = ("content-type", f"multipart/byteranges; boundary={boundary}")
            return Response(206, (parted, *headers), _parted(several, stored, boundary))


def _policy(stored: StoredResource) -> str:
    perceived = stored.type.startswith(("audio/", "video/", "image/")) and not stored.download
    return PERCEIVED if perceived else INERT


def _whole(stored: StoredResource, headers: Headers) -> Response:
    return Response(200, headers, (ByteRange(0, stored.size - 1),) if stored.size else ())


def _named(stretch: ByteRange, stored: StoredResource) -> str:
    return f"bytes {stretch.first}-{stretch.last}/{stored.size}"


def _parted(several: tuple[ByteRange, ...], stored: StoredResource, boundary: str) -> tuple[Piece, ...]:
    """Each part with its head, as RFC 9110, section 14.6, has it."""
    pieces: list[Piece] = []
    for stretch in several:
        described = f"Content-Type: {stored.type}\r\nContent-Range: {_named(stretch, stored)}"
        pieces += [f"--{boundary}\r\n{described}\r\n\r\n".encode(), stretch, b"\r\n"]
    return (*pieces, f"--{boundary}--\r\n".encode())


def _validated(validators: Validators) -> Headers:
    modified = format_datetime(validators.modified.astimezone(UTC), usegmt=True)
    return (("etag", validators.etag), ("last-modified", modified))


def _early(
    request: ClientRequest, validators: Validators, headers: Headers, now: datetime
) -> Response | None:
    """The answer where the conditions of a request settle it."""
    match outcome(request.headers, validators, now):
        case Outcome.NOT_MODIFIED:
            return Response(304, headers)
        case Outcome.FAILED:
            return refusal(412)
        case Outcome.PROCEED:
            return None


def _takes_gzip(headers: Mapping[str, str]) -> bool:
    """Whether gzip is accepted (RFC 9110, section 12.5.3)."""
    takes: dict[str, bool] = {}
    for each in headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = each.replace(" ", "").partition(";")
        takes[name] = NOTHING.fullmatch(weight) is None
    return takes.get("gzip", takes.get("*", False))


# Answers on their way, a chunk at a time, for as long as somebody takes them.

Message: TypeAlias = dict[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Readable: TypeAlias = io.FileIO | io.BytesIO

# After these nothing that may follow on the connection is worth reading. Nor is what follows a body:
# it might be part of it, by another reading of its length than ours (RFC 9112, section 11.2).
LAST_WORDS = frozenset({400, 421})

# A client that is still sending reads no answer before it has sent all, and none at all when it is cut off
# in the middle. Of what is too much, or comes too often, so many bytes are therefore heard, for so many
# seconds, and forgotten.
UNREAD, HEARD, HEARING = frozenset({413, 429}), 16_000_000, 2.0

# Read and handed on at once; with what waits in the kernel, all that a listener takes of memory.
CHUNK = 32 * 1024


@dataclass(slots=True)
class Transmission:
    """An answer and the file its stretches are of; `sent` counts what was handed over of its body."""

    answer: Response
    file: Readable
    sent: int = 0

    async def to(self, request: ClientRequest, receive: Receive, send: Send) -> None:
        """Send all of it, or as much as the client waits for.

        Raises:
            EOFError: the file has become shorter; the client sees that its answer ends too early.
        """
        await send(
            {"type": "http.response.start", "status": self.answer.status, "headers": self._head(request)}
        )
        if request.method == "HEAD" or await self._body(receive, send):
            if self.answer.status in UNREAD:
                await _hear_out(receive)
            await send({"type": "http.response.body", "body": b""})

    def _head(self, request: ClientRequest) -> list[tuple[bytes, bytes]]:
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


async def _hear_out(receive: Receive) -> None:
    """Return when the client has sent all, has gone, or goes on for too long."""
    heard = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(HEARING):
            while heard <= HEARD and (message := await receive()).get("more_body"):
                heard += len(message.get("body", b""))
