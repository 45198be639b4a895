"""One request and its answer, by httpcore, and the thread with the loop on which requests are made.

This is the only module that opens a connection to fetch something.
"""

from __future__ import annotations

import asyncio
import os
import re
import ssl
import string
import zlib
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO, TypeVar
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

import httpcore

from newsexport.net.environment import proxy_for
from newsexport.net.guard import Guard, GuardError
from newsexport.net.retry import RequestError
from newsexport.text.addresses import PORTS

T = TypeVar("T")

# Seconds without a single byte after which a host counts as silent, however long it may take in all.
SILENCE = 20.0

# Connections kept by a pool: one for every request that may wait for a slow host, and more.
CONNECTIONS = 128

# Answers without a body worth reading are still read so far, that the connection can be used again.
SCRAP = 65_536

# Bytes of a file that are sent at a time.
BLOCK = 65_536

# What the value of a header may be (RFC 9110, section 5.5), of it what is ASCII.
HEADER = re.compile(r"(?:[!-~](?:[ \t!-~]*[!-~])?)?")

GZIP_OR_ZLIB = 47  # of zlib's window sizes, the one that tells both by their headers
DECODED = frozenset({"gzip", "x-gzip", "deflate"})
ENCODINGS = "gzip, deflate"  # what is asked for, because it can be read
# Others in IANA's registry of content codings. What servers write there otherwise means nothing.
OTHERS = frozenset({"br", "zstd", "compress", "x-compress", "exi", "pack200-gzip", "dcb", "dcz"})


@dataclass(frozen=True, slots=True)
class FileBody:
    """A file as the body of a request, with bytes before and after it; it is read as it is sent."""

    path: Path
    before: bytes = b""
    after: bytes = b""

    def __len__(self) -> int:
        return len(self.before) + self.path.stat().st_size + len(self.after)

    @contextmanager
    def opened(self) -> Iterator[AsyncIterator[bytes]]:
        """All of it, in blocks so small that a slow device takes one before it counts as silent."""
        with self.path.open("rb") as file:
            yield self._blocks(file)

    async def _blocks(self, file: BinaryIO) -> AsyncIterator[bytes]:
        if self.before:
            yield self.before
        while block := file.read(BLOCK):
            yield block
        if self.after:
            yield self.after


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request as it is sent; ``Host`` and ``Content-Length`` come by themselves.

    What it brings is its `body`, or a `file`.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    file: FileBody | None = None


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """Status and its phrase, headers by lower-case name (the last of each), cookies, and the decoded body.

    The body of an answer whose status is neither 200 nor 206 may be cut off after `SCRAP` bytes.
    """

    status: int
    phrase: str
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    cookies: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an answer is taken, and how long it may take: `largest` bytes, and `seconds` in all.

    After `silence` seconds without a byte the server counts as silent.
    """

    largest: int
    seconds: float
    silence: float = SILENCE


class Transport:
    """Connections, kept per host. Every one goes to an address the guard has passed."""

    def __init__(self, guard: Guard, trust: ssl.SSLContext, *, http2: bool = True) -> None:
        self._guard = guard
        self._options: dict[str, Any] = {
            "ssl_context": trust,
            "max_connections": CONNECTIONS,
            "max_keepalive_connections": CONNECTIONS,
            "keepalive_expiry": 20.0,
            "http2": http2,
        }
        self._pools: dict[str, Any] = {}  # by proxy, the direct one under no name
        self._routes: dict[tuple[str, str], Any] = {}  # the pool for a scheme and host

    async def send(self, request: HttpRequest, limits: Limits) -> HttpResponse:
        """The answer, whatever its status; redirects are not followed.

        Raises:
            RequestError: it did not come, not in time, not whole, or is too large.
            GuardError: the address may not be connected to.
        """
        try:
            async with asyncio.timeout(limits.seconds):
                return await self._sent(request, limits)
        except TimeoutError as error:
            raise RequestError(f"gave no whole answer within {limits.seconds:g} s", late=True) from error
        except httpcore.ConnectError as error:
            raise _refusal(error) from error
        except httpcore.TimeoutException as error:
            silence = min(limits.seconds, limits.silence)
            raise RequestError(f"sent nothing for {silence:g} s", late=True) from error
        except httpcore.ProxyError as error:
            raise RequestError(f"cannot be reached: its proxy answers {error}") from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise RequestError(f"broke off: {_reason(error)}") from error
        except httpcore.UnsupportedProtocol as error:
            raise RequestError(f"cannot be reached: {error}", passing=False) from error
        except OSError as error:
            raise RequestError(f"cannot be reached: {_reason(error)}") from error

    async def close(self) -> None:
        """Close every connection."""
        for pool in self._pools.values():
            await pool.aclose()

    async def _sent(self, request: HttpRequest, limits: Limits) -> HttpResponse:
        """The answer, over a new connection where those that were kept turn out to be closed.

        A file is sent once: only who sends it can find out whether it came.
        """
        while True:
            attempt = _Attempt()
            try:
                return await self._attempted(request, limits, attempt)
            except (httpcore.ReadError, httpcore.WriteError, httpcore.RemoteProtocolError):
                if attempt.connected or attempt.answered or request.file:
                    raise

    async def _attempted(self, request: HttpRequest, limits: Limits, attempt: _Attempt) -> HttpResponse:
        for name, value in request.headers.items():
            if not HEADER.fullmatch(value):  # it may be a secret, and is not told
                reason = f"cannot be asked: its header {name} would have characters that no header has"
                raise RequestError(reason, passing=False)
        url = ascii_url(request.url)
        pool = await self._route(urlsplit(url))
        silence = min(limits.seconds, limits.silence)
        timeout = {"connect": silence, "read": silence, "write": silence, "pool": None}
        headers = list(request.headers.items())
        if request.file is not None:
            headers.append(("Content-Length", str(len(request.file))))
        extensions = {"timeout": timeout, "trace": attempt.trace}
        with request.file.opened() if request.file else nullcontext(request.body or None) as content:
            sent = pool.stream(request.method, url, headers=headers, content=content, extensions=extensions)
            async with sent as response:
                attempt.answered = True
                return await _received(response, limits.largest)

    async def _route(self, parts: SplitResult) -> Any:
        """The connections for an address: direct, or through the proxy the environment names."""
        server = (parts.scheme, parts.netloc)
        if server not in self._routes:
            proxy, login = proxy_for(parts)
            if proxy:  # which connects for us, so the target is looked at here
                await self._guard.check(parts.hostname or "", parts.port or PORTS[parts.scheme])
            self._routes[server] = self._pools[proxy] = self._pools.get(proxy) or self._pool(proxy, login)
        return self._routes[server]

    def _pool(self, proxy: str, login: tuple[str, str] | None) -> Any:
        if proxy:
            return httpcore.AsyncHTTPProxy(proxy, proxy_auth=login, **self._options)
        network = _GuardedNetwork(self._guard)
        return httpcore.AsyncConnectionPool(network_backend=network, **self._options)


@dataclass(slots=True)
class _Attempt:
    """How far a request has come. A server may close a connection that was kept just as it is used again."""

    connected: bool = False
    answered: bool = False

    async def trace(self, event: str, _info: Mapping[str, Any]) -> None:
        """Hear of an event from httpcore."""
        self.connected = self.connected or event.startswith("connection.connect_")


async def _received(response: httpcore.Response, largest: int) -> HttpResponse:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
    wanted = response.status in {200, 206}
    body = _Body(headers.get("content-encoding", ""), largest if wanted else SCRAP, strict=wanted)
    async for chunk in response.aiter_stream():
        if not body.takes(chunk):
            break
    phrase = response.extensions.get("reason_phrase", b"").decode("latin-1")
    cookies = tuple(
        value.decode("latin-1") for name, value in response.headers if name.lower() == b"set-cookie"
    )
    return HttpResponse(response.status, phrase, headers, body.whole(), cookies)


def ascii_url(url: str) -> str:
    """The address as it is sent: names and letters of all alphabets in the characters of HTTP."""
    if url.isascii():
        return url
    parts = urlsplit(url)
    host = parts.netloc.encode("idna").decode()
    path, query = (quote(part, safe=string.printable) for part in (parts.path, parts.query))
    return urlunsplit(parts._replace(netloc=host, path=path, query=query, fragment=""))


class _Body:
    """The bytes of an answer, decoded as they come and never more than the limit."""

    def __init__(self, encoding: str, limit: int, *, strict: bool) -> None:
        names = [name.strip() for name in encoding.lower().split(",") if name.strip() not in {"", "identity"}]
        if strict and (unread := [name for name in names if name in OTHERS] or names[1:]):
            reason = f"sent an answer encoded as {unread[0][:40]}, which was not asked for"
            raise RequestError(reason, passing=False)
        self._inflate = zlib.decompressobj(GZIP_OR_ZLIB) if DECODED.issuperset(names[:1]) and names else None
        self._bare = names == [
            "deflate"
        ]  # which some send without the wrapping that is meant (RFC 9110, 8.4.1.2)
        self._limit = limit
        self._strict = strict
        self._parts: list[bytes] = []
        self._size = 0

    def takes(self, chunk: bytes) -> bool:
        """Add a chunk; False when enough has come of what is of no interest."""
        try:
            data = self._decoded(chunk)
        except zlib.error as error:
            if not self._strict:
                return False
            raise RequestError("sent an answer whose compression is damaged") from error
        self._size += len(data)
        if self._size > self._limit:
            if self._strict:
                raise RequestError(f"sent more than {self._limit // 1_000_000} MB", passing=False)
            return False
        self._parts.append(data)
        return True

    def _decoded(self, chunk: bytes) -> bytes:
        if self._inflate is None:
            return chunk
        left = self._limit - self._size + 1
        try:
            return self._inflate.decompress(chunk, left)
        except zlib.error:
            if self._parts or not self._bare:
                raise
        self._bare, self._inflate = False, zlib.decompressobj(-zlib.MAX_WBITS)
        return self._inflate.decompress(chunk, left)

    def whole(self) -> bytes:
        if self._strict and self._inflate is not None and self._parts and not self._inflate.eof:
            raise RequestError("broke off: the answer came to an end too soon")
        return b"".join(self._parts)


def _refusal(error: httpcore.ConnectError) -> Exception:
    """What the guard said, or what the network did, behind an error of the connection."""
    for cause in _causes(error):
        if isinstance(cause, GuardError):
            return cause
        if isinstance(cause, ssl.SSLCertVerificationError):
            reason = f"has a TLS certificate that is not trusted: {cause.verify_message}"
            return RequestError(reason, passing=False)
    return RequestError(f"cannot be reached: {_reason(error)}")


def _reason(error: BaseException) -> str:
    """One line for a person: the system's own words where there are any."""
    *_, first = _causes(error)
    if isinstance(first, ConnectionRefusedError):
        return "Connection refused"
    if isinstance(first, ssl.SSLError):
        return first.reason or "no TLS"
    if isinstance(first, OSError) and first.errno:
        return os.strerror(first.errno)
    return str(first).split("\n")[0] or str(error) or type(first).__name__


def _causes(error: BaseException | None) -> Iterable[BaseException]:
    """An error and what led to it: the libraries between wrap it up several times."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


class _GuardedNetwork(httpcore.AsyncNetworkBackend):
    """Connects to the addresses the guard passes, and to nothing else."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the shape of a backend
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            addresses = await self._guard.addresses(host, port)
        except GuardError as error:
            raise httpcore.ConnectError(str(error)) from error
        for address in addresses[:-1]:
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._network.connect_tcp(addresses[-1], port, timeout, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class LoopThread:
    """An event loop in a thread of its own, until it is closed or the process ends."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="net", daemon=True)
        self._thread.start()

    def run(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """What the coroutine returns, sooner or later; to cancel the future cancels it."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def close(self, then: Callable[[], Coroutine[Any, Any, None]], seconds: float | None = None) -> None:
        """End all that runs, do one thing more, and wait for the thread, for at most so many seconds."""
        with suppress(TimeoutError):
            self.run(self._ended(then)).result(seconds)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(seconds)
        if not self._thread.is_alive():
            self._loop.close()

    async def _ended(self, then: Callable[[], Coroutine[Any, Any, None]]) -> None:
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await then()
