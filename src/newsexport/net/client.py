"""The client as the rest of the program sees it: ask now, have it later."""

from __future__ import annotations

import asyncio
import ssl
from concurrent.futures import Future
from threading import Thread
from typing import TYPE_CHECKING, Self

from newsexport.net.cookies import Cookies
from newsexport.net.manners import Manners
from newsexport.net.remembered import Memory
from newsexport.protocols import Request, Resource

if TYPE_CHECKING:
    from newsexport.net.visiting import Visitor


class Client:
    """Fetches addresses in a thread of its own, which begins with the first request.

    `trust` takes the place of the system's certificates. What was fetched counts as known
    to the next run once `commit` is called.

    Raises:
        UsageError: the file of cookies cannot be read.
    """

    def __init__(self, manners: Manners | None = None, trust: ssl.SSLContext | None = None) -> None:
        self.manners = manners or Manners()
        self._trust = trust
        self._memory = Memory(self.manners.folder)
        self._cookies = Cookies(self.manners.cookies)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._visitor: Visitor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def fetch(self, request: Request) -> Future[Resource]:
        """The resource, sooner or later. The future raises `SourceError`."""
        loop = self._loop or self._begun()
        return asyncio.run_coroutine_threadsafe(self._visit(request), loop)

    def commit(self) -> None:
        """Remember what was fetched: the edition it went into is safely written."""
        self._memory.commit()

    def close(self) -> None:
        """End every request and close every connection."""
        self._memory.forget_draft()
        if self._loop is None:
            return
        asyncio.run_coroutine_threadsafe(self._ended(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._loop = None

    def _begun(self) -> asyncio.AbstractEventLoop:
        self._loop = loop = asyncio.new_event_loop()
        self._thread = Thread(target=loop.run_forever, name="net", daemon=True)
        self._thread.start()
        return loop

    async def _visit(self, request: Request) -> Resource:
        if self._visitor is None:
            from newsexport.net.guard import Guard  # noqa: PLC0415 - many runs fetch nothing
            from newsexport.net.visiting import Visitor  # noqa: PLC0415 - idem
            from newsexport.net.wire import Wire  # noqa: PLC0415 - idem

            wire = Wire(Guard(self.manners.allowed), self.manners.in_all, self._trust)
            self._visitor = Visitor(wire, self.manners, self._memory, self._cookies)
        return await self._visitor.visit(request)

    async def _ended(self) -> None:
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        if self._visitor is not None:
            await self._visitor.wire.close()
