"""A uvicorn server with the limits this program needs, on sockets of its own."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from newsexport.errors import NewsExportError
from newsexport.serving.app import App

# Connections that cannot be held for nothing.
#
# uvicorn ends a connection that is idle between two requests. These also end one that is slow to
# say what it wants, one that no longer takes what it is sent, and one too many. For that they extend
# uvicorn's own class, whose insides no release promises to keep: `pyproject.toml` bounds the version.

BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 30\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\nContent-Length: 31\r\n\r\ntoo many are connected just now\n"
)


# Bytes that wait in the kernel for one client. Left alone it takes megabytes, of which a player that
# reads no faster than it plays must have heard a third, a minute or more, before anything is seen to move.
WAITING = 128 * 1024

# And bytes that wait for the kernel, above which no more are read from a file.
READY = 16 * 1024


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """How long a connection may take, in seconds, and how many there may be.

    `head` is for the head of a request, `stalled` for a client that takes nothing. Telephones that
    go to sleep resume with a range, so that nobody is the worse for having been cut off.
    """

    head: float = 20.0
    stalled: float = 120.0
    connections: int = 512


class Connection(H11Protocol):
    """One connection; uvicorn makes it with its own arguments after the first."""

    def __init__(self, patience: ConnectionLimits, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.patience = patience
        self.head_due: asyncio.TimerHandle | None = None
        self.taking_due: asyncio.TimerHandle | None = None
        self.end_due: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Take the connection, unless there are too many."""
        super().connection_made(transport)
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, WAITING)
        transport.set_write_buffer_limits(high=READY)
        if len(self.connections) > self.patience.connections:
            transport.write(BUSY)
            self._close()
            return
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget about it."""
        for due in (self.head_due, self.taking_due, self.end_due):
            if due:
                due.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; the time for a head runs while no request is being answered."""
        if self.transport.is_closing():
            return
        super().data_received(data)
        if self.head_due and self._answering():
            self.head_due.cancel()
            self.head_due = None

    def on_response_complete(self) -> None:
        """Wait for the next request, which must come in time as the first did."""
        super().on_response_complete()
        if not self._answering():
            self._await_head()

    def pause_writing(self) -> None:
        """The client takes less than it is sent; see that it takes some."""
        super().pause_writing()
        self.taking_due = self.loop.call_later(self.patience.stalled, self.transport.abort)

    def resume_writing(self) -> None:
        """It did."""
        if self.taking_due:
            self.taking_due.cancel()
            self.taking_due = None
        super().resume_writing()

    def _answering(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle  # None until there is a request
        return cycle is not None and not cycle.response_complete

    def _await_head(self) -> None:
        if self.head_due is None:
            self.head_due = self.loop.call_later(self.patience.head, self._close)

    def _close(self) -> None:
        """End it once everything was taken."""
        self.transport.close()
        self._end_unless_taken(self.transport.get_write_buffer_size() + 1)

    def _end_unless_taken(self, before: int) -> None:
        left = self.transport.get_write_buffer_size()
        if left < before:
            self.end_due = self.loop.call_later(self.patience.stalled, self._end_unless_taken, left)
        else:
            self.transport.abort()


# The longest head of a request; addresses here are short, and browsers send some cookies at most.
LONGEST_HEAD = 16 * 1024

# Those who are still listening when the server is told to end have so long to finish, in seconds.
GRACE = 1

# Connections that wait to be accepted.
BACKLOG = 128

# A thread that makes or looks for something gives way after so many seconds to the one that sends. Python's
# own 0.005 are for each chunk: a download then goes at less than half the speed of this.
TURN = 0.0005


class AddressInUseError(NewsExportError):
    """Something else listens there already."""

    exit_code = 2

    def __init__(self, port: int) -> None:
        self.port = port
        super().__init__(port)

    def __str__(self) -> str:
        return f"port {self.port}: something else listens there already; --port chooses another"


class CannotListenError(NewsExportError):
    """The system does not let us listen there."""

    exit_code = 2

    def __init__(self, port: int, reason: str) -> None:
        self.port = port
        self.reason = reason
        super().__init__(port, reason)

    def __str__(self) -> str:
        return f"port {self.port}: {self.reason}"


@dataclass(frozen=True, slots=True)
class BoundSocket:
    """Sockets that wait for connections; all have the same `port`."""

    sockets: tuple[socket.socket, ...]

    @property
    def port(self) -> int:
        """The number of the port, also where any was asked for."""
        return int(self.sockets[0].getsockname()[1])

    def close(self) -> None:
        """Listen no more."""
        for each in self.sockets:
            each.close()


def listen(port: int, *, everywhere: bool) -> BoundSocket:
    """Listen on this machine only, or on all its addresses, by IPv4 and IPv6 as far as there are both.

    Raises:
        AddressInUseError: the port is taken.
        CannotListenError: no right to that port, or no network at all.
    """
    opened: list[socket.socket] = []
    failures: list[OSError] = []
    for family, host in _hosts(everywhere=everywhere):
        try:
            taken = _socket(family, host, opened[0].getsockname()[1] if opened else port)
        except OSError as error:
            failures.append(error)
        else:
            opened.append(taken)
    in_use = any(error.errno == errno.EADDRINUSE for error in failures)
    if in_use or not opened:
        for each in opened:
            each.close()
        if in_use:
            raise AddressInUseError(port)
        raise CannotListenError(port, failures[0].strerror or str(failures[0]))
    return BoundSocket(tuple(opened))


def _hosts(*, everywhere: bool) -> tuple[tuple[socket.AddressFamily, str], ...]:
    return (
        (socket.AF_INET, "0.0.0.0" if everywhere else "127.0.0.1"),  # noqa: S104 - asked for with --lan
        (socket.AF_INET6, "::" if everywhere else "::1"),
    )


def _socket(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere it would let two listen on one port
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        opened.bind((host, port))
        opened.listen(BACKLOG)
        opened.setblocking(False)  # noqa: FBT003 - the standard library's own call
    except OSError:
        opened.close()
        raise
    return opened


def more_files(connections: int) -> None:
    """Let this process have two open files for each connection, as far as the system allows."""
    try:
        import resource  # noqa: PLC0415 - there is none on Windows, and no such limit
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * connections + 128
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))


def configured(app: App, patience: ConnectionLimits) -> uvicorn.Config:
    """How uvicorn is to serve an app: quietly, by HTTP/1.1 alone, believing no proxy."""
    return uvicorn.Config(
        app,
        http=partial(Connection, patience),  # type: ignore[arg-type]  # is called, never asked what it is
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",  # what goes wrong is told by the app
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=GRACE,
        h11_max_incomplete_event_size=LONGEST_HEAD,
        backlog=BACKLOG,
    )


def serve(app: App, listening: BoundSocket, patience: ConnectionLimits) -> None:
    """Serve until SIGINT or SIGTERM; those who still listen then are cut off after a second."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    try:
        with suppress(KeyboardInterrupt):  # uvicorn raises the signal again once it has ended
            uvicorn.Server(configured(app, patience)).run(sockets=list(listening.sockets))
    finally:
        sys.setswitchinterval(usual)
