"""Requests to a server that the user named, or an engine knows: sent by threads that wait for the answer.

All of them are made on one loop in one thread of the process, which begins with the first request.
"""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from urllib.parse import SplitResult, urljoin

from newsexport.net.environment import is_loopback, trusted
from newsexport.net.guard import Guard, GuardError, checked
from newsexport.net.retry import RequestError
from newsexport.net.transport import HttpRequest, HttpResponse, Limits, LoopThread, Transport, ascii_url
from newsexport.text.addresses import PORTS

T = TypeVar("T")

# Seconds that the end of the process waits for connections to be closed.
CLOSING = 1.0

# Answers that lead elsewhere and want the same request there (for 301 and 302 by custom, not by RFC 9110).
REDIRECTS = frozenset({301, 302, 307, 308})


class ServiceClient:
    """One server, by scheme, host and port. It may lie in a private network; nothing it leads to is asked."""

    def __init__(self, parts: SplitResult, ca: str) -> None:
        self.origin, self.host = f"{parts.scheme}://{parts.netloc}", parts.netloc
        self.is_private = parts.scheme == "https" or is_loopback(str(parts.hostname))
        self._server = _server(parts)
        guard = Guard(frozenset({f"{parts.hostname}:{_server(parts)[2]}"}))
        # One slow answer holds up all that share a connection, so each has its own: no HTTP/2.
        self._transport = Transport(guard, trusted(ca), http2=False)

    def send(self, request: HttpRequest, limits: Limits, redirects: int = 0) -> HttpResponse:
        """The answer, whatever its status; at most so many `redirects` within the server are followed.

        Raises:
            RequestError: there is none, not in time, not whole, or too large, or it leads to
                another server when redirects are to be followed. The message names the host.
        """
        left = redirects
        while True:
            answer = self._sent(request, limits)
            location = answer.headers.get("location", "")
            if not redirects or answer.status not in REDIRECTS or not location:
                return answer
            if not left:
                raise RequestError(f"{self.host} sends us round in circles", passing=False)
            request, left = replace(request, url=self._redirected(request.url, location)), left - 1

    def _redirected(self, url: str, location: str) -> str:
        """Where an answer leads, if that is this server: no other gets the text or the key."""
        try:
            target = checked(urljoin(url, location))
            if _server(target) == self._server:
                return target.geturl()
            there = target.netloc
        except (GuardError, ValueError):
            there = "nowhere"
        raise RequestError(f"{self.host} sends us on to {there} instead of answering", passing=False)

    def _sent(self, request: HttpRequest, limits: Limits) -> HttpResponse:
        try:
            return _shared().result(self._transport.send(request, limits))
        except GuardError as error:  # there is no such host, and may be one soon
            raise RequestError(f"{self.host} cannot be reached: {error}") from error
        except RequestError as error:
            raise error.reworded(f"{self.host} {error.reason}") from error

    async def close(self) -> None:
        """Close every connection; to be awaited on the loop."""
        await self._transport.close()


def service_client(url: str, ca: str = "") -> ServiceClient:
    """This process's client for the server of an address, the same for whoever asks.

    Raises:
        RequestError: the address cannot be one of a server, or the certificates in `ca` cannot be read.
    """
    parts = _checked(url)
    key, clients = (f"{parts.scheme}://{parts.netloc}", ca), _shared().clients
    return clients.get(key) or clients.setdefault(key, ServiceClient(parts, ca))


def _checked(url: str) -> SplitResult:
    """The parts of a server's address. Raises `RequestError`, in which no password is told."""
    scheme, slashes, rest = url.partition("://")
    if "@" in (rest if slashes else url).partition("/")[0]:
        raise RequestError("its url must hold no name or password", passing=False)
    if not slashes or scheme.lower() not in PORTS:
        raise RequestError(f"its url must begin with http:// or https://, not {url!r}", passing=False)
    try:
        return checked(ascii_url(url))
    except (GuardError, ValueError) as error:
        reason = str(error) if isinstance(error, GuardError) else "is no address"
        raise RequestError(f"its url {reason}", passing=False) from error


def _server(parts: SplitResult) -> tuple[str, str, int]:
    return parts.scheme, str(parts.hostname), parts.port or PORTS[parts.scheme]


@dataclass(slots=True)
class _Shared:
    """What all threads of a process make their requests with."""

    clients: dict[tuple[str, str], ServiceClient] = field(default_factory=dict)
    _thread: LoopThread | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def result(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """What the coroutine returns or raises. It is cancelled when this thread is interrupted."""
        with self._lock:
            self._thread = thread = self._thread or LoopThread()
        future = thread.run(coroutine)
        try:
            return future.result()
        finally:
            future.cancel()

    def close(self) -> None:
        if self._thread is not None:
            self._thread.close(self._close_clients, CLOSING)

    async def _close_clients(self) -> None:
        for client in self.clients.values():
            await client.close()


# By process: one that was forked has neither the thread nor the right to its parent's connections.
_SHARED: dict[int, _Shared] = {}


def _shared() -> _Shared:
    return _SHARED.get(os.getpid()) or _SHARED.setdefault(os.getpid(), _Shared())


@atexit.register
def _close() -> None:
    """Say goodbye to the servers, who would hold the connections open for a while."""
    if shared := _SHARED.pop(os.getpid(), None):
        shared.close()
