"""A uvicorn server with the limits this program needs, on sockets of its own."""

from __future__ import annotations

import errno
import os
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import uvicorn

from newsexport.errors import NewsExportError
from newsexport.serving.app import App
from newsexport.serving.connections import Connection, Patience

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
class Listening:
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


def listen(port: int, *, everywhere: bool) -> Listening:
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
    return Listening(tuple(opened))


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


def configured(app: App, patience: Patience) -> uvicorn.Config:
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


def serve(app: App, listening: Listening, patience: Patience) -> None:
    """Serve until SIGINT or SIGTERM; those who still listen then are cut off after a second."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    try:
        with suppress(KeyboardInterrupt):  # uvicorn raises the signal again once it has ended
            uvicorn.Server(configured(app, patience)).run(sockets=list(listening.sockets))
    finally:
        sys.setswitchinterval(usual)
