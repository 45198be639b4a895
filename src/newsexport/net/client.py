"""The client as those see it who read pages: ask now, have it later."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING, Self

from newsexport.errors import UsageError
from newsexport.net.http_cache import HttpCache
from newsexport.net.settings import FetchSettings
from newsexport.protocols import Request, Resource

if TYPE_CHECKING:
    import ssl

    from newsexport.net.cookies import Cookies
    from newsexport.net.fetcher import Fetcher
    from newsexport.net.transport import LoopThread, Transport


class Client:
    """Fetches addresses in a thread of its own, which begins with the first request.

    `trust` takes the place of the usual certificates. What was fetched counts as known
    to the next run once `commit` is called.

    Raises:
        UsageError: the file of cookies cannot be read.
    """

    def __init__(self, settings: FetchSettings | None = None, trust: ssl.SSLContext | None = None) -> None:
        self.settings = settings or FetchSettings()
        self._trust = trust
        self._cache = HttpCache(self.settings.folder)
        self._cookies = self._read_cookies()
        self._begun: tuple[LoopThread, Transport, Fetcher] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def fetch(self, request: Request) -> Future[Resource]:
        """The resource, sooner or later; the future raises `SourceError`.

        Raises:
            UsageError: the certificates that the environment names cannot be read.
        """
        self._begun = self._begun or self._begin()
        thread, _, fetcher = self._begun
        return thread.run(fetcher.fetch(request))

    def commit(self) -> None:
        """Remember what was fetched: the edition it went into is safely written."""
        self._cache.commit()

    def close(self) -> None:
        """End every request and close every connection."""
        self._cache.forget_draft()
        if self._begun is not None:
            thread, transport, _ = self._begun
            thread.close(transport.close)
        self._begun = None

    def _read_cookies(self) -> Cookies | None:
        if self.settings.cookies is None:
            return None
        from newsexport.net.cookies import Cookies  # noqa: PLC0415 - few bring some

        return Cookies(self.settings.cookies)

    def _begin(self) -> tuple[LoopThread, Transport, Fetcher]:
        # Many runs fetch nothing, and httpcore takes a while to load.
        from newsexport.net.environment import trusted  # noqa: PLC0415
        from newsexport.net.fetcher import Fetcher  # noqa: PLC0415
        from newsexport.net.guard import Guard  # noqa: PLC0415
        from newsexport.net.retry import RequestError  # noqa: PLC0415
        from newsexport.net.transport import LoopThread, Transport  # noqa: PLC0415

        try:
            transport = Transport(Guard(self.settings.allowed), self._trust or trusted())
        except RequestError as error:
            raise UsageError(error.reason) from error
        return LoopThread(), transport, Fetcher(transport, self.settings, self._cache, self._cookies)
