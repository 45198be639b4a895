"""HTTP with one server over lines that stay open: each request is answered whole, in time, or not at all."""

from __future__ import annotations

import http.client
import os
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import certifi

from newsexport.engines.line import RefusedError
from newsexport.engines.retry import UnavailableError

# An hour of speech as 24 kHz WAV is 173 MB; what is asked for at a time is a sentence.
LARGEST = 50_000_000
# Redirects within the server, such as from /v1/audio/speech/ to /v1/audio/speech.
REDIRECTS = 3
SAME_METHOD = {301, 302, 307, 308}


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer."""

    status: int
    phrase: str
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Question:
    """A request: `path` with its query, `headers` as sent."""

    method: str
    path: str
    body: bytes | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(slots=True)
class Exchange:
    """One server, by scheme, host and port. Lines are as many as there are questions at a time."""

    origin: str
    ca: str = ""
    _idle: list[http.client.HTTPConnection] = field(default_factory=list)

    def __post_init__(self) -> None:
        parts = urlsplit(self.origin)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise RefusedError(f"its url must begin with http:// or https://, not {self.origin!r}")
        if "@" in parts.netloc:
            raise RefusedError("its url must hold no name or password")

    @property
    def host(self) -> str:
        """Host and port, as an error message names them; never a password."""
        return urlsplit(self.origin).netloc.rpartition("@")[2]

    @property
    def is_private(self) -> bool:
        """Whether nobody between can read along: over TLS, or within this machine."""
        parts = urlsplit(self.origin)
        host = parts.hostname or ""
        with suppress(ValueError):
            return parts.scheme == "https" or ip_address(host).is_loopback
        return parts.scheme == "https" or host == "localhost"

    def ask(self, question: Question, timeout: float) -> Reply:
        """The answer, whatever its status, within `timeout` seconds from now.

        Raises:
            UnavailableError: no connection, or no whole answer in time.
            RefusedError: a certificate that cannot be trusted, an answer too large, or a
                redirect to another server, which gets neither the text nor the key.
        """
        for _ in range(REDIRECTS):
            reply = self._asked(question, timeout)
            target = reply.headers.get("location", "")
            if reply.status not in SAME_METHOD or not target:
                return reply
            there = urlsplit(urljoin(self.origin + question.path, target))
            if f"{there.scheme}://{there.netloc}" != self.origin:
                raise RefusedError(
                    f"{self.host} sends us on to {there.netloc or 'nowhere'} instead of answering"
                )
            path = f"{there.path}?{there.query}" if there.query else there.path
            question = Question(question.method, path, question.body, question.headers)
        raise RefusedError(f"{self.host} sends us round in circles")

    def close(self) -> None:
        """Give up the lines that lie idle."""
        while line := self._lasting():
            line.close()

    def _asked(self, question: Question, timeout: float) -> Reply:
        while line := self._lasting():
            try:
                return self._over(line, question, timeout)
            except UnavailableError as error:
                # A server may close a line that was left open just as it is used again.
                if not isinstance(error.__cause__, ConnectionError):
                    raise
        return self._over(self._line(timeout), question, timeout)

    def _lasting(self) -> http.client.HTTPConnection | None:
        try:
            return self._idle.pop()
        except IndexError:
            return None

    def _over(self, line: http.client.HTTPConnection, question: Question, timeout: float) -> Reply:
        """Ask over a line, and keep it for the next question if that is possible."""
        lasting = False
        try:
            reply, lasting = _timely(line, question, timeout, self.host)
        except ssl.SSLCertVerificationError as error:
            reason = f"the TLS certificate of {self.host} is not to be trusted: {error.verify_message}"
            raise RefusedError(reason) from error
        except TimeoutError as error:
            raise UnavailableError(f"{self.host} gave no whole answer within {timeout:g} s") from error
        except (OSError, http.client.HTTPException) as error:
            raise UnavailableError(f"{self.host} cannot be reached: {_told(error)}") from error
        finally:
            if lasting:
                self._idle.append(line)
            else:
                line.close()
        return reply

    def _line(self, timeout: float) -> http.client.HTTPConnection:
        parts = urlsplit(self.origin)
        host, port = str(parts.hostname), parts.port or (443 if parts.scheme == "https" else 80)
        if parts.scheme == "http":
            return http.client.HTTPConnection(host, port, timeout=timeout)
        trusted = self.ca or os.environ.get("REQUESTS_CA_BUNDLE") or certifi.where()
        try:
            context = ssl.create_default_context(cafile=trusted)
        except OSError as error:
            raise RefusedError(f"the certificates in {trusted} cannot be read: {_told(error)}") from error
        proxy = urlsplit("" if proxy_bypass(host) else getproxies().get("https", ""))
        if not proxy.hostname:
            return http.client.HTTPSConnection(host, port, timeout=timeout, context=context)
        line = http.client.HTTPSConnection(
            proxy.hostname, proxy.port or 8080, timeout=timeout, context=context
        )
        line.set_tunnel(host, port)
        return line


def _timely(
    line: http.client.HTTPConnection, question: Question, timeout: float, host: str
) -> tuple[Reply, bool]:
    """`_exchanged`, or `TimeoutError`."""
    with _watched(line, timeout) as overdue:
        try:
            result = _exchanged(line, question, timeout, host)
        except (OSError, http.client.HTTPException, ValueError) as error:
            if overdue.is_set():
                raise TimeoutError from error
            raise
    if overdue.is_set():  # headers that were cut off look as if they had ended
        raise TimeoutError
    return result


def _exchanged(
    line: http.client.HTTPConnection, question: Question, timeout: float, host: str
) -> tuple[Reply, bool]:
    """The reply, and whether the line can be used again."""
    if line.sock is None:
        line.connect()
    line.sock.settimeout(timeout)
    line.request(question.method, question.path, question.body, dict(question.headers))
    answer = line.getresponse()
    body = bytearray()
    while chunk := answer.read1(1 << 16):
        body += chunk
        if len(body) > LARGEST:
            raise RefusedError(f"{host} sent more than {LARGEST} bytes")
    if answer.length:  # fewer bytes came than were announced
        raise http.client.IncompleteRead(bytes(body), answer.length)
    answer.close()  # the line is free only then
    headers = {name.lower(): value for name, value in answer.getheaders()}
    return Reply(answer.status, answer.reason, headers, bytes(body)), not answer.will_close


@contextmanager
def _watched(line: http.client.HTTPConnection, timeout: float) -> Iterator[threading.Event]:
    """Cut the line when the time is over: the time-outs of sockets start anew with each byte."""
    overdue = threading.Event()

    def cut() -> None:
        overdue.set()
        if line.sock is not None:
            with suppress(OSError):  # it may be closed already
                socket.socket.shutdown(line.sock, socket.SHUT_RDWR)

    watch = threading.Timer(timeout, cut)
    watch.daemon = True
    watch.start()
    try:
        yield overdue
    finally:
        watch.cancel()


def _told(error: BaseException) -> str:
    """One line for a person: the system's own words where there are any."""
    if isinstance(error, http.client.IncompleteRead):
        return "the answer broke off"
    return (
        (isinstance(error, OSError) and error.strerror) or str(error).split("\n")[0] or type(error).__name__
    )
