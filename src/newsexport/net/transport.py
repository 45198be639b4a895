"""One request and its answer, by httpcore: the only module that opens a connection."""

from __future__ import annotations

import asyncio
import ssl
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpcore

from newsexport.net.guard import Guard, GuardError

# Seconds without a single byte after which a host counts as silent, however long it may take in all.
SILENCE = 20.0

# Connections kept by a pool: one for every request that may wait for a slow host, and more.
CONNECTIONS = 128

# Answers without a body worth reading are still read so far, that the connection can be used again.
SCRAP = 65_536

GZIP_OR_ZLIB = 47  # of zlib's window sizes, the one that tells both by their headers
DECODED = frozenset({"gzip", "x-gzip", "deflate"})


class WireError(Exception):
    """No answer, or not a whole one; the message is the reason.

    `passing` when it may go better soon, `late` when the time ran out.
    """

    def __init__(self, reason: str, *, passing: bool = True, late: bool = False) -> None:
        self.passing = passing
        self.late = late
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers by lower-case name (the last of each), and the decoded body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Wire:
    """Connections, kept per host. Every one goes to an address the guard has passed."""

    def __init__(self, guard: Guard, trust: ssl.SSLContext | None = None) -> None:
        self._guard = guard
        self._trust = trust or ssl.create_default_context()
        self._pools: dict[str, Any] = {}

    async def get(self, url: str, headers: Mapping[str, str], largest: int, seconds: float) -> Answer:
        """The answer to a GET.

        Raises:
            WireError: it did not come, not in time, not whole, or is larger than `largest` bytes.
            GuardError: the address may not be connected to.
        """
        try:
            async with asyncio.timeout(seconds):
                return await self._get(url, headers, largest, seconds)
        except TimeoutError as error:
            raise WireError(f"took longer than {seconds:g} s", late=True) from error
        except httpcore.ConnectError as error:
            raise _as_guarded(error) from error
        except httpcore.TimeoutException as error:
            raise WireError(f"sent nothing for {min(seconds, SILENCE):g} s", late=True) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError) as error:
            raise WireError(f"the connection failed: {str(error) or type(error).__name__}") from error
        except OSError as error:
            raise WireError(f"the connection failed: {error.strerror or error}") from error

    async def close(self) -> None:
        """Close every connection."""
        for pool in self._pools.values():
            await pool.aclose()

    async def _get(self, url: str, headers: Mapping[str, str], largest: int, seconds: float) -> Answer:
        pool = await self._pool(url)
        patience: dict[str, float | None] = dict.fromkeys(("connect", "read", "write"), min(seconds, SILENCE))
        patience["pool"] = None
        async with pool.stream(
            "GET", url, headers=list(headers.items()), extensions={"timeout": patience}
        ) as response:
            named = {
                name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers
            }
            limit = largest if response.status == 200 else SCRAP
            body = _Body(named.get("content-encoding", ""), limit, strict=response.status == 200)
            async for chunk in response.aiter_stream():
                if not body.takes(chunk):
                    break
            return Answer(response.status, named, body.whole())

    async def _pool(self, url: str) -> Any:
        """The connections for an address: direct, or through the proxy the environment names."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        proxy = "" if proxy_bypass(host) else getproxies().get(parts.scheme, "")
        if proxy:  # which connects for us, so the target is looked at here
            await self._guard.addresses(host, parts.port or (443 if parts.scheme == "https" else 80))
        if proxy not in self._pools:
            options: dict[str, Any] = {
                "ssl_context": self._trust,
                "max_connections": CONNECTIONS,
                "max_keepalive_connections": CONNECTIONS,
                "keepalive_expiry": 20.0,
                "http2": True,
            }
            if proxy:
                self._pools[proxy] = httpcore.AsyncHTTPProxy(proxy, **options)
            else:
                self._pools[proxy] = httpcore.AsyncConnectionPool(
                    network_backend=_GuardedNetwork(self._guard), **options
                )
        return self._pools[proxy]


class _Body:
    """The bytes of an answer, decoded as they come and never more than the limit."""

    def __init__(self, encoding: str, limit: int, *, strict: bool) -> None:
        encoding = encoding.strip().lower()
        if encoding not in DECODED | {"", "identity"} and strict:
            raise WireError(f"is encoded as {encoding[:40]}, which was not asked for", passing=False)
        self._inflate = zlib.decompressobj(GZIP_OR_ZLIB) if encoding in DECODED else None
        self._limit = limit
        self._strict = strict
        self._parts: list[bytes] = []
        self._size = 0

    def takes(self, chunk: bytes) -> bool:
        """Add a chunk; False when enough has come of what is of no interest."""
        try:
            data = self._inflate.decompress(chunk, self._limit - self._size + 1) if self._inflate else chunk
        except zlib.error as error:
            if not self._strict:
                return False
            raise WireError("is damaged: its compression does not fit") from error
        self._size += len(data)
        if self._size > self._limit:
            if self._strict:
                raise WireError(f"is larger than {self._limit // 1_000_000} MB", passing=False)
            return False
        self._parts.append(data)
        return True

    def whole(self) -> bytes:
        if self._strict and self._inflate is not None and self._parts and not self._inflate.eof:
            raise WireError("came to an end too soon")
        return b"".join(self._parts)


def _as_guarded(error: httpcore.ConnectError) -> Exception:
    """What the guard said, or what the network did, behind an error of the connection."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, GuardError):
            return cause
        if isinstance(cause, ssl.SSLCertVerificationError):
            return WireError(f"its certificate is not trusted: {cause.verify_message}", passing=False)
        cause = cause.__cause__ or cause.__context__
    return WireError(f"the connection failed: {str(error) or 'refused'}")


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
