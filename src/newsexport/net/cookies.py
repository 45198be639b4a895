"""Cookies: the user's own, which are never changed, and those of a way from redirect to redirect."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import Message
from http.cookiejar import CookieJar, LoadError, MozillaCookieJar
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.request import Request
from warnings import catch_warnings

from newsexport.errors import UsageError

MOST, LONGEST = 50, 4096  # cookies that an answer may set, and characters of one


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

    def header(self, url: str) -> str:
        """What is sent to an address: only cookies of its own site; empty when there is none."""
        return _header(self._jar, url)


class PassingCookies:
    """Cookies that are set on the way from one redirect to the next, sent on that way, and forgotten."""

    def __init__(self) -> None:
        self._jar: CookieJar | None = None

    def take(self, url: str, told: Sequence[str]) -> None:
        """Heed what an answer from this address set (``Set-Cookie``), within bounds."""
        if told:
            self._jar = self._jar or CookieJar()
            answer: Any = _Answer(told[:MOST])
            self._jar.extract_cookies(answer, Request(url))  # noqa: S310 - nothing is opened

    def header(self, url: str) -> str:
        """What is sent to an address; empty when there is nothing."""
        return _header(self._jar, url) if self._jar else ""


class _Answer:
    """As much of an answer as a jar looks at."""

    def __init__(self, cookies: Sequence[str]) -> None:
        self._headers = Message()
        for cookie in cookies:
            self._headers["Set-Cookie"] = cookie[:LONGEST]

    def info(self) -> Message:
        return self._headers


def _header(jar: CookieJar, url: str) -> str:
    asked = Request(url)  # noqa: S310 - nothing is opened; the jar knows no other form
    jar.add_cookie_header(asked)
    return asked.get_header("Cookie") or ""
