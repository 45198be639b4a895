"""One HTTPS request that ends in time, is verified, and is answered whole or not at all."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPSConnectionPool
from urllib3.connection import HTTPSConnection

from newsexport.engines.retry import UnavailableError

# A hundred characters read slowly are some 150 kB of MP3, and a third more in base64.
LARGEST_ANSWER = 2_000_000


class RefusedError(Exception):
    """Asking again would not help; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer of at most `LARGEST_ANSWER` bytes."""

    status: int
    phrase: str
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


def send(request: requests.PreparedRequest, timeout: float, ca: str = "") -> Answer:
    """The answer, whatever its status; redirects are not followed.

    `timeout` is the seconds until it must be here whole. `ca` is a file of certificates to
    trust; without it, those of ``REQUESTS_CA_BUNDLE`` or certifi. Proxies are taken from
    the environment. Each request has a connection of its own: the handshake takes less
    time than the pace of requests leaves.

    Raises:
        UnavailableError: no connection, or no whole answer in time.
        RefusedError: a certificate that cannot be trusted, or an answer too large.
    """
    host = host_of(request)
    line = _Line()
    try:
        return line.send(request, timeout, ca)
    except (requests.RequestException, OSError) as error:
        cause = _root(error)
        if isinstance(cause, ssl.SSLCertVerificationError):
            reason = f"the TLS certificate of {host} is not to be trusted: {cause.verify_message}"
            raise RefusedError(reason) from error
        if line.overdue or isinstance(error, requests.Timeout):
            raise UnavailableError(f"{host} gave no whole answer within {timeout:g} s") from error
        if isinstance(error, (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
            raise UnavailableError(f"{host} cannot be reached: {_told(cause)}") from error
        raise RefusedError(f"cannot ask {host}: {_told(cause)}") from error


def host_of(request: requests.PreparedRequest) -> str:
    """Host and port, as an error message names them."""
    return urlsplit(str(request.url)).netloc


class _Line:
    """One request over one connection, which is cut when the time is over.

    The time-outs of requests are for a single read, and start anew with each byte that
    trickles in. Only shutting the socket down ends a request for certain.
    """

    def __init__(self) -> None:
        self.overdue = False
        self.sockets: list[socket.socket] = []

    def send(self, request: requests.PreparedRequest, timeout: float, ca: str) -> Answer:
        """The answer, redirects included, or what requests raises; `ca` may be empty."""
        watch = threading.Timer(timeout, self._cut)
        watch.daemon = True
        watch.start()
        try:
            with requests.Session() as session:
                session.mount("https://", _Adapter(self))
                settings = session.merge_environment_settings(request.url, {}, True, ca or None, None)  # noqa: FBT003 - all five are positional there
                with session.send(request, timeout=timeout, allow_redirects=False, **settings) as response:
                    phrase, body = response.reason or "", _body(response)
            if self.overdue:  # headers that were cut off look as if they had ended
                raise requests.Timeout
            return Answer(response.status_code, phrase, response.headers, body)
        finally:
            watch.cancel()

    def opened(self, sock: socket.socket) -> None:
        """Remember the socket, or shut it at once when it comes too late."""
        self.sockets.append(sock)
        if self.overdue:
            self._cut()

    def _cut(self) -> None:
        self.overdue = True
        for sock in self.sockets:
            with suppress(OSError):  # it may be closed already
                # Not the method of SSLSocket, which takes the TLS state from under the reader.
                socket.socket.shutdown(sock, socket.SHUT_RDWR)


class _Adapter(HTTPAdapter):
    """Tells a line of every TLS connection it opens, directly or through a proxy."""

    def __init__(self, line: _Line) -> None:
        class Connection(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                line.opened(self.sock)

        class Pool(HTTPSConnectionPool):
            ConnectionCls = Connection

        self._pools = {"https": Pool}
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = self._pools
        return manager


def _body(response: requests.Response) -> bytes:
    body = bytearray()
    for chunk in response.iter_content(65536):
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise RefusedError(f"{urlsplit(response.url).netloc} sent more than {LARGEST_ANSWER} bytes")
    return bytes(body)


def _root(error: BaseException) -> BaseException:
    """What was raised first: the libraries between wrap it up to four times."""
    while inner := error.__cause__ or error.__context__:
        error = inner
    return error


def _told(cause: BaseException) -> str:
    """One line for a person: the system's own words where there are any."""
    return (isinstance(cause, OSError) and cause.strerror) or str(cause) or type(cause).__name__
