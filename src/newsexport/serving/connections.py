"""Connections that cannot be held for nothing.

uvicorn ends a connection that is idle between two requests. These also end one that is slow to
say what it wants, one that no longer takes what it is sent, and one too many. For that they extend
uvicorn's own class, whose insides no release promises to keep: `pyproject.toml` bounds the version.
"""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

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
class Patience:
    """How long a connection may take, in seconds, and how many there may be.

    `head` is for the head of a request, `stalled` for a client that takes nothing. Telephones that
    go to sleep resume with a range, so that nobody is the worse for having been cut off.
    """

    head: float = 20.0
    stalled: float = 120.0
    connections: int = 512


class Connection(H11Protocol):
    """One connection; uvicorn makes it with its own arguments after the first."""

    def __init__(self, patience: Patience, *args: Any, **kwargs: Any) -> None:
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
