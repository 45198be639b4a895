"""The user's own cookies, from a file that a browser extension saved: read, sent, never changed."""

from __future__ import annotations

from http.cookiejar import LoadError, MozillaCookieJar
from io import StringIO
from pathlib import Path
from urllib.request import Request
from warnings import catch_warnings

from newsexport.errors import UsageError


class _Jar(MozillaCookieJar):
    """One that takes a file as editors and extensions on Windows write it: in UTF-8 with a mark before it."""

    def take(self, file: Path) -> None:
        """Read the file. Raises `LoadError`, `OSError` or `ValueError`."""
        text = file.read_text("utf-8-sig", "surrogateescape")
        # where a jar of its kind reads from an open file, as `FileCookieJar` has it
        self._really_load(StringIO(text), str(file), ignore_discard=True, ignore_expires=False)  # type: ignore[attr-defined]


class Cookies:
    """The cookies of a ``cookies.txt`` in the Netscape form. Raises `UsageError` when it cannot be read."""

    def __init__(self, file: Path) -> None:
        self._jar = _Jar()
        try:
            with catch_warnings(action="ignore"):  # of lines it did not expect it prints a traceback
                self._jar.take(file)
        except (LoadError, OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else "is no cookies.txt"
            raise UsageError(f"{file}: {reason}") from error

    def headers(self, url: str) -> dict[str, str]:
        """The header for an address, holding only cookies of its own site."""
        asked = Request(url)  # noqa: S310 - nothing is opened; the jar knows no other form
        self._jar.add_cookie_header(asked)
        cookie = asked.get_header("Cookie")
        return {"cookie": cookie} if cookie else {}
