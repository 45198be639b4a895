"""The thread in which a run's requests are made, all at once, on one event loop."""

from __future__ import annotations

import asyncio
import ssl
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Thread

from newsexport.net.cookies import Cookies
from newsexport.net.fetcher import Visitor
from newsexport.net.guard import Guard
from newsexport.net.http_cache import Memory
from newsexport.net.settings import Manners
from newsexport.net.transport import Wire
from newsexport.protocols import Request, Resource

LOOKUPS = 32  # names that may be looked up at a time


class Line:
    """Open from when it is made until it is closed."""

    def __init__(
        self, manners: Manners, memory: Memory, cookies: Cookies | None, trust: ssl.SSLContext | None
    ) -> None:
        self._wire = Wire(Guard(manners.allowed), trust)
        self._visitor = Visitor(self._wire, manners, memory, cookies)
        self._loop = asyncio.new_event_loop()
        # Names are looked up in these threads, and one that takes long keeps its thread.
        self._loop.set_default_executor(ThreadPoolExecutor(LOOKUPS, "names"))
        self._thread = Thread(target=self._loop.run_forever, name="net", daemon=True)
        self._thread.start()

    def fetch(self, request: Request) -> Future[Resource]:
        """The resource, sooner or later. The future raises `SourceError`."""
        return asyncio.run_coroutine_threadsafe(self._visitor.visit(request), self._loop)

    def close(self) -> None:
        """End every request, close every connection, and wait for the thread."""
        asyncio.run_coroutine_threadsafe(self._ended(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _ended(self) -> None:
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._wire.close()
