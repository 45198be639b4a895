"""The client as the rest of the program sees it: ask now, have it later."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING, Self

from newsexport.net.http_cache import Memory
from newsexport.net.settings import Manners
from newsexport.protocols import Request, Resource

if TYPE_CHECKING:
    import ssl

    from newsexport.net.cookies import Cookies
    from newsexport.net.loop_thread import Line


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
        self._cookies = self._brought()
        self._line: Line | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def fetch(self, request: Request) -> Future[Resource]:
        """The resource, sooner or later. The future raises `SourceError`."""
        self._line = line = self._line or self._begun()
        return line.fetch(request)

    def commit(self) -> None:
        """Remember what was fetched: the edition it went into is safely written."""
        self._memory.commit()

    def close(self) -> None:
        """End every request and close every connection."""
        self._memory.forget_draft()
        if self._line is not None:
            self._line.close()
        self._line = None

    def _brought(self) -> Cookies | None:
        if self.manners.cookies is None:
            return None
        from newsexport.net.cookies import Cookies  # noqa: PLC0415 - few bring some

        return Cookies(self.manners.cookies)

    def _begun(self) -> Line:
        from newsexport.net.loop_thread import Line  # noqa: PLC0415 - many runs fetch nothing

        return Line(self.manners, self._memory, self._cookies, self._trust)
